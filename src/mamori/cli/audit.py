"""audit verify: walk the trail and name the first broken link."""

import sys

from mamori.cli import acting, output, words
from mamori.cli.main import EXIT_NEGATIVE
from mamori.cli.root import mamori
from mamori.core.organisations import INSTALLATION
from mamori.core.permissions import Action, Thing, may
from mamori.core.text import Text
from mamori.core.viewer import Viewer
from mamori.store.queries import organisations
from mamori.usecases.audit import verify as usecase

HOLDS = Text(
    "監査証跡は{entries}件すべてつながっています。末尾の値: {seal}",
    "The audit trail holds: {entries} entries, last seal {seal}",
)


@mamori.group(help=words.say("監査証跡", "The audit trail"))
def audit() -> None:
    """Hold the commands of the trail."""


@audit.command(
    help=words.say("証跡が改ざんされていないか確かめる", "Check that nobody altered the trail")
)
@acting.acts
@acting.json_option
def verify(who: Viewer, json_wanted: bool) -> None:
    """Verify the trail; exit 1 and name the first broken link where there is one."""
    found = usecase.verify(who, organisation=_where(who))
    if json_wanted:
        broken = found.broken
        output.as_json(
            {
                "entries": found.entries,
                "seal": found.seal,
                "holds": broken is None,
                "first_break": broken
                and {"number": broken.number, "reason": broken.reason.as_json()},
            }
        )
    else:
        holds = HOLDS.fill(entries=found.entries, seal=found.seal)
        output.line(holds if found.broken is None else found.broken.reason)
    if found.broken is not None:
        sys.exit(EXIT_NEGATIVE)


def _where(who: Viewer) -> str:
    """Give the organisation for which this person may verify: the installation, else their own."""
    if may(who, Action.VERIFY, Thing.AUDIT, INSTALLATION):
        return INSTALLATION
    own = organisations.own_facilities(who)
    return own[0] if own else INSTALLATION
