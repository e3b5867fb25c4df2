"""One connection to a database, by the driver alone: its file or address, its key, and how durable it is."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from db.errors import Reason, StorageError

Place = Path | str  # a SQLite file, or the address of a server: postgresql://user@host/name

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged work at a power cut
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-20480",
    "PRAGMA secure_delete=ON",  # what was deleted can be read in the file no more
    "PRAGMA journal_size_limit=8388608",  # bytes the log is cut to: after a large import it stayed at a hundred million
)
# A copy that breaks off is thrown away: nothing of it need be safe before it is whole.
COPYING = ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF")
_PATIENCE = {"connect_timeout": "10", "keepalives_idle": "30"}  # seconds until a server that is gone is told, not waited for


def is_server(place: Place) -> bool:
    """Whether that is the address of a server, not a file."""
    return isinstance(place, str) and place.startswith(("postgresql:", "postgresql+psycopg:", "postgres:"))


def connect(place: Place, key: str | None = None, *, read_only: bool = False, pragmas: Sequence[str] = _PRAGMAS) -> Any:
    """A driver's connection. A file is made if missing, unless it is only to be read; `key` opens an encrypted one.

    `pragmas` say how durable what is written shall be.
    """
    if is_server(place):
        return _connect_server(str(place), key, read_only)
    file = Path(place).absolute()
    address = _untouched(file) if read_only else str(file)
    connection = sqlite.connect(address, uri=read_only, check_same_thread=False)  # the pool hands it to one thread at a time
    try:
        if key:
            connection.execute("PRAGMA key = '{}'".format(key.replace("'", "''")))
        connection.isolation_level = None  # transactions begin and end where SQLAlchemy says, not where the driver guesses
        for pragma in () if read_only else pragmas:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _untouched(file: Path) -> str:
    """The address by which a file is read without leaving a trace: SQLite makes files beside it unless it is told that none is
    needed, which holds where nothing waits in its log."""
    alone = not file.with_name(f"{file.name}-wal").exists()
    return f"{file.as_uri()}?mode=ro" + ("&immutable=1" if alone else "")


def _connect_server(address: str, key: str | None, read_only: bool) -> Any:
    import psycopg  # an extra, and a second to load: only an office with a server has it
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    try:
        asked = conninfo_to_dict(address.replace("+psycopg:", ":", 1))
    except psycopg.Error:  # what it says quotes the address, and with it the password
        raise StorageError(Reason.UNREACHABLE, "the address cannot be read") from None
    connection = psycopg.connect(make_conninfo("", **{**_PATIENCE, **asked, "password": key or asked.get("password")}))
    connection.read_only = read_only or None
    return connection
