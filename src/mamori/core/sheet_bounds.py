"""How much a packed workbook would fill once it is read, told from its parts before it is.

A file of a thousand bytes can name a cell in the last corner of a sheet, or repeat one word a
billion times. What is counted here is never less than what a reader would build.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from mamori.core import cells

LAST_ROW = 1_048_576
# Any way to write a cell but the usual one, which names its place first.
_PREFIXED = re.compile(rb":c[\s/>]")
_ODD_OR_FAR = re.compile(rb"<c(?! r=\"[A-Z]\d{1,5}\")[\s/>]")
_NEAR = 99_999
_ODD_ONE = re.compile(rb"<c(?! r=\"[A-Z]\d{1,7}\")[\s/>]")
_ODD_ANY = re.compile(rb"<c(?! r=\"[A-Z]{1,3}\d{1,7}\")[\s/>]")
_FAR_ROWS = re.compile(rb'<c r="[A-Z](\d{6,7})"')
_USUAL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?:>|[^>]*[^/]>)')
_ATTRIBUTES = rb"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
_ELEMENT = re.compile(rb"<(?:[^\s/>:]*:)?(c|row)(?=[\s/>])" + _ATTRIBUTES)
_PLACE = re.compile(rb"(?:^|[\s\"'])r\s*=\s*[\"']\s*([A-Za-z]{0,9})(\d{0,9})")
_STRING = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_SHARED = re.compile(rb't="s"[^>]*>\s*<v>(\d{1,9})</v>')
_WORD_END = re.compile(rb"</(?:[^\s/>:]*:)?si\s*>")
_MERGE = re.compile(rb"<(?:[^\s/>:]*:)?mergeCell(?=[\s/>])")
_ODS = re.compile(
    rb"<(/?)(table:table|table:table-row|table:table-cell|table:covered-table-cell|text:s)"
    rb"(?=[\s/>])" + _ATTRIBUTES
)
_TIMES = re.compile(rb"(?:^|[\s\"'])(?:table:number-(?:columns|rows)-repeated|text:c)\s*=\s*[\"']")
_DIGITS = re.compile(rb"\s*\+?(\d{1,12})")


class Unreadable(Exception):
    """A part is written in a way whose size cannot be told."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a sheet reaches: its last row, its width in columns, and how many cells that is."""

    row: int
    width: int
    cells: int


def extent(data: bytes, bound: int) -> Extent:
    """Give how far a sheet of an xlsx reaches, however its cells are written.

    A narrow sheet that cannot exceed `bound` cells is told by its cells alone, which is quick; its
    last row is then an upper bound.
    """
    prefixed = _PREFIXED.search(data) is not None
    if not prefixed and bound >= _NEAR * 26 and _ODD_OR_FAR.search(data) is None:
        return Extent(_NEAR, 26, data.count(b"<c "))
    if not prefixed and _ODD_ONE.search(data) is None:
        last = max(map(int, _FAR_ROWS.findall(data)), default=0)
        if last * 26 <= bound:
            return Extent(last, 26, data.count(b"<c "))
    if prefixed or _ODD_ANY.search(data) is not None:
        return _walked(data)
    last, columns = 0, set()
    for letters, digits in _USUAL.findall(data):
        columns.add(letters)
        last = max(last, int(digits))
    return _reach(last, max((_column(one) for one in columns), default=0))


def _reach(last: int, width: int) -> Extent:
    """Put a row and a width together."""
    return Extent(last, width, last * width)


def _column(letters: bytes) -> int:
    """Give the place of a column from 1, whatever the case of its letters."""
    return cells.column_index(letters.decode("ascii")) + 1


def _walked(data: bytes) -> Extent:
    """Go from element to element, as a reader does, where cells need not name their place."""
    _plain_xml_only(data)
    row = column = last = widest = 0
    for found in _ELEMENT.finditer(data):
        places = _PLACE.findall(found[2])
        rows = [int(digits) for _, digits in places if digits]
        if found[1] == b"row":
            row, column = max(rows, default=row + 1), 0
            continue
        column = max((_column(letters) for letters, _ in places if letters), default=column + 1)
        row = max(rows, default=row or 1)
        if not found[2].endswith(b"/"):
            last, widest = max(last, row), max(widest, column)
    return _reach(last, widest)


def merges(data: bytes) -> int:
    """Count the joined cells that a sheet of an xlsx lists."""
    return len(_MERGE.findall(data)) if b"mergeCell" in data else 0


def shared_text(words: Iterable[bytes], sheets: Iterable[bytes], bound: int) -> int:
    """Give how many bytes of shared words the cells of an xlsx repeat; exact only above `bound`."""
    parts = list(words)
    if not parts:
        return 0
    sizes = [len(one) for part in parts for one in _WORD_END.split(part)]
    usual = (
        len(parts) == 1 and parts[0].count(b"<si>") == len(sizes) - 1 and b"<si/" not in parts[0]
    )
    written, longest = 0, max(sizes)
    for sheet in sheets:
        # The type of every such cell ends in s and a quote: never fewer, and quick to count.
        if (most := longest * (sheet.count(b's"') + sheet.count(b"s'"))) <= bound:
            written += most
            continue
        most = longest * len(_STRING.findall(sheet))
        if most <= bound:
            written += most
            continue
        told = [int(at) for at in _SHARED.findall(sheet)] if usual else []
        written += sum(sizes[at] for at in told if at < len(sizes))
        written += longest * (len(_STRING.findall(sheet)) - len(told))
    return written


def shares_a_sheet(parts: Mapping[str, bytes]) -> bool:
    """Say whether a workbook shows one part as several sheets, which no spreadsheet writes.

    `parts`: those that list sheets or relations, by name. Errors: Unreadable.
    """
    targets: dict[str, set[str]] = {}
    listed: list[str] = []
    for data in parts.values():
        for tag, attributes in _elements(data):
            if tag == "Relationship":
                end = html.unescape(attributes.get("Target", "")).rpartition("/")[2].lower()
                targets.setdefault(attributes.get("Id", ""), set()).add(end)
            elif tag == "sheet":
                listed += [v for k, v in attributes.items() if k.rpartition(":")[2] == "id"]
    if len(set(listed)) < len(listed):
        return True
    shown = [end for mark in listed for end in sorted(targets.get(mark, ()))]
    return len(set(shown)) < len(shown)


def _elements(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Give the relations and the sheets of a part by their local names."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in ("Relationship", "sheet"):
            found.append((name, attributes))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.ParseFile(BytesIO(data))
    except expat.ExpatError as error:
        raise Unreadable from error
    return found


class _OpenDocument:
    """The sheets of an OpenDocument file, gone through element by element."""

    def __init__(self) -> None:
        self.area = self.text = 0
        self.rows = self.widest = 0
        self.row(1)

    def row(self, times: int) -> None:
        """Begin a row."""
        self.row_times, self.width, self.filled, self.row_text = times, 0, 0, 0

    def end_row(self) -> None:
        """Count a row; empty ones only once something stands below them."""
        self.rows += self.row_times
        if self.filled:
            self.widest = max(self.widest, self.filled)
            self.area += self.rows * self.widest - self.counted
            self.counted = self.rows * self.widest
            self.text += self.row_text * self.row_times

    def end_sheet(self) -> None:
        """Begin to count anew."""
        self.rows = self.widest = self.counted = 0

    counted = 0

    def cell(self, times: int, attributes: bytes, inside: bytes, blanks: int) -> None:
        """Count a cell; empty ones only once something stands behind them."""
        self.width += times
        if b"office:" in attributes or b"<text:" in inside:
            self.filled = self.width
            self.row_text += (len(attributes) + len(inside) + blanks) * times


def opendocument(data: bytes) -> tuple[int, int]:
    """Give how many cells, and how many bytes of text, the sheets of an OpenDocument file hold.

    Errors: Unreadable where it holds comments and the like, which no spreadsheet writes.
    """
    _plain_xml_only(data)
    counted = _OpenDocument()
    open_cell: tuple[int, bytes, int] | None = None
    blanks = 0
    for found in _ODS.finditer(data):
        closing, name, attributes = found.groups()
        if name == b"text:s":
            blanks += 0 if closing else _times(attributes)
            continue
        if open_cell is not None:
            times, said, start = open_cell
            counted.cell(times, said, data[start : found.start()], blanks)
        open_cell, blanks = None, 0
        empty = attributes.endswith(b"/")
        if name.endswith(b"cell"):
            open_cell = None if closing else (_times(attributes), attributes, found.end())
        elif name == b"table:table-row":
            if not closing:
                counted.row(_times(attributes))
            if closing or empty:
                counted.end_row()
        elif closing or empty:
            counted.end_sheet()
    return counted.area, counted.text


def _plain_xml_only(data: bytes) -> None:
    """Refuse comments, quoted passages and instructions: what they hide cannot be counted."""
    if b"<!" in data or data.find(b"<?", data.find(b"<") + 1) >= 0:
        raise Unreadable


def _times(attributes: bytes) -> int:
    """Read how often a row, a cell or a blank is repeated; the largest number counts."""
    ends = [found.end() for found in _TIMES.finditer(attributes)]
    numbers = [found for end in ends if (found := _DIGITS.match(attributes, end))]
    if len(numbers) < len(ends):
        raise Unreadable
    return max((int(one[1]) for one in numbers), default=1)
