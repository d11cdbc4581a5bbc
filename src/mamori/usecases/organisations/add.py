"""Add organisations, people, offices and contracts."""

from datetime import date, datetime

from mamori.core.organisations import (
    INSTALLATION,
    KIND_NAMES,
    ROLES_OF,
    Contract,
    Organisation,
    OrganisationKind,
)
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.text import Text
from mamori.core.viewer import ROLE_NAMES, NotPossible, Role, Viewer
from mamori.store.queries import organisations as queries
from mamori.store.writes import audit
from mamori.store.writes import organisations as writes
from mamori.usecases.recorded import recorded

NAME_WANTED = Text(
    "組織のコードと名称を入力してください。", "An organisation needs a code and a name."
)
TAKEN = Text("「{name}」はすでに使われています。", '"{name}" is already taken.')
NOT_HELD = Text(
    "利用者「{member}」に「{role}」の役割はありません。",
    '{member} does not hold the role "{role}".',
)
WRONG_OFFICE = Text("{kind}には「{role}」の役割を置けません。", 'A {kind} has no role "{role}".')


@recorded("organisation.add")
def add_organisation(viewer: Viewer, *, one: Organisation, now: datetime) -> None:
    """Add an organisation; NotPossible when its code is taken."""
    check_may(viewer, Action.ADD, Thing.ORGANISATION, INSTALLATION)
    if not one.code.strip() or not one.name.strip():
        raise NotPossible(NAME_WANTED)
    if writes.organisation_exists(one.code):
        raise NotPossible(TAKEN.fill(name=one.code))
    writes.add_organisation(one, at=now)
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=one.code,
        action="organisation.add",
        thing=one.code,
        detail={"kind": one.kind.value, "name": one.name},
    )


@recorded("organisation.say_vendor")
def say_whether_vendor(viewer: Viewer, *, facility: str, has_vendor: bool, now: datetime) -> None:
    """Record whether the facility has a contracted vendor, where no contract shows it."""
    check_may(viewer, Action.EDIT, Thing.ORGANISATION, facility)
    queries.organisation(viewer, facility)
    writes.say_whether_vendor(facility, has_vendor=has_vendor)
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action="organisation.say_vendor",
        thing=facility,
        detail={"has_vendor": has_vendor},
    )


@recorded("member.add")
def add_member(
    viewer: Viewer,
    *,
    facility: str,
    name: str,
    full_name: str,
    role: Role,
    since: date,
    appointed_by: str,
    os_user: str | None,
    now: datetime,
    today: date,
) -> None:
    """Give a person (new, or known by the same short name) a role in an organisation."""
    organisation = _may_appoint(viewer, facility)
    kind = OrganisationKind(organisation)
    if role not in ROLES_OF[kind]:
        raise NotPossible(WRONG_OFFICE.fill(kind=KIND_NAMES[kind], role=ROLE_NAMES[role]))
    if not writes.member_exists(name):
        writes.add_member(name, full_name, os_user=os_user, at=now)
    writes.add_term(name, facility, role, since=since, appointed_by=appointed_by, recorded_on=today)
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action="member.add",
        thing=name,
        detail={"role": role.value, "since": since.isoformat(), "appointed_by": appointed_by},
    )


@recorded("member.end")
def end_role(
    viewer: Viewer, *, facility: str, name: str, role: Role, last_day: date, now: datetime
) -> None:
    """Record the last day of a person's role; the term stays on record.

    Errors: NotPossible when this person does not hold the role.
    """
    _may_appoint(viewer, facility)
    if not writes.end_term(name, facility, role, last_day=last_day):
        raise NotPossible(NOT_HELD.fill(member=name, role=ROLE_NAMES[role]))
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action="member.end",
        thing=name,
        detail={"role": role.value, "last_day": last_day.isoformat()},
    )


def _may_appoint(viewer: Viewer, code: str) -> str:
    """Check that this person may add members here; give the kind of the organisation."""
    if not writes.organisation_exists(code):
        raise NotPossible(queries.NO_SUCH.fill(code=code))
    by_system = Role.SYSTEM_ADMINISTRATOR in viewer.roles_for(INSTALLATION)
    check_may(viewer, Action.ADD, Thing.MEMBER, INSTALLATION if by_system else code)
    return writes.kind_of(code)


@recorded("contract.add")
def add_contract(
    viewer: Viewer, *, facility: str, one: Contract, now: datetime, today: date
) -> None:
    """Record a contract of the facility with a vendor."""
    check_may(viewer, Action.ADD, Thing.CONTRACT, facility)
    for code in (facility, one.vendor):
        if not writes.organisation_exists(code):
            raise NotPossible(queries.NO_SUCH.fill(code=code))
    writes.add_contract(one, recorded_on=today)
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action="contract.add",
        thing=one.vendor,
        detail={"systems": one.systems, "begins": one.begins.isoformat()},
    )
