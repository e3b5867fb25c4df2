"""Opening a database: the one door for engine, first glance and backup; a SQLite file or a server; and faults by reason."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from json import JSONDecodeError
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlite  # carries SQLite 3.53, free of the WAL-reset fault of older libraries
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from db.connecting import Place, connect, is_server
from db.damage import Undecodable, tell_damage
from db.errors import Reason, StorageError
from db.kept_file import KeptFile
from db.types import UnkeepableText

WRITING = {"writing": True}  # execution option of connections that will write: they lock at once, not half way
_WRITERS = 0x6875616A6965  # the one lock of a server's database that whoever writes holds until the operation ends
_QUEUE = "SET LOCAL lock_timeout = '60s'"  # an import of many rows ends within it; who waits longer is told
_REASONS = {
    "SQLITE_FULL": Reason.FULL,
    "SQLITE_IOERR": Reason.BROKEN_DISK,
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
    "58": Reason.BROKEN_DISK,
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
    "disk I/O error": Reason.BROKEN_DISK,
    "readonly database": Reason.READ_ONLY,
    "unable to open database file": Reason.READ_ONLY,
    "database is locked": Reason.BUSY,
    "file is not a database": Reason.DAMAGED,
    "malformed": Reason.DAMAGED,
    "Could not decode": Reason.DAMAGED,
    "no such table": Reason.DAMAGED,  # all are there once it is open
    "int too large to convert to SQLite": Reason.OVERLONG,
}

_ERRNOS = {errno.ENOSPC: Reason.FULL, errno.EDQUOT: Reason.FULL, errno.EFBIG: Reason.FULL, errno.EIO: Reason.BROKEN_DISK}
# What the driver itself meets in a damaged schema, and JSON that the program kept and cannot read again.
_UNREADABLE = (Undecodable, UnicodeDecodeError, JSONDecodeError)
_FILE = "file"  # execution option: the file the engine is open on
S = TypeVar("S", bound=Session)


def open_engine(place: Place, key: str | None = None) -> Engine:
    """An engine on a SQLite file, created if missing, or on a server; raises StorageError only when first used (see `faults`).

    What it refuses never quotes the values that were written: such texts get into logs.
    """
    if is_server(place):
        # The address stays with the opener: nothing that prints an engine can print a password. A pooled connection is tried
        # before it is used, since the server may have been started anew meanwhile.
        opener: Callable[[], Any] = partial(connect, place, key)
        engine = create_engine("postgresql+psycopg://", creator=opener, pool_pre_ping=True, hide_parameters=True)
    else:
        file, url = KeptFile(Path(place), key), URL.create("sqlite+pysqlite", database=str(place))
        engine = create_engine(url, creator=file.connect, module=sqlite, hide_parameters=True, execution_options={_FILE: file})
        tell_damage(engine.dialect)
    event.listen(engine, "begin", _on_begin)
    return engine


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions that keep their objects readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def writing(sessions: sessionmaker[S]) -> Iterator[S]:
    """A session that writes: whole or not at all. Raises StorageError, MOVED where the file is not at its place."""
    with faults(), sessions() as session:
        session.connection(execution_options=WRITING)
        yield session
        session.commit()
        engine = session.get_bind()
        if isinstance(engine, Engine) and file_of(engine):
            with engine.connect() as connection:
                _check_place(connection)


def file_of(opened: Engine | Connection) -> KeptFile | None:
    """The file an engine is open on; None for a server."""
    found: KeptFile | None = opened.get_execution_options().get(_FILE)
    return found


def close(engine: Engine) -> None:
    """Lets a database go; nothing of it is left in the log beside it, so that a file put in its place has nothing to fear."""
    if file := file_of(engine):
        with suppress(Exception), engine.connect() as connection:  # what is damaged is let go, too
            file.empty_log(connection.connection.driver_connection)
    engine.dispose()


def _on_begin(connection: Connection) -> None:
    """Writers come one after the other, readers see one state of the data: what every service is written for."""
    to_write = connection.get_execution_options().get("writing")
    if to_write:
        _check_place(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if to_write else "BEGIN")
    elif to_write:
        connection.exec_driver_sql(f"{_QUEUE}; SELECT pg_advisory_xact_lock({_WRITERS})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _check_place(connection: Connection) -> None:
    if file := file_of(connection):
        file.check(connection.connection.driver_connection)


@contextmanager
def faults() -> Iterator[None]:
    """Turns the errors of the driver and of files into StorageError by reason; programming errors pass as they are."""
    try:
        with refusals():
            yield
    except OSError as error:
        raise StorageError(_ERRNOS.get(error.errno or 0, Reason.READ_ONLY), str(error)) from error


@contextmanager
def refusals() -> Iterator[None]:
    """The same for the driver's errors alone: who only reads may meet a file that is gone and know better what that means."""
    try:
        yield
    except StatementError as error:
        raise _refusal(error.orig, error) from error
    except (sqlite.DatabaseError, UnkeepableText, UnicodeEncodeError, OverflowError, *_UNREADABLE) as error:
        raise _refusal(error, error) from error


def _refusal(cause: BaseException | None, otherwise: Exception) -> Exception:
    reason = reason_of(cause)
    return otherwise if reason is None else StorageError(reason, str(cause))


def reason_of(error: BaseException | None) -> Reason | None:
    """Why the driver refused, or None where the fault is the program's own."""
    if isinstance(error, UnkeepableText | UnicodeEncodeError):  # half a character can be kept nowhere either
        return Reason.UNFIT
    if isinstance(error, _UNREADABLE):
        return Reason.DAMAGED
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
