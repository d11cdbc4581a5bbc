"""The periodic report on the ledger to management: figures, ends of support, what changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mamori.core import overview
from mamori.core.checking import Finding
from mamori.core.evidence import Ledger, Lifecycles
from mamori.core.forms import Party
from mamori.core.overview import KindCount, SupportLine
from mamori.core.text import Text
from mamori.core.viewer import NotPossible

CONTROL = "ledger.kept"
NO_LEDGER = Text(
    "機器台帳がまだ取り込まれていないため、報告書を作成できません。",
    "No report can be made: no ledger has been imported yet.",
)


class NothingToReport(NotPossible):
    """There is no ledger to report on."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """One import since the last report."""

    number: int
    file: str
    as_of: date
    by: str
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to the ledger since a moment; `since` None: this is the first report."""

    since: date | None
    added: int
    changed: int
    gone: int
    imports: tuple[TakenIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What one check on the ledger said: its title and the finding."""

    title: Text
    finding: Finding


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """All that the report shows. `before` holds the totals of the last report, by kind."""

    facility: Party
    made_on: date
    made_at: datetime
    made_by: str
    ledger_as_of: date
    kinds: tuple[KindCount, ...]
    undecided: int
    supports: tuple[SupportLine, ...]
    table_as_of: date
    changes: Changes
    before: Mapping[str, int]
    lines: tuple[Line, ...]

    @property
    def totals(self) -> dict[str, int]:
        """Count the apparatus that is still there, by kind."""
        return {one.kind.value: one.in_service + one.resting for one in self.kinds}

    def figures(self) -> dict[str, object]:
        """Give the figures that are kept with the report."""
        return {
            "ledger_as_of": self.ledger_as_of.isoformat(),
            "totals": self.totals,
            "in_service": {one.kind.value: one.in_service for one in self.kinds},
            "resting": {one.kind.value: one.resting for one in self.kinds},
            "disposed": {one.kind.value: one.disposed for one in self.kinds},
            "undecided": self.undecided,
            "supports": [
                {
                    "kind": one.kind.value,
                    "name": one.name.as_json(),
                    "support": one.support.value,
                    "ends": one.ends.isoformat() if one.ends else None,
                    "count": one.count,
                }
                for one in self.supports
            ],
            "since": self.changes.since.isoformat() if self.changes.since else None,
            "added": self.changes.added,
            "changed": self.changes.changed,
            "gone": self.changes.gone,
            "verdicts": {one.finding.check: one.finding.verdict.value for one in self.lines},
        }


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a report, for whom, and when."""

    facility: Party
    on: date
    at: datetime
    by: str


def report(
    made: Made,
    ledger: Ledger | None,
    table: Lifecycles,
    changes: Changes,
    before: Mapping[str, int],
    lines: tuple[Line, ...],
) -> LedgerReport:
    """Put the report together; NothingToReport where no ledger was ever imported."""
    if ledger is None:
        raise NothingToReport(NO_LEDGER)
    return LedgerReport(
        facility=made.facility,
        made_on=made.on,
        made_at=made.at,
        made_by=made.by,
        ledger_as_of=ledger.as_of,
        kinds=overview.kinds(ledger),
        undecided=len(ledger.undecided),
        supports=overview.supports(ledger, table, made.on),
        table_as_of=table.as_of,
        changes=changes,
        before=before,
        lines=lines,
    )
