"""Management confirms a report on the ledger."""

from datetime import date, datetime

from mamori.core.permissions import Action, Thing, check_may
from mamori.core.text import Text
from mamori.core.viewer import NotPossible, Viewer
from mamori.store.queries import reports
from mamori.store.writes import audit
from mamori.store.writes import reports as writes
from mamori.usecases.recorded import recorded

ALREADY = Text(
    "報告書{number}は{day}に{by}が確認済みです。",
    "Report {number} was confirmed on {day} by {by} already.",
)
TOO_EARLY = Text(
    "確認日({day})が報告書の作成日({made})より前です。",
    "The day of confirmation ({day}) is before the report was made ({made}).",
)


@recorded("report.confirm")
def confirm(
    viewer: Viewer,
    *,
    facility: str,
    number: int | None,
    on: date,
    remark: str = "",
    now: datetime,
) -> int:
    """Record that management has seen a report (None: the newest); give its number.

    Errors: NotAllowed for others than management; NotFound; NotPossible when it is confirmed
    already or the day lies before the report.
    """
    check_may(viewer, Action.CONFIRM, Thing.REPORT, facility)
    report = reports.one(viewer, facility, number)
    if report.confirmed_on is not None:
        raise NotPossible(
            ALREADY.fill(
                number=report.number, day=report.confirmed_on.isoformat(), by=report.confirmed_by
            )
        )
    if on < report.made_on:
        raise NotPossible(TOO_EARLY.fill(day=on.isoformat(), made=report.made_on.isoformat()))
    writes.append_confirmation(
        report.number, confirmed_on=on, remark=remark, member=viewer.member, at=now
    )
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action="report.confirm",
        thing=str(report.number),
        detail={"confirmed_on": on.isoformat(), "remark": remark},
    )
    return report.number
