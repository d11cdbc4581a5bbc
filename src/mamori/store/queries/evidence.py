"""Everything collected about one facility, as the checks see it."""

from mamori.core.evidence import Appointment, Appointments, Evidence, Ledger, Report, Reports
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.viewer import Role, Viewer
from mamori.store.models import ManagementReport, Membership
from mamori.store.queries import ledger

OFFICES = (Role.SAFETY_ADMINISTRATOR, Role.PLANNING_ADMINISTRATOR, Role.MANAGEMENT)


def evidence(viewer: Viewer, facility: str) -> Evidence:
    """Give the facts of a facility, each topic with its date; a topic never collected is None."""
    check_may(viewer, Action.READ, Thing.FINDING, facility)
    return Evidence(
        appointments=_appointments(facility),
        ledger=_ledger(viewer, facility),
        reports=_reports(facility),
    )


def _ledger(viewer: Viewer, facility: str) -> Ledger | None:
    """Read the ledger as of its newest import; None where nothing was ever taken in."""
    newest = ledger.last_import(viewer, facility)
    if newest is None:
        return None
    return Ledger(
        ledger.everything(viewer, facility),
        as_of=newest.as_of,
        undecided=ledger.undecided(viewer, facility, newest.number),
    )


def _reports(facility: str) -> Reports | None:
    """Read the reports made to management; None where none was ever made."""
    rows = (
        ManagementReport.objects.filter(facility__code=facility)
        .order_by("made_on", "id")
        .values_list("made_on", "confirmation__confirmed_on", "confirmation__by__full_name")
    )
    found = tuple(Report(made, confirmed, by or "") for made, confirmed, by in rows)
    if not found:
        return None
    days = [day for one in found for day in (one.made_on, one.confirmed_on) if day]
    return Reports(found, as_of=max(days))


def _appointments(facility: str) -> Appointments | None:
    """Read who was appointed to which office; None where nobody ever was recorded."""
    rows = list(
        Membership.objects.filter(
            organisation__code=facility, role__in=[office.value for office in OFFICES]
        )
        .order_by("since", "pk")
        .values_list("role", "member__full_name", "since", "until", "recorded_on")
    )
    if not rows:
        return None
    return Appointments(
        tuple(Appointment(role, name, since, until) for role, name, since, until, _ in rows),
        as_of=max(recorded for *_, recorded in rows),
    )
