"""Put a checklist together with its suggestions and findings: the filled form."""

from datetime import date, datetime

from mamori.core import answering, suggestions
from mamori.core.checking import Finding
from mamori.core.checklists import Circumstances
from mamori.core.forms import Form
from mamori.core.permissions import Action, Thing, may
from mamori.core.viewer import Viewer
from mamori.editions import loader
from mamori.store.queries import checklists, findings, organisations


def form_of(
    viewer: Viewer,
    *,
    facility: str,
    edition: str,
    vendor: str | None,
    now: datetime,
    today: date,
) -> Form:
    """Give one list as it stands, with what evidence suggests for each item.

    Findings are the facility's own: they ride on its own list, for readers who may see them.
    """
    listed = checklists.checklist(viewer, facility, edition, vendor)
    found = visible_findings(viewer, facility, vendor)
    states = answering.states_of(listed.answers)
    known = circumstances(viewer, facility, vendor, today)
    return Form(
        edition=listed.edition,
        facility=listed.facility,
        vendor=listed.vendor,
        state=listed.state,
        revision=listed.revision,
        states=states,
        applies=answering.applies(listed.edition, states, known),
        suggested={
            item.key: suggestions.suggest(item, found).value for item in listed.edition.items
        },
        findings=found,
        answers=listed.answers,
        controls=loader.controls(),
        made_at=now,
        as_of=today,
        signature=listed.signature,
    )


def visible_findings(viewer: Viewer, facility: str, vendor: str | None) -> tuple[Finding, ...]:
    """Give the newest findings where the list is the facility's own and the reader may see them."""
    if vendor is not None or not may(viewer, Action.READ, Thing.FINDING, facility):
        return ()
    run = findings.latest(viewer, facility)
    return run.findings if run else ()


def circumstances(viewer: Viewer, facility: str, vendor: str | None, today: date) -> Circumstances:
    """Give what the rules must know; vendor lists have nothing that hangs on a contract."""
    if vendor is not None or not may(viewer, Action.READ, Thing.CONTRACT, facility):
        return Circumstances(has_contracted_vendor=None)
    return Circumstances(organisations.has_contracted_vendor(viewer, facility, today=today))
