"""Begin a checklist: the facility's own, or one for a vendor."""

from datetime import datetime

from mamori.core.editions import Edition, Subject
from mamori.core.permissions import Action, check_may_list
from mamori.core.text import Text
from mamori.core.viewer import NotPossible, Viewer
from mamori.editions import loader
from mamori.store.queries import organisations
from mamori.store.writes import audit
from mamori.store.writes import checklists as writes
from mamori.usecases.recorded import recorded

VENDOR_WANTED = Text(
    "事業者確認用のチェックリストには事業者の指定が必要です。",
    "A vendor checklist needs the vendor it is for.",
)
NO_VENDOR_HERE = Text(
    "「{edition}」は医療機関用のため、事業者は指定できません。",
    '"{edition}" is for the facility itself: it takes no vendor.',
)
NOT_CONTRACTED = Text(
    "{vendor} と {facility} の契約は登録されていません。",
    "No contract between {vendor} and {facility} is recorded.",
)
INDIRECT = Text(
    "{vendor} とは直接の契約がないため、事業者確認用のチェックリストは不要です。",
    "There is no direct contract with {vendor}, so no vendor checklist is needed.",
)


@recorded("checklist.open")
def open_checklist(
    viewer: Viewer, *, facility: str, edition: str, vendor: str | None, now: datetime
) -> None:
    """Begin a list, or leave the one that is there as it is; its edition is kept word for word."""
    check_may_list(viewer, Action.ANSWER, facility, vendor)
    chosen = loader.load(edition)
    _check_vendor(viewer, facility, chosen, vendor)
    number, created = writes.open_checklist(facility, vendor, chosen, at=now)
    if created:
        audit.append(
            at=now,
            actor=viewer.member,
            organisation=facility,
            action="checklist.open",
            thing=str(number),
            detail={"edition": chosen.id, "revision": chosen.revision, "vendor": vendor},
        )


def _check_vendor(viewer: Viewer, facility: str, edition: Edition, vendor: str | None) -> None:
    """Check that a vendor is named where, and only where, the edition is for vendors.

    A vendor without a direct contract need not answer (the manual, part I, 4).
    """
    if (edition.subject is Subject.VENDOR) != (vendor is not None):
        missing = VENDOR_WANTED if vendor is None else NO_VENDOR_HERE.fill(edition=edition.name)
        raise NotPossible(missing)
    if vendor is None:
        return
    if vendor in {grant.organisation for grant in viewer.grants}:
        return
    found = [c for c in organisations.contracts(viewer, facility) if c.vendor == vendor]
    if not found:
        raise NotPossible(NOT_CONTRACTED.fill(vendor=vendor, facility=facility))
    if not any(c.is_direct for c in found):
        raise NotPossible(INDIRECT.fill(vendor=vendor))
