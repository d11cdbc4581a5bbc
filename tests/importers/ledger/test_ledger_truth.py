"""The ledgers of the real test data read to their truth, beside a reader that takes no care."""

import json
from io import BytesIO

from python_calamine import CalamineWorkbook

from mamori.core.ledger import COLUMN_NAMES, KIND_NAMES, said
from mamori.importers import ledger

# The truth file's own keys (see the README beside it).
KEYS = {
    "maker": "manufacturer",
    "version": "software_version",
    "ip": "ip_address",
    "place": "location",
    "registered": "registered_on",
}
KIND = {words.ja: kind.value for kind, words in KIND_NAMES.items()}


def expected(truth, key):
    value = truth[key]
    if key == "users":
        return "\x1e".join(value)
    return KIND[value] if key == "kind" else value


def naive(rows):
    """What a plain table reader gives: the first row names the columns, cells stay as they are."""
    head = [str(cell) for cell in rows[0]]
    return [dict(zip(head, map(str, one), strict=False)) for one in rows[1:]]


def naive_score(found, truth, keys):
    by_number = {one.get("管理番号", ""): one for one in found}
    good = 0
    for one in truth:
        row = by_number.get(one["control_no"], {})
        for key in keys:
            words = COLUMN_NAMES[KEYS.get(key, key)].ja
            good += key in one and row.get(words, None) == one[key]
    return good / (len(truth) * len(keys))


def our_score(reading, truth, keys):
    by_number = {one.apparatus.control_no: one.apparatus for one in reading.accepted}
    good = 0
    for one in truth:
        found = by_number.get(one["control_no"])
        for key in keys:
            good += found is not None and said(found, KEYS.get(key, key)) == expected(one, key)
    return good / (len(truth) * len(keys))


def test_the_messy_workbook_reads_to_its_truth(real_data):
    folder = real_data / "ledger" / "ledgers"
    truth = json.loads((folder / "ledger-ja-messy.truth.json").read_text("utf-8"))
    content = (folder / "ledger-ja-messy.xlsx").read_bytes()
    reading = ledger.read(content, "ledger-ja-messy.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    plain = [
        one
        for name in book.sheet_names
        for one in naive(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    ]
    ours, theirs = our_score(reading, truth, truth[0]), naive_score(plain, truth, truth[0])
    print(f"cells right: {ours:.4f}, a plain reader: {theirs:.4f}")
    assert [one.apparatus.control_no for one in reading.accepted] == [
        t["control_no"] for t in truth
    ]
    assert not reading.rejected
    assert ours >= 0.99
    assert theirs < 0.5


def test_the_cp932_file_reads_to_the_same_rows(real_data):
    folder = real_data / "ledger" / "ledgers"
    truth = json.loads((folder / "ledger-ja-messy.truth.json").read_text("utf-8"))
    # Its notes differ from the workbook's, so they are looked at by themselves.
    keys = [key for key in truth[0] if key != "note"]
    content = (folder / "ledger-ja-cp932.csv").read_bytes()
    reading = ledger.read(content, "ledger-ja-cp932.csv")
    lines = [line.split(",") for line in content.decode("cp932").splitlines()]
    ours, theirs = our_score(reading, truth, keys), naive_score(naive(lines), truth, keys)
    print(f"cells right: {ours:.4f}, a plain reader: {theirs:.4f}")
    assert not reading.rejected
    assert ours >= 0.99
    assert theirs < 0.9
    assert {one.apparatus.note for one in reading.accepted} == {"", "㈱髙橋商会①"}


def test_the_official_example_of_the_real_data(real_data):
    content = (real_data / "ledger" / "ledgers" / "ledger-en-official-example.csv").read_bytes()
    reading = ledger.read(content, "ledger-en-official-example.csv")
    assert len(reading.accepted) == 4
    assert not reading.rejected
    assert len(reading.accepted[3].apparatus.users) == 3
