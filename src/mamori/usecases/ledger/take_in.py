"""Take in a ledger file: show what it would change, then change it, all or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mamori.core import difference
from mamori.core.difference import Difference, Prefer
from mamori.core.ledger_reading import Reading
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.viewer import Viewer
from mamori.importers import ledger as importer
from mamori.store.queries import ledger as queries
from mamori.store.writes import audit
from mamori.store.writes import ledger as writes
from mamori.usecases.recorded import recorded

Step = Callable[[int], None]


def silent(_count: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger file as it came, with what a person said about it.

    `mapping`: heading -> field where a column was taken wrongly. `source` keeps files apart that
    list different things: an apparatus is gone only when a file of its own source lacks it.
    """

    content: bytes
    name: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    prefer: Prefer | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file says and what it would change; `counts` as the JSON answer names them."""

    reading: Reading
    found: Difference

    @property
    def counts(self) -> dict[str, int]:
        """Count rows and differences."""
        return {
            "rows": self.reading.rows,
            "accepted": len(self.reading.accepted),
            "rejected": len(self.reading.rejected),
            "new": len(self.found.new),
            "changed": len(self.found.changed),
            "gone": len(self.found.gone),
            "conflict": len(self.found.conflict),
            "unchanged": self.found.unchanged,
        }


def plan(viewer: Viewer, *, facility: str, file: LedgerFile, step: Step = silent) -> Plan:
    """Read a file and compare it with the ledger; nothing is written.

    Errors: NotAllowed; BadFile names the file.
    """
    check_may(viewer, Action.IMPORT, Thing.LEDGER, facility)
    reading = importer.read(
        file.content,
        file.name,
        mapping=file.mapping,
        remembered=queries.mappings(viewer, facility),
        progress=lambda done, _total: step(done),
    )
    matched = difference.match(
        reading.accepted,
        queries.keys(viewer, facility),
        held=[one.keys for one in reading.rejected if one.keys],
        source=file.source,
        partial=reading.partial,
    )
    full = queries.full(viewer, facility, matched.wanted)
    return Plan(reading, difference.settle(matched, full, prefer=file.prefer))


@recorded("ledger.import")
def take_in(
    viewer: Viewer,
    *,
    facility: str,
    file: LedgerFile,
    as_of: date,
    now: datetime,
    step: Step = silent,
) -> tuple[int, Plan]:
    """Take a file in: what is new, changed or gone is written with its history; give its number.

    Rejected and conflicting rows are kept with the import and change nothing. `as_of`: the day the
    file holds for.
    """
    check_may(viewer, Action.IMPORT, Thing.LEDGER, facility)
    writes.hold(facility)
    found = plan(viewer, facility=facility, file=file, step=step)
    number = writes.append_import(
        facility,
        found.reading,
        source=file.source,
        as_of=as_of,
        counts=found.counts,
        plan=_sheets(found.reading),
        member=viewer.member,
        at=now,
    )
    writes.append_rejects(number, found.reading.rejected, found.found.conflict)
    writes.apply_difference(
        facility, number, found.found, source=file.source, member=viewer.member, at=now, step=step
    )
    _remember(viewer, facility, found.reading, file.mapping, now)
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action="ledger.import",
        thing=str(number),
        detail={
            "file": found.reading.file,
            "sha256": found.reading.sha256,
            "as_of": as_of.isoformat(),
            **found.counts,
        },
    )
    return number, found


def _remember(
    viewer: Viewer, facility: str, reading: Reading, mapping: Mapping[str, str], now: datetime
) -> None:
    """Keep a correction of columns for the next file with the same headings."""
    if not mapping:
        return
    for signature in {block.signature for sheet in reading.sheets for block in sheet.blocks}:
        writes.append_mapping(facility, signature, mapping, member=viewer.member, at=now)


def _sheets(reading: Reading) -> list[dict[str, Any]]:
    """Give how each sheet and column was read, to be kept with the import."""
    return [
        {
            "sheet": sheet.name,
            "skipped": sheet.skipped.as_json() if sheet.skipped else None,
            "tables": [
                {
                    "header_rows": list(block.header_rows),
                    "signature": block.signature,
                    "columns": {
                        column.letter: [column.heading, column.field, column.how.value]
                        for column in block.columns
                    },
                }
                for block in sheet.blocks
            ],
        }
        for sheet in reading.sheets
    ]
