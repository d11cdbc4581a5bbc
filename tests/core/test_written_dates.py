"""Days as people write them, and days that are not guessed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mamori.core import calendar, written_dates

DAY = date(2020, 12, 1)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "2020/12/1",
            "2020-12-01",
            "2020.12.01",
            "2020年12月1日",
            "20201201",
            "２０２０／１２／０１",
        ),
        *(
            "令和2年12月1日",
            "令和２年１２月１日",
            "R2.12.1",
            "R2/12/1",
            "r02-12-01",
            "令2.12.1",
            "R021201",
        ),
        *("令和二年十二月一日", "Dec 1, 2020", "December 1st, 2020", "1 Dec 2020", "1-Dec-2020"),
        *("2020/12/1(火)", "2020年12月1日（火）", "2020-12-01 00:00:00", "2020-12-01T00:00:00"),
        " 2020/12/1 ",
        *(44166.0, 44166, 20201201.0, date(2020, 12, 1), "44166"),
    ],
)
def test_ways_to_write_one_day(said):
    assert written_dates.read(said).day == DAY


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H28/2/16", date(2016, 2, 16)),
        ("S63.12.31", date(1988, 12, 31)),
        ("㍻28年2月16日", date(2016, 2, 16)),
        ("31/12/2020", date(2020, 12, 31)),
        ("12/31/2020", date(2020, 12, 31)),
        ("2020/02/29", date(2020, 2, 29)),
    ],
)
def test_other_days(said, day):
    assert written_dates.read(said).day == day


@pytest.mark.parametrize(
    "said",
    [
        *("2020/13/1", "2021/02/29", "令和2年13月40日", "令和0年1月1日", "3/4/2020", "20/12/1"),
        *("そのうち", 3.5, 999999999.0, "1900/1/1", "2205/12/1", True, "1/2/3", "昭和70年1月1日"),
    ],
)
def test_what_is_no_day_is_named_and_not_guessed(said):
    found = written_dates.read(said)
    assert found.day is None
    assert found.wrong is not None


@pytest.mark.parametrize("said", ["", " ", "-", "ー"])
def test_an_empty_cell_is_no_day_and_no_fault(said):
    assert written_dates.read(said) == written_dates.Written()


@pytest.mark.parametrize(
    "said", ["不明", "N/A", "2020年12月", "R2.12", "2020/12", "平成28年", "2016年頃"]
)
def test_a_day_that_is_not_known_stays_empty_with_a_doubt(said):
    found = written_dates.read(said)
    assert found.day is None
    assert found.wrong is None
    assert found.doubt is not None


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_day_in_either_calendar_comes_back(day):
    for said in (calendar.in_era(day), day.isoformat(), f"{day:%Y%m%d}", f"{day:%b %d, %Y}"):
        assert written_dates.read(said).day == day
    assert written_dates.read(datetime.combine(day, datetime.min.time())).day == day
