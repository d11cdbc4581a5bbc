"""Preparing the demonstration: once, whole, and everything the checks should say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mamori.core.checking import Verdict
from mamori.demo import answers, hospital, ledger, load
from mamori.store import viewers
from mamori.store.models import AnswerRow, AuditEntry, CheckRun, Import, Organisation
from mamori.store.queries import ledger as queries
from mamori.store.queries import reports
from mamori.usecases.audit.verify import verify
from mamori.usecases.overview import show

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def counts():
    models = (Organisation, Import, CheckRun, AnswerRow, AuditEntry)
    return [model.objects.count() for model in models]


def test_a_second_start_makes_nothing_and_another_day_only_asks_the_checks():
    assert load.load(now=NOW, today=TODAY) is True
    before = counts()
    assert load.load(now=NOW, today=TODAY) is False
    assert counts() == before
    assert load.load(now=NOW + timedelta(days=1), today=TODAY + timedelta(days=1)) is True
    assert CheckRun.objects.count() == before[2] + 1
    assert AnswerRow.objects.count() == before[3]


def test_the_ledger_went_through_the_real_importer():
    load.load(now=NOW, today=TODAY)
    viewer = viewers.demonstration()
    newest = queries.last_import(viewer, hospital.CODE)
    twice = ledger.PLANTED["control numbers used twice"]
    assert newest.counts["rejected"] == ledger.PLANTED["bad rows"]
    assert newest.counts["conflict"] == twice
    assert (
        newest.counts["new"] + newest.counts["unchanged"]
        == len(ledger.apparatus(TODAY)) - 2 * twice
    )
    assert newest.counts["new"] > 50
    assert newest.counts["gone"] == newest.counts["changed"] == 0
    assert len(queries.undecided(viewer, hospital.CODE, newest.number)) == 2 * twice


def test_last_years_ledger_was_reported_and_confirmed_by_management():
    load.load(now=NOW, today=TODAY)
    viewer = viewers.demonstration()
    kept = reports.one(viewer, hospital.CODE, None)
    made = hospital.hospital(TODAY).reports[0]
    assert (kept.made_on, kept.confirmed_on) == (made.made_on, made.confirmed_on)
    assert kept.confirmed_by == made.confirmed_by


def test_every_planted_fault_is_found_after_the_import():
    load.load(now=NOW, today=TODAY)
    shown = show.show(viewers.demonstration(), facility=hospital.CODE, now=NOW, today=TODAY)
    found = {one.check: one for one in shown.overview.form.findings}
    os = "vulnerabilities.no-os-past-support"
    planted = ledger.PLANTED
    assert {check: (one.verdict, len(one.rows)) for check, one in found.items()} == {
        "ledger.covers-all-kinds": (Verdict.MET, 0),
        "ledger.no-duplicate-address": (Verdict.NOT_MET, 2 * planted["addresses used twice"]),
        "ledger.no-duplicate-control-number": (
            Verdict.NOT_MET,
            planted["control numbers used twice"],
        ),
        "ledger.not-stale": (Verdict.MET, 0),
        "ledger.reported-to-management": (Verdict.NOT_MET, 0),
        "ledger.required-columns-filled": (Verdict.NOT_MET, planted["without location"]),
        "ledger.software-versions-present": (Verdict.NOT_MET, planted["without version"]),
        "organisations.safety-administrator-appointed": (Verdict.MET, 0),
        f"{os}.server": (Verdict.NOT_MET, planted["servers past support"]),
        f"{os}.terminal": (Verdict.NOT_MET, planted["terminals past support"]),
        f"{os}.network": (Verdict.NOT_MET, planted["network apparatus past support"]),
    }


def test_the_five_most_urgent_things_are_of_different_sorts():
    load.load(now=NOW, today=TODAY)
    shown = show.show(viewers.demonstration(), facility=hospital.CODE, now=NOW, today=TODAY)
    assert [one.id for one in shown.overview.urgent] == [
        "vulnerabilities.no-os-past-support.network",
        "vulnerabilities.no-os-past-support.server",
        "answers.overdue",
        "answers.differs",
        "vulnerabilities.no-os-past-support.terminal",
    ]


def test_vendors_answered_but_for_the_one_who_never_does_and_the_one_who_need_not():
    load.load(now=NOW, today=TODAY)
    shown = show.show(viewers.demonstration(), facility=hospital.CODE, now=NOW, today=TODAY)
    lists = {one.contract.vendor: one.list for one in shown.vendors}
    assert lists["demo-mimamori"] is None
    assert lists["demo-kawasemi"].answered == 0
    full = [code for code, one in lists.items() if one and one.answered == 13]
    assert len(full) == 10
    assert lists["demo-asatsuyu"].edition == answers.VENDOR_EDITION


def test_the_trail_of_the_demonstration_is_whole():
    load.load(now=NOW, today=TODAY)
    viewer = viewers.member(load.SAFETY, today=TODAY)
    assert verify(viewer, organisation=hospital.CODE).broken is None
