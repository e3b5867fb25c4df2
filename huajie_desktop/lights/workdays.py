"""The working days of the official Chinese calendar, counted in no time; Monday to Friday in years it does not reach."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from resources import path

_LAST = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked: Monday to Friday but those off, and some at weekends, both said for some years alone."""

    years: range
    off: tuple[int, ...] = ()  # weekdays that are days off, as ordinals in order
    worked: tuple[int, ...] = ()  # Saturdays and Sundays that are worked, likewise

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on that day."""
        number = day.toordinal()
        return self._up_to(number) > self._up_to(number - 1)

    def working_days_between(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 where `last` lies before `first`."""
        return max(self._up_to(last.toordinal()) - self._up_to(first.toordinal() - 1), 0)

    def add_working_days(self, day: date, n: int) -> date:
        """The nth working day after that day, before it where `n` is negative, `day` itself for 0, worked or not.

        Raises ValueError where it would lie beyond the years 1 to 9999.
        """
        if n == 0:
            return day
        number = day.toordinal()
        wanted = self._up_to(number) + n if n > 0 else self._up_to(number - 1) + n + 1
        found = bisect_left(range(1, _LAST + 1), wanted, key=self._up_to) + 1
        if wanted < 1 or found > _LAST:
            raise ValueError("no such day")
        return date.fromordinal(found)

    def not_known(self, first: date, last: date) -> str:
        """The sentence that days from `first` to `last` are counted Monday to Friday for want of a calendar; "" where none is."""
        missing = [f"{year}年" for year in range(first.year, last.year + 1) if year not in self.years]
        if not missing:
            return ""
        span = "、".join(missing) if len(missing) <= 3 else f"{missing[0]}至{missing[-1]}里"
        known = f"程序收录了{self.years[0]}—{self.years[-1]}年的" if self.years else "程序没有收录"
        return f"{span}的工作日按周一至周五计算，没有计入放假和调休（{known}放假安排）。"

    def _up_to(self, number: int) -> int:
        """Working days from the year 1, which began on a Monday, up to the day of that ordinal."""
        weekdays = number // 7 * 5 + min(number % 7, 5)
        return weekdays - bisect_right(self.off, number) + bisect_right(self.worked, number)


@cache
def official() -> Workdays:
    """The calendar that is shipped (`resources/calendar`): as the State Council's office arranged it year by year."""
    off, worked, years = list[int](), list[int](), list[int]()
    for line in path("calendar/workdays.txt").read_text("utf-8").splitlines():
        year, free, busy = line.replace("班", "休").split("休")
        years.append(int(year))
        off += _ordinals(year, free)
        worked += _ordinals(year, busy)
    return Workdays(range(years[0], years[-1] + 1), tuple(off), tuple(worked))


def _ordinals(year: str, days: str) -> Iterable[int]:
    return (date.fromisoformat(f"{year.strip()}-{day}").toordinal() for day in days.split())
