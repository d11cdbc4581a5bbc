"""Show one facility at a glance; the command line and the first page both ask here."""

from dataclasses import dataclass
from datetime import date, datetime

from mamori.core import overview as core
from mamori.core.organisations import Contract
from mamori.core.overview import Overview
from mamori.core.viewer import Viewer
from mamori.store.queries import findings, organisations
from mamori.store.queries import overview as queries
from mamori.store.queries.overview import VendorList
from mamori.usecases.checklists import form
from mamori.usecases.findings import run_checks


@dataclass(frozen=True, slots=True)
class VendorLine:
    """A contract, and where the vendor's list stands (None: none was begun)."""

    contract: Contract
    list: VendorList | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The overview and the vendors of a facility."""

    overview: Overview
    vendors: tuple[VendorLine, ...]


def show(viewer: Viewer, *, facility: str, now: datetime, today: date) -> Shown | None:
    """Give what the first page shows; None where the facility has begun no checklist."""
    edition = queries.newest_edition(viewer, facility)
    if edition is None:
        return None
    filled = form.form_of(
        viewer, facility=facility, edition=edition, vendor=None, now=now, today=today
    )
    evidence = run_checks.gather(viewer, facility)
    if evidence.lifecycles is None:
        raise LookupError("the shipped table of ends of support is missing")
    run = findings.latest(viewer, facility)
    found = core.overview(
        filled,
        evidence.ledger,
        evidence.lifecycles,
        form.circumstances(viewer, facility, None, today),
        checked_on=run.as_of if run else None,
        today=today,
    )
    lists = queries.vendor_lists(viewer, facility)
    vendors = tuple(
        VendorLine(one, lists.get(one.vendor)) for one in organisations.contracts(viewer, facility)
    )
    return Shown(found, vendors)
