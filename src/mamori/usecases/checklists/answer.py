"""Answer items: by a person's word, or by confirming what evidence suggests."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from mamori.core import answering, policies, suggestions
from mamori.core.answering import Proposed
from mamori.core.checklists import EMPTY, Answer, Applies, Basis, Problem, Reply, Turn
from mamori.core.editions import Cell
from mamori.core.permissions import Action, check_may_list
from mamori.core.text import Language, Text
from mamori.core.viewer import NotFound, NotPossible, Viewer
from mamori.store.queries import checklists
from mamori.store.queries.checklists import Listed
from mamori.store.writes import audit
from mamori.store.writes import checklists as writes
from mamori.usecases.checklists import form
from mamori.usecases.recorded import recorded

NO_ITEM = Text(
    "「{edition}」に項目「{item}」はありません。", 'There is no item "{item}" in "{edition}".'
)
SEVERAL = Text(
    "「{code}」は複数の項目に使われています。次のいずれかを指定してください: {keys}",
    '"{code}" names several items: say which of {keys}.',
)
MORE = Text("{first} ほか{count}件", "{first} (and {count} more)")


class BrokenRules(NotPossible):
    """Some cells break rules of the form; nothing was recorded."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep every problem; the first is said."""
        first, rest = problems[0].reason, len(problems) - 1
        super().__init__(MORE.fill(first=first, count=rest) if rest else first)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a person gives it; `on_evidence`: it rests on what the checks found."""

    item: str
    turn: Turn
    value: Reply | None
    checked_on: date | None
    target_on: date | None = None
    reason: str = ""
    on_evidence: bool = False


@recorded("checklist.answer")
def answer(
    viewer: Viewer,
    *,
    facility: str,
    edition: str,
    vendor: str | None,
    given: tuple[Given, ...],
    language: Language,
    now: datetime,
    today: date,
) -> int:
    """Append answers, all or none; give how many were recorded.

    Errors: NotAllowed, NotPossible when the list is locked, BrokenRules naming every cell.
    """
    check_may_list(viewer, Action.ANSWER, facility, vendor)
    listed = locked(viewer, facility, edition, vendor)
    found = form.visible_findings(viewer, facility, vendor)
    known = form.circumstances(viewer, facility, vendor, today)
    states = answering.states_of(listed.answers)
    recorded_answers: list[Answer] = []
    problems: list[Problem] = []
    for one in given:
        item = listed.edition.item(key_of(listed, one.item))
        hint = suggestions.suggest(item, found)
        said = Answer(
            item=item.key,
            turn=one.turn,
            value=one.value,
            checked_on=one.checked_on if one.value else None,
            target_on=one.target_on,
            basis=Basis.EVIDENCE if one.on_evidence else Basis.ATTESTATION,
            reason=hint.reason.say(language) if one.on_evidence else one.reason.strip(),
            by=viewer.member,
            at=now,
            revision=listed.revision,
            as_of=hint.as_of if one.on_evidence else None,
            findings=hint.findings if one.on_evidence else (),
        )
        standing = states.get(item.key, EMPTY)
        now_applies = answering.applies(listed.edition, states, known)[item.key]
        proposed = Proposed(item, standing, said, now_applies, today, hint.value)
        broken = answering.problems_of(proposed)
        problems.extend(broken)
        if not broken:
            states[item.key] = answering.after(standing, said)
            recorded_answers.append(said)
    if problems:
        raise BrokenRules(tuple(problems))
    write(viewer, listed, tuple(recorded_answers), now=now)
    return len(recorded_answers)


@recorded("checklist.confirm")
def confirm_suggestions(
    viewer: Viewer,
    *,
    facility: str,
    edition: str,
    turn: Turn,
    checked_on: date,
    language: Language,
    now: datetime,
    today: date,
) -> int:
    """Answer every open item for which evidence suggests a Yes or a No; give how many.

    `checked_on`: the day of the check that is written down.
    """
    check_may_list(viewer, Action.ANSWER, facility, None)
    listed = locked(viewer, facility, edition, None)
    found = form.visible_findings(viewer, facility, None)
    known = form.circumstances(viewer, facility, None, today)
    states = answering.states_of(listed.answers)
    needed = answering.applies(listed.edition, states, known)
    given = []
    for item in listed.edition.items:
        hint = suggestions.suggest(item, found)
        standing = states.get(item.key, EMPTY)
        if hint.value is None or needed[item.key] is not Applies.YES:
            continue
        free = (
            standing.first is None
            if turn is Turn.FIRST
            else standing.second is None
            and standing.first_on is not None
            and standing.first_on < checked_on
            and item.has(Cell.SECOND)
        )
        if free:
            given.append(Given(item.key, turn, hint.value, checked_on, on_evidence=True))
    if not given:
        return 0
    return answer(
        viewer,
        facility=facility,
        edition=edition,
        vendor=None,
        given=tuple(given),
        language=language,
        now=now,
        today=today,
    )


def locked(viewer: Viewer, facility: str, edition: str, vendor: str | None) -> Listed:
    """Give a list that may be answered, held until the transaction ends."""
    listed = checklists.checklist(viewer, facility, edition, vendor)
    state, revision = writes.lock(listed.id)
    policies.check_can_answer(state)
    again = checklists.checklist(viewer, facility, edition, vendor)
    return replace(again, state=state, revision=revision)


def key_of(listed: Listed, words: str) -> str:
    """Give the key of the item a person means: its key, or its code where that is not shared."""
    keys = [item.key for item in listed.edition.items]
    if words in keys:
        return words
    same_code = [item.key for item in listed.edition.items if item.code == words]
    if len(same_code) == 1:
        return same_code[0]
    if same_code:
        names = ", ".join(same_code)
        raise NotPossible(SEVERAL.fill(code=words, keys=names))
    raise NotFound(NO_ITEM.fill(item=words, edition=listed.edition.name))


def write(viewer: Viewer, listed: Listed, answers: tuple[Answer, ...], *, now: datetime) -> None:
    """Append answers and say so in the trail."""
    writes.append_answers(listed.id, answers, member=viewer.member)
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=listed.facility.code,
        action="checklist.answer",
        thing=str(listed.id),
        detail={
            "edition": listed.edition.id,
            "vendor": listed.vendor.code if listed.vendor else None,
            "answers": [
                [a.item, a.turn.value, a.value.value if a.value else None, a.basis.value]
                for a in answers
            ],
        },
    )
