"""Who is asking: a member of the installation, turned into the viewer that every read names."""

from datetime import date

from django.db.models import Q

from mamori.core.text import Text
from mamori.core.viewer import Grant, NotAllowed, Role, Viewer
from mamori.store.models import Contract, Member, Membership, Organisation

UNKNOWN_MEMBER = Text(
    "利用者「{name}」は登録されていません。", 'There is no member called "{name}".'
)
NOT_BOUND = Text(
    "この端末の利用者「{name}」は登録されていません。"
    "--as で利用者を指定するか、mamori init を実行してください。",
    'The operating-system user "{name}" is bound to no member: '
    "give one with --as, or run mamori init.",
)
DEMONSTRATION_VIEWER = "demonstration"


def member(name: str, *, today: date) -> Viewer:
    """Give the viewer for a member's short name; NotAllowed where there is none."""
    row = Member.objects.filter(name=name).first()
    if row is None:
        raise NotAllowed(UNKNOWN_MEMBER.fill(name=name))
    return _viewer(row, today)


def os_user(name: str, *, today: date) -> Viewer:
    """Give the viewer bound to an operating-system user; NotAllowed where there is none."""
    row = Member.objects.filter(os_user=name).first()
    if row is None:
        raise NotAllowed(NOT_BOUND.fill(name=name))
    return _viewer(row, today)


def demonstration() -> Viewer:
    """Give the visitor of the demonstration: reads demonstration data and nothing else."""
    codes = Organisation.objects.filter(is_demonstration=True).values_list("code", flat=True)
    return Viewer(
        DEMONSTRATION_VIEWER, frozenset(Grant(code, Role.DEMONSTRATION) for code in codes)
    )


def _viewer(row: Member, today: date) -> Viewer:
    """Collect the roles held today and the facilities they reach."""
    holds = Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gte=today))
    terms = list(
        Membership.objects.filter(holds, member=row)
        .values_list("organisation__code", "organisation_id", "organisation__prefecture", "role")
        .order_by("organisation__code", "role")
    )
    grants = frozenset(Grant(code, Role(role)) for code, _, _, role in terms)
    vendor_roles = (Role.VENDOR_ADMINISTRATOR.value, Role.VENDOR_STAFF.value)
    vendors = {pk for _, pk, _, role in terms if role in vendor_roles}
    areas = {area for _, _, area, role in terms if role == Role.INSPECTOR.value and area}
    return Viewer(row.name, grants, _clients(vendors, today), _area(areas))


def _clients(vendors: set[int], today: date) -> frozenset[str]:
    """Give the facilities whose contracts with these vendors hold today."""
    if not vendors:
        return frozenset()
    holds = Q(begins__lte=today) & (Q(ends__isnull=True) | Q(ends__gte=today))
    rows = Contract.objects.filter(holds, vendor_id__in=vendors)
    return frozenset(rows.values_list("facility__code", flat=True))


def _area(prefectures: set[str]) -> frozenset[str]:
    """Give the facilities of these prefectures."""
    if not prefectures:
        return frozenset()
    rows = Organisation.objects.filter(kind="facility", prefecture__in=prefectures)
    return frozenset(rows.values_list("code", flat=True))
