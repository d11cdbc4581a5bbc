"""The workbook in which a person writes an edition, blank or filled from one that exists."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

from mamori.core import cells
from mamori.core import edition_template as template
from mamori.core.edition_template import COLUMNS, EDITION_ROWS, Column, Kind
from mamori.core.editions import Control, Edition, Item
from mamori.core.text import Text

Row = Sequence[object]
SAME_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # so that the same edition gives the same bytes
BLANK_ROWS = 200  # how far down a blank sheet offers its drop-downs
TYPED_TOO = Text("一覧にない組合せも入力できます。", "Other combinations may be typed.")


def write(edition: Edition | None, controls: Collection[Control]) -> bytes:
    """Write the template as xlsx: blank, or filled from an edition as a start for the next one."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": SAME_DAY})
    pages = _Pages(book, controls)
    pages.guide()
    pages.edition(edition)
    for name, columns in COLUMNS.items():
        pages.table(name, columns, _rows(name, edition) if edition else ())
    pages.controls()
    book.close()
    return buffer.getvalue()


def _rows(name: str, edition: Edition) -> list[Row]:
    """Give the rows of one sheet for an edition."""
    match name:
        case template.SECTIONS:
            return [(s.id, s.title.ja, s.title.en) for s in edition.sections]
        case template.HEADINGS:
            headings = edition.headings.items()
            return [(template.heading_words(key), text.ja, text.en) for key, text in headings]
        case template.NOTES:
            return [(note.ja, note.en) for note in edition.notes]
        case _:
            return [_item_row(item) for item in edition.items]


def _item_row(item: Item) -> Row:
    """Give the cells of one item."""
    return (
        item.code,
        template.scope_words(item.scopes),
        item.level.value,
        item.due_year,
        item.section,
        item.control,
        ", ".join(cell.value for cell in item.cells),
        ", ".join(condition.value for condition in item.conditions),
        item.text.ja,
        item.text.en,
        "\n".join(f"{c.document} {template.CITATION_MARK} {c.section}" for c in item.citations),
    )


def _edition_values(edition: Edition | None) -> dict[str, object]:
    """Give the values of the first sheet by their keys."""
    if edition is None:
        return {"revision": 1}
    return {
        "subject": edition.subject.value,
        "fiscal_year": edition.fiscal_year,
        "revision": edition.revision,
        "valid_from": edition.valid_from.isoformat(),
        "valid_to": edition.valid_to.isoformat(),
        "name.ja": edition.name.ja,
        "name.en": edition.name.en,
        "source.ja": edition.source.ja,
        "source.en": edition.source.en,
    }


class _Pages:
    """Writes the sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, controls: Collection[Control]) -> None:
        self.book = book
        self.known = controls
        plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        self.body = book.add_format(plain)
        self.key = book.add_format({**plain, "bold": True, "bg_color": "#D9E7F5"})
        self.human = book.add_format({**plain, "italic": True, "bg_color": "#F2F6FB"})
        self.free = book.add_format({"text_wrap": True, "valign": "top"})

    def guide(self) -> None:
        """Write how to fill the workbook, in both languages."""
        sheet = self.book.add_worksheet(template.GUIDE)
        sheet.set_column(0, 1, 70)
        for row, line in enumerate(template.GUIDE_LINES):
            self._put(sheet, row, 0, line.ja, self.free)
            self._put(sheet, row, 1, line.en, self.free)

    def edition(self, edition: Edition | None) -> None:
        """Write the sheet of keys and values."""
        sheet = self.book.add_worksheet(template.EDITION)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 3, 36)
        for column, word in enumerate(("key", "value", "ja", "en")):
            self._put(sheet, 0, column, word, self.key)
        values = _edition_values(edition)
        for row, line in enumerate(EDITION_ROWS, start=1):
            self._put(sheet, row, 0, line.key, self.key)
            self._put(sheet, row, 1, values.get(line.key, ""), self.body)
            self._put(sheet, row, 2, line.title.ja, self.human)
            self._put(sheet, row, 3, line.title.en, self.human)
            self._offer(sheet, line, row, row, 1)
        sheet.freeze_panes(1, 0)

    def table(self, name: str, columns: tuple[Column, ...], rows: Sequence[Row]) -> None:
        """Write one sheet: keys, their meaning, then the rows."""
        sheet = self.book.add_worksheet(name)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            self._put(sheet, 0, at, column.key, self.key)
            self._put(sheet, 1, at, f"{column.title.ja} / {column.title.en}", self.human)
            self._offer(sheet, column, 2, 1 + max(len(rows), BLANK_ROWS), at)
        for number, values in enumerate(rows, start=2):
            for at, value in enumerate(values):
                self._put(sheet, number, at, value, self.body)
        sheet.freeze_panes(2, 1)

    def controls(self) -> None:
        """Write the controls there are, for looking up."""
        sheet = self.book.add_worksheet(template.CONTROLS)
        sheet.set_column(0, 2, 44)
        sheet.set_column(3, 4, 70)
        for at, word in enumerate(("control", "ja", "en", "yes_when.ja", "yes_when.en")):
            self._put(sheet, 0, at, word, self.key)
        for row, control in enumerate(self.known, start=1):
            told = (
                control.id,
                control.title.ja,
                control.title.en,
                control.yes_when.ja,
                control.yes_when.en,
            )
            for at, words in enumerate(told):
                self._put(sheet, row, at, words, self.body)
        sheet.freeze_panes(1, 0)

    def _offer(
        self, sheet: xlsxwriter.worksheet.Worksheet, column: Column, top: int, last: int, at: int
    ) -> None:
        """Offer the words of a closed list as a drop-down."""
        if column.kind is Kind.CONTROL:
            source: object = f"={template.CONTROLS}!$A$2:$A${len(self.known) + 1}"
        elif column.words is None:
            return
        else:
            source = list(template.OFFERED[column.words])
        strict = column.kind is not Kind.MANY
        rule: dict[str, object] = {"validate": "list", "source": source}
        rule["error_type"] = "stop" if strict else "information"
        if not strict:
            rule["error_message"] = f"{TYPED_TOO.ja} {TYPED_TOO.en}"
        sheet.data_validation(top, at, last, at, rule)

    def _put(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        row: int,
        column: int,
        value: object,
        how: xlsxwriter.format.Format,
    ) -> None:
        """Write one value; words never become a formula."""
        if isinstance(value, int):
            sheet.write_number(row, column, value, how)
        elif value == "":
            sheet.write_blank(row, column, None, how)
        else:
            sheet.write_string(row, column, cells.escape(str(value)), how)
