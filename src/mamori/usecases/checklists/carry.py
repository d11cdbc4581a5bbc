"""Carry the answers of one edition to the next: shown item by item, recorded where accepted."""

from datetime import date, datetime

from mamori.core import answering, carrying
from mamori.core import editions as core
from mamori.core.carrying import Carried
from mamori.core.checklists import EMPTY, Reply, Turn
from mamori.core.text import Language, Text
from mamori.core.viewer import Viewer
from mamori.editions import loader
from mamori.store.queries import checklists
from mamori.usecases.checklists import answer as answering_usecase
from mamori.usecases.checklists import open as opening
from mamori.usecases.checklists.answer import Given
from mamori.usecases.recorded import recorded

FROM = Text("{edition}から引継ぎ: {reason}", "Carried from {edition}: {reason}")


def proposals(
    viewer: Viewer, *, facility: str, old: str, new: str, vendor: str | None
) -> tuple[Carried, ...]:
    """Show what each item of the new edition may take from the answers of the old one."""
    listed = checklists.checklist(viewer, facility, old, vendor)
    chosen = loader.load(new)
    return carrying.carried(
        listed.edition,
        chosen,
        answering.states_of(listed.answers),
        core.successors(listed.edition, chosen),
    )


@recorded("checklist.carry")
def carry(
    viewer: Viewer,
    *,
    facility: str,
    old: str,
    new: str,
    vendor: str | None,
    items: tuple[str, ...],
    checked_on: date,
    language: Language,
    now: datetime,
    today: date,
) -> int:
    """Record the accepted proposals as first answers of the new list; give how many.

    `items`: the new keys somebody accepted. What already has an answer is left alone.
    """
    found = proposals(viewer, facility=facility, old=old, new=new, vendor=vendor)
    opening.open_checklist(viewer, facility=facility, edition=new, vendor=vendor, now=now)
    there = answering.states_of(checklists.checklist(viewer, facility, new, vendor).answers)
    older = loader.load(old).name
    given = tuple(
        Given(
            item=one.item,
            turn=Turn.FIRST,
            value=one.value,
            checked_on=checked_on,
            reason=FROM.fill(edition=older, reason=one.reason).say(language),
        )
        for one in found
        if one.item in items
        and one.value in (Reply.YES, Reply.NO)
        and there.get(one.item, EMPTY).first is None
    )
    if not given:
        return 0
    return answering_usecase.answer(
        viewer,
        facility=facility,
        edition=new,
        vendor=vendor,
        given=given,
        language=language,
        now=now,
        today=today,
    )
