"""Makes `resources/calendar/workdays.txt` anew from the Python package chinesecalendar: `python -m tests.official_days FOLDER`."""

import runpy
import sys
from collections.abc import Collection
from datetime import date
from pathlib import Path

from resources import path


def workdays_file(off: Collection[date], worked: Collection[date]) -> str:
    """The file as it must be shipped: a line a year, 休 the weekdays that are days off, 班 the Saturdays and Sundays that are worked."""
    lines = []
    for year in range(min(off).year, max(off).year + 1):
        free = sorted(f"{day:%m-%d}" for day in off if day.year == year and day.weekday() < 5)
        busy = sorted(f"{day:%m-%d}" for day in worked if day.year == year and day.weekday() >= 5)
        lines.append(" ".join([str(year), "休", *free, "班", *busy]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    said = runpy.run_path(str(Path(sys.argv[1]) / "chinese_calendar" / "constants.py"))
    path("calendar/workdays.txt").write_text(workdays_file(said["holidays"], said["workdays"]), "utf-8")
