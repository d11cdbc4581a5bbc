"""Ledgers as hospitals keep them: every row and every cell where it should be."""

from datetime import date
from pathlib import Path

import pytest
from importers.ledger import making
from importers.ledger.making import HEADINGS, row

from mamori.core.ledger import Kind, Status
from mamori.core.ledger_reading import How, Why
from mamori.core.uploads import BadFile
from mamori.importers import ledger

HERE = Path(__file__).parent


def apparatus(reading):
    return [one.apparatus for one in reading.accepted]


def numbers(reading):
    return [one.apparatus.control_no for one in reading.accepted]


def why(reading):
    return {(one.sheet, one.row): one.why for one in reading.ignored}


def test_titles_a_merged_header_sections_totals_and_notes():
    rows = [
        ["○○病院 機器台帳"] + [""] * 9,
        ["作成:情報システム室 令和8年10月1日"] + [""] * 9,
        [""] * 10,
        [
            "管理番号",
            "メーカー",
            "ソフトウェア",
            "",
            "ネットワーク",
            "",
            "設置場所",
            "登録日",
            "状態",
            "リース会社",
        ],
        ["", "", "名称", "バージョン", "IPアドレス", "コンピュータ名", "", "", "", ""],
        ["【サーバ】"] + [""] * 9,
        [
            "0001",
            "富士通",
            "HOPE",
            "V9.2",
            "192.168.1.1",
            "KARTE1",
            "サーバ室",
            "R2.12.1",
            "稼働中",
            "A社",
        ],
        [
            "0002",
            "NEC",
            "PostgreSQL",
            "12.4",
            "192.168.X.X",
            "KARTE2",
            "サーバ室",
            "H28/2/16",
            "予備",
            "",
        ],
        ["小計", "", "", "", "", "", "", "", "2台", ""],
        ["■端末"] + [""] * 9,
        [
            "管理番号",
            "メーカー",
            "ソフトウェア",
            "",
            "ネットワーク",
            "",
            "設置場所",
            "登録日",
            "状態",
            "リース会社",
        ],
        [
            "0003",
            "HP",
            "心電図",
            "3.1",
            "192.168.1.3",
            "ECG1",
            "生理検査室",
            "平成元年1月8日",
            "休止",
            "",
        ],
        ["※廃棄済みの機器は別紙参照"] + [""] * 9,
        ["合計", "3台"] + [""] * 8,
    ]
    merges = [("台帳", 0, 0, 0, 9), ("台帳", 3, 2, 3, 3), ("台帳", 3, 4, 3, 5)]
    merges += [("台帳", 3, c, 4, c) for c in (0, 1, 6, 7, 8, 9)]
    reading = ledger.read(making.xlsx({"台帳": rows}, merges), "台帳.xlsx")
    assert numbers(reading) == ["0001", "0002", "0003"]
    assert [one.row for one in reading.accepted] == [7, 8, 12]
    first, second, third = apparatus(reading)
    assert first.software == "HOPE"
    assert first.software_version == "V9.2"
    assert first.computer_name == "KARTE1"
    assert first.registered_on == date(2020, 12, 1)
    assert second.registered_on == date(2016, 2, 16)
    assert second.ip_address == "192.168.X.X"
    assert third.registered_on == date(1989, 1, 8)
    assert [a.kind for a in (first, second, third)] == [Kind.SERVER, Kind.SERVER, Kind.TERMINAL]
    assert [a.status for a in (first, second, third)] == [
        Status.IN_USE,
        Status.SPARE,
        Status.OUT_OF_USE,
    ]
    assert why(reading) == {
        ("台帳", 1): Why.TITLE,
        ("台帳", 2): Why.TITLE,
        ("台帳", 4): Why.HEADER,
        ("台帳", 5): Why.HEADER,
        ("台帳", 6): Why.SECTION,
        ("台帳", 9): Why.TOTAL,
        ("台帳", 10): Why.SECTION,
        ("台帳", 11): Why.HEADER,
        ("台帳", 13): Why.FOOTNOTE,
        ("台帳", 14): Why.TOTAL,
    }
    columns = reading.sheets[0].blocks[0].columns
    assert [(c.heading, c.how) for c in columns if not c.field] == [("リース会社", How.NONE)]


def test_cp932_with_eras_company_marks_and_full_width():
    rows = [
        HEADINGS,
        row(
            1,
            メーカー="㈱髙橋商会①",
            登録日="令和元年５月１日",
            バージョン="１２．４",
            状態="使用中",
        ),
        row(2, 登録日="昭和64年1月7日", IPアドレス="１９２．１６８．１．２", 備考="ﾘﾓｰﾄ保守あり"),
        row(3, 登録日="平成31年4月30日", 利用者="医師a（内科、外科）・看護師b\n事務e"),
    ]
    reading = ledger.read(making.csv(rows, "cp932"), "daichou.csv")
    first, second, third = apparatus(reading)
    assert first.manufacturer == "㈱髙橋商会①"
    assert first.registered_on == date(2019, 5, 1)
    assert first.software_version == "12.4"
    assert second.registered_on == date(1989, 1, 7)
    assert second.ip_address == "192.168.1.2"
    assert second.note == "リモート保守あり"
    assert third.registered_on == date(2019, 4, 30)
    assert third.users == ("医師a（内科、外科）", "看護師b", "事務e")


def test_several_sheets_and_what_is_no_ledger():
    network = [
        [
            "No.",
            "製造元",
            "ＯＳ",
            "ソフト名",
            "ソフトVer",
            "IP",
            "機器名",
            "場所",
            "使用者",
            "登録年月日",
        ],
        [
            "N1",
            "ヤマハ",
            "Rev.14.01.38",
            "RTX1210",
            "Rev.14.01.38",
            "10.0.0.1",
            "NW1",
            "EPS",
            "",
            "",
        ],
    ]
    content = making.xlsx(
        {
            "サーバ": [HEADINGS, row(1)],
            "ネットワーク機器": network,
            "連絡先": [["氏名", "電話"], ["山田", "03-0000-0000"]],
            "記入例": [HEADINGS, row(9)],
            "空": [],
        }
    )
    reading = ledger.read(content, "two.xlsx")
    assert numbers(reading) == ["001", "N1"]
    assert [a.kind for a in apparatus(reading)] == [Kind.SERVER, Kind.NETWORK]
    skipped = {one.name: one.skipped for one in reading.sheets if one.skipped}
    assert skipped == {
        "連絡先": ledger.NO_HEADINGS,
        "記入例": ledger.EXAMPLE,
        "空": ledger.BLANK_SHEET,
    }


def test_the_official_example():
    content = (HERE / "official_example" / "input.csv").read_bytes()
    reading = ledger.read(content, "input.csv")
    assert not reading.rejected
    assert numbers(reading) == ["001", "002", "003", "004"]
    found = apparatus(reading)
    assert found[0].registered_on == date(2020, 12, 1)
    assert found[1].status is Status.OUT_OF_USE
    assert found[1].note == "Maintenance"
    assert found[3].users == (
        "Physician a (Department XX)",
        "Physician b (Department XX)",
        "Physician c (Department XXX)",
    )
    assert {a.kind for a in found} == {Kind.TERMINAL}
    assert all(one.doubts[0].field == "kind" for one in reading.accepted)


BAD = [
    (row(2, 登録日="令和2年13月40日"), "J3", "日付はありません"),
    (row(5, 登録日="そのうち"), "J6", "読み取れません"),
    (row(8, 登録日="3/4/2020"), "J9", "月と日の順"),
]


def test_three_rows_of_ten_are_bad_and_the_others_are_taken():
    rows = [HEADINGS, *(row(n) for n in range(1, 11))]
    for at, (bad, _, _) in zip((2, 5, 8), BAD, strict=True):
        rows[at] = bad
    reading = ledger.read(making.xlsx({"台帳": rows}), "bad.xlsx")
    assert numbers(reading) == ["001", "003", "004", "006", "007", "009", "010"]
    assert [(one.row, one.cell) for one in reading.rejected] == [(3, "J3"), (6, "J6"), (9, "J9")]
    for one, (_, _, words) in zip(reading.rejected, BAD, strict=True):
        assert words in one.reason.ja
        assert one.reason.en
        assert one.values[0] == one.keys[0]


def test_other_reasons_to_reject_a_row():
    rows = [
        HEADINGS,
        row(1),
        row(2, 管理番号="", コンピュータ名="", IPアドレス="192.168.*.*"),
        row(3, 備考="あ" * 5000),
        ["004", *[""] * 11],
        row(5, 登録日="1900/1/1", 備考="い" * 5000),
    ]
    reading = ledger.read(making.csv(rows), "a.csv")
    assert numbers(reading) == ["001"]
    assert [(r.row, r.cell) for r in reading.rejected] == [(3, ""), (4, "L4"), (5, ""), (6, "J6")]
    assert "L6" in reading.rejected[3].reason.ja


def test_cells_joined_downwards_belong_to_every_row():
    rows = [HEADINGS, row(1), row(2, 設置場所=""), row(3, 設置場所="薬局")]
    reading = ledger.read(making.xlsx({"台帳": rows}, [("台帳", 1, 7, 2, 7)]), "m.xlsx")
    assert [a.location for a in apparatus(reading)] == ["外来診察室", "外来診察室", "薬局"]


def test_a_second_table_with_other_headings_on_one_sheet():
    rows = [
        HEADINGS,
        row(1),
        [""] * 12,
        ["コンピュータ名", "管理番号", "シリアル番号", "メーカー", *[""] * 8],
        ["NW1", "N1", "S-99", "ヤマハ", *[""] * 8],
    ]
    reading = ledger.read(making.csv(rows), "a.csv")
    assert [(a.control_no, a.computer_name, a.serial) for a in apparatus(reading)] == [
        ("001", "PC-001", ""),
        ("N1", "NW1", "S-99"),
    ]
    assert len(reading.sheets[0].blocks) == 2


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (making.xlsx({"台帳": [HEADINGS, row(1), row(2)]}), "a.xlsx"),
        (making.xls([HEADINGS, row(1), row(2)]), "a.xls"),
        (making.ods({"台帳": [HEADINGS, row(1), row(2)]}), "a.ods"),
        (making.csv([HEADINGS, row(1), row(2)]), "a.csv"),
        (making.csv([HEADINGS, row(1), row(2)], "utf-8-sig"), "a.csv"),
        (making.csv([HEADINGS, row(1), row(2)], "utf-16", "\t"), "a.tsv"),
        (making.csv([HEADINGS, row(1), row(2)], "utf-16-le", "\t"), "a.tsv"),
        (making.csv([HEADINGS, row(1), row(2)], "cp932", ";"), "a.csv"),
    ],
    ids=["xlsx", "xls", "ods", "utf-8", "utf-8 marked", "utf-16", "utf-16 unmarked", "cp932"],
)
def test_every_kind_of_file_reads_to_the_same_rows(content, name):
    reading = ledger.read(content, name)
    plain = ledger.read(making.csv([HEADINGS, row(1), row(2)]), "plain.csv")
    assert apparatus(reading) == apparatus(plain)
    assert [one.digest for one in reading.accepted] == [one.digest for one in plain.accepted]
    assert not reading.notes


def test_a_joined_header_in_an_old_workbook():
    rows = [
        ["機器台帳", "", "", ""],
        ["管理番号", "ソフトウェア", "", "メーカー"],
        ["", "名称", "バージョン", ""],
        ["001", "HOPE", 12.5, "富士通"],
    ]
    merges = [(0, 0, 0, 3), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3)]
    (only,) = ledger.read(making.xls(rows, merges=merges), "a.xls").accepted
    assert only.apparatus.software == "HOPE"
    assert only.apparatus.software_version == "12.5"
    assert [d.cell for d in only.doubts if d.field == "software_version"] == ["C4"]


def test_numbers_that_may_have_lost_their_zeros_are_doubted():
    rows = [HEADINGS, row(1), row(2), row(3)]
    rows[3][0] = 3.0
    reading = ledger.read(making.xlsx({"端末": rows}), "z.xlsx")
    assert numbers(reading) == ["001", "002", "3"]
    assert [[d.cell for d in one.doubts] for one in reading.accepted] == [[], [], ["A4"]]


def test_spreadsheet_days_and_day_numbers():
    rows = [HEADINGS, row(1, 登録日=date(2021, 7, 27)), row(2, 登録日=44197.0)]
    rows += [row(3, 登録日=20201201.0)]
    reading = ledger.read(making.xlsx({"端末": rows}), "d.xlsx")
    assert [a.registered_on for a in apparatus(reading)] == [
        date(2021, 7, 27),
        date(2021, 1, 1),
        date(2020, 12, 1),
    ]


def test_an_unknown_state_is_other_and_doubted():
    (only,) = ledger.read(making.csv([HEADINGS, row(1, 状態="ほこりまみれ")]), "a.csv").accepted
    assert only.apparatus.status is Status.OTHER
    assert [d.cell for d in only.doubts if d.field == "status"] == ["K2"]


def test_a_middle_dot_in_a_foreign_name_is_left_alone():
    rows = [HEADINGS, row(1, 利用者="ジョン・スミス"), row(2, 利用者="医師a・看護師b")]
    first, second = ledger.read(making.csv(rows), "a.csv").accepted
    assert first.apparatus.users == ("ジョン・スミス",)
    assert [d.cell for d in first.doubts if d.field == "users"] == ["I2"]
    assert second.apparatus.users == ("医師a", "看護師b")


def test_a_version_inside_the_software_cell_stays_there():
    rows = [HEADINGS, row(1, ソフトウェア="PostgreSQL 12.4", バージョン="")]
    (only,) = apparatus(ledger.read(making.csv(rows), "a.csv"))
    assert (only.software, only.software_version) == ("PostgreSQL 12.4", "")


def test_a_mapping_corrects_what_columns_are_taken_for():
    rows = [["機器", "社名", "番号札", "メモ書き"], ["PC1", "NEC", "7", "x"]]
    content = making.csv(rows)
    with pytest.raises(BadFile):
        ledger.read(content, "a.csv")
    given = {
        "機器": "computer_name",
        "社名": "manufacturer",
        "番号札": "control_no",
        "メモ書き": "",
    }
    reading = ledger.read(content, "a.csv", mapping=given)
    (only,) = apparatus(reading)
    assert (only.control_no, only.computer_name, only.manufacturer, only.note) == (
        "7",
        "PC1",
        "NEC",
        "",
    )
    block = reading.sheets[0].blocks[0]
    assert {c.how for c in block.columns} == {How.GIVEN}


def test_a_remembered_mapping_is_found_by_the_signature_of_the_headings():
    rows = [["管理番号", "メーカー", "OS", "置いてある所"], ["1", "NEC", "Win11", "薬局"]]
    content = making.csv(rows)
    before = ledger.read(content, "a.csv")
    signature = before.sheets[0].blocks[0].signature
    assert apparatus(before)[0].location == ""
    after = ledger.read(content, "b.csv", remembered={signature: {"置いてある所": "location"}})
    assert apparatus(after)[0].location == "薬局"


def test_a_heading_that_is_only_similar_is_a_proposal_of_low_confidence():
    rows = [
        ["管理番号", "メーカー", "OS", "コンピュターネーム", "設置個所"],
        ["1", "NEC", "Win11", "PC", "薬局"],
    ]
    columns = ledger.read(making.csv(rows), "a.csv").sheets[0].blocks[0].columns
    found = {c.heading: (c.field, c.how) for c in columns}
    assert found["設置個所"] == ("location", How.SIMILAR)
    assert all(c.confidence < 0.6 for c in columns if c.how is How.SIMILAR)


def test_formulas_give_their_value_and_failed_ones_are_doubted():
    content = making.xlsx({"端末": [HEADINGS, row(1), row(2)]})

    def formulas(sheet):
        sheet = sheet.replace(b"</sheetData>", b"</sheetData>")
        start = sheet.index(b'<c r="H2"')
        end = sheet.index(b"</c>", start) + 4
        failed = b'<c r="H2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        sheet = sheet[:start] + failed + sheet[end:]
        start = sheet.index(b'<c r="B3"')
        end = sheet.index(b"</c>", start) + 4
        return sheet[:start] + b'<c r="B3" t="str"><f>A1</f><v>NEC</v></c>' + sheet[end:]

    reading = ledger.read(making.changed(content, "xl/worksheets/sheet1.xml", formulas), "f.xlsx")
    first, second = reading.accepted
    assert first.apparatus.location == ""
    assert [d.cell for d in first.doubts] == ["H2"]
    assert second.apparatus.manufacturer == "NEC"


def test_progress_reaches_the_end():
    seen = []
    ledger.read(
        making.csv([HEADINGS, row(1)]),
        "a.csv",
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen[-1] == (2, 2)


@pytest.mark.parametrize("group", ["機器", "ハードウェア", "見慣れない見出し"])
def test_a_second_heading_row_never_parts_the_columns_above_it_from_the_rows(group):
    top = ["№", "管理番号", group, "", "OS", "", "IPアドレス", "コンピュータ名", "設置場所"]
    bottom = ["", "", "メーカー", "型番", "名称", "バージョン", "", "", ""]
    first = [1, "PC-001", "富士通", "D7012", "Windows 11", "Pro 24H2", "192.0.2.1", "HSZ1", "外来"]
    merges = [("台帳", 0, 2, 0, 3), ("台帳", 0, 4, 0, 5)]
    reading = ledger.read(making.xlsx({"台帳": [top, bottom, first]}, merges), "台帳.xlsx")
    (one,) = apparatus(reading)
    assert (one.control_no, one.computer_name, one.ip_address) == ("PC-001", "HSZ1", "192.0.2.1")
    assert (one.manufacturer, one.model, one.os) == ("富士通", "D7012", "Windows 11 Pro 24H2")
