"""Organisations, their people and contracts, as plain data."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from mamori.core.text import Text
from mamori.core.viewer import Role


class OrganisationKind(Enum):
    """What an organisation is in the scheme."""

    FACILITY = "facility"
    VENDOR = "vendor"
    PREFECTURE = "prefecture"
    HEALTH_CENTRE = "health_centre"
    ASSOCIATION = "association"
    CEPTOAR = "ceptoar"
    MINISTRY = "ministry"
    SOC = "soc"
    INSTALLATION = "installation"


KIND_NAMES: dict[OrganisationKind, Text] = {
    OrganisationKind.FACILITY: Text("医療機関", "Medical facility"),
    OrganisationKind.VENDOR: Text("事業者", "Vendor"),
    OrganisationKind.PREFECTURE: Text("都道府県", "Prefecture"),
    OrganisationKind.HEALTH_CENTRE: Text("保健所", "Health centre"),
    OrganisationKind.ASSOCIATION: Text("団体", "Association"),
    OrganisationKind.CEPTOAR: Text("医療セプター事務局", "CEPTOAR secretariat"),
    OrganisationKind.MINISTRY: Text("厚生労働省", "Ministry"),
    OrganisationKind.SOC: Text("SOC・初動対応チーム", "SOC or response team"),
    OrganisationKind.INSTALLATION: Text("このシステム", "This installation"),
}
INSTALLATION = "installation"

# The offices that make sense in each kind of organisation.
ROLES_OF: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.FACILITY: frozenset(
        {Role.SAFETY_ADMINISTRATOR, Role.PLANNING_ADMINISTRATOR, Role.MANAGEMENT, Role.STAFF}
    ),
    OrganisationKind.VENDOR: frozenset({Role.VENDOR_ADMINISTRATOR, Role.VENDOR_STAFF}),
    OrganisationKind.PREFECTURE: frozenset({Role.INSPECTOR}),
    OrganisationKind.HEALTH_CENTRE: frozenset({Role.INSPECTOR}),
    OrganisationKind.ASSOCIATION: frozenset({Role.ASSOCIATION}),
    OrganisationKind.CEPTOAR: frozenset({Role.ASSOCIATION}),
    OrganisationKind.MINISTRY: frozenset({Role.MINISTRY}),
    OrganisationKind.SOC: frozenset({Role.RESPONDER}),
    OrganisationKind.INSTALLATION: frozenset({Role.SYSTEM_ADMINISTRATOR}),
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """A facility, vendor or authority. `has_vendor` None: nobody has said."""

    code: str
    kind: OrganisationKind
    name: str
    name_en: str = ""
    parent: str | None = None
    prefecture: str = ""
    beds: int | None = None
    is_demonstration: bool = False
    has_vendor: bool | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One role a person holds in one organisation, from a day on."""

    member: str
    full_name: str
    organisation: str
    role: Role
    since: date
    until: date | None
    appointed_by: str


@dataclass(frozen=True, slots=True)
class Contract:
    """What a vendor does for a facility. `remote_maintenance` None: nobody has said."""

    facility: str
    vendor: str
    vendor_name: str
    systems: str
    is_direct: bool
    remote_maintenance: bool | None
    begins: date
    ends: date | None


def has_contracted_vendor(
    contracts: tuple[Contract, ...], *, said: bool | None, today: date
) -> bool | None:
    """Say whether a facility has a vendor: a contract that holds today proves it.

    `said`: what the facility declared; None and no contract is not known.
    """
    if any(
        c.is_direct and c.begins <= today and (c.ends is None or c.ends >= today) for c in contracts
    ):
        return True
    return said
