"""A look into the parts of a workbook for what a filled form may not hold: formulas and errors.

To be used on bytes that `uploads.check` has found harmless.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from mamori.core import cells
from mamori.core.text import Text

MAX_ELEMENTS = 200_000
MAX_ROW, MAX_COLUMN = 5_000, 256
MAX_MARKS = 50
MONTH_DAY = re.compile(r"^[(]?\s*(\d{1,2})\s*[/月]\s*(\d{1,2})\s*日?\s*[)]?$")
_ADDRESS = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")

FORMULA = Text(
    "数式は読み込めません。値を入力してください。", "a formula cannot be read: enter the value."
)
ERROR_VALUE = Text(
    "エラー値(#REF!など)は読み込めません。", "an error value such as #REF! cannot be read."
)
TOO_FAR = Text(
    "様式の範囲の外に入力があります。消してから保存してください。",
    "something stands outside the form: remove it.",
)
TOO_MUCH = Text("様式に対して内容が多すぎます。", "there is far more here than a form holds.")
NOT_SOUND = Text("シートの内容が壊れています。", "the sheet is damaged.")


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell that may not stand in a filled form, and why."""

    sheet: str
    cell: str
    why: Text


def place(address: str) -> tuple[int, int]:
    """Give row and column, both from 0, of an address such as D12; ValueError when it is none."""
    found = _ADDRESS.match(address)
    if found is None:
        raise ValueError(address)
    return int(found[2]) - 1, cells.column_index(found[1])


def scan(content: bytes) -> tuple[Marked, ...]:
    """Give every cell (the first fifty) with a formula, an error value or far outside a form."""
    marked: list[Marked] = []
    with zipfile.ZipFile(BytesIO(content)) as packed:
        names = set(packed.namelist())
        try:
            sheets = [(sheet, part) for sheet, part in _sheets(packed) if part in names]
        except (KeyError, _TooMuch, expat.ExpatError):
            return (Marked("—", "—", NOT_SOUND),)
        for sheet, part in sheets:
            marked.extend(_scan_sheet(packed.read(part), sheet))
            if len(marked) >= MAX_MARKS:
                break
    return tuple(marked[:MAX_MARKS])


def _sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give the name of each sheet and the part it lies in, as the workbook lists them."""
    relations = {
        a.get("Id", ""): a.get("Target", "")
        for tag, a in _elements(packed.read("xl/_rels/workbook.xml.rels"))
        if tag == "Relationship"
    }
    for tag, attributes in _elements(packed.read("xl/workbook.xml")):
        if tag == "sheet":
            identity = next((v for k, v in attributes.items() if k.split(":")[-1] == "id"), "")
            target = relations.get(identity, "")
            part = target[1:] if target.startswith("/") else posixpath.join("xl", target)
            yield attributes.get("name", ""), posixpath.normpath(part)


def _scan_sheet(data: bytes, sheet: str) -> list[Marked]:
    """Look at every cell of one sheet."""
    marked: list[Marked] = []
    row = column = -1
    try:
        for tag, attributes in _elements(data):
            if tag == "row":
                row, column = int(attributes.get("r", row + 2)) - 1, -1
            elif tag == "c":
                at = attributes.get("r")
                row, column = place(at) if at else (row, column + 1)
                if attributes.get("t") == "e":
                    marked.append(Marked(sheet, cells.cell_name(row + 1, column), ERROR_VALUE))
            elif tag in ("f", "v", "is"):
                cell = cells.cell_name(row + 1, max(column, 0))
                if tag == "f":
                    marked.append(Marked(sheet, cell, FORMULA))
                elif row >= MAX_ROW or column >= MAX_COLUMN:
                    marked.append(Marked(sheet, cell, TOO_FAR))
            if len(marked) >= MAX_MARKS:
                break
    except (expat.ExpatError, ValueError):
        marked.append(Marked(sheet, "—", NOT_SOUND))
    except _TooMuch:
        marked.append(Marked(sheet, "—", TOO_MUCH))
    return marked


class _TooMuch(Exception):
    """More elements than any form has."""


def _elements(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Give the local name and attributes of every element, in order; no entity is ever expanded."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(found) >= MAX_ELEMENTS:
            raise _TooMuch
        found.append((tag.rpartition(":")[2], attributes))

    def doctype(*_: object) -> None:
        raise _TooMuch

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.ParseFile(BytesIO(data))
    return found
