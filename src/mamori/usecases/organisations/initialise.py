"""The first start: the installation itself and its first administrator."""

from datetime import date, datetime

from mamori.core.organisations import INSTALLATION, Organisation, OrganisationKind
from mamori.core.text import Text
from mamori.core.viewer import NotPossible, Role, Viewer
from mamori.store import viewers
from mamori.store.writes import audit
from mamori.store.writes import organisations as writes
from mamori.usecases.recorded import recorded

ALREADY = Text("初期設定はすでに済んでいます。", "This installation is already set up.")


def is_initialised() -> bool:
    """Say whether the first administrator has been made."""
    return writes.organisation_exists(INSTALLATION)


def initialise(
    *, name: str, full_name: str, os_user: str | None, now: datetime, today: date
) -> Viewer:
    """Make the installation and its first administrator; NotPossible the second time."""
    _initialise(
        Viewer(name, frozenset()), full_name=full_name, os_user=os_user, now=now, today=today
    )
    return viewers.member(name, today=today)


@recorded("installation.initialise")
def _initialise(
    viewer: Viewer, *, full_name: str, os_user: str | None, now: datetime, today: date
) -> None:
    """Write the first rows; there is nobody yet who could allow or refuse it."""
    if is_initialised():
        raise NotPossible(ALREADY)
    installation = Organisation(INSTALLATION, OrganisationKind.INSTALLATION, "Mamori", "Mamori")
    writes.add_organisation(installation, at=now)
    writes.add_member(viewer.member, full_name, os_user=os_user, at=now)
    writes.add_term(
        viewer.member,
        INSTALLATION,
        Role.SYSTEM_ADMINISTRATOR,
        since=today,
        appointed_by="",
        recorded_on=today,
    )
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=INSTALLATION,
        action="installation.initialise",
        thing=viewer.member,
        detail={"os_user": os_user},
    )
