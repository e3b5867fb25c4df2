"""What becomes of each task of the demo in its year, drawn by seeded dice before the year begins: nothing of it ever happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from huajie_desktop.lights.workdays import official

SET_UP = date(2021, 2, 22)  # the day the lists came in
FIRST, LAST = date(2021, 2, 25), date(2021, 12, 31)
_TOWN_WEEK = 1  # days over which the township's own tasks are handed out; the villages' come in the week after


class Kept(NamedTuple):
    """What the script knows of a task before the year."""

    id: int
    unit: str
    title: str
    content: str
    due: date
    ongoing: bool
    of_village: bool


class Asked(NamedTuple):
    """More time that is asked for: when, until when, whether it is granted."""

    on: date
    wanted: date
    granted: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """One task's year: its days, its pace, and what goes wrong with it."""

    task: Kept
    handed: date
    received: date
    ready: date  # the day it is done and its sign-off applied for; one after the year lies beyond it
    slow: bool = False  # behind its plan for most of the time
    asked: Asked | None = None
    pause: tuple[date, date] | None = None
    rejected: bool = False  # the first application
    reopened: date | None = None

    def share(self, day: date) -> int:
        """Per cent done as its unit tells it on a day, in steps of 5; slow ones catch up at the end."""
        if day >= self.ready:
            return 100
        whole = (self.ready - date(FIRST.year, 1, 1)).days
        gone = (day - date(FIRST.year, 1, 1)).days / whole
        if self.slow:
            gone = gone * 0.55 if gone < 0.75 else 0.4125 + (gone - 0.75) * 2.35
        return max(5, min(95, round(gone * 20) * 5))


def fates(tasks: Iterable[Kept], seed: int) -> list[Fate]:
    """The fate of each task, the same at every call with the same tasks and seed."""
    dice = Random(seed)
    return [_fate(task, dice) for task in tasks]


def working(day: date, days: int = 0) -> date:
    """The working day that lies so many working days after a day; that day itself or the next one for 0."""
    workdays = official()
    while not workdays.is_working_day(day):
        day += timedelta(1)
    return workdays.add_working_days(day, days) if days else day


def month_days(unit_place: int) -> Sequence[date]:
    """The days on which a unit reports its months, from the first to the last of the year: each unit has its own habit."""
    habit = (21, 27)[unit_place % 2]
    return [working(date(FIRST.year, month, habit)) for month in range(FIRST.month + 1, 13)]


def _fate(task: Kept, dice: Random) -> Fate:
    handed = working(date(2021, 3, 1), dice.randint(0, 3)) if task.of_village else working(FIRST, dice.randint(0, _TOWN_WEEK))
    received = working(handed, dice.randint(5, 8) if dice.random() < 0.08 else dice.randint(0, 3))
    luck, due = dice.random(), task.due
    slow, asked, pause = False, None, None
    ready = due - timedelta(dice.randint(2, 14))
    if luck < 0.1:
        ready = due - timedelta(dice.randint(20, 60))
    elif luck < 0.22:
        slow, ready = True, due - timedelta(dice.randint(2, 5))
    elif luck < 0.33:
        slow, ready = dice.random() < 0.6, due + timedelta(dice.randint(4, 40))
    elif luck < 0.4:
        asked = _asked(due, dice)
        slow = dice.random() < 0.5
        ready = asked.wanted - timedelta(dice.randint(2, 9)) if asked.granted else due + timedelta(dice.randint(5, 25))
    elif luck < 0.43 and (due - handed).days > 90:
        begun = working(handed + timedelta(dice.randint(25, 50)))
        pause = begun, working(begun + timedelta(dice.randint(15, 40)) if luck < 0.423 else date(2022, 3, 1))
        ready = due - timedelta(3) if pause[1] < due else date(2022, 4, 1)
    ready = working(max(ready, received + timedelta(12)))
    reopened = working(ready + timedelta(dice.randint(20, 35))) if dice.random() < 0.05 else None
    return Fate(task, handed, received, ready, slow, asked, pause, dice.random() < 0.08, reopened)


def _asked(due: date, dice: Random) -> Asked:
    on = working(due - timedelta(dice.randint(9, 16)))
    return Asked(on, working(due + timedelta(dice.randint(30, 75))), granted=dice.random() < 0.8)
