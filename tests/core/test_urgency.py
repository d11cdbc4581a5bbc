"""What comes first, as a table."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mamori.core import urgency
from mamori.core.checking import Finding, Verdict
from mamori.core.checklists import Applies, ItemState, Reply, State
from mamori.core.editions import ALL_CELLS, APPARATUS, Edition, Item, Level, Section, Subject
from mamori.core.forms import Form, Party
from mamori.core.text import Text, same

TODAY = date(2026, 11, 22)
FRESH, OLD = date(2026, 11, 21), date(2025, 11, 1)
NOT, UNKNOWN, MET = Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET
OS = "vulnerabilities.no-os-past-support"
ADMINISTRATOR = "organisations.safety-administrator-appointed"


def item(code, level=Level.MANDATORY):
    return Item(code, APPARATUS, 2026, level, same(code), f"c{code}", ALL_CELLS, "2")


ITEMS = (item("2(1)"), item("2(2)"), item("2(3)", Level.REFERENCE))


def form(findings=(), states=(), suggested=(), applies=(), items=ITEMS):
    edition = Edition(
        "e", 1, 2026, Subject.FACILITY, date(2026, 4, 1), date(2027, 3, 31), same("e"), same("s"),
        verified=False, sections=(Section("2", same("2")),), items=items,
    )  # fmt: skip
    return Form(
        edition, Party("h", "病院"), None, State.OPEN, 1, dict(states),
        {i.key: Applies.YES for i in items} | dict(applies), dict(suggested), tuple(findings), (),
        {}, datetime(2026, 11, 22, tzinfo=UTC), TODAY,
    )  # fmt: skip


def finding(check, verdict=NOT, as_of=FRESH, reason="why"):
    return Finding(check, "c", (), verdict, same(reason), as_of, rows=("PC-1",))


YES = ItemState(first=Reply.YES, first_on=FRESH)
DONE = {i.key: YES for i in ITEMS}


def checked(days):
    """A Yes that was checked so many days ago."""
    return ItemState(first=Reply.YES, first_on=TODAY - timedelta(days=days))


def no(target):
    return ItemState(first=Reply.NO, first_on=date(2026, 5, 1), target_on=target)


KEY = ITEMS[0].key
CASES = [
    ("nothing to do", form(states=DONE), []),
    ("what is met is no work", form((finding(ADMINISTRATOR, MET),), DONE), []),
    (
        "network before server before administrator before terminal",
        form([finding(c) for c in (f"{OS}.terminal", ADMINISTRATOR, f"{OS}.server",
                                   f"{OS}.network")], DONE),
        [f"{OS}.network", f"{OS}.server", ADMINISTRATOR, f"{OS}.terminal"],
    ),
    ("a check nobody ranked", form((finding("backups.new"), finding(ADMINISTRATOR)), DONE),
     [ADMINISTRATOR, "backups.new"]),
    (
        "facts that were never collected are one thing, however many checks want them",
        form([finding(f"ledger.{n}", UNKNOWN, None, "never") for n in "abc"], DONE),
        ["collect: never"],
    ),
    ("old facts too", form([finding(f"l.{n}", UNKNOWN, OLD, "old") for n in "ab"], DONE),
     ["collect: old"]),
    ("an unknown comes after what is not met",
     form((finding("a", UNKNOWN), finding("ledger.no-duplicate-address")), DONE),
     ["ledger.no-duplicate-address", "a"]),
    ("a target date that passed", form(states=DONE | {KEY: no(date(2026, 10, 1))}),
     ["answers.overdue"]),
    ("a target date that is near", form(states=DONE | {KEY: no(TODAY + timedelta(days=45))}),
     ["answers.near"]),
    ("a target date far off", form(states=DONE | {KEY: no(TODAY + timedelta(days=46))}), []),
    ("a No without a target", form(states=DONE | {KEY: no(None)}), ["answers.target"]),
    ("a Yes that evidence contradicts", form(states=DONE, suggested={KEY: Reply.NO}),
     ["answers.differs"]),
    ("several target dates are one thing", form(states={i.key: no(OLD) for i in ITEMS}),
     ["answers.overdue"]),
    ("a check that is nearly a year old", form(states={i.key: checked(320) for i in ITEMS}),
     ["answers.yearly"]),
    ("a check that is not yet a year old", form(states={i.key: checked(319) for i in ITEMS}), []),
    ("open mandatory items are one thing", form(), ["answers.open"]),
    ("a reference item may stay open", form(states={i.key: YES for i in ITEMS[:2]}), []),
    ("what does not apply may stay open",
     form(applies={i.key: Applies.ENDED_BY_PRESENCE for i in ITEMS}), []),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_order(given, expected):
    assert [one.id for one in urgency.most_urgent(given, today=TODAY)] == expected


def test_open_items_weigh_more_when_the_year_ends():
    early = urgency.most_urgent(form(), today=TODAY)[0]
    late = urgency.most_urgent(form(), today=date(2027, 2, 1))[0]
    assert early.weight < late.weight
    assert early.why == Text(
        "必須項目のうち2項目が未回答です(2(1)、2(2))。",
        "2 mandatory items are not answered (2(1), 2(2)).",
    )
    assert early.due == date(2027, 3, 31)


def test_no_more_than_asked_for_and_each_says_why_and_what_to_do():
    many = form([finding(c) for c in urgency.RANKS], states={KEY: no(date(2026, 6, 1))})
    top = urgency.most_urgent(many, today=TODAY)
    assert len(top) == 5
    assert [one.weight for one in top] == sorted((one.weight for one in top), reverse=True)
    assert top[0].rows == ("PC-1",)
    assert all(one.title.ja and one.why.ja and one.action.ja for one in top)
    assert len(urgency.most_urgent(many, today=TODAY, most=99)) == len(urgency.RANKS) + 2
