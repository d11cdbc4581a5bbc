"""Finding the heading row of a sheet, and what each column is taken for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from difflib import SequenceMatcher
from functools import cache
from hashlib import blake2b

from mamori.core import cells, ledger_headings, ledger_sheet
from mamori.core.ledger import COLUMN_NAMES, IDENTITY
from mamori.core.ledger_reading import Block, Column, How
from mamori.core.tables import Cell, Sheet

LOOK_AT = 300
ENOUGH = 3
SIMILAR = 0.75
# The columns that the sheet of rejects carries: they come back and are not read.
REASON_HEADINGS = frozenset(map(ledger_headings.plain_heading, astuple(ledger_sheet.REASON)))
PLACE_HEADINGS = frozenset(map(ledger_headings.plain_heading, astuple(ledger_sheet.PLACE)))
_SECOND_CHOICE: dict[str, str] = {
    **dict.fromkeys(("機器名", "機器名称", "装置名", "製品名", "製品名称"), "model"),
    **dict.fromkeys(("product", "productname"), "model"),
    **dict.fromkeys(("名称", "品名", "name"), "software"),
    "ハードウェア": "note",
}
_IP = re.compile(r"\d{1,3}\.\d{1,3}\.[\dxX*＊]{1,3}\.[\dxX*＊]{1,3}(?:/\d+)?")
_MAC = re.compile(r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand (indices into the rows of the sheet) and what they say by column."""

    first: int
    last: int
    headings: tuple[str, ...]
    words: tuple[str, ...]


def text_of(cell: Cell) -> str:
    """Give a heading cell as trimmed text."""
    return (
        cell.strip()
        if isinstance(cell, str)
        else cells.number(cell)
        if isinstance(cell, float)
        else str(cell)
    )


def field_of(word: str) -> str:
    """Give the field a heading word names beyond doubt, else empty text."""
    found = ledger_headings.FIELD_OF_HEADING.get(word)
    if found is None:
        bare = ledger_headings.without_brackets(word)
        found = ledger_headings.FIELD_OF_HEADING.get(bare)
        if found is None:
            return ledger_headings.PARTS.get(word, "")
    return found[0]


def score(row: Sequence[Cell], given: Mapping[str, str]) -> int:
    """Count the different fields that the cells of a row name."""
    fields = set()
    for cell in row:
        if isinstance(cell, str) and cell and len(cell) < 60:
            word = ledger_headings.plain_heading(cell)
            fields.add(given.get(word) or field_of(word))
    return len(fields - {""})


def find(sheet: Sheet, start: int, given: Mapping[str, str]) -> Header | None:
    """Find the next heading row from a place on: the first that names at least three fields."""
    rows = sheet.rows
    reach = range(start, min(start + LOOK_AT, len(rows)))
    at = next((i for i in reach if score(rows[i], given) >= ENOUGH), None)
    if at is None:
        at = _find_loosely(rows, reach)
    return None if at is None else _with_neighbour(sheet, at, start, given)


def _find_loosely(rows: Sequence[Sequence[Cell]], reach: range) -> int | None:
    """Find a row of unusual headings: most of its cells resemble something known."""
    for at in reach[:40]:
        words = [
            ledger_headings.plain_heading(c) for c in rows[at] if isinstance(c, str) and c.strip()
        ]
        near = {field for word in words if (field := loosely(word)[0])}
        if len(near) >= ENOUGH and len(near) >= 0.6 * len(words) and near & set(IDENTITY):
            return at
    return None


def _with_neighbour(sheet: Sheet, at: int, start: int, given: Mapping[str, str]) -> Header:
    """Take a second heading row below, or a row of groups above, where that says more."""
    rows = sheet.rows
    alone = _single(rows[at], at)
    best, most = alone, _known(alone.words, given)
    if at + 1 < len(rows):
        below = _pair(sheet, at, at + 1)
        known = _known(below.words, given)
        # A row that is a heading row by itself is the lower half, never a new table without rows.
        own = score(rows[at + 1], given) >= ENOUGH
        if (own and known >= most) or (known > most and _all_headings(sheet, at, below)):
            best, most = below, known
    if best is alone and at > start and sheet.numbers[at] == sheet.numbers[at - 1] + 1:
        above = _pair(sheet, at - 1, at)
        changed = [w for w, old in zip(above.words, alone.words, strict=True) if w != old]
        if changed and all(field_of(word) for word in changed):
            best = above
    return best


def _single(row: Sequence[Cell], at: int) -> Header:
    """One heading row."""
    headings = tuple(map(text_of, row))
    return Header(at, at, headings, tuple(map(ledger_headings.plain_heading, headings)))


def _pair(sheet: Sheet, top: int, bottom: int) -> Header:
    """Two heading rows: a child heading is read together with its parent."""
    parents = _spread(sheet, top)
    children = [text_of(cell) for cell in sheet.rows[bottom]]
    headings, words = [], []
    for parent, child in zip(parents, children, strict=True):
        both = f"{parent} {child}".strip()
        word = _resolve(ledger_headings.plain_heading(parent), ledger_headings.plain_heading(child))
        headings.append(both if word != ledger_headings.plain_heading(child) else child)
        words.append(word)
    return Header(top, bottom, tuple(headings), tuple(words))


def _resolve(parent: str, child: str) -> str:
    """Give the word that parent and child make together."""
    if not child or not parent:
        return child or parent
    if field_of(parent + child):
        return parent + child
    if parent in ledger_headings.NEUTRAL_PARENTS:
        return child
    return parent + child if child in ledger_headings.GENERIC_CHILDREN else child


def _spread(sheet: Sheet, at: int) -> list[str]:
    """Spread each parent heading over the columns that it covers."""
    row = [text_of(cell) for cell in sheet.rows[at]]
    number = sheet.numbers[at] - 1
    joined = [m for m in sheet.merges if m.top <= number <= m.bottom]
    for merge in joined:
        for column in range(merge.left + 1, min(merge.right + 1, len(row))):
            row[column] = row[merge.left]
    if any(m.right > m.left for m in joined):
        return row
    # Without joined cells (text files, OpenDocument) a blank continues the heading to its left.
    below = sheet.rows[at + 1]
    for column in range(1, len(row)):
        if not row[column] and text_of(below[column]) and text_of(below[column - 1]):
            row[column] = row[column - 1]
    return row


def _all_headings(sheet: Sheet, at: int, below: Header) -> bool:
    """Say whether the second row holds headings and not the first apparatus."""
    filled = [i for i, cell in enumerate(sheet.rows[at + 1]) if text_of(cell)]
    known = [i for i in filled if field_of(below.words[i])]
    return len(known) >= 0.6 * len(filled)


def _known(words: Sequence[str], given: Mapping[str, str]) -> int:
    """Count the different fields that heading words name."""
    return len({given.get(word) or field_of(word) for word in words} - {""})


@cache
def loosely(word: str) -> tuple[str, How, float]:
    """Propose a field for a heading that is not known: by a part of it, then by likeness."""
    if not word or len(word) > 40:
        return "", How.NONE, 0.0
    for field, wanted, barred in ledger_headings.CONTAINS:
        if wanted.search(word) and not (barred and barred.search(word)):
            return field, How.CONTAINS, 0.7
    best, nearest = 0.0, ""
    if len(word) >= 3:
        matcher = SequenceMatcher(b=word, autojunk=False)
        for known, (field, _rank) in ledger_headings.FIELD_OF_HEADING.items():
            matcher.set_seq1(known)
            if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
                best, nearest = ratio, field
    return (nearest, How.SIMILAR, round(best / 2, 2)) if best >= SIMILAR else ("", How.NONE, 0.0)


def _by_content(sample: Sequence[Cell]) -> str:
    """Propose a field from what a column holds: addresses are told by their shape."""
    texts = [cells.code(cell) for cell in sample if isinstance(cell, str) and cell.strip()][:50]
    if len(texts) < 2:
        return ""
    for field, shape in (("ip_address", _IP), ("mac_address", _MAC)):
        if sum(bool(shape.fullmatch(text)) for text in texts) >= 0.8 * len(texts):
            return field
    return ""


def assign(header: Header, sheet: Sheet, given: Mapping[str, str]) -> tuple[Column, ...]:
    """Decide for each column which field it fills: the surest proposals are served first."""
    proposals: list[tuple[float, int, int, str, How]] = []
    for at, word in enumerate(header.words):
        for field, how, weight in _proposals(word, at, header, sheet, given):
            proposals.append((-weight, at, at, field, how))
    decided: dict[int, tuple[str, How, float]] = {}
    taken: set[str] = set()
    for weight, _, at, field, how in sorted(proposals, key=lambda one: one[:3]):
        if at in decided and decided[at][1] is not How.TAKEN:
            continue
        if field in taken and how is not How.GIVEN and not _is_part(header.words[at], field):
            decided.setdefault(at, ("", How.TAKEN, 0.0))
            continue
        decided[at] = (field, how, -weight)
        taken.add(field)
    return tuple(
        Column(cells.column_letters(at), heading, *decided.get(at, ("", How.NONE, 0.0)))
        for at, heading in enumerate(header.headings)
    )


def _is_part(word: str, field: str) -> bool:
    """Say whether a column completes another one of the same field."""
    return ledger_headings.PARTS.get(word) == field


def _proposals(
    word: str, at: int, header: Header, sheet: Sheet, given: Mapping[str, str]
) -> list[tuple[str, How, float]]:
    """List what a column may be, with the weight of each proposal (1 is sure)."""
    if word in given:
        return [(given[word], How.GIVEN, 2.0)] if given[word] else [("", How.GIVEN, 2.0)]
    if word in REASON_HEADINGS or word in PLACE_HEADINGS:
        return [("", How.EXACT, 1.0)]
    bare = (
        word if word in ledger_headings.FIELD_OF_HEADING else ledger_headings.without_brackets(word)
    )
    found = ledger_headings.FIELD_OF_HEADING.get(bare)
    listed: list[tuple[str, How, float]] = []
    if found:
        field, rank = found
        exact = bare in {ledger_headings.plain_heading(w) for w in _official(field)}
        listed.append(
            (field, How.EXACT if exact else How.ALIAS, 1.0 if exact else 0.95 - rank / 500)
        )
    if second := _SECOND_CHOICE.get(bare):
        listed.append((second, How.ALIAS, 0.6))
    if not listed and (part := ledger_headings.PARTS.get(bare)):
        listed.append((part, How.ALIAS, 0.8))
    if not listed and word:
        field, how, weight = loosely(bare)
        if field:
            listed.append((field, how, weight))
    if not listed and (field := _by_content([r[at] for r in sheet.rows[header.last + 1 :][:200]])):
        listed.append((field, How.CONTENT, 0.4))
    return listed


def _official(field: str) -> tuple[str, str]:
    """Give the two official headings of a field."""
    return COLUMN_NAMES[field].ja, COLUMN_NAMES[field].en


def signature(words: Sequence[str]) -> str:
    """Make the stable mark by which a layout is recognised again next year."""
    joined = "\x1f".join(word for word in words if word)
    return blake2b(joined.encode(), digest_size=8).hexdigest()


def block(header: Header, sheet: Sheet, given: Mapping[str, str]) -> Block:
    """Describe one table: where its headings are and what its columns are taken for."""
    numbers = tuple(sheet.numbers[at] for at in range(header.first, header.last + 1))
    return Block(numbers, assign(header, sheet, given), signature(header.words))
