"""What a ledger file changes: nothing that a person wrote is lost, nothing is guessed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mamori.core import difference, ledger
from mamori.core.difference import Kept, KeptKey, Prefer
from mamori.core.ledger import FIELDS, Apparatus, Kind, Status
from mamori.core.ledger_reading import Row

ALL = frozenset(FIELDS)
BASE = Apparatus(
    control_no="001",
    manufacturer="NEC",
    os="Win11",
    computer_name="PC-001",
    location="薬局",
    users=("医師a",),
    registered_on=date(2020, 12, 1),
    status=Status.IN_USE,
    kind=Kind.TERMINAL,
)


def row(apparatus, at=2, fields=ALL):
    return Row("台帳", at, apparatus, ledger.digest(apparatus, fields), fields)


def key(number, imported, *, now=None, fields=ALL, listed=True, source=""):
    now = now or imported
    return KeptKey(
        number,
        ledger.keys_of(now),
        ledger.digest(imported, fields),
        edited=now != imported,
        listed=listed,
        source=source,
    )


def kept(number, imported, *, now=None, fields=ALL, listed=True):
    return Kept(number, now or imported, imported, fields, listed)


def differ(rows, keys, full, **how):
    prefer = how.pop("prefer", None)
    return difference.settle(difference.match(rows, keys, **how), full, prefer=prefer)


def one_against_one(imported, now, file, **how):
    return differ([row(file)], [key(1, imported, now=now)], {1: kept(1, imported, now=now)}, **how)


def test_the_same_file_again_changes_nothing():
    found = one_against_one(BASE, BASE, BASE)
    assert found.unchanged == 1
    assert found == difference.Difference(unchanged=1)


def test_a_new_row_and_a_row_that_is_gone():
    other = replace(BASE, control_no="002", computer_name="PC-002")
    found = differ([row(other)], [key(1, BASE)], {1: kept(1, BASE)})
    assert [r.apparatus.control_no for r in found.new] == ["002"]
    assert [k.id for k in found.gone] == [1]


def test_a_field_the_file_changed():
    found = one_against_one(BASE, BASE, replace(BASE, location="病棟"))
    (change,) = found.changed
    assert [(f.field, f.old, f.new) for f in change.fields] == [("location", "薬局", "病棟")]


def test_a_hand_edit_stays_when_the_file_says_what_it_said_before():
    edited = replace(BASE, location="手術室")
    found = one_against_one(BASE, edited, BASE)
    assert found.unchanged == 1
    assert found.edited == (1,)


def test_a_hand_edit_stays_beside_another_change_and_is_reported():
    edited = replace(BASE, location="手術室")
    (change,) = one_against_one(BASE, edited, replace(BASE, os="Win12")).changed
    assert [f.field for f in change.fields] == ["os"]
    assert [(f.field, f.new) for f in change.kept] == [("location", "手術室")]


def test_both_sides_changed_to_the_same():
    edited = replace(BASE, location="手術室")
    found = one_against_one(BASE, edited, edited)
    assert len(found.agreed) == 1
    assert found.unchanged == 1


def test_both_sides_changed_differently_is_a_conflict_for_a_person():
    edited, file = replace(BASE, location="手術室"), replace(BASE, location="病棟")
    (conflict,) = one_against_one(BASE, edited, file).conflict
    (field,) = conflict.fields
    assert (field.last_file, field.kept, field.file) == ("薬局", "手術室", "病棟")
    (taken,) = one_against_one(BASE, edited, file, prefer=Prefer.FILE).changed
    assert [f.new for f in taken.fields] == ["病棟"]
    (stays,) = one_against_one(BASE, edited, file, prefer=Prefer.KEPT).agreed
    assert [f.new for f in stays.kept] == ["手術室"]


def test_rows_of_one_number_that_differ_are_shown_and_not_applied():
    second = replace(BASE, location="病棟")
    found = differ([row(BASE, 2), row(second, 3)], [key(1, BASE)], {1: kept(1, BASE)})
    (conflict,) = found.conflict
    assert [r.row for r in conflict.rows] == [2, 3]
    assert [k.id for k in conflict.kept] == [1]
    assert (found.changed, found.gone, found.new) == ((), (), ())


def test_rows_of_one_number_that_are_the_same_count_once():
    found = differ([row(BASE, 2), row(BASE, 3)], [], {})
    assert [r.row for r in found.new] == [2]
    assert [r.row for r in found.repeated] == [3]


def test_two_kept_apparatus_of_one_number_are_a_conflict():
    found = differ([row(BASE)], [key(1, BASE), key(2, BASE)], {1: kept(1, BASE), 2: kept(2, BASE)})
    assert [k.id for k in found.conflict[0].kept] == [1, 2]
    assert not found.gone


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("serial", "SN-1"),
        ("mac_address", "00:11:22:AA:BB:CC"),
        ("computer_name", "PC-9"),
        ("ip_address", "10.0.0.9"),
    ],
)
def test_without_a_control_number_other_keys_are_used_and_said(field, value):
    bare = replace(Apparatus(status=Status.IN_USE), **{field: value})
    changed = replace(bare, note="移設")
    found = differ([row(changed)], [key(1, bare)], {1: kept(1, bare)})
    (change,) = found.changed
    assert change.id == 1
    assert change.doubt is not None
    assert value.upper().replace(":", "") in change.doubt.ja.upper().replace(":", "")


def test_a_number_given_later_meets_the_apparatus_without_one():
    bare = replace(BASE, control_no="")
    (change,) = differ([row(BASE)], [key(1, bare)], {1: kept(1, bare)}).changed
    assert [(f.field, f.new) for f in change.fields] == [("control_no", "001")]


def test_masked_addresses_and_shared_names_are_no_keys():
    masked = Apparatus(ip_address="192.168.X.X", computer_name="PC")
    other = replace(masked, location="病棟")
    found = differ([row(masked, 2), row(other, 3)], [], {})
    assert len(found.conflict) == 2
    assert not found.new


def test_rows_that_were_rejected_are_not_gone():
    found = differ([], [key(1, BASE)], {1: kept(1, BASE)}, held=[ledger.keys_of(BASE)])
    assert not found.gone


def test_other_sources_and_partial_files_leave_the_rest_alone():
    keys, full = [key(1, BASE, source="server")], {1: kept(1, BASE)}
    assert not differ([], keys, full, source="network").gone
    assert not differ([], keys, full, source="server", partial=True).gone
    assert differ([], keys, full, source="server").gone


def test_an_apparatus_that_comes_back_is_listed_again():
    found = differ([row(BASE)], [key(1, BASE, listed=False)], {1: kept(1, BASE, listed=False)})
    assert found.changed[0].relisted


def test_a_file_without_a_column_says_nothing_about_it():
    narrow = frozenset({"control_no", "os", "kind"})
    file = Apparatus(control_no="001", os="Win11", kind=Kind.TERMINAL)
    found = differ([row(file, fields=narrow)], [key(1, BASE)], {1: kept(1, BASE)})
    assert not found.changed
    assert found.unchanged == 1


def test_a_new_column_fills_what_was_empty_and_asks_where_it_was_not():
    before = frozenset({"control_no", "location"})
    imported = Apparatus(control_no="001", location="薬局")
    by_hand = replace(imported, os="Win10")
    file = replace(imported, os="Win11", manufacturer="NEC")
    keys = [key(1, imported, now=by_hand, fields=before)]
    found = differ([row(file)], keys, {1: kept(1, imported, now=by_hand, fields=before)})
    assert [f.field for f in found.conflict[0].fields] == ["os"]


def test_telling_the_kind_anew_never_fights_with_a_person():
    from mamori.core.ledger_reading import Doubt
    from mamori.core.text import Text

    edited = replace(BASE, kind=Kind.MEDICAL)
    file = replace(BASE, kind=Kind.SERVER, os="Windows Server 2022")
    guessed = replace(row(file), doubts=(Doubt("kind", "", Text("推定", "inferred")),))
    found = differ([guessed], [key(1, BASE, now=edited)], {1: kept(1, BASE, now=edited)})
    (change,) = found.changed
    assert [f.field for f in change.fields] == ["os"]


SMALL = st.builds(
    Apparatus,
    control_no=st.sampled_from(["", "1", "2", "3"]),
    computer_name=st.sampled_from(["", "A", "B"]),
    location=st.sampled_from(["", "x", "y"]),
    os=st.sampled_from(["", "p", "q"]),
)


@given(st.lists(SMALL, max_size=8), st.lists(st.tuples(SMALL, SMALL), max_size=6))
def test_every_row_and_every_kept_apparatus_is_accounted_for_once(files, pairs):
    rows = [row(one, at) for at, one in enumerate(files)]
    keys = [key(n, imported, now=now) for n, (imported, now) in enumerate(pairs)]
    full = {n: kept(n, imported, now=now) for n, (imported, now) in enumerate(pairs)}
    found = differ(rows, keys, full)
    seen = [r.row for r in (*found.new, *found.repeated)]
    seen += [c.row.row for c in (*found.changed, *found.agreed)]
    seen += [r.row for one in found.conflict for r in one.rows]
    untouched = found.unchanged - len(found.agreed)
    assert len(seen) == len(set(seen))
    assert len(seen) + untouched == len(rows)
    ids = [k.id for k in found.gone] + [c.id for c in (*found.changed, *found.agreed)]
    assert len(ids) == len(set(ids))


@given(SMALL, SMALL, SMALL)
def test_a_person_s_words_are_replaced_only_where_the_file_alone_changed(imported, now, file):
    if not (imported.control_no == now.control_no == file.control_no != ""):
        return
    found = one_against_one(imported, now, file)
    for change in found.changed:
        for one in change.fields:
            assert one.old == ledger.said(imported, one.field)
    for conflict in found.conflict:
        for one in conflict.fields:
            assert len({one.last_file, one.kept, one.file}) == 3


@given(SMALL, st.sets(st.sampled_from(FIELDS)))
def test_the_fingerprint_speaks_of_the_covered_fields_only(one, fields):
    bare = Apparatus(**{f: getattr(one, f) for f in fields})
    assert ledger.digest(one, fields) == ledger.digest(bare, fields)


@given(SMALL)
def test_texts_of_fields_come_back(one):
    texts = {field: ledger.said(one, field) for field in FIELDS}
    assert Apparatus(**{f: ledger.take(f, t) for f, t in texts.items()}) == one
