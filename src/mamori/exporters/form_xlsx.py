"""The form as a workbook that is filled in offline and comes back to the identical state."""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from mamori.core import form_file, form_help, form_layout
from mamori.core.answering import REPLY_NAMES
from mamori.core.calendar import FiscalYear
from mamori.core.checklists import Applies, Basis, Reply
from mamori.core.form_layout import WORDS, Line, Part
from mamori.core.forms import BASIS_NAMES, Form
from mamori.core.text import Language, Text

SHEETS = (Text("チェックリスト", "Checklist"), Text("参考項目", "Reference items"))
# column -> width in characters; the first eight are printed, the last holds the item's key.
COLUMNS: dict[str, float] = {
    "section": 15,
    "code": 5,
    "item": 42,
    "first": 8,
    "first_on": 14,
    "target_on": 14,
    "second": 8,
    "second_on": 14,
    "first_basis": 20,
    "first_reason": 34,
    "second_basis": 20,
    "second_reason": 34,
    "key": 10,
}
AT = {name: n for n, name in enumerate(COLUMNS)}
LAST_PRINTED = AT["second_on"]
EXTRA: dict[str, Text] = {
    "first_basis": Text("1回目の根拠(入力不要)", "Basis of the first (not to be filled)"),
    "first_reason": Text("1回目の理由・メモ", "Reason for the first"),
    "second_basis": Text("2回目の根拠(入力不要)", "Basis of the second (not to be filled)"),
    "second_reason": Text("2回目の理由・メモ", "Reason for the second"),
}
DAY_FORMAT = {Language.JA: 'yyyy"年"m"月"d"日"', Language.EN: "d mmm yyyy"}
ANSWER = Text("回答", "Answer")
DAY = Text("確認日", "Date")
AS_OF = Text("{basis}({day}時点)", "{basis} (as of {day})")
LIST_TITLE = Text("回答の選択", "Choose an answer")
LIST_ERROR = Text("「はい」か「いいえ」を選んでください。", "Choose Yes or No.")
DAY_TITLE = Text("日付の確認", "Check the date")
DAY_ERROR = Text(
    "日付を確認してください。この欄には{first}から{last}までの日付を入れます。",
    "Please check the date: from {first} to {last} is expected here.",
)
HATCHED: dict[str, Any] = {"border": 1, "pattern": 14, "fg_color": "#C8C8C8"}
TRIGGERS = tuple("=+-@\t\r\n'＝＋－＠")


@dataclass(slots=True)
class _Desk:
    """What is at hand while a workbook is written."""

    book: Workbook
    form: Form
    language: Language
    formats: Callable[..., Format]
    places: dict[str, form_file.Place]
    gate: str = ""

    def say(self, words: Text) -> str:
        """Give words in the language of the form."""
        return words.say(self.language)


def write(form: Form, language: Language) -> bytes:
    """Write the form as xlsx, laid out like the official form, protected except for its inputs.

    The same form gives the same bytes. No cell is a formula; every word is written as text.
    """
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(out, options)
    made = form.made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties(
        {"title": form_layout.TITLE.say(language), "author": "Mamori", "created": made}
    )
    desk = _Desk(book, form, language, _formats(book), {})
    for number, part in enumerate(form_layout.parts(form)):
        _part_sheet(desk, part, number)
    _help_sheet(desk)
    _keys_sheet(desk)
    book.close()
    return out.getvalue()


def _formats(book: Workbook) -> Callable[..., Format]:
    """Give a maker of formats that makes each only once."""
    made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(**more: Any) -> Format:
        key = tuple(sorted(more.items()))
        if key not in made:
            base = {"font_name": "Yu Gothic", "font_size": 10, "valign": "vcenter"}
            made[key] = book.add_format(base | {"text_wrap": True} | more)
        return made[key]

    return of


def _put(
    desk: _Desk,
    sheet: Worksheet,
    row: int,
    column: int,
    words: str,
    **look: Any,
) -> None:
    """Write words as text; those that look like a formula stay text when the cell is edited."""
    if words[:1] in TRIGGERS and words:
        look["quote_prefix"] = True
    sheet.write_string(row, column, words[:32_000], desk.formats(**look))


def _span(
    desk: _Desk, sheet: Worksheet, row: int, columns: tuple[int, int], words: str, **look: Any
) -> None:
    """Write words into one cell spread over columns."""
    first, last = columns
    sheet.merge_range(row, first, row, last, "", desk.formats(**look))
    _put(desk, sheet, row, first, words, **look)


def _height(words: str, width: float, size: float = 10) -> float:
    """Estimate the height in points of words wrapped into a width in characters."""
    room = max(4.0, width * 10 / size - 1)
    lines = 0
    for line in words.split("\n"):
        units = sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)
        lines += max(1, math.ceil(units / room))
    return lines * (size * 1.45) + 7


def _part_sheet(desk: _Desk, part: Part, number: int) -> None:
    """Write one list of the form on a sheet of its own."""
    name = desk.say(SHEETS[min(number, 1)]) + ("" if number < 2 else f" {number}")
    sheet = desk.book.add_worksheet(name)
    for column, width in enumerate(COLUMNS.values()):
        sheet.set_column(column, column, width)
    sheet.set_column(AT["key"], AT["key"], None, None, {"hidden": True})
    row = _masthead(desk, sheet, part)
    gate = form_layout.presence(desk.form)
    if number == 0 and gate is not None:
        row = _presence(desk, sheet, gate, row)
    _span(desk, sheet, row, (0, LAST_PRINTED), "○ " + desk.say(part.caption), bold=True)
    row += 1
    for note in part.notes:
        _span(desk, sheet, row, (0, LAST_PRINTED), "※ " + desk.say(note), font_size=9)
        row += 1
    head = row
    row = _header(desk, sheet, row)
    for block in part.blocks:
        begin = row
        for group in block.groups:
            if group.heading is not None:
                words = desk.say(group.heading)
                look = {"border": 1, "bg_color": "#F6F7F9", "font_size": 9}
                _span(desk, sheet, row, (1, LAST_PRINTED), words, **look)
                row += 1
            for line in group.lines:
                _line(desk, sheet, line, row)
                row += 1
        look = {"border": 1, "bg_color": "#F4F7FA", "valign": "top", "font_size": 9}
        if row - begin > 1:
            sheet.merge_range(begin, 0, row - 1, 0, "", desk.formats(**look))
        _put(desk, sheet, begin, 0, desk.say(block.title), **look)
    if number == 0 and desk.gate:
        _grey_when_ended(desk, sheet, head, row)
    _printing(desk, sheet, head, row)


def _masthead(desk: _Desk, sheet: Worksheet, part: Part) -> int:
    """Write titles, the fiscal year and the names; give the next row."""
    form, whole = desk.form, (0, LAST_PRINTED)
    _span(desk, sheet, 0, whole, desk.say(part.title), bold=True, font_size=14, align="center")
    sheet.set_row(0, 24)
    _span(desk, sheet, 1, whole, desk.say(part.subtitle), align="center")
    year = desk.say(form_layout.year_name(form.edition.fiscal_year))
    _span(desk, sheet, 2, whole, year, align="right")
    row = 3
    if not form.edition.verified:
        words = desk.say(form_layout.UNVERIFIED)
        _span(desk, sheet, row, whole, words, align="center", font_color="#A03000", border=1)
        row += 1
    named = [(form_layout.party_label(form), form.facility)]
    if form.vendor is not None:
        named.append((form_layout.VENDOR, form.vendor))
    for label, party in named:
        words = form_layout.name_of(party, desk.language)
        _put(desk, sheet, row, 0, desk.say(label), bottom=1)
        _span(desk, sheet, row, (1, LAST_PRINTED), words, bottom=1, font_size=11)
        sheet.set_row(row, _height(words, 100, 11))
        row += 1
    return row + 1


def _presence(desk: _Desk, sheet: Worksheet, line: Line, row: int) -> int:
    """Write the presence row as a small table of its own; give the next row."""
    look = {"border": 1, "bg_color": "#E9EEF5", "align": "center"}
    _put(desk, sheet, row, 0, desk.say(WORDS["section"]), **look)
    _span(desk, sheet, row, (1, 2), desk.say(WORDS["item"]), **look)
    _span(desk, sheet, row, (3, 4), desk.say(WORDS["results"]), **look)
    words = desk.say(WORDS["presence"])
    _put(desk, sheet, row + 1, 0, words, border=1, bg_color="#F4F7FA", font_size=9)
    _line(desk, sheet, line, row + 1, alone=True)
    sheet.set_row(row + 1, max(_height(words, 15, 9), _height(desk.say(line.item.text), 46)))
    desk.gate = xl_rowcol_to_cell(row + 1, AT["first"], row_abs=True, col_abs=True)
    return row + 3


def _header(desk: _Desk, sheet: Worksheet, row: int) -> int:
    """Write the two header rows of the list; give the next row."""
    look = {"border": 1, "bg_color": "#E9EEF5", "align": "center"}
    head = desk.formats(**look)
    sheet.merge_range(row, 0, row + 1, 0, desk.say(WORDS["section"]), head)
    sheet.merge_range(row, 1, row + 1, 2, desk.say(WORDS["item"]), head)
    _span(desk, sheet, row, (AT["first"], AT["first_on"]), desk.say(WORDS["first"]), **look)
    _put(desk, sheet, row, AT["target_on"], desk.say(WORDS["target"]), **look)
    _span(desk, sheet, row, (AT["second"], AT["second_on"]), desk.say(WORDS["second"]), **look)
    for column in ("first", "second"):
        _put(desk, sheet, row + 1, AT[column], desk.say(ANSWER), **look)
    for column in ("first_on", "target_on", "second_on"):
        _put(desk, sheet, row + 1, AT[column], desk.say(DAY), **look)
    for column, words in EXTRA.items():
        sheet.merge_range(row, AT[column], row + 1, AT[column], desk.say(words), head)
    return row + 2


def _line(desk: _Desk, sheet: Worksheet, line: Line, row: int, *, alone: bool = False) -> None:
    """Write one item with its inputs, and remember where they lie."""
    item, words = line.item, desk.say(line.item.text)
    exempt = line.applies is Applies.NO_VENDOR
    if alone:
        _span(desk, sheet, row, (1, 2), words, border=1)
    else:
        _put(desk, sheet, row, 1, form_layout.code_name(item), border=1, align="center")
        _put(desk, sheet, row, 2, words, border=1)
        sheet.set_row(row, max(24, _height(words, COLUMNS["item"])))
    _put(desk, sheet, row, AT["key"], item.key)
    for field in form_file.INPUTS:
        column = AT[field]
        if form_file.has_cell(item, field):
            _input(desk, sheet, (row, column), field, line, locked=exempt)
        elif not alone:
            sheet.write_blank(row, column, None, desk.formats(**HATCHED))
    notes = {
        "first_basis": desk.say(form_layout.EXEMPT_WORDS[line.applies])
        if exempt
        else _basis(desk, line.state.first_basis, line.state.first_as_of),
        "second_basis": _basis(desk, line.state.second_basis, line.state.second_as_of),
    }
    for column_name, note in notes.items():
        if not alone or column_name == "first_basis":
            look = {"border": 1, "font_color": "#555555", "font_size": 9}
            _put(desk, sheet, row, AT[column_name], note, **look)
    places = {field: xl_rowcol_to_cell(row, AT[field]) for field in form_file.ADDRESSES}
    desk.places[item.key] = form_file.Place(sheet.get_name(), places)


def _basis(desk: _Desk, basis: Basis | None, as_of: date | None) -> str:
    """Say what an answer rests on."""
    if basis is None:
        return ""
    words = BASIS_NAMES[basis]
    return desk.say(AS_OF.fill(basis=words, day=as_of.isoformat()) if as_of else words)


def _input(
    desk: _Desk, sheet: Worksheet, at: tuple[int, int], field: str, line: Line, *, locked: bool
) -> None:
    """Write one cell that a person fills in, with its choices or bounds."""
    value = getattr(line.state, field)
    look: dict[str, Any] = {"border": 1, "locked": locked}
    look["bg_color"] = "#EEEEEE" if locked else "#FFFBE6"
    if field.endswith("_reason"):
        _put(desk, sheet, *at, form_file.shown_reason(value), **look, font_size=9)
        return
    look["align"] = "center"
    if field in ("first", "second"):
        _put(desk, sheet, *at, desk.say(REPLY_NAMES[value]) if value else "", **look)
        sheet.data_validation(*at, *at, _choices(desk))
        return
    look["num_format"] = DAY_FORMAT[desk.language]
    if value is None:
        sheet.write_blank(*at, None, desk.formats(**look))
    else:
        sheet.write_datetime(*at, value, desk.formats(**look))
    sheet.data_validation(*at, *at, _days(desk, field, line))


def _choices(desk: _Desk) -> dict[str, object]:
    """Offer はい and いいえ."""
    return {
        "validate": "list",
        "source": [desk.say(REPLY_NAMES[reply]) for reply in Reply],
        "error_title": desk.say(LIST_TITLE),
        "error_message": desk.say(LIST_ERROR),
    }


def _days(desk: _Desk, field: str, line: Line) -> dict[str, object]:
    """Ask again for dates far from the year; a person may still keep them (rules judge later)."""
    edition = desk.form.edition
    target = field == "target_on"
    year = FiscalYear(line.item.due_year if target else edition.fiscal_year)
    first = year.first_day
    last = year.last_day if target else date(year.year + 2, 3, 31)
    words = DAY_ERROR.fill(first=first.isoformat(), last=last.isoformat())
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": first,
        "maximum": last,
        "error_type": "warning",
        "error_title": desk.say(DAY_TITLE),
        "error_message": desk.say(words),
    }


def _grey_when_ended(desk: _Desk, sheet: Worksheet, first: int, last: int) -> None:
    """Strike the list in grey as soon as the presence row says No."""
    sheet.conditional_format(
        first,
        0,
        last - 1,
        LAST_PRINTED,
        {
            "type": "formula",
            "criteria": f'={desk.gate}="{desk.say(REPLY_NAMES[Reply.NO])}"',
            "format": desk.book.add_format({"font_color": "#999999", "font_strikeout": True}),
        },
    )


def _printing(desk: _Desk, sheet: Worksheet, head: int, row: int) -> None:
    """Print like the form: A4 portrait, one page wide, header rows again on each page."""
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, row - 1, LAST_PRINTED)
    sheet.repeat_rows(head, head + 1)
    sheet.hide_gridlines(2)
    if not desk.form.edition.verified:
        sheet.set_header(f"&C{desk.say(form_layout.UNVERIFIED)}")
    sheet.set_footer(f"&L{desk.say(form_layout.edition_words(desk.form))}&R&P / &N")
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _help_sheet(desk: _Desk) -> None:
    """Write how to fill in the form, and for each item what counts as Yes."""
    sheet = desk.book.add_worksheet(desk.say(form_help.HELP_SHEET))
    for column, width in enumerate(form_help.HELP_WIDTHS):
        sheet.set_column(column, column, width)
    row = 0
    for how in form_help.HOW:
        _span(desk, sheet, row, (0, len(form_help.HELP_HEADS) - 1), "・" + desk.say(how))
        row += 1
    row += 1
    for column, head in enumerate(form_help.HELP_HEADS):
        _put(desk, sheet, row, column, desk.say(head), bold=True, border=1, bg_color="#E9EEF5")
    for cells in form_help.rows(desk.form, desk.language):
        row += 1
        for column, words in enumerate(cells):
            _put(desk, sheet, row, column, words, border=1, valign="top", font_size=9)
        pairs = zip(cells, form_help.HELP_WIDTHS, strict=True)
        sheet.set_row(row, max(_height(words, width, 9) for words, width in pairs))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("")


def _keys_sheet(desk: _Desk) -> None:
    """Write the hidden sheet: whose form this is, where each cell lies, what stood in it."""
    sheet = desk.book.add_worksheet(form_file.KEYS_SHEET)
    plain = desk.book.add_format()
    for row, words in enumerate(form_file.keys_rows(desk.form, desk.places)):
        for column, word in enumerate(words):
            sheet.write_string(row, column, word, plain)
    sheet.very_hidden()
    sheet.protect("")
