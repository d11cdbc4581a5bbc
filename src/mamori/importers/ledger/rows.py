"""From the cells of a table to apparatus: column by column, then row by row."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress, repeat
from typing import Any

from mamori.core import cells
from mamori.core.ledger import (
    FIELDS,
    IDENTITY,
    Apparatus,
    Kind,
    Status,
    digest_of_texts,
    key_of,
)
from mamori.core.ledger_reading import Column, Doubt, Rejected, Row
from mamori.core.tables import Cell, Sheet
from mamori.core.text import Text
from mamori.importers.ledger import kinds, readers
from mamori.importers.ledger.readers import Reader, text_of
from mamori.importers.ledger.triage import Table

NOTHING_IDENTIFIES = Text(
    "管理番号、製造番号、MACアドレス、コンピュータ名、(伏せられていない)IPアドレスのいずれもなく、機器を特定できません。",
    "Nothing tells which apparatus it is: no control number, serial, MAC, computer name"
    " or full IP address.",
)
ONLY_A_NUMBER = Text(
    "番号だけが書かれ、機器の内容がありません。",
    "Only the number is written, nothing about the apparatus.",
)
ZEROS = Text(
    "この列のほかの番号は先頭に0がありますが、このセルは数値の{said}です。先頭の0が失われていないか確認してください。",
    "Other numbers of this column begin with 0 but this cell is the number {said};"
    " see whether its zeros were lost.",
)
NUMERIC_VERSION = Text(
    "バージョンが数値の{said}として保存されています。末尾の0が失われていないか確認してください。",
    "The version is kept as the number {said}; see whether a zero at its end was lost.",
)
BLIND = Text(
    "数式の結果がエラーか、保存されていません。空欄として取り込みました。",
    "Its formula failed or was saved without a result; it was taken as empty.",
)
_DEFAULTS: dict[str, Any] = {
    "users": (), "registered_on": None, "status": Status.OTHER, "kind": Kind.OTHER
}  # fmt: skip
_JOINED = {"os": " ", "location": " ", "note": "\n"}


def read(sheet: Sheet, table: Table, stated: Kind | None) -> tuple[list[Row], list[Rejected]]:
    """Read the rows of one table: those that can be taken, and those that cannot with the cell."""
    if not table.rows:
        return [], []
    body = _with_joined_cells(sheet, table)
    numbers = [sheet.numbers[at] for at in table.rows]
    columns = list(zip(*body, strict=True))
    troubles = _Troubles(table.columns, numbers)
    values = _values(columns, table.columns, troubles)
    _number_doubts(columns, table.columns, troubles)
    _blind_doubts(sheet, numbers, table.columns, troubles)
    count = len(body)
    values["kind"], usual = _kinds(values, table, stated, count)
    fields = frozenset(values)
    _identify(values, body, troubles, count)
    rejected = [
        _reject(sheet, table, at, body[at], values, troubles) for at in sorted(troubles.bad)
    ]
    apparatus = _apparatus(values, count)
    digests = _digests(values, count)
    each = usual
    if troubles.doubts:
        each = [
            (*some, *troubles.doubts[at]) if at in troubles.doubts else some
            for at, some in enumerate(usual)
        ]
    rows: Iterable[Row] = map(
        Row, repeat(sheet.name), numbers, apparatus, digests, repeat(fields), each
    )
    if troubles.bad:
        rows = compress(rows, (at not in troubles.bad for at in range(count)))
    return list(rows), rejected


class _Troubles:
    """Cells that cannot be taken and cells to look at, by row of the table."""

    def __init__(self, columns: tuple[Column, ...], numbers: list[int]) -> None:
        self.columns = columns
        self.numbers = numbers
        self.bad: dict[int, list[tuple[str, Text]]] = {}
        self.doubts: dict[int, list[Doubt]] = {}

    def cell(self, at: int, column: int) -> str:
        """Name a cell as the spreadsheet does."""
        return cells.cell_name(self.numbers[at], column)

    def wrong(self, at: int, column: int | None, why: Text) -> None:
        """Note that a row cannot be taken."""
        where = "" if column is None else self.cell(at, column)
        self.bad.setdefault(at, []).append((where, why))

    def doubt(self, at: int, column: int, about: Text) -> None:
        """Note that a cell should be looked at."""
        found = Doubt(self.columns[column].field, self.cell(at, column), about)
        self.doubts.setdefault(at, []).append(found)


def _with_joined_cells(sheet: Sheet, table: Table) -> list[Sequence[Cell]]:
    """Take the rows, and give cells that are joined downwards their value in every row."""
    tall = [merge for merge in sheet.merges if merge.bottom > merge.top]
    body = [sheet.rows[at] for at in table.rows]
    if not tall:
        return body
    place = {sheet.numbers[at]: i for i, at in enumerate(table.rows)}
    for merge in tall:
        top = place.get(merge.top + 1)
        if top is None or merge.left >= len(table.columns):
            continue
        value = body[top][merge.left]
        for number in range(merge.top + 2, merge.bottom + 2):
            at = place.get(number)
            if at is not None and body[at][merge.left] == "":
                changed = list(body[at])
                changed[merge.left] = value
                body[at] = changed
    return body


def _values(
    columns: list[tuple[Cell, ...]], meant: tuple[Column, ...], troubles: _Troubles
) -> dict[str, list[Any]]:
    """Read every column that is taken, each different cell once."""
    values: dict[str, list[Any]] = {}
    for at, column in enumerate(meant):
        if not column.field:
            continue
        if readers.needs_nothing(column.field, columns[at]):
            found: list[Any] = list(columns[at])
        else:
            memory = readers.reader(column.field)
            found = list(map(memory.__getitem__, columns[at]))
            _mark(memory, columns[at], at, troubles)
        if column.field in values:
            found = _join(column.field, values[column.field], found)
        values[column.field] = found
    return values


def _mark(memory: Reader, cells_of: Sequence[Cell], column: int, troubles: _Troubles) -> None:
    """Find the rows of the cells that could not be read or raise a question."""
    if memory.bad:
        for at, cell in enumerate(cells_of):
            if cell in memory.bad:
                troubles.wrong(at, column, memory.bad[cell])
    if memory.doubts:
        for at, cell in enumerate(cells_of):
            if cell in memory.doubts:
                troubles.doubt(at, column, memory.doubts[cell])


def _join(field: str, first: list[Any], second: list[Any]) -> list[Any]:
    """Join two columns of one field, as floor to room."""
    if field == "users":
        return [
            (*one, *(n for n in two if n not in one))
            for one, two in zip(first, second, strict=True)
        ]
    mark = _JOINED.get(field)
    if mark is None:
        return [one or two for one, two in zip(first, second, strict=True)]
    return [
        f"{one}{mark}{two}" if one and two else one or two
        for one, two in zip(first, second, strict=True)
    ]


def _number_doubts(
    columns: list[tuple[Cell, ...]], meant: tuple[Column, ...], troubles: _Troubles
) -> None:
    """Doubt numbers where text was meant: lost zeros before a number, or after a version."""
    for at, column in enumerate(meant):
        if column.field not in ("control_no", "software_version"):
            continue
        found = columns[at]
        numeric = [i for i, c in enumerate(found) if c.__class__ is float or c.__class__ is int]
        if not numeric:
            continue
        if column.field == "control_no":
            if not any(isinstance(c, str) and c[:1] == "0" and c.isdigit() for c in found):
                continue
            about = ZEROS
        else:
            about = NUMERIC_VERSION
        for i in numeric:
            troubles.doubt(i, at, about.fill(said=text_of(found[i])))


def _blind_doubts(
    sheet: Sheet, numbers: list[int], meant: tuple[Column, ...], troubles: _Troubles
) -> None:
    """Doubt cells whose formula has no readable result."""
    if not sheet.blind:
        return
    place = {number: at for at, number in enumerate(numbers)}
    for number, column in sorted(sheet.blind):
        at = place.get(number)
        if at is not None and column < len(meant) and meant[column].field:
            troubles.doubt(at, column, BLIND)


def _kinds(
    values: dict[str, list[Any]], table: Table, stated: Kind | None, count: int
) -> tuple[list[Kind], list[tuple[Doubt, ...]]]:
    """Give each row its kind, and the doubt where it had to be inferred."""
    said: list[Kind | None] = values.get("kind") or [None] * count
    if table.kinds:
        said = [kind or table.kinds.get(at) for kind, at in zip(said, table.rows, strict=True)]
    none: tuple[Doubt, ...] = ()
    if stated is not None:
        return [kind or stated for kind in said], [none] * count
    if None not in said:
        return [kind or Kind.OTHER for kind in said], [none] * count
    infer = kinds.Inference()
    guessed = [infer[signs] for signs in kinds.signs(values, count)]
    found = [kind or guess or Kind.OTHER for kind, guess in zip(said, guessed, strict=True)]
    doubts = [
        none if kind else kinds.INFERRED_DOUBTS[guess] if guess else kinds.NO_KIND_DOUBTS
        for kind, guess in zip(said, guessed, strict=True)
    ]
    return found, doubts


def _identify(
    values: dict[str, list[Any]],
    body: list[Sequence[Cell]],
    troubles: _Troubles,
    count: int,
) -> None:
    """Reject rows that nothing identifies, or that hold a number and nothing else."""
    control = values.get("control_no")
    others = [(f, values[f]) for f in IDENTITY[1:] if f in values]
    unnamed = range(count) if control is None else [i for i, key in enumerate(control) if not key]
    for at in unnamed:
        if not any(key_of(field, found[at]) for field, found in others) and at not in troubles.bad:
            troubles.wrong(at, None, NOTHING_IDENTIFIES)
    width = len(troubles.columns)
    for at, row in enumerate(body):
        if width - row.count("") == 1 and at not in troubles.bad:
            troubles.wrong(at, None, ONLY_A_NUMBER)


def _reject(
    sheet: Sheet,
    table: Table,
    at: int,
    row: Sequence[Cell],
    values: dict[str, list[Any]],
    troubles: _Troubles,
) -> Rejected:
    """Describe a row that is not taken: the first cell at fault, then the others in the reason."""
    found = troubles.bad[at]
    where, why = found[0]
    for cell, more in found[1:]:
        why = Text(f"{why.ja} {cell}: {more.ja}", f"{why.en} {cell}: {more.en}")
    return Rejected(
        sheet=sheet.name,
        row=troubles.numbers[at],
        cell=where,
        reason=why,
        headings=tuple(column.heading for column in table.columns),
        values=tuple(map(text_of, row)),
        keys=tuple(key_of(f, values[f][at]) if f in values else "" for f in IDENTITY),
        kind=table.kinds.get(table.rows[at]),
    )


def _apparatus(values: dict[str, list[Any]], count: int) -> Iterable[Apparatus]:
    """Put the columns together to apparatus."""
    return map(
        Apparatus,
        *(values[f] if f in values else repeat(_DEFAULTS.get(f, ""), count) for f in FIELDS),
    )


def _digests(values: dict[str, list[Any]], count: int) -> Iterable[bytes]:
    """Make the fingerprint of every row from its columns."""
    texts = [
        _as_text(field, values[field]) if field in values else repeat("\x18", count)
        for field in FIELDS
    ]
    return map(digest_of_texts, zip(*texts, strict=True))


def _as_text(field: str, found: list[Any]) -> list[str]:
    """Give a column as the text that is compared, each different value once."""
    if field == "users":
        joined = {names: "\x1e".join(names) for names in set(found)}
        return [joined[names] for names in found]
    if field == "registered_on":
        days: dict[date | None, str] = {day: day.isoformat() if day else "" for day in set(found)}
        return [days[day] for day in found]
    if field in ("status", "kind"):
        return [one.value for one in found]
    return found
