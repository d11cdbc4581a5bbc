"""The places where the forms are easily misread, each with its own test."""

import pytest

from mamori.core.editions import APPARATUS, PRESENCE, Cell, Condition, Level
from mamori.editions import loader


def item(edition, key):
    return loader.load(edition).item(key)


@pytest.mark.parametrize("name", ["vendor-fy2023", "vendor-fy2024", "vendor-fy2025"])
def test_a_vendor_list_has_no_presence_row_no_ledger_item_and_no_section_3(name):
    edition = loader.load(name)
    assert edition.gate is None
    assert not [i for i in edition.items if i.control == "ledger.kept"]
    assert not [i for i in edition.items if i.code in ("2(1)", "2①")]
    assert [s.id for s in edition.sections] == ["1", "2"]


def test_the_presence_row_has_one_cell_and_no_target_date():
    gate = loader.load("facility-fy2023").gate
    assert gate is not None
    assert gate.cells == (Cell.FIRST,)
    assert gate.scopes == ()
    assert gate.key == PRESENCE


def test_the_contact_chart_has_only_a_first_check():
    assert item("facility-fy2023", "3(1)/incident").cells == (Cell.FIRST,)


def test_the_other_items_of_section_3_have_all_cells():
    for key in ("3(2)/incident", "3(3)/incident"):
        assert item("facility-fy2023", key).cells == (Cell.FIRST, Cell.TARGET, Cell.SECOND)


def test_without_a_vendor_2_2_and_2_3_are_exempt_and_3_3_is_not():
    """The manual's note on inspection once prints 2(2) and 3(3); the form itself is right."""
    exempt = [
        i.key
        for i in loader.load("facility-fy2023").items
        if Condition.NEEDS_VENDOR in i.conditions
    ]
    assert exempt == ["2(2)/all", "2(3)/all"]


@pytest.mark.parametrize(
    ("code", "mandatory", "reference"),
    [
        ("2(6)", "logs.access-logs-managed", "accounts.access-rights-by-role"),
        ("2(7)", "vulnerabilities.patches-applied", "accounts.unused-removed"),
        ("2(8)", "connections.source-restricted", "vulnerabilities.patches-applied"),
    ],
)
def test_a_code_of_the_vendor_reference_list_means_another_item(code, mandatory, reference):
    edition = loader.load("vendor-fy2023")
    meant = {
        level: {i.control for i in edition.of_level(level) if i.code == code} for level in Level
    }
    assert meant == {Level.MANDATORY: {mandatory}, Level.REFERENCE: {reference}}


def test_unneeded_software_is_9_on_servers_and_10_on_terminals_for_vendors():
    stopped = "ledger.unneeded-software-stopped"
    keys = [i.key for i in loader.load("vendor-fy2023").items if i.control == stopped]
    assert keys == ["2(9)/server", "2(10)/terminal"]


def test_patches_are_2_7_for_facilities_and_2_8_in_the_vendor_reference_list():
    patches = "vulnerabilities.patches-applied"
    facility = [i.code for i in loader.load("facility-fy2023").items if i.control == patches]
    vendor = loader.load("vendor-fy2023").of_level(Level.REFERENCE)
    assert facility == ["2(7)", "2(7)", "2(7)"]
    assert [i.code for i in vendor if i.control == patches] == ["2(8)", "2(8)"]


def test_one_code_names_several_items_and_each_has_its_own_key():
    keys = [i.key for i in loader.load("facility-fy2023").items if i.code == "2(7)"]
    assert keys == ["2(7)/network", "2(7)/server", "2(7)/terminal"]


def test_the_vendor_is_asked_about_impacts_on_remotely_maintained_apparatus():
    text = item("vendor-fy2023", "2(2)/all").text
    assert "影響の有無" in text.ja
    assert "affected" in text.en
    assert "影響" not in item("facility-fy2023", "2(2)/all").text.ja


def test_a_plan_to_be_made_in_2024_is_a_yes_in_the_reference_list_only():
    text = item("facility-fy2023", "3(3)/incident").text
    assert "令和6年度中に策定する予定" in text.ja
    assert "during fiscal 2024" in text.en
    assert "予定" not in item("facility-fy2024", "3(3)/incident").text.ja


def test_reference_items_are_due_a_year_after_their_edition():
    for name in ("facility-fy2023", "vendor-fy2023"):
        assert {i.due_year for i in loader.load(name).of_level(Level.REFERENCE)} == {2024}
        assert {i.due_year for i in loader.load(name).of_level(Level.MANDATORY)} == {2023}


def test_healthcare_information_system_in_general_means_all_three_kinds_of_apparatus():
    assert item("facility-fy2023", "2(1)/all").scopes == APPARATUS


def test_two_factor_planned_by_2027_is_a_yes_in_2025():
    text = item("facility-fy2025", "2⑩/all").text
    assert "令和9年度" in text.ja
    assert "2027" in text.en


def test_no_list_of_2026_is_shipped():
    assert not [e for e in loader.load_all() if e.fiscal_year > 2025]
