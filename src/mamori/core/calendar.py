"""Fiscal years (April to March) and Japanese eras, as the official forms use them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era, from its first day."""

    name: str
    letter: str
    english: str
    begins: date


# Fixed: the first day of each era (Era Name Act and the cabinet orders on it).
ERAS = (
    Era("令和", "R", "Reiwa", date(2019, 5, 1)),
    Era("平成", "H", "Heisei", date(1989, 1, 8)),
    Era("昭和", "S", "Showa", date(1926, 12, 25)),
    Era("大正", "T", "Taisho", date(1912, 7, 30)),
    Era("明治", "M", "Meiji", date(1868, 1, 25)),
)


class NotADate(ValueError):
    """The words do not name a day that exists."""


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A Japanese fiscal year: 2025 runs from 2025-04-01 to 2026-03-31."""

    year: int

    @property
    def first_day(self) -> date:
        """The first of April."""
        return date(self.year, 4, 1)

    @property
    def last_day(self) -> date:
        """The last of March of the next calendar year."""
        return date(self.year + 1, 3, 31)

    def __contains__(self, day: date) -> bool:
        """Say whether a day lies in this fiscal year."""
        return self.first_day <= day <= self.last_day


def era_of(day: date) -> Era:
    """Give the era of a day; NotADate before Meiji."""
    for era in ERAS:
        if day >= era.begins:
            return era
    raise NotADate(f"{day.isoformat()} lies before the eras known here")


def era_year(day: date) -> str:
    """Give the era year as the forms print it: 令和8年, 令和元年."""
    era = era_of(day)
    year = day.year - era.begins.year + 1
    return f"{era.name}{'元' if year == 1 else year}年"


def in_era(day: date) -> str:
    """Give a day in the era calendar: 令和8年11月22日."""
    return f"{era_year(day)}{day.month}月{day.day}日"


def long_japanese(day: date) -> str:
    """Give a day in both calendars: 2026年11月22日(令和8年)."""
    return f"{day.year}年{day.month}月{day.day}日({era_year(day)})"


def fiscal_year_in_era(year: int) -> str:
    """Give a fiscal year as the forms name it: 令和7年度."""
    return f"{era_year(date(year, 5, 1))}度"


def from_era(name: str, year: int, month: int, day: int) -> date:
    """Turn an era date into a calendar date; NotADate when the era had no such day."""
    at = next((n for n, e in enumerate(ERAS) if name in (e.name, e.letter, e.name[0])), None)
    if at is None:
        raise NotADate(f"no era is called {name}")
    era = ERAS[at]
    try:
        found = date(era.begins.year + year - 1, month, day)
    except ValueError as error:
        raise NotADate(f"{name}{year}/{month}/{day}") from error
    after = ERAS[at - 1].begins if at else None
    # Offices wrote the old era for a few months after a change: a date just past the end is meant,
    # one whole year past it is a slip of the pen.
    if year < 1 or found < era.begins or (after and found.year > after.year):
        raise NotADate(f"{name}{year}/{month}/{day}")
    return found
