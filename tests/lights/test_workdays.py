"""The official calendar: weeks of feasts, Saturdays that are worked, and years nobody has arranged yet."""

from datetime import date, timedelta

import pytest

from huajie_desktop.lights.workdays import official
from resources import path

WORKDAYS = official()


def days(first, last):
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "worked"),
    [
        ("2021-10-01", "2021-10-07", False),  # 国庆
        ("2021-02-11", "2021-02-17", False),  # 春节
        ("2020-01-24", "2020-02-02", False),  # 春节, made longer that year
        ("2020-02-03", "2020-02-07", True),
        ("2015-09-03", "2015-09-04", False),  # the one day of 2015 alone, and the one moved to it
        ("2021-09-26", "2021-09-30", True),  # from a Sunday that is worked
        ("2021-10-08", "2021-10-09", True),  # to a Saturday that is
        ("2021-02-07", "2021-02-07", True),
        ("2021-02-20", "2021-02-20", True),
        ("2021-10-10", "2021-10-10", False),
        ("2024-02-29", "2024-02-29", True),
        ("2020-02-29", "2020-02-29", False),
        ("2028-02-29", "2028-02-29", True),  # a Tuesday of a year that is not known
        ("2030-10-01", "2030-10-04", True),  # 国庆 there, counted Monday to Friday
        ("2030-10-05", "2030-10-06", False),
        ("2003-10-01", "2003-10-03", True),
    ],
)
def test_what_is_worked(first, last, worked):
    assert {WORKDAYS.is_working_day(day) for day in days(first, last)} == {worked}


@pytest.mark.parametrize("year", WORKDAYS.years)
def test_each_year_has_the_days_off_the_law_gives(year):
    """10 public holidays up to 2007, 11 from 2008, 13 from 2025; a year's end moves one over, and two years had more."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    weekdays = sum(day.weekday() < 5 for day in days(str(first), str(last)))
    lawful = 10 if year < 2008 else 11 if year < 2025 else 13
    moved = {2006: -1, 2007: 2, 2011: -1, 2012: 1, 2015: 1, 2020: 2}.get(year, 0)
    assert weekdays - WORKDAYS.working_days_between(first, last) == lawful + moved


def test_every_moved_day_is_one():
    for line in path("calendar/workdays.txt").read_text("utf-8").splitlines():
        year, free, busy = line.replace("班", "休").split("休")
        off, worked = ([date.fromisoformat(f"{year.strip()}-{day}") for day in part.split()] for part in (free, busy))
        assert off == sorted(set(off))
        assert worked == sorted(set(worked))
        assert {day.weekday() < 5 for day in off} == {True}
        assert {day.weekday() < 5 for day in worked} <= {False}


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        ("2021-09-30", 1, "2021-10-08"),
        ("2021-09-30", 2, "2021-10-09"),
        ("2021-09-30", 3, "2021-10-11"),
        ("2021-10-03", 1, "2021-10-08"),
        ("2021-10-08", -1, "2021-09-30"),
        ("2021-10-03", -1, "2021-09-30"),
        ("2021-10-03", 0, "2021-10-03"),
        ("2024-02-28", 1, "2024-02-29"),
        ("2020-01-23", 1, "2020-02-03"),
        ("2021-04-23", 1, "2021-04-25"),
        ("2026-12-31", 1, "2027-01-01"),  # not known, a Friday
    ],
)
def test_adding(day, n, found):
    assert WORKDAYS.add_working_days(date.fromisoformat(day), n) == date.fromisoformat(found)


def test_adding_agrees_with_counting_and_ends_at_the_end_of_time():
    for n in range(1, 300):
        last = WORKDAYS.add_working_days(date(2021, 1, 9), n)
        assert WORKDAYS.working_days_between(date(2021, 1, 10), last) == n
        assert WORKDAYS.is_working_day(last)
    assert WORKDAYS.working_days_between(date(2021, 5, 2), date(2021, 5, 1)) == 0
    for day, n in ((date.max, 1), (date.min, -1)):
        with pytest.raises(ValueError, match="no such day"):
            WORKDAYS.add_working_days(day, n)


def test_it_says_where_it_counts_monday_to_friday():
    assert WORKDAYS.not_known(date(2004, 1, 1), date(2026, 12, 31)) == ""
    said = WORKDAYS.not_known(date(2026, 12, 1), date(2027, 1, 31))
    assert said == "2027年的工作日按周一至周五计算，没有计入放假和调休（程序收录了2004—2026年的放假安排）。"
    assert WORKDAYS.not_known(date(2002, 1, 1), date(2040, 1, 1)).startswith("2002年至2040年里的工作日")
