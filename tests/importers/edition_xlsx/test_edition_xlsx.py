"""An edition written in the workbook comes back whole, or says cell by cell what did not."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from mamori.core import edition_template as template
from mamori.core.edition_rules import EditionFault
from mamori.core.viewer import Refused
from mamori.editions import loader
from mamori.exporters import edition_template_xlsx
from mamori.importers import edition_xlsx

CONTROLS = loader.controls()
HEAD = 2  # rows of keys above the first item


def workbook(edition=None):
    """The template as an open workbook, to be written in as a person would."""
    content = edition_template_xlsx.write(edition, CONTROLS.values())
    return openpyxl.load_workbook(BytesIO(content))


def read(book, name="fy2026.xlsx"):
    """Import a workbook."""
    buffer = BytesIO()
    book.save(buffer)
    return edition_xlsx.read(buffer.getvalue(), name, CONTROLS)


def column(book, sheet, key):
    """The letter of a column by its key."""
    cell = next(c for c in book[sheet][1] if c.value == key)
    return cell.column_letter


def write(book, sheet, key, row, value):
    """Write one cell under a key; give its name."""
    name = f"{column(book, sheet, key)}{row}"
    book[sheet][name].value = value
    return name


def lost(draft):
    """What could not be mapped, as lines of a table."""
    return [(r.sheet, r.cell, r.value, r.reason.en) for r in draft.unmapped]


@pytest.mark.parametrize("edition", loader.load_all(), ids=lambda e: e.id)
def test_every_shipped_edition_comes_back_the_same_but_unverified(edition):
    draft = edition_xlsx.read(
        edition_template_xlsx.write(edition, CONTROLS.values()), "x.xlsx", CONTROLS
    )
    assert draft.unmapped == ()
    assert draft.adjusted == ()
    assert loader.parse(draft.text, "x.toml") == replace(edition, verified=False)


def test_the_same_edition_gives_the_same_bytes():
    edition = loader.load("vendor-fy2025")
    first = edition_template_xlsx.write(edition, CONTROLS.values())
    assert first == edition_template_xlsx.write(edition, CONTROLS.values())


def test_saving_the_template_in_another_program_changes_nothing():
    edition = loader.load("facility-fy2025")
    draft = read(workbook(edition))
    assert draft.unmapped == ()
    assert loader.parse(draft.text, "x.toml") == replace(edition, verified=False)


def test_the_blank_template_has_keys_human_words_and_drop_downs():
    book = workbook()
    assert book.sheetnames == [
        "guide",
        "edition",
        "sections",
        "headings",
        "notes",
        "items",
        "controls",
    ]
    for sheet, columns in template.COLUMNS.items():
        assert [c.value for c in book[sheet][1]] == [c.key for c in columns]
        assert [c.value for c in book[sheet][2]] == [
            f"{c.title.ja} / {c.title.en}" for c in columns
        ]
    offered = {str(v.sqref).split(":")[0]: v for v in book["items"].data_validations.dataValidation}
    level = offered[f"{column(book, 'items', 'level')}3"]
    control = offered[f"{column(book, 'items', 'control')}3"]
    assert level.formula1 == '"mandatory,reference"'
    assert control.formula1 == f"controls!$A$2:$A${len(CONTROLS) + 1}"
    assert [row[0].value for row in book["controls"].iter_rows(min_row=2)] == list(CONTROLS)


def test_the_blank_template_says_what_is_empty_and_is_no_edition():
    draft = read(workbook())
    assert [r.cell for r in draft.unmapped] == ["B2", "B3", "B5", "B6", "B7", "B8", "B9", "B10"]
    with pytest.raises(EditionFault):
        loader.parse(draft.text, "x.toml")


def test_words_that_look_like_formulas_are_words():
    edition = loader.load("vendor-fy2025")
    trap = replace(edition.items[1].text, ja="=HYPERLINK(あ)", en="+1 'quoted'")
    items = (edition.items[0], replace(edition.items[1], text=trap), *edition.items[2:])
    edition = replace(edition, items=items)
    content = edition_template_xlsx.write(edition, CONTROLS.values())
    sheet = openpyxl.load_workbook(BytesIO(content))["items"]
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    draft = edition_xlsx.read(content, "x.xlsx", CONTROLS)
    assert loader.parse(draft.text, "x.toml") == replace(edition, verified=False)


def messy():
    """A workbook for FY2026 as a hurried person fills it, from the list of FY2025."""
    book = workbook(loader.load("facility-fy2025"))
    lines = {row[0].value: row[1] for row in book["edition"].iter_rows(min_row=2)}
    lines["fiscal_year"].value = "令和8年度"
    lines["valid_from"].value = date(2026, 4, 1)
    lines["valid_to"].value = "令和9年3月31日"
    lines["name.en"].value = None
    lines["subject"].value = "薬局確認用"
    for row in range(HEAD + 1, HEAD + 20):
        write(book, "items", "due_year", row, "2026")
    return book


def test_what_can_be_read_otherwise_is_read_and_told():
    book = messy()
    code = write(book, "items", "code", 5, "２（２）")
    level = write(book, "items", "level", 6, "必須")
    scopes = write(book, "items", "scopes", 16, "サーバ、端末PC")
    cells = write(book, "items", "cells", 7, "１回目、目標日、2回目")
    control = write(book, "items", "control", 8, "不要なアカウントの削除")
    draft = read(book)
    assert lost(draft) == [("edition", "B8", "", "“Name in English” is empty.")]
    told = {(r.sheet, r.cell): r.reason.en for r in draft.adjusted}
    assert told[("items", code)] == "It was read as “2(2)”."
    assert told[("items", level)] == "It was read as “mandatory”."
    assert told[("items", scopes)] == "It was read as “server, terminal”."
    assert told[("items", cells)] == "It was read as “first, target, second”."
    assert told[("items", control)] == "It was read as “accounts.unused-removed”."
    assert told[("edition", "B2")] == "It was read as “pharmacy”."
    assert told[("edition", "B3")] == "It was read as “2026”."
    assert told[("edition", "B6")] == "It was read as “2027-03-31”."


def test_a_mended_draft_is_an_edition():
    draft = read(messy())
    mended = draft.text.replace("name.ja =", 'name.en = "FY2026 list"\nname.ja =')
    edition = loader.parse(mended, "pharmacy-fy2026.toml")
    assert (edition.id, edition.verified) == ("pharmacy-fy2026", False)
    assert edition.valid_from == date(2026, 4, 1)
    assert {i.due_year for i in edition.items} == {2026}


# (sheet, key, row, what is written, the reason)
WRONG = [
    (
        "items",
        "control",
        4,
        "accounts.unused",
        "There is no control “accounts.unused”. The nearest:",
    ),
    ("items", "control", 5, "zzzz", "There is no control “zzzz”. The nearest: none"),
    ("items", "control", 6, None, "No control is chosen. The nearest: Remote maintenance known"),
    ("items", "text.en", 7, None, "“Item in English” is empty."),
    ("items", "cells", 8, "first, third", "“third” is not known. It can be: first, target, second"),
    ("items", "scopes", 9, "server; printers", "“printers” is not known."),
    ("items", "level", 10, "重要", "“重要” is not known. It can be: mandatory, reference"),
    ("items", "due_year", 11, "来年", "Write the fiscal year with four digits"),
    ("items", "due_year", 12, 20260, "Write the fiscal year with four digits"),
    ("items", "code", 13, date(2026, 2, 8), "The spreadsheet has turned the code into a date."),
    ("items", "conditions", 14, "needs vender", "“needs vender” is not known."),
    ("items", "citations", 15, "ガイドライン 8.1", "Write citations as document | section"),
    ("items", "section", 16, None, "“Section” is empty."),
    ("sections", "title.en", 4, None, "“Title in English” is empty."),
    ("headings", "heading", 3, "everything", "“everything” is not known."),
    ("notes", "text.ja", 3, None, "“Note in Japanese” is empty."),
]


@pytest.mark.parametrize(("sheet", "key", "row", "value", "reason"), WRONG)
def test_each_cell_that_cannot_be_mapped_is_told_and_never_becomes_an_edition(
    sheet, key, row, value, reason
):
    book = workbook(loader.load("facility-fy2025"))
    name = write(book, sheet, key, row, value)
    draft = read(book)
    assert [(r.sheet, r.row, r.cell) for r in draft.unmapped] == [(sheet, row, name)]
    assert draft.unmapped[0].reason.en.startswith(reason)
    assert f"# {sheet} {name}: " in draft.text
    with pytest.raises(EditionFault):
        loader.parse(draft.text, "x.toml")


def test_all_faults_at_once_are_all_told_and_all_stand_in_the_draft():
    book = workbook(loader.load("facility-fy2025"))
    names = {(sheet, write(book, sheet, key, row, value)) for sheet, key, row, value, _ in WRONG}
    draft = read(book)
    assert {(r.sheet, r.cell) for r in draft.unmapped} == names
    for sheet, name in names:
        assert draft.text.count(f"# {sheet} {name}: ") == 1
    for written in (
        "accounts.unused",
        "third",
        "printers",
        "重要",
        "来年",
        "20260",
        "needs vender",
    ):
        assert f'"{written}"' in draft.text
    assert draft.text.count("[[items]]") == 19


def test_an_unknown_control_gets_the_nearest_as_a_hint_and_stays_unmapped():
    book = workbook(loader.load("facility-fy2025"))
    write(book, "items", "control", 9, "アカウントの削除")
    draft = read(book)
    (remark,) = draft.unmapped
    assert "不要なアカウントの削除 (accounts.unused-removed)" in remark.reason.ja
    assert "Unused accounts removed (accounts.unused-removed)" in remark.reason.en
    assert 'control = "アカウントの削除"' in draft.text


def test_rules_of_editions_are_told_by_row_even_beside_other_faults():
    book = workbook(loader.load("facility-fy2025"))
    write(book, "notes", "text.en", 3, None)
    twice = write(book, "items", "code", 8, "2③")
    late = write(book, "items", "due_year", 9, 2026)
    write(book, "items", "cells", 10, "second")
    found = lost(read(book))
    assert ("notes", "B3", "", "“Note in English” is empty.") in found
    assert (
        "items",
        twice,
        "2③/all",
        "2③/all stands twice; a code and its scope may be used once only.",
    ) in found
    code = late.replace(column(book, "items", "due_year"), column(book, "items", "code"))
    assert ("items", code, "2⑤/all", "A mandatory item is due in fiscal year 2025.") in found
    assert ("items", "A10", "2⑥/all", "The cell of the first check is missing.") in found
    assert len(found) == 4


def test_rules_on_the_whole_are_told_when_all_cells_could_be_read():
    book = workbook(loader.load("facility-fy2025"))
    book["headings"].delete_rows(3)
    assert lost(read(book)) == [
        ("edition", "", "", "Heading all must stand both in headings and in an item.")
    ]


def test_foreign_columns_sheets_keys_and_doubles_are_told():
    book = workbook(loader.load("facility-fy2025"))
    items = book["items"]
    items["L1"].value, items["L4"].value, items["M1"].value = "remarks", "see page 3", "level"
    items["M5"].value = "reference"
    book["edition"]["A11"].value, book["edition"]["B11"].value = "author", "山田"
    book["edition"]["A12"].value, book["edition"]["B12"].value = "revision", 7
    book["headings"].append(["all", "別の文", "Another sentence"])
    book.create_sheet("メモ")["A1"].value = "x"
    draft = read(book)
    assert lost(draft) == [
        ("メモ", "", "", "The template has no such sheet; it was not read."),
        ("edition", "A11", "author = 山田", "The template has no such key; it was not read."),
        ("edition", "A12", "revision = 7", "It stands twice; this one was not read."),
        ("items", "L1", "remarks", "The template has no such column; 1 cells were not read."),
        ("items", "M1", "level", "Another column has the same key; this one was not read."),
        ("headings", "A7", "all: 別の文", "It stands twice; this one was not read."),
    ]
    assert "see page 3" not in draft.text
    assert loader.parse(draft.text, "x.toml").revision == 1


def test_columns_may_be_moved_and_the_human_row_removed():
    edition = loader.load("vendor-fy2025")
    book = workbook(edition)
    book["items"].delete_rows(2)
    book["items"].insert_rows(1)
    book["items"].move_range("K2:K20", cols=5)
    draft = read(book)
    assert draft.unmapped == ()
    assert loader.parse(draft.text, "x.toml") == replace(edition, verified=False)


def test_a_missing_sheet_column_or_row_of_keys_is_told():
    book = workbook(loader.load("vendor-fy2025"))
    del book["sections"]
    book["items"][f"{column(book, 'items', 'control')}1"].value = "control id"
    book["notes"]["A1"].value = book["notes"]["B1"].value = "?"
    found = lost(read(book))
    assert ("sections", "", "", "The sheet is missing.") in found
    assert ("items", "", "", "The column control is missing.") in found
    assert ("notes", "", "", "The row of keys (text.ja, text.en) cannot be found.") in found


def test_a_formula_without_its_result_is_told():
    book = workbook(loader.load("vendor-fy2025"))
    name = write(book, "items", "text.en", 5, '="Security"&" patches"')
    found = lost(read(book))
    assert [row[:2] for row in found] == [("items", name)]
    assert found[0][3].startswith("The result of the formula was not saved.")


def test_control_characters_cannot_break_out_of_a_comment():
    book = workbook(loader.load("vendor-fy2025"))
    write(book, "items", "level", 4, 'x\nverified = true\n[[items]]\ncode = "9(9)"')
    draft = read(book)
    assert "\nverified = true" not in draft.text
    assert draft.text.count("\n[[items]]") == 13


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "It is empty."),
        (b"code,scopes\n2(1),all\n", "It has none of the sheets of the template"),
        (b"PK\x03\x04 no zip at all", "It is damaged or cut short."),
        (b"%PDF-1.7", "A PDF file cannot be read as a sheet."),
        (b"a" * (template.MAX_BYTES + 1), "It is larger than the limit of 4 MB."),
    ],
)
def test_a_file_that_is_not_the_template_is_refused_by_name(content, said):
    with pytest.raises(Refused) as refusal:
        edition_xlsx.read(content, "list.xlsx", CONTROLS)
    assert "list.xlsx" in refusal.value.reason.ja
    assert said in refusal.value.reason.en


def test_another_workbook_and_one_with_too_many_rows_are_refused():
    book = openpyxl.Workbook()
    book.active["A1"].value = "x"
    with pytest.raises(Refused, match="none of the sheets of the template"):
        read(book)
    book = workbook(loader.load("vendor-fy2025"))
    for _ in range(template.MAX_ROWS):
        book["notes"].append(["注", "note"])
    with pytest.raises(Refused, match="Sheet notes has more than 1000 rows"):
        read(book)
