"""Telling rows of apparatus from titles, repeated headings, sections, totals and footnotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mamori.core import ledger_headings, ledger_words
from mamori.core.ledger import IDENTITY, Kind
from mamori.core.ledger_reading import Column, Ignored, Why
from mamori.core.tables import Cell, Sheet
from mamori.importers.ledger import headings
from mamori.importers.ledger.readers import text_of

_TOTAL = re.compile(
    r"^[\s【\[(（]*(総?合計|小計|累計|総計|計|総台数|台数計?|total|sub-?total|grand total|sum)"
    r"[\s】\])）:：]*"
    r"(\d[\d,]*\s*台?)?$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"^[\s(（]*(※|＊|\*|注[\d\s:：)）.]|注意|（注|備考[:：]|凡例|作成[者日:：]|最終更新|更新日|以上$"
    r"|note[s:]|\* )",
    re.IGNORECASE,
)
_SECTION_MARK = re.compile(r"^[\s]*[【\[［〔<＜≪《■□●○◆◇▼▽▲△★☆◎―─━=＝#-]")
_NUMBERED = re.compile(r"[A-Za-z]{0,4}[-_]?[0-9][0-9A-Za-z_-]*[0-9]")
_DIGIT = re.compile(r"[0-9０-９]")


@dataclass(slots=True)
class Table:
    """The rows of one table that are meant as apparatus, as indices into the sheet's rows."""

    columns: tuple[Column, ...]
    rows: list[int] = field(default_factory=list)
    kinds: dict[int, Kind] = field(default_factory=dict)
    next_header: int | None = None


class _Suspects(dict[Cell, bool]):
    """Remembers which first cells make a row worth a closer look."""

    def __missing__(self, cell: Cell) -> bool:
        """Judge a first cell that was not met before."""
        if isinstance(cell, str) and _NUMBERED.fullmatch(cell):
            return False
        text = text_of(cell).strip()
        word = ledger_headings.plain_heading(text) if len(text) < 60 else ""
        odd = (
            not text
            or bool(headings.field_of(word))
            or bool(_TOTAL.match(text) or _FOOTNOTE.match(text) or _SECTION_MARK.match(text))
        )
        self[cell] = odd
        return odd


def sort_rows(
    sheet: Sheet, start: int, columns: tuple[Column, ...], ignored: list[Ignored]
) -> Table:
    """Go down one table until a different heading row; say of each row what it is."""
    table = Table(columns)
    used = [at for at, column in enumerate(columns) if column.field]
    keys = [at for at, column in enumerate(columns) if column.field in IDENTITY]
    control = next((at for at, c in enumerate(columns) if c.field == "control_no"), None)
    lead = control if control is not None else keys[0]
    first = used[0]
    own_words = [ledger_headings.plain_heading(column.heading) for column in columns]
    suspects = _Suspects()
    width = len(columns)
    section: Kind | None = None
    take = table.rows.append
    rows = sheet.rows
    for at in range(start, len(rows)):
        row = rows[at]
        plain = row[lead] != "" and width - row.count("") >= 3
        if not (plain and not suspects[row[first]] and (lead == first or not suspects[row[lead]])):
            why = _closer(row, keys, control)
            if why is Why.HEADER and not _same_headings(row, own_words):
                table.next_header = at
                return table
            if why is not None:
                words = " ".join(filter(None, (text_of(cell).strip() for cell in row)))
                ignored.append(Ignored(sheet.name, sheet.numbers[at], why, words[:200]))
                if why is Why.SECTION:
                    found = ledger_words.kinds_in(words)
                    section = next(iter(found)) if len(found) == 1 else None
                continue
        take(at)
        if section is not None:
            table.kinds[at] = section
    return table


def _same_headings(row: Sequence[Cell], own: list[str]) -> bool:
    """Say whether a heading row only repeats, column by column, the headings of its table."""
    words = [ledger_headings.plain_heading(text_of(cell)) for cell in row]
    filled = [at for at, word in enumerate(words) if word]
    return sum(words[at] in own[at] for at in filled) >= 0.6 * len(filled)


def _closer(row: Sequence[Cell], keys: list[int], control: int | None) -> Why | None:
    """Look closely at a row; None means that it is meant as apparatus."""
    texts = [(at, text) for at, cell in enumerate(row) if (text := text_of(cell).strip())]
    if not texts:
        return Why.BLANK
    if len(texts) >= headings.ENOUGH and headings.score(row, {}) >= max(
        headings.ENOUGH, 0.5 * len(texts)
    ):
        return Why.HEADER
    words = texts[0][1]
    numbered = control is not None and _DIGIT.search(text_of(row[control]))
    if not numbered and any(_TOTAL.match(text) for _, text in texts[:3]):
        return Why.TOTAL
    if len(texts) <= 2 and _FOOTNOTE.match(words):
        return Why.FOOTNOTE
    if len(texts) == 1:
        return _lonely(texts[0][0], words, keys)
    return None


def _lonely(at: int, words: str, keys: list[int]) -> Why | None:
    """Judge a row of one single cell."""
    if at in keys and _DIGIT.search(words) and not _SECTION_MARK.match(words):
        return None
    if len(words) <= 40 and (_SECTION_MARK.match(words) or ledger_words.kinds_in(words)):
        return Why.SECTION
    return Why.FOOTNOTE
