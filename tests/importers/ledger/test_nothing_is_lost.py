"""Whatever a sheet holds, every row that is not empty ends in one place, and only one."""

from hypothesis import given, settings
from hypothesis import strategies as st
from importers.ledger import making
from importers.ledger.making import HEADINGS, row

from mamori.core import tables
from mamori.core.uploads import BadFile
from mamori.importers import ledger
from mamori.importers.ledger import readers

WORDS = st.sampled_from(
    [
        *("", "", "", "001", "12", "PC-1", "富士通", "Win11", "192.168.1.1", "192.168.X.X", "合計"),
        *(
            "小計",
            "※注",
            "【サーバ】",
            "■端末",
            "管理番号",
            "メーカー",
            "OS",
            "設置場所",
            "備考",
            "No.",
        ),
        *("令和2年12月1日", "2020/13/1", "不明", "使用中", "廃棄", " ", "　", "-", "=1+1", "以上"),
        *("医師a・看護師b", "あ" * 600, "12345", "①", "ｱｲｳ", "Note: x", "Total"),
    ]
)
ROWS = st.one_of(
    st.lists(WORDS | st.text(max_size=6), min_size=12, max_size=12),
    st.integers(1, 40).map(row),
    st.just(HEADINGS),
    st.just(["機器台帳", *[""] * 11]),
)


@settings(max_examples=300)
@given(st.lists(ROWS, min_size=1, max_size=25), st.booleans())
def test_each_row_is_accepted_rejected_or_ignored(rows, as_workbook):
    if as_workbook:
        clean = [["".join(c for c in cell if c.isprintable()) for cell in one] for one in rows]
        content, name = making.xlsx({"台帳": clean}), "a.xlsx"
    else:
        content, name = making.csv(rows), "a.csv"
    try:
        reading = ledger.read(content, name)
    except BadFile:
        return
    (sheet,) = tables.open_book(content, name).sheets
    places = [
        *(one.row for one in reading.accepted),
        *(one.row for one in reading.rejected),
        *(one.row for one in reading.ignored),
    ]
    assert sorted(places) == sorted(set(places))
    assert set(places) == set(sheet.numbers)


@settings(max_examples=100)
@given(st.lists(st.integers(1, 60), unique=True, min_size=1, max_size=30), st.data())
def test_good_rows_are_accepted_whatever_stands_between_them(numbers, data):
    between = [["※注", *[""] * 11], ["", *[""] * 11], ["合計", "9", *[""] * 10], HEADINGS]
    bad = row(99, 登録日="いつか")
    rows = [HEADINGS]
    for number in numbers:
        rows.append(row(number))
        if data.draw(st.booleans()):
            rows.append(data.draw(st.sampled_from([*between, bad])))
    reading = ledger.read(making.csv(rows), "a.csv")
    assert [one.apparatus.control_no for one in reading.accepted] == [f"{n:03d}" for n in numbers]


@given(st.text(st.sampled_from("ab医（）()「」、,/;・ \n"), max_size=14))
def test_the_quick_way_to_split_names_is_the_careful_way(text):
    assert readers.split_names(text) == readers.split_outside_brackets(text)


OCTET = st.sampled_from(["0", "10", "192", "255", "256", "300", "999", "1000", "", "x", "07"])
ADDRESS = st.lists(OCTET, min_size=1, max_size=5).map(".".join) | st.just("")


@given(st.lists(ADDRESS, min_size=1, max_size=6), st.sampled_from(["ip_address", "control_no"]))
def test_a_column_that_needs_nothing_is_what_reading_each_cell_gives(column, field):
    distinct = [f"10.0.0.{n}" for n in range(200)]
    whole = [*distinct, *column]
    if readers.needs_nothing(field, whole):
        memory = readers.reader(field)
        assert [memory[cell] for cell in whole] == whole
        assert not memory.bad
        assert not memory.doubts
