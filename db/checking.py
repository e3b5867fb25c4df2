"""Whether a database is whole: what SQLite itself finds, and whether the journal, replayed, says what the tables say.

Everything is streamed: the rows of a table beside the entries about them, both in the order of ids, so that a million entries
take no more memory than one record's.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import InvalidOperation
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Row, Table, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from db.base import Base, content_columns
from db.belonging import models_by_table
from db.errors import Reason, StorageError
from db.images import read_value
from db.models import JournalEntry
from db.opening import faults

Step = Callable[[int, int], object]  # so many of so many are looked at; raises what shall end it
MOST = 20  # findings; who has so many need not know them all
_AT_ONCE = 2000  # rows fetched together
_PAUSE = 2_000_000  # instructions of SQLite's between two looks whether to go on
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, InvalidOperation)  # what a changed byte makes of an image


UNTOLD, GONE, TWICE = "untold", "gone", "twice"  # a row no entry tells of, one that is not there, one told to come or go twice


class Finding(NamedTuple):
    """What is wrong: the table ("" for the file itself), the record's id and the column, or what SQLite says."""

    table: str
    record_id: int
    what: str


def examine(connection: Connection, step: Step, *, with_journal: bool = True) -> list[Finding]:
    """What is wrong with a database, at most MOST findings; reads all of it, the journal only where the schema is today's.

    Whatever the driver cannot read is a finding, too; what `step` raises passes.
    """
    found: list[Finding] = []
    try:
        if connection.dialect.name == "sqlite":
            found += _by_sqlite(connection, step)
        if with_journal and not found:
            for finding in _by_journal(connection, step):
                found.append(finding)
                if len(found) >= MOST:
                    break
    except (SQLAlchemyError, *_UNREADABLE) as error:
        found.append(Finding("", 0, str(getattr(error, "orig", None) or error)))
    return found


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has, without what only a desk remembers."""
    with faults():
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).scalars().all()
        return {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in names
            if not name.startswith("sqlite_") and name not in ("databases", "snapshots")
        }


def _by_sqlite(connection: Connection, step: Step) -> list[Finding]:
    with _AskedMeanwhile(connection, step):
        said = [row[0] for row in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})")]
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(MOST)
    found = [Finding("", 0, str(line)) for line in said if line != "ok"]
    return found + [Finding(row[0], row[1] or 0, f"→ {row[2]}") for row in dangling]


class _AskedMeanwhile:
    """Lets `step` end a statement that takes long."""

    def __init__(self, connection: Connection, step: Step) -> None:
        self._driver: Any = connection.connection.driver_connection
        self._step = step
        self._raised: BaseException | None = None

    def __enter__(self) -> None:
        self._driver.set_progress_handler(self._ask, _PAUSE)

    def __exit__(self, *_error: object) -> None:
        self._driver.set_progress_handler(None, 0)
        if self._raised is not None:
            raise self._raised

    def _ask(self) -> int:
        try:
            self._step(0, 0)
        except BaseException as error:  # it would be lost in the driver
            self._raised = error
            return 1
        return 0


def _by_journal(connection: Connection, step: Step) -> Iterator[Finding]:
    tables = models_by_table()
    total = connection.execute(select(func.count()).select_from(JournalEntry)).scalar_one()
    for (kind,) in connection.execute(select(JournalEntry.kind).distinct()):
        if kind not in tables:
            yield Finding("journal", 0, str(kind))
    done = 0
    for table in Base.metadata.sorted_tables:
        if table.name in tables:
            for finding, read in _of_table(connection, table):
                if finding is not None:
                    yield finding
                done += read
                step(done, total)


def _of_table(connection: Connection, table: Table) -> Iterator[tuple[Finding | None, int]]:
    """What is wrong with one table, and how many entries were read meanwhile."""
    columns = content_columns(table)
    names = [column.name for column in columns]
    place = names.index("id")
    streamed = connection.execution_options(yield_per=_AT_ONCE)
    kept = iter(streamed.execute(select(*columns).order_by(table.c.id)))
    row = next(kept, None)
    read = 0
    for record_id, entries in groupby(_entries(streamed, table.name), itemgetter(0)):
        told, count, doubt = _replayed(table, entries)
        read += count
        while row is not None and row[place] < record_id:
            yield Finding(table.name, row[place], UNTOLD), 0
            row = next(kept, None)
        mine = row if row is not None and row[place] == record_id else None
        found = doubt or _differs(table, names, told, mine)
        if found or read >= _AT_ONCE:
            yield (Finding(table.name, record_id, found) if found else None), read
            read = 0
        row = next(kept, None) if mine is not None else row
    while row is not None:
        yield Finding(table.name, row[place], UNTOLD), 0
        row = next(kept, None)
    yield None, read


def _entries(connection: Connection, kind: str) -> Iterator[Row[Any]]:
    entry = JournalEntry
    said = select(entry.record_id, entry.before, entry.after).where(entry.kind == kind).order_by(entry.record_id, entry.id)
    return iter(connection.execute(said))


def _replayed(table: Table, entries: Iterator[Any]) -> tuple[dict[str, Any] | None, int, str]:
    """What the entries make of nothing, how many they are, and where one says otherwise than what then stood."""
    standing: dict[str, Any] | None = None
    doubt, count = "", 0
    for _record_id, before, after in entries:
        count += 1
        if doubt:
            continue
        try:
            if (before is None) != (standing is None):
                doubt = TWICE
            elif before is not None and standing is not None:
                doubt = _contradicts(table, orjson.loads(before), standing, whole=after is None)
            if after is None:
                standing = None
            elif before is None or standing is None:
                standing = orjson.loads(after)
            else:
                standing.update(orjson.loads(after))
        except _UNREADABLE as error:
            doubt = f"journal: {error}"
    return standing, count, doubt


def _contradicts(table: Table, said: Mapping[str, Any], standing: Mapping[str, Any], *, whole: bool) -> str:
    """The first column of which an image says otherwise than what stood, "" for none."""
    wrong = [name for name, value in said.items() if standing.get(name) != value]
    if whole:
        wrong += [name for name, value in standing.items() if value is not None and name not in said]
    for name in wrong:  # a column added later stands for its default
        if name in table.c and read_value(table, said, name) != read_value(table, standing, name):
            return name
    return ""


def _differs(table: Table, names: list[str], told: Mapping[str, Any] | None, row: Row[Any] | None) -> str:
    """The first column in which a row differs from what the journal tells, "" for none."""
    if told is None or row is None:
        return "" if told is None and row is None else (GONE if row is None else UNTOLD)
    try:
        for name, value in zip(names, row, strict=True):
            if told.get(name) != value and read_value(table, told, name) != value:
                return name
    except _UNREADABLE as error:
        return f"journal: {error}"
    return ""


def whole_or_refused(connection: Connection, step: Step, *, with_journal: bool = True) -> None:
    """Raises StorageError(DAMAGED) with the first finding where a database is not whole."""
    if found := examine(connection, step, with_journal=with_journal):
        raise StorageError(Reason.DAMAGED, " ".join(map(str, found[0])))
