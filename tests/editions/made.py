"""Editions that Hypothesis makes up: any words, any sensible shape."""

from datetime import date, timedelta

from hypothesis import strategies as st

from mamori.core.editions import (
    ALL_CELLS,
    APPARATUS,
    PRESENCE,
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
from mamori.core.text import Text
from mamori.editions import loader

words = st.text(min_size=1, max_size=30).filter(lambda s: bool(s.strip()))
texts = st.builds(Text, words, words)
controls = st.sampled_from(list(loader.controls()))
citations = st.builds(Citation, words, words)


@st.composite
def items(draw, subject, year, number):
    """One item; its number keeps its code apart from every other."""
    section = draw(st.integers(1, 4))
    code = draw(st.sampled_from([f"{section}({number})", f"{section}{chr(0x2460 + number)}"]))
    level = draw(st.sampled_from(Level))
    later = draw(st.integers(0, 3)) if level is Level.REFERENCE else 0
    kinds = st.sampled_from(Scope)
    conditions = [] if subject is Subject.VENDOR else list(Condition)
    return Item(
        code=code,
        scopes=tuple(draw(st.lists(kinds, min_size=1, max_size=4, unique=True))),
        due_year=year + later,
        level=level,
        text=draw(texts),
        control=draw(controls),
        cells=tuple(c for c in ALL_CELLS if c is Cell.FIRST or draw(st.booleans())),
        section=str(section),
        conditions=tuple(c for c in conditions if draw(st.booleans())),
        citations=tuple(draw(st.lists(citations, max_size=2))),
    )


@st.composite
def editions(draw, subject=None, year=None):
    """A whole edition that breaks no rule."""
    subject = subject or draw(st.sampled_from(Subject))
    year = year or draw(st.integers(2000, 2099))
    lines = [draw(items(subject, year, n)) for n in range(draw(st.integers(1, 8)))]
    if subject is not Subject.VENDOR and draw(st.booleans()):
        gate = Item(
            PRESENCE, (), year, Level.MANDATORY, draw(texts), draw(controls), (Cell.FIRST,), "0"
        )
        lines.insert(0, gate)
    first = date(year, 4, 1) + timedelta(days=draw(st.integers(0, 100)))
    needed = {i.heading for i in lines if i.scopes and set(i.scopes) <= set(APPARATUS)}
    return Edition(
        id=f"{subject.value}-fy{year}",
        revision=draw(st.integers(1, 9)),
        fiscal_year=year,
        subject=subject,
        valid_from=first,
        valid_to=first + timedelta(days=draw(st.integers(0, 200))),
        name=draw(texts),
        source=draw(texts),
        verified=draw(st.booleans()),
        sections=tuple(Section(s, draw(texts)) for s in sorted({i.section for i in lines})),
        items=tuple(lines),
        headings={heading: draw(texts) for heading in sorted(needed)},
        notes=tuple(draw(st.lists(texts, max_size=2))),
    )
