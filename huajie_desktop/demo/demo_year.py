"""The year of the demo, played day by day through the services: made up, and the same whenever it is played."""

from collections.abc import Iterator
from datetime import date, timedelta

from huajie_desktop.demo.demo_cast import Cast, another_clock
from huajie_desktop.demo.demo_fates import FIRST, LAST
from huajie_desktop.demo.demo_sources import Sources
from huajie_desktop.demo.demo_tasks import TaskYear
from huajie_desktop.demo.demo_watch import Watch
from huajie_desktop.lights.workdays import official
from huajie_desktop.seat import Seat

SEED = 20210225


def play(clerk: Seat, reviewer: Seat, supervisor: Seat) -> Iterator[date]:
    """Plays the year; yields each day at its end, while the data is still worked on by the clock of that day."""
    cast = Cast(clerk, reviewer, supervisor, SEED)
    tasks, watch, sources = TaskYear(cast, SEED), Watch(cast), Sources(cast)
    with another_clock(clerk.data, FIRST) as clock:
        tasks.begin()
        day = FIRST
        while day <= LAST:
            clock.turn(day)
            if official().is_working_day(day):
                sources.spend(day)
                tasks.spend(day)
                watch.spend(day)
            watch.end(day)
            yield day
            day += timedelta(1)
