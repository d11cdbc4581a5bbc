"""The periodic report to management: made from the ledger as it is, confirmed by management."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from mamori.core.ledger_report import NothingToReport
from mamori.core.text import Language
from mamori.core.viewer import NotAllowed, NotFound, NotPossible
from mamori.store.models import AuditEntry, ManagementReport
from mamori.store.queries import evidence, reports
from mamori.usecases.ledger import confirm_report, report, take_in, undo
from mamori.usecases.ledger.take_in import LedgerFile
from tests.usecases import world
from tests.usecases.world import HOSPITAL, NOW, TODAY, who

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)
ROWS = [
    "管理番号,メーカー,OS,IPアドレス,設置場所,登録日,状態,種別",
    "001,富士通,Windows Server 2012 R2,10.0.0.1,サーバ室,R2.12.1,使用中,サーバ",
    "002,NEC,Windows 11 Pro 23H2,10.0.0.2,外来,2021/4/1,使用中,端末",
    "003,ヤマハ,Rev.14,10.0.0.3,EPS,H28.2.16,予備,ネットワーク機器",
]


@pytest.fixture(autouse=True)
def hospital():
    world.build()


def take(rows, at=NOW):
    file = LedgerFile("\n".join(rows).encode(), "台帳.csv")
    number, _ = take_in.take_in(who("tanaka"), facility=HOSPITAL, file=file, as_of=TODAY, now=at)
    return number


def make(member="tanaka", at=NOW, language=Language.JA):
    return report.make(who(member), facility=HOSPITAL, language=language, now=at, today=at.date())


def confirm(member="incho", number=None, on=TODAY):
    return confirm_report.confirm(
        who(member), facility=HOSPITAL, number=number, on=on, remark="更新すること", now=NOW
    )


def test_without_a_ledger_there_is_nothing_to_report():
    with pytest.raises(NothingToReport):
        make()
    assert not ManagementReport.objects.exists()
    assert AuditEntry.objects.filter(action="report.make", outcome="refused").count() == 1


def test_a_report_counts_what_the_ledger_lists():
    take(ROWS)
    done = make()
    figures = done.report.figures()
    assert done.report.totals == {"server": 1, "terminal": 1, "network": 1}
    assert figures["in_service"] == {"server": 1, "terminal": 1, "network": 0}
    assert figures["since"] is None
    first = figures["supports"][0]
    assert (first["kind"], first["support"]) == ("server", "past")
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(done.content)).pages)
    assert "初回の報告です" in words
    assert "Windows Server 2012 R2" in words
    assert reports.one(who("incho"), HOSPITAL, None).figures == figures


def test_a_second_report_says_what_changed_since_the_first():
    take(ROWS)
    make()
    changed = [
        *ROWS[:2],
        ROWS[2].replace("外来", "病棟"),
        "004,NEC,Windows 11 Pro,10.0.0.4,病棟,,使用中,端末",
    ]
    number = take(changed, at=LATER - timedelta(days=1))
    changes = make(at=LATER).report.changes
    assert (changes.since, changes.added, changes.changed, changes.gone) == (TODAY, 1, 1, 1)
    assert [one.number for one in changes.imports] == [number]
    undo.undo(who("tanaka"), facility=HOSPITAL, number=number, now=LATER)
    again = report.draft(who("tanaka"), facility=HOSPITAL, now=LATER, today=LATER.date()).changes
    assert (again.added, again.changed, again.gone, again.imports) == (0, 0, 0, ())


def test_management_confirms_once_and_not_before_the_report():
    take(ROWS)
    made = make().number
    with pytest.raises(NotPossible):
        confirm(on=TODAY - timedelta(days=1))
    assert confirm() == made
    with pytest.raises(NotPossible):
        confirm()
    (kept,) = reports.reports(who("incho"), HOSPITAL)
    assert (kept.confirmed_on, kept.confirmed_by, kept.remark) == (
        TODAY,
        "髙橋 院長",
        "更新すること",
    )
    found = evidence.evidence(who("tanaka"), HOSPITAL).reports
    assert found is not None
    assert found.rows[0].confirmed_on == TODAY
    outcomes = AuditEntry.objects.filter(action="report.confirm").values_list("outcome", flat=True)
    assert sorted(outcomes) == ["done", "refused", "refused"]


@pytest.mark.parametrize("member", ["sato", "tanaka", "suzuki", "vendor", "inspector"])
def test_nobody_but_management_confirms(member):
    take(ROWS)
    make()
    with pytest.raises(NotAllowed):
        confirm(member)


@pytest.mark.parametrize("member", ["incho", "suzuki", "vendor", "inspector"])
def test_others_than_the_two_administrators_make_no_report(member):
    take(ROWS)
    with pytest.raises(NotAllowed):
        make(member)


def test_a_report_that_is_not_there():
    with pytest.raises(NotFound):
        confirm(number=99, on=date(2024, 1, 1))
