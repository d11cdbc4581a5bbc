"""Editions are read strictly: every fault is named by file and item, in both languages."""

import pytest

from mamori.core.edition_rules import EditionFault, problems
from mamori.core.editions import Subject
from mamori.core.viewer import NotFound, Refused
from mamori.editions import loader

GOOD = loader.text_of("facility-fy2023")
LEDGER = 'code = "2(1)"\nscopes = ["server", "terminal", "network"]\nlevel = "mandatory"\n'
RIGHTS = 'code = "2(4)"\nscopes = ["server"]\nlevel = "mandatory"\n'
CHART = 'control = "incidents.contact-chart"\ncells = ["first"]\n'

# (what stands in the file, what is put in its place, where the fault is, what is said of it)
FAULTS = [
    ('subject = "facility"\n', "", "the whole", "The key subject is missing."),
    ('subject = "facility"', 'subject = "hospital"', "the whole", "subject cannot be hospital."),
    ("revision = 1\n", "revision = 1\nauthor = 2\n", "the whole", "There is no key called author."),
    ("revision = 1\n", "revision = true\n", "the whole", "Write revision as a whole number."),
    ("revision = 1\n", "revision = 0\n", "the whole", "The revision is 1 or more."),
    ("fiscal_year = 2023", 'fiscal_year = "2023"', "the whole", "Write fiscal_year as a whole"),
    ("fiscal_year = 2023", "fiscal_year = 23", "the whole", "The id must be facility-fy23."),
    ("fiscal_year = 2023", "fiscal_year = 2022", "the whole", "The id must be facility-fy2022."),
    ("valid_from = 2023-04-01", "valid_from = 2023-03-31", "the whole", "outside fiscal year 2023"),
    ("valid_to = 2024-03-31", "valid_to = 2024-04-01", "the whole", "outside fiscal year 2023"),
    ("valid_to = 2024-03-31", 'valid_to = "2024-03-31"', "the whole", "Write valid_to as a date"),
    ("valid_to = 2024-03-31", "valid_to = 2024-03-31T00:00:00Z", "the whole", "as a date"),
    ('id = "facility-fy2023"', 'id = "facility"', "the whole", "The id must be facility-fy2023."),
    (LEDGER, LEDGER.replace("server", "servers"), "item no. 3 2(1)", "scopes cannot be servers."),
    (LEDGER, LEDGER.replace("mandatory", "must"), "item no. 3 2(1)", "level cannot be must."),
    (LEDGER, LEDGER + "colour = 1\n", "item no. 3 2(1)", "There is no key called colour."),
    (LEDGER, LEDGER.replace("2(1)", "2（1）"), "item no. 3 2（1）", "Write the code"),
    (LEDGER, LEDGER.replace("2(1)", "3(4)"), "item no. 3 3(4)", "Code 3(4) stands in section 2."),
    (RIGHTS, RIGHTS.replace("2(4)", "2(6)"), "item no. 8 2(6)", "2(6)/server stands twice"),
    (RIGHTS, RIGHTS.replace('["server"]', "[]"), "item no. 6 2(4)", "The scopes are missing."),
    (
        RIGHTS,
        RIGHTS.replace('["server"]', '["server", "server"]'),
        "item no. 6 2(4)",
        "A word is written twice",
    ),
    (CHART, CHART.replace("contact", "contacts"), "item no. 11 3(1)", "There is no control called"),
    (CHART, CHART.replace('["first"]', "[]"), "item no. 11 3(1)", "the first check is missing"),
    (CHART, CHART.replace("first", "third"), "item no. 11 3(1)", "cells cannot be third."),
    (
        CHART,
        CHART.replace('["first"]', '["second", "first"]'),
        "item no. 11 3(1)",
        "in the order first, target, second",
    ),
    (
        'control = "organisations.system-in-use"\ncells = ["first"]',
        'control = "organisations.system-in-use"\ncells = ["first", "target"]',
        "item no. 1 presence",
        "The presence row has the first cell only.",
    ),
    (
        'code = "presence"\nscopes = []',
        'code = "presence"\nscopes = ["server"]',
        "item no. 1 presence",
        "The presence row has no scope.",
    ),
    ('terminal.en = "', 'terminals.en = "', "the whole", "The key headings.terminal.en is missing"),
    ('id = "3"\n', 'id = "5"\n', "the whole", "Section 3 must stand both"),
    (
        'text.en = "Access logs are managed."\n',
        "",
        "item no. 8 2(6)",
        "The key text.en is missing.",
    ),
    (
        'text.en = "Access logs are managed."',
        'text.en = ""',
        "item no. 8 2(6)",
        "text.en are empty",
    ),
    ('document = "医療情報', 'document = ""\n#', "the whole", "This cannot be read as TOML"),
    ("[[sections]]", "[[sections", "the whole", "This cannot be read as TOML"),
]


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    FAULTS,
    ids=[f"{n}-{row[3][:40]}" for n, row in enumerate(FAULTS)],
)
def test_a_fault_names_the_file_the_place_and_the_reason(old, new, where, said):
    assert old in GOOD
    with pytest.raises(EditionFault) as fault:
        loader.parse(GOOD.replace(old, new, 1), "my-list.toml")
    assert fault.value.name == "my-list.toml"
    assert isinstance(fault.value, Refused)
    told = [f"{p.where.en}: {p.reason.en}" for p in fault.value.problems]
    assert [t for t in told if t.startswith(f"{where}: ") and said in t], told
    assert fault.value.reason.en.startswith("my-list.toml: ")
    assert fault.value.reason.ja.startswith("my-list.toml: ")


def test_a_reference_item_due_before_its_edition_and_a_mandatory_one_due_later_are_faults():
    late = GOOD.replace("due_year = 2023", "due_year = 2024")
    early = GOOD.replace("due_year = 2024", "due_year = 2022")
    with pytest.raises(EditionFault, match="A mandatory item is due in fiscal year 2023"):
        loader.parse(late, "late.toml")
    with pytest.raises(EditionFault, match="A reference item is due in fiscal year 2023 or later"):
        loader.parse(early, "early.toml")


def test_a_vendor_list_cannot_have_a_presence_row_or_need_a_vendor():
    text = GOOD.replace('subject = "facility"', 'subject = "vendor"')
    text = text.replace('id = "facility-fy2023"', 'id = "vendor-fy2023"')
    with pytest.raises(EditionFault) as fault:
        loader.parse(text, "x.toml")
    said = [(p.item, p.reason.en) for p in fault.value.problems]
    assert said == [
        ("presence", "A vendor list has no presence row."),
        ("2(2)/all", "A vendor list cannot carry needs_vendor."),
        ("2(3)/all", "A vendor list cannot carry needs_vendor."),
    ]


def test_all_faults_are_counted_in_the_message():
    with pytest.raises(EditionFault) as fault:
        loader.parse(
            GOOD.replace("2023-04-01", "2022-04-01").replace("revision = 1", "revision = 0"), "x"
        )
    assert len(fault.value.problems) == 2
    assert fault.value.reason.en.endswith("(and 1 more)")
    assert fault.value.reason.ja.endswith("(ほか1件)")


def test_an_empty_citation_is_a_fault():
    with pytest.raises(EditionFault, match="A citation lacks its document or section"):
        loader.parse(GOOD.replace('section = "2.3"', 'section = ""'), "x.toml")


def test_shipped_editions_have_no_problem():
    for edition in loader.load_all():
        assert problems(edition, loader.controls()) == ()


@pytest.mark.parametrize(
    ("name", "subject", "found"),
    [
        ("facility-fy2023", None, "facility-fy2023"),
        ("Facility-FY2023", "facility", "facility-fy2023"),
        ("fy2023", "facility", "facility-fy2023"),
        ("FY2025", Subject.VENDOR, "vendor-fy2025"),
        ("2024", Subject.PHARMACY, "pharmacy-fy2024"),
        (" 令和7年度", Subject.PHARMACY, "pharmacy-fy2025"),
    ],
)
def test_a_person_may_name_an_edition_in_short(name, subject, found):
    assert loader.resolve(name, subject).id == found


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("fy2023", None),
        ("fy2023", "pharmacy"),
        ("fy2026", "facility"),
        ("facility-fy2023", "vendor"),
        ("令和8年度", "facility"),
        ("", None),
        ("../controls", "facility"),
    ],
)
def test_an_edition_that_is_not_there_is_refused_with_those_that_are(name, subject):
    with pytest.raises(NotFound) as refusal:
        loader.resolve(name, subject)
    assert "facility-fy2023" in refusal.value.reason.ja
    assert "facility-fy2023" in refusal.value.reason.en


def test_an_edition_is_found_by_subject_and_year():
    assert loader.find(Subject.VENDOR, 2024).id == "vendor-fy2024"
    with pytest.raises(NotFound):
        loader.find(Subject.PHARMACY, 2023)


def test_editions_come_by_year_and_then_by_subject():
    assert [e.id for e in loader.load_all()][:4] == [
        "facility-fy2023",
        "vendor-fy2023",
        "facility-fy2024",
        "pharmacy-fy2024",
    ]


def test_the_text_of_an_edition_is_its_file():
    for edition in loader.load_all():
        assert loader.parse(loader.text_of(edition.id), "x") == edition
    with pytest.raises(NotFound):
        loader.text_of("controls")


def test_nobody_can_change_the_controls_that_others_read():
    with pytest.raises(TypeError):
        loader.controls()["a"] = None
    assert len(loader.controls()) == 20
