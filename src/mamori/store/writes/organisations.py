"""Write organisations, members and contracts."""

from datetime import date, datetime

from mamori.core import organisations as core
from mamori.core.viewer import Role
from mamori.store.models import Contract, Member, Membership, Organisation


def add_organisation(one: core.Organisation, *, at: datetime) -> None:
    """Add an organisation under its parent."""
    parent = Organisation.objects.get(code=one.parent) if one.parent else None
    Organisation.objects.create(
        code=one.code,
        kind=one.kind.value,
        name=one.name,
        name_en=one.name_en,
        parent=parent,
        prefecture=one.prefecture,
        beds=one.beds,
        is_demonstration=one.is_demonstration,
        has_vendor=one.has_vendor,
        created_at=at,
    )


def say_whether_vendor(code: str, *, has_vendor: bool) -> None:
    """Keep what a facility declares about having a contracted vendor."""
    Organisation.objects.filter(code=code).update(has_vendor=has_vendor)


def add_member(name: str, full_name: str, *, os_user: str | None, at: datetime) -> None:
    """Add a person, optionally bound to an operating-system user."""
    Member.objects.create(name=name, full_name=full_name, os_user=os_user, created_at=at)


def member_exists(name: str) -> bool:
    """Say whether a short name is taken."""
    return Member.objects.filter(name=name).exists()


def add_term(
    member: str,
    organisation: str,
    role: Role,
    *,
    since: date,
    appointed_by: str,
    recorded_on: date,
) -> None:
    """Record that a person holds a role from a day on."""
    Membership.objects.create(
        member=Member.objects.get(name=member),
        organisation=Organisation.objects.get(code=organisation),
        role=role.value,
        since=since,
        appointed_by=appointed_by,
        recorded_on=recorded_on,
    )


def end_term(member: str, organisation: str, role: Role, *, last_day: date) -> int:
    """Record the last day of a role; give how many terms that ended."""
    return Membership.objects.filter(
        member__name=member, organisation__code=organisation, role=role.value, until__isnull=True
    ).update(until=last_day)


def add_contract(one: core.Contract, *, recorded_on: date) -> None:
    """Record a contract between a facility and a vendor."""
    Contract.objects.create(
        facility=Organisation.objects.get(code=one.facility),
        vendor=Organisation.objects.get(code=one.vendor),
        systems=one.systems,
        is_direct=one.is_direct,
        remote_maintenance=one.remote_maintenance,
        begins=one.begins,
        ends=one.ends,
        recorded_on=recorded_on,
    )


def organisation_exists(code: str) -> bool:
    """Say whether a code is taken."""
    return Organisation.objects.filter(code=code).exists()


def kind_of(code: str) -> str:
    """Give the kind of an organisation that is there."""
    return Organisation.objects.get(code=code).kind
