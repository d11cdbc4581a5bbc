"""Who may: one table of role x object x action; what it does not name is refused.

What the state of a thing allows is in `policies`. The table is printed into the documentation.
"""

from enum import Enum

from mamori.core.text import Text
from mamori.core.viewer import ROLE_NAMES, NotAllowed, Role, Viewer


class Thing(Enum):
    """What can be read or changed."""

    ORGANISATION = "organisation"
    MEMBER = "member"
    CONTRACT = "contract"
    EDITION = "edition"
    CHECKLIST = "checklist"
    VENDOR_CHECKLIST = "vendor_checklist"
    LEDGER = "ledger"
    IMPORT = "import"
    REPORT = "report"
    FINDING = "finding"
    AUDIT = "audit"
    INSTALLATION = "installation"


class Action(Enum):
    """What can be done with it."""

    READ = "read"
    ADD = "add"
    EDIT = "edit"
    ANSWER = "answer"
    SUBMIT = "submit"
    SIGN = "sign"
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    IMPORT = "import"
    UNDO = "undo"
    RUN = "run"
    CONFIRM = "confirm"
    VERIFY = "verify"


THING_NAMES: dict[Thing, Text] = {
    Thing.ORGANISATION: Text("組織", "organisation"),
    Thing.MEMBER: Text("利用者", "member"),
    Thing.CONTRACT: Text("契約", "contract"),
    Thing.EDITION: Text("チェックリストの版", "checklist edition"),
    Thing.CHECKLIST: Text("チェックリスト", "checklist"),
    Thing.VENDOR_CHECKLIST: Text("事業者確認用チェックリスト", "vendor checklist"),
    Thing.LEDGER: Text("機器台帳", "ledger"),
    Thing.IMPORT: Text("取込み", "import"),
    Thing.REPORT: Text("経営層への報告", "report to management"),
    Thing.FINDING: Text("確認結果", "findings"),
    Thing.AUDIT: Text("監査証跡", "audit trail"),
    Thing.INSTALLATION: Text("システム", "installation"),
}
ACTION_NAMES: dict[Action, Text] = {
    Action.READ: Text("閲覧", "read"),
    Action.ADD: Text("追加", "add"),
    Action.EDIT: Text("編集", "edit"),
    Action.ANSWER: Text("回答", "answer"),
    Action.SUBMIT: Text("提出", "submit"),
    Action.SIGN: Text("確定(署名)", "sign"),
    Action.SEND_BACK: Text("差戻し", "send back"),
    Action.REOPEN: Text("再開", "reopen"),
    Action.IMPORT: Text("取込み", "import"),
    Action.UNDO: Text("取消し", "undo"),
    Action.RUN: Text("実行", "run"),
    Action.CONFIRM: Text("確認", "confirm"),
    Action.VERIFY: Text("検証", "verify"),
}

_SA, _PA = Role.SAFETY_ADMINISTRATOR, Role.PLANNING_ADMINISTRATOR
_MA, _SY = Role.MANAGEMENT, Role.SYSTEM_ADMINISTRATOR
_VA, _VS = Role.VENDOR_ADMINISTRATOR, Role.VENDOR_STAFF
_IN, _DE = Role.INSPECTOR, Role.DEMONSTRATION

# Source: the table of roles in the design; roles that are not named for a pair are refused.
ALLOWED: dict[tuple[Thing, Action], frozenset[Role]] = {
    (Thing.ORGANISATION, Action.READ): frozenset({_SA, _PA, _MA, _VA, _VS, _IN, _SY, _DE}),
    (Thing.ORGANISATION, Action.ADD): frozenset({_SY}),
    (Thing.ORGANISATION, Action.EDIT): frozenset({_SA, _PA}),
    (Thing.MEMBER, Action.READ): frozenset({_SA, _PA, _MA, _SY}),
    (Thing.MEMBER, Action.ADD): frozenset({_SA, _SY}),
    (Thing.CONTRACT, Action.READ): frozenset({_SA, _PA, _MA, _DE}),
    (Thing.CONTRACT, Action.ADD): frozenset({_SA, _PA}),
    (Thing.EDITION, Action.READ): frozenset(Role),
    (Thing.EDITION, Action.ADD): frozenset({Role.MINISTRY, _SY, _SA}),
    (Thing.CHECKLIST, Action.READ): frozenset({_SA, _PA, _MA, _IN, _DE}),
    (Thing.CHECKLIST, Action.ANSWER): frozenset({_SA, _PA}),
    (Thing.CHECKLIST, Action.SUBMIT): frozenset({_SA, _PA}),
    (Thing.CHECKLIST, Action.SIGN): frozenset({_SA}),
    (Thing.CHECKLIST, Action.SEND_BACK): frozenset({_SA}),
    (Thing.CHECKLIST, Action.REOPEN): frozenset({_SA}),
    (Thing.VENDOR_CHECKLIST, Action.READ): frozenset({_SA, _PA, _MA, _VA, _VS, _IN, _DE}),
    (Thing.VENDOR_CHECKLIST, Action.ANSWER): frozenset({_SA, _PA, _VA, _VS}),
    (Thing.VENDOR_CHECKLIST, Action.SUBMIT): frozenset({_SA, _PA, _VA, _VS}),
    (Thing.VENDOR_CHECKLIST, Action.SIGN): frozenset({_SA, _VA}),
    (Thing.VENDOR_CHECKLIST, Action.SEND_BACK): frozenset({_SA}),
    (Thing.VENDOR_CHECKLIST, Action.REOPEN): frozenset({_SA, _VA}),
    (Thing.LEDGER, Action.READ): frozenset({_SA, _PA, _MA, _DE}),
    (Thing.LEDGER, Action.IMPORT): frozenset({_SA, _PA}),
    (Thing.LEDGER, Action.EDIT): frozenset({_SA, _PA}),
    (Thing.IMPORT, Action.READ): frozenset({_SA, _PA, _MA}),
    (Thing.IMPORT, Action.UNDO): frozenset({_SA, _PA}),
    (Thing.REPORT, Action.READ): frozenset({_SA, _PA, _MA, _DE}),
    (Thing.REPORT, Action.ADD): frozenset({_SA, _PA}),
    (Thing.REPORT, Action.CONFIRM): frozenset({_MA}),
    (Thing.FINDING, Action.READ): frozenset({_SA, _PA, _MA, _DE}),
    (Thing.FINDING, Action.RUN): frozenset({_SA, _PA}),
    (Thing.AUDIT, Action.READ): frozenset({_SA, _MA, _SY}),
    (Thing.AUDIT, Action.VERIFY): frozenset({_SA, _MA, _SY}),
    (Thing.INSTALLATION, Action.EDIT): frozenset({_SY}),
}

REFUSED = Text(
    "{member} さんには {organisation} の{thing}の{action}が許可されていません"
    "(必要な役割: {roles})。",
    "{member} may not {action} the {thing} of {organisation} (needs the role: {roles}).",
)
NOBODY = Text("どの役割にも許可されていません", "no role may do this")


def may(viewer: Viewer, action: Action, thing: Thing, organisation: str) -> bool:
    """Say whether this person may do this with things of this organisation."""
    return bool(viewer.roles_for(organisation) & ALLOWED.get((thing, action), frozenset()))


VENDOR_ROLES = frozenset({Role.VENDOR_ADMINISTRATOR, Role.VENDOR_STAFF})


def may_list(viewer: Viewer, action: Action, facility: str, vendor: str | None) -> bool:
    """Say whether this person may do this with a checklist of a facility.

    Of vendor lists, a vendor's own people reach only those of their own vendor.
    """
    if vendor is None:
        return may(viewer, action, Thing.CHECKLIST, facility)
    allowed = ALLOWED.get((Thing.VENDOR_CHECKLIST, action), frozenset())
    if (viewer.roles_for(facility) - VENDOR_ROLES) & allowed:
        return True
    own = {g.role for g in viewer.grants if g.organisation == vendor} & VENDOR_ROLES
    return facility in viewer.clients and bool(own & allowed)


def check_may_list(viewer: Viewer, action: Action, facility: str, vendor: str | None) -> None:
    """Refuse by name what `may_list` does not allow; NotAllowed."""
    if not may_list(viewer, action, facility, vendor):
        thing = Thing.CHECKLIST if vendor is None else Thing.VENDOR_CHECKLIST
        raise _refusal(viewer, action, thing, facility)


def check_may(viewer: Viewer, action: Action, thing: Thing, organisation: str) -> None:
    """Refuse by name, with the roles that may; NotAllowed."""
    if not may(viewer, action, thing, organisation):
        raise _refusal(viewer, action, thing, organisation)


def _refusal(viewer: Viewer, action: Action, thing: Thing, organisation: str) -> NotAllowed:
    """Name who asked for what, and the roles that may."""
    roles = sorted(ALLOWED.get((thing, action), frozenset()), key=lambda r: list(Role).index(r))
    names = Text(
        "、".join(ROLE_NAMES[r].ja for r in roles) or NOBODY.ja,
        ", ".join(ROLE_NAMES[r].en for r in roles) or NOBODY.en,
    )
    reason = REFUSED.fill(
        member=viewer.member,
        organisation=organisation,
        thing=THING_NAMES[thing],
        action=ACTION_NAMES[action],
        roles=names,
    )
    return NotAllowed(reason, member=viewer.member, organisation=organisation)
