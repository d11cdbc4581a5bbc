"""Run every check for one facility and keep what they said."""

from dataclasses import replace
from datetime import date, datetime

from mamori import checks
from mamori.core import checking
from mamori.core.checking import Finding
from mamori.core.evidence import Evidence
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.viewer import Viewer
from mamori.editions import lifecycles
from mamori.store.queries import evidence as queries
from mamori.store.writes import audit
from mamori.store.writes import findings as writes
from mamori.usecases.recorded import recorded


@recorded("finding.run")
def run_checks(viewer: Viewer, *, facility: str, now: datetime, today: date) -> tuple[Finding, ...]:
    """Load the evidence, ask every check, keep the findings."""
    check_may(viewer, Action.RUN, Thing.FINDING, facility)
    found = ask(gather(viewer, facility), today)
    run = writes.append_run(facility, found, as_of=today, at=now, member=viewer.member)
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action="finding.run",
        thing=str(run),
        detail={"as_of": today.isoformat(), "findings": len(found)},
    )
    return found


def gather(viewer: Viewer, facility: str) -> Evidence:
    """Collect the facts of a facility and the dated tables the checks need."""
    return replace(queries.evidence(viewer, facility), lifecycles=lifecycles.load())


def ask(evidence: Evidence, today: date) -> tuple[Finding, ...]:
    """Ask every check, in the order of their ids."""
    if not list(checking.registry):
        checking.registry.load(checks)
    return tuple(checking.run(one, evidence, today) for _, one in checking.registry)
