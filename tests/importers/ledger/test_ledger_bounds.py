"""Small files that would fill the memory, however they are written: refused before they are read.

Without the bounds most of these end the whole process, so the cases are read one by one.
"""

import struct
import time

import pytest
from importers.ledger import making
from importers.ledger.making import HEADINGS, row

from mamori.core.uploads import BadFile
from mamori.importers import ledger

GOOD = making.xlsx({"台帳": [HEADINGS, row(1)]})
SHEET, WORDS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LONG = "x" * 30_000
FAR = {
    "bare": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "with a type": '<row r="1048576"><c r="XFD1048576" t="str"><v>1</v></c></row>',
    "small letters": '<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "style first": '<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',
    "single quotes": "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "line break": '<row r="1048576"><c\nr="XFD1048576"><v>1</v></c></row>',
    "wide sign": '<row r="1048576"><c x="a>b" r="XFD1048576"><v>1</v></c></row>',
    "no place": f'<row r="9">{"<c/>" * 16_383}<c><v>1</v></c></row>'
    '<row r="1048576"><c><v>1</v></c></row>',
    "many rows": '<row r="1048576"><c r="P1048576"><v>1</v></c></row>',
}


def sheet(lines, *, lead=b"", prefix=""):
    """A workbook whose sheet ends with these lines of XML."""

    def changed(data):
        data = data.replace(b"</sheetData>", lines.encode() + b"</sheetData>")
        if prefix:
            data = data.replace(b"<worksheet ", f'<worksheet xmlns:{prefix}="x" '.encode(), 1)
        return lead + data

    return making.changed(GOOD, SHEET, changed)


def refused(content, name):
    """Reading is refused, quickly."""
    started = time.process_time()
    with pytest.raises(BadFile):
        ledger.read(content, name)
    assert time.process_time() - started < 3


@pytest.mark.parametrize("lines", FAR.values(), ids=FAR.keys())
def test_a_cell_in_the_last_corner_is_found_however_it_is_written(lines):
    refused(sheet(lines), "a.xlsx")


def test_a_cell_of_another_prefix_is_found():
    cell = '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'
    refused(sheet(cell, prefix="x"), "a.xlsx")


def test_a_comment_cannot_hide_a_cell():
    refused(sheet('<!-- <c " --><c s="0" r="XFD1048576"><v>1</v></c><!-- "> -->'), "a.xlsx")


@pytest.mark.parametrize("lead", [b" " * 300, b"x"])
def test_a_sheet_that_does_not_begin_as_xml_is_looked_at_all_the_same(lead):
    parts = making.parts(sheet(FAR["bare"], lead=lead))
    parts["xl/worksheets/sheet1.dat"] = parts.pop(SHEET)
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"sheet1.xml", b"sheet1.dat")
    refused(making.zipped(parts), "a.xlsx")


def test_one_part_shown_as_many_sheets_is_refused():
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 150))
    content = making.changed(
        GOOD,
        "xl/workbook.xml",
        lambda data: data.replace(b"</sheets>", names.encode() + b"</sheets>"),
    )
    refused(content, "a.xlsx")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="A{n}" t="s"><v>1</v></c>', "<sst><si><t/></si><si><t>{long}</t></si></sst>"),
        ('<c r="A{n}" t="s"><v >1</v></c>', "<sst><si><t/></si><si><t>{long}</t></si></sst>"),
        ("<c r=\"A{n}\" t='s'><v>1</v></c>", "<sst><si><t/></si><si><t>{long}</t></si></sst>"),
        ('<c r="A{n}" t="s"><v>1</v></c>', "<sst><si/><si><t>{long}</t></si></sst>"),
        (
            '<c r="A{n}" t="s"><v>1</v></c>',
            '<x:sst xmlns:x="x"><x:si><x:t/></x:si><x:si><x:t>{long}</x:t></x:si></x:sst>',
        ),
        (
            '<c r="A{n}" t="s"><v>1</v></c>',
            "<!--" + "." * 3000 + "--><sst><si><t/></si><si><t>{long}</t></si></sst>",
        ),
    ],
)
def test_long_words_repeated_in_every_cell_are_found_however_they_are_written(cell, words):
    lines = "".join(f'<row r="{n}">{cell.format(n=n)}</row>' for n in range(3, 20_000))
    content = making.changed(sheet(lines), WORDS, lambda _: words.format(long=LONG).encode())
    refused(content, "a.xlsx")


def test_too_many_joined_cells_are_refused():
    joined = b"</sheetData><mergeCells>" + b'<mergeCell ref="A2:A1048576"/>' * 200_000
    content = making.changed(
        GOOD, SHEET, lambda data: data.replace(b"</sheetData>", joined + b"</mergeCells>")
    )
    refused(content, "a.xlsx")


TIMES = 'table:number-rows-repeated="1048576"'
FILLED = 'office:value-type="string" table:number-columns-repeated="1000"'


@pytest.mark.parametrize(
    "lines",
    [
        f'<table:table-row {TIMES}><table:table-cell office:value-type="float" office:value="1"'
        ' table:number-columns-repeated="1000"/></table:table-row>',
        f"<table:table-row {TIMES.replace(chr(34), chr(39))}><table:table-cell {FILLED}>"
        "<text:p>x</text:p></table:table-cell></table:table-row>",
        f'<table:table-row x="1" {TIMES}><table:table-cell x:number-columns-repeated="1" {FILLED}>'
        "<text:p>x</text:p></table:table-cell></table:table-row>",
        '<table:table-row table:number-rows-repeated="1000"><table:table-cell'
        ' office:boolean-value="true" table:number-columns-repeated="1000000"/></table:table-row>',
        '<table:table-row table:number-rows-repeated="100000"><table:table-cell'
        f' table:number-columns-repeated="16383"/><table:table-cell {FILLED}>'
        "<text:p>x</text:p></table:table-cell></table:table-row>",
        '<table:table-row table:number-rows-repeated="20000"><table:table-cell'
        f' office:value-type="string"><text:p>{LONG}</text:p></table:table-cell></table:table-row>',
        '<table:table-row><table:table-cell office:value-type="string"><text:p>'
        '<text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row>',
        '<table:table-row table:number-rows-repeated="9000000"/><table:table-row><table:table-cell'
        f" {FILLED}><text:p>x</text:p></table:table-cell></table:table-row>",
    ],
    ids=range(8),
)
def test_what_an_opendocument_sheet_repeats_is_counted(lines):
    refused(making.ods({"台帳": [HEADINGS, row(1)]}, lines), "a.ods")


def test_usual_opendocument_sheets_end_in_a_million_empty_rows():
    usual = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheets = {f"台帳{n}": [HEADINGS, row(n)] for n in range(1, 6)}
    assert len(ledger.read(making.ods(sheets, usual), "a.ods").accepted) == 5


def test_a_narrow_sheet_of_unusual_spelling_is_read():
    lines = (
        '<row r="3"><c t="str"><v>009</v></c><c t="str"><v>NEC</v></c><c t="str"><v>W</v></c></row>'
    )
    accepted = ledger.read(sheet(lines), "a.xlsx").accepted
    assert [one.apparatus.control_no for one in accepted] == ["001", "009"]


def record(kind, form, *values):
    return struct.pack("<HH", kind, struct.calcsize(form)) + struct.pack(form, *values)


@pytest.mark.parametrize(
    "more",
    [
        record(0x203, "<HHHd", 65_535, 65_535, 0, 1.0),
        record(0x203, "<HHHd", 65_535, 255, 0, 1.0),
        record(0x27E, "<HHHI", 65_535, 255, 0, 6),
        record(0xFD, "<HHHI", 65_535, 65_535, 0, 0),
        record(0xBD, "<HHHIHIH", 65_535, 65_534, 0, 6, 0, 6, 65_535),
        record(0x06, "<HHHdHIH", 65_535, 65_535, 0, 1.0, 0, 0, 0),
        record(0x205, "<HHHBB", 65_535, 65_535, 0, 1, 0),
        record(0x200, "<IIHHH", 0, 4_000_000_000, 0, 65_535, 0),
    ],
    ids=range(8),
)
def test_a_cell_in_the_last_corner_of_an_old_workbook_is_found(more):
    refused(making.xls([HEADINGS, row(1)], more=more), "a.xls")


def test_an_old_workbook_whose_chain_of_sectors_is_a_ring_is_refused():
    content = bytearray(making.xls([HEADINGS, row(1)]))
    at = content.index(struct.pack("<II", 3, 4), 512)
    content[at : at + 4] = struct.pack("<I", 2)
    refused(bytes(content), "a.xls")
