"""Opening the database: the embedded SQLite with full durability, and its faults by reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite  # carries SQLite 3.53, free of the WAL-reset fault of older libraries
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from db.errors import Reason, StorageError

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged work at a power cut
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-20480",
)
_REASONS = {
    "SQLITE_FULL": Reason.FULL,
    "SQLITE_IOERR": Reason.FULL,
    "SQLITE_READONLY": Reason.READ_ONLY,
    "SQLITE_CANTOPEN": Reason.READ_ONLY,
    "SQLITE_BUSY": Reason.BUSY,
    "SQLITE_LOCKED": Reason.BUSY,
    "SQLITE_NOTADB": Reason.DAMAGED,
    "SQLITE_CORRUPT": Reason.DAMAGED,
}

WRITING = {"writing": True}  # execution option of connections that will write: they lock at once, not half way


def open_engine(file: Path) -> Engine:
    """An engine on the SQLite file, created if missing; raises StorageError only when first used (see `faults`)."""
    engine = create_engine(f"sqlite+pysqlite:///{file}", module=sqlite)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions that keep their objects readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin and end where SQLAlchemy says, not where the driver guesses
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


@contextmanager
def faults() -> Iterator[None]:
    """Turns the driver's errors into StorageError by reason; programming errors pass as they are."""
    try:
        yield
    except DatabaseError as error:
        reason = reason_of(error.orig)
        if reason is None:
            raise
        raise StorageError(reason, str(error.orig)) from error
    except sqlite.DatabaseError as error:
        reason = reason_of(error)
        if reason is None:
            raise
        raise StorageError(reason, str(error)) from error
    except OSError as error:
        raise StorageError(Reason.FULL if error.errno == 28 else Reason.READ_ONLY, str(error)) from error


def reason_of(error: BaseException | None) -> Reason | None:
    """Why the driver refused, or None where the fault is the program's own."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, reason in _REASONS.items():
        if name.startswith(start):
            return reason
    return next((reason for words, reason in _WORDS.items() if words in str(error)), None)


_WORDS = {  # the cipher library's driver gives no error names
    "database or disk is full": Reason.FULL,
    "disk I/O error": Reason.FULL,
    "readonly database": Reason.READ_ONLY,
    "unable to open database file": Reason.READ_ONLY,
    "database is locked": Reason.BUSY,
    "file is not a database": Reason.DAMAGED,
    "malformed": Reason.DAMAGED,
}
