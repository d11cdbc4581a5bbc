"""What matters most now: a short ranked list, each with why and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mamori.core import answering
from mamori.core.calendar import FiscalYear
from mamori.core.checking import Finding, Verdict
from mamori.core.checklists import EMPTY, Applies, ItemState, Reply
from mamori.core.editions import Cell, Item, Level
from mamori.core.evidence import MAX_AGE_DAYS
from mamori.core.forms import Form
from mamori.core.text import Text, listed


@dataclass(frozen=True, slots=True)
class Urgent:
    """One thing to do: its id, its weight (higher is sooner), what, why, how, the rows behind it.

    `due` is the day by which it should be done, where there is one.
    """

    id: str
    weight: int
    title: Text
    why: Text
    action: Text
    rows: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """How much a Not met of one check weighs, and what the thing to do is called."""

    weight: int
    title: Text


# Ours. First what an attacker reaches (the known attacks on hospitals came in through network
# apparatus that got no updates any more), then who answers for it, then what hides the state.
RANKS: dict[str, Rank] = {
    "vulnerabilities.no-os-past-support.network": Rank(
        100,
        Text(
            "サポートが終了したネットワーク機器を更新する",
            "Replace network apparatus past its end of support",
        ),
    ),
    "vulnerabilities.no-os-past-support.server": Rank(
        96, Text("サポートが終了したサーバを更新する", "Replace servers past their end of support")
    ),
    "organisations.safety-administrator-appointed": Rank(
        94, Text("安全管理責任者を任命する", "Appoint a safety administrator")
    ),
    "vulnerabilities.no-os-past-support.terminal": Rank(
        80,
        Text(
            "サポートが終了した端末PCを更新する", "Replace terminal PCs past their end of support"
        ),
    ),
    "ledger.not-stale": Rank(70, Text("台帳を現物と照合する", "Compare the ledger with reality")),
    "ledger.covers-all-kinds": Rank(
        68, Text("台帳に足りない種類の機器を加える", "Add the missing kinds to the ledger")
    ),
    "ledger.reported-to-management": Rank(
        60, Text("台帳の報告を経営層に確認してもらう", "Have management confirm the ledger report")
    ),
    "ledger.required-columns-filled": Rank(
        56, Text("台帳の未入力の項目を埋める", "Fill the empty cells of the ledger")
    ),
    "ledger.no-duplicate-control-number": Rank(
        52, Text("重複した管理番号を付け直す", "Give every apparatus its own control number")
    ),
    "ledger.no-duplicate-address": Rank(
        50, Text("重複したIPアドレスを確かめる", "Look into addresses that appear twice")
    ),
    "ledger.software-versions-present": Rank(
        46, Text("ソフトウェアのバージョンを記入する", "Fill in the versions of software")
    ),
}
NOT_MET, UNKNOWN, NEVER_COLLECTED, TOO_OLD = 40, 30, 72, 70
OVERDUE, CONTRADICTED, SOON, NO_TARGET, UNANSWERED, YEAR_ENDS = 88, 86, 62, 58, 48, 66
# Ours: how long before a day it is near.
NEAR = timedelta(days=45)
YEAR_END_NEAR = timedelta(days=75)

COLLECT = Text("確認に必要な情報を取り込む", "Bring in what the checks need")
IMPORT = Text(
    "最新の台帳などを取り込むと、自動で確認できるようになります。",
    "Import the current ledger (or record the facts): the checks then run by themselves.",
)
LOOK = Text("確認できない項目を調べる: {about}", "Find out what the records do not tell: {about}")
MEND = Text("不適合の項目を改善する: {about}", "Mend what is not met: {about}")
SEE_HELP = Text(
    "項目の説明にある手順に沿って対応してください。", "Follow the steps in the help of the item."
)
PAST_TARGET = Text(
    "目標日を過ぎた項目を見直す: {codes}", "See to items past their target date: {codes}"
)
NEAR_TARGET = Text("目標日が近い項目を進める: {codes}", "Target dates are near: {codes}")
TARGET_WHY = Text(
    "「いいえ」と回答した{count}項目の目標日は、遅いもので{day}です({abouts})。",
    "{count} items are answered No, with target dates up to {day} ({abouts}).",
)
TARGET_DO = Text(
    "対応が済んでいれば2回目の確認に「はい」と記入し、済んでいなければ計画を見直してください。",
    "If it is done, answer Yes at the second check; if not, look at the plan again.",
)
WANTS_TARGET = Text("目標日を決める: {codes}", "Set target dates: {codes}")
WANTS_TARGET_WHY = Text(
    "「いいえ」と回答した{count}項目に目標日がありません。",
    "{count} items are answered No without a target date.",
)
WANTS_TARGET_DO = Text(
    "その年度の内の日を目標日として記入してください。",
    "Write down a day within the fiscal year of the item.",
)
DIFFERS = Text("回答と確認結果の違いを確かめる: {codes}", "Answers and evidence differ: {codes}")
DIFFERS_WHY = Text(
    "「はい」と回答した{count}項目について、確認結果は「いいえ」を示しています({abouts})。",
    "{count} items are answered Yes, but the evidence says No ({abouts}).",
)
DIFFERS_DO = Text(
    "立入検査では「はい」の根拠を尋ねられます。理由を記録するか、回答を見直してください。",
    "An inspection asks what a Yes rests on: record the reason, or change the answer.",
)
ANSWER = Text("未回答の必須項目に回答する", "Answer the mandatory items that are open")
ANSWER_WHY = Text(
    "必須項目のうち{count}項目が未回答です({codes})。",
    "{count} mandatory items are not answered ({codes}).",
)
ANSWER_DO = Text(
    "少なくとも年に1回の確認が必要です(この版の年度末は{day})。",
    "At least one check a year is needed (the year of this edition ends on {day}).",
)

YEARLY = Text("年1回の点検を行う", "Do the yearly check")
YEARLY_WHY = Text(
    "最後の点検は{last}です。点検は少なくとも年に1回必要です。",
    "The last check was on {last}; at least one a year is needed.",
)
YEARLY_DO = Text(
    "最新の版のチェックリストで、各項目をもう一度確認してください。",
    "Go through the items again, on the list of the newest edition.",
)


def most_urgent(form: Form, *, today: date, most: int = 5) -> tuple[Urgent, ...]:
    """Give the few things that matter most for one list and the findings behind it."""
    found = [*_from_findings(form, today), *_from_answers(form, today)]
    unique = {one.id: one for one in sorted(found, key=lambda one: one.weight)}
    ordered = sorted(unique.values(), key=lambda u: (-u.weight, u.due or date.max, u.id))
    return tuple(ordered[:most])


def _from_findings(form: Form, today: date) -> Iterator[Urgent]:
    """Turn what is not met, and what cannot be said, into things to do."""
    for finding in form.findings:
        about = _about(form, finding.control)
        if finding.verdict is Verdict.NOT_MET:
            rank = RANKS.get(finding.check, Rank(NOT_MET, MEND.fill(about=about)))
            yield _urgent(finding.check, rank, finding, finding.settle or SEE_HELP)
        elif finding.verdict is Verdict.UNKNOWN:
            yield _unknown(finding, about, today)


def _unknown(finding: Finding, about: Text, today: date) -> Urgent:
    """Facts that were never collected or grew old are one thing to do, whatever they hide."""
    if finding.facts_as_of is None:
        rank = Rank(NEVER_COLLECTED, COLLECT)
        return _urgent(f"collect: {finding.reason.en}", rank, finding, IMPORT)
    if (today - finding.facts_as_of).days > min(MAX_AGE_DAYS.values()):
        rank = Rank(TOO_OLD, COLLECT)
        return _urgent(f"collect: {finding.reason.en}", rank, finding, IMPORT)
    rank = Rank(UNKNOWN, LOOK.fill(about=about))
    return _urgent(finding.check, rank, finding, finding.settle or SEE_HELP)


def _urgent(key: str, rank: Rank, finding: Finding, action: Text) -> Urgent:
    """Put one thing to do together."""
    return Urgent(key, rank.weight, rank.title, finding.reason, action, finding.rows)


def _about(form: Form, control: str) -> Text:
    """Name a control in the words of the reader."""
    known = form.controls.get(control)
    return known.title if known else Text(control, control)


def _from_answers(form: Form, today: date) -> Iterator[Urgent]:
    """Turn the state of the answers into things to do, one for each sort."""
    standing = [
        (item, form.states.get(item.key, EMPTY))
        for item in form.edition.items
        if form.applies.get(item.key, Applies.YES) is Applies.YES
    ]
    targets = [
        (item, state.target_on)
        for item, state in standing
        if state.latest is Reply.NO and state.target_on is not None
    ]
    late = [(item, day) for item, day in targets if day < today]
    near = [(item, day) for item, day in targets if today <= day <= today + NEAR]
    if late:
        yield _targets(form, "answers.overdue", OVERDUE, PAST_TARGET, late)
    if near:
        yield _targets(form, "answers.near", SOON, NEAR_TARGET, near)
    differing = [
        item
        for item, state in standing
        if state.latest is Reply.YES and form.suggested.get(item.key) is Reply.NO
    ]
    if differing:
        yield Urgent(
            "answers.differs",
            CONTRADICTED,
            DIFFERS.fill(codes=_codes(differing)),
            DIFFERS_WHY.fill(count=len(differing), abouts=_abouts(form, differing)),
            DIFFERS_DO,
        )
    bare = [item for item, state in standing if _lacks_target(item, state)]
    if bare:
        yield Urgent(
            "answers.target",
            NO_TARGET,
            WANTS_TARGET.fill(codes=_codes(bare)),
            WANTS_TARGET_WHY.fill(count=len(bare)),
            WANTS_TARGET_DO,
        )
    open_items = [i for i, s in standing if s.first is None and i.level is Level.MANDATORY]
    if open_items:
        yield _answer(form, open_items, today)
    yield from _yearly(form, today)


def _yearly(form: Form, today: date) -> Iterator[Urgent]:
    """Remind of the yearly check when the last one is nearly a year old, or older."""
    last = answering.last_checked(form.states)
    if last is None:
        return
    due = answering.next_check_due(last)
    if due <= today + NEAR:
        weight = OVERDUE if due < today else SOON
        why = YEARLY_WHY.fill(last=last.isoformat())
        yield Urgent("answers.yearly", weight, YEARLY, why, YEARLY_DO, due=due)


def _targets(
    form: Form, key: str, weight: int, title: Text, found: list[tuple[Item, date]]
) -> Urgent:
    """Put the items whose target dates passed, or are near, into one thing to do."""
    items = [item for item, _ in found]
    why = TARGET_WHY.fill(
        count=len(items),
        day=max(day for _, day in found).isoformat(),
        abouts=_abouts(form, items),
    )
    due = min(day for _, day in found)
    return Urgent(key, weight, title.fill(codes=_codes(items)), why, TARGET_DO, due=due)


def _abouts(form: Form, items: list[Item]) -> Text:
    """Name what some items are about."""
    names = [_about(form, item.control) for item in items]
    return Text(listed(tuple(n.ja for n in names)).ja, listed(tuple(n.en for n in names)).en)


def _lacks_target(item: Item, state: ItemState) -> bool:
    """Say whether a No wants a target date that the form has a cell for."""
    can = state.first_on is not None and state.first_on <= FiscalYear(item.due_year).last_day
    return state.latest is Reply.NO and item.has(Cell.TARGET) and state.target_on is None and can


def _answer(form: Form, items: list[Item], today: date) -> Urgent:
    """Say that mandatory items are open; it weighs more when the year draws to its end."""
    last = FiscalYear(form.edition.fiscal_year).last_day
    return Urgent(
        "answers.open",
        YEAR_ENDS if today + YEAR_END_NEAR > last else UNANSWERED,
        ANSWER,
        ANSWER_WHY.fill(count=len(items), codes=_codes(items)),
        ANSWER_DO.fill(day=last.isoformat()),
        due=last,
    )


def _codes(items: list[Item]) -> Text:
    """Name items by their printed codes, each once."""
    return listed(tuple(dict.fromkeys(item.code for item in items)))
