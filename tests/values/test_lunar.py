"""The lunar calendar against the whole table of an independent library."""

import datetime as dt
from pathlib import Path

import pytest

from huajie_desktop.values.lunar import YEARS, clear_and_bright, lunar_day, winter_solstice

_LINES = [line.split() for line in Path(__file__).with_name("lunar_months.txt").read_text("utf-8").splitlines() if line[0] != "#"]


@pytest.mark.parametrize("words", _LINES, ids=lambda words: words[0])
def test_every_month_begins_where_the_library_says(words):
    year, months, terms = int(words[0]), words[1:-2], words[-2:]
    ours, number = [], 0
    for word in months:
        leap = word.startswith("r")
        number += not leap
        first = lunar_day(year, number, 1, leap)
        assert lunar_day(year, number, 0, leap) > first
        ours.append("r" * leap + f"{first:%m%d}")
    assert ours == months
    assert number == 12
    assert [f"{clear_and_bright(year):%m%d}", f"{winter_solstice(year):%m%d}"] == terms


def test_months_follow_each_other_without_a_gap():
    assert [int(words[0]) for words in _LINES] == [*YEARS]
    for year in YEARS[:-1]:
        assert lunar_day(year, 12, 0) + dt.timedelta(days=1) == lunar_day(year + 1, 1, 1)


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        ("2021-02-12", (2021, 1, 1)),
        ("2021-06-14", (2021, 5, 5)),
        ("2021-09-21", (2021, 8, 15)),
        ("2021-10-14", (2021, 9, 9)),
        ("2022-01-31", (2021, 12, 0)),
        ("2020-05-23", (2020, 4, 1, True)),
        ("2023-03-22", (2023, 2, 1, True)),
    ],
)
def test_known_days(day, lunar):
    assert lunar_day(*lunar).isoformat() == day


@pytest.mark.parametrize("lunar", [(1989, 1, 1), (2051, 1, 1), (2021, 13, 1), (2021, 8, 31), (2021, 4, 1, True), (2021, 8, -1)])
def test_a_day_that_is_not_there_is_refused(lunar):
    with pytest.raises(ValueError, match="lunar"):
        lunar_day(*lunar)
