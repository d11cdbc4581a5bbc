"""The rules of the form, each as a truth table."""

from dataclasses import replace
from datetime import date

import pytest

from mamori.core import answering
from mamori.core.answering import Proposed
from mamori.core.checklists import (
    EMPTY,
    Applies,
    Basis,
    Circumstances,
    ItemState,
    Reply,
    Turn,
)
from mamori.core.editions import Level
from tests.core import samples
from tests.core.samples import answer, edition

YES, NO = Reply.YES, Reply.NO
FIRST, SECOND = Turn.FIRST, Turn.SECOND
TODAY = date(2023, 12, 1)
SEPTEMBER, OCTOBER = date(2023, 9, 1), date(2023, 10, 1)
DONE_YES = ItemState(first=YES, first_on=SEPTEMBER, first_basis=Basis.ATTESTATION)
DONE_NO = ItemState(first=NO, first_on=SEPTEMBER, first_basis=Basis.ATTESTATION)
BOTH = replace(DONE_NO, second=YES, second_on=OCTOBER, second_basis=Basis.ATTESTATION)


def broken(given, *, item=samples.LEDGER, standing=EMPTY, applies=Applies.YES, suggested=None):
    """The cells that a proposed answer breaks a rule in."""
    said = Proposed(item, standing, given, applies, TODAY, suggested)
    return [problem.cell for problem in answering.problems_of(said)]


@pytest.mark.parametrize(
    ("value", "on", "expected"),
    [
        (YES, SEPTEMBER, []),
        (NO, SEPTEMBER, []),
        (YES, TODAY, []),
        (YES, date(2023, 12, 2), ["date"]),
        (YES, None, ["date"]),
        (NO, None, ["date"]),
    ],
)
def test_an_answer_needs_the_date_of_a_check_that_has_happened(value, on, expected):
    assert broken(answer(value=value, on=on)) == expected


@pytest.mark.parametrize(
    ("value", "turn", "target", "item", "expected"),
    [
        (NO, FIRST, date(2023, 9, 1), samples.LEDGER, []),
        (NO, FIRST, date(2024, 3, 31), samples.LEDGER, []),
        (NO, FIRST, date(2024, 4, 1), samples.LEDGER, ["target"]),
        (NO, FIRST, date(2023, 3, 31), samples.LEDGER, ["target"]),
        (NO, FIRST, date(2023, 8, 31), samples.LEDGER, ["target"]),
        (NO, FIRST, None, samples.LEDGER, []),
        (YES, FIRST, date(2024, 1, 1), samples.LEDGER, ["target"]),
        (NO, FIRST, date(2024, 4, 1), samples.REFERENCE, []),
        (NO, FIRST, date(2025, 3, 31), samples.REFERENCE, []),
        (NO, FIRST, date(2024, 3, 31), samples.REFERENCE, ["target"]),
        (NO, FIRST, date(2025, 4, 1), samples.REFERENCE, ["target"]),
        (NO, FIRST, date(2024, 1, 1), samples.ONE_CELL, ["item"]),
    ],
)
def test_a_target_goes_with_a_first_no_and_lies_in_the_year_the_item_is_due(
    value, turn, target, item, expected
):
    given = answer(item.key, value, SEPTEMBER, turn=turn, target=target)

    assert broken(given, item=item) == expected


def test_a_second_no_takes_no_target():
    given = answer(value=NO, on=OCTOBER, turn=SECOND, target=date(2024, 3, 1))

    assert broken(given, standing=DONE_NO) == ["target"]


@pytest.mark.parametrize(
    ("standing", "on", "expected"),
    [
        (DONE_NO, OCTOBER, []),
        (DONE_YES, OCTOBER, []),
        (DONE_NO, date(2023, 9, 2), []),
        (DONE_NO, SEPTEMBER, ["second"]),
        (DONE_NO, date(2023, 8, 31), ["second"]),
        (EMPTY, OCTOBER, ["second"]),
    ],
)
def test_a_second_check_comes_after_the_first(standing, on, expected):
    assert broken(answer(on=on, turn=SECOND), standing=standing) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [(SEPTEMBER, []), (date(2023, 9, 30), []), (OCTOBER, ["second"]), (TODAY, ["second"])],
)
def test_a_first_check_that_is_corrected_may_not_overtake_the_second(on, expected):
    assert broken(answer(value=NO, on=on), standing=BOTH) == expected


@pytest.mark.parametrize("item", [samples.ONE_CELL, samples.PRESENCE_ROW])
def test_cells_that_the_form_does_not_have_cannot_be_filled(item):
    assert "item" in broken(answer(item.key, on=OCTOBER, turn=SECOND), item=item, standing=DONE_NO)


@pytest.mark.parametrize("applies", [Applies.NO_VENDOR, Applies.ENDED_BY_PRESENCE])
def test_exempt_items_stay_blank_but_an_old_answer_can_be_taken_back(applies):
    assert broken(answer(), applies=applies) == ["item"]
    back = answer(value=None, on=None, reason="契約が終了したため")
    assert broken(back, applies=applies, standing=DONE_YES) == []


@pytest.mark.parametrize(
    ("standing", "turn", "reason", "expected"),
    [
        (DONE_YES, FIRST, "書き間違い", []),
        (DONE_YES, FIRST, "  ", ["item"]),
        (EMPTY, FIRST, "書き間違い", ["item"]),
        (BOTH, FIRST, "書き間違い", ["item"]),
        (BOTH, SECOND, "書き間違い", []),
        (DONE_NO, SECOND, "書き間違い", ["item"]),
    ],
)
def test_an_answer_is_taken_back_with_a_reason_the_second_before_the_first(
    standing, turn, reason, expected
):
    given = answer(value=None, on=None, turn=turn, reason=reason)

    assert broken(given, standing=standing) == expected


@pytest.mark.parametrize(
    ("value", "basis", "suggested", "reason", "as_of", "expected"),
    [
        (YES, Basis.EVIDENCE, YES, "", SEPTEMBER, []),
        (NO, Basis.EVIDENCE, NO, "", SEPTEMBER, []),
        (YES, Basis.EVIDENCE, NO, "", SEPTEMBER, ["reason"]),
        (YES, Basis.EVIDENCE, None, "", SEPTEMBER, ["reason"]),
        (YES, Basis.EVIDENCE, YES, "", None, ["reason"]),
        (YES, Basis.ATTESTATION, None, "", None, []),
        (YES, Basis.ATTESTATION, YES, "", None, []),
        (YES, Basis.ATTESTATION, NO, "", None, ["reason"]),
        (YES, Basis.ATTESTATION, NO, " ", None, ["reason"]),
        (YES, Basis.ATTESTATION, NO, "本日交換した", None, []),
        (NO, Basis.ATTESTATION, YES, "", None, ["reason"]),
    ],
)
def test_an_answer_agrees_with_the_evidence_or_says_why_not(
    value, basis, suggested, reason, as_of, expected
):
    given = answer(value=value, basis=basis, reason=reason, as_of=as_of)

    assert broken(given, suggested=suggested) == expected


@pytest.mark.parametrize(
    ("presence", "vendor", "expected"),
    [
        (None, None, {"2(2)/all": Applies.YES, "2(1)/all": Applies.YES}),
        (None, True, {"2(2)/all": Applies.YES, "2(1)/all": Applies.YES}),
        (None, False, {"2(2)/all": Applies.NO_VENDOR, "2(1)/all": Applies.YES}),
        (YES, False, {"2(2)/all": Applies.NO_VENDOR, "2(1)/all": Applies.YES}),
        (
            NO,
            True,
            {"2(2)/all": Applies.ENDED_BY_PRESENCE, "2(1)/all": Applies.ENDED_BY_PRESENCE},
        ),
        (
            NO,
            False,
            {"2(2)/all": Applies.ENDED_BY_PRESENCE, "2(1)/all": Applies.ENDED_BY_PRESENCE},
        ),
    ],
)
def test_no_presence_ends_the_form_and_no_vendor_exempts_two_items(presence, vendor, expected):
    states = {"presence": ItemState(first=presence)} if presence else {}

    found = answering.applies(edition(), states, Circumstances(vendor))

    assert found["presence"] is Applies.YES
    assert {key: found[key] for key in expected} == expected


def answered(**changes):
    """A form on which every mandatory item is answered Yes, with changes by item key."""
    base = {"presence": DONE_YES, "2(1)/all": DONE_YES, "2(2)/all": DONE_YES}
    return base | {"3(1)/incident": DONE_YES} | changes


@pytest.mark.parametrize(
    ("states", "vendor", "expected"),
    [
        (answered(), True, []),
        (answered(**{"2(1)/all": EMPTY}), True, [("2(1)/all", "first")]),
        (answered(**{"2(1)/all": DONE_NO}), True, [("2(1)/all", "target")]),
        (
            answered(**{"2(1)/all": replace(DONE_NO, target_on=date(2024, 1, 1))}),
            True,
            [],
        ),
        (answered(**{"3(1)/incident": DONE_NO}), True, []),
        (
            answered(**{"2(1)/all": ItemState(first=NO, first_on=date(2024, 5, 1))}),
            True,
            [],
        ),
        (answered(**{"2(2)/all": EMPTY}), False, []),
        (answered(), None, [("", "vendor")]),
        ({"presence": DONE_NO}, None, []),
        (
            {},
            True,
            [
                ("presence", "first"),
                ("2(1)/all", "first"),
                ("2(2)/all", "first"),
                ("3(1)/incident", "first"),
            ],
        ),
    ],
)
def test_an_inspector_misses_mandatory_first_answers_dates_and_targets(states, vendor, expected):
    found = answering.gaps(edition(), states, Circumstances(vendor), samples.TITLES)

    assert [(gap.item, gap.cell) for gap in found] == expected


def test_answered_and_yes_are_two_numbers_over_the_applicable_items():
    states = answered(**{"2(1)/all": DONE_NO, "2(7)/server": DONE_YES})

    everything = answering.progress(edition(), states, Circumstances(has_contracted_vendor=False))
    mandatory = answering.progress(
        edition(), states, Circumstances(has_contracted_vendor=True), Level.MANDATORY
    )

    assert everything == answering.Progress(applicable=3, answered=3, yes=2, no=1)
    assert mandatory == answering.Progress(applicable=3, answered=3, yes=2, no=1)


def test_a_form_that_the_presence_row_ended_has_nothing_to_count():
    ended = answering.progress(edition(), {"presence": DONE_NO}, Circumstances(None))

    assert ended == answering.Progress(applicable=0, answered=0, yes=0, no=0)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2023, 9, 1), date(2024, 9, 1)),
        (date(2024, 2, 29), date(2025, 3, 1)),
    ],
)
def test_the_next_check_is_due_within_a_year(last, due):
    assert answering.next_check_due(last) == due


def test_the_last_check_is_the_newest_date_on_the_list():
    assert answering.last_checked({"a": BOTH, "b": DONE_YES}) == OCTOBER
    assert answering.last_checked({}) is None


def test_an_answer_follows_an_earlier_one_and_taking_back_empties_the_cells():
    first = answer(value=NO, target=date(2024, 1, 1))
    again = answer(value=YES, on=OCTOBER)
    back = answer(value=None, on=None, reason="x")

    assert answering.states_of([first])["2(1)/all"].target_on == date(2024, 1, 1)
    assert answering.states_of([first, again])["2(1)/all"].first is YES
    assert answering.states_of([first, again])["2(1)/all"].target_on is None
    assert answering.states_of([first, again, back]) == {}


def test_the_digest_changes_with_every_cell_and_not_with_the_order():
    states = {"2(1)/all": DONE_NO, "presence": DONE_YES}
    turned = dict(reversed(states.items()))
    changed = states | {"2(1)/all": replace(DONE_NO, first_on=OCTOBER)}

    digest = answering.digest_of(edition(), "H1", None, states)

    assert digest == answering.digest_of(edition(), "H1", None, turned)
    assert digest != answering.digest_of(edition(), "H1", None, changed)
    assert digest != answering.digest_of(edition(), "H2", None, states)
    assert digest != answering.digest_of(edition(revision=2), "H1", None, states)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("目視で確認", []),
        ("𠮷\n二行目", []),
        ("a" * 30_000, []),
        ("a" * 30_001, ["reason"]),
        ("a\x00b", ["reason"]),
        ("a\ud800", ["reason"]),
    ],
)
def test_a_reason_is_words_that_can_be_kept(reason, expected):
    given = replace(answer(value=YES, on=SEPTEMBER), reason=reason)
    assert broken(given) == expected
