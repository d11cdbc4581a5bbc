"""Days as people write them in ledgers: Western, Japanese era, spreadsheet numbers.

A day that could be read in two ways, or that does not exist, is never guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mamori.core import cells
from mamori.core.calendar import NotADate, from_era
from mamori.core.text import Text

EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)
# No day takes more letters, and some patterns would look at a longer text for minutes.
LONGEST = 100
_SERIAL_ZERO = date(1899, 12, 30)
_NUMERALS = {
    "〇": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_MONTHS = {
    name: at + 1
    for at, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}
_UNSTATED = frozenset(
    (
        *("不明", "未定", "なし", "無し", "無", "未登録", "未記入", "未確認", "記録なし", "要確認"),
        *("空欄", "n/a", "na", "none", "unknown", "tbd", "?", "??", "-"),
    )
)
_TAIL = re.compile(
    r"[\s(（]*(?:[(（][^)）]*[)）]|[月火水木金土日]曜日?|t?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?z?)\s*$"
)
_YMD = re.compile(r"^(\d{4})\s*[-/.年,]\s*(\d{1,2})\s*[-/.月,]\s*(\d{1,2})\s*日?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_ERA = re.compile(
    r"^(令和|平成|昭和|大正|明治|[令平昭大明]|[rhstm])\s*\.?\s*(\d{1,2}|元)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$"
)
_ERA_COMPACT = re.compile(r"^([rhstm])(\d{2})(\d{2})(\d{2})$")
_MONTH_FIRST = re.compile(r"^([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*,?\s*(\d{4})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?[\s,-]+(\d{4})$")
_SLASHED = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_MONTH_ONLY = re.compile(
    r"^(?:\d{4}|(?:令和|平成|昭和|[rhs])\s*\.?\s*(?:\d{1,2}|元))\s*(?:年度?|[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月)?頃?$"
)
_TENS = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?")

NO_SUCH_DAY = Text("「{said}」という日付はありません。", "There is no day “{said}”.")
NOT_READ = Text("「{said}」は日付として読み取れません。", "“{said}” cannot be read as a day.")
TWO_WAYS = Text(
    "「{said}」は月と日の順が分からないため、日付を決められません。",
    "“{said}” could be two days: the order of month and day is not clear.",
)
FAR = Text(
    "「{said}」は{first}年から{last}年の範囲にありません。",
    "“{said}” lies outside the years {first} to {last}.",
)
UNSTATED = Text(
    "日付が「{said}」のため、空欄として取り込みます。",
    "The day is given as “{said}”: it is left empty.",
)
NO_DAY = Text(
    "「{said}」には日がないため、空欄として取り込みます。",
    "“{said}” names no day of the month: the date is left empty.",
)
FROM_NUMBER = Text(
    "「{said}」を表計算ソフトの日付番号として{day}と読みました。",
    "“{said}” was read as a spreadsheet's day number: {day}.",
)


@dataclass(frozen=True, slots=True)
class Written:
    """A day as read; `wrong` when it cannot be read, `doubt` when it was read with a question."""

    day: date | None = None
    wrong: Text | None = None
    doubt: Text | None = None


def read(value: object) -> Written:
    """Read one cell as a day; an empty cell is no day and no error."""
    if isinstance(value, datetime):
        return _within(value.date(), str(value.date()))
    if isinstance(value, date):
        return _within(value, value.isoformat())
    if isinstance(value, bool | time | timedelta):
        return Written(wrong=NOT_READ.fill(said=str(value)))
    if isinstance(value, int | float):
        return _from_number(float(value))
    said = str(value).strip()
    if len(said) > LONGEST:
        return Written(wrong=NOT_READ.fill(said=f"{said[:LONGEST]}…"))
    return _from_words(said)


def _within(day: date, said: str) -> Written:
    """Accept a day of a year in which apparatus can have been bought."""
    if EARLIEST <= day <= LATEST:
        return Written(day)
    return Written(wrong=FAR.fill(said=said, first=EARLIEST.year, last=LATEST.year))


def _from_number(value: float) -> Written:
    """Read 20201201, or the number of days that spreadsheets keep."""
    said = cells.number(value)
    if compact := _COMPACT.match(said):
        return _built(said, *compact.groups())
    if 18264 <= value <= 73415:
        return _within(_SERIAL_ZERO + timedelta(days=int(value)), said)
    return Written(wrong=NOT_READ.fill(said=said))


def _built(said: str, year: str, month: str, day: str) -> Written:
    """Put year, month and day together, if there is such a day."""
    try:
        return _within(date(int(year), int(month), int(day)), said)
    except ValueError:
        return Written(wrong=NO_SUCH_DAY.fill(said=said))


def _from_words(text: str) -> Written:
    """Read a day written in letters and digits."""
    said = cells.unescape(text.strip())
    plain = _plain(said)
    if not plain or cells.is_blank_mark(plain):
        return Written()
    if plain in _UNSTATED:
        return Written(doubt=UNSTATED.fill(said=said))
    for pattern, order in ((_YMD, (1, 2, 3)), (_COMPACT, (1, 2, 3))):
        if found := pattern.match(plain):
            return _built(said, *(found.group(at) for at in order))
    if found := _ERA.match(plain) or _ERA_COMPACT.match(plain):
        return _from_era(said, found)
    if found := _MONTH_FIRST.match(plain):
        return _named(said, found.group(1), found.group(2), found.group(3))
    if found := _DAY_FIRST.match(plain):
        return _named(said, found.group(2), found.group(1), found.group(3))
    if found := _SLASHED.match(plain):
        return _slashed(said, *found.groups())
    if _MONTH_ONLY.match(plain):
        return Written(doubt=NO_DAY.fill(said=said))
    if len(plain) == 5 and plain.isdigit():
        read_as = _from_number(float(plain))
        if read_as.day:
            return Written(read_as.day, doubt=FROM_NUMBER.fill(said=said, day=str(read_as.day)))
    return Written(wrong=NOT_READ.fill(said=said))


def _plain(said: str) -> str:
    """Fold widths, kanji numerals, weekday and time of day away."""
    plain = unicodedata.normalize("NFKC", said).lower().strip()
    if any(letter in plain for letter in "一二三四五六七八九十〇") and "年" in plain:
        plain = _TENS.sub(_tens, plain)
        plain = "".join(str(_NUMERALS.get(letter, letter)) for letter in plain)
    shorter = _TAIL.sub("", plain)
    return shorter.strip() or plain


def _tens(found: re.Match[str]) -> str:
    """Turn 二十三 into 23."""
    tens, ones = found.groups()
    return str((_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0))


def _from_era(said: str, found: re.Match[str]) -> Written:
    """Read a day of a Japanese era; 元年 is its first year."""
    name, year, month, day = found.groups()
    try:
        whole = from_era(name.upper(), 1 if year == "元" else int(year), int(month), int(day))
    except NotADate:
        return Written(wrong=NO_SUCH_DAY.fill(said=said))
    return _within(whole, said)


def _named(said: str, month: str, day: str, year: str) -> Written:
    """Read a day whose month is an English word."""
    number = _MONTHS.get(month[:3])
    if number is None:
        return Written(wrong=NOT_READ.fill(said=said))
    return _built(said, year, str(number), day)


def _slashed(said: str, first: str, second: str, year: str) -> Written:
    """Read 12/31/2020; where month and day could be exchanged, say so instead."""
    if int(first) > 12:
        return _built(said, year, second, first)
    if int(second) > 12 or first == second:
        return _built(said, year, first, second)
    return Written(wrong=TWO_WAYS.fill(said=said))
