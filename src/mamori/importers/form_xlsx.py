"""A form that was filled in as a workbook, read back cell by cell to the answers it holds."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any, TypeAlias, TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from mamori.core import cells, form_file, uploads, workbook_scan, written_dates
from mamori.core.calendar import fiscal_year_in_era
from mamori.core.checklists import Basis, ItemState, Reply
from mamori.core.editions import Edition, Item
from mamori.core.form_file import BadField, Kept
from mamori.core.forms import (
    BASIS_NAMES,
    BadForm,
    FormHead,
    Remark,
    ReturnedForm,
    ReturnedItem,
    check_belongs,
    person_says,
)
from mamori.core.text import Text

MAX_BYTES = 8 * 1024 * 1024
Rows: TypeAlias = Sequence[Sequence[object]]
T = TypeVar("T")
YES = frozenset({"はい", "yes", "y", "○", "〇", "◯", "○はい"})
NO = frozenset({"いいえ", "no", "n", "×", "✕", "✗", "x"})

CELL = Text(
    "{name}: シート「{sheet}」のセル{cell}: {why}", '{name}: sheet "{sheet}", {cell}: {why}'
)
FILE = Text("{name}: {why}", "{name}: {why}")
NOT_XLSX = Text(
    "xlsx形式の様式ではありません。書き出した様式のまま保存してください。",
    "this is not a form in xlsx; save it in the format it was written in.",
)
NO_SHEET = Text(
    "シート「{sheet}」がありません。シートの名前を元に戻してください。",
    'the sheet "{sheet}" is missing; give it its name back.',
)
NO_ROW = Text(
    "項目「{item}」の行が見つかりません。行を削除せずに保存してください。",
    'the row of item "{item}" is missing; keep every row.',
)
ITEMS_DIFFER = Text(
    "項目「{item}」の管理情報がありません。様式を書き出し直してください。",
    'the hidden part lacks item "{item}"; write the form out again.',
)
NOT_A_REPLY = Text(
    "「{said}」は回答として読み取れません。「はい」か「いいえ」を選んでください。",
    '"{said}" is not an answer: choose Yes or No.',
)
NOT_WORDS = Text("「{said}」は文字として読み取れません。", '"{said}" cannot be read as words.')
NO_CELL = Text(
    "この欄は様式にありません。「{said}」を消してください。",
    'the form has no such cell: remove "{said}".',
)
YEAR_INFERRED = Text(
    "「{said}」には年がないため、{year}の{day}と読みました。",
    '"{said}" has no year: read as {day}, within {year}.',
)
BASIS_CHANGED = Text(
    "回答が変更されたため、根拠を「{was}」から「{now}」に改めました。",
    "The answer was changed, so its basis is now {now} instead of {was}.",
)


@dataclass(slots=True)
class _Desk:
    """What is at hand while one file is read; faults are gathered so that all can be said."""

    name: str
    edition: Edition
    sheets: dict[str, Rows]
    faults: list[Text] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Spot:
    """The cell of one field of one item, for messages."""

    item: Item
    sheet: str
    cell: str
    field: str


class _Unreadable(Exception):
    """A cell holds what it may not hold."""

    def __init__(self, why: Text) -> None:
        """Keep the reason in both languages."""
        super().__init__(why.en)
        self.why = why


def head(content: bytes, name: str) -> FormHead:
    """Say whose form a workbook is, before it is read; BadForm or BadFile when it is none."""
    return _head(_open(content, name), name)


def read(
    content: bytes,
    name: str,
    edition: Edition,
    *,
    facility: str | None = None,
    vendor: str | None = None,
) -> ReturnedForm:
    """Read a filled workbook back; what was not touched comes back exactly as it was written.

    `edition` is the one its head names; where `facility` or `vendor` is given, a form of another is
    refused. Errors: BadForm names the file and every sheet and cell at fault; BadFile when the file
    itself is not sound.
    """
    sheets = _open(content, name)
    found = _head(sheets, name)
    check_belongs(found, name, edition, facility=facility, vendor=vendor)
    desk = _Desk(name, edition, sheets)
    kept = _hidden(lambda: form_file.read_keys(sheets[form_file.KEYS_SHEET]), name)
    items = [_item(desk, item, kept.get(item.key)) for item in edition.items]
    if desk.faults:
        raise BadForm(tuple(desk.faults))
    return ReturnedForm(
        edition=found.edition,
        edition_revision=found.edition_revision,
        facility=found.facility,
        vendor=found.vendor,
        items=tuple(item for item in items if item is not None),
        revision=found.revision,
        remarks=tuple(desk.remarks),
    )


def _open(content: bytes, name: str) -> dict[str, Rows]:
    """Open a workbook that was found harmless and holds no formula; give its sheets as rows."""
    if uploads.check(content, name, most=MAX_BYTES).format != "xlsx":
        raise BadForm((FILE.fill(name=name, why=NOT_XLSX),))
    marked = workbook_scan.scan(content)
    if marked:
        raise BadForm(
            tuple(CELL.fill(name=name, sheet=m.sheet, cell=m.cell, why=m.why) for m in marked)
        )
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return {
            sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in book.sheet_names
        }
    except (CalamineError, ValueError, OSError) as error:
        raise BadForm((FILE.fill(name=name, why=uploads.BROKEN),)) from error


def _head(sheets: dict[str, Rows], name: str) -> FormHead:
    """Read the head off the hidden sheet."""
    if form_file.KEYS_SHEET not in sheets:
        raise BadForm((FILE.fill(name=name, why=form_file.NOT_OURS),))
    return _hidden(lambda: form_file.read_head(sheets[form_file.KEYS_SHEET]), name)


def _hidden(read_it: Callable[[], T], name: str) -> T:
    """Read something off the hidden sheet; a damaged one is refused by the file's name."""
    try:
        return read_it()
    except BadField as error:
        raise BadForm((FILE.fill(name=name, why=error.why),)) from error


def _item(desk: _Desk, item: Item, kept: Kept | None) -> ReturnedItem | None:
    """Read the cells of one item."""
    if kept is None:
        desk.faults.append(FILE.fill(name=desk.name, why=ITEMS_DIFFER.fill(item=item.key)))
        return None
    rows = desk.sheets.get(kept.place.sheet)
    if rows is None:
        why = NO_SHEET.fill(sheet=kept.place.sheet)
        if (fault := FILE.fill(name=desk.name, why=why)) not in desk.faults:
            desk.faults.append(fault)
        return None
    moved = _moved(rows, item, kept)
    if moved is None:
        desk.faults.append(FILE.fill(name=desk.name, why=NO_ROW.fill(item=item.key)))
        return None
    state = kept.state
    for name in form_file.INPUTS:
        state = _field(desk, item, kept, state, (name, moved))
    return ReturnedItem(item.key, _based(desk, item, kept, state), kept.state)


def _moved(rows: Rows, item: Item, kept: Kept) -> int | None:
    """Find how many rows down an item has moved; None when its row is gone.

    Every row carries its item's key in a hidden last column.
    """
    row, column = workbook_scan.place(kept.place.cells["key"])
    found = [n for n, held in enumerate(rows) if held[column : column + 1] == [item.key]]
    if row in found:
        return 0
    return found[0] - row if len(found) == 1 else None


def _field(desk: _Desk, item: Item, kept: Kept, state: ItemState, at: tuple[str, int]) -> ItemState:
    """Read one cell into a state; what is as it was written stays exactly as it was."""
    name, moved = at
    row, column = workbook_scan.place(kept.place.cells[name])
    spot = _Spot(item, kept.place.sheet, cells.cell_name(row + moved + 1, column), name)
    rows = desk.sheets[kept.place.sheet]
    held = rows[row + moved] if row + moved < len(rows) else ()
    value = held[column] if column < len(held) else ""
    try:
        changes: dict[str, Any] = {name: _value(desk, spot, value)}
        if not form_file.has_cell(item, name):
            if changes[name]:
                raise _Unreadable(NO_CELL.fill(said=_short(str(value))))
            return state
        if isinstance(words := changes[name], str):
            before = form_file.shown_reason(getattr(kept.state, name))
            return state if form_file.same_reason(words, before) else replace(state, **changes)
        return replace(state, **changes)
    except _Unreadable as error:
        desk.faults.append(
            CELL.fill(name=desk.name, sheet=spot.sheet, cell=spot.cell, why=error.why)
        )
        return state


def _value(desk: _Desk, spot: _Spot, value: object) -> Reply | date | str | None:
    """Read an answer, a date or a reason, whichever the cell is for."""
    if spot.field.endswith("_reason"):
        return _words(value)
    return _reply(value) if spot.field in ("first", "second") else _day(desk, spot, value)


def _reply(value: object) -> Reply | None:
    """Read はい or いいえ as people write it."""
    said = str(value).strip()
    plain = unicodedata.normalize("NFKC", said).strip().lower()
    if not plain:
        return None
    if isinstance(value, str) and (plain in YES or said in YES):
        return Reply.YES
    if isinstance(value, str) and (plain in NO or said in NO):
        return Reply.NO
    raise _Unreadable(NOT_A_REPLY.fill(said=_short(said)))


def _words(value: object) -> str:
    """Read a reason; a number a person typed is taken as words."""
    if isinstance(value, str):
        return form_file.shown_reason(value)
    if isinstance(value, bool):
        raise _Unreadable(NOT_WORDS.fill(said=str(value)))
    if isinstance(value, int | float):
        return cells.number(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    raise _Unreadable(NOT_WORDS.fill(said=_short(str(value))))


def _day(desk: _Desk, spot: _Spot, value: object) -> date | None:
    """Read a date as people write it; a month and a day alone lie in the fiscal year."""
    if isinstance(value, str) and (found := _without_year(desk, spot, value)):
        return found
    read = written_dates.read(value)
    if read.wrong is not None:
        raise _Unreadable(read.wrong)
    if read.day is None and read.doubt is not None:
        raise _Unreadable(written_dates.NOT_READ.fill(said=_short(str(value))))
    if read.doubt is not None:
        desk.remarks.append(Remark(spot.item.key, f"{spot.sheet}!{spot.cell}", read.doubt))
    return read.day


def _without_year(desk: _Desk, spot: _Spot, said: str) -> date | None:
    """Read 9/12 or 9月12日: targets lie in the year the item is due, checks in the edition's."""
    month_day = workbook_scan.MONTH_DAY.match(unicodedata.normalize("NFKC", said).strip())
    if month_day is None:
        return None
    target = spot.field == "target_on"
    year = spot.item.due_year if target else desk.edition.fiscal_year
    month, day = int(month_day[1]), int(month_day[2])
    try:
        found = date(year if month >= 4 else year + 1, month, day)
    except ValueError as error:
        raise _Unreadable(written_dates.NO_SUCH_DAY.fill(said=_short(said))) from error
    words = YEAR_INFERRED.fill(
        said=_short(said),
        year=Text(fiscal_year_in_era(year), f"fiscal year {year}"),
        day=found.isoformat(),
    )
    desk.remarks.append(Remark(spot.item.key, f"{spot.sheet}!{spot.cell}", words))
    return found


def _based(desk: _Desk, item: Item, kept: Kept, state: ItemState) -> ItemState:
    """Give changed answers the basis of a person's word, and say where evidence was given up."""
    based = person_says(kept.state, state)
    for was, now, place in (
        (kept.state.first_basis, based.first_basis, "first"),
        (kept.state.second_basis, based.second_basis, "second"),
    ):
        if was is Basis.EVIDENCE and now is Basis.ATTESTATION:
            words = BASIS_CHANGED.fill(was=BASIS_NAMES[was], now=BASIS_NAMES[now])
            cell = f"{kept.place.sheet}!{kept.place.cells[place]}"
            desk.remarks.append(Remark(item.key, cell, words))
    return based


def _short(said: str) -> str:
    """Quote no more of a cell than a message can hold."""
    return said if len(said) <= 40 else f"{said[:40]}…"
