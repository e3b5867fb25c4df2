"""Opening a database: the one door for engine, first glance and backup; a SQLite file or a server; and faults by reason."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite  # carries SQLite 3.53, free of the WAL-reset fault of older libraries
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from db.connecting import Place, connect, is_server
from db.errors import Reason, StorageError
from db.types import UnkeepableText

WRITING = {"writing": True}  # execution option of connections that will write: they lock at once, not half way
_WRITERS = 0x6875616A6965  # the one lock of a server's database that whoever writes holds until the operation ends
_QUEUE = "SET LOCAL lock_timeout = '60s'"  # an import of many rows ends within it; who waits longer is told
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
_STATES = {  # how SQLSTATE begins (PostgreSQL, appendix A)
    "53100": Reason.FULL,
    "25006": Reason.READ_ONLY,
    "42501": Reason.READ_ONLY,
    "55P03": Reason.BUSY,
    "57014": Reason.BUSY,
    "40": Reason.BUSY,
    "53": Reason.BUSY,
    "XX": Reason.DAMAGED,
    "08": Reason.UNREACHABLE,
    "22001": Reason.OVERLONG,
    "22003": Reason.OVERLONG,
    "28": Reason.UNREACHABLE,
    "3D": Reason.UNREACHABLE,
    "57P": Reason.UNREACHABLE,
}
_WORDS = {  # the cipher library's driver gives no error names
    "database or disk is full": Reason.FULL,
    "disk I/O error": Reason.FULL,
    "readonly database": Reason.READ_ONLY,
    "unable to open database file": Reason.READ_ONLY,
    "database is locked": Reason.BUSY,
    "file is not a database": Reason.DAMAGED,
    "malformed": Reason.DAMAGED,
    "int too large to convert to SQLite": Reason.OVERLONG,
}


def open_engine(place: Place, key: str | None = None) -> Engine:
    """An engine on a SQLite file, created if missing, or on a server; raises StorageError only when first used (see `faults`)."""
    opener: Callable[[], Any] = partial(connect, place, key)
    if is_server(place):
        # The address stays with the opener: nothing that prints an engine can print a password. A pooled connection is tried
        # before it is used, since the server may have been started anew meanwhile.
        engine = create_engine("postgresql+psycopg://", creator=opener, pool_pre_ping=True)
    else:
        engine = create_engine(URL.create("sqlite+pysqlite", database=str(place)), creator=opener, module=sqlite)
    event.listen(engine, "begin", _on_begin)
    return engine


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions that keep their objects readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


def _on_begin(connection: Connection) -> None:
    """Writers come one after the other, readers see one state of the data: what every service is written for."""
    writing = connection.get_execution_options().get("writing")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
    elif writing:
        connection.exec_driver_sql(f"{_QUEUE}; SELECT pg_advisory_xact_lock({_WRITERS})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


@contextmanager
def faults() -> Iterator[None]:
    """Turns the errors of the driver and of files into StorageError by reason; programming errors pass as they are."""
    try:
        with refusals():
            yield
    except OSError as error:
        raise StorageError(Reason.FULL if error.errno == 28 else Reason.READ_ONLY, str(error)) from error


@contextmanager
def refusals() -> Iterator[None]:
    """The same for the driver's errors alone: who only reads may meet a file that is gone and know better what that means."""
    try:
        yield
    except StatementError as error:
        raise _refusal(error.orig, error) from error
    except (sqlite.DatabaseError, UnkeepableText, OverflowError) as error:
        raise _refusal(error, error) from error


def _refusal(cause: BaseException | None, otherwise: Exception) -> Exception:
    reason = reason_of(cause)
    return otherwise if reason is None else StorageError(reason, str(cause))


def reason_of(error: BaseException | None) -> Reason | None:
    """Why the driver refused, or None where the fault is the program's own."""
    if isinstance(error, UnkeepableText):
        return Reason.UNFIT
    if type(error).__module__.startswith("psycopg"):
        return _reason_of_server(error)
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, reason in _REASONS.items():
        if name.startswith(start):
            return reason
    return next((reason for words, reason in _WORDS.items() if words in str(error)), None)


def _reason_of_server(error: BaseException | None) -> Reason | None:
    state = getattr(error, "sqlstate", None)
    if state is None:  # it never got as far as the server, or lost it
        return Reason.UNREACHABLE if type(error).__name__ == "OperationalError" else None
    return next((reason for start, reason in _STATES.items() if state.startswith(start)), None)


def open_copy(file: Path, key: str | None = None) -> Engine:
    """An engine on a copy of a database that only reads it; raises StorageError when first used, as `open_engine` does."""
    opener = partial(connect, file, key, read_only=True)
    engine = create_engine("sqlite+pysqlite://", creator=opener, module=sqlite, poolclass=QueuePool, hide_parameters=True)
    event.listen(engine, "begin", _on_begin)
    return engine
