"""The machine part of a form's files: its format, its keys, and item states as plain JSON.

What an exporter writes and an importer reads is agreed here and nowhere else.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mamori.core.checklists import EMPTY, Basis, ItemState, Reply, Turn
from mamori.core.editions import Cell, Item
from mamori.core.forms import Form, FormHead, head_of
from mamori.core.text import Text

FORMAT = "mamori-form"
VERSION = 1
# The hidden sheet of a workbook, and the words in its first column.
KEYS_SHEET = "_mamori"
HEAD_WORDS = (
    "format",
    "version",
    "edition",
    "edition_revision",
    "edition_digest",
    "facility",
    "vendor",
    "revision",
)
# The fields of an item that a person may fill in, in the order of the hidden sheet's columns.
INPUTS = (
    "first",
    "first_on",
    "target_on",
    "second",
    "second_on",
    "first_reason",
    "second_reason",
)
# What the hidden sheet says the address of; the key stands in the hidden last column of each row.
ADDRESSES = (*INPUTS, "key")
ADDRESS = re.compile(r"[A-Z]{1,2}[1-9]\d{0,3}$")
# field -> the cell of the official form that it belongs to
BELONGS = {
    "first": Cell.FIRST,
    "first_on": Cell.FIRST,
    "target_on": Cell.TARGET,
    "second": Cell.SECOND,
    "second_on": Cell.SECOND,
    "first_reason": Cell.FIRST,
    "second_reason": Cell.SECOND,
}
LONGEST_REASON = 30_000
CELL_ROOM = 30_000
# What XML cannot carry, or programs on the way drop.
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
NOT_OURS = Text(
    "Mamoriが書き出した様式ではないか、様式の管理情報が壊れています。",
    "this is not a form that Mamori wrote, or its hidden part is damaged.",
)
OTHER_VERSION = Text(
    "様式ファイルの形式の版「{found}」は、このMamoriでは読み込めません。",
    "version {found} of the file format cannot be read by this Mamori.",
)

NOT_A_FIELD = Text("「{found}」という項目はありません。", "there is no field {found}.")
NOT_AN_OBJECT = Text("オブジェクト({{…}})ではありません。", "this is not an object ({{…}}).")
NOT_A_REPLY = Text("「yes」「no」または空ではありません。", "this is neither yes, no nor null.")
NOT_A_DAY = Text(
    "YYYY-MM-DDの日付または空ではありません。", "this is neither a day (YYYY-MM-DD) nor null."
)
NOT_A_BASIS = Text(
    "「evidence」「attestation」または空ではありません。",
    "this is neither evidence, attestation nor null.",
)
NOT_WORDS = Text("文字列ではありません。", "this is not text.")


class BadField(Exception):
    """A field of a state holds what it may not hold; `path` says which field."""

    def __init__(self, path: str, why: Text) -> None:
        """Keep where it stands and why it cannot be read."""
        super().__init__(f"{path}: {why.en}")
        self.path = path
        self.why = why


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cells of one item lie in a workbook: the sheet, and field -> cell address."""

    sheet: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the hidden sheet says of one item: where it lies, and what stood in it."""

    place: Place
    state: ItemState


def has_cell(item: Item, field: str) -> bool:
    """Say whether the official form has the cell that a field belongs to."""
    return item.has(BELONGS[field])


def state_json(state: ItemState) -> dict[str, object]:
    """Give the state of an item as it stands in the JSON form."""
    return {
        "first": _check_json(state, Turn.FIRST),
        "target_on": _day_json(state.target_on),
        "second": _check_json(state, Turn.SECOND),
    }


def _check_json(state: ItemState, turn: Turn) -> dict[str, object]:
    """Give one check of an item: reply, day, basis, date of the facts, reason."""
    first = turn is Turn.FIRST
    reply = state.first if first else state.second
    basis = state.first_basis if first else state.second_basis
    return {
        "reply": reply.value if reply else None,
        "on": _day_json(state.first_on if first else state.second_on),
        "basis": basis.value if basis else None,
        "as_of": _day_json(state.first_as_of if first else state.second_as_of),
        "reason": state.first_reason if first else state.second_reason,
    }


def _day_json(day: date | None) -> str | None:
    """Write a day as YYYY-MM-DD."""
    return day.isoformat() if day else None


def state_from(value: object) -> ItemState:
    """Read the state of an item from JSON; BadField names the field that cannot be read."""
    held = _object(value, "", {"first", "target_on", "second"})
    first = _Check.read(held.get("first"), "first")
    second = _Check.read(held.get("second"), "second")
    return ItemState(
        first=first.reply,
        first_on=first.on,
        target_on=_day(held.get("target_on"), "target_on"),
        second=second.reply,
        second_on=second.on,
        first_basis=first.basis,
        second_basis=second.basis,
        first_reason=first.reason,
        second_reason=second.reason,
        first_as_of=first.as_of,
        second_as_of=second.as_of,
    )


@dataclass(frozen=True, slots=True)
class _Check:
    """One check of an item as it stands in a file."""

    reply: Reply | None = None
    on: date | None = None
    basis: Basis | None = None
    as_of: date | None = None
    reason: str = ""

    @classmethod
    def read(cls, value: object, path: str) -> "_Check":
        """Read one check; null is an empty one."""
        if value is None:
            return cls()
        held = _object(value, path, {"reply", "on", "basis", "as_of", "reason"})
        reply, basis, reason = held.get("reply"), held.get("basis"), held.get("reason") or ""
        if reply not in (None, "yes", "no"):
            raise BadField(f"{path}.reply", NOT_A_REPLY)
        if basis not in (None, "evidence", "attestation"):
            raise BadField(f"{path}.basis", NOT_A_BASIS)
        if not isinstance(reason, str):
            raise BadField(f"{path}.reason", NOT_WORDS)
        return cls(
            reply=Reply(reply) if reply else None,
            on=_day(held.get("on"), f"{path}.on"),
            basis=Basis(basis) if basis else None,
            as_of=_day(held.get("as_of"), f"{path}.as_of"),
            reason=reason,
        )


def _object(value: object, path: str, known: set[str]) -> Mapping[str, object]:
    """Take an object whose fields are all known: a mistyped field would be lost in silence."""
    if not isinstance(value, dict):
        raise BadField(path, NOT_AN_OBJECT.fill())
    for key in value:
        if key not in known:
            raise BadField(path, NOT_A_FIELD.fill(found=str(key)[:40]))
    return value


def _day(value: object, path: str) -> date | None:
    """Read YYYY-MM-DD."""
    if value is None:
        return None
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError as error:
        raise BadField(path, NOT_A_DAY) from error
    raise BadField(path, NOT_A_DAY)


def keys_rows(form: Form, places: Mapping[str, Place]) -> list[list[str]]:
    """Give the rows of the hidden sheet: the head, an empty row, then one row for each item."""
    head = head_of(form)
    values = (
        FORMAT,
        str(VERSION),
        head.edition,
        str(head.edition_revision),
        head.edition_digest,
        head.facility,
        head.vendor or "",
        str(head.revision),
    )
    found = [list(pair) for pair in zip(HEAD_WORDS, values, strict=True)]
    found.append([])
    found.append(["item", "sheet", *ADDRESSES, "state"])
    for item in form.edition.items:
        place = places[item.key]
        kept = json.dumps(state_json(form.states.get(item.key, EMPTY)), ensure_ascii=True)
        # Plain ASCII without the escapes of workbooks, in cells short enough for them.
        kept = kept.replace("_x", "\\u005fx")
        cut = [kept[n : n + CELL_ROOM] for n in range(0, len(kept), CELL_ROOM)]
        fields = [place.cells[field] for field in ADDRESSES]
        found.append([item.key, place.sheet, *fields, *cut])
    return found


def read_head(rows: Sequence[Sequence[object]]) -> FormHead:
    """Read the head off the hidden sheet; BadField when it is not a head of this format."""
    held = {str(row[0]): str(row[1]) for row in rows[: len(HEAD_WORDS)] if len(row) > 1}
    if held.get("format") != FORMAT:
        raise BadField("format", NOT_OURS)
    if held.get("version") != str(VERSION):
        raise BadField("version", OTHER_VERSION.fill(found=held.get("version", "")[:10]))
    try:
        return FormHead(
            edition=held["edition"],
            edition_revision=int(held["edition_revision"]),
            edition_digest=held["edition_digest"],
            facility=held["facility"],
            vendor=held["vendor"] or None,
            revision=int(held["revision"]),
        )
    except (KeyError, ValueError) as error:
        raise BadField("head", NOT_OURS) from error


def read_keys(rows: Sequence[Sequence[object]]) -> dict[str, Kept]:
    """Read what the hidden sheet says of each item; BadField when a state cannot be read."""
    found: dict[str, Kept] = {}
    for row in rows[len(HEAD_WORDS) + 2 :]:
        words = [str(value) for value in row]
        if not words or not words[0]:
            continue
        cells = dict(zip(ADDRESSES, words[2:], strict=False))
        if len(cells) < len(ADDRESSES) or not all(ADDRESS.match(a) for a in cells.values()):
            raise BadField(words[0], NOT_OURS)
        try:
            state = state_from(json.loads("".join(words[2 + len(ADDRESSES) :])))
        except (ValueError, RecursionError) as error:
            raise BadField(words[0], NOT_OURS) from error
        found[words[0]] = Kept(Place(words[1], cells), state)
    return found


def shown_reason(reason: str) -> str:
    """Give a reason as a cell can show it: line ends folded, no control characters, trimmed."""
    folded = reason.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in folded if c in "\n\t" or not UNSHOWABLE.match(c))
    return kept.strip()[:LONGEST_REASON].rstrip()


def same_reason(found: str, shown: str) -> bool:
    """Say whether a cell holds the reason it was written with.

    Some programs lose the difference between `_x0041_` and the character it stands for.
    """
    return _unescaped(found) == _unescaped(shown)


def _unescaped(words: str) -> str:
    """Fold the escapes of workbooks, and what cannot be shown."""
    plain = ESCAPE.sub(lambda found: chr(int(found[1], 16)), words)
    return "".join(c for c in plain if not UNSHOWABLE.match(c)).strip()
