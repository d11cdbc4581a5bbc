"""Write checklists: open them, append answers and steps."""

from datetime import datetime

from mamori.core.checklists import Answer, State
from mamori.core.editions import Edition
from mamori.core.policies import Transition
from mamori.core.text import Text
from mamori.core.viewer import NotPossible
from mamori.editions import loader
from mamori.store.models import (
    AnswerRow,
    Checklist,
    ChecklistEvent,
    EditionRow,
    Member,
    Organisation,
)

CHANGED = Text(
    "{edition}(改訂{revision})は回答で使用中のため変更できません。改訂番号を上げてください。",
    "{edition} (revision {revision}) has answers and cannot change: give it a new revision.",
)


def keep_edition(edition: Edition, *, at: datetime) -> int:
    """Keep an edition word for word; NotPossible when the same revision was kept differently."""
    digest = loader.digest(edition)
    row, _ = EditionRow.objects.get_or_create(
        edition=edition.id,
        revision=edition.revision,
        defaults={"digest": digest, "content": loader.dump(edition), "recorded_at": at},
    )
    if row.digest != digest:
        raise NotPossible(CHANGED.fill(edition=edition.id, revision=edition.revision))
    return row.pk


def open_checklist(
    facility: str, vendor: str | None, edition: Edition, *, at: datetime
) -> tuple[int, bool]:
    """Open a list, or give the one that is open; the second value says whether it is new."""
    row, created = Checklist.objects.get_or_create(
        facility=Organisation.objects.get(code=facility),
        edition_name=edition.id,
        vendor=Organisation.objects.get(code=vendor) if vendor else None,
        defaults={"edition_id": keep_edition(edition, at=at), "opened_at": at},
    )
    return row.pk, created


def lock(checklist_id: int) -> tuple[State, int]:
    """Hold a list until the transaction ends; give its state and revision as they are now."""
    row = Checklist.objects.select_for_update().get(pk=checklist_id)
    return State(row.state), row.revision


def append_answers(checklist_id: int, answers: tuple[Answer, ...], *, member: str) -> None:
    """Append answers in their order."""
    by = Member.objects.get(name=member)
    number = AnswerRow.objects.filter(checklist_id=checklist_id).count()
    AnswerRow.objects.bulk_create(
        AnswerRow(
            checklist_id=checklist_id,
            number=number + place,
            item=answer.item,
            turn=answer.turn.value,
            value=answer.value.value if answer.value else "",
            checked_on=answer.checked_on,
            target_on=answer.target_on,
            basis=answer.basis.value,
            reason=answer.reason,
            as_of=answer.as_of,
            findings=list(answer.findings),
            revision=answer.revision,
            by=by,
            at=answer.at,
        )
        for place, answer in enumerate(answers, start=1)
    )


def append_step(
    checklist_id: int,
    step: str,
    transition: Transition,
    *,
    reason: str,
    digest: str,
    member: str,
    at: datetime,
) -> int:
    """Append a step and move the list to its new state; give the revision that now holds."""
    row = Checklist.objects.get(pk=checklist_id)
    revision = row.revision + 1 if transition.new_revision else row.revision
    ChecklistEvent.objects.create(
        checklist=row,
        number=ChecklistEvent.objects.filter(checklist=row).count() + 1,
        step=step,
        before=row.state,
        after=transition.to.value,
        revision=revision,
        reason=reason,
        digest=digest,
        by=Member.objects.get(name=member),
        at=at,
    )
    row.state, row.revision = transition.to.value, revision
    row.save(update_fields=["state", "revision"])
    return revision
