"""Read what the first page needs beside the form, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from mamori.core.checklists import State
from mamori.core.permissions import Action, Thing, check_may
from mamori.core.viewer import Viewer
from mamori.store.models import AnswerRow, Checklist, Organisation


@dataclass(frozen=True, slots=True)
class VendorList:
    """Where the list of one vendor stands: how many items have an answer, and the last day."""

    vendor: str
    edition: str
    state: State
    answered: int
    last_on: date | None


def newest_edition(viewer: Viewer, facility: str) -> str | None:
    """Give the newest edition of the facility's own lists; None where none was begun."""
    check_may(viewer, Action.READ, Thing.CHECKLIST, facility)
    names = Checklist.objects.filter(facility__code=facility, vendor__isnull=True)
    return names.order_by("-edition_name").values_list("edition_name", flat=True).first()


def vendor_lists(viewer: Viewer, facility: str) -> dict[str, VendorList]:
    """Give the newest list of every vendor, by the vendor's code."""
    check_may(viewer, Action.READ, Thing.VENDOR_CHECKLIST, facility)
    rows = list(
        Checklist.objects.filter(facility__code=facility, vendor__isnull=False)
        .order_by("edition_name", "vendor__code")
        .values_list("pk", "vendor__code", "edition_name", "state")
    )
    standing = _standing([pk for pk, *_ in rows])
    return {
        vendor: VendorList(
            vendor,
            edition,
            State(state),
            len({item for (item, _), day in standing[pk].items() if day}),
            max((day for day in standing[pk].values() if day), default=None),
        )
        for pk, vendor, edition, state in rows
    }


def _standing(lists: list[int]) -> dict[int, dict[tuple[str, str], date | None]]:
    """Give, by list, the day of each cell's newest answer; None where it was taken back."""
    found: dict[int, dict[tuple[str, str], date | None]] = {pk: {} for pk in lists}
    rows = AnswerRow.objects.filter(checklist_id__in=lists).order_by("checklist_id", "number")
    for pk, item, turn, value, day in rows.values_list(
        "checklist_id", "item", "turn", "value", "checked_on"
    ):
        found[pk][item, turn] = day if value else None
    return found


def demonstration_facilities(viewer: Viewer) -> tuple[str, ...]:
    """Give the codes of the demonstration facilities this person may look at, by code."""
    codes = {grant.organisation for grant in viewer.grants}
    rows = Organisation.objects.filter(
        kind="facility", is_demonstration=True, code__in=codes
    ).order_by("code")
    return tuple(rows.values_list("code", flat=True))
