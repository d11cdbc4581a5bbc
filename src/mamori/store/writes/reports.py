"""Append reports to management and their confirmation."""

from collections.abc import Mapping
from datetime import date, datetime

from mamori.store.models import ManagementReport, Member, Organisation, ReportConfirmation


def append_report(
    facility: str,
    *,
    made_on: date,
    figures: Mapping[str, object],
    sha256: str,
    member: str,
    at: datetime,
) -> int:
    """Record a report with the figures it showed and the fingerprint of its file."""
    made = ManagementReport.objects.create(
        facility=Organisation.objects.get(code=facility),
        made_on=made_on,
        figures=dict(figures),
        sha256=sha256,
        by=Member.objects.get(name=member),
        at=at,
    )
    return made.pk


def append_confirmation(
    number: int, *, confirmed_on: date, remark: str, member: str, at: datetime
) -> None:
    """Record that a member of management has received a report."""
    ReportConfirmation.objects.create(
        report_id=number,
        confirmed_on=confirmed_on,
        remark=remark,
        by=Member.objects.get(name=member),
        at=at,
    )
