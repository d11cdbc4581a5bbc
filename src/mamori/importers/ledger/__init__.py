"""The ledger of apparatus as a hospital keeps it in a spreadsheet: bytes to rows, nothing lost."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from mamori.core import garbage, ledger_headings, tables
from mamori.core.ledger import COLUMN_NAMES, IDENTITY
from mamori.core.ledger_reading import (
    Block,
    Ignored,
    Reading,
    Rejected,
    Row,
    SheetReading,
    Why,
)
from mamori.core.text import Text
from mamori.core.uploads import refuse
from mamori.importers.ledger import headings, kinds, rows, triage

Progress = Callable[[int, int], None]
Mapped = Mapping[str, str]

NO_HEADINGS = Text(
    "台帳の見出し行(管理番号、メーカー、OSなど)が見つからないため、読み飛ばしました。",
    "No row of ledger headings (control number, manufacturer, OS …) was found; it was left out.",
)
NO_IDENTITY = Text(
    "機器を特定する列(管理番号、製造番号、MACアドレス、コンピュータ名、IPアドレス)がないため、読み飛ばしました。",
    "No column tells the apparatus apart (control number, serial, MAC, computer name, IP address);"
    " it was left out.",
)
EXAMPLE = Text(
    "記入例または説明のシートのため、読み飛ばしました。",
    "It is a sheet of examples or instructions; it was left out.",
)
BLANK_SHEET = Text("空のシートです。", "The sheet is empty.")
NOTHING = Text(
    "台帳として読めるシートがありません。見出し行に「管理番号」「メーカー」「OS」などがあるか確認してください。",
    "No sheet in it can be read as a ledger. See that its headings name"
    " “Control No.”, “Manufacturer”, “OS” and so on.",
)
UNKNOWN_FIELD = Text(
    "列の対応付けに指定した「{field}」という項目はありません。",
    "There is no field called “{field}”.",
)
_EXAMPLES = (
    "記入例",
    "記載例",
    "入力例",
    "記入方法",
    "記入要領",
    "見本",
    "サンプル",
    "説明",
    "凡例",
    "example",
    "sample",
    "instruction",
    "readme",
)


def read(
    content: bytes,
    name: str,
    *,
    mapping: Mapped | None = None,
    remembered: Mapping[str, Mapped] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read a ledger file: every row that is not empty is accepted, rejected or ignored, with why.

    `mapping` corrects what columns are taken for (heading → field, or empty text to leave it out);
    `remembered` holds such corrections by signature of headings. Raises BadFile, naming the file.
    """
    with garbage.paused():
        return _read(content, name, mapping or {}, remembered or {}, progress)


def _read(
    content: bytes,
    name: str,
    mapping: Mapped,
    remembered: Mapping[str, Mapped],
    progress: Progress | None,
) -> Reading:
    """Open the file and read sheet by sheet."""
    corrections = _given(mapping, name)
    known = {mark: _given(one, name) for mark, one in remembered.items()}
    book = tables.open_book(content, name)
    total = sum(len(sheet.rows) for sheet in book.sheets)
    tell = progress or (lambda _done, _total: None)
    gathered = _Gathered()
    for sheet in book.sheets:
        gathered.sheets.append(_read_sheet(sheet, corrections, known, gathered))
        gathered.done += len(sheet.rows)
        tell(gathered.done, total)
    if all(sheet.skipped for sheet in gathered.sheets):
        raise refuse(name, NOTHING)
    return Reading(
        file=name,
        sha256=sha256(content).hexdigest(),
        format=book.format,
        sheets=tuple(gathered.sheets),
        accepted=tuple(gathered.accepted),
        rejected=tuple(gathered.rejected),
        ignored=tuple(gathered.ignored),
        notes=book.notes,
        partial=gathered.partial,
    )


class _Gathered:
    """What has been read so far."""

    def __init__(self) -> None:
        self.sheets: list[SheetReading] = []
        self.accepted: list[Row] = []
        self.rejected: list[Rejected] = []
        self.ignored: list[Ignored] = []
        self.partial = False
        self.done = 0


def _given(mapping: Mapped, name: str) -> dict[str, str]:
    """Fold the headings of a given mapping; refuse a field that does not exist."""
    for field in mapping.values():
        if field and field not in COLUMN_NAMES:
            raise refuse(name, UNKNOWN_FIELD.fill(field=field))
    return {ledger_headings.plain_heading(heading): field for heading, field in mapping.items()}


def _read_sheet(
    sheet: tables.Sheet,
    corrections: dict[str, str],
    known: Mapping[str, dict[str, str]],
    gathered: _Gathered,
) -> SheetReading:
    """Read every table of one sheet, or say why the sheet is left out."""
    if skipped := _left_out(sheet):
        return SheetReading(sheet.name, (), skipped)
    header = headings.find(sheet, 0, corrections)
    if header is None:
        return SheetReading(sheet.name, (), NO_HEADINGS)
    blocks: list[Block] = []
    titles = _titles(sheet, header, gathered)
    stated = kinds.of_sheet(sheet, titles)
    ignored_before = len(gathered.ignored)
    while header is not None:
        given = known.get(headings.signature(header.words), {}) | corrections
        block = headings.block(header, sheet, given)
        if not any(column.field in IDENTITY for column in block.columns):
            del gathered.ignored[ignored_before - len(titles) :]
            return SheetReading(sheet.name, (), NO_IDENTITY)
        blocks.append(block)
        _note_header(sheet, header, gathered)
        table = triage.sort_rows(sheet, header.last + 1, block.columns, gathered.ignored)
        gathered.partial |= any(
            ledger_headings.plain_heading(c.heading) in headings.REASON_HEADINGS
            for c in block.columns
        )
        accepted, rejected = rows.read(sheet, table, stated)
        gathered.accepted += accepted
        gathered.rejected += rejected
        at = table.next_header
        header = None if at is None else headings.find(sheet, at, corrections)
    return SheetReading(sheet.name, tuple(blocks))


def _left_out(sheet: tables.Sheet) -> Text | None:
    """Give the reason why a sheet is not read at all, if there is one."""
    if not sheet.rows:
        return BLANK_SHEET
    folded = sheet.name.lower()
    return EXAMPLE if any(word in folded for word in _EXAMPLES) else None


def _titles(sheet: tables.Sheet, header: headings.Header, gathered: _Gathered) -> list[str]:
    """Put the rows above the headings aside, and give their words."""
    titles = []
    for at in range(header.first):
        words = " ".join(filter(None, (headings.text_of(cell) for cell in sheet.rows[at])))
        why = Why.TITLE if words else Why.BLANK
        gathered.ignored.append(Ignored(sheet.name, sheet.numbers[at], why, words[:200]))
        titles.append(words)
    return titles


def _note_header(sheet: tables.Sheet, header: headings.Header, gathered: _Gathered) -> None:
    """Put the heading rows aside."""
    for at in range(header.first, header.last + 1):
        words = " ".join(filter(None, (headings.text_of(cell) for cell in sheet.rows[at])))
        gathered.ignored.append(Ignored(sheet.name, sheet.numbers[at], Why.HEADER, words[:200]))
