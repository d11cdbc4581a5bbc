"""A ledger goes out and comes back the same; rejects go out, are mended and come back."""

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mamori.core.ledger import OFFICIAL, Apparatus, Kind, Status
from mamori.core.ledger_reading import Rejected
from mamori.core.text import Language, Text
from mamori.exporters import ledger_csv, ledger_xlsx, rejects_xlsx
from mamori.importers import ledger

COLUMNS = (*OFFICIAL, "kind", "serial")
SAMPLE = Apparatus(
    control_no="001",
    manufacturer="㈱髙橋",
    os="Win11",
    software='=HYPERLINK("http://x")',
    software_version="2.0",
    ip_address="192.168.X.X",
    computer_name="PC-001",
    location="@外来",
    users=("医師a（外科）", "𠮷田"),
    registered_on=date(2020, 12, 1),
    status=Status.IN_USE,
    note="-5\n+2",
    kind=Kind.TERMINAL,
    serial="S1",
)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("write", "name"), [(ledger_csv.write, "a.csv"), (ledger_xlsx.write, "a.xlsx")]
)
def test_what_goes_out_comes_back(write, name, language):
    reading = ledger.read(write([SAMPLE], language, COLUMNS), name)
    assert [one.apparatus for one in reading.accepted] == [SAMPLE]
    assert not reading.rejected


@pytest.mark.parametrize("language", list(Language))
def test_the_twelve_official_columns(language):
    content = ledger_csv.write([SAMPLE], language)
    assert content.startswith(b"\xef\xbb\xbf")
    head = next(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert len(head) == 12
    assert head[0] == {"ja": "管理番号", "en": "Control No."}[language.value]


NAMES = st.text(st.sampled_from("=+-@ab1医'"), min_size=1, max_size=5).filter(
    lambda t: any(c in "ab1医" for c in t)
)


@given(NAMES, NAMES)
def test_no_cell_that_goes_out_is_a_formula(software, place):
    one = Apparatus(control_no="1", software=software, location=place, status=Status.IN_USE)
    rows = list(csv.reader(StringIO(ledger_csv.write([one], Language.JA).decode("utf-8-sig"))))
    assert all(cell[:1] not in tuple("=+-@") for cell in rows[1])
    (back,) = ledger.read(ledger_csv.write([one], Language.JA), "a.csv").accepted
    assert (back.apparatus.software, back.apparatus.location) == (software, place)


def test_workbook_cells_are_text():
    book = openpyxl.load_workbook(BytesIO(ledger_xlsx.write([SAMPLE], Language.JA)))
    assert {cell.data_type for line in book.active.iter_rows() for cell in line} <= {"s", "n"}


def test_rejects_go_out_are_mended_and_come_back_without_the_reason():
    head = "管理番号,メーカー,OS,登録日,状態\n"
    content = (head + "001,NEC,Win11,2020/1/1,使用中\n002,NEC,Win11,いつか,使用中\n").encode()
    first = ledger.read(content, "a.csv")
    assert [one.cell for one in first.rejected] == ["D3"]
    sheet = rejects_xlsx.write(first.rejected, Language.JA)
    book = openpyxl.load_workbook(BytesIO(sheet))
    assert [c.value for c in book.active[1]][-2:] == ["元の行", "取り込めなかった理由"]
    assert "いつか" in book.active.cell(2, 7).value
    again = ledger.read(sheet, "rejects.xlsx")
    assert [one.cell for one in again.rejected] == ["D2"]
    book.active.cell(2, 4).value = "2020/2/2"
    mended = BytesIO()
    book.save(mended)
    back = ledger.read(mended.getvalue(), "rejects.xlsx")
    assert back.partial
    assert [one.apparatus.registered_on for one in back.accepted] == [date(2020, 2, 2)]
    assert not back.rejected


def test_rejects_keep_the_kind_that_a_section_gave_and_bad_sheet_names_are_mended():
    one = Rejected(
        "サーバ/2F", 7, "B7", Text("理由", "why"), ("管理番号",), ("1",), (), Kind.SERVER
    )
    same = Rejected("サーバ:2F", 9, "", Text("理由", "why"), ("管理番号",), ("2",))
    book = openpyxl.load_workbook(BytesIO(rejects_xlsx.write([one, same], Language.EN)))
    assert book.sheetnames == ["サーバ 2F", "サーバ 2F 2"]
    assert [c.value for c in book.worksheets[0][1]] == [
        "管理番号",
        "Kind",
        "Original row",
        "Why it was not taken",
    ]
