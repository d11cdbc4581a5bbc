"""Append what the checks said."""

from collections.abc import Iterable
from datetime import date, datetime

from mamori.core.checking import Finding
from mamori.store.models import CheckRun, FindingRow, Member, Organisation


def append_run(
    facility: str, findings: Iterable[Finding], *, as_of: date, at: datetime, member: str
) -> int:
    """Append one run with its findings; give its number."""
    run = CheckRun.objects.create(
        facility=Organisation.objects.get(code=facility),
        as_of=as_of,
        at=at,
        by=Member.objects.get(name=member),
    )
    FindingRow.objects.bulk_create(
        FindingRow(
            run=run,
            check_id=one.check,
            control=one.control,
            scopes=[scope.value for scope in one.scopes],
            verdict=one.verdict.value,
            reason_ja=one.reason.ja,
            reason_en=one.reason.en,
            settle_ja=one.settle.ja if one.settle else "",
            settle_en=one.settle.en if one.settle else "",
            facts_as_of=one.facts_as_of,
            rows=list(one.rows),
            alone=one.alone,
        )
        for one in findings
    )
    return run.pk
