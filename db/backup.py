"""A copy of the database as it is at one moment, made while others go on writing and looked through before it counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine

from db.checking import Step, counts, whole_or_refused
from db.connecting import COPYING, connect
from db.errors import Reason, StorageError
from db.identity import call_it_a_copy
from db.opening import faults, open_copy
from db.syncing import sync_file, sync_folder

_PIECE = 2000  # pages between two steps


class Moment:
    """The database held still at this moment, on a connection of its own; taking it takes no time. Close it when copied."""

    def __init__(self, engine: Engine) -> None:
        with faults():
            self.connection: Connection = engine.connect()
            try:
                self.connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()  # now it is begun, not at BEGIN
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> "Moment":
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets the moment go."""
        with suppress(Exception):  # what cannot be read cannot be rolled back either
            self.connection.close()


def copy_database(moment: Moment, target: Path, key: str | None, step: Step, *, with_journal: bool = True) -> dict[str, int]:
    """Writes the copy to `target` and looks it through; returns its rows by table, the same as at that moment.

    `step` hears of pages, then of entries, and may end it. Raises StorageError, OSError; then nothing is left of it.
    """
    try:
        with faults():
            _write(moment, target, key, step)
        sync_file(target)
        sync_folder(target.parent)
        with opened_copy(target, key) as connection:
            whole_or_refused(connection, step, with_journal=with_journal)
            found = counts(connection)
        if found != counts(moment.connection):
            raise StorageError(Reason.DAMAGED, "the copy has other rows")
    except BaseException:
        discard(target)
        raise
    return found


@contextmanager
def opened_copy(file: Path, key: str | None) -> Iterator[Connection]:
    """A connection that only reads a copy, beside whoever works on the data. Raises StorageError."""
    engine = open_copy(file, key)
    try:
        with faults(), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def discard(file: Path) -> None:
    """Takes a database's file away, and what SQLite keeps beside it; a disk that is gone keeps what it has."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            file.with_name(file.name + suffix).unlink(missing_ok=True)


def _write(moment: Moment, target: Path, key: str | None, step: Step) -> None:
    copy = connect(target, key, pragmas=COPYING)
    try:
        source: Any = moment.connection.connection.driver_connection
        source.backup(copy, pages=_PIECE, progress=_Told(step))
        call_it_a_copy(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    finally:
        copy.close()


class _Told:
    """Passes SQLite's progress on."""

    def __init__(self, step: Callable[[int, int], object]) -> None:
        self._step = step

    def __call__(self, _status: int, left: int, total: int) -> None:
        self._step(total - left, total)
