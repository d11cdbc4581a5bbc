"""A form that comes back as JSON, read field by field to the answers it holds."""

import json
from collections.abc import Mapping

from mamori.core import form_file
from mamori.core.checklists import ItemState
from mamori.core.editions import Edition
from mamori.core.form_file import BadField
from mamori.core.forms import BadForm, FormHead, ReturnedForm, ReturnedItem, check_belongs
from mamori.core.text import Text

MAX_BYTES = 16 * 1024 * 1024
MAX_ITEMS = 1_000

AT = Text("{name}: {path}: {why}", "{name}: {path}: {why}")
FILE = Text("{name}: {why}", "{name}: {why}")
TOO_BIG = Text("大きすぎます(上限{limit}MB)。", "it is larger than {limit} MB.")
NOT_JSON = Text(
    "JSONとして読み込めません({line}行目付近)。", "it is not JSON (look near line {line})."
)
NOT_PLAIN = Text(
    "JSONとして読み込めません(文字コード、入れ子、同じ名前の項目を確認してください)。",
    "it is not plain JSON (look at its encoding, its nesting and repeated names).",
)
MISSING = Text("必要な項目「{field}」がありません。", "the field {field} is missing.")
WRONG_KIND = Text("値の種類が正しくありません。", "this is not the right kind of value.")
NO_ITEM = Text("項目「{item}」はこの版にありません。", "this edition has no item {item}.")
TWICE = Text("項目「{item}」が2回あります。", "the item {item} stands there twice.")
LACKS = Text("項目「{item}」がありません。", "the item {item} is missing.")
NO_CELL = Text(
    "項目「{item}」の様式にこの欄はありません。", "the form has no such cell for {item}."
)


class _Repeated(ValueError):
    """A name stands twice in one object."""


def head(content: bytes, name: str) -> FormHead:
    """Say whose form a file is, before it is read; BadForm when it is none."""
    return _head(_parse(content, name), name)


def read(
    content: bytes,
    name: str,
    edition: Edition,
    *,
    facility: str | None = None,
    vendor: str | None = None,
) -> ReturnedForm:
    """Read a JSON form back to the answers it holds.

    `edition` is the one its head names; where `facility` or `vendor` is given, a form of another is
    refused. Errors: BadForm names the file and every field at fault.
    """
    held = _parse(content, name)
    found = _head(held, name)
    check_belongs(found, name, edition, facility=facility, vendor=vendor)
    return ReturnedForm(
        edition=found.edition,
        edition_revision=found.edition_revision,
        facility=found.facility,
        vendor=found.vendor,
        items=_items(held, name, edition),
        revision=found.revision,
    )


def _parse(content: bytes, name: str) -> Mapping[str, object]:
    """Parse JSON within bounds; names that stand twice and numbers that are none are refused."""
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise BadForm((FILE.fill(name=name, why=TOO_BIG.fill(limit=limit)),))
    try:
        text = content.decode("utf-8-sig")
        held = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        why = NOT_JSON.fill(line=error.lineno)
        raise BadForm((FILE.fill(name=name, why=why),)) from error
    except (ValueError, RecursionError) as error:
        raise BadForm((FILE.fill(name=name, why=NOT_PLAIN),)) from error
    if not isinstance(held, dict):
        raise BadForm((FILE.fill(name=name, why=form_file.NOT_OURS),))
    return held


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object in which a name stands twice: one of the two would be lost."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Repeated
    return found


def _no_constant(word: str) -> object:
    """Refuse NaN and Infinity."""
    raise ValueError(word)


def _head(held: Mapping[str, object], name: str) -> FormHead:
    """Read what the file says it is."""
    if held.get("format") != form_file.FORMAT:
        raise BadForm((FILE.fill(name=name, why=form_file.NOT_OURS),))
    version = held.get("version")
    if type(version) is not int or version != form_file.VERSION:
        why = form_file.OTHER_VERSION.fill(found=str(version)[:10])
        raise BadForm((FILE.fill(name=name, why=why),))
    edition, facility = _inner(held, "edition", name), _inner(held, "facility", name)
    vendor = _inner(held, "vendor", name) if held.get("vendor") is not None else None
    return FormHead(
        edition=_text(edition, "edition.id", name),
        edition_revision=_number(edition, "edition.revision", name),
        edition_digest=_text(edition, "edition.digest", name),
        facility=_text(facility, "facility.code", name),
        vendor=_text(vendor, "vendor.code", name) if vendor is not None else None,
        revision=_number(held, "revision", name),
    )


def _inner(held: Mapping[str, object], path: str, name: str) -> Mapping[str, object]:
    """Take an object out of an object."""
    found = held.get(path)
    if isinstance(found, dict):
        return found
    raise _wrong(name, path, WRONG_KIND if path in held else MISSING.fill(field=path))


def _text(held: Mapping[str, object], path: str, name: str) -> str:
    """Take a text; `path` ends with its field."""
    found = held.get(path.rpartition(".")[2])
    if isinstance(found, str):
        return found
    raise _wrong(name, path, MISSING.fill(field=path) if found is None else WRONG_KIND)


def _number(held: Mapping[str, object], path: str, name: str) -> int:
    """Take a whole number; `path` ends with its field."""
    found = held.get(path.rpartition(".")[2])
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    raise _wrong(name, path, MISSING.fill(field=path) if found is None else WRONG_KIND)


def _wrong(name: str, path: str, why: Text) -> BadForm:
    """Say what is wrong where in the file."""
    return BadForm((AT.fill(name=name, path=path, why=why),))


def _items(held: Mapping[str, object], name: str, edition: Edition) -> tuple[ReturnedItem, ...]:
    """Read the state of every item; each must be there once, and none that the edition lacks."""
    listed = held.get("items")
    if not isinstance(listed, list) or len(listed) > MAX_ITEMS:
        raise _wrong(name, "items", MISSING.fill(field="items") if listed is None else WRONG_KIND)
    keys = {item.key for item in edition.items}
    states: dict[str, ItemState] = {}
    before: dict[str, ItemState | None] = {}
    faults: list[Text] = []
    for number, line in enumerate(listed):
        path = f"items[{number}]"
        try:
            key, state = _item(line, path, edition, keys)
            was = _before(line, path)
        except BadField as error:
            faults.append(AT.fill(name=name, path=error.path, why=error.why))
            keys.discard(_key(line))
            continue
        if key in states:
            faults.append(AT.fill(name=name, path=path, why=TWICE.fill(item=key)))
        states[key], before[key] = state, was
    absent = [key for key in sorted(keys) if key not in states]
    faults.extend(AT.fill(name=name, path="items", why=LACKS.fill(item=key)) for key in absent)
    if faults:
        raise BadForm(tuple(faults))
    return tuple(
        ReturnedItem(item.key, states[item.key], before[item.key]) for item in edition.items
    )


def _before(line: object, path: str) -> ItemState | None:
    """Read what stood there when the file was written out, where the file says it."""
    held = line.get("before") if isinstance(line, dict) else None
    if held is None:
        return None
    try:
        return form_file.state_from(held)
    except BadField as error:
        where = f"{path}.before.{error.path}" if error.path else f"{path}.before"
        raise BadField(where, error.why) from error


def _key(line: object) -> str:
    """Give the key that a line names, however wrong the rest of it is."""
    return str(line.get("item")) if isinstance(line, dict) else ""


def _item(line: object, path: str, edition: Edition, keys: set[str]) -> tuple[str, ItemState]:
    """Read one item of the list; fields other than its key and its state are ours to know."""
    if not isinstance(line, dict):
        raise BadField(path, WRONG_KIND)
    key = line.get("item")
    if not isinstance(key, str) or key not in keys:
        raise BadField(f"{path}.item", NO_ITEM.fill(item=str(key)[:40]))
    if "state" not in line:
        raise BadField(path, MISSING.fill(field="state"))
    try:
        state = form_file.state_from(line["state"])
    except BadField as error:
        where = f"{path}.state.{error.path}" if error.path else f"{path}.state"
        raise BadField(where, error.why) from error
    item = edition.item(key)
    for field in form_file.INPUTS:
        if getattr(state, field) and not form_file.has_cell(item, field):
            raise BadField(f"{path}.state ({field})", NO_CELL.fill(item=key))
    return key, state
