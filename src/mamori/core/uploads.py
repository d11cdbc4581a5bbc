"""Files that people hand in: what they really are, and that they cannot harm the machine."""

import re
import struct
import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from mamori.core import cells, old_workbooks, sheet_bounds
from mamori.core.text import Text
from mamori.core.viewer import Refused

MAX_BYTES = 64 * 1024 * 1024
MAX_PARTS = 3_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 300
RATIO_FROM = 32 * 1024 * 1024
MAX_CELLS = 15_000_000
MAX_MERGES = 100_000
MAX_TEXT = 400 * 1024 * 1024
CHUNK = 4 * 1024 * 1024


class BadFile(Refused):
    """A file could not be read; the reason names it."""


NOT_READ = Text(
    "ファイル「{name}」を読み込めません。{why}", "The file “{name}” cannot be read. {why}"
)
TOO_BIG = Text(
    "大きさが上限({limit}MB)を超えています。台帳以外の画像などを除いて保存し直してください。",
    "It is larger than the limit of {limit} MB. Save it again without pictures.",
)
BOMB = Text(
    "展開後の大きさが異常です。安全のため読み込みを中止しました。",
    "It unpacks to an abnormal size, so reading was stopped for safety.",
)
BROKEN = Text(
    "ファイルが壊れているか、途中で切れています。元のファイルから保存し直してください。",
    "It is damaged or cut short. Save it again from the original.",
)
LOCKED = Text(
    "パスワードで保護されています。パスワードを外して保存し直してください。",
    "It is protected by a password. Save it again without the password.",
)
UNSAFE_XML = Text(
    "表計算ソフトが作らない定義(DOCTYPE・ENTITY)を含むため、安全のため読み込みません。",
    "It holds declarations (DOCTYPE, ENTITY) that no spreadsheet writes; it is refused for safety.",
)
TOO_WIDE = Text(
    "表の範囲が広すぎます(最終行{row}、最終列{column})。使っていない行や列を削除してください。",
    "The sheet reaches too far (last row {row}, last column {column})."
    " Delete the rows and columns that are not used.",
)
NOT_A_SHEET = Text(
    "{kind}は表として読み込めません。Excel(xlsx)またはCSVで保存し直してください。",
    "A {kind} cannot be read as a sheet. Save it as Excel (xlsx) or CSV.",
)
EMPTY = Text("ファイルが空です。", "It is empty.")

_ZIP = b"PK\x03\x04"
_BIFF_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS = 0x2F
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"')
_NO_VALUE = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*><f\b(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
# What lists sheets and relations, and what holds shared words, whatever the part is called.
_LISTS = re.compile(rb"[<:](?:sheets|Relationships?)[\s/>]")
_WORDS = re.compile(rb"[<:]sst[\s/>]")
_MAGIC: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("PDFファイル", "PDF file")),
    (b"\x89PNG", Text("画像ファイル", "picture")),
    (b"\xff\xd8\xff", Text("画像ファイル", "picture")),
    (b"Rar!", Text("圧縮ファイル", "packed archive")),
    (b"7z\xbc\xaf", Text("圧縮ファイル", "packed archive")),
)

_DAMAGE = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    sheet_bounds.Unreadable,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was found harmless: what it is, and which cells hold no readable value.

    `format` is xlsx, xls, ods or text. `blind` maps a sheet's part name to (row, column) pairs
    (row 1-based, column 0-based) whose formula failed or was saved without its result.
    """

    format: str
    blind: dict[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)


def refuse(name: str, why: Text) -> BadFile:
    """Say which file could not be read, and why."""
    return BadFile(NOT_READ.fill(name=name, why=why))


def check(content: bytes, name: str, *, most: int = MAX_BYTES) -> Checked:
    """Look at what a file really is and refuse what could harm; BadFile says why."""
    if not content.strip(b"\x00\r\n\t ") if len(content) < 4096 else False:
        raise refuse(name, EMPTY)
    if len(content) > most:
        raise refuse(name, TOO_BIG.fill(limit=most // (1024 * 1024)))
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise refuse(name, NOT_A_SHEET.fill(kind=kind))
    if content.startswith(b"PK"):
        return _check_zip(content, name)
    if content.startswith(_OLE):
        return _check_ole(content, name)
    head = content[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        kind = Text("HTMLまたはXMLのファイル", "file of HTML or XML")
        raise refuse(name, NOT_A_SHEET.fill(kind=kind))
    return Checked("text")


def _check_ole(content: bytes, name: str) -> Checked:
    """Tell an old workbook from a protected one and from other documents."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refuse(name, LOCKED)
    if any(word.encode("utf-16-le") in content for word in ("Workbook", "Book")):
        if _is_locked(content):
            raise refuse(name, LOCKED)
        _check_old(content, name)
        return Checked("xls")
    kind = Text("表計算以外の文書", "document that is not a spreadsheet")
    raise refuse(name, NOT_A_SHEET.fill(kind=kind))


def _check_old(content: bytes, name: str) -> None:
    """Refuse an old workbook whose sheets would not fit in memory together."""
    try:
        found = old_workbooks.extents(content)
    except sheet_bounds.Unreadable as error:
        raise refuse(name, BROKEN) from error
    for reach in found:
        if reach.width > old_workbooks.LAST_COLUMN or reach.cells > MAX_CELLS:
            letters = cells.column_letters(reach.width - 1)
            raise refuse(name, TOO_WIDE.fill(row=reach.row, column=letters))
    if sum(reach.cells for reach in found) > MAX_CELLS:
        raise refuse(name, BOMB)


def _is_locked(content: bytes) -> bool:
    """Look for the record that announces encryption, among the first ones of an old workbook."""
    at = content.find(_BIFF_START)
    for _ in range(4):
        if at < 0 or at + 4 > len(content):
            return False
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _check_zip(content: bytes, name: str) -> Checked:
    """Unpack every part once, within bounds, and look for what no spreadsheet writes."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            names = [part.filename for part in parts]
            kind = _kind_of_zip(names, name)
            if len(parts) > MAX_PARTS or len(set(names)) != len(names):
                raise refuse(name, BOMB)
            return _check_parts(packed, parts, kind, name, len(content))
    except _DAMAGE as error:
        raise refuse(name, BROKEN) from error
    except RuntimeError as error:
        raise refuse(name, LOCKED) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise refuse(name, BROKEN) from error
        raise


def _kind_of_zip(names: list[str], name: str) -> str:
    """Tell which kind of spreadsheet a packed file is."""
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise refuse(name, NOT_A_SHEET.fill(kind=Text("xlsb形式", "workbook in the xlsb format")))
    if "content.xml" in names:
        return "ods"
    raise refuse(name, NOT_A_SHEET.fill(kind=Text("圧縮ファイル", "packed archive")))


def _check_parts(
    packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo], kind: str, name: str, size: int
) -> Checked:
    """Read each part in pieces, stopping at the bound, and judge it."""
    total, cells_in, blind, kept = 0, 0, {}, {}
    shared: list[bytes] = []
    sheets: list[bytes] = []
    lists: dict[str, bytes] = {}
    for part in parts:
        data = _unpack(packed, part, name, size, total)
        total += len(data)
        _check_xml(data, part.filename, name)
        if kind == "ods" and part.filename == "content.xml":
            _check_ods(data, name)
        if kind == "xlsx" and b"sheetData" in data:
            cells_in += _check_sheet(data, name)
            if cells_in > MAX_CELLS:
                raise refuse(name, BOMB)
            if found := _blind_cells(data):
                blind[part.filename] = found
            sheets.append(data)
        if part.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            kept[part.filename] = data
        if (b"sheets" in data or b"Relationship" in data) and _LISTS.search(data):
            lists[part.filename] = data
        if b"sst" in data and _WORDS.search(data):
            shared.append(data)
    if kind == "xlsx":
        repeats = sheet_bounds.shared_text(shared, sheets, MAX_TEXT) > MAX_TEXT
        if repeats or sheet_bounds.shares_a_sheet(lists):
            raise refuse(name, BOMB)
    return Checked(kind, blind, kept)


def _unpack(
    packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, size: int, before: int
) -> bytes:
    """Unpack one part, stopping where all parts together pass the bound."""
    total, pieces = before, []
    with packed.open(part) as stream:
        while piece := stream.read(CHUNK):
            total += len(piece)
            if total > MAX_UNPACKED or (total > RATIO_FROM and total > MAX_RATIO * size):
                raise refuse(name, BOMB)
            pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _check_ods(data: bytes, name: str) -> None:
    """Refuse an OpenDocument file whose repeated rows, cells and blanks hold too much."""
    area, text = sheet_bounds.opendocument(data)
    if area > MAX_CELLS or text > MAX_TEXT:
        raise refuse(name, BOMB)


def _check_xml(data: bytes, part: str, name: str) -> None:
    """Refuse XML that defines things of its own, and XML that does not begin as such."""
    if not data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        if part.endswith((".xml", ".rels")) and data:
            raise refuse(name, UNSAFE_XML)
    elif b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise refuse(name, UNSAFE_XML)


def _check_sheet(data: bytes, name: str) -> int:
    """Give the cells that a sheet of an xlsx fills; refuse one that would not fit in memory."""
    reach = sheet_bounds.extent(data, MAX_CELLS)
    if reach.cells > MAX_CELLS or reach.row > sheet_bounds.LAST_ROW:
        letters = cells.column_letters(reach.width - 1)
        raise refuse(name, TOO_WIDE.fill(row=reach.row, column=letters))
    if sheet_bounds.merges(data) > MAX_MERGES:
        raise refuse(name, BOMB)
    return reach.cells


def _blind_cells(data: bytes) -> frozenset[tuple[int, int]]:
    """Find cells whose formula failed, or was saved without its result."""
    found: list[tuple[bytes, bytes]] = []
    if b't="e"' in data:
        found += _ERROR.findall(data)
    if b"<f" in data:
        found += _NO_VALUE.findall(data)
    return frozenset((int(r), cells.column_index(c.decode("ascii"))) for c, r in found)
