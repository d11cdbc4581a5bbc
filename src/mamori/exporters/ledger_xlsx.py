"""The ledger in its twelve official columns as an Excel workbook, one sheet, ready to print."""

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter

from mamori.core import cells, ledger_sheet
from mamori.core.ledger import OFFICIAL, Apparatus
from mamori.core.text import Language

WIDTHS = {
    "control_no": 12,
    "manufacturer": 14,
    "os": 24,
    "software": 26,
    "software_version": 14,
    "ip_address": 16,
    "computer_name": 16,
    "location": 20,
    "users": 22,
    "registered_on": 12,
    "status": 10,
    "note": 30,
}


def write(
    rows: Iterable[Apparatus], language: Language, columns: tuple[str, ...] = OFFICIAL
) -> bytes:
    """Write apparatus as a workbook; cells are text, so nothing in them is ever calculated."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    sheet = book.add_worksheet(ledger_sheet.TITLE.say(language))
    head = book.add_format(
        {"bold": True, "bg_color": "#E9EEF5", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    for at, field in enumerate(columns):
        sheet.set_column(at, at, WIDTHS.get(field, 14))
    for at, words in enumerate(ledger_sheet.headings(language, columns)):
        sheet.write_string(0, at, words, head)
    last = 0
    for last, one in enumerate(rows, start=1):
        for at, text in enumerate(ledger_sheet.line(one, language, columns)):
            sheet.write_string(last, at, cells.escape(text), body)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    book.close()
    return content.getvalue()
