"""What state allows: every pair of state and step, against the table in the documentation."""

import pytest

from mamori.core import policies
from mamori.core.checklists import Problem, State
from mamori.core.permissions import Action
from mamori.core.text import same
from mamori.core.viewer import NotPossible

STEPS = (Action.SUBMIT, Action.SIGN, Action.SEND_BACK, Action.REOPEN)
LEADS_TO = {
    (State.OPEN, Action.SUBMIT): State.SUBMITTED,
    (State.OPEN, Action.SIGN): State.SIGNED,
    (State.SUBMITTED, Action.SIGN): State.SIGNED,
    (State.SUBMITTED, Action.SEND_BACK): State.OPEN,
    (State.SIGNED, Action.REOPEN): State.OPEN,
}
GAP = (Problem("2(1)/all", "first", same("2(1) is empty")),)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", STEPS)
def test_only_the_steps_of_the_table_are_possible(state, action):
    expected = LEADS_TO.get((state, action))
    if expected is None:
        with pytest.raises(NotPossible):
            policies.step(state, action, reason="理由", gaps=())
    else:
        assert policies.step(state, action, reason="理由", gaps=()).to is expected


@pytest.mark.parametrize(
    ("state", "action"), [(State.SUBMITTED, Action.SEND_BACK), (State.SIGNED, Action.REOPEN)]
)
def test_sending_back_and_reopening_need_a_reason(state, action):
    with pytest.raises(NotPossible):
        policies.step(state, action, reason="  ", gaps=())


@pytest.mark.parametrize("state", [State.OPEN, State.SUBMITTED])
def test_signing_needs_every_mandatory_answer_and_names_the_first_gap(state):
    with pytest.raises(policies.NotComplete) as refusal:
        policies.step(state, Action.SIGN, reason="", gaps=GAP)

    assert "2(1) is empty" in refusal.value.reason.en
    assert refusal.value.problems == GAP


def test_only_reopening_begins_a_new_revision():
    new = {pair for pair, found in policies.TRANSITIONS.items() if found.new_revision}

    assert new == {(State.SIGNED, Action.REOPEN)}


@pytest.mark.parametrize(
    ("state", "open_"), [(State.OPEN, True), (State.SUBMITTED, False), (State.SIGNED, False)]
)
def test_answers_change_only_while_a_list_is_open(state, open_):
    if open_:
        policies.check_can_answer(state)
        return
    with pytest.raises(NotPossible) as refusal:
        policies.check_can_answer(state)
    assert policies.STATE_NAMES[state].ja in refusal.value.reason.ja
