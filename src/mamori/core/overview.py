"""One facility at a glance: what the first page and the printed result show, as plain data."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from mamori.core import answering, lifecycles, suggestions, urgency
from mamori.core.answering import Progress
from mamori.core.checking import Finding
from mamori.core.checklists import EMPTY, Applies, Circumstances, ItemState
from mamori.core.editions import Control, Item, Level, Section
from mamori.core.evidence import Ledger, Lifecycles
from mamori.core.forms import Form
from mamori.core.inventory import IN_SERVICE
from mamori.core.ledger import Kind, Status
from mamori.core.lifecycles import Support
from mamori.core.suggestions import Suggestion
from mamori.core.text import Text
from mamori.core.urgency import Urgent

# Ours: how far ahead an end of support is worth a line.
AHEAD_DAYS = 366


@dataclass(frozen=True, slots=True)
class Line:
    """One item with what stands in its cells and what evidence says about it."""

    item: Item
    control: Control
    state: ItemState
    applies: Applies
    suggestion: Suggestion
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the form with its items."""

    section: Section
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many apparatus of one kind the ledger lists, by what became of them."""

    kind: Kind
    in_service: int
    resting: int
    disposed: int


@dataclass(frozen=True, slots=True)
class SupportLine:
    """How many apparatus under use of one kind share one answer about their support."""

    kind: Kind
    name: Text
    support: Support
    ends: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the first page shows; `ledger_as_of` None: no ledger was ever taken in.

    `mandatory` and `everything` share their rule: the denominator is the items that are to be
    answered. `supports` lists what is past, near its end, or cannot be judged.
    """

    form: Form
    urgent: tuple[Urgent, ...]
    mandatory: Progress
    everything: Progress
    parts: tuple[Part, ...]
    kinds: tuple[KindCount, ...]
    supports: tuple[SupportLine, ...]
    ledger_as_of: date | None
    table_as_of: date
    checked_on: date | None


def overview(
    form: Form,
    ledger: Ledger | None,
    table: Lifecycles,
    known: Circumstances,
    *,
    checked_on: date | None,
    today: date,
) -> Overview:
    """Put the first page together from a filled form, the ledger and the table of ends."""
    return Overview(
        form=form,
        urgent=urgency.most_urgent(form, today=today),
        mandatory=answering.progress(form.edition, form.states, known, Level.MANDATORY),
        everything=answering.progress(form.edition, form.states, known),
        parts=parts(form),
        kinds=kinds(ledger) if ledger else (),
        supports=supports(ledger, table, today) if ledger else (),
        ledger_as_of=ledger.as_of if ledger else None,
        table_as_of=table.as_of,
        checked_on=checked_on,
    )


def parts(form: Form) -> tuple[Part, ...]:
    """Give the sections of the form that have items, with their lines, in the form's order."""
    found = []
    for section in form.edition.sections:
        lines = tuple(_line(form, i) for i in form.edition.items if i.section == section.id)
        if lines:
            found.append(Part(section, lines))
    return tuple(found)


def _line(form: Form, item: Item) -> Line:
    """Gather what is known about one item."""
    return Line(
        item=item,
        control=form.controls[item.control],
        state=form.states.get(item.key, EMPTY),
        applies=form.applies[item.key],
        suggestion=suggestions.suggest(item, form.findings),
        findings=suggestions.about(item, form.findings),
    )


def kinds(ledger: Ledger) -> tuple[KindCount, ...]:
    """Count the ledger by kind; kinds that do not occur are left out."""
    counted = Counter((one.kind, _fate(one.status)) for one in ledger.apparatus)
    return tuple(
        KindCount(kind, counted[kind, "in"], counted[kind, "resting"], counted[kind, "gone"])
        for kind in Kind
        if any(counted[kind, fate] for fate in ("in", "resting", "gone"))
    )


def _fate(status: Status) -> str:
    """Sort a status into what counts, what rests and what is gone."""
    if status in IN_SERVICE:
        return "in"
    return "gone" if status is Status.DISPOSED else "resting"


def supports(ledger: Ledger, table: Lifecycles, today: date) -> tuple[SupportLine, ...]:
    """List what runs past its support, then what ends within a year, then what cannot be judged."""
    rows = (
        one
        for one in ledger.apparatus
        if one.status in IN_SERVICE and one.kind in (Kind.SERVER, Kind.TERMINAL, Kind.NETWORK)
    )
    judged = lifecycles.judge_all(rows, table, today)
    counted = Counter(
        (one.kind, lifecycles.label(one, found), found.support, found.ends)
        for one, found in judged
        if found.support is not Support.SUPPORTED or _near(found.ends, today)
    )
    lines = (SupportLine(*key, count) for key, count in counted.items())
    return tuple(sorted(lines, key=_rank))


def _near(ends: date | None, today: date) -> bool:
    """Say whether an end of support lies within a year."""
    return ends is not None and (ends - today).days <= AHEAD_DAYS


def _rank(line: SupportLine) -> tuple[int, date, int, str]:
    """Put the past first, the oldest end before others, then what ends soon, then the unclear."""
    place = {Support.PAST: 0, Support.SUPPORTED: 1}.get(line.support, 2)
    return place, line.ends or date.max, -line.count, line.name.en
