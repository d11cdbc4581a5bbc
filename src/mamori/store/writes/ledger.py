"""Write the ledger: imports with all they change, their undoing, corrections of columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any

from mamori.core import garbage
from mamori.core.difference import Change, Conflict, Difference, Kept
from mamori.core.ledger import FIELDS, Apparatus, keys_of, said
from mamori.core.ledger_reading import Reading, Rejected, Row
from mamori.store.models import (
    ApparatusHistory,
    ApparatusRow,
    ColumnMapping,
    Import,
    ImportReject,
    ImportUndo,
    Member,
    Organisation,
)
from mamori.store.writes import bulk

BATCH = 5000
TEXTS = tuple(field for field in FIELDS if field != "registered_on")
Progress = Callable[[int], None]


def hold(facility: str) -> None:
    """Hold a facility's ledger until the transaction ends: two imports never see the same state."""
    # Where the database locks rows; SQLite lets only one transaction write at all.
    Organisation.objects.select_for_update(no_key=True).get(code=facility)


def append_import(
    facility: str,
    reading: Reading,
    *,
    source: str,
    as_of: date,
    counts: Mapping[str, int],
    plan: Sequence[Any],
    member: str,
    at: datetime,
) -> int:
    """Keep what a file was and what came of it; give the number of the import."""
    row = Import.objects.create(
        facility=Organisation.objects.get(code=facility),
        topic="ledger",
        source=source,
        file_name=reading.file[:255],
        sha256=reading.sha256,
        format=reading.format,
        as_of=as_of,
        counts=dict(counts),
        plan=list(plan),
        by=Member.objects.get(name=member),
        at=at,
    )
    return row.pk


def append_rejects(
    number: int, rejected: Iterable[Rejected], conflicts: Iterable[Conflict]
) -> None:
    """Keep the rows that were not taken, and those that people have to decide."""
    rows = [
        ImportReject(
            imported_id=number,
            sheet=one.sheet[:120],
            row=one.row,
            cell=one.cell,
            reason_ja=one.reason.ja,
            reason_en=one.reason.en,
            headings=list(one.headings),
            values=list(one.values),
        )
        for one in rejected
    ]
    rows += [
        ImportReject(
            imported_id=number,
            sheet=row.sheet[:120],
            row=row.row,
            is_conflict=True,
            reason_ja=conflict.reason.ja,
            reason_en=conflict.reason.en,
            headings=list(FIELDS),
            values=[said(row.apparatus, field) for field in FIELDS],
        )
        for conflict in conflicts
        for row in conflict.rows
    ]
    ImportReject.objects.bulk_create(rows, batch_size=BATCH)


def apply_difference(
    facility: str,
    number: int,
    found: Difference,
    *,
    source: str,
    member: str,
    at: datetime,
    step: Progress,
) -> None:
    """Add what is new, change what the file changed, mark what is gone; all with history."""
    by = Member.objects.get(name=member).pk
    organisation = Organisation.objects.get(code=facility).pk
    with garbage.paused():
        _add(found.new, organisation, number, by=by, at=at, source=source, step=step)
        history = [_change(one, number, by=by, at=at, source=source) for one in found.changed]
        for one in found.agreed:
            _remember(one, number, source)
        history += [_leave(one, number, by=by, at=at) for one in found.gone]
        ApparatusHistory.objects.bulk_create(history, batch_size=BATCH)
    step(len(found.changed) + len(found.gone))


def _add(
    rows: Iterable[Row],
    organisation: int,
    number: int,
    *,
    by: int,
    at: datetime,
    source: str,
    step: Progress,
) -> None:
    """Add apparatus, some thousands at a time."""
    waiting = iter(rows)
    names = (*TEXTS, "registered_on", "keys", "digest", "covered")
    while batch := list(islice(waiting, BATCH)):
        values = (
            (
                *[said(row.apparatus, field) for field in TEXTS],
                bulk.day(row.apparatus.registered_on),
                "\x1f".join(keys_of(row.apparatus)),
                row.digest.hex(),
                _covered(row),
            )
            for row in batch
        )
        bulk.insert(
            ApparatusRow,
            names,
            values,
            same={
                "facility_id": organisation,
                "is_listed": True,
                "source": source,
                "imported": {},
                "added_by_id": by,
                "added_at": at,
                "added_import_id": number,
                "last_import_id": number,
            },
        )
        step(len(batch))


@cache
def _joined(fields: frozenset[str]) -> str:
    """Give the fields that the rows of a table spoke of, as they are kept."""
    return ",".join(sorted(fields))


def _covered(row: Row) -> str:
    """Give the fields that a row of a file spoke of, as the table keeps them."""
    return _joined(row.fields)


def _meta(row: ApparatusRow) -> dict[str, Any]:
    """Give what has to be put back, beside the fields, when a change is undone."""
    return {
        "digest": row.digest,
        "covered": row.covered,
        "imported": row.imported,
        "source": row.source,
        "is_listed": row.is_listed,
        "last_import_id": row.last_import_id,
    }


def _change(one: Change, number: int, *, by: int, at: datetime, source: str) -> ApparatusHistory:
    """Change the fields that the file changed; what a person changed by hand stays."""
    row = ApparatusRow.objects.get(pk=one.id)
    before = _meta(row)
    for field in one.fields:
        _put(row, field.field, field.new)
    _follow(row, one, number, source)
    row.save()
    return ApparatusHistory(
        apparatus=row,
        what="relisted" if one.relisted else "changed",
        changes={field.field: [field.old, field.new] for field in one.fields},
        before=before,
        imported_id=number,
        by_id=by,
        at=at,
    )


def _remember(one: Change, number: int, source: str) -> None:
    """Keep what the newest file says where it agrees with what stands here."""
    row = ApparatusRow.objects.get(pk=one.id)
    last = row.last_import_id
    _follow(row, one, number, source)
    row.last_import_id = last
    row.save()


def _follow(row: ApparatusRow, one: Change, number: int, source: str) -> None:
    """Take over what counts as last imported."""
    row.digest = one.row.digest.hex()
    row.covered = _covered(one.row)
    row.imported = {field.field: field.old for field in one.kept}
    row.source = source
    row.is_listed = True
    row.last_import_id = number
    _rekey(row)


def _leave(one: Kept, number: int, *, by: int, at: datetime) -> ApparatusHistory:
    """Mark an apparatus that the file no longer lists; nothing of it is deleted."""
    row = ApparatusRow.objects.get(pk=one.id)
    before = _meta(row)
    row.is_listed = False
    row.last_import_id = number
    row.save(update_fields=["is_listed", "last_import"])
    return ApparatusHistory(
        apparatus=row, what="gone", before=before, imported_id=number, by_id=by, at=at
    )


def undo_import(number: int, *, member: str, at: datetime, step: Progress) -> int:
    """Put every apparatus back to where it was before an import; give how many there were.

    What the import added is no longer listed; every step back is itself written to history.
    """
    by = Member.objects.get(name=member)
    ImportUndo.objects.create(undone_id=number, by=by, at=at)
    history: list[ApparatusHistory] = []
    for event in ApparatusHistory.objects.filter(imported_id=number).order_by("-id"):
        row = ApparatusRow.objects.get(pk=event.apparatus_id)
        for field, (old, _) in event.changes.items():
            _put(row, field, old)
        for name, value in event.before.items():
            setattr(row, name, value)
        _rekey(row)
        row.save()
        turned = {field: [new, old] for field, (old, new) in event.changes.items()}
        history.append(ApparatusHistory(apparatus=row, what="undone", changes=turned, by=by, at=at))
        step(1)
    ApparatusHistory.objects.bulk_create(history, batch_size=BATCH)
    added = ApparatusRow.objects.filter(added_import_id=number, is_listed=True)
    unlisted = bulk.insert(
        ApparatusHistory,
        ("apparatus_id",),
        list(added.order_by("id").values_list("id")),
        same={
            "what": "undone",
            "changes": {},
            "before": {},
            "imported_id": None,
            "by_id": by.pk,
            "at": at,
        },
    )
    step(added.update(is_listed=False))
    return len(history) + unlisted


def append_mapping(
    facility: str, signature: str, meanings: Mapping[str, str], *, member: str, at: datetime
) -> None:
    """Remember what a person said the columns of such files mean."""
    ColumnMapping.objects.create(
        facility=Organisation.objects.get(code=facility),
        signature=signature,
        columns=dict(meanings),
        by=Member.objects.get(name=member),
        at=at,
    )


def _put(row: ApparatusRow, field: str, text: str) -> None:
    """Write one field, given as text."""
    if field == "registered_on":
        row.registered_on = date.fromisoformat(text) if text else None
    else:
        setattr(row, field, text)


def _rekey(row: ApparatusRow) -> None:
    """Renew what identifies an apparatus after its fields changed."""
    named = ("control_no", "serial", "mac_address", "computer_name", "ip_address")
    row.keys = "\x1f".join(keys_of(Apparatus(**{name: getattr(row, name) for name in named})))
