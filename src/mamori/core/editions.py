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


LEVEL_NAMES: dict[Level, Text] = {
    Level.MANDATORY: Text("必須", "Mandatory"),
    Level.REFERENCE: Text("参考", "Reference"),
}


class Cell(Enum):
    """The cells an item has on the official form."""

    FIRST = "first"
    TARGET = "target"
    SECOND = "second"


CELL_NAMES: dict[Cell, Text] = {
    Cell.FIRST: Text("1回目", "First check"),
    Cell.TARGET: Text("目標日", "Target date"),
    Cell.SECOND: Text("2回目", "Second check"),
}


class Condition(Enum):
    """When an item need not be answered."""

    NEEDS_VENDOR = "needs_vendor"


CONDITION_NAMES: dict[Condition, Text] = {
    Condition.NEEDS_VENDOR: Text("契約事業者がある場合のみ", "Only with a contracted vendor"),
}


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


@dataclass(frozen=True, slots=True)
class AttackStep:
    """One step of an attack that a control can cut, by a stable id."""

    id: str
    name: Text


def sort_code(code: str) -> tuple[int, ...]:
    """Give printed codes their order: presence, 1(1), 2(1) … 2(10), 2⑩ … 4①."""
    if code == PRESENCE:
        return (0,)
    plain = re.sub(r"[①-⑳]", lambda found: f"({ord(found.group()) - ord('①') + 1})", code)
    return tuple(int(n) for n in re.findall(r"\d+", plain))


# How two editions differ -------------------------------------------------------------------------
class ChangeKind(Enum):
    """What became of an item from one edition to another."""

    SAME = "same"
    NEW = "new"
    GONE = "gone"
    MERGED = "merged"
    SPLIT = "split"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    SCOPE = "scope"
    LEVEL = "level"
    CELLS = "cells"
    DUE_YEAR = "due_year"
    CONDITIONS = "conditions"


CHANGE_NAMES: dict[ChangeKind, Text] = {
    ChangeKind.SAME: Text("変更なし", "Same"),
    ChangeKind.NEW: Text("新規", "New"),
    ChangeKind.GONE: Text("廃止", "Gone"),
    ChangeKind.MERGED: Text("統合", "Merged"),
    ChangeKind.SPLIT: Text("分割", "Split"),
    ChangeKind.RENUMBERED: Text("番号変更", "Renumbered"),
    ChangeKind.REWORDED: Text("文言変更", "Reworded"),
    ChangeKind.SCOPE: Text("対象変更", "Scope changed"),
    ChangeKind.LEVEL: Text("必須・参考の変更", "Level changed"),
    ChangeKind.CELLS: Text("記入欄の変更", "Cells changed"),
    ChangeKind.DUE_YEAR: Text("期限の年度の変更", "Due year changed"),
    ChangeKind.CONDITIONS: Text("条件の変更", "Conditions changed"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one control's items: keys before, keys after, and every kind of change.

    `uncovered` are the scopes the new items ask about and the old ones did not.
    """

    control: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    kinds: tuple[ChangeKind, ...]
    uncovered: tuple[Scope, ...] = ()


def successors(old: Edition, new: Edition) -> dict[str, tuple[str, ...]]:
    """Give, for each item of the new edition, the old items it continues (none where it is new).

    Items belong together when they name the same control and share a scope.
    """
    return {i.key: tuple(o.key for o in old.items if _continues(o, i)) for i in new.items}


def uncovered(old: Edition, new: Edition) -> dict[str, tuple[Scope, ...]]:
    """Give, for each item that continues older ones, the scopes those did not ask about.

    An answer cannot be carried into such an item unseen: the older Yes said nothing of them.
    """
    missed: dict[str, tuple[Scope, ...]] = {}
    for key, sources in successors(old, new).items():
        asked = {scope for source in sources for scope in old.item(source).scopes}
        fresh = tuple(s for s in Scope if s in new.item(key).scopes and s not in asked)
        if sources and fresh:
            missed[key] = fresh
    return missed


def difference(old: Edition, new: Edition) -> tuple[Change, ...]:
    """List what became of every item, in the order of the new form, what is gone at the end."""
    changes: list[Change] = []
    seen: set[str] = set()
    for item in new.items:
        if item.key not in seen:
            before, after = _family(old, new, item)
            seen.update(i.key for i in after)
            changes.append(_change(old, new, before, after))
    kept = {key for change in changes for key in change.old}
    gone = [i for i in old.items if i.key not in kept]
    return (*changes, *(Change(i.control, (i.key,), (), (ChangeKind.GONE,)) for i in gone))


def _continues(old: Item, new: Item) -> bool:
    """Say whether an item speaks of the same thing as an older one."""
    shared = set(old.scopes) & set(new.scopes) or not (old.scopes or new.scopes)
    return old.control == new.control and bool(shared)


def _family(old: Edition, new: Edition, item: Item) -> tuple[list[Item], list[Item]]:
    """Gather all old and new items that hang together with one new item."""
    before: list[Item] = []
    after = [item]
    while True:
        more = [o for o in old.items if o not in before and any(_continues(o, n) for n in after)]
        before += more
        fresh = [n for n in new.items if n not in after and any(_continues(o, n) for o in before)]
        after += fresh
        if not more and not fresh:
            return _in_order(old, before), _in_order(new, after)


def _in_order(edition: Edition, items: list[Item]) -> list[Item]:
    """Put items in the order of their form."""
    return [i for i in edition.items if i in items]


def _change(old: Edition, new: Edition, before: list[Item], after: list[Item]) -> Change:
    """Compare the items of one family."""
    asked = {s for i in before for s in i.scopes}
    asks = {s for i in after for s in i.scopes}
    pairs = [(b, a) for a in after for b in before]
    told: dict[ChangeKind, bool] = {
        ChangeKind.NEW: not before,
        ChangeKind.MERGED: len(before) > 1,
        ChangeKind.SPLIT: bool(before) and len(after) > 1,
        ChangeKind.RENUMBERED: any(b.code != a.code for b, a in pairs),
        ChangeKind.REWORDED: any(b.text != a.text for b, a in pairs),
        ChangeKind.SCOPE: bool(before) and asked != asks,
        ChangeKind.LEVEL: any(b.level is not a.level for b, a in pairs),
        ChangeKind.CELLS: any(b.cells != a.cells for b, a in pairs),
        ChangeKind.DUE_YEAR: any(_other_due(old, new, b, a) for b, a in pairs),
        ChangeKind.CONDITIONS: any(set(b.conditions) != set(a.conditions) for b, a in pairs),
    }
    kinds = tuple(kind for kind in ChangeKind if told.get(kind)) or (ChangeKind.SAME,)
    uncovered = tuple(s for s in Scope if s in asks - asked) if before else ()
    keys = tuple(i.key for i in before), tuple(i.key for i in after)
    return Change(after[0].control, *keys, kinds, uncovered)


def _other_due(old: Edition, new: Edition, before: Item, after: Item) -> bool:
    """Say whether the due year moved otherwise than with the edition's own year."""
    own = before.due_year == old.fiscal_year and after.due_year == new.fiscal_year
    return before.due_year != after.due_year and not own
