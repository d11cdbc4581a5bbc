"""The demonstration hospital: who it is, who works there, who maintains what, what was reported."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mamori.core.evidence import Report
from mamori.core.viewer import Role
from mamori.demo import names

SEED = 20230601
CODE = "shirasagi"
NAME = "しらさぎ総合病院(見本)"
NAME_EN = "Shirasagi General Hospital (demonstration)"
BEDS = 300


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the hospital who uses Mamori: short name, full name, office, since when."""

    name: str
    full_name: str
    role: Role
    since: date


@dataclass(frozen=True, slots=True)
class Hospital:
    """All that the demonstration needs to know of the hospital beside its ledger."""

    people: tuple[Person, ...]
    staff: tuple[str, ...]
    vendors: tuple[names.Vendor, ...]
    contracts_since: date
    reports: tuple[Report, ...]


def hospital(today: date, seed: int = SEED) -> Hospital:
    """Make the hospital as it stands on a day; the same seed and day give the same hospital."""
    random = Random(seed)  # noqa: S311 - repeatable, nothing secret
    staff = names.people(random, 120)
    manager, safety, planner = staff[3], staff[0], staff[2]
    offices = (
        Person("demo-safety", safety, Role.SAFETY_ADMINISTRATOR, date(2024, 4, 1)),
        Person("demo-planning", planner, Role.PLANNING_ADMINISTRATOR, date(2023, 6, 1)),
        Person("demo-management", manager, Role.MANAGEMENT, date(2022, 4, 1)),
        Person("demo-staff", staff[1], Role.STAFF, date(2025, 4, 1)),
    )
    # Planted: the last report was confirmed more than a year ago.
    made = today - timedelta(days=430)
    reports = (Report(made, made + timedelta(days=12), manager),)
    return Hospital(offices, staff, names.VENDORS, date(2023, 4, 1), reports)
