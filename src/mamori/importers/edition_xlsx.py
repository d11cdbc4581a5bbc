"""A workbook in which a person wrote an edition, read into a draft; nothing is lost in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mamori.core import cells, edition_cells, edition_rules, edition_toml, tables, uploads
from mamori.core import edition_template as template
from mamori.core.edition_rules import EditionProblem
from mamori.core.edition_template import COLUMNS, EDITION_ROWS, Column, Draft, Kind, Remark
from mamori.core.editions import APPARATUS, Control, Scope
from mamori.core.tables import Sheet
from mamori.core.text import Text

HEADER_WITHIN = 10  # rows from the top in which the keys are looked for
VALUE = "value"
KEY_AND_VALUE = (
    Column("key", Text("項目", "Key")),
    Column(VALUE, Text("値", "Value")),
    Column("ja", Text("説明", "Meaning in Japanese"), optional=True),
    Column("en", Text("英語の説明", "Meaning in English"), optional=True),
)
READ_BACK = (template.EDITION, *COLUMNS)

# What stands around the items when only they are judged.
ALONE: dict[str, Any] = {
    "id": "-",
    "revision": 1,
    "valid_from": date(2000, 4, 1),
    "valid_to": date(2000, 4, 1),
    "name": {"ja": "-", "en": "-"},
    "source": {"ja": "-", "en": "-"},
    "headings": {},
    "notes": [],
    "sections": [],
}

NOT_A_TEMPLATE = Text(
    "版の雛形のシート({sheets})が見つかりません。雛形を書き出し、それに記入してください。",
    "It has none of the sheets of the template ({sheets}). Write the template and fill that in.",
)
TOO_LONG = Text(
    "シート「{sheet}」の行が多すぎます(上限{limit})。", "Sheet {sheet} has more than {limit} rows."
)
NO_SHEET = Text("シートがありません。", "The sheet is missing.")
TWO_SHEETS = Text(
    "同じ名前のシートがもう1つあり、読み込んでいません。",
    "Another sheet has the same name; this one was not read.",
)
OTHER_SHEET = Text(
    "雛形にないシートのため、読み込んでいません。",
    "The template has no such sheet; it was not read.",
)
NO_HEADER = Text(
    "列の見出し({keys})の行が見つかりません。", "The row of keys ({keys}) cannot be found."
)
NO_COLUMN = Text("列「{key}」がありません。", "The column {key} is missing.")
TWO_COLUMNS = Text(
    "同じ見出しの列がもう1つあり、読み込んでいません。",
    "Another column has the same key; this one was not read.",
)
OTHER_COLUMN = Text(
    "雛形にない列のため、{count}個のセルを読み込んでいません。",
    "The template has no such column; {count} cells were not read.",
)
OTHER_KEY = Text(
    "雛形にない項目名のため、読み込んでいません。", "The template has no such key; it was not read."
)
TWICE = Text(
    "2回書かれているため、後の方は読み込んでいません。", "It stands twice; this one was not read."
)
EMPTY = Text("「{title}」が空です。", "“{title}” is empty.")
FORMULA = Text(
    "数式の結果が保存されていないため、読み取れません。値で書き直してください。",
    "The result of the formula was not saved. Write the value itself.",
)
READ_AS = Text("「{word}」と読み取りました。", "It was read as “{word}”.")
HEAD = Text(
    "{file} から作成した下書きです。様式の原本とは照合していません。",
    "A draft made from {file}; not compared with the official form.",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a sheet: its number, and its cells by key with their names."""

    number: int
    raw: Mapping[str, object]
    names: Mapping[str, str]
    blind: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Notes:
    """Gathers what was noticed, and the comments for the draft."""

    unmapped: list[Remark] = field(default_factory=list)
    adjusted: list[Remark] = field(default_factory=list)
    comments: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    def lost(self, remark: Remark, at: tuple[str, int] = ("", 0)) -> None:
        """Note something that could not be mapped, also as a comment at a place of the draft."""
        self.unmapped.append(remark)
        where = f"{remark.sheet} {remark.cell}".strip()
        said = f"「{remark.value}」 " if remark.value else ""
        line = f"{where}: {said}{remark.reason.ja} / {remark.reason.en}"
        self.comments.setdefault(at, []).append(line)


def read(content: bytes, name: str, controls: Mapping[str, Control]) -> Draft:
    """Read a filled template into a draft edition, never verified.

    What cannot be mapped is listed by sheet, row and cell, and stands in the draft as it was
    written. Errors: Refused (with the file's name) when it is no workbook or not the template.
    """
    uploads.check(content, name, most=template.MAX_BYTES)
    notes = _Notes()
    sheets = _sheets(tables.open_book(content, name), name, notes)
    plain = _edition(sheets.get(template.EDITION), notes)
    rows = {key: _rows(key, sheets.get(key), notes) for key in COLUMNS}
    plain["headings"] = _headings(rows[template.HEADINGS], notes)
    plain["notes"] = [row.get("text", {}) for row in _plain(template.NOTES, rows, controls, notes)]
    plain["sections"] = _plain(template.SECTIONS, rows, controls, notes)
    plain["items"] = _plain(template.ITEMS, rows, controls, notes)
    _judge(plain, rows[template.ITEMS], controls, notes)
    head = HEAD.fill(file=name)
    top = notes.comments.setdefault(("", 0), [])
    top[:0] = [head.ja, head.en]
    text = edition_toml.write(plain, notes.comments)
    return Draft(name, text, tuple(notes.unmapped), tuple(notes.adjusted))


def _sheets(book: tables.Book, name: str, notes: _Notes) -> dict[str, Sheet]:
    """Find the sheets of the template; note missing, doubled and foreign ones."""
    found: dict[str, Sheet] = {}
    for sheet in book.sheets:
        key = cells.code(sheet.name).lower()
        if key in READ_BACK and key not in found:
            found[key] = sheet
        elif key in READ_BACK:
            notes.lost(Remark(sheet.name, 0, "", "", TWO_SHEETS))
        elif key not in (template.GUIDE, template.CONTROLS) and sheet.rows:
            notes.lost(Remark(sheet.name, 0, "", "", OTHER_SHEET))
    if not found:
        raise uploads.refuse(name, NOT_A_TEMPLATE.fill(sheets=", ".join(READ_BACK)))
    for key in READ_BACK:
        if key not in found and key not in (template.NOTES, template.HEADINGS):
            notes.lost(Remark(key, 0, "", "", NO_SHEET))
        elif key in found and len(found[key].rows) > template.MAX_ROWS:
            raise uploads.refuse(name, TOO_LONG.fill(sheet=key, limit=template.MAX_ROWS))
    return found


def _lines(sheet: Sheet, columns: tuple[Column, ...], notes: _Notes) -> list[_Line]:
    """Take the rows below the keys, each cell under its key."""
    wanted = [column.key for column in columns]
    start = next(
        (n for n, row in enumerate(sheet.rows[:HEADER_WITHIN]) if _is_head(row, wanted)), None
    )
    if start is None:
        notes.lost(Remark(sheet.name, 0, "", "", NO_HEADER.fill(keys=", ".join(wanted))))
        return []
    places = _places(sheet, start, columns, notes)
    body = range(start + 1, len(sheet.rows))
    if body and _is_human(sheet.rows[body[0]], places, columns):
        body = body[1:]
    lines = []
    for at in body:
        number = sheet.numbers[at]
        raw = {key: sheet.rows[at][place] for key, place in places.items()}
        raw = {key: value for key, value in raw.items() if edition_cells.as_words(value)}
        names = {key: cells.cell_name(number, place) for key, place in places.items()}
        blind = frozenset(k for k, place in places.items() if (number, place) in sheet.blind)
        if raw or blind:
            lines.append(_Line(number, raw, names, blind))
    return lines


def _is_head(row: Sequence[object], wanted: list[str]) -> bool:
    """Say whether a row holds the keys: at least half of them."""
    return 2 * len({_key(cell) for cell in row} & set(wanted)) >= len(wanted)


def _key(cell: object) -> str:
    """Fold a cell of the row of keys."""
    return cells.code(edition_cells.as_words(cell)).lower()


def _is_human(
    row: Sequence[object], places: Mapping[str, int], columns: tuple[Column, ...]
) -> bool:
    """Say whether a row only explains the keys."""
    told = [f"{c.title.ja} / {c.title.en}" for c in columns if c.key in places]
    seen = [edition_cells.as_words(row[at]) for at in places.values()]
    return any(words in told for words in seen)


def _places(sheet: Sheet, start: int, columns: tuple[Column, ...], notes: _Notes) -> dict[str, int]:
    """Find the column of each key; note what is missing, doubled or foreign."""
    places: dict[str, int] = {}
    number = sheet.numbers[start]
    known = {column.key for column in columns}
    for at, cell in enumerate(sheet.rows[start]):
        key, written = _key(cell), edition_cells.as_words(cell)
        filled = sum(1 for row in sheet.rows[start + 1 :] if edition_cells.as_words(row[at]))
        if key in known and key not in places:
            places[key] = at
        elif key in known or filled:
            reason = TWO_COLUMNS if key in known else OTHER_COLUMN.fill(count=filled)
            name = cells.cell_name(number, at)
            notes.lost(Remark(sheet.name, number, name, written, reason))
    for column in columns:
        if column.key not in places and not column.optional:
            reason = NO_COLUMN.fill(key=column.key)
            notes.lost(Remark(sheet.name, number, "", "", reason))
    return places


def _rows(key: str, sheet: Sheet | None, notes: _Notes) -> list[_Line]:
    """Take the rows of one sheet of the template."""
    return _lines(sheet, COLUMNS[key], notes) if sheet else []


def _edition(sheet: Sheet | None, notes: _Notes) -> dict[str, Any]:
    """Read the sheet of keys and values."""
    plain: dict[str, Any] = {"verified": False}
    known = {column.key: column for column in EDITION_ROWS}
    seen: set[str] = set()
    for line in _lines(sheet, KEY_AND_VALUE, notes) if sheet else []:
        key = _key(line.raw.get("key", ""))
        if key in known and key not in seen:
            seen.add(key)
            value = _cell(template.EDITION, _under(line, key), known[key], ("", 0), notes)
            _put(plain, key, value)
        else:
            reason = TWICE if key in seen else OTHER_KEY
            said = f"{key} = {edition_cells.as_words(line.raw.get(VALUE, ''))}"
            notes.lost(Remark(template.EDITION, line.number, line.names["key"], said, reason))
    for key, column in known.items():
        if key not in seen and sheet:
            reason = EMPTY.fill(title=column.title)
            notes.lost(Remark(template.EDITION, 0, "", "", reason))
    if isinstance(plain.get("fiscal_year"), int) and "subject" in plain:
        plain["id"] = f"{plain['subject']}-fy{plain['fiscal_year']}"
    return plain


def _under(line: _Line, key: str) -> _Line:
    """Give a row of key and value as a row with one cell under that key."""
    raw = {key: line.raw[VALUE]} if VALUE in line.raw else {}
    blind = frozenset({key}) if VALUE in line.blind else frozenset()
    return _Line(line.number, raw, {key: line.names[VALUE]}, blind)


def _plain(
    key: str, rows: Mapping[str, list[_Line]], controls: Mapping[str, Control], notes: _Notes
) -> list[dict[str, Any]]:
    """Read the rows of one sheet into the shape of the TOML."""
    made = []
    for index, line in enumerate(rows[key]):
        row: dict[str, Any] = {}
        for column in COLUMNS[key]:
            if column.kind is Kind.CONTROL:
                value = _control(key, line, controls, (key, index), notes)
            else:
                value = _cell(key, line, column, (key, index), notes)
            if column.key == "scopes" and value is None:
                value = []
            _put(row, column.key, value)
        made.append(row)
    return made


def _put(row: dict[str, Any], key: str, value: object) -> None:
    """Put a value under its key; text.ja goes into the table text; None is left out."""
    if value is None:
        return
    table, _, language = key.partition(".")
    if language:
        row.setdefault(table, {})[language] = value
    else:
        row[key] = value


def _cell(sheet: str, line: _Line, column: Column, at: tuple[str, int], notes: _Notes) -> object:
    """Read one cell for the TOML; what cannot be used is noted and given as it was written."""
    name = line.names.get(column.key, "")
    raw = line.raw.get(column.key)
    if column.key in line.blind:
        notes.lost(Remark(sheet, line.number, name, "", FORMULA), at)
        return None
    if raw is None:
        if name and not column.optional:
            reason = EMPTY.fill(title=column.title)
            notes.lost(Remark(sheet, line.number, name, "", reason), at)
        return None
    return _noted(sheet, line, name, raw, edition_cells.read(raw, column), at, notes)


def _control(
    sheet: str,
    line: _Line,
    controls: Mapping[str, Control],
    at: tuple[str, int],
    notes: _Notes,
) -> object:
    """Read the control of an item; an unknown one is left for a person, with the nearest named."""
    raw = line.raw.get("control", "")
    text = edition_cells.as_words(line.raw.get("text.ja") or line.raw.get("text.en") or "")
    found = edition_cells.control(edition_cells.as_words(raw), text, controls)
    return _noted(sheet, line, line.names.get("control", ""), raw, found, at, notes)


def _noted(
    sheet: str,
    line: _Line,
    name: str,
    raw: object,
    found: edition_cells.Reading,
    at: tuple[str, int],
    notes: _Notes,
) -> object:
    """Note how a cell was read, and give its value."""
    written = edition_cells.as_words(raw)
    if found.wrong:
        notes.lost(Remark(sheet, line.number, name, written, found.wrong), at)
    elif found.adjusted:
        value = found.value
        word = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        notes.adjusted.append(Remark(sheet, line.number, name, written, READ_AS.fill(word=word)))
    return found.value


def _headings(lines: list[_Line], notes: _Notes) -> dict[str, Any]:
    """Read the sentences printed above the items of each scope."""
    headings: dict[str, Any] = {}
    scopes, *texts = COLUMNS[template.HEADINGS]
    for line in lines:
        words = _cell(template.HEADINGS, line, scopes, ("", 0), notes)
        row: dict[str, Any] = {}
        for column in texts:
            _put(row, column.key, _cell(template.HEADINGS, line, column, ("", 0), notes))
        key = _heading_key(words if isinstance(words, list) else [])
        if key in headings:
            name = line.names[scopes.key]
            said = str(row.get("text", {}).get("ja", ""))
            notes.lost(Remark(template.HEADINGS, line.number, name, f"{key}: {said}", TWICE))
        else:
            headings[key] = row.get("text", {})
    return headings


def _heading_key(words: list[str]) -> str:
    """Give the key of a heading from its scopes, in the order an item gives it."""
    if set(words) == {s.value for s in APPARATUS}:
        return template.ALL
    order = [s.value for s in Scope]
    return "+".join(sorted(words, key=lambda w: order.index(w) if w in order else len(order)))


def _judge(
    plain: Mapping[str, Any],
    lines: list[_Line],
    controls: Mapping[str, Control],
    notes: _Notes,
) -> None:
    """Note what breaks a rule of editions, in the rows that could be read.

    Rules on the edition as a whole are judged when all of it could be read.
    """
    marked = {remark.row for remark in notes.unmapped if remark.sheet == template.ITEMS}
    sound = [n for n, line in enumerate(lines) if line.number not in marked]
    whole = not notes.unmapped
    kept = {**plain, **({} if whole else ALONE), "items": [plain["items"][n] for n in sound]}
    found: list[EditionProblem] = []
    edition = edition_toml.read_edition(kept, found)
    if edition is None or found:
        return
    for problem in edition_rules.problems(edition, controls):
        if problem.line is not None:
            index = sound[problem.line]
            line = lines[index]
            name = line.names.get("code", "")
            said = Remark(template.ITEMS, line.number, name, problem.item, problem.reason)
            notes.lost(said, (template.ITEMS, index))
        elif whole:
            notes.lost(Remark(template.EDITION, 0, "", "", problem.reason))
