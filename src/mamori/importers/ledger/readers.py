"""Reading the cells of one column: each different cell is read once, however often it stands."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import pairwise

from mamori.core import cells, ledger_words, written_dates
from mamori.core.ledger import Kind, Status
from mamori.core.tables import Cell
from mamori.core.text import Text

TOO_LONG = Text(
    "{length}文字あります(上限{limit}文字)。", "It holds {length} characters (limit {limit})."
)
TOO_MANY = Text(
    "利用者が{count}人います(上限{limit}人)。", "It names {count} users (limit {limit})."
)
UNKNOWN_STATUS = Text(
    "状態「{said}」は一覧にない言葉のため、「その他」としました。",
    "The state “{said}” is not a known word; it was taken as “Other”.",
)
UNKNOWN_KIND = Text(
    "種別「{said}」は一覧にない言葉のため、「その他」としました。",
    "The kind “{said}” is not a known word; it was taken as “Other”.",
)
NOT_AN_ADDRESS = Text(
    "「{said}」はIPアドレスとして成り立ちません。書かれたまま取り込みました。",
    "“{said}” is no possible IP address; it was taken as written.",
)
FOREIGN_NAME = Text(
    "「{said}」の「・」は人名の一部かもしれないため、分けていません。",
    "The middle dot in “{said}” may be part of a name; it was not split.",
)
_SEPARATORS = frozenset("、,，;；/／\n")
_OPEN, _CLOSE = frozenset("(（[［【「『〔<＜"), frozenset(")）]］】」』〕>＞")
_BRACKETS = re.escape("".join(sorted(_OPEN | _CLOSE)))
_MARKS = re.escape("".join(sorted(_SEPARATORS)))
# A name: letters that neither part nor bracket, and brackets that hold no further ones.
_NAME = re.compile(
    rf"(?:[^{_MARKS}{_BRACKETS}]"
    rf"|[{re.escape(''.join(_OPEN))}][^{_BRACKETS}]*[{re.escape(''.join(_CLOSE))}])+"
)
_NO_SEPARATORS = dict.fromkeys(map(ord, _SEPARATORS))
_SPACE = re.compile(r"\s")
_KATAKANA = re.compile(r"[ァ-ヶー゠\s]+")
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_LOOKS_NUMERIC = re.compile(r"[\d.]+")
# A part that is missing, has four digits or is above 255.
_NO_ADDRESS = re.compile(r"[\n.](?:[\n.]|[3-9]\d\d|2[6-9]\d|25[6-9]|\d{4})")
_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"))
_MAY_CHANGE = re.compile(r"^(?:[' =+@].*|.* |[-~]{1,3})$", re.MULTILINE)
_SPLIT_IP = re.compile(r"\s*[、,;/\n]\s*(?!\d{1,2}$)|\s+(?=\d)")


def text_of(cell: Cell) -> str:
    """Give a cell as the text a person sees in it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return cells.number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


class Reader(dict[Cell, object]):
    """Reads the cells of one column and remembers what each different cell means.

    `bad` holds the cells that cannot be taken, `doubts` those that a person should look at.
    """

    def __init__(self, read: "Callable[[Reader, Cell], object]", empty: object) -> None:
        """Start with the empty cell, which is never wrong."""
        super().__init__()
        self.bad: dict[Cell, Text] = {}
        self.doubts: dict[Cell, Text] = {}
        self.read = read
        self.empty = empty
        self[""] = empty

    def __missing__(self, cell: Cell) -> object:
        """Read a cell that was not met before."""
        value = self.read(self, cell)
        self[cell] = value
        return value


def reader(field: str) -> Reader:
    """Give the reader of one field."""
    match field:
        case "registered_on":
            return Reader(_day, None)
        case "status":
            return Reader(_status, Status.OTHER)
        case "kind":
            return Reader(_kind, None)
        case "users":
            return Reader(_users, ())
        case "ip_address" | "mac_address":
            return Reader(_addresses(field), "")
        case _:
            return Reader(_text(field), "")


def needs_nothing(field: str, column: Sequence[Cell]) -> bool:
    """Say whether a whole column is plain text already, so that no cell needs a look of its own."""
    limit = ledger_words.LONGEST.get(field)
    if limit is None or field in ("users", "mac_address") or not _worth_a_look(column):
        return False
    texts = [cell for cell in column if isinstance(cell, str)]
    joined = "\n".join(texts) + "\n"
    if len(texts) < len(column) or not joined.isascii() or joined.count("\n") != len(texts):
        return False
    if not joined.replace("\n", "").isprintable() or len(max(texts, key=len)) > limit:
        return False
    if field == "ip_address":
        return _all_addresses(joined)
    return _MAY_CHANGE.search(joined) is None


def _worth_a_look(column: Sequence[Cell]) -> bool:
    """Say whether a column looks like plain text of which hardly any cell repeats."""
    sample = column[:200]
    return len(set(sample)) > len(sample) // 2 and all(
        isinstance(cell, str) and cell.isascii() for cell in sample
    )


def _all_addresses(joined: str) -> bool:
    """Say whether lines hold one whole address each, or nothing."""
    lines = joined.strip("\n")
    while "\n\n" in lines:
        lines = lines.replace("\n\n", "\n")
    if _NO_ADDRESS.search(f"\n{lines}\n"):
        return False
    return lines.translate(_NO_DIGITS) == "\n".join(["..."] * (lines.count("\n") + 1))


_FOLDS: dict[str, Callable[[str], str]] = {
    "control_no": cells.code,
    "software_version": cells.code,
    "computer_name": cells.name,
    "serial": cells.code,
    "model": cells.name,
    "manufacturer": cells.name,
    "os": cells.name,
    "software": cells.name,
    "system": cells.name,
}


def _text(field: str) -> Callable[[Reader, Cell], str]:
    """Make the way to read a field of words."""
    fold, limit = _FOLDS.get(field, cells.prose), ledger_words.LONGEST[field]

    def read(memory: Reader, cell: Cell) -> str:
        text = fold(text_of(cell))
        if len(text) > limit:
            memory.bad[cell] = TOO_LONG.fill(length=len(text), limit=limit)
            return ""
        return "" if cells.is_blank_mark(text) else text

    return read


def _addresses(field: str) -> Callable[[Reader, Cell], str]:
    """Make the way to read addresses: several stand with commas between, masked ones as written."""
    limit = ledger_words.LONGEST[field]

    def read(memory: Reader, cell: Cell) -> str:
        written = cells.prose(text_of(cell))
        if len(written) > 2 * limit:  # parting a long text at its blanks would take minutes
            memory.bad[cell] = TOO_LONG.fill(length=len(written), limit=limit)
            return ""
        parts = [cells.code(part) for part in _SPLIT_IP.split(written)]
        text = ", ".join(part for part in parts if part)
        if len(text) > limit:
            memory.bad[cell] = TOO_LONG.fill(length=len(text), limit=limit)
            return ""
        if cells.is_blank_mark(text):
            return ""
        if field == "ip_address" and _impossible(text):
            memory.doubts[cell] = NOT_AN_ADDRESS.fill(said=text)
        return text

    return read


def _impossible(text: str) -> bool:
    """Say whether an address has a part above 255, or is digits that make no address."""
    found = _NUMBERS.findall(text)
    if any(int(part) > 255 for quad in found for part in quad):
        return True
    return not found and bool(_LOOKS_NUMERIC.fullmatch(text))


def _day(memory: Reader, cell: Cell) -> date | None:
    """Read a day; one that cannot be read is named and not guessed."""
    written = written_dates.read(cell)
    if written.wrong:
        memory.bad[cell] = written.wrong
    elif written.doubt:
        memory.doubts[cell] = written.doubt
    return written.day


def _status(memory: Reader, cell: Cell) -> Status:
    """Read a state; a word that is not known is Other, and says so."""
    text = cells.prose(text_of(cell))
    if not text or cells.is_blank_mark(text):
        return Status.OTHER
    found = ledger_words.status_of(text)
    if found is None:
        memory.doubts[cell] = UNKNOWN_STATUS.fill(said=text[:60])
    return found or Status.OTHER


def _kind(memory: Reader, cell: Cell) -> Kind | None:
    """Read a kind; empty is not stated, an unknown word is Other, and says so."""
    text = cells.prose(text_of(cell))
    if not text or cells.is_blank_mark(text):
        return None
    found = ledger_words.kind_of(text)
    if found is None:
        memory.doubts[cell] = UNKNOWN_KIND.fill(said=text[:60])
    return found or Kind.OTHER


def _users(memory: Reader, cell: Cell) -> tuple[str, ...]:
    """Read the users of an apparatus: split where a list is meant, never inside brackets."""
    text = cells.prose(text_of(cell))
    if not text or cells.is_blank_mark(text):
        return ()
    names = split_names(text)
    if "・" in text:
        if any("・" in name and not _is_list(name) for name in names):
            memory.doubts[cell] = FOREIGN_NAME.fill(said=text[:60])
        names = [part for name in names for part in _at_dots(name)]
    limit = ledger_words.LONGEST["users"]
    if len(names) > ledger_words.MOST_USERS:
        memory.bad[cell] = TOO_MANY.fill(count=len(names), limit=ledger_words.MOST_USERS)
        return ()
    if len(text) > limit and any(len(name) > limit for name in names):
        memory.bad[cell] = TOO_LONG.fill(length=max(map(len, names)), limit=limit)
        return ()
    return tuple(names)


def split_names(text: str) -> list[str]:
    """Split a list of names; where brackets do not stand within brackets one pattern does it."""
    if not _SPACE.search(text):
        names = _NAME.findall(text)
        if "、".join(names) == text or not _NAME.sub("", text).translate(_NO_SEPARATORS):
            return names
    return split_outside_brackets(text)


def split_outside_brackets(text: str, marks: frozenset[str] = _SEPARATORS) -> list[str]:
    """Split a list of names at its marks, leaving what stands in brackets whole."""
    depth, current, found = 0, "", []
    for letter in text:
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth = max(0, depth - 1)
        if letter in marks and not depth:
            found.append(current)
            current = ""
        else:
            current += letter
    found.append(current)
    return [" ".join(name.split()) for name in found if name.strip()]


def _is_list(name: str) -> bool:
    """Say whether the middle dots of a text part persons: not between two words in katakana."""
    parts = split_outside_brackets(name, frozenset("・"))
    return not any(
        _KATAKANA.fullmatch(left) and _KATAKANA.fullmatch(right) for left, right in pairwise(parts)
    )


def _at_dots(name: str) -> list[str]:
    """Split a name at its middle dots where they part persons."""
    if "・" in name and _is_list(name):
        return split_outside_brackets(name, frozenset("・"))
    return [name]
