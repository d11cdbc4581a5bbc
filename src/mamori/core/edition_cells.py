"""Cells of the workbook of an edition: what a person wrote, turned into the words of the TOML."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from enum import Enum

from mamori.core import cells, written_dates
from mamori.core import edition_template as template
from mamori.core.calendar import fiscal_year_in_era
from mamori.core.edition_rules import YEARS
from mamori.core.edition_template import Column, Kind
from mamori.core.editions import APPARATUS, Control, Scope
from mamori.core.text import Text, same

NEAR = 0.4  # below this likeness no control is worth proposing
ERA_YEARS = {fiscal_year_in_era(year): year for year in YEARS}
SEPARATORS = re.compile(r"[,、;,;/・\n]+")
ALL_WORDS = frozenset({"all", "全般", "全て", "すべて", "医療情報システム全般"})

UNKNOWN = Text(
    "「{word}」は使えません。使える語: {known}", "“{word}” is not known. It can be: {known}"
)
NOT_A_YEAR = Text(
    "年度は2026のように西暦4桁で書いてください。",
    "Write the fiscal year with four digits, like 2026.",
)
NOT_A_NUMBER = Text("1以上の整数で書いてください。", "Write a whole number of 1 or more.")
TURNED_TO_DAY = Text(
    "表計算ソフトが番号を日付に変えています。セルの表示形式を文字列にして書き直してください。",
    "The spreadsheet has turned the code into a date. Format the cell as text and write it again.",
)
NO_CONTROL = Text(
    "管理策が選ばれていません。近いもの: {near}", "No control is chosen. The nearest: {near}"
)
UNKNOWN_CONTROL = Text(
    "管理策「{word}」はありません。近いもの: {near}",
    "There is no control “{word}”. The nearest: {near}",
)
NONE_NEAR = Text("なし", "none")
BAD_CITATION = Text(
    "出典は「文書 | 箇所」の形で、1行に1つ書いてください。",
    "Write citations as document | section, one a line.",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell as read: its value for the TOML, why it cannot be used, and how it was read.

    When `wrong` is set, `value` holds what was written, which no edition accepts.
    """

    value: object
    wrong: Text | None = None
    adjusted: bool = False


def read(raw: object, column: Column) -> Reading:
    """Read one cell that is not empty and not a control."""
    return _READERS[column.kind](raw, column)


def as_words(raw: object) -> str:
    """Give a cell as the words a person sees in it."""
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, float) and not isinstance(raw, bool):
        return cells.number(raw)
    return cells.unescape(str(raw).strip())


def control(word: str, text: str, controls: Mapping[str, Control]) -> Reading:
    """Read a control by its id or its exact title; else propose the nearest, and map nothing."""
    folded = cells.code(word).lower()
    for one in controls.values():
        if folded and folded in (one.id, one.title.ja.lower(), one.title.en.lower()):
            return Reading(one.id, adjusted=one.id != word)
    near = _nearest(word or text, controls)
    proposed = (
        Text(f"{near.title.ja} ({near.id})", f"{near.title.en} ({near.id})") if near else None
    )
    reason = UNKNOWN_CONTROL if word else NO_CONTROL
    return Reading(word, wrong=reason.fill(word=word, near=proposed or NONE_NEAR))


def _nearest(words: str, controls: Mapping[str, Control]) -> Control | None:
    """Find the control whose id or title is most like some words."""
    best: Control | None = None
    likeness = NEAR
    for one in controls.values():
        for name in (one.id, one.title.ja, one.title.en):
            alike = _likeness(words.lower(), name.lower())
            if alike > likeness:
                best, likeness = one, alike
    return best


def _likeness(words: str, name: str) -> float:
    """Measure from 0 to 1 how like a name is to some words, or how much of it they contain."""
    pairs = {name[n : n + 2] for n in range(len(name) - 1)}
    held = sum(1 for pair in pairs if pair in words) / max(len(pairs), 1)
    return max(SequenceMatcher(None, words, name).ratio(), held)


def _words(raw: object, _column: Column) -> Reading:
    """Read words as they stand."""
    return Reading(as_words(raw))


def _code(raw: object, _column: Column) -> Reading:
    """Read a printed code, in half width."""
    if isinstance(raw, date):
        return Reading(as_words(raw), wrong=TURNED_TO_DAY)
    written = as_words(raw)
    folded = re.sub(r"\s+", "", cells.code(written))
    return Reading(folded, adjusted=folded != written)


def _year(raw: object, column: Column) -> Reading:
    """Read a fiscal year (or a revision) as a number."""
    written = as_words(raw)
    folded = cells.code(written)
    year = ERA_YEARS.get(folded) or ERA_YEARS.get(f"{folded}度")
    digits = re.fullmatch(r"(\d{1,4})(?:年度?)?", folded)
    if year is None and digits is not None:
        year = int(digits[1])
    if column.key == "revision":
        wrong = None if year else NOT_A_NUMBER
    else:
        wrong = None if year in YEARS else NOT_A_YEAR
    return Reading(written if wrong else year, wrong, adjusted=not wrong and written != str(year))


def _day(raw: object, _column: Column) -> Reading:
    """Read a day, Western or of an era."""
    found = written_dates.read(raw)
    written = as_words(raw)
    wrong = found.wrong or found.doubt
    if found.day is None or wrong:
        return Reading(written, wrong or written_dates.NOT_READ.fill(said=written))
    return Reading(found.day, adjusted=found.day.isoformat() != written)


def _one(raw: object, column: Column) -> Reading:
    """Read one word of a closed list."""
    written = as_words(raw)
    known = _known(column)
    word = known.get(_folded(written))
    if word is None:
        return Reading(written, UNKNOWN.fill(word=written, known=_offered(column)))
    return Reading(word, adjusted=word != written)


def _many(raw: object, column: Column) -> Reading:
    """Read several words of a closed list."""
    written = as_words(raw)
    if column.words is Scope and _folded(written) in ALL_WORDS:
        return Reading([s.value for s in APPARATUS], adjusted=written != template.ALL)
    parts = [part.strip() for part in SEPARATORS.split(written) if part.strip()]
    known = _known(column)
    words = [known.get(_folded(part), part) for part in parts]
    lost = [part for part in parts if _folded(part) not in known]
    if lost:
        return Reading(words, UNKNOWN.fill(word=", ".join(lost), known=_offered(column)))
    return Reading(words, adjusted=words != parts)


def _citations(raw: object, _column: Column) -> Reading:
    """Read citations, one a line, document and section parted by a bar."""
    rows: list[dict[str, str]] = []
    wrong = None
    for line in as_words(raw).splitlines():
        document, _, section = line.replace("｜", template.CITATION_MARK).partition(
            template.CITATION_MARK
        )
        if not document.strip() or not section.strip():
            wrong = BAD_CITATION
        rows.append({"document": document.strip(), "section": section.strip()})
    return Reading(rows, wrong)


def _known(column: Column) -> dict[str, str]:
    """Give every way to write a word of a closed list, folded, with the word itself."""
    table: dict[str, str] = {}
    for member, name in template.NAMES[column.words or Enum].items():
        for written in (member.value, name.ja, name.en):
            table[_folded(written)] = member.value
    return table


def _folded(words: str) -> str:
    """Fold width, case and blanks away."""
    return re.sub(r"[\s_]+", " ", cells.code(words).lower()).strip()


def _offered(column: Column) -> Text:
    """List the words of a closed list."""
    names = template.NAMES[column.words or Enum]
    words = [member.value for member in names]
    return same(", ".join([*words, *([template.ALL] if column.words is Scope else [])]))


_READERS: dict[Kind, Callable[[object, Column], Reading]] = {
    Kind.WORDS: _words,
    Kind.CODE: _code,
    Kind.YEAR: _year,
    Kind.DAY: _day,
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.CITATIONS: _citations,
}
