"""What the demonstration hospital and its vendors answered on the lists of fiscal 2025."""

from datetime import date

from mamori.core.checklists import Reply, Turn
from mamori.core.editions import PRESENCE, Cell, Edition
from mamori.usecases.checklists.answer import Given

FACILITY_EDITION, VENDOR_EDITION = "facility-fy2025", "vendor-fy2025"
FIRST, SECOND, VENDORS = date(2025, 10, 20), date(2026, 2, 27), date(2025, 12, 12)
WORD_OF_VENDOR = "保守事業者の報告による"
OWN_RECORDS = "院内の記録を確認"
# Controls answered No at first, and the day by which they were to be done.
TARGETS = {
    "vulnerabilities.patches-applied": date(2026, 2, 20),
    "accounts.unused-removed": date(2026, 1, 30),
    "accounts.no-password-reuse": date(2026, 3, 13),
    "accounts.two-factor": date(2026, 3, 31),
    "continuity.plan-for-cyber-attack": date(2026, 2, 13),
}
# Those that became Yes at the second check; the rest stayed No.
DONE = {
    "vulnerabilities.patches-applied": WORD_OF_VENDOR,
    "accounts.unused-removed": "退職者一覧と突き合わせて削除",
    "continuity.plan-for-cyber-attack": "事業継続計画の第2版に追記",
}
OPEN = ("organisations.rules-written",)
VENDOR_NO = {"accounts.two-factor": date(2026, 3, 31)}


def first_of_facility(edition: Edition) -> tuple[Given, ...]:
    """Give the first check of the facility: most Yes, some No with a target, one left open."""
    return tuple(
        _given(item.key, Turn.FIRST, FIRST, TARGETS.get(item.control), OWN_RECORDS)
        for item in edition.items
        if item.control not in OPEN
    )


def second_of_facility(edition: Edition) -> tuple[Given, ...]:
    """Give the second check: what was to be done by then, done or not."""
    return tuple(
        Given(item.key, Turn.SECOND, Reply.YES, SECOND, reason=DONE[item.control])
        for item in edition.items
        if item.control in DONE and item.has(Cell.SECOND)
    )


def of_vendor(edition: Edition, at: int) -> tuple[Given, ...]:
    """Give a vendor's list; every third vendor has no two-factor yet."""
    no = VENDOR_NO if at % 3 == 0 else {}
    return tuple(
        _given(item.key, Turn.FIRST, VENDORS, no.get(item.control), WORD_OF_VENDOR)
        for item in edition.items
        if item.code != PRESENCE
    )


def _given(key: str, turn: Turn, day: date, target: date | None, reason: str) -> Given:
    """Answer No where there is a target, else Yes."""
    reply = Reply.NO if target else Reply.YES
    return Given(key, turn, reply, day, target_on=target, reason=reason)
