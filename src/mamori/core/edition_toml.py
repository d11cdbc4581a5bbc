"""Editions as TOML text: read strictly, written so that reading gives the same edition back."""

import hashlib
import json
import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from mamori.core import edition_rules
from mamori.core.edition_rules import WHOLE, EditionFault, EditionProblem, place
from mamori.core.editions import (
    Cell,
    Citation,
    Condition,
    Edition,
    Item,
    Level,
    Scope,
    Section,
    Subject,
)
from mamori.core.text import Text, same

E = TypeVar("E", bound=Enum)
Raw = Mapping[str, Any]
Found = list[EditionProblem]

# Key -> type, in the order in which they are written. `Text` stands for a table of ja and en.
EDITION_KEYS: dict[str, type] = {
    "id": str,
    "revision": int,
    "fiscal_year": int,
    "subject": str,
    "valid_from": date,
    "valid_to": date,
    "verified": bool,
    "name": Text,
    "source": Text,
    "headings": dict,
    "notes": list,
    "sections": list,
    "items": list,
}
SECTION_KEYS: dict[str, type] = {"id": str, "title": Text}
ITEM_KEYS: dict[str, type] = {
    "code": str,
    "scopes": list,
    "level": str,
    "due_year": int,
    "section": str,
    "control": str,
    "cells": list,
    "conditions": list,
    "text": Text,
    "citations": list,
}
CITATION_KEYS: dict[str, type] = {"document": str, "section": str}
TEXT_KEYS: dict[str, type] = {"ja": str, "en": str}
OPTIONAL = frozenset({"headings", "notes", "conditions", "citations"})

TYPE_NAMES: dict[type, Text] = {
    str: Text("文字列", "text in quotation marks"),
    int: Text("整数", "a whole number"),
    bool: Text("true または false", "true or false"),
    date: Text("日付(例 2025-04-01)", "a date (like 2025-04-01)"),
    list: Text("[ ] で囲んだ並び", "a list in [ ]"),
    dict: Text("表", "a table"),
    Text: Text("ja と en の組", "a pair of ja and en"),
}
NOT_TOML = Text("TOMLとして読めません({error})。", "This cannot be read as TOML ({error}).")
UNKNOWN_KEY = Text("「{key}」という項目名はありません。", "There is no key called {key}.")
MISSING_KEY = Text("「{key}」がありません。", "The key {key} is missing.")
WRONG_TYPE = Text("「{key}」は{wanted}で書いてください。", "Write {key} as {wanted}.")
NO_WORDS = Text("「{key}」の文が空です。", "The words of {key} are empty.")
UNKNOWN_WORD = Text(
    "「{key}」の「{word}」は使えません。使える語: {known}",
    "{key} cannot be {word}. It can be: {known}",
)


def parse(text: str, name: str, controls: Collection[str]) -> Edition:
    """Read one edition from its TOML; whatever is unknown, missing or contradictory is refused.

    Errors: EditionFault naming the file and the item, with every problem found.
    """
    found: Found = []
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = NOT_TOML.fill(error=str(error))
        raise EditionFault(name, (EditionProblem(WHOLE, reason),)) from error
    edition = read_edition(raw, found)
    if edition is not None and not found:
        found.extend(edition_rules.problems(edition, controls))
    if edition is None or found:
        raise EditionFault(name, tuple(found))
    return edition


def dump(edition: Edition) -> str:
    """Write an edition as TOML; reading it again gives the same edition."""
    return write(document(edition))


def digest(edition: Edition) -> str:
    """Give the SHA-256 of what answers rest on, whatever the layout of the file.

    Confirming an edition (`verified`, `source`) does not change it; all else does.
    """
    plain = {k: v for k, v in document(edition).items() if k not in {"verified", "source"}}
    words = json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()


def document(edition: Edition) -> dict[str, Any]:
    """Give an edition as plain data in the shape of its TOML."""
    return {
        "id": edition.id,
        "revision": edition.revision,
        "fiscal_year": edition.fiscal_year,
        "subject": edition.subject.value,
        "valid_from": edition.valid_from,
        "valid_to": edition.valid_to,
        "verified": edition.verified,
        "name": edition.name.as_json(),
        "source": edition.source.as_json(),
        "headings": {k: v.as_json() for k, v in edition.headings.items()},
        "notes": [n.as_json() for n in edition.notes],
        "sections": [{"id": s.id, "title": s.title.as_json()} for s in edition.sections],
        "items": [_item_document(i) for i in edition.items],
    }


def _item_document(item: Item) -> dict[str, Any]:
    """Give one item as plain data in the shape of its TOML."""
    return {
        "code": item.code,
        "scopes": [s.value for s in item.scopes],
        "level": item.level.value,
        "due_year": item.due_year,
        "section": item.section,
        "control": item.control,
        "cells": [c.value for c in item.cells],
        "conditions": [c.value for c in item.conditions],
        "text": item.text.as_json(),
        "citations": [{"document": c.document, "section": c.section} for c in item.citations],
    }


# Reading -----------------------------------------------------------------------------------------
# Each reader notes what is wrong and gives a stand-in or None; parse() refuses if any was noted.


def read_edition(raw: object, found: Found) -> Edition | None:
    """Read the outermost table."""
    take = strict(raw, EDITION_KEYS, WHOLE, found)
    if take is None:
        return None
    sections = [_section(one, n, found) for n, one in enumerate(take["sections"], start=1)]
    items = [read_item(one, n, found) for n, one in enumerate(take["items"], start=1)]
    headings, notes = take["headings"].items(), enumerate(take["notes"], start=1)
    return Edition(
        id=take["id"],
        revision=take["revision"],
        fiscal_year=take["fiscal_year"],
        subject=_word(Subject, take["subject"], "subject", WHOLE, found),
        valid_from=take["valid_from"],
        valid_to=take["valid_to"],
        name=both(take["name"], "name", WHOLE, found),
        source=both(take["source"], "source", WHOLE, found),
        verified=take["verified"],
        sections=tuple(s for s in sections if s),
        items=tuple(i for i in items if i),
        headings={key: both(one, f"headings.{key}", WHOLE, found) for key, one in headings},
        notes=tuple(both(one, "notes", place("note", n), found) for n, one in notes),
    )


def _section(raw: object, number: int, found: Found) -> Section | None:
    """Read one numbered part of the form."""
    where = place("section", number)
    take = strict(raw, SECTION_KEYS, where, found)
    if take is None:
        return None
    return Section(id=take["id"], title=both(take["title"], "title", where, found))


def read_item(raw: object, number: int, found: Found) -> Item | None:
    """Read one line of the form."""
    where = place("item", number, str(raw.get("code", "")) if isinstance(raw, Mapping) else "")
    take = strict(raw, ITEM_KEYS, where, found)
    if take is None:
        return None
    return Item(
        code=take["code"],
        scopes=_words(Scope, take["scopes"], "scopes", where, found),
        due_year=take["due_year"],
        level=_word(Level, take["level"], "level", where, found),
        text=both(take["text"], "text", where, found),
        control=take["control"],
        cells=_words(Cell, take["cells"], "cells", where, found),
        section=take["section"],
        conditions=_words(Condition, take["conditions"], "conditions", where, found),
        citations=citations(take["citations"], where, found),
    )


def citations(raw: Sequence[object], where: Text, found: Found) -> tuple[Citation, ...]:
    """Read the parts of guidelines and laws something rests on."""
    taken = [strict(one, CITATION_KEYS, where, found) for one in raw]
    return tuple(Citation(document=t["document"], section=t["section"]) for t in taken if t)


def both(raw: object, key: str, where: Text, found: Found) -> Text:
    """Read a text in both languages; note what is missing, empty or not words."""
    take = strict(raw, TEXT_KEYS, where, found, key)
    if take is None:
        return same("?")
    empty = [language for language, words in take.items() if not words.strip()]
    found.extend(EditionProblem(where, NO_WORDS.fill(key=f"{key}.{one}")) for one in empty)
    return same("?") if empty else Text(take["ja"], take["en"])


def strict(
    raw: object,
    keys: Mapping[str, type],
    where: Text,
    found: Found,
    name: str = "",
    optional: Collection[str] = OPTIONAL,
) -> dict[str, Any] | None:
    """Take the known keys of a table; where one is unknown, missing or mistyped, note it: None."""
    before, inside = len(found), f"{name}." if name else ""
    if not isinstance(raw, Mapping):
        wanted = TYPE_NAMES[Text if keys is TEXT_KEYS else dict]
        found.append(EditionProblem(where, WRONG_TYPE.fill(key=name or "[[...]]", wanted=wanted)))
        return None
    for key in raw:
        if key not in keys:
            found.append(EditionProblem(where, UNKNOWN_KEY.fill(key=f"{inside}{key}")))
    taken: dict[str, Any] = {}
    for key, kind in keys.items():
        value = raw.get(key, kind() if key in optional else None)
        if value is None:
            found.append(EditionProblem(where, MISSING_KEY.fill(key=f"{inside}{key}")))
        elif type(value) is not (dict if kind is Text else kind):
            reason = WRONG_TYPE.fill(key=f"{inside}{key}", wanted=TYPE_NAMES[kind])
            found.append(EditionProblem(where, reason))
        taken[key] = value
    return taken if len(found) == before else None


def _word(kind: type[E], word: object, key: str, where: Text, found: Found) -> E:
    """Read one word of a closed list."""
    for member in kind:
        if member.value == word:
            return member
    known = ", ".join(str(member.value) for member in kind)
    found.append(EditionProblem(where, UNKNOWN_WORD.fill(key=key, word=str(word), known=known)))
    return next(iter(kind))


def _words(
    kind: type[E], words: Sequence[object], key: str, where: Text, found: Found
) -> tuple[E, ...]:
    """Read several words of a closed list."""
    return tuple(_word(kind, word, key, where, found) for word in words)


# Writing -----------------------------------------------------------------------------------------
Comments = Mapping[tuple[str, int], Sequence[str]]
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def write(plain: Raw, comments: Comments | None = None) -> str:
    """Write plain data in the shape of an edition as TOML.

    `comments` stand above the line they speak of: ("items", 3) is the fourth item, ("name", 0)
    the name; ("", 0) stands on top.
    """
    said = comments or {}
    lines = _remarks(said.get(("", 0), ()))
    for key, kind in EDITION_KEYS.items():
        if key in plain and kind is not list and kind is not dict:
            lines += [*_remarks(said.get((key, 0), ())), *_entry(key, plain[key])]
    if plain.get("headings"):
        lines += ["", *_remarks(said.get(("headings", 0), ())), "[headings]"]
        for key, value in plain["headings"].items():
            lines += _entry(key, value)
    for key, kind in EDITION_KEYS.items():
        rows = plain.get(key, []) if kind is list else []
        for number, row in enumerate(rows):
            lines += ["", *_remarks(said.get((key, number), ())), f"[[{key}]]"]
            lines += [line for name, value in row.items() for line in _entry(name, value)]
    return "\n".join([*lines, ""])


def _entry(key: str, value: object) -> list[str]:
    """Write one key with its value; a table becomes dotted keys."""
    name = key if key.isascii() and key.replace("_", "").replace("-", "").isalnum() else quote(key)
    if isinstance(value, Mapping):
        return [line for k, v in value.items() for line in _entry_in(name, str(k), v)]
    if value == []:
        return [] if key in OPTIONAL else [f"{name} = []"]
    return [f"{name} = {_value(value)}"]


def _entry_in(table: str, key: str, value: object) -> list[str]:
    """Write one key of a table inside a table."""
    return [f"{table}.{line}" for line in _entry(key, value)]


def _value(value: object) -> str:
    """Write one value."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return quote(value)
        case Mapping():
            inside = ", ".join(line for k, v in value.items() for line in _entry(str(k), v))
            return f"{{ {inside} }}"
        case Sequence():
            return f"[{', '.join(_value(one) for one in value)}]"
        case _:
            raise TypeError(type(value).__name__)


def quote(words: str) -> str:
    """Write words as a TOML string; control characters are escaped."""
    return '"' + "".join(_escaped(c) for c in words) + '"'


def _escaped(character: str) -> str:
    """Escape one character where TOML asks for it."""
    if character in ESCAPES:
        return ESCAPES[character]
    control = character < " " or character == "\x7f"
    return f"\\u{ord(character):04x}" if control else character


def _remarks(lines: Sequence[str]) -> list[str]:
    """Write comment lines; whatever could end the line becomes a blank."""
    return [f"# {''.join(c if c.isprintable() else ' ' for c in line)}" for line in lines]
