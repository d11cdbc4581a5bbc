"""Checks about the people who answer for safety."""

from datetime import date

from mamori.core.checking import Said, Verdict, check
from mamori.core.evidence import Appointment, Evidence
from mamori.core.text import Text, listed
from mamori.core.viewer import Role

OFFICE = Role.SAFETY_ADMINISTRATOR.value
APPOINTED = Text(
    "医療情報システム安全管理責任者に{names}が任命されています({since}から)。",
    "{names} holds the office of safety administrator (since {since}).",
)
NOBODY = Text(
    "医療情報システム安全管理責任者の任命の記録がありません。",
    "No appointment of a safety administrator is on record.",
)
LATER = Text(
    "医療情報システム安全管理責任者の任命は{since}からで、現在は不在です。",
    "A safety administrator is appointed from {since} on; today there is none.",
)
ENDED = Text(
    "医療情報システム安全管理責任者の任期が{until}に終わり、後任の記録がありません。",
    "The term of the last safety administrator ended on {until}, and no successor is on record.",
)
SETTLE = Text(
    "経営層が任命した日と氏名を登録してください。小規模な医療機関では企画管理者との兼務も可能です。",
    "Record who was appointed by management, and when. In a small facility the planning "
    "administrator may hold both offices.",
)


def _holds(one: Appointment, today: date) -> bool:
    """Say whether an appointment holds on a day."""
    return one.since <= today and (one.until is None or one.until >= today)


@check(
    "organisations.safety-administrator-appointed",
    control="organisations.safety-administrator-appointed",
    needs=("appointments",),
    title=Text("医療情報システム安全管理責任者の任命", "Safety administrator appointed"),
)
def safety_administrator_appointed(evidence: Evidence, today: date) -> Said:
    """Somebody holds the office of safety administrator today."""
    rows = evidence.appointments.rows if evidence.appointments else ()
    terms = [one for one in rows if one.office == OFFICE]
    now = [one for one in terms if _holds(one, today)]
    if now:
        names = listed(tuple(one.person for one in now))
        since = min(one.since for one in now).isoformat()
        return Said(Verdict.MET, APPOINTED.fill(names=names, since=since))
    future = [one.since for one in terms if one.since > today]
    if future:
        since = min(future).isoformat()
        return Said(Verdict.NOT_MET, LATER.fill(since=since), settle=SETTLE)
    ended = [one.until for one in terms if one.until is not None]
    if ended:
        until = max(ended).isoformat()
        return Said(Verdict.NOT_MET, ENDED.fill(until=until), settle=SETTLE)
    return Said(Verdict.NOT_MET, NOBODY, settle=SETTLE)
