"""The same ledger as a hospital keeps it: four sheets of Excel, and none of them tidy."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mamori.core import calendar
from mamori.core.ledger import Apparatus, Kind, Status

Formats: TypeAlias = dict[str, Format]

FILE = "機器台帳_しらさぎ総合病院.xlsx"
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
STATUS_WORDS = {
    Status.IN_USE: "使用中",
    Status.DISPOSED: "廃棄済",
    Status.SPARE: "予備",
    Status.OUT_OF_USE: "使用停止",
}
SHEETS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("サーバ", (Kind.SERVER,)),
    ("端末PC", (Kind.TERMINAL,)),
    ("ネットワーク機器", (Kind.NETWORK,)),
    ("医療機器ほか", (Kind.MEDICAL, Kind.IOT)),
)
# (heading above, headings below) in the order of the columns; a heading alone spans both rows.
HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("管理番号", ()),
    ("区分", ()),
    ("機器", ("メーカー", "型番")),
    ("OS", ()),
    ("ソフトウェア", ("名称", "バージョン")),
    ("ネットワーク", ("IPアドレス", "コンピュータ名")),
    ("設置場所", ()),
    ("利用者", ()),
    ("登録日", ()),
    ("状態", ()),
    ("備考", ()),
)
KIND_WORDS = {
    Kind.SERVER: "サーバ",
    Kind.TERMINAL: "端末PC",
    Kind.NETWORK: "ネットワーク機器",
    Kind.MEDICAL: "医療機器",
    Kind.IOT: "IoT機器",
}
# Five rows nobody can take: days that do not exist or cannot be told, among the terminals.
BAD_DAYS = ("令和3年2月30日", "H31.13.1", "04/05/2022", "令和元年2月1日", "昨年の秋ごろ")


@dataclass(frozen=True, slots=True)
class _Day:
    """A day to be written as a real date of Excel."""

    day: date


# How clerks write days; taken in turn.
_DAYS: tuple[Callable[[date], str | _Day], ...] = (
    calendar.in_era,
    lambda d: f"R{d.year - 2018}.{d.month}.{d.day}",
    lambda d: d.strftime("%Y/%m/%d"),
    _Day,
    lambda d: f"{d.year}年{d.month}月{d.day}日",
)


def write(rows: Sequence[Apparatus], today: date) -> bytes:
    """Write the ledger as one xlsx file; the same rows and day give the same bytes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False})
    made = datetime(today.year, today.month, today.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": "機器台帳", "author": "情報システム室", "created": made})
    formats = {
        "head": book.add_format(
            {"bold": True, "border": 1, "align": "center", "bg_color": "#D9E6FF"}
        ),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "day": book.add_format({"num_format": "yyyy/mm/dd"}),
    }
    for name, kinds in SHEETS:
        own = [one for one in rows if one.kind in kinds]
        _sheet(book.add_worksheet(name), name, own, today, formats)
    book.close()
    return file.getvalue()


def _sheet(
    sheet: Worksheet, name: str, rows: Sequence[Apparatus], today: date, formats: Formats
) -> None:
    """Write title, line of update, headings, rows, total and footnotes of one sheet."""
    width = sum(max(1, len(below)) for _, below in HEADINGS)
    sheet.merge_range(0, 0, 0, width - 1, f"機器台帳({name})", formats["title"])
    sheet.write(1, 0, f"最終更新: {calendar.in_era(today)}  情報システム室")
    _headings(sheet, formats["head"])
    line = 5
    for at, one in enumerate(rows):
        if at and at % 60 == 0:
            line += 1  # a blank row where a page of the print ended
        _write(sheet, line, _cells(one, at), formats["day"])
        line += 1
    if rows and rows[0].kind is Kind.TERMINAL:
        for at, day in enumerate(BAD_DAYS):
            _write(sheet, line, _bad(at, day), formats["day"])
            line += 1
    sheet.write(line, 0, "合計")
    sheet.write(line, 1, f"{len(rows)}台")
    sheet.write(line + 2, 0, "※ IPアドレスを公開できない機器は伏せ字にしています。")
    sheet.write(line + 3, 0, "※ 廃棄した機器は年度末に削除します。")


def _headings(sheet: Worksheet, style: Format) -> None:
    """Write the headings over two rows, joined where one has no parts."""
    column = 0
    for above, below in HEADINGS:
        if not below:
            sheet.merge_range(3, column, 4, column, above, style)
            column += 1
            continue
        sheet.merge_range(3, column, 3, column + len(below) - 1, above, style)
        for at, word in enumerate(below):
            sheet.write(4, column + at, word, style)
        column += len(below)


def _cells(one: Apparatus, at: int) -> list[str | _Day]:
    """Write one apparatus as a clerk does: full-width digits here, an era there."""
    wide = at % 7 == 3
    day = _DAYS[at % len(_DAYS)](one.registered_on) if one.registered_on else ""
    return [
        one.control_no,
        KIND_WORDS[one.kind],
        one.manufacturer,
        one.model,
        one.os,
        one.software,
        one.software_version.translate(_WIDE) if wide else one.software_version,
        one.ip_address.translate(_WIDE) if wide else one.ip_address,
        one.computer_name,
        one.location,
        ("\n" if at % 5 == 0 else "、").join(one.users),
        day,
        STATUS_WORDS[one.status],
        one.note,
    ]


def _bad(at: int, day: str) -> list[str | _Day]:
    """Write a row whose day cannot be taken."""
    number = f"{90001 + at:05}"
    return [
        number, "端末PC", "NEC", "VersaPro VKM", "Windows 11 Pro 25H2", "アサツユ電子カルテ端末",
        "9.2.1",
        f"10.20.40.{at + 10}", f"PC9{at + 1:03}", "医事課", "医事課", day, "使用中", "",
    ]  # fmt: skip


def _write(sheet: Worksheet, line: int, cells: Sequence[str | _Day], style: Format) -> None:
    """Write one row; text stays text, so that leading zeros live."""
    for column, cell in enumerate(cells):
        if isinstance(cell, _Day):
            sheet.write_datetime(line, column, cell.day, style)
        elif cell:
            sheet.write_string(line, column, cell)
