"""Make the periodic report on the ledger to management."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from mamori.core import checking, ledger_report
from mamori.core.forms import Party
from mamori.core.ledger_report import CONTROL, LedgerReport, Line, Made
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.text import Language
from mamori.core.viewer import Viewer
from mamori.exporters import ledger_report_pdf
from mamori.store.queries import organisations, reports
from mamori.store.writes import audit
from mamori.store.writes import reports as writes
from mamori.usecases.findings import run_checks
from mamori.usecases.recorded import recorded

# This check speaks of the reports: in a report it would speak of the one before.
OWN_CHECK = "ledger.reported-to-management"


@dataclass(frozen=True, slots=True)
class Printed:
    """A report that was recorded: its number, what it shows, and its file."""

    number: int
    report: LedgerReport
    content: bytes


def draft(viewer: Viewer, *, facility: str, now: datetime, today: date) -> LedgerReport:
    """Put the report together as it would be made now; nothing is recorded.

    Errors: NotAllowed; NothingToReport where no ledger was ever imported.
    """
    check_may(viewer, Action.READ, Thing.REPORT, facility)
    one = organisations.organisation(viewer, facility)
    evidence = run_checks.gather(viewer, facility)
    if evidence.lifecycles is None:
        raise LookupError("the shipped table of ends of support is missing")
    found = run_checks.ask(evidence, today)
    titles = {check_id: check.title for check_id, check in checking.registry}
    lines = tuple(
        Line(titles[finding.check], finding)
        for finding in found
        if finding.control == CONTROL and finding.check != OWN_CHECK
    )
    last = next(iter(reports.reports(viewer, facility, size=1)), None)
    before = last.figures.get("totals", {}) if last else {}
    return ledger_report.report(
        Made(Party(one.code, one.name, one.name_en), today, now, reports.full_name(viewer)),
        evidence.ledger,
        evidence.lifecycles,
        reports.changes(viewer, facility, since=last),
        before,
        lines,
    )


@recorded("report.make")
def make(
    viewer: Viewer, *, facility: str, language: Language, now: datetime, today: date
) -> Printed:
    """Make the report, print it as PDF and record its figures; management confirms it later."""
    check_may(viewer, Action.ADD, Thing.REPORT, facility)
    found = draft(viewer, facility=facility, now=now, today=today)
    content = ledger_report_pdf.write(found, language)
    mark = sha256(content).hexdigest()
    number = writes.append_report(
        facility,
        made_on=today,
        figures=found.figures(),
        sha256=mark,
        member=viewer.member,
        at=now,
    )
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action="report.make",
        thing=str(number),
        detail={"sha256": mark, "totals": found.totals},
    )
    return Printed(number, found, content)
