"""Who is asking, and how a refusal is said."""

from dataclasses import dataclass
from enum import Enum

from mamori.core.text import Text


class Role(Enum):
    """What a member of an organisation is there to do."""

    SAFETY_ADMINISTRATOR = "safety_administrator"
    PLANNING_ADMINISTRATOR = "planning_administrator"
    MANAGEMENT = "management"
    STAFF = "staff"
    VENDOR_ADMINISTRATOR = "vendor_administrator"
    VENDOR_STAFF = "vendor_staff"
    INSPECTOR = "inspector"
    ASSOCIATION = "association"
    MINISTRY = "ministry"
    RESPONDER = "responder"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    DEMONSTRATION = "demonstration"


ROLE_NAMES: dict[Role, Text] = {
    Role.SAFETY_ADMINISTRATOR: Text("医療情報システム安全管理責任者", "Safety administrator"),
    Role.PLANNING_ADMINISTRATOR: Text("企画管理者", "Planning administrator"),
    Role.MANAGEMENT: Text("経営層", "Management"),
    Role.STAFF: Text("職員", "Staff"),
    Role.VENDOR_ADMINISTRATOR: Text("事業者の管理者", "Vendor administrator"),
    Role.VENDOR_STAFF: Text("事業者の担当者", "Vendor staff"),
    Role.INSPECTOR: Text("立入検査担当者", "Inspector"),
    Role.ASSOCIATION: Text("団体・セプター事務局", "Association or CEPTOAR secretariat"),
    Role.MINISTRY: Text("厚生労働省", "Ministry"),
    Role.RESPONDER: Text("SOC・初動対応チーム", "SOC analyst or responder"),
    Role.SYSTEM_ADMINISTRATOR: Text("システム管理者", "System administrator"),
    Role.DEMONSTRATION: Text("見本の閲覧者", "Visitor of the demonstration"),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held in one organisation, named by its code."""

    organisation: str
    role: Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person reduced to what rules need: a name for the trail, and the roles held now.

    `clients` are the facilities a vendor's contract covers, `area` those an inspector looks after.
    """

    member: str
    grants: frozenset[Grant]
    clients: frozenset[str] = frozenset()
    area: frozenset[str] = frozenset()

    def roles_for(self, organisation: str) -> frozenset[Role]:
        """Give the roles this person holds towards one organisation."""
        own = {g.role for g in self.grants if g.organisation == organisation}
        held = {g.role for g in self.grants}
        if organisation in self.clients:
            own |= held & {Role.VENDOR_ADMINISTRATOR, Role.VENDOR_STAFF}
        if organisation in self.area:
            own |= held & {Role.INSPECTOR}
        return frozenset(own)


class Refused(Exception):
    """Something may not be done; the reason can be shown to the person who asked.

    `member`, `organisation`: who was refused, and where, for the audit trail.
    """

    def __init__(self, reason: Text, *, member: str = "-", organisation: str = "") -> None:
        """Keep the reason in both languages."""
        super().__init__(reason.en)
        self.reason = reason
        self.member = member
        self.organisation = organisation
        self.is_recorded = False


class NotAllowed(Refused):
    """This person may not do this here (who may)."""


class NotPossible(Refused):
    """The state of things does not allow it (what state allows)."""


class NotFound(Refused):
    """There is no such thing, or not for this person to see."""
