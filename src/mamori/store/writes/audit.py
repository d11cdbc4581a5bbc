"""Add a sealed entry to the audit trail."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from mamori.core import audit
from mamori.store.models import AuditEntry, AuditHead


@transaction.atomic
def append(
    *,
    at: datetime,
    actor: str,
    organisation: str,
    action: str,
    thing: str,
    detail: Mapping[str, object],
    outcome: audit.Outcome = audit.Outcome.DONE,
) -> audit.Entry:
    """Append one entry, sealed with the one before it; concurrent writers wait for each other."""
    AuditHead.objects.get_or_create(id=1, defaults={"number": 0, "seal": audit.GENESIS})
    head = AuditHead.objects.select_for_update().get(id=1)
    kept = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry = audit.Entry(
        number=head.number + 1,
        at=at,
        actor=actor,
        organisation=organisation,
        action=action,
        thing=thing,
        outcome=outcome,
        detail=json.loads(kept),
        previous=head.seal,
    )
    entry = replace(entry, seal=audit.seal_of(entry))
    AuditEntry.objects.create(
        number=entry.number,
        at=entry.at,
        actor=entry.actor,
        organisation=entry.organisation,
        action=entry.action,
        thing=entry.thing,
        outcome=entry.outcome.value,
        detail=kept,
        previous=entry.previous,
        seal=entry.seal,
    )
    head.number, head.seal = entry.number, entry.seal
    head.save(update_fields=["number", "seal"])
    return entry
