"""Importing: files to checked records, checked records to committed rows, and the whole of 26 villages."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from huajie_desktop.reading.known import known_office
from huajie_desktop.receiving import importing, intake
from huajie_desktop.seat import Seat
from huajie_desktop.sheets.understood.workbooks import read_workbook
from huajie_desktop.township.seating import by_command, set_up
from tests.bench.measure import Measure, Timed, stopwatch
from tests.bench.sheets import write_tasks

SAMPLES = Path(__file__).parents[1] / "data" / "villages-2021"
_PANDAS = """
import sqlite3, sys
import pandas
with sqlite3.connect(sys.argv[1]) as connection:
    for number, name in enumerate(sys.argv[2:]):
        if name.endswith(".csv"):
            frame = pandas.read_csv(name, encoding="gb18030", header=None, names=range(20))
        else:
            frame = pandas.read_excel(name, header=None, dtype=str)
        frame.columns = [str(column) for column in frame.columns]
        frame.to_sql(f"file{number}", connection)
"""


def _office(folder: Path) -> Seat:
    return set_up(Application.create(folder), "花街镇", 2021)


def _read(rows: int, folder: Path) -> tuple[Timed, Timed]:
    book = write_tasks(folder / "tasks.xlsx", rows)
    app = _office(folder / "data")
    with app.reading() as session:
        known = known_office(session)
    app.data.close()

    def ours() -> float:
        with stopwatch() as seconds:
            read = read_workbook(book, known)
        assert len(read.records) == rows, (len(read.records), read.problem)
        return seconds[0]

    def peer() -> float:
        with stopwatch() as seconds:
            values = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
        assert len(values) == rows + 2
        return seconds[0]

    return ours, peer


def _apply(rows: int, folder: Path) -> tuple[Timed, Timed]:
    book = write_tasks(folder / "tasks.xlsx", rows)
    app = _office(folder / "empty")
    made = importing.preview(app, [book])
    app.data.close()
    done: dict[str, tuple[str, list[tuple[Any, ...]]]] = {}

    def fresh(name: str) -> Path:
        shutil.rmtree(folder / name, ignore_errors=True)
        return Path(shutil.copytree(folder / "empty", folder / name))

    def ours() -> float:
        opened = by_command(Application.open(fresh("ours")))
        with stopwatch() as seconds:
            outcome = intake.apply(opened, made)
        assert outcome.new == rows
        opened.data.close()
        if not done:
            done.update(_rows_added(folder / "empty" / DATABASE, folder / "ours" / DATABASE))
        return seconds[0]

    def peer() -> float:
        if not done:
            ours()
        connection = sqlite3.connect(fresh("peer") / DATABASE, isolation_level=None)
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        with stopwatch() as seconds:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("PRAGMA defer_foreign_keys=ON")
            for statement, values in done.values():
                connection.executemany(statement, values)
            connection.execute("COMMIT")
        connection.close()
        _check_same_rows(folder)
        return seconds[0]

    return ours, peer


_WHOLE = """
import json, resource, sys, time
from pathlib import Path
from huajie_desktop.application import Application
from huajie_desktop.receiving import importing, intake
from huajie_desktop.township.seating import by_command
app = by_command(Application.open(Path(sys.argv[1])))
start = time.perf_counter()
made = importing.preview(app, [Path(sys.argv[2])])
outcome = intake.apply(app, made)
seconds = time.perf_counter() - start
app.data.close()
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # ru_maxrss is also that of who started us
ours, child = int(peak.split()[1]) / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "new": outcome.new, "ours": ours, "child": child}))
"""


def _import(rows: int, folder: Path) -> tuple[Timed, Timed]:
    """From the file to the preview to what is kept, in a process of its own; its peak memory is printed once."""
    book = write_tasks(folder / "tasks.xlsx", rows)
    _office(folder / "empty").data.close()
    done: dict[str, tuple[str, list[tuple[Any, ...]]]] = {}
    told: list[bool] = []

    def fresh(name: str) -> Path:
        shutil.rmtree(folder / name, ignore_errors=True)
        return Path(shutil.copytree(folder / "empty", folder / name))

    def ours() -> float:
        said = subprocess.run(
            [sys.executable, "-c", _WHOLE, str(fresh("ours")), str(book)], capture_output=True, text=True, check=True
        )
        found = json.loads(said.stdout)
        assert found["new"] == rows, found
        if not told:
            told.append(True)
            print(
                f"  import-{rows // 1000}k: peak memory {found['ours']:.0f} MiB, its reader {found['child']:.0f} MiB (goal 400)",
                flush=True,
            )
        if not done:
            done.update(_rows_added(folder / "empty" / DATABASE, folder / "ours" / DATABASE))
        return float(found["seconds"])

    def peer() -> float:
        if not done:
            ours()
        connection = sqlite3.connect(fresh("peer") / DATABASE, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        with stopwatch() as seconds:
            values = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
            assert len(values) == rows + 2
            connection.execute("BEGIN IMMEDIATE")
            for statement, added in done.values():
                connection.executemany(statement, added)
            connection.execute("COMMIT")
        connection.close()
        _check_same_rows(folder)
        return seconds[0]

    return ours, peer


def _check_same_rows(folder: Path) -> None:
    """The peer's database holds as many rows as ours in every table."""
    ours, peer = (_row_counts(folder / name / DATABASE) for name in ("ours", "peer"))
    assert peer == ours, {name: (ours[name], peer[name]) for name in ours if ours[name] != peer[name]}


def _row_counts(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _rows_added(before: Path, after: Path) -> dict[str, tuple[str, list[tuple[Any, ...]]]]:
    """The very rows an import added, by table, with the statement that inserts them."""
    connection = sqlite3.connect(after)
    connection.execute("ATTACH ? AS old", (str(before),))
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
    ]
    added = {}
    for name in names:
        values = connection.execute(f"SELECT * FROM main.{name} EXCEPT SELECT * FROM old.{name}").fetchall()
        if values:
            added[name] = (f"INSERT INTO {name} VALUES ({','.join('?' * len(values[0]))})", values)
    connection.close()
    return added


def _villages(folder: Path) -> tuple[Timed, Timed]:
    books = [str(file) for file in sorted(SAMPLES.iterdir()) if file.suffix != ".json"][1:]
    _office(folder / "empty").data.close()
    peer_python = os.environ.get("BENCH_PEER_PYTHON", sys.executable)

    def ours() -> float:
        shutil.rmtree(folder / "data", ignore_errors=True)
        shutil.copytree(folder / "empty", folder / "data")
        command = [sys.executable, "-m", "huajie_desktop", "import", *books, "--skip-errors", "--data", str(folder / "data")]
        with stopwatch() as seconds:
            said = subprocess.run(command, capture_output=True, text=True)
        assert "导入" in said.stdout, said.stderr
        assert _row_counts(folder / "data" / DATABASE)["tasks"] > 200
        return seconds[0]

    def peer() -> float:
        (folder / "peer.db").unlink(missing_ok=True)
        with stopwatch() as seconds:
            subprocess.run([peer_python, "-c", _PANDAS, str(folder / "peer.db"), *books], check=True, capture_output=True)
        counts = _row_counts(folder / "peer.db")
        assert len(counts) == len(books), counts
        assert all(counts.values()), counts
        return seconds[0]

    return ours, peer


MEASURES = (
    Measure("read-10k", 2.5, 7, partial(_read, 10_000)),
    Measure("read-100k", 1.8, 3, partial(_read, 100_000)),
    Measure("apply-10k", 3.0, 7, partial(_apply, 10_000)),
    Measure("apply-100k", 1.8, 3, partial(_apply, 100_000)),
    Measure("import-26", 0.8, 7, _villages),
    Measure("import-100k", 1.8, 3, partial(_import, 100_000)),
)
