"""Who works in the demo's year and on which day: the seats, the clock they share, the dice, and what is due to happen."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from db.log import Act
from huajie_desktop.application import Application
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.demo.demo_fates import LAST
from huajie_desktop.errors import Problem
from huajie_desktop.receiving.typed import TypedTable
from huajie_desktop.seat import Seat
from huajie_desktop.work.review import approve, move, submit
from resources import path

_MORNING, _PAUSE = time(8, 30), timedelta(minutes=11)  # when a day's work begins, and how long one step takes


class Cast:
    """The people of the demo's year: the clerk enters, the reviewer decides, the supervisor watches; none checks their own."""

    def __init__(self, clerk: Seat, reviewer: Seat, supervisor: Seat, seed: int) -> None:
        self.clerk, self.reviewer, self.supervisor = clerk, reviewer, supervisor
        self.dice = Random(seed)
        self.said: Mapping[str, Any] = tomllib.loads(path("demo/year.toml").read_text("utf-8"))
        self._agenda: dict[str, list[tuple[date, Any]]] = defaultdict(list)

    def word(self, of: str, **filled: object) -> str:
        """One of the sentences of that name, by the dice."""
        return str(self.dice.choice(self.said[of])).format(**filled)

    # what is due to happen

    def plan(self, what: str, day: date, one: Any) -> None:
        """Puts something down for a day; what lies behind the year never happens."""
        if day <= LAST:
            self._agenda[what].append((day, one))

    def due(self, what: str, day: date) -> list[Any]:
        """What was put down up to that day, the earliest first; it is put down no more."""
        planned = self._agenda[what]
        self._agenda[what] = [(on, one) for on, one in planned if on > day]
        return [one for on, one in sorted(planned, key=lambda found: found[0]) if on <= day]

    # how it is done

    def move(self, seat: Seat, ledger: Ledger, act: Act, ids: Sequence[int], reason: str = "") -> list[int]:
        """Makes a move of those that can make it; returns which did."""
        if not ids:
            return []
        try:
            made = move(seat, ledger, act, ids, reason)
        except Problem:
            return []
        left = {one.id for one in made.left}
        return [one for one in ids if one not in left]

    def type_in(self, seat: Seat, ledger: Ledger, rows: Sequence[Mapping[str, str]]) -> list[int]:
        """Types rows as a table and keeps them as one step; returns their ids in order."""
        if not rows:
            return []
        table = TypedTable(seat, ledger)
        table.write({(number, key): text for number, row in enumerate(rows) for key, text in row.items()})
        kept = table.keep()
        return sorted(kept.changes.touched[ledger.model.__tablename__])

    def reviewed(self, ledger: Ledger, ids: Sequence[int]) -> None:
        """The clerk hands records in, the reviewer approves them."""
        if ids:
            submit(self.clerk, ids, ledger)
            approve(self.reviewer, ids, ledger)


class Turned:
    """A clock that stands on a day of the year and goes on by a few minutes at each step."""

    def __init__(self) -> None:
        self.day = LAST
        self._at = datetime.combine(self.day, _MORNING)

    def turn(self, day: date) -> None:
        """Begins another day."""
        if day != self.day:
            self.day, self._at = day, datetime.combine(day, _MORNING)

    def today(self) -> date:
        """The day it stands on."""
        return self.day

    def now(self) -> datetime:
        """The next moment, as moments are kept: in UTC."""
        self._at += _PAUSE if self._at.hour < 17 else timedelta(seconds=20)
        return self._at.astimezone(UTC).replace(tzinfo=None)


@contextmanager
def another_clock(data: Application, day: date) -> Iterator[Turned]:
    """While it lasts, the data is worked on by a clock that is turned by hand; then its own clock goes on."""
    clock = Turned()
    clock.turn(day)
    before = data.today, data.now
    data.today, data.now = clock.today, clock.now
    try:
        yield clock
    finally:
        data.today, data.now = before
