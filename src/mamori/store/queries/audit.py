"""Read the audit trail."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from mamori.core import audit
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.viewer import Viewer
from mamori.store.models import AuditEntry, AuditHead


def entries(viewer: Viewer, organisation: str) -> Iterator[audit.Entry]:
    """Give every entry in order, without holding them all in memory.

    The chain runs through the whole installation, so who may verify it for an organisation of
    their own may walk all of it; only numbers and seals are shown of others' entries.
    """
    check_may(viewer, Action.VERIFY, Thing.AUDIT, organisation)
    return _walk()


def _walk() -> Iterator[audit.Entry]:
    """Read the trail a thousand entries at a time."""
    for row in AuditEntry.objects.order_by("number").iterator(chunk_size=1000):
        yield _entry(row)


def _entry(row: Any) -> audit.Entry:
    """Turn a row into plain data; one that cannot be read any more carries no seal."""
    try:
        detail, outcome = json.loads(row.detail), audit.Outcome(row.outcome)
    except (ValueError, TypeError, RecursionError):
        detail, outcome = {}, None
    readable = outcome is not None and isinstance(row.at, datetime)
    return audit.Entry(
        number=row.number,
        at=row.at if isinstance(row.at, datetime) else datetime.min.replace(tzinfo=UTC),
        actor=row.actor,
        organisation=row.organisation,
        action=row.action,
        thing=row.thing,
        outcome=outcome or audit.Outcome.REFUSED,
        detail=detail,
        previous=row.previous,
        seal=row.seal if readable else "",
    )


def head(viewer: Viewer, organisation: str) -> tuple[int, str]:
    """Give the number and the seal of the newest entry, as kept apart from the trail."""
    check_may(viewer, Action.VERIFY, Thing.AUDIT, organisation)
    row = AuditHead.objects.filter(id=1).first()
    return (row.number, row.seal) if row else (0, audit.GENESIS)
