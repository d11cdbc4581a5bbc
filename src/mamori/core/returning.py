"""A form that comes back from a file: which answers bring a list to the same state."""

from dataclasses import dataclass
from datetime import date

from mamori.core.checklists import EMPTY, Basis, ItemState, Reply, States, Turn
from mamori.core.forms import ReturnedForm
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


TAKEN_BACK = Text("返却された様式で空欄のため取消し", "taken back: blank in the returned form")


def claims(standing: States, returned: ReturnedForm, *, blank: str) -> tuple[Claim, ...]:
    """Give the answers, in order, that turn what stands into what came back.

    What is equal is left alone. A first check that changes under a second one is written before
    the second is written again. `blank`: the reason kept where an answer is taken back.
    """
    found: list[Claim] = []
    for line in returned.items:
        found.extend(_claims(line.item, standing.get(line.item, EMPTY), line.state, blank))
    return tuple(found)


def _claims(item: str, now: ItemState, then: ItemState, blank: str) -> list[Claim]:
    """Compare the two checks of one item."""
    first_differs, second_differs = _first(now) != _first(then), _second(now) != _second(then)
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


def _first(state: ItemState) -> tuple[object, ...]:
    """Give all that belongs to the first check."""
    return (
        state.first,
        state.first_on,
        state.target_on,
        state.first_basis,
        state.first_reason,
        state.first_as_of,
    )


def _second(state: ItemState) -> tuple[object, ...]:
    """Give all that belongs to the second check."""
    return (
        state.second,
        state.second_on,
        state.second_basis,
        state.second_reason,
        state.second_as_of,
    )
