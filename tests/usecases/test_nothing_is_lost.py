"""Whatever people do in whatever order: no earlier answer is lost or changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import event, given, settings
from hypothesis import strategies as st

from mamori.core import answering
from mamori.core.checklists import Reply, State, Turn
from mamori.core.permissions import Action
from mamori.core.text import Language, same
from mamori.core.viewer import Refused
from mamori.editions import loader
from mamori.store.models import Checklist, ChecklistEvent
from mamori.store.queries import checklists as queries
from mamori.store.writes import checklists as writes
from mamori.usecases.audit.verify import verify
from mamori.usecases.checklists import answer as answering_usecase
from mamori.usecases.checklists import carry, step
from mamori.usecases.checklists import open as opening
from mamori.usecases.checklists.answer import Given
from tests.usecases import world
from tests.usecases.world import HOSPITAL, NOW, TODAY, who

pytestmark = pytest.mark.django_db

EDITIONS = ("facility-fy2023", "facility-fy2024", "facility-fy2025")
ITEMS = {name: [i.key for i in loader.load(name).items] for name in EDITIONS}
DAYS = st.integers(0, 300).map(lambda n: date(2023, 4, 1) + timedelta(days=n))


@st.composite
def answers(draw):
    """An answer to some item of some edition, sensible or not."""
    edition = draw(st.sampled_from(EDITIONS))
    return (
        "answer",
        edition,
        Given(
            item=draw(st.sampled_from(ITEMS[edition])),
            turn=draw(st.sampled_from(list(Turn))),
            value=draw(st.sampled_from([Reply.YES, Reply.YES, Reply.NO, None])),
            checked_on=draw(DAYS),
            target_on=draw(st.none() | DAYS),
            reason=draw(st.sampled_from(["", "理由"])),
        ),
    )


STEPS = st.tuples(
    st.just("step"),
    st.sampled_from(EDITIONS),
    st.sampled_from([Action.SUBMIT, Action.SIGN, Action.SEND_BACK, Action.REOPEN]),
)
FILLS = st.tuples(st.just("fill"), st.sampled_from(EDITIONS), st.just(None))
CARRIES = st.tuples(st.just("carry"), st.sampled_from(EDITIONS[:2]), st.sampled_from(EDITIONS[1:]))
CHANGES = st.tuples(st.just("change"), st.sampled_from(EDITIONS), st.sampled_from([1, 2]))
ACTIONS = st.lists(answers() | STEPS | FILLS | CARRIES | CHANGES, min_size=3, max_size=25)
COMMON = {"facility": HOSPITAL, "vendor": None, "now": NOW, "today": TODAY}


def do_answer(edition, one):
    answering_usecase.answer(
        who("tanaka"), edition=edition, given=(one,), language=Language.JA, **COMMON
    )


def do_fill(edition, _):
    """Answer everything that is still open with Yes, so that signing becomes possible."""
    for key in ITEMS[edition]:
        do_answer(edition, Given(key, Turn.FIRST, Reply.YES, date(2023, 5, 1), reason="確認"))


def do_step(edition, action):
    step.take_step(who("sato"), edition=edition, action=action, reason="理由", **COMMON)


def do_carry(old, new):
    found = carry.proposals(who("tanaka"), facility=HOSPITAL, old=old, new=new, vendor=None)
    carry.carry(
        who("tanaka"),
        old=old,
        new=new,
        items=tuple(one.item for one in found),
        checked_on=TODAY,
        language=Language.JA,
        **COMMON,
    )


def do_change(edition, revision):
    """Somebody edits a shipped edition: the same revision is refused, a new one stands beside."""
    changed = replace(loader.load(edition), name=same("書換え"), revision=revision)
    writes.keep_edition(changed, at=NOW)


DO = {
    "answer": do_answer,
    "step": do_step,
    "fill": do_fill,
    "carry": do_carry,
    "change": do_change,
}


def everything():
    """Every answer on every list, with the words of the edition it was given to."""
    return {
        found.edition.id: (
            found.answers,
            found.edition,
            answering.states_of(found.answers),
        )
        for found in queries.checklists(who("sato"), HOSPITAL)
    }


@settings(max_examples=30)
@given(ACTIONS)
def test_no_sequence_of_acts_loses_or_changes_an_earlier_answer(acts):
    with transaction.atomic():
        world.build()
        for edition in EDITIONS:
            opening.open_checklist(
                who("tanaka"), facility=HOSPITAL, edition=edition, vendor=None, now=NOW
            )
        for kind, edition, what in acts:
            before = everything()
            try:
                DO[kind](edition, what)
                event(f"{kind} done")
            except Refused:
                event(f"{kind} refused")
            after = everything()
            for name, (answers_then, edition_then, _) in before.items():
                answers_now, edition_now, _ = after[name]
                assert answers_now[: len(answers_then)] == answers_then
                assert edition_now == edition_then
        for row in Checklist.objects.all():
            steps = ChecklistEvent.objects.filter(checklist=row).order_by("number")
            last = steps.last()
            assert row.state == (last.after if last else State.OPEN.value)
            assert row.revision == (last.revision if last else 1)
        assert verify(who("root"), organisation="installation").broken is None
        transaction.set_rollback(True)
