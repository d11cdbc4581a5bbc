"""The rows an import did not take, as a workbook to correct and bring back."""

import re
from collections.abc import Iterable
from io import BytesIO

import xlsxwriter

from mamori.core import cells, ledger_sheet
from mamori.core.ledger import COLUMN_NAMES, KIND_NAMES
from mamori.core.ledger_reading import Rejected
from mamori.core.text import Language

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def write(rejected: Iterable[Rejected], language: Language) -> bytes:
    """Write the rejected rows as they were, each with the reason and the cell at fault marked.

    Sheets keep their names and headings, so the corrected file is read like the first one; the
    column with the reason is left out on return.
    """
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E9EEF5", "border": 1}),
        "body": book.add_format({"border": 1, "text_wrap": True, "num_format": "@"}),
        "wrong": book.add_format(
            {"border": 1, "text_wrap": True, "num_format": "@", "bg_color": "#FBE9E4"}
        ),
    }
    taken: set[str] = set()
    for (sheet, headings), rows in _tables(rejected).items():
        _write_sheet(book, _sheet_name(sheet, taken, language), headings, rows, formats, language)
    if not taken:
        book.add_worksheet(ledger_sheet.REJECTED_TITLE.say(language))
    book.close()
    return content.getvalue()


def _tables(rejected: Iterable[Rejected]) -> dict[tuple[str, tuple[str, ...]], list[Rejected]]:
    """Put rows of the same sheet and the same headings together."""
    found: dict[tuple[str, tuple[str, ...]], list[Rejected]] = {}
    for one in rejected:
        found.setdefault((one.sheet, one.headings), []).append(one)
    return found


def _sheet_name(name: str, taken: set[str], language: Language) -> str:
    """Give a sheet a name that Excel accepts and that is not taken yet."""
    usual = ledger_sheet.REJECTED_TITLE.say(language)
    plain = _NOT_IN_NAMES.sub(" ", name).strip()[:27] or usual
    chosen, number = plain, 1
    while chosen.lower() in taken:
        number += 1
        chosen = f"{plain} {number}"
    taken.add(chosen.lower())
    return chosen


def _write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    headings: tuple[str, ...],
    rows: list[Rejected],
    formats: dict[str, object],
    language: Language,
) -> None:
    """Write one sheet: the columns as they were, the kind where a section gave it, the reason."""
    sheet = book.add_worksheet(name)
    kinds = any(one.kind for one in rows)
    extra = [COLUMN_NAMES["kind"].say(language)] if kinds else []
    head = [*headings, *extra, ledger_sheet.PLACE.say(language), ledger_sheet.REASON.say(language)]
    for at, words in enumerate(head):
        sheet.write_string(0, at, cells.escape(words), formats["head"])
    for number, one in enumerate(rows, start=1):
        kind = [KIND_NAMES[one.kind].say(language) if one.kind else ""] if kinds else []
        values = [*one.values, *[""] * (len(headings) - len(one.values)), *kind, str(one.row)]
        wrong = _column_of(one.cell)
        for at, text in enumerate([*values, one.reason.say(language)]):
            style = formats["wrong" if at == wrong else "body"]
            sheet.write_string(number, at, cells.escape(text), style)
    sheet.set_column(0, len(head) - 2, 16)
    sheet.set_column(len(head) - 1, len(head) - 1, 60)
    sheet.freeze_panes(1, 0)


def _column_of(cell: str) -> int:
    """Give the column of a cell name such as J12; -1 when there is none."""
    letters = cell.rstrip("0123456789")
    return cells.column_index(letters) if letters else -1
