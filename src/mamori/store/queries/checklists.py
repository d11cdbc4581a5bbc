"""Read editions as answered, checklists, their answers and their steps."""

from dataclasses import dataclass
from datetime import datetime

from mamori.core import policies
from mamori.core.checklists import Answer, Basis, Reply, State, Turn
from mamori.core.editions import Edition
from mamori.core.forms import Party, Signature
from mamori.core.permissions import Action, check_may_list, may_list
from mamori.core.text import Text
from mamori.core.viewer import NotAllowed, NotFound, Role, Viewer
from mamori.editions import loader
from mamori.store.models import AnswerRow, Checklist, ChecklistEvent

NO_LIST = Text(
    "{facility} の {edition}{vendor} はまだ始められていません。",
    "{facility} has not begun {edition}{vendor}.",
)
NOT_SIGNED = Text(
    "立入検査で閲覧できるのは、確定済みのチェックリストだけです。",
    "Inspectors read signed checklists only.",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A checklist with everything that happened to it."""

    id: int
    edition: Edition
    facility: Party
    vendor: Party | None
    state: State
    revision: int
    answers: tuple[Answer, ...]
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a checklist."""

    step: str
    before: State
    after: State
    revision: int
    reason: str
    by: str
    at: datetime
    digest: str


def checklist(viewer: Viewer, facility: str, edition: str, vendor: str | None = None) -> Listed:
    """Give one checklist with its answers, oldest first; NotFound where it was never begun.

    Errors: NotAllowed for people it is not for, and for inspectors before it is signed.
    """
    check_may_list(viewer, Action.READ, facility, vendor)
    row = (
        Checklist.objects.select_related("facility", "vendor", "edition")
        .filter(facility__code=facility, edition_name=edition, vendor__code=vendor)
        .first()
    )
    if row is None:
        name = "" if vendor is None else f" ({vendor})"
        raise NotFound(NO_LIST.fill(facility=facility, edition=edition, vendor=name))
    only_inspects = viewer.roles_for(facility) == {Role.INSPECTOR}
    if only_inspects and row.state != State.SIGNED.value:
        raise NotAllowed(NOT_SIGNED, member=viewer.member, organisation=facility)
    return _listed(row)


def checklists(viewer: Viewer, facility: str) -> tuple[Listed, ...]:
    """Give every list of a facility that this person may read: its own first, then by vendor."""
    rows = list(
        Checklist.objects.select_related("facility", "vendor", "edition")
        .filter(facility__code=facility)
        .order_by("edition_name", "vendor__code")
    )
    seen = [r for r in rows if _may_read(viewer, r)]
    return tuple(_listed(row) for row in sorted(seen, key=lambda r: r.vendor is not None))


def steps(
    viewer: Viewer, facility: str, edition: str, vendor: str | None = None
) -> tuple[Step, ...]:
    """Give the steps a checklist has taken, oldest first."""
    found = checklist(viewer, facility, edition, vendor)
    rows = ChecklistEvent.objects.filter(checklist_id=found.id).select_related("by")
    return tuple(
        Step(
            step=row.step,
            before=State(row.before),
            after=State(row.after),
            revision=row.revision,
            reason=row.reason,
            by=row.by.full_name,
            at=row.at,
            digest=row.digest,
        )
        for row in rows.order_by("number")
    )


def _may_read(viewer: Viewer, row: Checklist) -> bool:
    """Say whether a list may be read: inspectors see signed ones only."""
    facility, vendor = row.facility.code, row.vendor.code if row.vendor else None
    if not may_list(viewer, Action.READ, facility, vendor):
        return False
    only_inspects = viewer.roles_for(facility) == {Role.INSPECTOR}
    return row.state == State.SIGNED.value or not only_inspects


def _listed(row: Checklist) -> Listed:
    """Turn a row into plain data with its answers and the signature that holds."""
    state = State(row.state)
    return Listed(
        id=row.pk,
        edition=loader.parse(row.edition.content, row.edition.edition),
        facility=Party(row.facility.code, row.facility.name, row.facility.name_en),
        vendor=Party(row.vendor.code, row.vendor.name, row.vendor.name_en) if row.vendor else None,
        state=state,
        revision=row.revision,
        answers=_answers(row.pk),
        signature=_signature(row.pk) if state not in policies.ANSWERABLE else None,
    )


def _answers(checklist_id: int) -> tuple[Answer, ...]:
    """Read every answer of a list, oldest first."""
    rows = AnswerRow.objects.filter(checklist_id=checklist_id).select_related("by")
    return tuple(
        Answer(
            item=row.item,
            turn=Turn(row.turn),
            value=Reply(row.value) if row.value else None,
            checked_on=row.checked_on,
            target_on=row.target_on,
            basis=Basis(row.basis),
            reason=row.reason,
            by=row.by.full_name,
            at=row.at,
            revision=row.revision,
            as_of=row.as_of,
            findings=tuple(row.findings),
        )
        for row in rows.order_by("number")
    )


def _signature(checklist_id: int) -> Signature | None:
    """Read who signed last."""
    row = (
        ChecklistEvent.objects.filter(checklist_id=checklist_id, after=State.SIGNED.value)
        .select_related("by")
        .order_by("-number")
        .first()
    )
    return Signature(row.by.full_name, row.at, row.digest) if row else None
