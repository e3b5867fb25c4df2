"""The journal after years: the recycle bin over 1,000,000 entries, and 100,000 tasks approved; beside the bare SQL.

Also prints how long the history of one task takes and the memory of a process that only approved (VmHWM).
"""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from db.log import Act
from db.models import JournalEntry, Task
from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from huajie_desktop.journal import recycle_bin
from huajie_desktop.journal.versions import versions
from huajie_desktop.receiving import importing, intake
from huajie_desktop.records import entry
from huajie_desktop.seat import Seat
from huajie_desktop.shipped_catalogue import open_catalogue
from huajie_desktop.township.seating import set_up
from huajie_desktop.work.task_ledger import TASKS
from tests.bench.measure import Measure, Timed, stopwatch
from tests.bench.sheets import write_tasks

TASKS_KEPT, ENTRIES, DELETED = 100_000, 1_000_000, 20_000
_BIN = """
SELECT j.id FROM journal j JOIN operations o ON o.id = j.operation_id
WHERE j.kind IN ({kinds}) AND j.after IS NULL
AND NOT EXISTS (SELECT 1 FROM journal l WHERE l.kind = j.kind AND l.record_id = j.record_id AND l.id > j.id)
AND (SELECT m.undone_by_id FROM operations m JOIN journal f ON f.operation_id = m.id
     WHERE f.kind = j.kind AND f.record_id = j.record_id ORDER BY f.id LIMIT 1) IS NULL
ORDER BY j.id DESC
"""
_APPROVE = """
import sys, time
from pathlib import Path
from sqlalchemy import select
from db.models import Task
from huajie_desktop.application import Application
from huajie_desktop.township.seating import by_command
from huajie_desktop.work.review import approve
seat = by_command(Application.open(Path(sys.argv[1])))
with seat.reading() as session:
    ids = list(session.scalars(select(Task.id).where(Task.state == "submitted").order_by(Task.id)))
start = time.perf_counter()
approve(seat, ids)
seconds = time.perf_counter() - start
seat.data.close()
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(len(ids), seconds, int(peak.split()[1]) // 1024)
"""


def _filled(folder: Path) -> Seat:
    """A data folder with 100,000 submitted tasks."""
    seat = set_up(Application.create(folder / "data"), "花街镇", 2021)
    intake.apply(seat, importing.preview(seat, [write_tasks(folder / "tasks.xlsx", TASKS_KEPT)]))
    return seat


def _grow(seat: Seat) -> int:
    """Changes the tasks until the journal has its entries, deletes some; returns one of those that are left."""
    with seat.reading() as session:
        ids = list(session.scalars(select(Task.id).order_by(Task.id)))
        entries = session.scalar(select(func.count()).select_from(JournalEntry)) or 0
    for number in range((ENTRIES - entries) // len(ids) + 1):
        with seat.operation(Act.CHANGE, f"第 {number + 1} 次修改") as running:
            running.update(Task, {task_id: {"remarks": f"第 {number + 1} 次修改"} for task_id in ids})
    entry.delete(seat, ids[:DELETED], TASKS)
    return ids[-1]


def _bin(folder: Path) -> tuple[Timed, Timed]:
    seat = _filled(folder)
    task_id = _grow(seat)
    kinds = ", ".join(f"'{ledger.model.__tablename__}'" for ledger in open_catalogue().values())

    def ours() -> float:
        with seat.reading() as session, stopwatch() as seconds:
            found = recycle_bin.deleted_ids(session)
        assert len(found) == DELETED
        with seat.reading() as session, stopwatch() as history:
            versions(session, TASKS, task_id)
        with seat.reading() as session, stopwatch() as empty:
            recycle_bin.deleted_ids(session, kind="units")
        print(f"  history of one task {history[0] * 1000:.1f} ms, empty bin {empty[0] * 1000:.1f} ms", file=sys.stderr)
        return seconds[0]

    def peer() -> float:
        connection = sqlite3.connect(seat.folder / DATABASE)
        connection.execute("SELECT count(*) FROM units").fetchone()
        with stopwatch() as seconds:
            found = connection.execute(_BIN.format(kinds=kinds)).fetchall()
        connection.close()
        assert len(found) == DELETED
        return seconds[0]

    return ours, peer


def _approve(folder: Path) -> tuple[Timed, Timed]:
    _filled(folder).data.close()
    done: dict[str, list[tuple[Any, ...]]] = {}

    def fresh(name: str) -> Path:
        shutil.rmtree(folder / name, ignore_errors=True)
        return Path(shutil.copytree(folder / "data", folder / name))

    def ours() -> float:
        ran = subprocess.run([sys.executable, "-c", _APPROVE, str(fresh("ours"))], capture_output=True, text=True)
        if ran.returncode:
            raise RuntimeError(ran.stderr)
        count, seconds, peak = ran.stdout.split()
        assert int(count) == TASKS_KEPT, count
        print(f"  approved in {float(seconds):.2f} s, peak {peak} MiB", file=sys.stderr)
        if not done:
            done.update(_written(folder / "data" / DATABASE, folder / "ours" / DATABASE))
        return float(seconds)

    def peer() -> float:
        if not done:
            ours()
        connection = sqlite3.connect(fresh("peer") / DATABASE, isolation_level=None)
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        with stopwatch() as seconds:
            connection.execute("BEGIN IMMEDIATE")
            for statement, values in done.items():
                connection.executemany(statement, values)
            connection.execute("COMMIT")
        approved = connection.execute("SELECT count(*) FROM tasks WHERE state = 'approved'").fetchone()
        connection.close()
        assert approved == (TASKS_KEPT,), approved
        return seconds[0]

    return ours, peer


def _written(before: Path, after: Path) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """The statements that make the one database from the other, with what they write."""
    connection = sqlite3.connect(after)
    connection.execute("ATTACH ? AS old", (str(before),))
    for table in ("operations", "journal"):
        rows = connection.execute(f"SELECT * FROM {table} WHERE id > (SELECT max(id) FROM old.{table})").fetchall()
        yield f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows
    yield (
        "UPDATE tasks SET state = ?, number = ?, version = ? WHERE id = ?",
        connection.execute("SELECT state, number, version, id FROM tasks WHERE state = 'approved' ORDER BY id").fetchall(),
    )
    connection.close()


MEASURES = (
    Measure("bin-1m", 2.0, 5, _bin),
    Measure("approve-100k", 2.5, 3, _approve),
)
