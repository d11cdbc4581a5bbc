"""Read what the checks said."""

from dataclasses import dataclass
from datetime import date, datetime

from mamori.core.checking import Finding, Verdict
from mamori.core.editions import Scope
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.text import Text
from mamori.core.viewer import Viewer
from mamori.store.models import CheckRun, FindingRow


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the checks: its day, its moment, its findings by check."""

    id: int
    as_of: date
    at: datetime
    findings: tuple[Finding, ...]


def latest(viewer: Viewer, facility: str) -> Run | None:
    """Give the newest run of the checks of a facility; None where they never ran."""
    check_may(viewer, Action.READ, Thing.FINDING, facility)
    run = CheckRun.objects.filter(facility__code=facility).order_by("-pk").first()
    if run is None:
        return None
    rows = FindingRow.objects.filter(run=run).order_by("check_id")
    return Run(run.pk, run.as_of, run.at, tuple(_finding(row) for row in rows))


def _finding(row: FindingRow) -> Finding:
    """Turn a row into plain data."""
    return Finding(
        check=row.check_id,
        control=row.control,
        scopes=tuple(Scope(s) for s in row.scopes),
        verdict=Verdict(row.verdict),
        reason=Text(row.reason_ja, row.reason_en),
        facts_as_of=row.facts_as_of,
        rows=tuple(row.rows),
        settle=Text(row.settle_ja, row.settle_en) if row.settle_ja else None,
        alone=row.alone,
    )
