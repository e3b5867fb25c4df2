"""A month's bulletin over 100,000 tasks with 1,000,000 reports, beside the bare sums over the same tables.

The peer is what a practised hand would write for SQLite alone: of each task the last report by a bare column of max(), lights by
CASE, working days from a table made beforehand; by the SQLite the program has. It counts what ours counts of the month and of the month before, and its counts
must be ours.
"""

import json
import random
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from db.uids import new_uid
from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from huajie_desktop.lights.late import last_day_to_report
from huajie_desktop.lights.rules import Rules
from huajie_desktop.lights.workdays import official
from huajie_desktop.township.seating import set_up
from tests.bench.measure import Measure, Timed, told_by

TASKS, REPORTS = 100_000, 10  # of each task so many reports
YEAR, DAY = 2021, date(2021, 10, 31)
_OURS = """
import json, sys, time
from datetime import date
from pathlib import Path
from huajie_desktop.application import Application
from huajie_desktop.supervision.bulletin import bulletin_of
from huajie_desktop.township.seating import come_in
app = come_in(Application.open(Path(sys.argv[1])), "张三")
with app.reading() as session:
    start = time.perf_counter()
    found = bulletin_of(session, date(2021, 10, 31))
    seconds = time.perf_counter() - start
def told(line):
    return [line.tasks, line.due, line.in_time, line.shares, int(line.planned * 100), int(line.spent * 100), line.unreported,
            line.unreceived, sorted(line.lights.items())]
lines = {f"unit {one.key}": told(one) for one in found.units} | {f"category {one.key}": told(one) for one in found.categories}
Path(sys.argv[1], "ours.json").write_text(json.dumps({**lines, "whole": told(found.whole), "before": told(found.before)}))
print(seconds)
"""
_PEER = """
import json, sys, time
from datetime import date
import sqlcipher3.dbapi2 as sqlite3
kept = sqlite3.connect(sys.argv[1])
kept.execute("PRAGMA cache_size = -20480")
def counted(day, last, silent, soon, unreceived):
    statement = '''
    WITH told AS (
      SELECT task_id, max(reported_on || month) AS newest, stage, percent, invested, sum(month = substr(:day, 6, 2)) AS this_month
      FROM progress WHERE campaign_id = 1 AND reported_on <= :day GROUP BY task_id
    ), known AS (
      SELECT unit_id, category_id, due, ongoing, handed_on, received_on, finished_on, investment, newest, stage, invested,
        this_month, coalesce(t.finished_on <= :day, 0) AS done, coalesce(t.start, '2021-01-01') AS begin,
        CASE WHEN told.task_id IS NULL THEN 0 WHEN told.stage = 'done' THEN 100 ELSE told.percent END AS far
      FROM tasks t LEFT JOIN told ON told.task_id = t.id WHERE t.campaign_id = 1 AND t.state = 'approved'
    ), planned AS (
      SELECT known.*, CASE WHEN ongoing OR due IS NULL THEN NULL WHEN due <= :day THEN 100 WHEN begin > :day THEN 0
        WHEN e.upto = s.before THEN 0 ELSE 100 * (:gone - s.before) / (e.upto - s.before) END AS plan
      FROM known LEFT JOIN workdays s ON s.day = begin LEFT JOIN workdays e ON e.day = due
    ), lit AS (
      SELECT *, CASE WHEN done THEN 'done' WHEN NOT ongoing AND due < :day THEN 'overdue'
        WHEN CASE WHEN plan IS NULL THEN begin < :silent AND (handed_on IS NULL OR handed_on > :day OR handed_on < :silent)
          AND (newest IS NULL OR substr(newest, 1, 10) < :silent) ELSE plan - far > 10 END THEN 'behind'
        WHEN NOT ongoing AND due <= :soon THEN 'soon'
        WHEN far = 0 AND (newest IS NULL OR stage = 'waiting') THEN 'waiting' ELSE 'normal' END AS light
      FROM planned
    )
    SELECT unit_id, category_id, light, count(*), sum(NOT ongoing AND due <= :day),
      sum(done AND (ongoing OR due IS NULL OR finished_on <= due)), sum(CASE WHEN done THEN 100 ELSE far END),
      sum(investment), sum(invested), sum(coalesce(this_month, 0) = 0 AND begin <= :last AND
        (handed_on IS NULL OR handed_on > :day OR handed_on <= :last) AND NOT done),
      sum(NOT done AND handed_on <= :unreceived AND (received_on IS NULL OR received_on > :day))
    FROM lit GROUP BY unit_id, category_id, light'''
    gone = kept.execute("SELECT upto FROM workdays WHERE day = ?", (day,)).fetchone()[0]
    said = dict(day=day, last=last, silent=silent, soon=soon, unreceived=unreceived, gone=gone)
    return kept.execute(statement, said).fetchall()
start = time.perf_counter()
months = [counted(**said) for said in json.loads(MONTHS)]
lines = {}
for month, rows in enumerate(months):
    for unit, category, light, *numbers in rows:
        for name in (f"unit {unit}", f"category {category}", "whole") if not month else ("before",):
            line, lights = lines.setdefault(name, ([0] * len(numbers), {}))
            line[:] = [one + (more or 0) for one, more in zip(line, numbers)]
            lights[light] = lights.get(light, 0) + numbers[0]
seconds = time.perf_counter() - start
found = {name: [*line, sorted(lights.items())] for name, (line, lights) in lines.items()}
open(sys.argv[1] + ".peer.json", "w").write(json.dumps(found))
print(seconds)
"""


_INTO = "INSERT INTO {} ({}) VALUES ({})"
_OF_TASK = (
    "id, campaign_id, title, unit_id, category_id, start, due, ongoing, handed_on, received_on, finished_on, investment, state, "
    "search, uid, version, key_project"
)
_OF_REPORT = "campaign_id, task_id, unit_id, title, month, reported_on, stage, percent, invested, state, search, uid, version"


def _filled(folder: Path) -> Path:
    """A data folder with those tasks and reports, written as rows at once, and beside it what the peer counts working days by."""
    set_up(Application.create(folder / "data"), "花街镇", YEAR, "张三").data.close()
    chance, kept = random.Random(1), sqlite3.connect(folder / "data" / DATABASE)
    units = [row[0] for row in kept.execute("SELECT id FROM units WHERE kind != 'township'")]
    categories = [row[0] for row in kept.execute("SELECT id FROM categories")]
    with kept:
        for table, columns, rows in (
            ("tasks", _OF_TASK, _tasks(chance, units, categories)), ("progress", _OF_REPORT, _reports(chance, units)),
        ):  # fmt: skip
            kept.executemany(_INTO.format(table, columns, ", ".join("?" * (columns.count(",") + 1))), rows)
        add_workdays(kept)
    kept.close()
    return folder / "data"


def add_workdays(kept: sqlite3.Connection) -> None:
    """What a peer counts working days of the year by: a table of days with the working days before and up to each."""
    kept.execute("CREATE TABLE workdays (day TEXT PRIMARY KEY, before INTEGER, upto INTEGER) WITHOUT ROWID")
    first, upto = date(YEAR, 1, 1), 0
    for day in (first + timedelta(days=number) for number in range(365)):
        before, upto = upto, upto + official().is_working_day(day)
        kept.execute("INSERT INTO workdays VALUES (?, ?, ?)", (day.isoformat(), before, upto))


def _tasks(chance: random.Random, units: Sequence[int], categories: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for number in range(1, TASKS + 1):
        due = _day(chance, 90, 365)
        handed = _day(chance, 30, 150) if chance.random() < 0.8 else None
        yield (
            number, 1, f"任务{number}", units[number % len(units)], chance.choice(categories), _day(chance, 0, 60), due,
            chance.random() < 0.05, handed, _day(chance, 150, 160) if handed and chance.random() < 0.9 else None,
            _day(chance, 150, 365) if chance.random() < 0.4 else None, chance.randrange(1, 900) * 100_000, "approved", "", new_uid(),
            1, False,
        )  # fmt: skip


def _reports(chance: random.Random, units: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Of each task a report for each of the first ten months, of those made in the month itself one in twenty is left to come."""
    stages = ("waiting", "underway", "underway", "nearly", "done")
    for number in range(1, TASKS + 1):
        pace = chance.randrange(3, 14)
        for month in range(1, REPORTS + 1):
            made = date(YEAR, month, 15) + timedelta(days=chance.randrange(14) + (20 if chance.random() < 0.05 else 0))
            percent = min(pace * month, 100)
            yield (
                1, number, units[number % len(units)], "任务", f"{month:02}", made.isoformat(), stages[min(percent // 25, 4)], percent,
                percent * 100_000, "draft", "", new_uid(), 1,
            )  # fmt: skip


def _day(chance: random.Random, first: int, last: int) -> str:
    return (date(YEAR, 1, 1) + timedelta(days=chance.randrange(first, last))).isoformat()


def _said(day: date) -> dict[str, str]:
    """What the peer is told of a month: its end and what follows from the usual rules."""
    rules, handed = Rules(), day
    while official().add_working_days(handed, rules.receive_days) >= day:
        handed -= timedelta(days=1)
    silent, soon = day - timedelta(days=rules.silent_days), day + timedelta(days=rules.soon_days)
    found = {"day": day, "last": last_day_to_report(day, rules), "silent": silent, "soon": soon, "unreceived": handed}
    return {name: one.isoformat() for name, one in found.items()}


def _prepare(folder: Path) -> tuple[Timed, Timed]:
    data = _filled(folder)
    months = json.dumps([_said(DAY), _said(DAY.replace(day=1) - timedelta(days=1))])
    ours, peer = told_by(_OURS, data), told_by(_PEER.replace("MONTHS", repr(months)), data / DATABASE)

    def checked() -> float:
        seconds = ours()
        told = Path(f"{data / DATABASE}.peer.json")
        if told.exists():
            found, expected = json.loads((data / "ours.json").read_text()), json.loads(told.read_text())
            wrong = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
            assert found["whole"][0] == TASKS
            assert not wrong, {name: (found.get(name), expected.get(name)) for name in wrong[:3]}
        return seconds

    return checked, peer


MEASURES = (Measure("bulletin-1m", 1.5, 3, _prepare),)
