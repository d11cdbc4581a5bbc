"""Files that could harm, or are not what they say: refused with a reason, or read in bounds."""

import resource
import time
import zipfile
from io import BytesIO

import pytest
from importers.ledger import making
from importers.ledger.making import HEADINGS, row

from mamori.core import uploads
from mamori.core.uploads import BadFile
from mamori.importers import ledger

GOOD = making.xlsx({"台帳": [HEADINGS, row(1)]})
SHEET = "xl/worksheets/sheet1.xml"


def refused(content, name="a.xlsx"):
    with pytest.raises(BadFile) as caught:
        ledger.read(content, name)
    assert name in caught.value.reason.ja
    assert name in caught.value.reason.en
    return caught.value.reason


def test_xml_entities_are_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    for part in (SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"):
        content = making.changed(GOOD, part, lambda data: data.replace(b"?>", b"?>" + bomb, 1))
        assert uploads.UNSAFE_XML.ja in refused(content).ja


def test_a_zip_bomb_is_stopped_before_it_unpacks():
    content = making.changed(GOOD, "docProps/app.xml", lambda _: b"<a>" + b" " * 80_000_000)
    assert len(content) < 200_000
    started = time.process_time()
    assert uploads.BOMB.ja in refused(content).ja
    assert time.process_time() - started < 2


def test_words_repeated_in_every_cell_do_not_fill_the_memory():
    long = "x" * 30_000
    lines = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))
    content = making.changed(
        making.changed(
            GOOD,
            "xl/sharedStrings.xml",
            lambda _: (
                f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{long}</t></si></sst>'.encode()
            ),
        ),
        SHEET,
        lambda data: (
            data[: data.index(b"<sheetData>")]
            + f"<sheetData>{lines}</sheetData></worksheet>".encode()
        ),
    )
    assert uploads.BOMB.ja in refused(content).ja


def test_one_cell_far_away_does_not_make_a_giant_sheet():
    far = b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'
    content = making.changed(GOOD, SHEET, lambda data: data.replace(b"</sheetData>", far))
    assert "1048576" in refused(content).ja


def test_a_million_empty_rows_are_read_quickly_in_little_memory():
    empty = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(3, 1_048_577))
    content = making.changed(
        GOOD, SHEET, lambda data: data.replace(b"</sheetData>", empty + b"</sheetData>")
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    reading = ledger.read(content, "a.xlsx")
    assert time.process_time() - started < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000
    assert [one.row for one in reading.accepted] == [2]


def test_a_million_rows_with_a_blank_in_the_last_one():
    last = b'<row r="1048576"><c r="L1048576" t="str"><v> </v></c></row></sheetData>'
    content = making.changed(GOOD, SHEET, lambda data: data.replace(b"</sheetData>", last))
    reading = ledger.read(content, "a.xlsx")
    assert [one.row for one in reading.accepted] == [2]


def test_repeated_cells_of_an_opendocument_sheet_are_bounded():
    usual = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    reading = ledger.read(making.ods({"台帳": [HEADINGS, row(1)]}, usual), "a.ods")
    assert len(reading.accepted) == 1
    bomb = usual.replace(
        '16384"/>', '16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    )
    assert uploads.BOMB.ja in refused(making.ods({"台帳": [HEADINGS]}, bomb), "a.ods").ja


def test_cut_short_files():
    for part in (0.3, 0.6, 0.9, 0.99):
        refused(GOOD[: int(len(GOOD) * part)])
    old = making.xls([HEADINGS, row(1)])
    refused(old[:700], "a.xls")


def test_protected_workbooks():
    assert uploads.LOCKED.ja in refused(making.ole("EncryptedPackage", bytes(5000))).ja
    locked = making.xls([HEADINGS, row(1)], locked=True)
    assert uploads.LOCKED.ja in refused(locked, "a.xls").ja


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 ...", "a.xlsx"),
        (b"\x89PNG\r\n\x1a\n....", "a.csv"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "a.xls"),
        (b"<?xml version='1.0'?><Workbook/>", "a.xls"),
        (b"", "a.csv"),
        (b"   \r\n", "a.csv"),
        (b"\x00\x01\x02\x03" * 100, "a.csv"),
        (b"PK\x03\x04" + bytes(100), "a.xlsx"),
        (making.zipped({"word/document.xml": "<a/>"}), "a.docx"),
        (making.zipped({"xl/workbook.bin": b"x"}), "a.xlsb"),
        (making.ole("WordDocument", bytes(5000)), "a.doc"),
        ("管理番号,メーカー,OS\n".encode() + b"\xff\xfe\x81\n", "a.csv"),
        ('管理番号,メーカー,OS\n001,"NEC,Win11\n002,HP,Win11\n'.encode(), "a.csv"),
        ("名前,電話\n山田,03\n".encode(), "a.csv"),
    ],
)
def test_what_is_no_ledger_is_refused_by_name(content, name):
    refused(content, name)


def test_a_file_that_is_too_big_is_refused():
    with pytest.raises(BadFile):
        uploads.check(b"a" * 2_000_001, "a.csv", most=2_000_000)


def test_a_wrong_extension_is_read_by_its_content_and_said():
    for content, name in ((GOOD, "a.csv"), (making.csv([HEADINGS, row(1)]), "a.xlsx")):
        reading = ledger.read(content, name)
        assert len(reading.accepted) == 1
        assert len(reading.notes) == 1


def test_a_part_that_lies_about_its_name_is_refused():
    content = BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(content, "a") as packed:
        packed.writestr(SHEET, "<worksheet/>")
    refused(content.getvalue())


def test_formulas_as_text_are_kept_as_text():
    evil = '=HYPERLINK("http://x","y")'
    (only,) = ledger.read(making.csv([HEADINGS, row(1, 備考=evil)]), "a.csv").accepted
    assert only.apparatus.note == evil


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("登録日", "2020/1/1" + " " * 30_000 + "x"),
        ("登録日", "(" * 30_000),
        ("登録日", "a" + " (" * 15_000),
        ("IPアドレス", "1" + " " * 30_000 + "x"),
        ("IPアドレス", "1" + "、 " * 15_000),
        ("利用者", "(" * 30_000),
        ("メーカー", "(" * 60_000),
        ("備考", "=" * 30_000),
    ],
)
def test_cells_of_thirty_thousand_letters_are_rejected_at_once(heading, cell):
    content = making.csv([HEADINGS, row(1), row(2, **{heading: cell})])
    started = time.process_time()
    reading = ledger.read(content, "a.csv")
    assert time.process_time() - started < 2
    assert [one.row for one in reading.accepted] == [2]
    (only,) = reading.rejected
    assert only.row == 3
    assert len(only.reason.ja) < 300
