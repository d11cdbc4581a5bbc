"""Sheets as rows of cells, from any spreadsheet or separated text that a hospital keeps."""

import csv
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from mamori.core import uploads
from mamori.core.text import Text, same

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
MAX_SHEETS = 200
MAX_COLUMNS = 400

ENCODING = Text(
    "文字コードが分かりません(UTF-8、Shift_JIS(CP932)、UTF-16のいずれでもありません)。{row}行目付近を確認してください。",
    "Its characters are in neither UTF-8, Shift_JIS (CP932) nor UTF-16; look near line {row}.",
)
QUOTES = Text(
    '{row}行目から始まる引用符(")が閉じていません。',
    'The quotation mark (") in row {row} is never closed.',
)
SHEETS = Text("シートが多すぎます(上限{limit})。", "It has too many sheets (limit {limit}).")
EXTENSION = Text(
    "拡張子は「{said}」ですが、中身は{found}でした。中身に従って読み込みました。",
    "Its extension is “{said}” but it is in fact {found}; it was read as such.",
)
_FORMATS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "xlsx": (Text("Excelブック(xlsx)", "an Excel workbook (xlsx)"), ("xlsx", "xlsm")),
    "xls": (Text("以前のExcelブック(xls)", "an old Excel workbook (xls)"), ("xls",)),
    "ods": (Text("OpenDocumentの表(ods)", "an OpenDocument sheet (ods)"), ("ods",)),
    "text": (Text("区切り文字のテキスト(CSV)", "separated text (CSV)"), ("csv", "tsv", "txt")),
}
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells joined into one; rows and columns count from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the very first, all of one width, empty cells as empty text.

    `rows[i]` is row i+1 unless `numbers` is given, which then holds the row numbers (1-based).
    `blind` cells (row 1-based, column 0-based) hold a formula that has no readable result.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int]
    merges: tuple[Merge, ...] = ()
    blind: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """A file of one or more sheets, and what was noticed on opening it."""

    format: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Text, ...] = ()


def open_book(content: bytes, name: str) -> Book:
    """Open a spreadsheet or separated text by its content, not its name; BadFile says why not."""
    checked = uploads.check(content, name)
    notes = _extension_notes(checked.format, name)
    if checked.format == "text":
        return Book("text", (_read_text(content, name),), notes)
    return Book(checked.format, _read_workbook(content, name, checked), notes)


def _extension_notes(found: str, name: str) -> tuple[Text, ...]:
    """Tell when a file's extension says something else than its content."""
    said = name.rpartition(".")[2].lower() if "." in name else ""
    words, usual = _FORMATS[found]
    return () if not said or said in usual else (EXTENSION.fill(said=said, found=words),)


def _read_workbook(content: bytes, name: str, checked: uploads.Checked) -> tuple[Sheet, ...]:
    """Read every sheet of a workbook with its joined cells."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        if len(book.sheet_names) > MAX_SHEETS:
            raise uploads.refuse(name, SHEETS.fill(limit=MAX_SHEETS))
        blind = _blind_by_name(checked)
        return tuple(
            _read_sheet(book.get_sheet_by_index(at), sheet, blind.get(sheet, frozenset()))
            for at, sheet in enumerate(book.sheet_names)
        )
    except PasswordError as error:
        raise uploads.refuse(name, uploads.LOCKED) from error
    except (CalamineError, OSError, ValueError) as error:
        why = uploads.LOCKED if "assword" in str(error) else uploads.BROKEN
        raise uploads.refuse(name, why) from error
    except BaseException as error:  # the reader is written in Rust: its panics are no Exception
        if type(error).__name__ == "PanicException":
            raise uploads.refuse(name, uploads.BROKEN) from error
        raise


def _read_sheet(sheet: CalamineSheet, name: str, blind: frozenset[tuple[int, int]]) -> Sheet:
    """Take the rows that hold anything, each with its number; a million empty rows cost little."""
    if sheet.start is None or sheet.width == 0:
        return Sheet(name, (), ())
    left = sheet.start[1]
    merges = tuple(
        Merge(top, west, bottom, east)
        for (top, west), (bottom, east) in sheet.merged_cell_ranges or ()
    )
    rows: list[Sequence[Cell]] = []
    numbers: list[int] = []
    blank = [""] * sheet.width
    margin, most = [""] * left, max(MAX_COLUMNS - left, 0)
    # calamine gives rows from the sheet's first row, but columns from the first one in use.
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if row != blank:
            rows.append(row if not left and len(row) <= most else margin + row[:most])
            numbers.append(number)
    return Sheet(name, rows, numbers, merges, blind)


def _blind_by_name(checked: uploads.Checked) -> dict[str, frozenset[tuple[int, int]]]:
    """Turn the names of parts into the names of sheets, for cells without a readable value."""
    if not checked.blind:
        return {}
    targets = {}
    for tag in _RELATION.findall(checked.parts.get("xl/_rels/workbook.xml.rels", b"")):
        found = dict(_ATTRIBUTE.findall(tag))
        targets[found.get(b"Id", b"")] = found.get(b"Target", b"").decode().lstrip("/")
    named = {}
    for tag in _SHEET_TAG.findall(checked.parts.get("xl/workbook.xml", b"")):
        found = dict(_ATTRIBUTE.findall(tag))
        target = targets.get(found.get(b"r:id", b""), "")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in checked.blind:
            named[html.unescape(found.get(b"name", b"").decode())] = checked.blind[part]
    return named


def decode(content: bytes, name: str) -> str:
    """Read text in UTF-8 (with or without its mark), UTF-16 or CP932; BadFile when it is none."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content, encoding, name)
    zeros = content[:4096].count(0)
    if zeros > len(content[:4096]) // 4:
        little = content[1:4096:2].count(0) >= content[0:4096:2].count(0)
        return _strictly(content, "utf-16-le" if little else "utf-16-be", name)
    if zeros:
        raise uploads.refuse(name, uploads.NOT_A_SHEET.fill(kind=same("binary file")))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "cp932", name)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    """Decode or refuse, naming the line where it went wrong."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise uploads.refuse(name, ENCODING.fill(row=row)) from error


def _delimiter(text: str) -> str:
    """Find what separates the cells: the mark that is most frequent outside quotes."""
    head = re.sub(r'"[^"]*"', "", text[:20_000])
    return max((",", "\t", ";"), key=head.count)


def _read_text(content: bytes, name: str) -> Sheet:
    """Read separated text into rows; the number of a row is the one a spreadsheet would show."""
    text = decode(content, name)
    delimiter = _delimiter(text)
    rows, numbers = [], []
    for number, row in enumerate(_records(text, delimiter, name), start=1):
        if any(row):
            rows.append(row)
            numbers.append(number)
    width = min(max(map(len, rows), default=0), MAX_COLUMNS)
    even = [r if len(r) == width else (r + [""] * (width - len(r)))[:width] for r in rows]
    return Sheet("", even, numbers)


def _records(text: str, delimiter: str, name: str) -> list[list[str]]:
    """Split text into records; where quoting is loose take it as it stands, never to the end."""
    reached = 0
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        records = []
        for record in reader:
            records.append(record)
            reached += 1
        return records
    except csv.Error as error:
        if "end of data" in str(error) or "field larger" in str(error):
            raise uploads.refuse(name, QUOTES.fill(row=reached + 1)) from error
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise uploads.refuse(name, QUOTES.fill(row=reached + 1)) from error
