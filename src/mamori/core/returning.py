"""A form that comes back from a file: which answers bring a list to the same state."""

from dataclasses import dataclass, replace
from datetime import date

from mamori.core.checklists import EMPTY, Basis, ItemState, Reply, States, Turn
from mamori.core.difference import Prefer
from mamori.core.forms import ReturnedForm, ReturnedItem
from mamori.core.text import Text


@dataclass(frozen=True, slots=True)
class Claim:
    """One answer a returned form asks to record; `as_of`, `reason`: what it says it rests on."""

    item: str
    turn: Turn
    value: Reply | None
    checked_on: date | None
    target_on: date | None
    basis: Basis
    reason: str
    as_of: date | None


FIRST = ("first", "first_on", "target_on", "first_basis", "first_reason", "first_as_of")
SECOND = ("second", "second_on", "second_basis", "second_reason", "second_as_of")
TAKEN_BACK = Text("返却された様式で空欄のため取消し", "taken back: blank in the returned form")


@dataclass(frozen=True, slots=True)
class Returned:
    """What a returned form asks for: answers in order, and items both sides changed since."""

    claims: tuple[Claim, ...]
    clashes: tuple[str, ...]


def compare(
    standing: States, returned: ReturnedForm, *, blank: str, prefer: Prefer | None = None
) -> Returned:
    """Give the answers that bring what stands to what came back, three ways for each check.

    What the file left as it was written out keeps what stands now, so that an old file never
    undoes newer answers. What both sides changed differently is a clash, unless `prefer` decides.
    `blank`: the reason kept where an answer is taken back.
    """
    found: list[Claim] = []
    clashes: list[str] = []
    for line in returned.items:
        now = standing.get(line.item, EMPTY)
        then = now
        for names in (FIRST, SECOND):
            side = _side(now, line, names, prefer)
            if side is None:
                clashes.append(line.item)
                break
            then = replace(then, **{name: getattr(side, name) for name in names})
        else:
            found.extend(_claims(line.item, now, then, blank))
    return Returned(tuple(found), tuple(clashes))


def _side(
    now: ItemState, line: ReturnedItem, names: tuple[str, ...], prefer: Prefer | None
) -> ItemState | None:
    """Say whose cells of one check hold: what stands, or what came back; None: a clash."""
    ours, theirs = _cells(now, names), _cells(line.state, names)
    before = None if line.before is None else _cells(line.before, names)
    if theirs in (ours, before):
        return now
    if ours == before or ours == _cells(EMPTY, names) or prefer is Prefer.FILE:
        return line.state
    return now if prefer is Prefer.KEPT else None


def _claims(item: str, now: ItemState, then: ItemState, blank: str) -> list[Claim]:
    """Compare the two checks of one item."""
    first_differs = _cells(now, FIRST) != _cells(then, FIRST)
    second_differs = _cells(now, SECOND) != _cells(then, SECOND)
    found: list[Claim] = []
    if now.second is not None and (first_differs or then.second is None):
        found.append(_taken_back(item, Turn.SECOND, blank))
        second_differs = then.second is not None
    if first_differs and then.first is None:
        found.append(_taken_back(item, Turn.FIRST, blank))
    elif first_differs:
        basis = then.first_basis or Basis.ATTESTATION
        found.append(
            Claim(
                item,
                Turn.FIRST,
                then.first,
                then.first_on,
                then.target_on,
                basis,
                then.first_reason,
                then.first_as_of,
            )
        )
    if second_differs and then.second is not None:
        basis = then.second_basis or Basis.ATTESTATION
        found.append(
            Claim(
                item,
                Turn.SECOND,
                then.second,
                then.second_on,
                None,
                basis,
                then.second_reason,
                then.second_as_of,
            )
        )
    return found


def _taken_back(item: str, turn: Turn, blank: str) -> Claim:
    """Empty the cells of one check."""
    return Claim(item, turn, None, None, None, Basis.ATTESTATION, blank, None)


def _cells(state: ItemState, names: tuple[str, ...]) -> tuple[object, ...]:
    """Give what stands in some cells of an item."""
    return tuple(getattr(state, name) for name in names)
