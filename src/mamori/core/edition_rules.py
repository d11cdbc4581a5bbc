"""What must be true of every edition before it may be used, and how a fault is said."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mamori.core.calendar import FiscalYear
from mamori.core.editions import (
    ALL_CELLS,
    APPARATUS,
    PRESENCE,
    Cell,
    Condition,
    Edition,
    Item,
    Level,
    Subject,
    sort_code,
)
from mamori.core.text import Text
from mamori.core.viewer import Refused

WHOLE = Text("全体", "the whole")
PLACES: dict[str, Text] = {
    "item": Text("{n}番目の項目", "item no. {n}"),
    "section": Text("{n}番目の区分", "section no. {n}"),
    "note": Text("{n}番目の注記", "note no. {n}"),
}
TWICE = Text(
    "「{key}」が2回あります。番号と対象の組は一度しか使えません。",
    "{key} stands twice; a code and its scope may be used once only.",
)
YEARS = range(2000, 2101)
BAD_CODE = re.compile(r"[\s/\uff01-\uff5e]")  # blanks, the separator of keys, full-width ASCII


@dataclass(frozen=True, slots=True)
class EditionProblem:
    """Something in an edition that cannot be right: where it stands, and why.

    `item` is the key of the item where there is one, else empty; `line` its place in the list of
    items, counted from 0, else None.
    """

    where: Text
    reason: Text
    item: str = ""
    line: int | None = None


class EditionFault(Refused):
    """An edition cannot be used as it stands; every problem is named, the first in the message."""

    def __init__(self, name: str, problems: tuple[EditionProblem, ...]) -> None:
        """Keep the name of the file and all its problems (at least one)."""
        first, more = problems[0], len(problems) - 1
        tail = Text(f" (ほか{more}件)", f" (and {more} more)") if more else None
        super().__init__(
            Text(
                f"{name}: {first.where.ja}: {first.reason.ja}{tail.ja if tail else ''}",
                f"{name}: {first.where.en}: {first.reason.en}{tail.en if tail else ''}",
            )
        )
        self.name = name
        self.problems = problems


def place(kind: str, number: int, code: str = "") -> Text:
    """Say which line of an edition is meant: item no. 3 (2(4))."""
    where = PLACES[kind].fill(n=number)
    return Text(f"{where.ja} {code}", f"{where.en} {code}") if code else where


def problems(edition: Edition, controls: Collection[str]) -> tuple[EditionProblem, ...]:
    """List everything that cannot be right in an edition; empty when it may be used."""
    found = [EditionProblem(WHOLE, reason) for reason in _of_whole(edition)]
    seen: set[str] = set()
    for line, item in enumerate(edition.items):
        where = place("item", line + 1, item.code)
        reasons = [*_of_item(edition, item, controls)]
        if item.key in seen:
            reasons.append(TWICE.fill(key=item.key))
        seen.add(item.key)
        found += [EditionProblem(where, reason, item.key, line) for reason in reasons]
    return tuple(found)


def _of_whole(edition: Edition) -> Iterator[Text]:
    """Yield what is wrong with an edition as a whole."""
    expected = f"{edition.subject.value}-fy{edition.fiscal_year}"
    ids = [s.id for s in edition.sections]
    used = {i.section for i in edition.items}
    needed = {i.heading for i in edition.items if i.scopes and set(i.scopes) <= set(APPARATUS)}
    if edition.id != expected:
        yield Text(f"idは「{expected}」にしてください。", f"The id must be {expected}.")
    if edition.revision < 1:
        yield Text("revisionは1以上の整数です。", "The revision is 1 or more.")
    if edition.valid_from > edition.valid_to:
        yield Text("有効期間の始まりが終わりより後です。", "It ends before it begins.")
    yield from _of_year(edition)
    if not edition.items:
        yield Text("項目が1つもありません。", "There is no item at all.")
    for lost in sorted(set(ids) ^ used):
        yield Text(
            f"区分「{lost}」は、区分の一覧と項目の両方に必要です。",
            f"Section {lost} must stand both in the list of sections and in an item.",
        )
    if len(set(ids)) < len(ids):
        yield Text("同じidの区分が2つあります。", "Two sections have the same id.")
    for lost in sorted(set(edition.headings) ^ needed):
        yield Text(
            f"見出し「{lost}」は、headingsと項目の両方に必要です。",
            f"Heading {lost} must stand both in headings and in an item.",
        )


def _of_year(edition: Edition) -> Iterator[Text]:
    """Yield what is wrong with the fiscal year and the days an edition is valid."""
    if edition.fiscal_year not in YEARS:
        yield Text("年度は西暦4桁で書いてください。", "Write the fiscal year with four digits.")
        return
    year = FiscalYear(edition.fiscal_year)
    if edition.valid_from not in year or edition.valid_to not in year:
        yield Text(
            f"有効期間が{edition.fiscal_year}年度(4月から翌年3月)の外にあります。",
            f"Its days lie outside fiscal year {edition.fiscal_year} (April to March).",
        )


def _of_item(edition: Edition, item: Item, controls: Collection[str]) -> Iterator[Text]:
    """Yield what is wrong with one item."""
    if item.control not in controls:
        yield Text(
            f"管理策「{item.control}」はありません。",
            f"There is no control called “{item.control}”.",
        )
    yield from _of_code(edition, item)
    yield from _of_cells(item)
    for words in (item.scopes, item.cells, item.conditions):
        if len(set(words)) < len(words):
            yield Text("同じ語が2回書かれています。", "A word is written twice in one list.")
    if not all(c.document.strip() and c.section.strip() for c in item.citations):
        yield Text("出典の文書名か箇所が空です。", "A citation lacks its document or section.")
    own = edition.fiscal_year
    if item.level is Level.MANDATORY and item.due_year != own:
        yield Text(
            f"必須項目の期限は{own}年度です。",
            f"A mandatory item is due in fiscal year {own}.",
        )
    if item.level is Level.REFERENCE and item.due_year < own:
        yield Text(
            f"参考項目の期限は{own}年度以降です。",
            f"A reference item is due in fiscal year {own} or later.",
        )
    if edition.subject is Subject.VENDOR and Condition.NEEDS_VENDOR in item.conditions:
        yield Text(
            "事業者確認用には needs_vendor を付けられません。",
            "A vendor list cannot carry needs_vendor.",
        )


def _of_code(edition: Edition, item: Item) -> Iterator[Text]:
    """Yield what is wrong with a printed code and its place on the form."""
    if item.code == PRESENCE:
        if edition.subject is Subject.VENDOR:
            yield Text("事業者確認用に有無の行はありません。", "A vendor list has no presence row.")
        if item.scopes:
            yield Text("有無の行に対象は付きません。", "The presence row has no scope.")
        return
    number = sort_code(item.code)
    if not number or BAD_CODE.search(item.code):
        yield Text(
            f"番号「{item.code}」は、2(4)や2④のように半角で書いてください。",
            f"Write the code “{item.code}” like 2(4) or 2④, without blanks.",
        )
    elif item.section.isdecimal() and number[0] != int(item.section):
        yield Text(
            f"番号「{item.code}」が区分「{item.section}」に置かれています。",
            f"Code {item.code} stands in section {item.section}.",
        )
    if not item.scopes:
        yield Text("対象(scopes)がありません。", "The scopes are missing.")


def _of_cells(item: Item) -> Iterator[Text]:
    """Yield what is wrong with the cells of an item."""
    if Cell.FIRST not in item.cells:
        yield Text("1回目の欄がありません。", "The cell of the first check is missing.")
    if item.code == PRESENCE and item.cells != (Cell.FIRST,):
        yield Text("有無の行は1回目の欄だけです。", "The presence row has the first cell only.")
    if item.cells != tuple(c for c in ALL_CELLS if c in item.cells):
        yield Text(
            "欄は first、target、second の順に書いてください。",
            "Write the cells in the order first, target, second.",
        )
