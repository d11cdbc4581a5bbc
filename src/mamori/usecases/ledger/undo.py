"""Undo an import of the ledger."""

from datetime import datetime

from mamori.core.permissions import Action, Thing, check_may
from mamori.core.text import Text, listed
from mamori.core.viewer import NotFound, NotPossible, Viewer
from mamori.store.queries import ledger as queries
from mamori.store.writes import audit
from mamori.store.writes import ledger as writes
from mamori.usecases.ledger.take_in import Step, silent
from mamori.usecases.recorded import recorded

ALREADY = Text("取込み{number}はすでに取り消されています。", "Import {number} is already undone.")
CHANGED_SINCE = Text(
    "取込み{number}の後で変更された機器があるため、取り消せません: {names}",
    "Import {number} cannot be undone: these were changed since: {names}",
)


@recorded("ledger.undo")
def undo(viewer: Viewer, *, facility: str, number: int, now: datetime, step: Step = silent) -> int:
    """Put the ledger back to where it was before an import; give how many apparatus that moved.

    Errors: NotFound; NotPossible when it is undone already, or when something later touched the
    same apparatus (they are named).
    """
    check_may(viewer, Action.UNDO, Thing.IMPORT, facility)
    writes.hold(facility)
    known = {one.number: one for one in queries.imports(viewer, facility, size=10_000)}
    if number not in known:
        raise NotFound(queries.NO_IMPORT.fill(facility=facility, number=number))
    if known[number].undone_at is not None:
        raise NotPossible(ALREADY.fill(number=number))
    later = tuple(name or "-" for name in queries.touched_later(viewer, facility, number))
    if later:
        raise NotPossible(CHANGED_SINCE.fill(number=number, names=listed(later)))
    count = writes.undo_import(number, member=viewer.member, at=now, step=step)
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action="ledger.undo",
        thing=str(number),
        detail={"apparatus": count},
    )
    return count
