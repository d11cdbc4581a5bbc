"""The rules of the form: who need not answer what, what a cell may hold, and what is missing.

Sources: the ministry's check sheets (notes under the titles) and its manual, part I (how to fill
in, reference items, others, on-site inspection). Each rule is one row of a table below.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from mamori.core.calendar import FiscalYear, fiscal_year_in_era
from mamori.core.checklists import (
    EMPTY,
    Answer,
    Applies,
    Basis,
    Circumstances,
    ItemState,
    Problem,
    Reply,
    States,
    Turn,
)
from mamori.core.editions import PRESENCE, Cell, Condition, Edition, Item, Level
from mamori.core.text import Text

APPLIES_REASONS: dict[Applies, Text] = {
    Applies.ENDED_BY_PRESENCE: Text(
        "医療情報システムを導入・運用していないため、以降の項目の確認は不要です。",
        "No healthcare information system is in use, so the form ends at the first row.",
    ),
    Applies.NO_VENDOR: Text(
        "契約している事業者がないため、記入は不要です。",
        "There is no contracted vendor, so this item stays blank.",
    ),
}


def states_of(answers: Iterable[Answer]) -> dict[str, ItemState]:
    """Give what stands in every cell after all answers, oldest first; the last one counts."""
    found: dict[str, ItemState] = {}
    for answer in answers:
        found[answer.item] = after(found.get(answer.item, EMPTY), answer)
    return {key: state for key, state in found.items() if state != EMPTY}


def after(state: ItemState, answer: Answer) -> ItemState:
    """Give the cells of an item once one more answer was given (value None empties the cells)."""
    taken_back = answer.value is None
    basis = None if taken_back else answer.basis
    reason = "" if taken_back else answer.reason
    day = None if taken_back else answer.checked_on
    as_of = None if taken_back else answer.as_of
    if answer.turn is Turn.FIRST:
        return replace(
            state,
            first=answer.value,
            first_on=day,
            target_on=None if taken_back else answer.target_on,
            first_basis=basis,
            first_reason=reason,
            first_as_of=as_of,
        )
    return replace(
        state,
        second=answer.value,
        second_on=day,
        second_basis=basis,
        second_reason=reason,
        second_as_of=as_of,
    )


def applies(edition: Edition, states: States, known: Circumstances) -> dict[str, Applies]:
    """Say for each item whether it is to be answered; what is not known exempts from nothing."""
    gate = edition.gate
    ended = gate is not None and states.get(gate.key, EMPTY).latest is Reply.NO
    return {item.key: _applies(item, known, ended=ended) for item in edition.items}


def _applies(item: Item, known: Circumstances, *, ended: bool) -> Applies:
    """Apply the gate first, then the exemption for facilities without a vendor."""
    if ended and item.code != PRESENCE:
        return Applies.ENDED_BY_PRESENCE
    if Condition.NEEDS_VENDOR in item.conditions and known.has_contracted_vendor is False:
        return Applies.NO_VENDOR
    return Applies.YES


@dataclass(frozen=True, slots=True)
class Proposed:
    """An answer about to be recorded, with all that the rules look at."""

    item: Item
    standing: ItemState
    answer: Answer
    applies: Applies
    today: date
    suggested: Reply | None = None


Rule: TypeAlias = Callable[[Proposed], Text | None]

EXEMPT = Text("{code} は回答の対象外です。{why}", "{code} is not to be answered. {why}")
NO_SECOND = Text(
    "{code} には2回目の確認欄がありません。", "{code} has no second check on the form."
)
NO_TARGET = Text("{code} には目標日の欄がありません。", "{code} has no target date on the form.")
DATE_WANTED = Text("{code} の確認日を記入してください。", "{code} needs the date of the check.")
FUTURE = Text(
    "{code} の確認日 {day} は今日({today})より後です。",
    "The check date {day} of {code} is later than today ({today}).",
)
TARGET_WITHOUT_NO = Text(
    "目標日は、1回目の確認が「いいえ」のときだけ記入します({code})。",
    "A target date goes only with a No at the first check ({code}).",
)
TARGET_OUTSIDE = Text(
    "{code} の目標日 {day} は{year}({first}から{last})の内の日にしてください。",
    "The target date {day} of {code} must lie in {year} ({first} to {last}).",
)
TARGET_BEFORE = Text(
    "{code} の目標日 {day} が1回目の確認日 {first} より前です。",
    "The target date {day} of {code} is before its first check ({first}).",
)
FIRST_WANTED = Text(
    "{code} は1回目の確認がまだのため、2回目を記入できません。",
    "{code} has no first check yet, so there is no second.",
)
SECOND_NOT_LATER = Text(
    "{code} の2回目の確認日 {second} は、1回目({first})より後の日にしてください。",
    "The second check of {code} ({second}) must be later than the first ({first}).",
)
SECOND_STANDS = Text(
    "{code} は2回目の確認が残っているため、1回目を取り消せません。先に2回目を取り消してください。",
    "{code} still has a second check: take that back before the first.",
)
NOTHING_THERE = Text(
    "{code} には取り消す回答がありません。", "{code} has no answer that could be taken back."
)
REASON_FOR_OVERRIDE = Text(
    "{code} は確認結果が「{suggested}」を示しています。異なる回答には理由を記入してください。",
    "Evidence suggests {suggested} for {code}: a different answer needs a reason.",
)
REASON_TO_TAKE_BACK = Text(
    "{code} の回答を取り消す理由を記入してください。",
    "Taking back the answer of {code} needs a reason.",
)
EVIDENCE_WITHOUT_DATE = Text(
    "{code} は確認結果による回答ですが、その結果が回答と一致しません。",
    "{code} is said to rest on evidence, but the evidence does not say so.",
)
TOO_LONG = Text(
    "{code} の理由が長すぎます(上限{limit}文字)。",
    "The reason for {code} is too long (limit {limit} characters).",
)
NO_WORDS = Text(
    "{code} の理由に、文字として保存できないもの(NULなど)が含まれています。",
    "The reason for {code} holds what cannot be kept as text (such as NUL).",
)
LONGEST_REASON = 30_000
_NO_WORDS = re.compile("[\x00\ud800-\udfff]")
REPLY_NAMES: dict[Reply, Text] = {Reply.YES: Text("はい", "Yes"), Reply.NO: Text("いいえ", "No")}


def _is_exempt(said: Proposed) -> Text | None:
    """Exempt items stay blank; an answer that stands there may still be taken back."""
    if said.applies is Applies.YES or said.answer.value is None:
        return None
    return EXEMPT.fill(code=said.item.code, why=APPLIES_REASONS[said.applies])


def _cell_is_there(said: Proposed) -> Text | None:
    """Only cells that the official form has can be filled."""
    if said.answer.turn is Turn.SECOND and not said.item.has(Cell.SECOND):
        return NO_SECOND.fill(code=said.item.code)
    if said.answer.target_on is not None and not said.item.has(Cell.TARGET):
        return NO_TARGET.fill(code=said.item.code)
    return None


def _has_a_date(said: Proposed) -> Text | None:
    """Every answer carries the date of its check, and nobody has checked tomorrow."""
    day = said.answer.checked_on
    if said.answer.value is None:
        return None
    if day is None:
        return DATE_WANTED.fill(code=said.item.code)
    if day > said.today:
        return FUTURE.fill(code=said.item.code, day=day.isoformat(), today=said.today.isoformat())
    return None


def _target_fits(said: Proposed) -> Text | None:
    """A target goes with a first No and lies in the fiscal year in which the item is due."""
    target = said.answer.target_on
    if target is None:
        return None
    if said.answer.turn is not Turn.FIRST or said.answer.value is not Reply.NO:
        return TARGET_WITHOUT_NO.fill(code=said.item.code)
    year = FiscalYear(said.item.due_year)
    if target not in year:
        return TARGET_OUTSIDE.fill(
            code=said.item.code,
            day=target.isoformat(),
            year=Text(fiscal_year_in_era(year.year), f"fiscal year {year.year}"),
            first=year.first_day.isoformat(),
            last=year.last_day.isoformat(),
        )
    first = said.answer.checked_on
    if first is not None and target < first:
        return TARGET_BEFORE.fill(
            code=said.item.code, day=target.isoformat(), first=first.isoformat()
        )
    return None


def _second_comes_after(said: Proposed) -> Text | None:
    """A second check needs a first and a later day; the first may not overtake the second."""
    state, answer = said.standing, said.answer
    if answer.value is None:
        return None
    if answer.turn is Turn.SECOND:
        if state.first is None or state.first_on is None:
            return FIRST_WANTED.fill(code=said.item.code)
        first, second = state.first_on, answer.checked_on
    else:
        first, second = answer.checked_on or date.min, state.second_on
    if second is not None and second <= first:
        return SECOND_NOT_LATER.fill(
            code=said.item.code, second=second.isoformat(), first=first.isoformat()
        )
    return None


def _can_be_taken_back(said: Proposed) -> Text | None:
    """Only what stands can be taken back, the second before the first, with a reason."""
    state, answer = said.standing, said.answer
    if answer.value is not None:
        return None
    standing = state.first if answer.turn is Turn.FIRST else state.second
    if standing is None:
        return NOTHING_THERE.fill(code=said.item.code)
    if answer.turn is Turn.FIRST and state.second is not None:
        return SECOND_STANDS.fill(code=said.item.code)
    if not answer.reason.strip():
        return REASON_TO_TAKE_BACK.fill(code=said.item.code)
    return None


def _rests_on_something(said: Proposed) -> Text | None:
    """An answer on evidence agrees with it; an answer against the evidence says why."""
    answer = said.answer
    if answer.value is None:
        return None
    if answer.basis is Basis.EVIDENCE:
        agrees = answer.as_of is not None and answer.value is said.suggested
        return None if agrees else EVIDENCE_WITHOUT_DATE.fill(code=said.item.code)
    differs = said.suggested is not None and answer.value is not said.suggested
    if differs and said.suggested is not None and not answer.reason.strip():
        return REASON_FOR_OVERRIDE.fill(code=said.item.code, suggested=REPLY_NAMES[said.suggested])
    return None


def _reason_can_be_kept(said: Proposed) -> Text | None:
    """A reason is words that every database and every form can hold."""
    reason = said.answer.reason
    if len(reason) > LONGEST_REASON:
        return TOO_LONG.fill(code=said.item.code, limit=LONGEST_REASON)
    return NO_WORDS.fill(code=said.item.code) if _NO_WORDS.search(reason) else None


# rule -> the cell it speaks about
RULES: dict[str, tuple[Rule, str]] = {
    "exempt": (_is_exempt, "item"),
    "cell": (_cell_is_there, "item"),
    "date": (_has_a_date, "date"),
    "target": (_target_fits, "target"),
    "second": (_second_comes_after, "second"),
    "taken_back": (_can_be_taken_back, "item"),
    "basis": (_rests_on_something, "reason"),
    "reason": (_reason_can_be_kept, "reason"),
}


def problems_of(said: Proposed) -> tuple[Problem, ...]:
    """Give every rule of the form that an answer breaks; empty: it may be recorded."""
    broken = ((rule(said), cell) for rule, cell in RULES.values())
    return tuple(Problem(said.item.key, cell, why) for why, cell in broken if why is not None)


FIRST_MISSING = Text(
    "{code}({about})の1回目の回答と確認日がありません。",
    "{code} ({about}) has no first answer and date.",
)
TARGET_MISSING = Text(
    "{code}({about})は「いいえ」のため、目標日が必要です。",
    "{code} ({about}) is No and needs a target date.",
)
VENDOR_UNKNOWN = Text(
    "契約している事業者の有無が登録されていません。",
    "It is not recorded whether there is a contracted vendor.",
)


def gaps(
    edition: Edition,
    states: States,
    known: Circumstances,
    titles: Mapping[str, Text],
) -> tuple[Problem, ...]:
    """Give what an inspector would find missing: first answers, dates and targets, in form order.

    Only mandatory items count (reference items are not looked at). `titles`: control id -> title.
    A No of an item whose fiscal year is over when it was checked can have no target any more.
    """
    found: list[Problem] = []
    needed = applies(edition, states, known)
    asks_for_vendor = any(Condition.NEEDS_VENDOR in i.conditions for i in edition.items)
    ended = Applies.ENDED_BY_PRESENCE in needed.values()
    if asks_for_vendor and known.has_contracted_vendor is None and not ended:
        found.append(Problem("", "vendor", VENDOR_UNKNOWN))
    for item in edition.of_level(Level.MANDATORY):
        if needed[item.key] is Applies.YES:
            found.extend(_gap(item, states.get(item.key, EMPTY), titles[item.control]))
    return tuple(found)


def _gap(item: Item, state: ItemState, about: Text) -> tuple[Problem, ...]:
    """Give what one mandatory item lacks."""
    if state.first is None or state.first_on is None:
        return (Problem(item.key, "first", FIRST_MISSING.fill(code=item.code, about=about)),)
    could_have_one = item.has(Cell.TARGET) and state.first_on <= FiscalYear(item.due_year).last_day
    if state.first is Reply.NO and state.target_on is None and could_have_one:
        return (Problem(item.key, "target", TARGET_MISSING.fill(code=item.code, about=about)),)
    return ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is answered and how much is Yes: two numbers, never mixed.

    `applicable` is the denominator of both: items that are to be answered.
    """

    applicable: int
    answered: int
    yes: int
    no: int


def progress(
    edition: Edition, states: States, known: Circumstances, level: Level | None = None
) -> Progress:
    """Count the applicable items, those answered, and those whose latest answer is Yes or No.

    The presence row opens or ends the form; it is no item that can be Yes, and does not count.
    """
    needed = applies(edition, states, known)
    latest = [
        states.get(item.key, EMPTY).latest
        for item in edition.items
        if needed[item.key] is Applies.YES and item.code != PRESENCE and level in (None, item.level)
    ]
    yes, no = latest.count(Reply.YES), latest.count(Reply.NO)
    return Progress(applicable=len(latest), answered=yes + no, yes=yes, no=no)


def last_checked(states: States) -> date | None:
    """Give the day of the newest check on a list."""
    days = [d for s in states.values() for d in (s.first_on, s.second_on) if d is not None]
    return max(days, default=None)


def next_check_due(last: date) -> date:
    """Give the day by which the next check is due: at least once a year."""
    try:
        return last.replace(year=last.year + 1)
    except ValueError:
        return date(last.year + 1, 3, 1)


def digest_of(edition: Edition, facility: str, vendor: str | None, states: States) -> str:
    """Give the SHA-256 of what stands on a list, the thing that a signature signs."""
    content = {
        "edition": [edition.id, edition.revision],
        "facility": facility,
        "vendor": vendor,
        "items": {key: _plain(states[key]) for key in sorted(states)},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(state: ItemState) -> dict[str, str]:
    """Give the filled cells of an item as text."""
    values = {name: getattr(state, name) for name in ItemState.__dataclass_fields__}
    return {
        name: value.value if hasattr(value, "value") else str(value)
        for name, value in values.items()
        if value not in (None, "")
    }
