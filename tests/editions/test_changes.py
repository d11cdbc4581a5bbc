"""What changes from one edition to the next, against tables made by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mamori.core.editions import (
    CHANGE_NAMES,
    Cell,
    ChangeKind,
    Level,
    Scope,
    difference,
    successors,
    uncovered,
)
from mamori.core.text import Text
from mamori.editions import loader
from tests.editions.made import editions

# (old keys, new keys, kinds, scopes that the old items did not ask about)
FACILITY_2023_TO_2024 = [
    ("presence", "presence", "same", ""),
    ("1(1)/organisation", "1(1)/organisation", "same", ""),
    ("2(1)/all", "2(1)/all", "same", ""),
    ("2(2)/all", "2(2)/all", "same", ""),
    ("2(3)/all", "2(3)/all", "same", ""),
    ("2(4)/server", "2(4)/server", "same", ""),
    ("2(5)/server", "2(5)/server", "same", ""),
    ("2(6)/server", "2(6)/server", "same", ""),
    ("2(7)/server", "2(7)/server", "level", ""),
    ("2(9)/server", "2(9)/server", "level", ""),
    ("2(4)/terminal", "2(4)/terminal", "level", ""),
    ("2(5)/terminal", "2(5)/terminal", "level", ""),
    ("2(7)/terminal", "2(7)/terminal", "level", ""),
    ("2(9)/terminal", "2(9)/terminal", "level", ""),
    ("2(7)/network", "2(7)/network", "same", ""),
    ("2(8)/network", "2(8)/network", "same", ""),
    ("3(1)/incident", "3(1)/incident", "same", ""),
    ("3(2)/incident", "3(2)/incident", "level", ""),
    ("3(3)/incident", "3(3)/incident", "reworded level", ""),
]
FACILITY_2024_TO_2025 = [
    ("presence", "presence", "same", ""),
    ("1(1)/organisation", "1①/organisation", "renumbered", ""),
    ("2(1)/all", "2①/all", "renumbered", ""),
    ("2(2)/all", "2②/all", "renumbered", ""),
    ("2(3)/all", "2③/all", "renumbered", ""),
    ("2(4)/server 2(4)/terminal", "2④/all", "merged renumbered reworded scope", "network"),
    ("2(5)/server 2(5)/terminal", "2⑤/all", "merged renumbered reworded scope", "network"),
    ("2(7)/server 2(7)/terminal 2(7)/network", "2⑥/all", "merged renumbered", ""),
    ("", "2⑦/all", "new", ""),
    ("", "2⑧/all", "new", ""),
    ("", "2⑨/all", "new", ""),
    ("", "2⑩/all", "new", ""),
    ("2(6)/server", "2⑪/server", "renumbered", ""),
    ("2(9)/server 2(9)/terminal", "2⑫/server+terminal", "merged renumbered", ""),
    ("2(8)/network", "2⑬/network", "renumbered reworded", ""),
    ("3(1)/incident", "3①/incident", "renumbered", ""),
    ("3(2)/incident", "3②/incident", "renumbered", ""),
    ("3(3)/incident", "3③/incident", "renumbered", ""),
    ("", "4①/rules", "new", ""),
]
VENDOR_2023_TO_2024 = [
    ("1(1)/organisation", "1(1)/organisation", "same", ""),
    ("2(2)/all", "2(2)/all", "same", ""),
    ("2(3)/all", "2(3)/all", "same", ""),
    ("2(4)/server", "2(4)/server", "same", ""),
    ("2(5)/server", "2(5)/server", "same", ""),
    ("2(6)/server", "2(6)/server", "same", ""),
    ("2(8)/server", "2(7)/server", "renumbered level", ""),
    ("2(9)/server", "2(9)/server", "level", ""),
    ("2(6)/terminal", "2(4)/terminal", "renumbered level", ""),
    ("2(7)/terminal", "2(5)/terminal", "renumbered level", ""),
    ("2(8)/terminal", "2(7)/terminal", "renumbered level", ""),
    ("2(10)/terminal", "2(9)/terminal", "renumbered level", ""),
    ("2(7)/network", "2(7)/network", "same", ""),
    ("2(8)/network", "2(8)/network", "same", ""),
]


def told(old, new):
    """The differences as lines of the tables above."""
    return [
        (
            " ".join(c.old),
            " ".join(c.new),
            " ".join(kind.value for kind in c.kinds),
            " ".join(scope.value for scope in c.uncovered),
        )
        for c in difference(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "table"),
    [
        ("facility-fy2023", "facility-fy2024", FACILITY_2023_TO_2024),
        ("facility-fy2024", "facility-fy2025", FACILITY_2024_TO_2025),
        ("pharmacy-fy2024", "pharmacy-fy2025", FACILITY_2024_TO_2025),
        ("vendor-fy2023", "vendor-fy2024", VENDOR_2023_TO_2024),
    ],
)
def test_the_difference_of_two_editions_is_the_one_found_by_hand(old, new, table):
    assert told(loader.load(old), loader.load(new)) == table


def test_2_6_of_2025_continues_the_three_patch_items_of_2023_too():
    followed = successors(loader.load("facility-fy2023"), loader.load("facility-fy2025"))
    assert followed["2⑥/all"] == ("2(7)/network", "2(7)/server", "2(7)/terminal")
    assert followed["2⑦/all"] == ()


def test_the_order_of_time_can_be_turned_round_and_merged_becomes_split():
    back = told(loader.load("facility-fy2025"), loader.load("facility-fy2024"))
    assert ("2⑥/all", "2(7)/server 2(7)/terminal 2(7)/network", "split renumbered", "") in back
    assert [row[0] for row in back if row[2] == "gone"] == [
        "2⑦/all",
        "2⑧/all",
        "2⑨/all",
        "2⑩/all",
        "4①/rules",
    ]


def test_network_apparatus_is_new_to_2_4_and_2_5_of_2025():
    missed = uncovered(loader.load("facility-fy2024"), loader.load("facility-fy2025"))
    assert missed == {"2④/all": (Scope.NETWORK,), "2⑤/all": (Scope.NETWORK,)}


EDITION = loader.load("facility-fy2023")
LEDGER = EDITION.item("2(1)/all")


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, [ChangeKind.SAME]),
        ({"code": "2(11)"}, [ChangeKind.RENUMBERED]),
        ({"text": Text("別の文", "Other words")}, [ChangeKind.REWORDED]),
        ({"scopes": (Scope.SERVER,)}, [ChangeKind.SCOPE]),
        ({"level": Level.REFERENCE}, [ChangeKind.LEVEL]),
        ({"cells": (Cell.FIRST,)}, [ChangeKind.CELLS]),
        ({"due_year": 2024}, [ChangeKind.DUE_YEAR]),
        ({"control": "accounts.two-factor"}, [ChangeKind.NEW, ChangeKind.GONE]),
        ({"scopes": (Scope.RULES,)}, [ChangeKind.NEW, ChangeKind.GONE]),
    ],
)
def test_each_kind_of_change_is_told_apart(changed, kinds):
    item = replace(LEDGER, **changed)
    new = replace(EDITION, items=tuple(item if i is LEDGER else i for i in EDITION.items))
    found = [c for c in difference(EDITION, new) if {LEDGER.key, item.key} & {*c.old, *c.new}]
    assert [kind for change in found for kind in change.kinds] == kinds


def test_an_item_due_in_its_own_year_is_not_a_change_of_the_year():
    new = loader.load("facility-fy2024")
    assert not [c for c in difference(EDITION, new) if ChangeKind.DUE_YEAR in c.kinds]


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_no_item_is_lost_between_any_two_editions(data):
    old = data.draw(editions(year=2030))
    new = data.draw(editions(subject=old.subject, year=2031))
    changes = difference(old, new)
    assert sorted(k for c in changes for k in c.old) == sorted(i.key for i in old.items)
    assert sorted(k for c in changes for k in c.new) == sorted(i.key for i in new.items)
    followed = successors(old, new)
    assert list(followed) == [i.key for i in new.items]
    for change in changes:
        assert all(set(followed[key]) <= set(change.old) for key in change.new)


@settings(max_examples=30, deadline=None)
@given(editions())
def test_an_edition_does_not_differ_from_itself_in_words_or_numbers(edition):
    for change in difference(edition, edition):
        assert change.old == change.new
        assert ChangeKind.NEW not in change.kinds
        assert change.uncovered == ()


def test_every_kind_of_change_has_a_name():
    assert set(CHANGE_NAMES) == set(ChangeKind)
