"""The yearly check: answers, what the form allows, its states, and what is still missing.

Sources of the rules: the check sheets and the manual of the Ministry of Health, Labour and Welfare
(parts "How to fill in", "Others" and "The checklist will be checked during on-site inspection").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from mamori.core.text import Text


class Reply(Enum):
    """What is circled on the form."""

    YES = "yes"
    NO = "no"


class Turn(Enum):
    """The first or the second check of an item."""

    FIRST = "first"
    SECOND = "second"


class Basis(Enum):
    """What an answer rests on: facts the system gathered, or a person's word."""

    EVIDENCE = "evidence"
    ATTESTATION = "attestation"


class Applies(Enum):
    """Whether an item is to be answered, and if not, why."""

    YES = "applies"
    ENDED_BY_PRESENCE = "ended_by_presence"
    NO_VENDOR = "no_vendor"


class State(Enum):
    """Where a checklist stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as somebody gave it on one day; never changed, only followed by another.

    `value` None takes an earlier answer back. `as_of` is the date of the facts behind an answer
    on evidence. `target_on` only goes with a No at the first check.
    """

    item: str
    turn: Turn
    value: Reply | None
    checked_on: date | None
    target_on: date | None
    basis: Basis
    reason: str
    by: str
    at: datetime
    revision: int
    as_of: date | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemState:
    """What stands in the cells of one item now, and what it rests on."""

    first: Reply | None = None
    first_on: date | None = None
    target_on: date | None = None
    second: Reply | None = None
    second_on: date | None = None
    first_basis: Basis | None = None
    second_basis: Basis | None = None
    first_reason: str = ""
    second_reason: str = ""
    first_as_of: date | None = None
    second_as_of: date | None = None

    @property
    def latest(self) -> Reply | None:
        """The answer that counts: the second where there is one."""
        return self.second or self.first


EMPTY = ItemState()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rules must know beside the answers; None is not known."""

    has_contracted_vendor: bool | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a cell may not hold, or lacks, said so that a person can mend it."""

    item: str
    cell: str
    reason: Text


States = Mapping[str, ItemState]
