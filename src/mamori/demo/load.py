"""Prepare the demonstration: everything through the usecases a real hospital uses, whole or not."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mamori.core.evidence import Report
from mamori.core.ledger import Apparatus
from mamori.core.organisations import INSTALLATION, Contract, Organisation, OrganisationKind
from mamori.core.text import Language
from mamori.core.viewer import Grant, Role, Viewer
from mamori.demo import answers, hospital, ledger, workbook
from mamori.demo.hospital import CODE, Hospital
from mamori.editions import loader
from mamori.store import viewers
from mamori.store.queries import findings, overview
from mamori.usecases.checklists import answer
from mamori.usecases.checklists import open as opening
from mamori.usecases.checklists.answer import Given
from mamori.usecases.findings import run_checks
from mamori.usecases.ledger import confirm_report, report, take_in
from mamori.usecases.ledger.take_in import LedgerFile
from mamori.usecases.organisations import add

# Makes the organisations and their first members, as a system administrator does; it is no member
# of the installation, so that a real first administrator can still be set up beside it.
BUILDER = Viewer(
    "demonstration-builder", frozenset({Grant(INSTALLATION, Role.SYSTEM_ADMINISTRATOR)})
)
SAFETY, PLANNING, MANAGEMENT = "demo-safety", "demo-planning", "demo-management"
PREFECTURE = "27"


def load(*, now: datetime, today: date) -> bool:
    """Make the demonstration hospital where it is not there; say whether anything was made.

    A later start on another day only asks the checks again.
    """
    if CODE in overview.demonstration_facilities(viewers.demonstration()):
        return _check_again(now=now, today=today)
    with transaction.atomic():
        _build(hospital.hospital(today), now=now, today=today)
    return True


def _check_again(*, now: datetime, today: date) -> bool:
    """Ask the checks again where their last answer is of another day."""
    who = viewers.member(PLANNING, today=today)
    run = findings.latest(who, CODE)
    if run is not None and run.as_of == today:
        return False
    run_checks.run_checks(who, facility=CODE, now=now, today=today)
    return True


def _build(one: Hospital, *, now: datetime, today: date) -> None:
    """Make everything, in the order in which a hospital does it.

    Last year's ledger was taken in and reported to management; this year's has just come.
    """
    _organisations(one, now=now, today=today)
    planner = viewers.member(PLANNING, today=today)
    _contracts(planner, one, now=now, today=today)
    _last_year(planner, one.reports[0], now=now, today=today)
    _take_in(planner, ledger.apparatus(today), now=now, as_of=today)
    run_checks.run_checks(planner, facility=CODE, now=now, today=today)
    _answer(planner, one, now=now, today=today)


def _last_year(who: Viewer, past: Report, *, now: datetime, today: date) -> None:
    """Take in the ledger of the day of the last report, make that report, have it confirmed."""
    then = now - (today - past.made_on)
    _take_in(who, ledger.earlier(today, past.made_on), now=then, as_of=past.made_on)
    report.make(who, facility=CODE, language=Language.JA, now=then, today=past.made_on)
    if past.confirmed_on is not None:
        manager = viewers.member(MANAGEMENT, today=today)
        later = now - (today - past.confirmed_on)
        confirm_report.confirm(manager, facility=CODE, number=None, on=past.confirmed_on, now=later)


def _take_in(who: Viewer, rows: Sequence[Apparatus], *, now: datetime, as_of: date) -> None:
    """Write the ledger as an untidy workbook and take it in as any other."""
    file = LedgerFile(workbook.write(rows, as_of), workbook.FILE)
    take_in.take_in(who, facility=CODE, file=file, as_of=as_of, now=now)


def _organisations(one: Hospital, *, now: datetime, today: date) -> None:
    """Add the hospital, its vendors and the people in office."""
    facility = Organisation(
        CODE,
        OrganisationKind.FACILITY,
        hospital.NAME,
        hospital.NAME_EN,
        prefecture=PREFECTURE,
        beds=hospital.BEDS,
        is_demonstration=True,
    )
    add.add_organisation(BUILDER, one=facility, now=now)
    for vendor in one.vendors:
        company = Organisation(
            f"demo-{vendor.code}",
            OrganisationKind.VENDOR,
            vendor.name,
            vendor.name_en,
            is_demonstration=True,
        )
        add.add_organisation(BUILDER, one=company, now=now)
    for person in one.people:
        add.add_member(
            BUILDER,
            facility=CODE,
            name=person.name,
            full_name=person.full_name,
            role=person.role,
            since=person.since,
            appointed_by=one.reports[0].confirmed_by,
            os_user=None,
            now=now,
            today=today,
        )


def _contracts(who: Viewer, one: Hospital, *, now: datetime, today: date) -> None:
    """Record who maintains what."""
    for vendor in one.vendors:
        contract = Contract(
            facility=CODE,
            vendor=f"demo-{vendor.code}",
            vendor_name=vendor.name,
            systems=vendor.systems,
            is_direct=vendor.is_direct,
            remote_maintenance=vendor.remote,
            begins=one.contracts_since,
            ends=None,
        )
        add.add_contract(who, facility=CODE, one=contract, now=now, today=today)


def _answer(who: Viewer, one: Hospital, *, now: datetime, today: date) -> None:
    """Answer the hospital's list twice, and the list of every vendor that sent it back."""
    own = loader.load(answers.FACILITY_EDITION)
    rounds: list[tuple[str | None, tuple[Given, ...]]] = [
        (None, answers.first_of_facility(own)),
        (None, answers.second_of_facility(own)),
    ]
    theirs = loader.load(answers.VENDOR_EDITION)
    asked = [vendor for vendor in one.vendors if vendor.is_direct]
    for at, vendor in enumerate(asked):
        # Who has not even said whether they maintain from afar has not answered the list either.
        given = () if vendor.remote is None else answers.of_vendor(theirs, at)
        rounds.append((f"demo-{vendor.code}", given))
    for vendor_code, given in rounds:
        edition = answers.VENDOR_EDITION if vendor_code else answers.FACILITY_EDITION
        opening.open_checklist(who, facility=CODE, edition=edition, vendor=vendor_code, now=now)
        if given:
            answer.answer(
                who,
                facility=CODE,
                edition=edition,
                vendor=vendor_code,
                given=given,
                language=Language.JA,
                now=now,
                today=today,
            )
