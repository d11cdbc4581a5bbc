"""The demonstration hospital: the same every time, ugly on purpose, and its faults are found."""

import io
from collections import Counter
from datetime import date

import openpyxl
import pytest

from mamori import checks
from mamori.core import checking
from mamori.core.checking import Verdict
from mamori.core.evidence import Evidence, Ledger, Reports
from mamori.core.ledger import Kind
from mamori.core.viewer import Role
from mamori.demo import hospital, ledger, names, workbook
from mamori.editions import lifecycles
from mamori.importers import ledger as importer

TODAY = date(2026, 11, 22)
ROWS = ledger.apparatus(TODAY)
PLANTED = ledger.PLANTED


@pytest.fixture(scope="module")
def reading():
    return importer.read(workbook.write(ROWS, TODAY), workbook.FILE)


@pytest.fixture(scope="module")
def findings(reading):
    if not list(checking.registry):
        checking.registry.load(checks)
    evidence = Evidence(
        ledger=Ledger(tuple(row.apparatus for row in reading.accepted), TODAY),
        reports=Reports(hospital.hospital(TODAY).reports, TODAY),
        lifecycles=lifecycles.load(),
    )
    return {one.id: checking.run(one, evidence, TODAY) for _, one in checking.registry}


def test_the_same_seed_and_day_give_the_same_hospital():
    assert ledger.apparatus(TODAY) == ROWS
    assert workbook.write(ROWS, TODAY) == workbook.write(ROWS, TODAY)
    assert hospital.hospital(TODAY) == hospital.hospital(TODAY)
    assert ledger.apparatus(TODAY, seed=1) != ROWS


def test_about_four_hundred_apparatus_of_every_kind_and_twelve_vendors():
    counts = Counter(one.kind for one in ROWS)
    assert len(ROWS) == 406
    assert all(counts[kind] for kind in (Kind.SERVER, Kind.TERMINAL, Kind.NETWORK, Kind.MEDICAL))
    assert len(names.VENDORS) == 12
    assert sum(not one.is_direct for one in names.VENDORS) == 1
    assert sum(one.remote is None for one in names.VENDORS) == 1


def test_the_names_hold_the_characters_that_break_old_software():
    staff = "".join(hospital.hospital(TODAY).staff)
    assert all(letter in staff for letter in "髙﨑𠮷邊")
    assert len(set(hospital.hospital(TODAY).staff)) == 120
    roles = {one.role for one in hospital.hospital(TODAY).people}
    assert {Role.SAFETY_ADMINISTRATOR, Role.MANAGEMENT} <= roles


def test_the_workbook_is_as_untidy_as_real_ones():
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(ROWS, TODAY)))
    assert book.sheetnames == [name for name, _ in workbook.SHEETS]
    sheet = book["端末PC"]
    cells = [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]
    assert sheet["A1"].value == "機器台帳(端末PC)"
    assert sheet["A2"].value == "最終更新: 令和8年11月22日  情報システム室"
    assert len(sheet.merged_cells.ranges) > 8
    for ugly in ("令和", "R5.", "１０", "10.20.X.X", "合計", "※", "00001", "\n"):
        assert any(ugly in cell for cell in cells), ugly


def test_the_importer_reads_every_row_and_rejects_the_five_bad_ones(reading):
    assert len(reading.accepted) == len(ROWS)
    assert len(reading.rejected) == PLANTED["bad rows"]
    assert [one.sheet for one in reading.rejected] == ["端末PC"] * 5
    assert all(one.cell.startswith("L") for one in reading.rejected)
    differing = [
        (field, want)
        for row, want in zip(reading.accepted, ROWS, strict=True)
        for field in ("control_no", "software_version", "ip_address", "location", "users",
                      "registered_on", "status", "kind")
        if getattr(row.apparatus, field) != getattr(want, field)
    ]  # fmt: skip
    assert differing == []


OS = "vulnerabilities.no-os-past-support"
FOUND = [
    (f"{OS}.server", "servers past support", 1),
    (f"{OS}.terminal", "terminals past support", 1),
    (f"{OS}.network", "network apparatus past support", 1),
    ("ledger.no-duplicate-address", "addresses used twice", 2),
    ("ledger.no-duplicate-control-number", "control numbers used twice", 1),
    ("ledger.software-versions-present", "without version", 1),
    ("ledger.required-columns-filled", "without location", 1),
]


@pytest.mark.parametrize(("check", "fault", "rows_each"), FOUND, ids=[f[1] for f in FOUND])
def test_every_planted_fault_is_found(findings, check, fault, rows_each):
    found = findings[check]
    assert found.verdict is Verdict.NOT_MET
    assert len(found.rows) == PLANTED[fault] * rows_each


def test_the_other_checks_say_what_is_true(findings):
    assert findings["ledger.covers-all-kinds"].verdict is Verdict.MET
    assert findings["ledger.not-stale"].verdict is Verdict.MET
    assert findings["ledger.reported-to-management"].verdict is Verdict.NOT_MET


def test_the_reason_reads_well(findings):
    assert findings[f"{OS}.terminal"].reason.ja == (
        "使用中の端末PC266台中9台で、OS等のサポートが終了しています"
        "(Windows 10 6台、Windows 10 22H2 3台)。ほかに18台は判断できません。"
    )
    assert findings["ledger.covers-all-kinds"].reason.en == (
        "The ledger lists 382 apparatus under use (server 36, terminal PC 266, network apparatus "
        "54, medical device 18, IoT device 8)."
    )
