"""The yearly check as people do it: given a hospital, when somebody acts, then this holds."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from mamori.core.audit import Outcome
from mamori.core.checklists import Basis, Reply, State, Turn
from mamori.core.permissions import Action
from mamori.core.text import Language
from mamori.core.viewer import NotAllowed, NotFound, NotPossible, Role
from mamori.store.models import AnswerRow, AuditEntry, CheckRun, EditionRow
from mamori.store.models.base import AppendOnly, NeverChanged
from mamori.store.queries import checklists as queries
from mamori.store.queries import organisations
from mamori.usecases.audit.verify import verify
from mamori.usecases.checklists import answer as answering
from mamori.usecases.checklists import carry, form, step
from mamori.usecases.checklists import open as opening
from mamori.usecases.checklists.answer import BrokenRules, Given
from mamori.usecases.organisations import add
from tests.usecases import world
from tests.usecases.world import HOSPITAL, NOW, TODAY, VENDOR, who

pytestmark = pytest.mark.django_db

EDITION = "facility-fy2023"
SEPTEMBER = date(2023, 9, 1)
GUARD = "mamori.store.migrations.0002_history_is_never_changed"


@pytest.fixture(autouse=True)
def hospital():
    world.build()
    opening.open_checklist(who("tanaka"), facility=HOSPITAL, edition=EDITION, vendor=None, now=NOW)


def given(item, value=Reply.YES, on=SEPTEMBER, **more):
    return Given(item, more.pop("turn", Turn.FIRST), value, on, **more)


def answer(*answers, member="tanaka", edition=EDITION, vendor=None):
    return answering.answer(
        who(member),
        facility=HOSPITAL,
        edition=edition,
        vendor=vendor,
        given=answers,
        language=Language.JA,
        now=NOW,
        today=TODAY,
    )


def take(action, member="sato", reason="", edition=EDITION, vendor=None):
    return step.take_step(
        who(member),
        facility=HOSPITAL,
        edition=edition,
        vendor=vendor,
        action=action,
        reason=reason,
        now=NOW,
        today=TODAY,
    )


def form_now(member="tanaka", edition=EDITION, vendor=None):
    return form.form_of(
        who(member), facility=HOSPITAL, edition=edition, vendor=vendor, now=NOW, today=TODAY
    )


def answer_all_mandatory():
    items = [i for i in form_now().edition.items if i.level.value == "mandatory"]
    answer(*[given(i.key) for i in items])


def test_answers_stand_with_who_when_basis_and_reason():
    answer(given("2(1)", reason="台帳を確認"), given("2(7)/network", Reply.NO))

    found = form_now()

    assert found.states["2(1)/all"].first is Reply.YES
    assert found.states["2(7)/network"].first is Reply.NO
    said = found.answers[0]
    assert (said.by, said.at, said.basis, said.reason) == (
        "田中 一郎",
        NOW,
        Basis.ATTESTATION,
        "台帳を確認",
    )


def test_a_code_that_names_several_items_is_asked_back_with_the_keys():
    with pytest.raises(NotPossible) as refusal:
        answer(given("2(7)"))

    assert "2(7)/server" in refusal.value.reason.ja
    assert AnswerRow.objects.count() == 0


def test_an_item_that_is_not_there_is_named():
    with pytest.raises(NotFound) as refusal:
        answer(given("9(9)"))

    assert "9(9)" in refusal.value.reason.en


def test_one_broken_cell_keeps_all_answers_out_and_every_fault_is_said():
    with pytest.raises(BrokenRules) as refusal:
        answer(
            given("2(1)"),
            given("2(7)/network", Reply.NO, target_on=date(2024, 6, 1)),
            given("3(1)", turn=Turn.SECOND, on=TODAY),
        )

    assert {p.item for p in refusal.value.problems} == {"2(7)/network", "3(1)/incident"}
    assert AnswerRow.objects.count() == 0


def test_answering_no_to_the_presence_row_ends_the_form_in_the_same_breath():
    with pytest.raises(BrokenRules):
        answer(given("presence", Reply.NO), given("2(1)"))

    answer(given("presence", Reply.NO))
    assert take(Action.SIGN) == (State.SIGNED, 1)


def test_signing_locks_and_reopening_begins_a_new_revision_that_keeps_every_answer():
    answer_all_mandatory()
    before = form_now().answers

    assert take(Action.SIGN) == (State.SIGNED, 1)
    with pytest.raises(NotPossible):
        answer(given("2(1)", Reply.NO))
    with pytest.raises(NotPossible):
        take(Action.REOPEN, reason=" ")
    assert take(Action.REOPEN, reason="2回目の確認のため") == (State.OPEN, 2)
    answer(given("2(1)", turn=Turn.SECOND, on=date(2023, 11, 1)))

    after = form_now()
    assert after.answers[: len(before)] == before
    assert after.answers[-1].revision == 2
    assert after.signature is None


def test_the_signature_carries_the_digest_of_what_was_signed():
    answer_all_mandatory()
    take(Action.SIGN)

    signed = form_now().signature

    assert signed is not None
    assert signed.by == "佐藤 花子"
    assert len(signed.digest) == 64
    take(Action.REOPEN, reason="訂正")
    answer(given("2(1)", Reply.NO, target_on=date(2024, 1, 1), reason="訂正"))
    take(Action.SIGN)
    assert form_now().signature.digest != signed.digest


def test_signing_is_refused_while_a_mandatory_answer_is_missing():
    answer(given("presence"))

    with pytest.raises(NotPossible) as refusal:
        take(Action.SIGN)

    assert "1(1)" in refusal.value.reason.ja


def test_handing_in_locks_and_sending_back_needs_a_reason():
    take(Action.SUBMIT, member="tanaka")
    with pytest.raises(NotPossible):
        answer(given("2(1)"))
    with pytest.raises(NotPossible):
        take(Action.SEND_BACK)
    assert take(Action.SEND_BACK, reason="2(1)の根拠が不足")[0] is State.OPEN
    assert [s.reason for s in queries.steps(who("sato"), HOSPITAL, EDITION)] == [
        "",
        "2(1)の根拠が不足",
    ]


@pytest.mark.parametrize(
    ("member", "action"),
    [("tanaka", Action.SIGN), ("incho", Action.SUBMIT), ("suzuki", Action.SIGN)],
)
def test_steps_of_people_who_may_not_are_refused_and_recorded(member, action):
    answer_all_mandatory()

    with pytest.raises(NotAllowed):
        take(action, member=member)

    last = AuditEntry.objects.order_by("number").last()
    assert (last.actor, last.outcome) == (member, Outcome.REFUSED.value)


@pytest.mark.parametrize("member", ["suzuki", "stranger", "vendor", "inspector", "root"])
def test_people_of_other_houses_cannot_read_an_open_list(member):
    with pytest.raises(NotAllowed):
        form_now(member)


def test_an_inspector_who_is_too_early_is_refused_by_name():
    with pytest.raises(NotAllowed) as caught:
        form_now("inspector")
    assert (caught.value.member, caught.value.organisation) == ("inspector", HOSPITAL)


def test_an_inspector_of_the_area_reads_a_list_once_it_is_signed_without_its_findings():
    answer_all_mandatory()
    take(Action.SIGN)

    seen = form_now("inspector")

    assert seen.states["2(1)/all"].first is Reply.YES
    assert seen.findings == ()


def test_a_vendor_answers_its_own_list_and_no_other():
    edition = "vendor-fy2023"
    for_vendor = {"facility": HOSPITAL, "edition": edition, "now": NOW}
    opening.open_checklist(who("sato"), vendor=VENDOR, **for_vendor)

    answer(given("1(1)"), member="vendor", edition=edition, vendor=VENDOR)

    assert form_now("sato", edition, VENDOR).answers[0].by == "𠮷田 三郎"
    with pytest.raises(NotAllowed):
        answer(given("1(1)"), member="stranger", edition=edition, vendor=VENDOR)
    with pytest.raises(NotPossible):
        opening.open_checklist(who("sato"), vendor="V02", **for_vendor)


def test_an_indirect_vendor_needs_no_list():
    world.sign_contract("V02", direct=False)

    with pytest.raises(NotPossible) as refusal:
        opening.open_checklist(
            who("sato"), facility=HOSPITAL, edition="vendor-fy2023", vendor="V02", now=NOW
        )

    assert "直接の契約" in refusal.value.reason.ja


def test_a_facility_without_vendor_leaves_two_items_blank():
    opening.open_checklist(who("suzuki"), facility="H002", edition=EDITION, vendor=None, now=NOW)
    add.say_whether_vendor(who("suzuki"), facility="H002", has_vendor=False, now=NOW)

    found = form.form_of(
        who("suzuki"), facility="H002", edition=EDITION, vendor=None, now=NOW, today=TODAY
    )

    exempt = {key for key, applies in found.applies.items() if applies.value == "no_vendor"}
    assert exempt == {"2(2)/all", "2(3)/all"}


def test_opening_twice_changes_nothing_and_keeps_one_copy_of_the_edition():
    answer(given("2(1)"))
    opening.open_checklist(who("tanaka"), facility=HOSPITAL, edition=EDITION, vendor=None, now=NOW)

    assert len(form_now().answers) == 1
    assert EditionRow.objects.count() == 1


def test_history_refuses_to_be_changed_or_deleted():
    answer(given("2(1)"))
    row = AnswerRow.objects.get()
    row.reason = "書換え"

    for attempt in (
        row.save,
        row.delete,
        AnswerRow.objects.all().delete,
        lambda: AnswerRow.objects.update(reason="x"),
        lambda: CheckRun.objects.all().delete(),
    ):
        with pytest.raises(NeverChanged):
            attempt()


def test_carrying_shows_each_item_and_records_only_what_was_accepted():
    patches = ("2(7)/network", "2(7)/server", "2(7)/terminal")
    accounts = ("2(5)/server", "2(5)/terminal")
    answer(*[given(key) for key in (*patches[:2], *accounts, "2(1)")])
    plan = {
        "facility": HOSPITAL,
        "old": EDITION,
        "new": "facility-fy2025",
        "vendor": None,
    }

    before = {c.item: c for c in carry.proposals(who("tanaka"), **plan)}
    answer(given("2(7)/terminal"))
    after = {c.item: c for c in carry.proposals(who("tanaka"), **plan)}
    count = carry.carry(
        who("tanaka"),
        **plan,
        items=("2⑥/all", "2⑦/all"),
        checked_on=TODAY,
        language=Language.EN,
        now=NOW,
        today=TODAY,
    )

    assert before["2⑥/all"].value is None
    assert set(after["2⑥/all"].sources) == set(patches)
    assert after["2⑥/all"].value is Reply.YES
    assert after["2⑤/all"].value is None, "the older edition did not ask about network apparatus"
    assert after["2⑦/all"].sources == ()
    assert count == 1
    new = form_now(edition="facility-fy2025")
    assert [a.item for a in new.answers] == ["2⑥/all"]
    assert "Carried from" in new.answers[0].reason
    assert len(form_now().answers) == 6


def test_the_trail_of_all_this_holds_and_counts_refusals():
    answer_all_mandatory()
    take(Action.SIGN)
    with pytest.raises(NotPossible):
        answer(given("2(1)"))

    found = verify(who("root"), organisation="installation")

    assert found.broken is None
    assert found.entries == AuditEntry.objects.count()
    assert AuditEntry.objects.filter(outcome="refused").count() == 1


def test_ending_a_role_keeps_it_on_record_and_takes_the_rights_away_the_next_day():
    end = {"facility": HOSPITAL, "name": "tanaka", "now": NOW, "last_day": TODAY}
    add.end_role(who("sato"), role=Role.PLANNING_ADMINISTRATOR, **end)

    assert who("tanaka").grants
    assert not who("tanaka", today=TODAY + timedelta(days=1)).grants
    terms = organisations.terms(who("sato"), HOSPITAL)
    assert [t.until for t in terms if t.member == "tanaka"] == [TODAY]
    with pytest.raises(NotPossible):
        add.end_role(who("sato"), role=Role.PLANNING_ADMINISTRATOR, **end)
    with pytest.raises(NotAllowed):
        add.end_role(who("suzuki"), role=Role.MANAGEMENT, **end)


def test_a_role_ends_with_its_last_day():
    assert who("sato").grants
    before_it_began = who("sato", today=date(2023, 4, 1) - timedelta(days=1))
    assert not before_it_began.grants


def test_the_database_itself_refuses_to_change_or_delete_history():
    answer(given("2(1)"))
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]

    assert {"store_answerrow", "store_auditentry", "store_findingrow"} <= set(tables)
    for sql in (
        "UPDATE store_answerrow SET value = 'no'",
        "DELETE FROM store_answerrow",
        "UPDATE store_auditentry SET actor = 'nobody'",
        "DELETE FROM store_auditentry",
    ):
        with (
            pytest.raises(DatabaseError, match="history is never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert set(tables) == set(import_module(GUARD).TABLES)
