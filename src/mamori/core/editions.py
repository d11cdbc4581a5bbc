"""What a checklist is: editions of a fiscal year, their items, and the controls behind them.

The key of an item is (edition, scope, printed code): printed codes alone repeat per scope and mean
other things in other lists. A control outlives numbering and ties an item to checks across years.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from mamori.core.text import Text


class Subject(Enum):
    """Who answers the list."""

    FACILITY = "facility"
    PHARMACY = "pharmacy"
    VENDOR = "vendor"


class Scope(Enum):
    """What an item speaks about; the first three are the kinds of apparatus."""

    SERVER = "server"
    TERMINAL = "terminal"
    NETWORK = "network"
    ORGANISATION = "organisation"
    INCIDENT = "incident"
    RULES = "rules"


APPARATUS = (Scope.SERVER, Scope.TERMINAL, Scope.NETWORK)
SCOPE_NAMES: dict[Scope, Text] = {
    Scope.SERVER: Text("サーバ", "Servers"),
    Scope.TERMINAL: Text("端末PC", "Terminal PCs"),
    Scope.NETWORK: Text("ネットワーク機器", "Network apparatus"),
    Scope.ORGANISATION: Text("組織", "Organisation"),
    Scope.INCIDENT: Text("インシデント対応", "Incident response"),
    Scope.RULES: Text("規程類", "Rules"),
}
SUBJECT_NAMES: dict[Subject, Text] = {
    Subject.FACILITY: Text("医療機関確認用", "For checks at medical facilities"),
    Subject.PHARMACY: Text("薬局確認用", "For checks at pharmacies"),
    Subject.VENDOR: Text("事業者確認用", "For checks by vendors"),
}


class Level(Enum):
    """Whether an item must be Yes in the edition's own year, or is shown ahead of time."""

    MANDATORY = "mandatory"
    REFERENCE = "reference"


class Cell(Enum):
    """The cells an item has on the official form."""

    FIRST = "first"
    TARGET = "target"
    SECOND = "second"


class Condition(Enum):
    """When an item need not be answered."""

    NEEDS_VENDOR = "needs_vendor"


PRESENCE = "presence"
ALL_CELLS = (Cell.FIRST, Cell.TARGET, Cell.SECOND)


@dataclass(frozen=True, slots=True)
class Citation:
    """The part of a guideline or law that an item or control rests on."""

    document: str
    section: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an edition, with the code printed on the form and the cells the form has."""

    code: str
    scopes: tuple[Scope, ...]
    due_year: int
    level: Level
    text: Text
    control: str
    cells: tuple[Cell, ...]
    section: str
    conditions: tuple[Condition, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def key(self) -> str:
        """The key inside the edition: "2(7)/network", "2(1)/all", "presence"."""
        return f"{self.code}/{self.heading}" if self.scopes else self.code

    @property
    def heading(self) -> str:
        """The part of the form this item stands in: all, server, server+terminal, organisation …"""
        if set(self.scopes) == set(APPARATUS):
            return "all"
        return "+".join(s.value for s in Scope if s in self.scopes)

    def has(self, cell: Cell) -> bool:
        """Say whether the official form has this cell."""
        return cell in self.cells


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the form."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Edition:
    """A checklist as issued for one subject and fiscal year; immutable once it has answers.

    `headings` are the sentences the form prints above items of one scope (keys as Item.heading),
    `verified` says whether a person has compared it with the official form.
    """

    id: str
    revision: int
    fiscal_year: int
    subject: Subject
    valid_from: date
    valid_to: date
    name: Text
    source: Text
    verified: bool
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    headings: Mapping[str, Text] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()

    def item(self, key: str) -> Item:
        """Give one item by its key; KeyError names a key that is not there."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)

    @property
    def gate(self) -> Item | None:
        """The presence row, whose No ends the form; vendor lists have none."""
        return next((i for i in self.items if i.code == PRESENCE), None)

    def of_level(self, level: Level) -> tuple[Item, ...]:
        """Give the items of one level, in the order of the form."""
        return tuple(i for i in self.items if i.level is level)


@dataclass(frozen=True, slots=True)
class Control:
    """What an item is about, in plain words: the same over the years."""

    id: str
    title: Text
    explanation: Text
    yes_when: Text
    steps: tuple[Text, ...]
    cuts: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


def sort_code(code: str) -> tuple[int, ...]:
    """Give printed codes their order: presence, 1(1), 2(1) … 2(10), 2⑩ … 4①."""
    if code == PRESENCE:
        return (0,)
    plain = re.sub(r"[①-⑳]", lambda found: f"({ord(found.group()) - ord('①') + 1})", code)
    return tuple(int(n) for n in re.findall(r"\d+", plain))
