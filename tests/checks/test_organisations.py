"""Who answers for safety: appointed, ended, not yet, never recorded."""

from datetime import date

import pytest

from mamori.checks import organisations
from mamori.core.checking import Verdict
from mamori.core.evidence import Appointment, Appointments, Evidence
from tests.checks import facts

CHECK = "organisations.safety-administrator-appointed"
OFFICE = organisations.OFFICE


def term(since, until=None, office=OFFICE):
    return Appointment(office, "髙橋 誠", since, until)


CASES = [
    ("holds the office", [term(date(2024, 4, 1))], Verdict.MET),
    ("until today", [term(date(2024, 4, 1), facts.TODAY)], Verdict.MET),
    ("since today", [term(facts.TODAY)], Verdict.MET),
    (
        "ended, and a successor",
        [term(date(2020, 4, 1), date(2024, 3, 31)), term(date(2024, 4, 1))],
        Verdict.MET,
    ),
    ("ended yesterday", [term(date(2024, 4, 1), facts.FRESH)], Verdict.NOT_MET),
    ("begins tomorrow", [term(date(2026, 11, 23))], Verdict.NOT_MET),
    ("another office", [term(date(2024, 4, 1), office="planning_administrator")], Verdict.NOT_MET),
    ("an empty record", [], Verdict.NOT_MET),
]


@pytest.mark.parametrize(("rows", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_appointed(rows, expected):
    evidence = Evidence(appointments=Appointments(tuple(rows), facts.FRESH))
    found = facts.find(CHECK, evidence)
    assert found.verdict is expected
    assert found.facts_as_of == facts.FRESH
    assert (found.settle is None) is (expected is Verdict.MET)


def test_a_record_that_was_never_made_is_unknown():
    assert facts.find(CHECK, Evidence()).verdict is Verdict.UNKNOWN


def test_the_reason_names_the_person_and_the_day():
    evidence = Evidence(appointments=Appointments((term(date(2024, 4, 1)),), facts.FRESH))
    reason = facts.find(CHECK, evidence).reason
    assert "髙橋 誠" in reason.ja
    assert "2024-04-01" in reason.en
