"""The lunar calendar of the years 1990 to 2050, and the two feasts that go by the sun: 清明 and 冬至."""

import datetime as dt
from functools import cache

YEARS = range(1990, 2051)  # of which all almanacs agree; from 2057 on some months are told apart by seconds
_FIRST = dt.date(1990, 1, 27)  # the new year's day the table begins with
# A word a year: which months have 30 days, the first in the lowest bit, and from bit 13 on the month the leap month repeats.
_MONTHS = (
    "0be92 00e92 00d26 06a56 00a57 114d6 0035a 006d5 0b6c9 00749 00693 0952b 0052b 00a5b 0555a 0056a "
    "0fb55 00ba4 00b49 0ba93 00a95 0052d 08aad 00ab5 135aa 005d2 00da5 0dd4a 00d4a 00c95 0952e 00556 "
    "00ab5 055b2 006d2 0cea5 00725 0064b 0ac97 00cab 0055a 06ad6 00b69 17752 00b52 00b25 0da4b 00a4b "
    "004ab 0a55b 005ad 00b6a 05b52 00d92 0fd25 00d25 00a55 0b4ad 004b6 005b5 06daa"
)


@cache
def _months() -> dict[tuple[int, int, bool], tuple[dt.date, int]]:
    """First day and number of days of every month, by year, month and whether it is the leap month."""
    found, first = {}, _FIRST
    for year, word in zip(YEARS, _MONTHS.split(), strict=True):
        bits, leap = int(word, 16) & 0x1FFF, int(word, 16) >> 13
        names = [(month, again) for month in range(1, 13) for again in (False, True) if not again or month == leap]
        for place, (month, again) in enumerate(names):
            days = 30 if bits >> place & 1 else 29
            found[year, month, again] = first, days
            first += dt.timedelta(days=days)
    return found


def lunar_day(year: int, month: int, day: int, leap: bool = False) -> dt.date:
    """The day of the common calendar for one of the lunar; day 0 is the last of its month. Raises ValueError: no such day."""
    first, days = _months().get((year, month, leap), (_FIRST, -1))
    if not 0 <= day <= days:
        raise ValueError("no such lunar day")
    return first + dt.timedelta(days=(day or days) - 1)


def clear_and_bright(year: int) -> dt.date:
    """清明 of a year."""
    return _by_the_sun(year, 4, 4.9)


def winter_solstice(year: int) -> dt.date:
    """冬至 of a year."""
    return _by_the_sun(year, 12, 22.0)


def _by_the_sun(year: int, month: int, offset: float) -> dt.date:
    """The sun is later by 0.2422 of a day each year and set back by the leap days."""
    if year not in YEARS:
        raise ValueError("no year of the table")
    return dt.date(year, month, int((year - 1988) * 0.2422 + offset) - (year - 1988) // 4)
