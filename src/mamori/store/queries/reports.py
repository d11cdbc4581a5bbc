"""Read the reports on the ledger to management, and what happened between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from mamori.core.ledger_report import Changes, TakenIn
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.text import Text
from mamori.core.viewer import NotFound, Viewer
from mamori.store.models import ApparatusHistory, ApparatusRow, Import, ManagementReport, Member

NO_REPORT = Text(
    "{facility} に報告書番号{number}はありません。", "{facility} has no report number {number}."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One report as it was recorded, and who confirmed it."""

    number: int
    made_on: date
    at: datetime
    by: str
    figures: Mapping[str, Any]
    sha256: str
    confirmed_on: date | None
    confirmed_by: str
    remark: str


def reports(viewer: Viewer, facility: str, *, size: int = 100) -> tuple[Kept, ...]:
    """Give the newest reports of a facility, newest first."""
    check_may(viewer, Action.READ, Thing.REPORT, facility)
    return tuple(_kept(row) for row in _rows(facility)[:size])


def one(viewer: Viewer, facility: str, number: int | None) -> Kept:
    """Give one report, or the newest; NotFound where there is none."""
    check_may(viewer, Action.READ, Thing.REPORT, facility)
    found = _rows(facility) if number is None else _rows(facility).filter(pk=number)
    row = found.first()
    if row is None:
        raise NotFound(NO_REPORT.fill(facility=facility, number=number or 1))
    return _kept(row)


def changes(viewer: Viewer, facility: str, *, since: Kept | None) -> Changes:
    """Count what happened to the ledger after a report (None: from the beginning)."""
    check_may(viewer, Action.READ, Thing.LEDGER, facility)
    history = ApparatusHistory.objects.filter(apparatus__facility__code=facility)
    added = ApparatusRow.objects.filter(facility__code=facility, is_listed=True)
    imports = Import.objects.filter(facility__code=facility, topic="ledger", undo__isnull=True)
    if since is not None:
        history = history.filter(at__gt=since.at)
        added = added.filter(added_at__gt=since.at)
        imports = imports.filter(at__gt=since.at)
    standing = history.exclude(imported__undo__isnull=False).exclude(what="undone")
    met = {
        what: standing.filter(what=what).values("apparatus_id").distinct().count()
        for what in ("changed", "gone")
    }
    return Changes(
        since=since.made_on if since else None,
        added=added.count(),
        changed=met["changed"],
        gone=met["gone"],
        imports=tuple(_taken_in(row) for row in imports.select_related("by").order_by("id")),
    )


def full_name(viewer: Viewer) -> str:
    """Give the full name of the person who asks; their short name where they are no member."""
    name = Member.objects.filter(name=viewer.member).values_list("full_name", flat=True).first()
    return name or viewer.member


def _rows(facility: str) -> QuerySet[ManagementReport]:
    """Select the reports of a facility, newest first, each with its confirmation."""
    rows = ManagementReport.objects.filter(facility__code=facility).order_by("-made_on", "-id")
    return rows.select_related("by", "confirmation__by")


def _kept(row: ManagementReport) -> Kept:
    """Turn a row into plain data."""
    confirmed = getattr(row, "confirmation", None)
    return Kept(
        number=row.pk,
        made_on=row.made_on,
        at=row.at,
        by=row.by.full_name,
        figures=row.figures,
        sha256=row.sha256,
        confirmed_on=confirmed.confirmed_on if confirmed else None,
        confirmed_by=confirmed.by.full_name if confirmed else "",
        remark=confirmed.remark if confirmed else "",
    )


def _taken_in(row: Import) -> TakenIn:
    """Turn an import into the line of a report."""
    return TakenIn(
        number=row.pk,
        file=row.file_name,
        as_of=row.as_of,
        by=row.by.full_name,
        accepted=row.counts["accepted"],
        rejected=row.counts["rejected"],
    )
