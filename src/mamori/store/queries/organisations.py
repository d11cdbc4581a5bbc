"""Read organisations, their people and contracts."""

from collections.abc import Iterable
from datetime import date

from mamori.core import organisations as core
from mamori.core.permissions import Action, Thing, check_may, may
from mamori.core.text import Text
from mamori.core.viewer import NotFound, Role, Viewer
from mamori.store.models import Contract, Membership, Organisation

NO_SUCH = Text("「{code}」という組織は登録されていません。", 'There is no organisation "{code}".')


def organisation(viewer: Viewer, code: str) -> core.Organisation:
    """Give one organisation; NotFound where there is none, NotAllowed where it is not theirs."""
    check_may(viewer, Action.READ, Thing.ORGANISATION, code)
    row = Organisation.objects.select_related("parent").filter(code=code).first()
    if row is None:
        raise NotFound(NO_SUCH.fill(code=code))
    return _organisation(row)


def organisations(
    viewer: Viewer, *, kind: core.OrganisationKind | None = None
) -> tuple[core.Organisation, ...]:
    """Give every organisation this person may see, by code."""
    rows = Organisation.objects.select_related("parent").order_by("code")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if not may(viewer, Action.ADD, Thing.ORGANISATION, core.INSTALLATION):
        rows = rows.filter(code__in=_reach(viewer))
    return tuple(_organisation(row) for row in rows)


def own_facilities(viewer: Viewer) -> tuple[str, ...]:
    """Give the codes of the facilities in which this person holds a role, by code."""
    codes = {grant.organisation for grant in viewer.grants}
    rows = Organisation.objects.filter(kind="facility", code__in=codes).order_by("code")
    return tuple(rows.values_list("code", flat=True))


def terms(viewer: Viewer, code: str) -> tuple[core.Term, ...]:
    """Give everybody's roles in an organisation, past ones too, oldest first."""
    check_may(viewer, Action.READ, Thing.MEMBER, code)
    rows = (
        Membership.objects.filter(organisation__code=code)
        .select_related("member")
        .order_by("since", "member__name", "role")
    )
    return tuple(
        core.Term(
            member=row.member.name,
            full_name=row.member.full_name,
            organisation=code,
            role=Role(row.role),
            since=row.since,
            until=row.until,
            appointed_by=row.appointed_by,
        )
        for row in rows
    )


def contracts(viewer: Viewer, code: str) -> tuple[core.Contract, ...]:
    """Give the contracts of a facility, by vendor."""
    check_may(viewer, Action.READ, Thing.CONTRACT, code)
    rows = (
        Contract.objects.filter(facility__code=code)
        .select_related("vendor")
        .order_by("vendor__code", "begins")
    )
    return tuple(
        core.Contract(
            facility=code,
            vendor=row.vendor.code,
            vendor_name=row.vendor.name,
            systems=row.systems,
            is_direct=row.is_direct,
            remote_maintenance=row.remote_maintenance,
            begins=row.begins,
            ends=row.ends,
        )
        for row in rows
    )


def has_contracted_vendor(viewer: Viewer, code: str, *, today: date) -> bool | None:
    """Say whether a facility has a contracted vendor; None where nobody has said."""
    facility = organisation(viewer, code)
    return core.has_contracted_vendor(
        contracts(viewer, code), said=facility.has_vendor, today=today
    )


def _reach(viewer: Viewer) -> Iterable[str]:
    """Give the codes of the organisations this person has any tie to."""
    return {g.organisation for g in viewer.grants} | viewer.clients | viewer.area


def _organisation(row: Organisation) -> core.Organisation:
    """Turn a row into plain data."""
    return core.Organisation(
        code=row.code,
        kind=core.OrganisationKind(row.kind),
        name=row.name,
        name_en=row.name_en,
        parent=row.parent.code if row.parent else None,
        prefecture=row.prefecture,
        beds=row.beds,
        is_demonstration=row.is_demonstration,
        has_vendor=row.has_vendor,
    )
