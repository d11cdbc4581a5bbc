"""How a ledger file differs from the ledger kept here, found in two steps.

Step 1 (`match`) needs only keys and fingerprints of the kept rows; step 2 (`settle`) needs the
full rows of those that were touched. What was edited by hand is never overwritten in silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from mamori.core.ledger import COLUMN_NAMES, IDENTITY, Apparatus, key_of, keys_of, said
from mamori.core.ledger_reading import Row
from mamori.core.text import Text

TWICE_IN_FILE = Text(
    "同じ{field}「{key}」の行がファイルに複数あり、内容が異なります。",
    "Several rows of the file have the {field} “{key}” and say different things.",
)
TWICE_KEPT = Text(
    "登録済みの台帳に{field}「{key}」の機器が複数あり、どれか決められません。",
    "Several kept apparatus have the {field} “{key}”; it is not clear which one is meant.",
)
BOTH_CHANGED = Text(
    "ファイルでも画面でも変更され、内容が異なります。",
    "It was changed both in the file and by hand, differently.",
)
NO_OWN_KEY = Text(
    "管理番号がなく、ほかの番号や名称も重複しているため、機器を特定できません。",
    "It has no control number, and its other numbers and names are shared with other rows.",
)
MATCHED_BY = Text(
    "管理番号では見つからず、{field}「{key}」が同じ機器とみなしました。",
    "Not found by control number; taken to be the apparatus with the same {field} “{key}”.",
)
_EMPTY = Apparatus()


class Prefer(Enum):
    """Which side a person lets win where both were changed."""

    FILE = "file"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A kept apparatus reduced to what step 1 needs.

    `keys` in the order of IDENTITY; `digest` is the fingerprint of the row it was last imported
    from (empty when it was entered by hand); `edited`: it was changed by hand since.
    """

    id: int
    keys: tuple[str, ...]
    digest: bytes
    edited: bool = False
    listed: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept apparatus in full; `imported` is what the last file said, about `fields` only."""

    id: int
    apparatus: Apparatus
    imported: Apparatus | None
    fields: frozenset[str] = frozenset()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Clash:
    """Rows or kept apparatus that cannot be told apart."""

    reason: Text
    rows: tuple[Row, ...]
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Step 1: which rows are new, which kept ones are touched, gone or the same as last time."""

    new: tuple[Row, ...]
    touched: tuple[tuple[int, Row], ...]
    same: int
    gone: tuple[int, ...]
    repeated: tuple[Row, ...]
    clashes: tuple[Clash, ...]
    by_other_key: Mapping[int, Text]
    edited: tuple[int, ...]

    @property
    def wanted(self) -> tuple[int, ...]:
        """The kept apparatus that step 2 needs in full."""
        clashing = (one for clash in self.clashes for one in clash.ids)
        return tuple(dict.fromkeys((*(one for one, _ in self.touched), *self.gone, *clashing)))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as text."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field with three opinions: the last file, the ledger kept here, and this file."""

    field: str
    last_file: str
    kept: str
    file: str


@dataclass(frozen=True, slots=True)
class Change:
    """One kept apparatus that the file changes; `kept` are hand edits that stay."""

    id: int
    row: Row
    before: Apparatus
    fields: tuple[FieldChange, ...]
    kept: tuple[FieldChange, ...] = ()
    relisted: bool = False
    doubt: Text | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something a person has to decide; nothing of it is applied."""

    reason: Text
    rows: tuple[Row, ...]
    kept: tuple[Kept, ...] = ()
    fields: tuple[FieldConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import would do. `agreed` changes nothing but what counts as last imported."""

    new: tuple[Row, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Kept, ...] = ()
    conflict: tuple[Conflict, ...] = ()
    unchanged: int = 0
    agreed: tuple[Change, ...] = ()
    repeated: tuple[Row, ...] = ()
    edited: tuple[int, ...] = ()


def match(
    rows: Sequence[Row],
    kept: Sequence[KeptKey],
    *,
    held: Iterable[tuple[str, ...]] = (),
    source: str = "",
    partial: bool = False,
) -> Match:
    """Step 1: pair the rows of a file with the kept apparatus, by key and fingerprint.

    `held` are the keys of rejected rows: what they mean does not count as gone. Apparatus of
    another `source`, or any when the file is `partial`, is not gone when the file lacks it.
    """
    work = _Matching(kept)
    numbered, unnumbered = work.by_number(rows)
    fresh = work.meet(numbered)
    fresh = work.meet_by_other_keys(fresh, unnumbered)
    new = work.tell_apart(fresh)
    absent = () if partial else work.absent(held, source)
    return Match(
        new=tuple(new),
        touched=tuple(work.touched),
        same=work.same,
        gone=absent,
        repeated=tuple(work.repeated),
        clashes=tuple(work.clashes),
        by_other_key=work.by_other_key,
        edited=tuple(work.edited),
    )


class _Matching:
    """The bookkeeping of step 1."""

    def __init__(self, kept: Sequence[KeptKey]) -> None:
        self.kept = kept
        self.met: set[int] = set()
        self.touched: list[tuple[int, Row]] = []
        self.same = 0
        self.repeated: list[Row] = []
        self.clashes: list[Clash] = []
        self.by_other_key: dict[int, Text] = {}
        self.edited: list[int] = []

    def by_number(self, rows: Sequence[Row]) -> tuple[dict[str, Row], list[Row]]:
        """Sort rows by control number; rows that share one and differ are a clash."""
        first: dict[str, Row] = {}
        again: dict[str, list[Row]] = {}
        without: list[Row] = []
        for row in rows:
            key = row.apparatus.control_no.upper().replace(" ", "")
            if not key:
                without.append(row)
            elif first.setdefault(key, row) is not row:
                again.setdefault(key, []).append(row)
        for key, more in again.items():
            group = (first[key], *more)
            if all(row.digest == group[0].digest for row in more):
                self.repeated += more
                continue
            del first[key]
            ids = tuple(one.id for one in self.kept if one.keys[0] == key)
            self.met.update(ids)
            self.clashes.append(Clash(_told(TWICE_IN_FILE, "control_no", key), group, ids))
        single = {row.digest: row for row in reversed(without)}
        self.repeated += [row for row in without if single[row.digest] is not row]
        return first, [row for row in without if single[row.digest] is row]

    def meet(self, numbered: dict[str, Row]) -> list[Row]:
        """Pair rows and kept apparatus of the same control number; give the rows left over."""
        twice: dict[str, list[int]] = {}
        found: dict[str, KeptKey] = {}
        for one in self.kept:
            key = one.keys[0]
            if key in numbered and found.setdefault(key, one) is not one:
                twice.setdefault(key, [found[key].id]).append(one.id)
        for key, ids in twice.items():
            row = numbered.pop(key)
            del found[key]
            self.met.update(ids)
            self.clashes.append(Clash(_told(TWICE_KEPT, "control_no", key), (row,), tuple(ids)))
        fresh = []
        for key, row in numbered.items():
            same = found.get(key)
            if same is None:
                fresh.append(row)
            else:
                self._pair(same, row)
        return fresh

    def _pair(self, one: KeptKey, row: Row) -> None:
        """Note that a row and a kept apparatus are the same thing."""
        self.met.add(one.id)
        if one.digest == row.digest and one.listed:
            self.same += 1
            if one.edited:
                self.edited.append(one.id)
        else:
            self.touched.append((one.id, row))

    def meet_by_other_keys(self, fresh: list[Row], unnumbered: list[Row]) -> list[Row]:
        """Pair the rest by serial, MAC, name or address, where these are nobody else's."""
        rest = [*fresh, *unnumbered]
        for at, field in enumerate(IDENTITY[1:], start=1):
            if not rest:
                return rest
            mine = _unique((key_of(field, getattr(row.apparatus, field)), row) for row in rest)
            theirs = _unique((one.keys[at], one) for one in self.kept if one.id not in self.met)
            paired: set[int] = set()
            for key, row in mine.items():
                one = theirs.get(key)
                if one is None or (row.apparatus.control_no and one.keys[0]):
                    continue
                self._pair(one, row)
                paired.add(id(row))
                self.by_other_key[one.id] = _told(MATCHED_BY, field, key)
            rest = [row for row in rest if id(row) not in paired]
        return rest

    def tell_apart(self, fresh: list[Row]) -> list[Row]:
        """Give the rows that are new; those without a key of their own are clashes."""
        new = [row for row in fresh if row.apparatus.control_no]
        rest = [row for row in fresh if not row.apparatus.control_no]
        counts: dict[tuple[str, str], int] = {}
        keys = {id(row): _other_keys(row) for row in rest}
        for found in keys.values():
            for key in found:
                counts[key] = counts.get(key, 0) + 1
        for row in rest:
            if any(counts[key] == 1 for key in keys[id(row)]):
                new.append(row)
            else:
                self.clashes.append(Clash(NO_OWN_KEY, (row,)))
        return new

    def absent(self, held: Iterable[tuple[str, ...]], source: str) -> tuple[int, ...]:
        """Give the kept apparatus that the file no longer lists."""
        left = [
            one
            for one in self.kept
            if one.listed and one.source == source and one.id not in self.met
        ]
        if not left:
            return ()
        clashing = (keys_of(row.apparatus) for clash in self.clashes for row in clash.rows)
        spoken = {(at, key) for keys in (*held, *clashing) for at, key in enumerate(keys) if key}
        return tuple(
            one.id
            for one in left
            if not any((at, key) in spoken for at, key in enumerate(one.keys) if key)
        )


def _told(words: Text, field: str, key: str) -> Text:
    """Put the name of a key field and its value into a sentence."""
    return words.fill(field=COLUMN_NAMES[field], key=key)


def _other_keys(row: Row) -> list[tuple[str, str]]:
    """Give what identifies a row besides its control number."""
    found = ((field, key_of(field, getattr(row.apparatus, field))) for field in IDENTITY[1:])
    return [(field, key) for field, key in found if key]


T = TypeVar("T")


def _unique(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Keep the keys that stand for one thing only."""
    found: dict[str, T] = {}
    twice: set[str] = set()
    for key, thing in pairs:
        if key and key in found:
            twice.add(key)
        elif key:
            found[key] = thing
    return {key: thing for key, thing in found.items() if key not in twice}


def settle(found: Match, full: Mapping[int, Kept], *, prefer: Prefer | None = None) -> Difference:
    """Step 2: compare the touched rows field by field, three ways; conflicts are left to people.

    `prefer` lets a person decide all fields that both sides changed for one side.
    """
    changed: list[Change] = []
    agreed: list[Change] = []
    conflicts = [
        Conflict(clash.reason, clash.rows, tuple(full[i] for i in clash.ids if i in full))
        for clash in found.clashes
    ]
    unchanged = found.same
    for kept_id, row in found.touched:
        kept = full[kept_id]
        change, fights = compare(kept, row, prefer, found.by_other_key.get(kept_id))
        if fights:
            conflicts.append(Conflict(BOTH_CHANGED, (row,), (kept,), fights))
        elif change.fields or change.relisted:
            changed.append(change)
        else:
            agreed.append(change)
            unchanged += 1
    return Difference(
        new=found.new,
        changed=tuple(changed),
        gone=tuple(full[one] for one in found.gone if one in full),
        conflict=tuple(conflicts),
        unchanged=unchanged,
        agreed=tuple(agreed),
        repeated=found.repeated,
        edited=found.edited,
    )


def compare(
    kept: Kept, row: Row, prefer: Prefer | None = None, doubt: Text | None = None
) -> tuple[Change, tuple[FieldConflict, ...]]:
    """Compare a row with its kept apparatus: what changes, what stays, what both sides changed."""
    changes, stay, fights = [], [], []
    inferred = any(one.field == "kind" for one in row.doubts)
    for field in COLUMN_NAMES:
        if field not in row.fields:
            continue
        file, now = said(row.apparatus, field), said(kept.apparatus, field)
        base = said(kept.imported, field) if kept.imported and field in kept.fields else None
        if file == now:
            continue
        empty = said(_EMPTY, field)
        weak = field == "kind" and inferred and base is not None
        if file == base or (base is None and file == empty) or (weak and now != base):
            stay.append(FieldChange(field, file, now))
        elif now == base or (base is None and now == empty) or prefer is Prefer.FILE:
            changes.append(FieldChange(field, now, file))
        elif prefer is Prefer.KEPT:
            stay.append(FieldChange(field, file, now))
        else:
            fights.append(FieldConflict(field, base or "", now, file))
    change = Change(
        id=kept.id,
        row=row,
        before=kept.apparatus,
        fields=tuple(changes),
        kept=tuple(stay),
        relisted=not kept.listed,
        doubt=doubt,
    )
    return change, tuple(fights)
