"""Who may, walked in full; and the refusals, by name."""

import pytest

from mamori.core import permissions
from mamori.core.permissions import ALLOWED, Action, Thing
from mamori.core.viewer import Grant, NotAllowed, Role, Viewer

HERE, ELSEWHERE, VENDOR = "H001", "H002", "V01"
# What each role may do in its own organisation, written again by hand from the table of roles.
EXPECTED = {
    Role.SAFETY_ADMINISTRATOR: 31,
    Role.PLANNING_ADMINISTRATOR: 21,
    Role.MANAGEMENT: 13,
    Role.STAFF: 1,
    Role.VENDOR_ADMINISTRATOR: 7,
    Role.VENDOR_STAFF: 5,
    Role.INSPECTOR: 4,
    Role.ASSOCIATION: 1,
    Role.MINISTRY: 2,
    Role.RESPONDER: 1,
    Role.SYSTEM_ADMINISTRATOR: 9,
    Role.DEMONSTRATION: 8,
}
NEVER = [
    (Role.PLANNING_ADMINISTRATOR, Thing.CHECKLIST, Action.SIGN),
    (Role.PLANNING_ADMINISTRATOR, Thing.REPORT, Action.CONFIRM),
    (Role.MANAGEMENT, Thing.CHECKLIST, Action.ANSWER),
    (Role.MANAGEMENT, Thing.LEDGER, Action.IMPORT),
    (Role.INSPECTOR, Thing.CHECKLIST, Action.ANSWER),
    (Role.INSPECTOR, Thing.LEDGER, Action.READ),
    (Role.INSPECTOR, Thing.FINDING, Action.READ),
    (Role.SYSTEM_ADMINISTRATOR, Thing.CHECKLIST, Action.READ),
    (Role.SYSTEM_ADMINISTRATOR, Thing.LEDGER, Action.READ),
    (Role.VENDOR_ADMINISTRATOR, Thing.CHECKLIST, Action.READ),
    (Role.VENDOR_ADMINISTRATOR, Thing.LEDGER, Action.READ),
    (Role.MINISTRY, Thing.CHECKLIST, Action.READ),
    (Role.DEMONSTRATION, Thing.CHECKLIST, Action.ANSWER),
    (Role.STAFF, Thing.CHECKLIST, Action.READ),
]


def viewer(role, organisation=HERE, **reach):
    return Viewer("sato", frozenset({Grant(organisation, role)}), **reach)


@pytest.mark.parametrize("role", list(Role), ids=lambda r: r.value)
def test_each_role_may_what_the_table_says_here_and_nothing_elsewhere(role):
    who = viewer(role)
    pairs = [(thing, action) for thing in Thing for action in Action]

    here = {p for p in pairs if permissions.may(who, p[1], p[0], HERE)}

    assert here == {p for p in pairs if role in ALLOWED.get(p, frozenset())}
    assert len(here) == EXPECTED[role]
    assert not [p for p in pairs if permissions.may(who, p[1], p[0], ELSEWHERE)]


@pytest.mark.parametrize(("role", "thing", "action"), NEVER)
def test_what_a_role_must_never_do_is_refused_by_name(role, thing, action):
    with pytest.raises(NotAllowed) as refusal:
        permissions.check_may(viewer(role), action, thing, HERE)

    assert "sato" in refusal.value.reason.ja
    assert HERE in refusal.value.reason.en
    assert refusal.value.member == "sato"


def test_a_pair_that_the_table_does_not_name_is_refused_to_everybody():
    assert (Thing.AUDIT, Action.EDIT) not in ALLOWED
    for role in Role:
        assert not permissions.may(viewer(role), Action.EDIT, Thing.AUDIT, HERE)


@pytest.mark.parametrize(
    ("who", "vendor", "allowed"),
    [
        (viewer(Role.SAFETY_ADMINISTRATOR), VENDOR, True),
        (viewer(Role.VENDOR_STAFF, VENDOR, clients=frozenset({HERE})), VENDOR, True),
        (viewer(Role.VENDOR_STAFF, VENDOR, clients=frozenset({ELSEWHERE})), VENDOR, False),
        (viewer(Role.VENDOR_STAFF, "V02", clients=frozenset({HERE})), VENDOR, False),
        (viewer(Role.VENDOR_STAFF, VENDOR, clients=frozenset({HERE})), None, False),
        (viewer(Role.INSPECTOR, "P27", area=frozenset({HERE})), VENDOR, False),
        (viewer(Role.SAFETY_ADMINISTRATOR, ELSEWHERE), VENDOR, False),
    ],
)
def test_a_vendor_reaches_only_its_own_list_of_its_own_clients(who, vendor, allowed):
    assert permissions.may_list(who, Action.ANSWER, HERE, vendor) is allowed
    if not allowed:
        with pytest.raises(NotAllowed):
            permissions.check_may_list(who, Action.ANSWER, HERE, vendor)


def test_an_inspector_reads_the_lists_of_the_area_only():
    who = viewer(Role.INSPECTOR, "P27", area=frozenset({HERE}))

    assert permissions.may_list(who, Action.READ, HERE, VENDOR)
    assert permissions.may_list(who, Action.READ, HERE, None)
    assert not permissions.may_list(who, Action.READ, ELSEWHERE, None)
