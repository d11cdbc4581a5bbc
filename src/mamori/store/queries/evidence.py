"""Everything collected about one facility, as the checks see it."""

from mamori.core.evidence import Appointment, Appointments, Evidence
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.viewer import Role, Viewer
from mamori.store.models import Membership

OFFICES = (Role.SAFETY_ADMINISTRATOR, Role.PLANNING_ADMINISTRATOR, Role.MANAGEMENT)


def evidence(viewer: Viewer, facility: str) -> Evidence:
    """Give the facts of a facility, each topic with its date; a topic never collected is None."""
    check_may(viewer, Action.READ, Thing.FINDING, facility)
    return Evidence(appointments=_appointments(facility))


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
