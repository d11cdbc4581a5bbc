"""Any state that a list can reach, for any shipped edition, as a Hypothesis strategy."""

from datetime import date

from hypothesis import strategies as st

from mamori.core.checklists import EMPTY, Basis, ItemState, Reply
from mamori.core.editions import Cell
from mamori.editions import loader

DAYS = st.dates(date(2019, 5, 1), date(2035, 12, 31))
TRICKY = (
    "=1+1",
    "+81",
    "-",
    "@SUM(A1)",
    "_x0041_",
    " 前後に空白 ",
    "二行\nの理由",
    "CR\r\nLF",
    "タブ\t",
    "'引用",
    "𠮷",
    "😀",
    "\x01",
    "<a>&amp;",
    "NaN",
    "TRUE",
    "12",
    "2023/9/12",
    "はい",
    "長" * 4000,
)
REASONS = st.one_of(st.just(""), st.sampled_from(TRICKY), st.text(max_size=40))
BASES = st.sampled_from(list(Basis))


@st.composite
def checks(draw):
    """The fields of one check: a reply, its day, basis, date of the facts and reason."""
    basis = draw(BASES)
    as_of = draw(DAYS) if basis is Basis.EVIDENCE else None
    return draw(st.sampled_from(list(Reply))), draw(DAYS), basis, as_of, draw(REASONS)


@st.composite
def states_of(draw, item):
    """A state that an item can reach: only cells that it has, a second only after a first."""
    if not draw(st.booleans()):
        return EMPTY
    reply, on, basis, as_of, reason = draw(checks())
    target = None
    if reply is Reply.NO and item.has(Cell.TARGET):
        target = draw(st.none() | DAYS)
    second = (None, None, None, None, "")
    if item.has(Cell.SECOND) and draw(st.booleans()):
        second = draw(checks())
    return ItemState(
        first=reply,
        first_on=on,
        target_on=target,
        second=second[0],
        second_on=second[1],
        first_basis=basis,
        second_basis=second[2],
        first_reason=reason,
        second_reason=second[4],
        first_as_of=as_of,
        second_as_of=second[3],
    )


@st.composite
def filled(draw):
    """A shipped edition and what stands on it."""
    edition = draw(st.sampled_from(loader.load_all()))
    held = {item.key: draw(states_of(item)) for item in edition.items}
    return edition, {key: state for key, state in held.items() if state != EMPTY}
