"""A filled form: all that an exporter needs to print one checklist, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mamori.core.checking import Finding
from mamori.core.checklists import Answer, Applies, ItemState, Reply, State
from mamori.core.editions import Control, Edition


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation on a form: its code and its names (English may be empty)."""

    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, when, and the digest of what was signed."""

    by: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Form:
    """One checklist of one facility (and, for vendor lists, of one vendor) as it stands.

    `applies`, `states` and `suggested` are keyed by item key; an item without a state has empty
    cells. `made_at` is when the form was written out.
    """

    edition: Edition
    facility: Party
    vendor: Party | None
    state: State
    revision: int
    states: Mapping[str, ItemState]
    applies: Mapping[str, Applies]
    suggested: Mapping[str, Reply | None]
    findings: tuple[Finding, ...]
    answers: tuple[Answer, ...]
    controls: Mapping[str, Control]
    made_at: datetime
    as_of: date
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """The cells of one item as they came back in a file."""

    item: str
    state: ItemState


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """A form that was filled elsewhere and came back, as read from its file."""

    edition: str
    edition_revision: int
    facility: str
    vendor: str | None
    items: tuple[ReturnedItem, ...]
