"""A form that comes back, compared three ways: what stands, what came back, what went out."""

from datetime import date

import pytest

from mamori.core import returning
from mamori.core.checklists import EMPTY, Basis, ItemState, Reply, Turn
from mamori.core.difference import Prefer
from mamori.core.forms import ReturnedForm, ReturnedItem

DAY, LATER, LAST = date(2023, 9, 1), date(2023, 10, 1), date(2023, 11, 1)
SAID = {"first_basis": Basis.ATTESTATION}
YES = ItemState(first=Reply.YES, first_on=DAY, **SAID)
NO = ItemState(first=Reply.NO, first_on=DAY, target_on=LAST, **SAID)
BOTH = ItemState(
    first=Reply.NO,
    first_on=DAY,
    second=Reply.YES,
    second_on=LATER,
    second_basis=Basis.ATTESTATION,
    **SAID,
)
FIRST_OF_BOTH = ItemState(first=Reply.NO, first_on=DAY, **SAID)


def compare(now, came, went, prefer=None):
    form = ReturnedForm("e", 1, "H1", None, (ReturnedItem("2(1)/all", came, went),))
    found = returning.compare({"2(1)/all": now}, form, blank="blank", prefer=prefer)
    return [(c.turn, c.value) for c in found.claims], bool(found.clashes)


FIRST, SECOND = Turn.FIRST, Turn.SECOND


@pytest.mark.parametrize(
    ("now", "came", "went", "claims", "clash"),
    [
        (EMPTY, EMPTY, EMPTY, [], False),
        (EMPTY, YES, EMPTY, [(FIRST, Reply.YES)], False),
        (YES, YES, YES, [], False),
        (YES, NO, YES, [(FIRST, Reply.NO)], False),
        (YES, EMPTY, YES, [(FIRST, None)], False),
        # Answered here after the form went out: the untouched file does not undo it.
        (YES, EMPTY, EMPTY, [], False),
        (NO, YES, YES, [], False),
        # Both sides said the same.
        (NO, NO, EMPTY, [], False),
        # Both sides changed, differently.
        (NO, YES, EMPTY, [], True),
        (EMPTY, NO, YES, [(FIRST, Reply.NO)], False),
        # A file that does not remember what went out.
        (EMPTY, YES, None, [(FIRST, Reply.YES)], False),
        (NO, YES, None, [], True),
        # The two checks are compared apart.
        (FIRST_OF_BOTH, BOTH, FIRST_OF_BOTH, [(SECOND, Reply.YES)], False),
        (BOTH, FIRST_OF_BOTH, BOTH, [(SECOND, None)], False),
        (BOTH, FIRST_OF_BOTH, FIRST_OF_BOTH, [], False),
        (BOTH, EMPTY, BOTH, [(SECOND, None), (FIRST, None)], False),
        (EMPTY, BOTH, EMPTY, [(FIRST, Reply.NO), (SECOND, Reply.YES)], False),
    ],
)
def test_only_what_the_file_changed_is_asked_for_and_nothing_newer_is_undone(
    now, came, went, claims, clash
):
    assert compare(now, came, went) == (claims, clash)


def test_a_first_check_that_changes_is_written_before_its_second_is_written_again():
    earlier = ItemState(
        first=Reply.NO,
        first_on=DAY,
        first_reason="訂正",
        second=Reply.YES,
        second_on=LATER,
        second_basis=Basis.ATTESTATION,
        **SAID,
    )

    assert compare(BOTH, earlier, BOTH)[0] == [
        (SECOND, None),
        (FIRST, Reply.NO),
        (SECOND, Reply.YES),
    ]


@pytest.mark.parametrize(
    ("prefer", "claims"), [(Prefer.FILE, [(FIRST, Reply.YES)]), (Prefer.KEPT, [])]
)
def test_a_person_may_decide_a_clash_for_one_side(prefer, claims):
    assert compare(NO, YES, EMPTY, prefer) == (claims, False)
