"""What the first page shows, put together from plain data."""

from datetime import UTC, date, datetime

from mamori.core import overview
from mamori.core.checking import Finding, Verdict
from mamori.core.checklists import Applies, Circumstances, ItemState, Reply, State
from mamori.core.evidence import Ledger
from mamori.core.forms import Form, Party
from mamori.core.ledger import Kind, Status
from mamori.core.lifecycles import Support
from mamori.core.text import same
from mamori.editions import lifecycles, loader
from tests.checks import facts
from tests.checks.facts import box, pc, server

TABLE = lifecycles.load()
EDITION = loader.load("facility-fy2025")
KNOWN = Circumstances(has_contracted_vendor=True)
FINDINGS = (
    Finding("ledger.x", "ledger.kept", (), Verdict.MET, same("met"), facts.FRESH),
    Finding("ledger.y", "ledger.kept", (), Verdict.NOT_MET, same("not"), facts.FRESH, alone=False),
)


def form(states=()):
    return Form(
        EDITION, Party("h", "病院"), None, State.OPEN, 1, dict(states),
        {item.key: Applies.YES for item in EDITION.items}, {}, FINDINGS, (), loader.controls(),
        datetime(2026, 11, 22, tzinfo=UTC), facts.TODAY,
    )  # fmt: skip


def made(ledger, states=()):
    return overview.overview(
        form(states), ledger, TABLE, KNOWN, checked_on=facts.TODAY, today=facts.TODAY
    )


def test_every_item_stands_once_in_its_section_with_the_findings_against_it_first():
    found = made(None)
    lines = [line for part in found.parts for line in part.lines]
    assert [line.item for line in lines] == list(EDITION.items)
    ledger = next(line for line in lines if line.item.control == "ledger.kept")
    assert [one.check for one in ledger.findings] == ["ledger.y", "ledger.x"]
    assert ledger.suggestion.value is Reply.NO


def test_without_a_ledger_nothing_is_counted():
    found = made(None)
    assert (found.kinds, found.supports, found.ledger_as_of) == ((), (), None)


def test_kinds_are_counted_by_what_became_of_them():
    ledger = Ledger(
        (pc(1), pc(2, status=Status.SPARE), pc(3, status=Status.OUT_OF_USE),
         pc(4, status=Status.DISPOSED), pc(5, status=Status.OTHER), server()),
        facts.FRESH,
    )  # fmt: skip
    counted = {one.kind: (one.in_service, one.resting, one.disposed) for one in made(ledger).kinds}
    assert counted == {Kind.SERVER: (1, 0, 0), Kind.TERMINAL: (2, 2, 1)}


def test_supports_list_the_past_then_what_ends_soon_then_the_unclear():
    ledger = Ledger(
        (pc(1, os="Windows 7"), pc(2, os="Windows 11 Pro 25H2"), pc(3, os="Win11"),
         server(os="Windows Server 2012 R2"), server(2), box(manufacturer="ヤマハ", os="Rev.14.01"),
         pc(4, os="Windows 7", status=Status.SPARE)),
        facts.FRESH,
    )  # fmt: skip
    lines = [(one.name.en, one.support, one.count) for one in made(ledger).supports]
    assert lines == [
        ("Windows 7", Support.PAST, 1),
        ("Windows Server 2012 R2", Support.PAST, 1),
        ("Windows 11 25H2 Home/Pro", Support.SUPPORTED, 1),
        ("Windows 11", Support.CANNOT_SAY, 1),
        ("ヤマハ Rev.14.01", Support.NOT_IN_TABLE, 1),
    ]


def test_both_figures_share_their_denominator():
    key = EDITION.items[1].key
    found = made(None, {key: ItemState(first=Reply.YES, first_on=date(2026, 5, 1))})
    assert found.everything.answered == found.everything.yes == 1
    assert found.everything.applicable == found.mandatory.applicable > 10
