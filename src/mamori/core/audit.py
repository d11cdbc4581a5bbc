"""The audit trail: every write and every refusal, each entry sealed with the one before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from mamori.core.text import Text

GENESIS = "0" * 64


class Outcome(Enum):
    """Whether a thing was done or refused."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail: who did what to what, when, and the seals.

    `seal` is the SHA-256 of all other fields and `previous`, the seal of the entry before.
    """

    number: int
    at: datetime
    actor: str
    organisation: str
    action: str
    thing: str
    outcome: Outcome
    detail: Mapping[str, object]
    previous: str
    seal: str = ""


def seal_of(entry: Entry) -> str:
    """Compute the seal an entry must carry."""
    content = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.organisation,
        entry.action,
        entry.thing,
        entry.outcome.value,
        entry.detail,
        entry.previous,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the trail does not hold together."""

    number: int
    reason: Text


MISSING = Text(
    "証跡の{number}番が欠けています({found}番が続いています)。",
    "Entry {number} is missing ({found} follows).",
)
ALTERED = Text(
    "証跡の{number}番の内容が記録後に変わっています。",
    "Entry {number} was altered after it was written.",
)
UNCHAINED = Text(
    "証跡の{number}番が直前の記録とつながっていません。",
    "Entry {number} does not follow from the one before it.",
)
CUT = Text(
    "証跡の末尾が欠けています({number}番までのはずが{found}番で終わっています)。",
    "The end of the trail is missing (it should reach {number}, it ends at {found}).",
)
HEAD_DIFFERS = Text(
    "証跡の末尾({number}番)が控えの値と一致しません。",
    "The last entry ({number}) differs from the seal kept apart.",
)


def first_break(entries: Iterable[Entry], *, last: int, last_seal: str) -> Break | None:
    """Walk the trail from its first entry and name the first broken link; None: it holds.

    `last`, `last_seal`: number and seal of the newest entry as kept apart from the trail.
    """
    number, seal = 0, GENESIS
    for entry in entries:
        number += 1
        if entry.number != number:
            return Break(number, MISSING.fill(number=number, found=entry.number))
        if entry.previous != seal:
            return Break(number, UNCHAINED.fill(number=number))
        if seal_of(entry) != entry.seal:
            return Break(number, ALTERED.fill(number=number))
        seal = entry.seal
    if number != last:
        return Break(number + 1, CUT.fill(number=last, found=number))
    if seal != last_seal:
        return Break(number, HEAD_DIFFERS.fill(number=number))
    return None
