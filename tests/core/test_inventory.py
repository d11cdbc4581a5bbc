"""Which rows count, how they are named, and what an address is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mamori.core import inventory
from mamori.core.evidence import Ledger
from mamori.core.ledger import Apparatus, Kind, Status
from mamori.core.text import Text
from tests.checks import facts

COUNTED = [
    (Status.IN_USE, True, True),
    (Status.OTHER, True, True),
    (Status.SPARE, False, True),
    (Status.OUT_OF_USE, False, True),
    (Status.DISPOSED, False, False),
]


@pytest.mark.parametrize(("status", "in_service", "held"), COUNTED)
def test_what_counts(status, in_service, held):
    ledger = Ledger((Apparatus(status=status, kind=Kind.SERVER),), facts.TODAY)
    assert bool(inventory.in_service(ledger)) is in_service
    assert bool(inventory.in_service(ledger, Kind.TERMINAL)) is False
    assert bool(inventory.held(ledger)) is held


def test_every_status_is_decided():
    assert {status for status, *_ in COUNTED} == set(Status)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("", False),
        ("-", False),
        ("－", False),
        ("不明", False),
        ("N/A", False),
        ("なし", False),
        (" ", False),
        ("1F", True),
        ("PC-1", True),
        ("なし崩し", True),
        ("0", True),
    ],
)
def test_a_dash_says_nothing(cell, says):
    assert inventory.says(cell) is says


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("192.168.0.2", ("192.168.0.2",)),
        ("192.168.000.002", ("192.168.0.2",)),
        ("１９２．１６８．０．２", ("192.168.0.2",)),
        ("192.168.0.2/24", ("192.168.0.2",)),
        ("192.168.0.2, 192.168.0.3", ("192.168.0.2", "192.168.0.3")),
        ("fe80::1", ("fe80::1",)),
        ("192.168.X.X", ()),
        ("DHCP", ()),
        ("127.0.0.1", ()),
        ("", ()),
    ],
)
def test_addresses(cell, expected):
    assert inventory.addresses(Apparatus(ip_address=cell)) == expected


def test_an_apparatus_is_named_by_what_tells_it_apart():
    assert inventory.name_of(Apparatus(control_no="7", computer_name="PC1")) == "7"
    assert inventory.name_of(Apparatus(control_no="-", computer_name="PC1")) == "PC1"
    assert inventory.name_of(Apparatus()) == inventory.NO_NUMBER.ja


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=8))
def test_repeated_values_are_those_with_more_than_one_row(numbers):
    rows = [Apparatus(control_no=number) for number in numbers]
    twice = inventory.repeated(rows, lambda one: (one.control_no,))
    assert set(twice) == {n for n in numbers if numbers.count(n) > 1}
    assert all(len(found) == numbers.count(value) for value, found in twice.items())


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Terminal PC", "terminal PC"),
        ("IoT device", "IoT device"),
        ("OS, firmware", "OS, firmware"),
        ("Network apparatus", "network apparatus"),
    ],
)
def test_names_inside_a_sentence_keep_their_capitals(name, inside):
    assert inventory.in_sentence(Text("名", name)).en == inside
