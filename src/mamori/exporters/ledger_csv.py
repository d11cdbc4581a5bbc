"""The ledger in its twelve official columns as separated text that Excel opens in Japanese."""

import csv
from collections.abc import Iterable
from io import StringIO

from mamori.core import cells, ledger_sheet
from mamori.core.ledger import OFFICIAL, Apparatus
from mamori.core.text import Language


def write(
    rows: Iterable[Apparatus], language: Language, columns: tuple[str, ...] = OFFICIAL
) -> bytes:
    """Write apparatus as CSV in UTF-8 with its mark; every cell is harmless to spreadsheets."""
    sheet = StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(ledger_sheet.headings(language, columns))
    for one in rows:
        writer.writerow([cells.escape(text) for text in ledger_sheet.line(one, language, columns)])
    return sheet.getvalue().encode("utf-8-sig")
