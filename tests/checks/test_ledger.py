"""The ledger: whole, looked after, reported; each check met, not met, unknown and stale."""

from datetime import date, timedelta

import pytest

from mamori.checks import ledger as checks
from mamori.core.checking import Verdict
from mamori.core.evidence import Evidence, Ledger, Report, Reports
from mamori.core.ledger import Kind, Status
from tests.checks import facts
from tests.checks.facts import box, ledger, pc, server

MET, NOT, UNKNOWN, NONE = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
WHOLE = (server(), pc(1), pc(2), box())
COVERS, COLUMNS = "ledger.covers-all-kinds", "ledger.required-columns-filled"
VERSIONS, FRESH = "ledger.software-versions-present", "ledger.not-stale"
NUMBERS, ADDRESSES = "ledger.no-duplicate-control-number", "ledger.no-duplicate-address"
REPORTED = "ledger.reported-to-management"
OFF = {"status": Status.DISPOSED}
SPARE = {"status": Status.SPARE}

CASES = [
    (COVERS, "all three kinds", WHOLE, MET),
    (COVERS, "nothing at all", (), NOT),
    (COVERS, "only disposed apparatus", (server(**OFF), pc(**OFF), box(**OFF)), NOT),
    (COVERS, "no network apparatus", (server(), pc()), NOT),
    (COVERS, "network apparatus only as a spare", (server(), pc(), box(**SPARE)), NOT),
    (COVERS, "no server: perhaps none is on site", (pc(), box()), UNKNOWN),
    (COLUMNS, "all filled", WHOLE, MET),
    (COLUMNS, "a masked address identifies", (server(ip_address="192.168.X.X"), pc(), box()), MET),
    (COLUMNS, "a computer name identifies", (pc(ip_address="", computer_name="PC1"),), MET),
    (COLUMNS, "nothing identifies", (pc(ip_address="-", computer_name=""),), NOT),
    (COLUMNS, "no place", (pc(location="不明"),), NOT),
    (COLUMNS, "no user of a terminal", (pc(users=()),), NOT),
    (COLUMNS, "no user of network apparatus", (box(users=()),), MET),
    (COLUMNS, "no OS, but software", (pc(os=""),), MET),
    (COLUMNS, "neither OS nor software", (pc(os="", software=""),), NOT),
    (COLUMNS, "no control number", (pc(control_no=""),), NOT),
    (COLUMNS, "gaps of a spare do not count", (pc(), pc(2, location="", **SPARE)), MET),
    (COLUMNS, "an unsaid status does", (pc(location="", status=Status.OTHER),), NOT),
    (COLUMNS, "one of a hundred", (*(pc(n) for n in range(99)), pc(100, location="")), MET),
    (COLUMNS, "two of a hundred", (*(pc(n) for n in range(98)), pc(98, location=""),
                                   pc(99, location="")), NOT),
    (COLUMNS, "only medical devices", (pc(kind=Kind.MEDICAL, location=""),), UNKNOWN),
    (VERSIONS, "all filled", WHOLE, MET),
    (VERSIONS, "in the name of the software", (pc(software="PostgreSQL 12.4",
                                                 software_version=""),), MET),
    (VERSIONS, "only the OS has one", (pc(software_version=""),), NOT),
    (VERSIONS, "no software is named", (pc(software="", software_version=""),), MET),
    (VERSIONS, "firmware without version", (box(os="FortiOS", software_version=""),), NOT),
    (VERSIONS, "no row to look at", (), UNKNOWN),
    (NUMBERS, "all different", WHOLE, MET),
    (NUMBERS, "one twice", (pc(1), pc(2, control_no="PC-001")), NOT),
    (NUMBERS, "a spare has it too", (pc(1), pc(2, control_no="PC-001", **SPARE)), NOT),
    (NUMBERS, "a disposed one had it", (pc(1), pc(2, control_no="PC-001", **OFF)), MET),
    (NUMBERS, "leading zeros matter", (pc(control_no="01"), pc(2, control_no="1")), MET),
    (NUMBERS, "none is numbered", (pc(control_no=""),), UNKNOWN),
    (ADDRESSES, "all different", WHOLE, MET),
    (ADDRESSES, "one twice", (pc(1), pc(2, ip_address="192.168.0.2")), NOT),
    (ADDRESSES, "written with zeros", (pc(1), pc(2, ip_address="192.168.000.002")), NOT),
    (ADDRESSES, "in full width", (pc(1), pc(2, ip_address="１９２．１６８．０．２")), NOT),
    (ADDRESSES, "a spare has it too", (pc(1), pc(2, ip_address="192.168.0.2", **SPARE)), MET),
    (ADDRESSES, "masked ones are not alike", (pc(1, ip_address="192.168.X.X"),
                                              pc(2, ip_address="192.168.X.X"), pc(3)), MET),
    (ADDRESSES, "every one is masked", (pc(1, ip_address="192.168.X.X"),), NONE),
    (ADDRESSES, "DHCP says why", (pc(1), pc(2, ip_address="192.168.0.2", note="DHCP")), MET),
    (ADDRESSES, "a cluster says why", (pc(1), pc(2, ip_address="192.168.0.2",
                                                note="冗長構成の待機系")), MET),
    (FRESH, "a new entry this year", WHOLE, MET),
    (FRESH, "many, and nothing new for two years",
     tuple(pc(n, registered_on=date(2024, 11, 1)) for n in range(30)), NOT),
    (FRESH, "few, and nothing new for two years", (pc(registered_on=date(2020, 1, 1)),), MET),
    (FRESH, "no registration date at all", (pc(registered_on=None),), UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "rows", "expected"), [(c[0], c[2], c[3]) for c in CASES],
    ids=[f"{c[0]}: {c[1]}" for c in CASES],
)  # fmt: skip
def test_verdict(check, rows, expected):
    found = facts.find(check, ledger(*rows))
    assert found.verdict is expected
    assert found.facts_as_of == facts.FRESH
    if expected is NOT:
        assert found.settle is not None


BY_LEDGER = (COVERS, COLUMNS, VERSIONS, FRESH, NUMBERS, ADDRESSES)


@pytest.mark.parametrize("check", BY_LEDGER)
def test_a_ledger_never_imported_or_older_than_a_year_is_unknown(check):
    assert facts.find(check, Evidence()).verdict is UNKNOWN
    assert facts.find(check, ledger(*WHOLE, as_of=facts.STALE)).verdict is UNKNOWN


def test_a_ledger_from_the_future_is_unknown():
    evidence = ledger(*WHOLE, as_of=facts.TODAY + timedelta(days=1))
    assert facts.find(FRESH, evidence).verdict is UNKNOWN


def test_the_reason_counts_and_the_rows_name_the_apparatus():
    rows = (*(pc(n) for n in range(8)), pc(8, location=""), pc(9, users=("-",), location=""))
    found = facts.find(COLUMNS, ledger(*rows))
    assert found.rows == ("PC-008", "PC-009")
    assert found.reason.ja == "10台中2台に未入力の項目があります(設置場所2台、利用者1台)。"
    assert found.reason.en == "2 of 10 apparatus lack something (installed location: 2, user: 1)."


def test_a_met_that_is_not_perfect_still_names_the_rest():
    rows = (*(pc(n) for n in range(199)), pc(199, location=""))
    found = facts.find(COLUMNS, ledger(*rows))
    assert found.verdict is MET
    assert found.rows == ("PC-199",)
    assert found.reason.ja.startswith("200台中199台に、")


def test_duplicates_are_named_with_all_their_rows():
    rows = (pc(1), pc(2, ip_address="192.168.0.2"), pc(3))
    found = facts.find(ADDRESSES, ledger(*rows))
    assert found.rows == ("PC-001", "PC-002")
    assert "192.168.0.2" in found.reason.ja


def test_rows_that_an_import_left_undecided_count_as_duplicates():
    left = (pc(8, control_no="7"), pc(9, control_no="7"), pc(10, control_no="PC-001"))
    found = facts.find(NUMBERS, Evidence(ledger=Ledger((pc(1), pc(2)), facts.FRESH, left)))
    assert found.verdict is NOT
    assert found.rows == ("7",)


REPORTS = [
    ("confirmed in spring", [(date(2026, 4, 1), date(2026, 4, 20))], MET),
    ("confirmed a year ago today", [(date(2025, 11, 1), date(2025, 11, 22))], MET),
    ("confirmed a year and a day ago", [(date(2025, 11, 1), date(2025, 11, 21))], NOT),
    ("made, never confirmed", [(date(2026, 4, 1), None)], NOT),
    ("an old one confirmed, the new one waits", [(date(2026, 1, 5), date(2026, 1, 9)),
                                                (date(2026, 10, 1), None)], MET),
    ("confirmed tomorrow", [(date(2026, 11, 1), date(2026, 11, 23))], NOT),
    ("none was made", [], NOT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"), [c[1:] for c in REPORTS], ids=[c[0] for c in REPORTS]
)
def test_reported_to_management(rows, expected):
    reports = tuple(Report(made, done, "院長 渡邊 薫") for made, done in rows)
    found = facts.find(REPORTED, Evidence(reports=Reports(reports, facts.FRESH)))
    assert found.verdict is expected


def test_a_record_of_reports_never_made_is_unknown():
    assert facts.find(REPORTED, Evidence()).verdict is UNKNOWN


def test_only_one_check_of_the_ledger_may_make_it_yes():
    own = [c for _, c in facts.checking.registry if c.control == checks.CONTROL]
    assert len(own) == 7
    assert [c.id for c in own if c.alone] == [COVERS]
