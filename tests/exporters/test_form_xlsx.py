"""The workbook: laid out like the form, guarded, with help, ready to be filled in offline."""

from dataclasses import replace
from io import BytesIO

import pytest
from exporters import form_samples as samples
from openpyxl import load_workbook

from mamori.core.text import Language
from mamori.editions import loader
from mamori.exporters import form_xlsx

JA, EN = Language.JA, Language.EN


def opened(form, language=JA):
    return load_workbook(BytesIO(form_xlsx.write(form, language)))


def values(sheet):
    return [c.value for row in sheet.iter_rows() for c in row if c.value is not None]


def test_the_sheets_and_their_order():
    assert opened(samples.form()).sheetnames == [
        "チェックリスト",
        "参考項目",
        "記入方法",
        "_mamori",
    ]
    book = opened(samples.form(), EN)
    assert book.sheetnames == ["Checklist", "Reference items", "How to fill in", "_mamori"]
    assert [s.sheet_state for s in book] == ["visible", "visible", "visible", "veryHidden"]


def test_it_reads_like_the_form():
    found = values(opened(samples.form(samples.BOTH_CHECKS))["チェックリスト"])
    for words in (
        "医療機関におけるサイバーセキュリティ対策チェックリスト",
        "医療機関確認用",
        "令和5年度(2023年度)",
        "見本総合病院",
        "1回目",
        "目標日",
        "2回目",
        "システム全般について、次を実施している。",
        "証跡(2023-09-01時点)",
        "端末PCの一部が未記載",
    ):
        assert words in found, words
    assert found.count("はい") == 6
    assert found.count("いいえ") == 2


def test_only_inputs_are_open_and_they_offer_their_choices():
    sheet = opened(samples.form())["チェックリスト"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    unlocked = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    # presence and 3(1): answer, date, reason; the other four: both checks, both reasons, target.
    assert len(unlocked) == 2 * 3 + 4 * 7
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    days = [v for v in sheet.data_validations.dataValidation if v.type == "date"]
    assert {v.formula1 for v in lists} == {'"はい,いいえ"'}
    guarded = {str(r) for v in (*lists, *days) for r in v.sqref.ranges}
    assert guarded <= unlocked
    assert len(guarded) == 2 * 2 + 4 * 5


def test_items_that_need_a_vendor_are_closed_where_there_is_none():
    sheet = opened(samples.form({}, has_vendor=False))["チェックリスト"]
    assert "対象外(契約している事業者なし)" in values(sheet)
    unlocked = [c for row in sheet.iter_rows() for c in row if not c.protection.locked]
    assert len(unlocked) == 2 * 3 + 3 * 7


def test_it_prints_on_a4_one_page_wide_with_the_header_on_each_page():
    sheet = opened(samples.form())["チェックリスト"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))
    assert sheet.print_title_rows
    assert sheet.print_area.endswith(f"$H${sheet.max_row}")


@pytest.mark.parametrize("language", list(Language))
def test_help_says_what_counts_as_yes_for_each_item(language):
    edition = loader.load("facility-fy2025")
    form = replace(samples.form({}, edition=edition), controls=loader.controls())
    found = values(opened(form, language)[form_xlsx.form_help.HELP_SHEET.say(language)])
    for item in edition.items:
        control = loader.controls()[item.control]
        assert control.yes_when.say(language) in found
        assert any(control.steps[0].say(language) in words for words in found)


def test_an_unverified_edition_says_so_on_each_list():
    book = opened(samples.form(edition=replace(samples.EDITION, verified=False)))
    for name in ("チェックリスト", "参考項目"):
        assert "この版は公式の様式との照合が済んでいません" in values(book[name])
        assert "照合が済んでいません" in book[name].oddHeader.center.text


def test_a_vendor_list_carries_the_vendor():
    form = samples.form({}, edition=samples.vendor_edition(), vendor=samples.VENDOR)
    assert "電子カルテ株式会社" in values(opened(form)["チェックリスト"])
    assert "Denshi Karte K.K." in values(opened(form, EN)["Checklist"])


def test_the_same_form_gives_the_same_bytes():
    assert form_xlsx.write(samples.form(), JA) == form_xlsx.write(samples.form(), JA)
