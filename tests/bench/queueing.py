"""The work queue over 100,000 tasks with their reports, beside the same aggregates written by hand for the same SQLite."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher3

from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from huajie_desktop.supervision import todo
from huajie_desktop.township.seating import come_in, set_up
from tests.bench.bulletins import add_workdays
from tests.bench.measure import Measure, Timed, stopwatch

TASKS = 100_000
DAY = date(2021, 6, 30)
_UNITS = 27
_MISSING = [
    f"""((t.start IS NULL OR t.start <= '{end}') AND (t.handed_on IS NULL OR t.handed_on > :day OR t.handed_on <= '{end}')
    AND NOT EXISTS (SELECT 1 FROM progress p WHERE p.task_id = t.id AND p.month = '{month:02}')
    AND coalesce((SELECT s.handling FROM task_steps s WHERE s.task_id = t.id AND s."on" <= '{end}' ORDER BY s.id DESC LIMIT 1),
                 '') NOT IN ('suspended', 'signed_off'))"""
    for month, end in ((number, date(2021, number, 28)) for number in range(1, 7))
]
_OPEN = "t.finished_on IS NULL AND t.handling IS NOT 'suspended'"
_ENDS = " ".join(f"WHEN '{month:02}' THEN '{date(2021, month + 1, 1) - timedelta(days=1)}'" for month in range(1, 12))
# Of each task its light, as far as these tasks have any: which reports say per cent, and all tasks have a due day.
_LIT = f"""
WITH told AS (
  SELECT task_id, max(CASE month {_ENDS} ELSE '2021-12-31' END || month) AS newest, percent FROM progress
  WHERE campaign_id = 1 AND CASE month {_ENDS} ELSE '2021-12-31' END <= :day GROUP BY task_id
), marks AS (
  SELECT task_id, count(*) AS marks, sum(due <= :day) AS due, sum(coalesce(reached_on <= :day, 0)) AS reached FROM milestones
  WHERE due IS NOT NULL GROUP BY task_id
), known AS (
  SELECT t.id, t.due, coalesce(t.finished_on <= :day, 0) AS done, coalesce(t.start, '2021-01-01') AS begin, m.marks, m.due AS came,
    max(coalesce(told.percent, 0), coalesce(100 * m.reached / m.marks, 0)) AS far,
    (SELECT s.handling FROM task_steps s WHERE s.task_id = t.id AND s."on" <= :day ORDER BY s.id DESC LIMIT 1) = 'suspended' AS rests
  FROM tasks t LEFT JOIN told ON told.task_id = t.id LEFT JOIN marks m ON m.task_id = t.id WHERE t.campaign_id = 1
), lit AS (
  SELECT k.id, CASE WHEN done THEN 'done' WHEN rests THEN 'stopped' WHEN k.due < :day THEN 'overdue' WHEN
    CASE WHEN k.due <= :day THEN 100 WHEN begin > :day THEN 0 WHEN marks THEN 100 * came / marks WHEN e.upto = s.before THEN 0
      ELSE 100 * ((SELECT upto FROM workdays WHERE day = :day) - s.before) / (e.upto - s.before) END - far > 10
    THEN 'behind' END AS light
  FROM known k LEFT JOIN workdays s ON s.day = begin LEFT JOIN workdays e ON e.day = k.due
)"""
# The same numbers as somebody who knows SQLite would ask for them, one pass a table.
_BY_HAND = {
    "tasks": f"""{_LIT}
SELECT sum(light = 'overdue'), sum(light = 'behind'),
  sum({_OPEN} AND t.due BETWEEN :day AND date(:day, '+7 days')),
  sum({_OPEN} AND t.due BETWEEN :day AND date(:day, '+15 days')),
  sum({_OPEN} AND t.due BETWEEN :day AND date(:day, '+30 days')),
  sum(t.handling = 'handed' AND t.receive_by < :day), sum(t.handling = 'handed'),
  sum(t.state = 'approved' AND {_OPEN} AND ({" OR ".join(_MISSING)})),
  sum(t.state = 'approved' AND {_OPEN} AND {_MISSING[-1]}),
  sum({_OPEN} AND t.id IN (SELECT m.task_id FROM milestones m WHERE m.due <= :day AND m.reached_on IS NULL)),
  sum({_OPEN} AND t.id IN (SELECT m.task_id FROM milestones m WHERE m.reached_on IS NULL
      AND m.due BETWEEN date(:day, '+1 days') AND date(:day, '+7 days'))),
  sum(t.finished_on IS NULL AND t.id IN (SELECT o.task_id FROM occurrences o WHERE o.done_on IS NULL AND o.due < :day)),
  sum(t.handling = 'applied'), 0, sum(t.state = 'returned'),
  sum(t.state = 'approved' AND {_OPEN} AND t.id NOT IN (SELECT l.task_id FROM paper_tasks l JOIN papers p ON p.id = l.paper_id
      WHERE p.kind = 'pledge' AND p.outdated_at IS NULL))
FROM tasks t JOIN lit ON lit.id = t.id WHERE t.campaign_id = 1
""",
    "notices": """
SELECT sum(state IN ('issued', 'summoned') AND term < :day), sum(state = 'answered' AND term < :day),
    sum(state IN ('issued', 'summoned')), sum(state = 'answered')
FROM notices WHERE campaign_id = 1
""",
    "findings": """
SELECT sum(state = 'handed' AND term < :day), sum(state = 'answered' AND term < :day), sum(state = 'handed'),
    sum(state = 'answered') FROM findings WHERE campaign_id = 1
""",
    "extensions": "SELECT sum(state = 'asked' AND before < :day), sum(state = 'asked') FROM extensions WHERE campaign_id = 1",
    "papers": """
SELECT sum(kind = 'pledge' AND signed_on IS NULL AND outdated_at IS NULL AND coalesce(sign_by < :day, 0)),
  sum(kind = 'pledge' AND signed_on IS NULL AND outdated_at IS NULL AND NOT coalesce(sign_by < :day, 0))
FROM papers WHERE campaign_id = 1
""",
    "waiting": "SELECT count(*) FROM tasks WHERE campaign_id = 1 AND state = 'submitted'",
}
_STATES = ("approved", "approved", "approved", "approved", "approved", "approved", "submitted", "draft")
_HANDLING = ("underway", "underway", "underway", "handed", "applied", "suspended", "planned", "underway")


def _prepare(folder: Path) -> tuple[Timed, Timed]:
    data = folder / "data"
    set_up(Application.create(data), "花街镇", 2021, "张三").data.close()
    _fill(data / DATABASE)
    seat = come_in(Application.open(data, today=lambda: DAY), "张三")
    numbers: dict[str, list[int]] = {}

    def ours() -> float:
        with stopwatch() as seconds, seat.reading() as session:
            lines = todo.queue(session, DAY)
        numbers["ours"] = sorted(part.number for line in lines for part in line.parts)
        return seconds[0]

    def peer() -> float:
        connection = sqlcipher3.connect(data / DATABASE)
        connection.execute("PRAGMA cache_size = -20480")  # as ours has it
        with stopwatch() as seconds:
            found = [connection.execute(statement, {"day": DAY.isoformat()}).fetchone() for statement in _BY_HAND.values()]
        connection.close()
        by_hand = sorted(number for row in found for number in row if number)
        if numbers.get("ours", by_hand) != by_hand:
            raise RuntimeError(f"{numbers['ours']} is not {by_hand}")
        return seconds[0]

    return ours, peer


def _fill(file: Path) -> None:
    """100,000 tasks with some 450,000 reports, and what hangs on them, written by hand: only the reading is measured."""
    connection = sqlite3.connect(file)
    _insert(connection, "tasks", _tasks())
    _insert(connection, "progress", _reports())
    _insert(connection, "milestones", (
        {"id": one, "uid": f"m{one}", "task_id": one, "due": _day(one * 7 % 300), "text": "节点", "position": 0,
         "reached_on": DAY.isoformat() if one % 2 else None} for one in range(1, TASKS + 1, 3)
    ))  # fmt: skip
    _insert(connection, "task_steps", (
        {"id": one, "uid": f"s{one}", "task_id": one, "on": _day(40), "handling": _HANDLING[one % 8]} for one in range(1, TASKS + 1)
    ))  # fmt: skip
    _insert(connection, "notices", (
        {"id": one, "uid": f"n{one}", "campaign_id": 1, "unit_id": 1 + one % _UNITS, "state": ("issued", "answered")[one % 2],
         "level": "remind", "title": "事项", "issued_on": _day(100), "term": _day(one % 300), "search": ""}
        for one in range(1, 5_001)
    ))  # fmt: skip
    add_workdays(connection)
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


def _tasks() -> Iterator[dict[str, object]]:
    for one in range(1, TASKS + 1):
        handling = _HANDLING[one % 8]
        yield {
            "id": one, "uid": f"t{one}", "campaign_id": 1, "unit_id": 1 + one % _UNITS, "title": f"事项{one}", "search": "",
            "state": _STATES[one // 8 % 8], "due": _day(one % 365), "ongoing": 0, "key_project": 0, "handling": handling,
            "handed_on": _day(60 + one % 90) if handling != "planned" else None,
            "receive_by": _day(64 + one % 200) if handling == "handed" else None,
            "finished_on": _day(150) if one % 5 == 0 else None, "start": _day(one % 120) if one % 2 else None,
        }  # fmt: skip


def _reports() -> Iterator[dict[str, object]]:
    number = 0
    for one in range(1, TASKS + 1):
        for month in range(1, 1 + one % 8):
            number += 1
            yield {
                "id": number, "uid": f"r{number}", "campaign_id": 1, "task_id": one, "unit_id": 1 + one % _UNITS,
                "title": f"事项{one}", "month": f"{month:02}", "state": "approved", "percent": month * 10, "search": "",
            }  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    first = next(rows)
    needed = {name: 0 for _at, name, _type, notnull, default, key in connection.execute(f"PRAGMA table_info({table})")
              if notnull and default is None and not key and name not in first}  # fmt: skip
    names = [*first, *needed]
    columns = ", ".join(f"[{name}]" for name in names)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({','.join('?' * len(names))})"
    values = ([*row.values(), *needed.values()] for row in (first, *rows))
    connection.executemany(statement, values)


def _day(number: int) -> str:
    return (date(2021, 1, 1) + timedelta(days=number)).isoformat()


MEASURES = (Measure("queue-100k", 1.3, 5, _prepare),)
