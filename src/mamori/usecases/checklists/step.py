"""Move a checklist on: submit, sign, send back, reopen."""

from datetime import date, datetime

from mamori.core import answering, policies
from mamori.core.checklists import State
from mamori.core.permissions import Action, check_may_list
from mamori.core.viewer import Viewer
from mamori.editions import loader
from mamori.store.queries import checklists
from mamori.store.writes import audit
from mamori.store.writes import checklists as writes
from mamori.usecases.checklists import form
from mamori.usecases.recorded import recorded


@recorded("checklist.step")
def take_step(
    viewer: Viewer,
    *,
    facility: str,
    edition: str,
    vendor: str | None,
    action: Action,
    reason: str,
    now: datetime,
    today: date,
) -> tuple[State, int]:
    """Take one step of the transition table; give the new state and revision.

    Signing needs every mandatory first answer and locks the list; reopening needs a reason and
    begins a new revision. Errors: NotAllowed, NotPossible.
    """
    check_may_list(viewer, action, facility, vendor)
    found = checklists.checklist(viewer, facility, edition, vendor)
    state, _ = writes.lock(found.id)
    listed = checklists.checklist(viewer, facility, edition, vendor)
    states = answering.states_of(listed.answers)
    titles = {name: control.title for name, control in loader.controls().items()}
    known = form.circumstances(viewer, facility, vendor, today)
    gaps = answering.gaps(listed.edition, states, known, titles)
    transition = policies.step(state, action, reason=reason, gaps=gaps)
    signs = transition.to is State.SIGNED
    digest = answering.digest_of(listed.edition, facility, vendor, states) if signs else ""
    revision = writes.append_step(
        listed.id,
        action.value,
        transition,
        reason=reason.strip(),
        digest=digest,
        member=viewer.member,
        at=now,
    )
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=facility,
        action=f"checklist.{action.value}",
        thing=str(listed.id),
        detail={
            "edition": listed.edition.id,
            "vendor": vendor,
            "revision": revision,
            "reason": reason.strip(),
            "digest": digest,
        },
    )
    return transition.to, revision
