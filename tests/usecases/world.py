"""A small world: one installation, two hospitals, two vendors, an inspector, and their people."""

from datetime import UTC, date, datetime

from mamori.core.organisations import Contract, Organisation, OrganisationKind
from mamori.core.viewer import Role
from mamori.store import viewers
from mamori.usecases.organisations import add, initialise

NOW = datetime(2023, 12, 1, 1, 0, tzinfo=UTC)
TODAY = date(2023, 12, 1)
HOSPITAL, OTHER, VENDOR, STRANGER = "H001", "H002", "V01", "V02"

PEOPLE = [
    ("sato", "佐藤 花子", HOSPITAL, Role.SAFETY_ADMINISTRATOR),
    ("tanaka", "田中 一郎", HOSPITAL, Role.PLANNING_ADMINISTRATOR),
    ("incho", "髙橋 院長", HOSPITAL, Role.MANAGEMENT),
    ("suzuki", "鈴木 次郎", OTHER, Role.SAFETY_ADMINISTRATOR),
    ("vendor", "𠮷田 三郎", VENDOR, Role.VENDOR_ADMINISTRATOR),
    ("stranger", "山﨑 四郎", STRANGER, Role.VENDOR_ADMINISTRATOR),
    ("inspector", "渡邊 検査", "P27", Role.INSPECTOR),
]


def build(*, contract=True):
    """Make the world; give the viewer of its system administrator."""
    root = initialise.initialise(
        name="root", full_name="管理者", os_user=None, now=NOW, today=TODAY
    )
    kinds = {
        HOSPITAL: (OrganisationKind.FACILITY, "27"),
        OTHER: (OrganisationKind.FACILITY, "13"),
        VENDOR: (OrganisationKind.VENDOR, ""),
        STRANGER: (OrganisationKind.VENDOR, ""),
        "P27": (OrganisationKind.PREFECTURE, "27"),
    }
    for code, (kind, prefecture) in kinds.items():
        one = Organisation(code, kind, f"名称{code}", f"Name {code}", prefecture=prefecture)
        add.add_organisation(root, one=one, now=NOW)
    for name, full_name, code, role in PEOPLE:
        add.add_member(
            root,
            facility=code,
            name=name,
            full_name=full_name,
            role=role,
            since=date(2023, 4, 1),
            appointed_by="理事会",
            os_user=None,
            now=NOW,
            today=TODAY,
        )
    if contract:
        sign_contract(VENDOR)
    return root


def sign_contract(vendor, *, direct=True):
    """Record a contract of the hospital with a vendor."""
    one = Contract(HOSPITAL, vendor, "", "電子カルテ", direct, None, date(2023, 4, 1), None)
    add.add_contract(who("sato"), facility=HOSPITAL, one=one, now=NOW, today=TODAY)


def who(name, today=TODAY):
    """Give the viewer of a member."""
    return viewers.member(name, today=today)
