"""Read the ledger, its history, its imports and the reports on it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet

from mamori.core import garbage
from mamori.core.difference import Kept, KeptKey
from mamori.core.ledger import FIELDS, Apparatus, Kind, Status, take
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.text import Text
from mamori.core.viewer import NotFound, Viewer
from mamori.store.models import (
    ApparatusHistory,
    ApparatusRow,
    ColumnMapping,
    Import,
    ImportReject,
)

NO_APPARATUS = Text(
    "{facility} の台帳に管理番号「{number}」の機器はありません。",
    'The ledger of {facility} has no apparatus "{number}".',
)
NO_IMPORT = Text(
    "{facility} に取込み番号{number}はありません。", "{facility} has no import number {number}."
)
SEARCHED = ("control_no", "computer_name", "ip_address", "software", "os", "location", "users")
SORTS = {"control_no", "kind", "status", "os", "location", "registered_on", "computer_name"}


@dataclass(frozen=True, slots=True)
class Listed:
    """One apparatus of the ledger with its number here, and whether it is still listed."""

    id: int
    apparatus: Apparatus
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some apparatus of many: the rows of one page and the count of all."""

    rows: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an apparatus: field -> (before, after) as text."""

    what: str
    changes: Mapping[str, tuple[str, str]]
    by: str
    at: datetime
    import_number: int | None


@dataclass(frozen=True, slots=True)
class Imported:
    """One file that was taken in, and whether it was undone since."""

    number: int
    topic: str
    file_name: str
    sha256: str
    as_of: date
    counts: Mapping[str, int]
    by: str
    at: datetime
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptReject:
    """A row that was not taken, as kept with its import."""

    sheet: str
    row: int
    cell: str
    is_conflict: bool
    reason: Text
    headings: tuple[str, ...]
    values: tuple[str, ...]


def apparatus(
    viewer: Viewer,
    facility: str,
    *,
    search: str = "",
    kind: Kind | None = None,
    status: Status | None = None,
    listed_only: bool = True,
    order: str = "control_no",
    start: int = 0,
    size: int = 50,
) -> Page:
    """Give one page of the ledger, searched, filtered and ordered by the database."""
    check_may(viewer, Action.READ, Thing.LEDGER, facility)
    rows = ApparatusRow.objects.filter(facility__code=facility)
    if listed_only:
        rows = rows.filter(is_listed=True)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if status is not None:
        rows = rows.filter(status=status.value)
    for word in search.split():
        any_column = Q()
        for column in SEARCHED:
            any_column |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(any_column)
    total = rows.count()
    by = order if order in SORTS else "control_no"
    chosen = rows.order_by(by, "id")[start : start + size]
    found = tuple(
        Listed(number, _apparatus(cells), listed)
        for number, listed, *cells in chosen.values_list("id", "is_listed", *FIELDS)
    )
    return Page(found, total)


def one(viewer: Viewer, facility: str, control_no: str) -> tuple[Listed, tuple[Event, ...]]:
    """Give one apparatus by its control number, and its history, oldest first."""
    check_may(viewer, Action.READ, Thing.LEDGER, facility)
    row = (
        ApparatusRow.objects.select_related("added_by")
        .filter(facility__code=facility, control_no=control_no)
        .order_by("-is_listed", "id")
        .first()
    )
    if row is None:
        raise NotFound(NO_APPARATUS.fill(facility=facility, number=control_no))
    first = Event("added", {}, row.added_by.full_name, row.added_at, row.added_import_id)
    history = ApparatusHistory.objects.filter(apparatus=row).select_related("by").order_by("id")
    later = (
        Event(
            what=event.what,
            changes={field: (pair[0], pair[1]) for field, pair in event.changes.items()},
            by=event.by.full_name,
            at=event.at,
            import_number=event.imported_id,
        )
        for event in history
    )
    cells = [getattr(row, field) for field in FIELDS]
    return Listed(row.pk, _apparatus(cells), row.is_listed), (first, *later)


def everything(viewer: Viewer, facility: str) -> tuple[Apparatus, ...]:
    """Give every listed apparatus in the order of control numbers."""
    check_may(viewer, Action.READ, Thing.LEDGER, facility)
    rows = _listed(facility).order_by("control_no", "id").values_list(*FIELDS)
    with garbage.paused():
        return tuple(_apparatus(cells) for cells in rows.iterator(chunk_size=5000))


def counts(viewer: Viewer, facility: str) -> dict[tuple[Kind, Status], int]:
    """Count the listed apparatus by kind and status."""
    check_may(viewer, Action.READ, Thing.LEDGER, facility)
    rows = _listed(facility).values_list("kind", "status").annotate(n=Count("id")).order_by()
    return {(Kind(kind), Status(status)): n for kind, status, n in rows}


def systems(viewer: Viewer, facility: str) -> dict[str, int]:
    """Count the listed apparatus of each healthcare system."""
    check_may(viewer, Action.READ, Thing.LEDGER, facility)
    rows = _listed(facility).exclude(system="").values_list("system").annotate(n=Count("id"))
    return dict(rows.order_by("system"))


def keys(viewer: Viewer, facility: str) -> tuple[KeptKey, ...]:
    """Give every kept apparatus reduced to its keys and fingerprint, for comparing a file."""
    check_may(viewer, Action.IMPORT, Thing.LEDGER, facility)
    never_was = Q(is_listed=False, added_import__undo__isnull=False)
    rows = ApparatusRow.objects.filter(~never_was, facility__code=facility).order_by("id")
    # The database says whether a person changed anything: reading the JSON of each row is slow.
    edited = ExpressionWrapper(~Q(imported={}), output_field=BooleanField())
    columns = rows.annotate(edited=edited).values_list(
        "id", "keys", "digest", "is_listed", "source", "edited"
    )
    with garbage.paused():
        return tuple(
            KeptKey(number, tuple(keys_.split("\x1f")), bytes.fromhex(mark), own, listed, by)
            for number, keys_, mark, listed, by, own in columns.iterator(chunk_size=5000)
        )


def full(viewer: Viewer, facility: str, ids: Collection[int]) -> dict[int, Kept]:
    """Give kept apparatus in full, by number."""
    check_may(viewer, Action.IMPORT, Thing.LEDGER, facility)
    wanted, found = sorted(ids), {}
    for start in range(0, len(wanted), 500):
        rows = ApparatusRow.objects.filter(
            facility__code=facility, id__in=wanted[start : start + 500]
        )
        columns = rows.values_list("id", "is_listed", "digest", "covered", "imported", *FIELDS)
        for number, listed, mark, covered, imported, *cells in columns:
            now = _apparatus(cells)
            found[number] = Kept(
                id=number,
                apparatus=now,
                imported=_imported(now, imported) if mark else None,
                fields=frozenset(covered.split(",")) if covered else frozenset(),
                listed=listed,
            )
    return found


def last_import(viewer: Viewer, facility: str) -> Imported | None:
    """Give the newest ledger import that was not undone."""
    check_may(viewer, Action.READ, Thing.LEDGER, facility)
    row = _imports(facility).filter(undo__isnull=True).order_by("-id").first()
    return _imported_row(row) if row else None


def imports(viewer: Viewer, facility: str, *, size: int = 50) -> tuple[Imported, ...]:
    """Give the newest imports, newest first."""
    check_may(viewer, Action.READ, Thing.IMPORT, facility)
    return tuple(_imported_row(row) for row in _imports(facility).order_by("-id")[:size])


def rejects(viewer: Viewer, facility: str, number: int) -> tuple[KeptReject, ...]:
    """Give the rows of an import that were not taken, in the order of the file."""
    check_may(viewer, Action.READ, Thing.IMPORT, facility)
    if not Import.objects.filter(facility__code=facility, id=number).exists():
        raise NotFound(NO_IMPORT.fill(facility=facility, number=number))
    rows = ImportReject.objects.filter(imported_id=number).order_by("id")
    return tuple(
        KeptReject(
            sheet=row.sheet,
            row=row.row,
            cell=row.cell,
            is_conflict=row.is_conflict,
            reason=Text(row.reason_ja, row.reason_en),
            headings=tuple(row.headings),
            values=tuple(row.values),
        )
        for row in rows
    )


def undecided(viewer: Viewer, facility: str, number: int) -> tuple[Apparatus, ...]:
    """Give the rows of an import that wait for a person to decide, as the file had them."""
    check_may(viewer, Action.READ, Thing.LEDGER, facility)
    rows = ImportReject.objects.filter(
        imported_id=number, imported__facility__code=facility, is_conflict=True
    )
    found = []
    for fields, texts in rows.order_by("id").values_list("headings", "values"):
        cells: dict[str, Any] = {f: take(f, t) for f, t in zip(fields, texts, strict=True)}
        found.append(Apparatus(**cells))
    return tuple(found)


def mappings(viewer: Viewer, facility: str) -> dict[str, dict[str, str]]:
    """Give what people of this facility said columns mean, by signature of headings."""
    check_may(viewer, Action.IMPORT, Thing.LEDGER, facility)
    rows = ColumnMapping.objects.filter(facility__code=facility).order_by("id")
    found: dict[str, dict[str, str]] = {}
    for signature, columns in rows.values_list("signature", "columns"):
        found.setdefault(signature, {}).update(columns)
    return found


def _listed(facility: str) -> QuerySet[ApparatusRow]:
    """Give the apparatus that the ledger now lists."""
    return ApparatusRow.objects.filter(facility__code=facility, is_listed=True)


def _imports(facility: str) -> QuerySet[Import]:
    """Give the ledger imports of a facility, each with who made it and whether it was undone."""
    rows: QuerySet[Import] = Import.objects.filter(facility__code=facility, topic="ledger")
    return rows.select_related("by").annotate(undone_at=F("undo__at"))


def _imported_row(row: Any) -> Imported:
    """Turn a row into plain data."""
    return Imported(
        number=row.pk,
        topic=row.topic,
        file_name=row.file_name,
        sha256=row.sha256,
        as_of=row.as_of,
        counts=row.counts,
        by=row.by.full_name,
        at=row.at,
        undone_at=row.undone_at,
    )


def _apparatus(cells: Collection[Any]) -> Apparatus:
    """Turn the columns of a row, in the order of FIELDS, into an apparatus."""
    values = list(cells)
    values[_USERS] = tuple(values[_USERS].split("\x1e")) if values[_USERS] else ()
    values[_STATUS] = _STATUSES[values[_STATUS]]
    values[_KIND] = _KINDS[values[_KIND]]
    return Apparatus(*values)


def _imported(now: Apparatus, differs: Mapping[str, str]) -> Apparatus:
    """Give what the last file said: what stands now, but for what a person changed since."""
    if not differs:
        return now
    values = {field: getattr(now, field) for field in FIELDS}
    values.update({field: take(field, text) for field, text in differs.items()})
    return Apparatus(**values)


def _position(field: str) -> int:
    """Give the place of a field among the columns."""
    return FIELDS.index(field)


_USERS, _STATUS, _KIND = _position("users"), _position("status"), _position("kind")
_STATUSES = {status.value: status for status in Status}
_KINDS = {kind.value: kind for kind in Kind}


def touched_later(viewer: Viewer, facility: str, number: int) -> Iterator[str]:
    """Name the apparatus that an import touched and something later touched again."""
    check_may(viewer, Action.UNDO, Thing.IMPORT, facility)
    by_it = ApparatusHistory.objects.filter(imported_id=number).values("apparatus_id")
    rows = ApparatusRow.objects.filter(
        Q(added_import_id=number) | Q(id__in=by_it), facility__code=facility
    ).exclude(last_import_id=number)
    yield from rows.order_by("control_no").values_list("control_no", flat=True)
