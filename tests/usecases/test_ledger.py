"""Taking a ledger in, as a hospital lives with it: again, changed, undone, by two people."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mamori.core.difference import Prefer
from mamori.core.ledger import Kind, Status
from mamori.core.viewer import NotAllowed, NotFound, NotPossible
from mamori.store.models import ApparatusHistory, ApparatusRow, Import
from mamori.store.queries import ledger as queries
from mamori.usecases.ledger import take_in, undo
from mamori.usecases.ledger.take_in import LedgerFile
from tests.usecases import world
from tests.usecases.world import HOSPITAL, NOW, TODAY, who

pytestmark = pytest.mark.django_db

HEAD = ("管理番号", "メーカー", "OS", "IPアドレス", "設置場所", "登録日", "状態", "種別")
FIRST = (
    "001",
    "富士通",
    "Windows Server 2019",
    "10.0.0.1",
    "サーバ室",
    "R2.12.1",
    "使用中",
    "サーバ",
)
SECOND = ("002", "NEC", "Windows 11 Pro", "10.0.0.2", "外来", "2021/4/1", "使用中", "端末")
THIRD = ("003", "ヤマハ", "Rev.14", "10.0.0.3", "EPS", "H28.2.16", "予備", "ネットワーク機器")


@pytest.fixture(autouse=True)
def hospital():
    world.build()


def file(*rows, name="台帳.csv", **more):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return LedgerFile(out.getvalue().encode("cp932"), name, **more)


def take(*rows, member="tanaka", on=TODAY, **more):
    number, plan = take_in.take_in(
        who(member), facility=HOSPITAL, file=file(*rows, **more), as_of=on, now=NOW
    )
    return number, {k: v for k, v in plan.counts.items() if v and k not in ("rows", "accepted")}


def with_(row, **changes):
    names = {"os": 2, "place": 4, "status": 6}
    cells = list(row)
    for name, value in changes.items():
        cells[names[name]] = value
    return tuple(cells)


def now_listed():
    page = queries.apparatus(who("tanaka"), HOSPITAL)
    return {one.apparatus.control_no: one.apparatus for one in page.rows}


def take_back(number, member="tanaka"):
    return undo.undo(who(member), facility=HOSPITAL, number=number, now=NOW)


def test_a_first_file_is_all_new_and_the_same_file_again_changes_nothing():
    assert take(FIRST, SECOND, THIRD)[1] == {"new": 3}
    before = list(ApparatusRow.objects.values())

    assert take(FIRST, SECOND, THIRD)[1] == {"unchanged": 3}
    assert list(ApparatusRow.objects.values()) == before
    found = now_listed()["001"]
    assert (found.registered_on, found.status, found.kind) == (
        date(2020, 12, 1),
        Status.IN_USE,
        Kind.SERVER,
    )


def test_a_changed_file_changes_only_what_it_says_and_history_names_both_values():
    take(FIRST, SECOND)

    assert take(with_(FIRST, os="Windows Server 2025"), SECOND)[1] == {"changed": 1, "unchanged": 1}

    _, events = queries.one(who("tanaka"), HOSPITAL, "001")
    assert [event.what for event in events] == ["added", "changed"]
    assert events[1].changes == {"os": ("Windows Server 2019", "Windows Server 2025")}


def test_what_a_file_no_longer_lists_is_kept_but_not_listed_and_can_come_back():
    take(FIRST, SECOND)

    assert take(FIRST)[1] == {"gone": 1, "unchanged": 1}
    assert set(now_listed()) == {"001"}
    assert ApparatusRow.objects.count() == 2
    assert take(FIRST, SECOND)[1] == {"changed": 1, "unchanged": 1}
    _, events = queries.one(who("tanaka"), HOSPITAL, "002")
    assert [event.what for event in events] == ["added", "gone", "relisted"]


def test_a_dry_run_writes_nothing():
    plan = take_in.plan(who("tanaka"), facility=HOSPITAL, file=file(FIRST, SECOND))

    assert plan.counts["new"] == 2
    assert not ApparatusRow.objects.exists()
    assert not Import.objects.exists()


def test_files_of_different_sources_do_not_make_each_other_s_apparatus_gone():
    take(FIRST, source="サーバ")

    assert take(SECOND, source="端末")[1] == {"new": 1}
    assert set(now_listed()) == {"001", "002"}


def test_a_bad_row_does_not_stop_the_good_ones_and_is_kept_with_its_cell():
    bad = (*SECOND[:5], "令和99年13月1日", *SECOND[6:])

    number, counts = take(FIRST, bad, THIRD)

    assert counts == {"rejected": 1, "new": 2}
    (reject,) = queries.rejects(who("tanaka"), HOSPITAL, number)
    assert (reject.row, reject.cell) == (3, "F3")
    assert "令和99年13月1日" in reject.reason.ja


def test_a_bad_row_of_a_known_apparatus_does_not_make_it_gone():
    take(FIRST, SECOND)
    bad = (*SECOND[:5], "31/31/2020", *SECOND[6:])

    assert take(FIRST, bad)[1] == {"rejected": 1, "unchanged": 1}
    assert set(now_listed()) == {"001", "002"}


def test_two_rows_of_one_number_that_differ_are_left_to_a_person():
    number, counts = take(FIRST, with_(FIRST, place="倉庫"), SECOND)

    assert counts == {"new": 1, "conflict": 1}
    assert set(now_listed()) == {"002"}
    assert [r.is_conflict for r in queries.rejects(who("tanaka"), HOSPITAL, number)] == [True, True]


def hand_edit(control_no, **fields):
    """What a person changes on the page: the last file's words are remembered beside it."""
    row = ApparatusRow.objects.get(control_no=control_no)
    row.imported = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.last_import = None
    row.save()


@pytest.mark.parametrize(
    ("place", "prefer", "expected", "counts"),
    [
        ("サーバ室", None, "新館", {"unchanged": 1}),
        ("新館", None, "新館", {"unchanged": 1}),
        ("地下", None, "新館", {"conflict": 1}),
        ("地下", Prefer.FILE, "地下", {"changed": 1}),
        ("地下", Prefer.KEPT, "新館", {"unchanged": 1}),
    ],
)
def test_an_edit_by_hand_is_never_overwritten_in_silence(place, prefer, expected, counts):
    take(FIRST)
    hand_edit("001", location="新館")

    assert take(with_(FIRST, place=place), prefer=prefer)[1] == counts
    assert now_listed()["001"].location == expected


def test_undo_puts_everything_back_and_says_so_in_history():
    take(FIRST, SECOND)
    before = now_listed()
    number, _ = take(with_(FIRST, os="Windows Server 2025"), THIRD)

    assert take_back(number) == 3
    assert now_listed() == before
    _, events = queries.one(who("tanaka"), HOSPITAL, "001")
    assert [event.what for event in events] == ["added", "changed", "undone"]
    assert take(FIRST, SECOND)[1] == {"unchanged": 2}


def test_undoing_the_first_import_leaves_an_empty_ledger_that_can_be_filled_again():
    number, _ = take(FIRST, SECOND)
    take_back(number)

    assert now_listed() == {}
    assert take(FIRST, SECOND)[1] == {"new": 2}


def test_undo_is_refused_where_something_changed_since_and_names_it():
    first, _ = take(FIRST, SECOND)
    take(with_(FIRST, place="地下"), SECOND)

    with pytest.raises(NotPossible) as refusal:
        take_back(first)

    assert "001" in refusal.value.reason.ja
    assert "002" not in refusal.value.reason.ja


def test_undo_twice_or_of_what_is_not_there_is_refused():
    number, _ = take(FIRST)
    take_back(number)

    with pytest.raises(NotPossible):
        take_back(number)
    with pytest.raises(NotFound):
        take_back(number + 1)


@pytest.mark.parametrize("member", ["incho", "suzuki", "vendor", "inspector", "root"])
def test_only_the_two_administrators_of_the_house_take_ledgers_in(member):
    with pytest.raises(NotAllowed):
        take(FIRST, member=member)
    assert not ApparatusRow.objects.exists()


def test_another_house_s_import_cannot_be_undone_by_its_number():
    number, _ = take(FIRST)

    with pytest.raises(NotFound):
        undo.undo(who("suzuki"), facility="H002", number=number, now=NOW)
    with pytest.raises(NotAllowed):
        undo.undo(who("suzuki"), facility=HOSPITAL, number=number, now=NOW)


def test_a_corrected_column_is_remembered_for_the_next_file():
    head = ("管理番号", "OS", "IPアドレス", "棟", "謎の列")
    rows = [head, ("001", "Windows 11", "10.0.0.1", "東館", "放射線科")]

    def strange(**more):
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return LedgerFile(out.getvalue().encode(), "x.csv", **more)

    def take_strange(one):
        return take_in.take_in(who("tanaka"), facility=HOSPITAL, file=one, as_of=TODAY, now=NOW)

    take_strange(strange(mapping={"謎の列": "system"}))
    assert now_listed()["001"].system == "放射線科"
    rows[1] = ("001", "Windows 11", "10.0.0.1", "東館", "検査部")
    take_strange(strange())
    assert now_listed()["001"].system == "検査部"


@pytest.mark.parametrize(
    ("search", "expected"),
    [("", 3), ("windows", 2), ("サーバ室", 1), ("10.0.0.3", 1), ("Windows 外来", 1), ("ない", 0)],
)
def test_a_page_is_searched_filtered_and_counted_in_two_queries(
    search, expected, django_assert_num_queries
):
    take(FIRST, SECOND, THIRD)
    viewer = who("tanaka")

    with django_assert_num_queries(2):
        page = queries.apparatus(viewer, HOSPITAL, search=search, size=1)

    assert page.total == expected
    assert len(page.rows) == min(expected, 1)


@settings(max_examples=25)
@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(["001", "002", "003", "004"]),
                st.sampled_from(["Windows 11", "Windows 10"]),
                st.sampled_from(["外来", "病棟"]),
            ),
            min_size=1,
            max_size=4,
            unique_by=lambda row: row[0],
        ),
        min_size=1,
        max_size=5,
    )
)
def test_the_ledger_is_what_the_newest_file_says_and_undoing_in_turn_walks_all_the_way_back(files):
    states, numbers = [now_listed()], []
    for rows in files:
        full = [
            (n, "NEC", os_, f"10.0.0.{n}", place, "", "使用中", "端末") for n, os_, place in rows
        ]
        number, _ = take(*full)
        numbers.append(number)
        listed = now_listed()
        assert {(k, v.os, v.location) for k, v in listed.items()} == set(rows)
        states.append(listed)
    history = ApparatusHistory.objects.count()
    for number, state in zip(reversed(numbers), reversed(states[:-1]), strict=True):
        take_back(number)
        assert now_listed() == state
    assert ApparatusHistory.objects.count() >= history
    assert now_listed() == {}
