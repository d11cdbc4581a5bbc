"""The report to management on paper: every figure stands on it, in both languages."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from mamori.core import overview
from mamori.core.checking import Finding, Verdict
from mamori.core.forms import Party
from mamori.core.ledger import Kind
from mamori.core.ledger_report import Changes, LedgerReport, Line, TakenIn
from mamori.core.lifecycles import Support
from mamori.core.text import Language, Text, same
from mamori.exporters import ledger_report_pdf

MADE = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def sample(*, supports=3, imports=1, name="𠮷田記念病院", before=None):
    line = overview.SupportLine
    return LedgerReport(
        facility=Party("H001", name, "Yoshida Memorial Hospital"),
        made_on=date(2026, 11, 22),
        made_at=MADE,
        made_by="髙橋 花子",
        ledger_as_of=date(2026, 11, 20),
        kinds=(
            overview.KindCount(Kind.SERVER, 36, 2, 1),
            overview.KindCount(Kind.TERMINAL, 1262, 16, 8),
        ),
        undecided=4,
        supports=tuple(
            line(Kind.SERVER, same(f"Windows Server {n}"), Support.PAST, date(2023, 10, 10), n)
            for n in range(1, supports + 1)
        ),
        table_as_of=date(2026, 8, 22),
        changes=Changes(
            date(2026, 4, 1) if before else None,
            12,
            3,
            2,
            tuple(
                TakenIn(n, f"台帳{n}.xlsx", date(2026, 11, 20), "田中", 406, 5)
                for n in range(imports)
            ),
        ),
        before=before or {},
        lines=(
            Line(
                Text("台帳の更新", "Ledger kept up to date"),
                Finding(
                    "ledger.not-stale",
                    "ledger.kept",
                    (),
                    Verdict.NOT_MET,
                    Text("古い台帳です。", "The ledger is old."),
                    date(2026, 11, 20),
                    tuple(f"{n:05d}" for n in range(30)),
                ),
            ),
        ),
    )


def words(report, language):
    pages = PdfReader(BytesIO(ledger_report_pdf.write(report, language))).pages
    return "".join(page.extract_text() for page in pages).replace("\n", ""), len(pages)


def test_every_figure_stands_on_the_japanese_paper():
    text, pages = words(sample(before={"server": 40, "terminal": 1278}), Language.JA)
    for said in ("𠮷田記念病院", "1,262", "1,278", "−2", "±0", "2026年11月20日(令和8年)"):
        assert said in text
    for said in (
        "サポート終了",
        "12台",
        "台帳0.xlsx",
        "古い台帳です。",
        "00000",
        "ほか22件",
        "経営層の確認",
    ):
        assert said in text
    assert pages <= 2


def test_the_english_paper():
    text, _ = words(sample(), Language.EN)
    for said in ("Yoshida Memorial Hospital", "22 November 2026", "This is the first report."):
        assert said in text
    assert "Confirmation by management" in text


@pytest.mark.parametrize("language", list(Language))
def test_very_much_and_very_little_still_print(language):
    text, pages = words(sample(supports=60, imports=30), language)
    assert {Language.JA: "ほか35種類", Language.EN: "35 more sorts"}[language] in text
    assert pages <= 4
    text, _ = words(sample(supports=0, imports=0), language)
    assert ledger_report_pdf.NO_IMPORTS.say(language).replace("\n", "") in text


def test_markup_in_names_is_printed_as_it_is_and_rare_characters_are_named():
    text, _ = words(sample(name='#import "x" *病院* \U000323af'), Language.JA)
    assert '#import "x" *病院* 〓' in text
    assert "U+323AF" in text


def test_the_same_report_gives_the_same_bytes():
    first, second = (ledger_report_pdf.write(sample(), Language.JA) for _ in range(2))
    assert first == second
