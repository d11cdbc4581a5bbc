"""A workbook goes out, is filled in by hand in some spreadsheet program, and comes back."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from exporters import form_samples as samples
from exporters import form_states
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from mamori.core.checklists import EMPTY, Basis, ItemState, Reply
from mamori.core.editions import PRESENCE
from mamori.core.forms import BadForm, Party
from mamori.core.text import Language
from mamori.core.viewer import Refused
from mamori.exporters import form_xlsx as exporter
from mamori.importers import form_xlsx as importer

JA, EN = Language.JA, Language.EN
YES, NO, WORD, EVIDENCE = Reply.YES, Reply.NO, Basis.ATTESTATION, Basis.EVIDENCE
NAME = "様式.xlsx"


def cell_of(book, key, field):
    """The cell in which a person writes this field of this item."""
    for row in book["_mamori"].iter_rows(values_only=True):
        if row[0] == "item":
            head = row
        elif row[0] == key:
            return book[row[1]][row[head.index(field)]]
    raise KeyError(key)


def edited(form, changes, language=JA):
    """Save the form again from a spreadsheet program, with some cells written by hand."""
    book = load_workbook(BytesIO(exporter.write(form, language)))
    for (key, field), value in changes.items():
        cell_of(book, key, field).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def back(content, edition=samples.EDITION, **parties):
    return importer.read(content, NAME, edition, **parties)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(form_states.filled())
def test_what_goes_out_comes_back_the_same(filled):
    edition, states = filled
    form = samples.form(states, edition=edition)
    for language in Language:
        returned = back(exporter.write(form, language), edition)
        assert returned.states == states
        assert {i.item for i in returned.items} == {i.key for i in edition.items}
        assert returned.remarks == ()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(form_states.filled())
def test_saving_it_again_in_another_program_changes_nothing(filled):
    edition, states = filled
    form = samples.form(states, edition=edition)
    assert back(edited(form, {}), edition).states == states


def test_the_head_says_whose_form_it_is():
    form = samples.form(vendor=samples.VENDOR, edition=samples.vendor_edition())
    head = importer.head(exporter.write(form, JA), NAME)
    assert (head.edition, head.facility, head.vendor, head.revision) == (
        "small-vendor-fy2023",
        "demo",
        "denshi",
        2,
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("はい", YES),
        (" はい ", YES),
        ("○", YES),
        ("〇", YES),
        ("◯", YES),
        ("Yes", YES),
        ("yes", YES),
        ("ＹＥＳ", YES),
        ("いいえ", NO),
        ("×", NO),
        ("No", NO),
        ("no", NO),
        (None, None),
        ("", None),
    ],
)
def test_answers_are_read_as_people_write_them(written, read):
    returned = back(edited(samples.form({}), {("2(1)/all", "first"): written}))
    assert returned.states.get("2(1)/all", EMPTY).first is read
    basis = WORD if read else None
    assert returned.states.get("2(1)/all", EMPTY).first_basis is basis


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (date(2023, 9, 12), date(2023, 9, 12)),
        (datetime.fromisoformat("2023-09-12T15:30"), date(2023, 9, 12)),
        (45181, date(2023, 9, 12)),
        ("2023/9/12", date(2023, 9, 12)),
        ("2023-09-12", date(2023, 9, 12)),
        ("2023年9月12日", date(2023, 9, 12)),
        ("R5.9.12", date(2023, 9, 12)),
        ("令和5年9月12日", date(2023, 9, 12)),
        ("令和５年９月１２日", date(2023, 9, 12)),
        (None, None),
    ],
)
def test_dates_are_read_as_people_write_them(written, read):
    changes = {("2(1)/all", "first"): "はい", ("2(1)/all", "first_on"): written}
    assert back(edited(samples.form({}), changes)).states["2(1)/all"].first_on == read


@pytest.mark.parametrize(
    ("key", "field", "written", "read"),
    [
        ("2(1)/all", "first_on", "9/12", date(2023, 9, 12)),
        ("2(1)/all", "first_on", "(9/12)", date(2023, 9, 12)),
        ("2(1)/all", "second_on", "２月３日", date(2024, 2, 3)),
        ("2(1)/all", "target_on", "3/31", date(2024, 3, 31)),
        ("2(7)/server", "target_on", "3/31", date(2025, 3, 31)),
        ("2(7)/server", "first_on", "9/12", date(2023, 9, 12)),
    ],
)
def test_a_day_without_a_year_lies_in_the_fiscal_year_and_is_remarked(key, field, written, read):
    returned = back(edited(samples.form({}), {(key, field): written}))
    assert getattr(returned.states[key], field) == read
    (remark,) = returned.remarks
    assert remark.item == key
    assert read.isoformat() in remark.said.ja
    assert "!" in remark.cell


def test_an_answer_changed_by_hand_no_longer_rests_on_evidence():
    form = samples.form()
    returned = back(edited(form, {("1(1)/organisation", "first"): "いいえ"}))
    state = returned.states["1(1)/organisation"]
    assert (state.first, state.first_basis, state.first_as_of) == (NO, WORD, None)
    (remark,) = returned.remarks
    assert "証跡" in remark.said.ja
    untouched = {k: v for k, v in returned.states.items() if k != "1(1)/organisation"}
    assert untouched == {k: v for k, v in form.states.items() if k != "1(1)/organisation"}


def test_a_reason_written_by_hand_comes_back_and_keeps_the_basis():
    form = samples.form()
    changes = {("1(1)/organisation", "first_reason"): " =任命書を確認\r\n"}
    state = back(edited(form, changes)).states["1(1)/organisation"]
    assert state == replace(form.states["1(1)/organisation"], first_reason="=任命書を確認")


def test_an_emptied_answer_comes_back_empty():
    changes = {("2(2)/all", "first"): None, ("2(2)/all", "first_on"): None}
    state = back(edited(samples.form(), changes)).states["2(2)/all"]
    assert (state.first, state.first_on, state.first_basis) == (None, None, None)
    assert state.first_reason == "事業者に確認"


def test_inserted_rows_are_followed():
    book = load_workbook(BytesIO(exporter.write(samples.form(), JA)))
    sheet = book["チェックリスト"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(3, 2)
    out = BytesIO()
    book.save(out)
    assert back(out.getvalue()).states == samples.FIRST_CHECK


def faults(content, edition=samples.EDITION, **parties):
    with pytest.raises(Refused) as refused:
        back(content, edition, **parties)
    reason = refused.value.reason
    assert reason.ja
    assert reason.en
    assert NAME in reason.ja
    return reason.ja


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("first", "たぶん", "「たぶん」は回答として読み取れません"),
        ("first", "はい・いいえ", "回答として読み取れません"),
        ("first", True, "回答として読み取れません"),
        ("first", 1, "回答として読み取れません"),
        ("first", "=HYPERLINK(1)", "数式は読み込めません"),
        ("first_on", "=TODAY()", "数式は読み込めません"),
        ("first_on", "9月ごろ", "日付として読み取れません"),
        ("first_on", "13/45", "日付はありません"),
        ("first_on", "2023/2/30", "日付はありません"),
        ("first_on", "不明", "日付として読み取れません"),
        ("first_on", 5, "1950年から2100年の範囲にありません"),
        ("first_reason", "=cmd|' /C calc'!A0", "数式は読み込めません"),
        ("first_on", "#REF!", "エラー値"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_name_of_the_cell(field, written, said):
    content = edited(samples.form(), {("2(1)/all", field): written})
    cell = cell_of(load_workbook(BytesIO(content)), "2(1)/all", field).coordinate
    reason = faults(content)
    assert said in reason
    assert f"シート「チェックリスト」のセル{cell}" in reason


def test_every_fault_is_named_at_once():
    changes = {("2(1)/all", "first"): "？", ("1(1)/organisation", "first_on"): "いつか"}
    assert len(faults(edited(samples.form(), changes)).splitlines()) == 2


def test_a_cell_that_the_form_does_not_have_stays_empty():
    content = edited(samples.form(), {("3(1)/incident", "second"): "はい"})
    assert "この欄は様式にありません" in faults(content)


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        (replace(samples.EDITION, id="facility-fy2031"), "facility-fy2031"),
        (replace(samples.EDITION, revision=2), "r2"),
        (replace(samples.EDITION, items=samples.ITEMS[:-1]), "書き出したときと異なります"),
    ],
)
def test_a_form_of_another_edition_is_refused(edition, said):
    assert said in faults(exporter.write(samples.form(), JA), edition)


def test_a_form_of_another_facility_or_vendor_is_refused():
    content = exporter.write(samples.form(), JA)
    assert "別の" not in faults(content, facility="other")
    assert "「demo」" in faults(content, facility="other")
    assert "「denshi」" in faults(content, vendor="denshi")
    assert back(content, facility="demo").facility == "demo"


def test_a_missing_sheet_row_or_key_is_named():
    def without(change):
        book = load_workbook(BytesIO(exporter.write(samples.form(), JA)))
        change(book)
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    def drop_row(book):
        sheet = book["チェックリスト"]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.delete_rows(cell_of(book, "2(2)/all", "first").row)

    def rename(book):
        book["参考項目"].title = "別の名前"

    assert "「2(2)/all」の行が見つかりません" in faults(without(drop_row))
    assert "シート「参考項目」がありません" in faults(without(rename))
    assert "Mamoriが書き出した様式ではない" in faults(without(lambda b: b.remove(b["_mamori"])))


@pytest.mark.parametrize("address", ["ZZZ999999", "", "A1:B2", "D0"])
def test_a_tampered_hidden_sheet_is_refused(address):
    book = load_workbook(BytesIO(exporter.write(samples.form(), JA)))
    hidden = book["_mamori"]
    hidden.cell(row=11, column=3).value = address
    out = BytesIO()
    book.save(out)
    assert "管理情報が壊れています" in faults(out.getvalue())


def packed(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts:
            book.writestr(name, data)
    return out.getvalue()


def parts_of(content):
    with zipfile.ZipFile(BytesIO(content)) as book:
        return [(i.filename, book.read(i)) for i in book.infolist()]


def hostile_files():
    good = parts_of(exporter.write(samples.form(), JA))
    sheet = "xl/worksheets/sheet1.xml"

    def swapped(part, change):
        return packed([(n, change(d) if n == part else d) for n, d in good])

    far = (
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    yield "nothing", b""
    yield "words", "はい,いいえ".encode("cp932")
    yield "picture", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100
    yield "cut short", packed(good)[:3000]
    yield "no workbook", packed([("a.txt", b"x")])
    yield "entity", swapped(sheet, lambda d: d.replace(b"?>", b"?>" + doctype, 1))
    yield "far cell", swapped(sheet, lambda d: d.replace(b"</sheetData>", far))
    yield "broken xml", swapped(sheet, lambda d: d[: len(d) // 2])
    yield "broken list", swapped("xl/_rels/workbook.xml.rels", lambda d: d[:50])
    yield "bomb", swapped(sheet, lambda d: d.replace(b"</sheetData>", b" " * 60_000_000))
    yield "odd cells", swapped(sheet, lambda d: d.replace(b'<c r="', b'<c r="?'))


@pytest.mark.parametrize("content", [pytest.param(c, id=n) for n, c in hostile_files()])
def test_hostile_files_are_refused_by_name(content):
    assert faults(content)


def test_names_that_look_like_formulas_stay_words():
    trap = Party("demo", '=HYPERLINK("http://x","y")', "@SUM(1)")
    states = {"2(1)/all": ItemState(NO, date(2023, 9, 12), first_basis=WORD, first_reason="=1+1")}
    content = exporter.write(samples.form(states, facility=trap), JA)
    for name, data in parts_of(content):
        if name.startswith("xl/worksheets"):
            assert b"<f>" not in data
            assert b"<hyperlink" not in data
    book = load_workbook(BytesIO(content))
    found = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))
    ]
    assert {c.value for c in found if c.parent.title != "_mamori"} == {trap.name, "=1+1"}
    assert all(c.data_type == "s" for c in found)
    assert all(c.quotePrefix for c in found)
    assert back(content).states == states


def test_the_presence_row_answered_by_hand_comes_back():
    returned = back(edited(samples.form({}), {(PRESENCE, "first"): "No"}, EN))
    assert returned.states == {PRESENCE: ItemState(first=NO, first_basis=WORD)}


def test_many_faults_are_counted():
    keys = [item.key for item in samples.ITEMS]
    changes = {(key, field): "?" for key in keys for field in ("first", "first_on")}
    content = edited(samples.form({}), changes)
    with pytest.raises(BadForm) as refused:
        back(content)
    assert len(refused.value.faults) == 16
    assert refused.value.reason.ja.endswith("ほか6件")
