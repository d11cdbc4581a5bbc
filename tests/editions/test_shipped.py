"""What the shipped editions hold, against lists read by hand."""

import re

import pytest

from mamori.core.calendar import fiscal_year_in_era
from mamori.core.editions import PRESENCE, Cell, Condition, Level, Scope, Subject, sort_code
from mamori.editions import loader

# (edition, presence rows, mandatory items beside it, reference items, where it was counted)
COUNTS = [
    ("facility-fy2023", 1, 10, 8, "check sheet for medical facilities: 1(1), 2(1)-(8), 3(1); ref."),
    ("vendor-fy2023", 0, 8, 6, "check sheet for agents: 1(1), 2(2)-(8); reference 3+3"),
    ("facility-fy2024", 1, 18, 0, "both lists of FY2023, all regular"),
    ("pharmacy-fy2024", 1, 18, 0, "the same items as facilities (assumed)"),
    ("vendor-fy2024", 0, 14, 0, "both vendor lists of FY2023, all regular"),
    ("facility-fy2025", 1, 18, 0, "table of FY2025: 1, 2①-⑬, 3①-③, 4①"),
    ("pharmacy-fy2025", 1, 18, 0, "one list for facilities and pharmacies in that table"),
    ("vendor-fy2025", 0, 13, 0, "table of FY2025, rows marked V: 1①, 2②-⑬"),
]
# (code, heading, level, due year, cells, control): the FY2023 sheets line by line.
F, FTS = "first", "first target second"
FACILITY_2023 = [
    ("presence", "", "M", 2023, F, "organisations.system-in-use"),
    ("1(1)", "organisation", "M", 2023, FTS, "organisations.safety-administrator-appointed"),
    ("2(1)", "all", "M", 2023, FTS, "ledger.kept"),
    ("2(2)", "all", "M", 2023, FTS, "connections.remote-maintenance-known"),
    ("2(3)", "all", "M", 2023, FTS, "vendors.disclosure-sheets-obtained"),
    ("2(4)", "server", "M", 2023, FTS, "accounts.access-rights-by-role"),
    ("2(5)", "server", "M", 2023, FTS, "accounts.unused-removed"),
    ("2(6)", "server", "M", 2023, FTS, "logs.access-logs-managed"),
    ("2(7)", "network", "M", 2023, FTS, "vulnerabilities.patches-applied"),
    ("2(8)", "network", "M", 2023, FTS, "connections.source-restricted"),
    ("3(1)", "incident", "M", 2023, F, "incidents.contact-chart"),
    ("2(7)", "server", "R", 2024, FTS, "vulnerabilities.patches-applied"),
    ("2(9)", "server", "R", 2024, FTS, "ledger.unneeded-software-stopped"),
    ("2(4)", "terminal", "R", 2024, FTS, "accounts.access-rights-by-role"),
    ("2(5)", "terminal", "R", 2024, FTS, "accounts.unused-removed"),
    ("2(7)", "terminal", "R", 2024, FTS, "vulnerabilities.patches-applied"),
    ("2(9)", "terminal", "R", 2024, FTS, "ledger.unneeded-software-stopped"),
    ("3(2)", "incident", "R", 2024, FTS, "backups.restorable"),
    ("3(3)", "incident", "R", 2024, FTS, "continuity.plan-for-cyber-attack"),
]
VENDOR_2023 = [
    ("1(1)", "organisation", "M", 2023, FTS, "organisations.vendor-administrator-appointed"),
    ("2(2)", "all", "M", 2023, FTS, "connections.remote-maintenance-known"),
    ("2(3)", "all", "M", 2023, FTS, "vendors.disclosure-sheets-obtained"),
    ("2(4)", "server", "M", 2023, FTS, "accounts.access-rights-by-role"),
    ("2(5)", "server", "M", 2023, FTS, "accounts.unused-removed"),
    ("2(6)", "server", "M", 2023, FTS, "logs.access-logs-managed"),
    ("2(7)", "network", "M", 2023, FTS, "vulnerabilities.patches-applied"),
    ("2(8)", "network", "M", 2023, FTS, "connections.source-restricted"),
    ("2(8)", "server", "R", 2024, FTS, "vulnerabilities.patches-applied"),
    ("2(9)", "server", "R", 2024, FTS, "ledger.unneeded-software-stopped"),
    ("2(6)", "terminal", "R", 2024, FTS, "accounts.access-rights-by-role"),
    ("2(7)", "terminal", "R", 2024, FTS, "accounts.unused-removed"),
    ("2(8)", "terminal", "R", 2024, FTS, "vulnerabilities.patches-applied"),
    ("2(10)", "terminal", "R", 2024, FTS, "ledger.unneeded-software-stopped"),
]
# (code, heading, control, who answers) of FY2025.
TABLE_2025 = [
    ("presence", "", "organisations.system-in-use", "F"),
    ("1①", "organisation", "organisations.safety-administrator-appointed", "F"),
    ("1①", "organisation", "organisations.vendor-administrator-appointed", "V"),
    ("2①", "all", "ledger.kept", "F"),
    ("2②", "all", "connections.remote-maintenance-known", "FV"),
    ("2③", "all", "vendors.disclosure-sheets-obtained", "FV"),
    ("2④", "all", "accounts.access-rights-by-role", "FV"),
    ("2⑤", "all", "accounts.unused-removed", "FV"),
    ("2⑥", "all", "vulnerabilities.patches-applied", "FV"),
    ("2⑦", "all", "accounts.password-strength", "FV"),
    ("2⑧", "all", "accounts.no-password-reuse", "FV"),
    ("2⑨", "all", "ledger.external-media-restricted", "FV"),
    ("2⑩", "all", "accounts.two-factor", "FV"),
    ("2⑪", "server", "logs.access-logs-managed", "FV"),
    ("2⑫", "server+terminal", "ledger.unneeded-software-stopped", "FV"),
    ("2⑬", "network", "connections.source-restricted", "FV"),
    ("3①", "incident", "incidents.contact-chart", "F"),
    ("3②", "incident", "backups.restorable", "F"),
    ("3③", "incident", "continuity.plan-for-cyber-attack", "F"),
    ("4①", "rules", "organisations.rules-written", "F"),
]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
EVERY_EDITION = pytest.mark.parametrize("edition", loader.load_all(), ids=lambda e: e.id)


def shown(edition):
    """Each item as a line of the tables above."""
    return [
        (
            item.code,
            item.heading if item.scopes else "",
            {Level.MANDATORY: "M", Level.REFERENCE: "R"}[item.level],
            item.due_year,
            " ".join(cell.value for cell in item.cells),
            item.control,
        )
        for item in edition.items
    ]


@pytest.mark.parametrize(("name", "presence", "mandatory", "reference", "counted"), COUNTS)
def test_each_edition_holds_as_many_items_as_its_source(
    name, presence, mandatory, reference, counted
):
    edition = loader.load(name)
    rows = [i for i in edition.items if i.code == PRESENCE]
    items = [i for i in edition.of_level(Level.MANDATORY) if i.code != PRESENCE]
    found = (len(rows), len(items), len(edition.of_level(Level.REFERENCE)))
    assert found == (presence, mandatory, reference), counted


def test_no_edition_is_shipped_that_the_table_does_not_count():
    assert {e.id for e in loader.load_all()} == {row[0] for row in COUNTS}


def test_the_facility_list_of_2023_is_the_printed_one_line_by_line():
    assert shown(loader.load("facility-fy2023")) == FACILITY_2023


def test_the_vendor_list_of_2023_is_the_printed_one_line_by_line():
    assert shown(loader.load("vendor-fy2023")) == VENDOR_2023


@pytest.mark.parametrize(
    ("name", "who"), [("facility-fy2025", "F"), ("pharmacy-fy2025", "F"), ("vendor-fy2025", "V")]
)
def test_the_lists_of_2025_follow_their_table(name, who):
    wanted = [row[:3] for row in TABLE_2025 if who in row[3]]
    found = [(i.code, i.heading if i.scopes else "", i.control) for i in loader.load(name).items]
    assert found == wanted


@pytest.mark.parametrize(
    ("new", "old"),
    [("facility-fy2024", "facility-fy2023"), ("pharmacy-fy2024", "facility-fy2023")],
)
def test_the_lists_of_2024_hold_all_items_of_the_facility_list_of_2023(new, old):
    kept = {(i.key, i.control, i.cells) for i in loader.load(old).items}
    assert {(i.key, i.control, i.cells) for i in loader.load(new).items} == kept


def test_the_vendor_list_of_2024_takes_the_codes_of_the_facility_list():
    facility = {(i.key, i.control) for i in loader.load("facility-fy2024").items}
    vendor = {(i.key, i.control) for i in loader.load("vendor-fy2024").items}
    assert {c for _, c in vendor} == {i.control for i in loader.load("vendor-fy2023").items}
    assert vendor - facility == {
        ("1(1)/organisation", "organisations.vendor-administrator-appointed")
    }


@EVERY_EDITION
def test_every_item_says_all_that_a_form_needs(edition):
    for item in edition.items:
        assert JAPANESE.search(item.text.ja), item.key
        assert not JAPANESE.search(item.text.en), item.key
        assert item.control in loader.controls()
        assert item.scopes or item.code == PRESENCE
        assert Cell.FIRST in item.cells
        assert item.level in Level


@EVERY_EDITION
def test_the_words_around_the_items_are_in_both_languages(edition):
    around = [edition.name, edition.source, *edition.headings.values(), *edition.notes]
    around += [section.title for section in edition.sections]
    for text in around:
        assert JAPANESE.search(text.ja)
        assert not JAPANESE.search(text.en)


@EVERY_EDITION
def test_an_edition_is_named_after_its_fiscal_year_in_the_era(edition):
    assert edition.name.ja.startswith(fiscal_year_in_era(edition.fiscal_year))
    assert f"FY{edition.fiscal_year}" in edition.name.en


@EVERY_EDITION
def test_only_2023_is_verified_and_each_names_its_source(edition):
    assert edition.verified == (edition.fiscal_year == 2023)
    assert edition.verified or edition.source.ja.startswith("下書きです。")
    assert edition.revision == 1


@EVERY_EDITION
def test_the_two_vendor_items_and_only_they_need_a_vendor(edition):
    needing = [i.code for i in edition.items if Condition.NEEDS_VENDOR in i.conditions]
    expected = {2023: ["2(2)", "2(3)"], 2024: ["2(2)", "2(3)"], 2025: ["2②", "2③"]}
    wanted = [] if edition.subject is Subject.VENDOR else expected[edition.fiscal_year]
    assert needing == wanted


@EVERY_EDITION
def test_items_of_one_level_and_heading_stand_in_the_order_of_their_numbers(edition):
    for level in Level:
        codes = [
            (i.section, [s for s in Scope if s in i.scopes], i.code)
            for i in edition.of_level(level)
        ]
        for heading in {str(c[:2]) for c in codes}:
            inside = [sort_code(c[2]) for c in codes if str(c[:2]) == heading]
            assert inside == sorted(inside)
