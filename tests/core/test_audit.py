"""The chain of seals: whatever is done to a trail, the first broken link is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mamori.core import audit
from mamori.core.audit import GENESIS, Entry, Outcome

START = datetime(2026, 4, 1, tzinfo=UTC)


def trail(length=5):
    """A trail that holds."""
    found, seal = [], GENESIS
    for number in range(1, length + 1):
        entry = Entry(
            number=number,
            at=START + timedelta(minutes=number),
            actor="sato",
            organisation="H001",
            action="checklist.answer",
            thing=str(number),
            outcome=Outcome.DONE,
            detail={"値": number, "list": [1, None, "はい"]},
            previous=seal,
        )
        seal = audit.seal_of(entry)
        found.append(replace(entry, seal=seal))
    return found


def broken(entries, last=5, last_seal=None):
    found = audit.first_break(entries, last=last, last_seal=last_seal or trail()[-1].seal)
    return found and found.number


def resealed(entries):
    """What a forger with the code would do: seal everything anew."""
    seal, found = GENESIS, []
    for entry in entries:
        forged = replace(entry, previous=seal)
        seal = audit.seal_of(forged)
        found.append(replace(forged, seal=seal))
    return found


def test_a_trail_that_nobody_touched_holds():
    assert broken(trail()) is None
    assert audit.first_break([], last=0, last_seal=GENESIS) is None


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "tanaka"},
        {"organisation": "H002"},
        {"action": "checklist.sign"},
        {"thing": "9"},
        {"outcome": Outcome.REFUSED},
        {"detail": {"値": 4}},
        {"at": START},
        {"seal": "0" * 64},
    ],
)
def test_any_altered_field_breaks_the_trail_where_it_stands(change):
    entries = trail()
    entries[2] = replace(entries[2], **change)

    assert broken(entries) == 3


@pytest.mark.parametrize(
    ("entries", "number"),
    [
        (trail()[:2] + trail()[3:], 3),
        (trail()[1:], 1),
        (trail()[:4], 5),
        ([], 1),
        ([*trail(), trail()[-1]], 6),
        ([trail()[0], trail()[2], trail()[1], *trail()[3:]], 2),
    ],
)
def test_a_missing_doubled_or_moved_entry_is_named(entries, number):
    assert broken(entries) == number


def test_a_trail_sealed_anew_differs_from_the_seal_kept_apart():
    entries = trail()
    entries[1] = replace(entries[1], actor="nobody")

    assert broken(resealed(entries)) == 5
