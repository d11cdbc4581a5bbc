"""What state allows: the transitions of a checklist as a table, and the gate before signing."""

from dataclasses import dataclass

from mamori.core.checklists import Problem, State
from mamori.core.permissions import ACTION_NAMES, Action
from mamori.core.text import Text
from mamori.core.viewer import NotPossible

STATE_NAMES: dict[State, Text] = {
    State.OPEN: Text("記入中", "Open"),
    State.SUBMITTED: Text("確認待ち", "Submitted"),
    State.SIGNED: Text("確定済み", "Signed"),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """What a step leads to, whether it asks for a reason, and whether a new revision begins."""

    to: State
    needs_reason: bool = False
    new_revision: bool = False
    needs_completeness: bool = False


# (state, step) -> what happens. What is not here is refused.
TRANSITIONS: dict[tuple[State, Action], Transition] = {
    (State.OPEN, Action.SUBMIT): Transition(State.SUBMITTED),
    (State.OPEN, Action.SIGN): Transition(State.SIGNED, needs_completeness=True),
    (State.SUBMITTED, Action.SIGN): Transition(State.SIGNED, needs_completeness=True),
    (State.SUBMITTED, Action.SEND_BACK): Transition(State.OPEN, needs_reason=True),
    (State.SIGNED, Action.REOPEN): Transition(State.OPEN, needs_reason=True, new_revision=True),
}
ANSWERABLE = frozenset({State.OPEN})

LOCKED = Text(
    "このチェックリストは「{state}」のため、回答を変更できません。{how}",
    'This checklist is "{state}", so its answers cannot be changed. {how}',
)
HOW_TO_UNLOCK: dict[State, Text] = {
    State.SUBMITTED: Text(
        "安全管理責任者が差し戻すと編集できます。",
        "The safety administrator can send it back.",
    ),
    State.SIGNED: Text(
        "理由を付けて再開すると、新しい改訂として編集できます。",
        "Reopen it with a reason: a new revision begins.",
    ),
}
NO_STEP = Text(
    "「{state}」のチェックリストには「{step}」を行えません。",
    'A checklist that is "{state}" has no step "{step}".',
)
REASON_WANTED = Text(
    "「{step}」には理由の記入が必要です。", 'A reason is needed for the step "{step}".'
)
INCOMPLETE = Text(
    "確定するには、あと{count}件の記入が必要です: {first}",
    "Before signing, {count} things are still needed: {first}",
)


class NotComplete(NotPossible):
    """A checklist lacks something that signing needs; `problems` names each thing."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Say how many things are lacking, and the first."""
        super().__init__(INCOMPLETE.fill(count=len(problems), first=problems[0].reason))
        self.problems = problems


def check_can_answer(state: State) -> None:
    """Refuse to change answers of a checklist that is locked; NotPossible says how to unlock it."""
    if state not in ANSWERABLE:
        raise NotPossible(LOCKED.fill(state=STATE_NAMES[state], how=HOW_TO_UNLOCK[state]))


def step(state: State, action: Action, *, reason: str, gaps: tuple[Problem, ...]) -> Transition:
    """Give what a step leads to; NotPossible where the table, a reason or a gap forbids it."""
    found = TRANSITIONS.get((state, action))
    if found is None:
        raise NotPossible(NO_STEP.fill(state=STATE_NAMES[state], step=ACTION_NAMES[action]))
    if found.needs_reason and not reason.strip():
        raise NotPossible(REASON_WANTED.fill(step=ACTION_NAMES[action]))
    if found.needs_completeness and gaps:
        raise NotComplete(gaps)
    return found
