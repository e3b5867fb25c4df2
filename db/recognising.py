"""Whose a file is, found out without touching it: a connection that writes would change it, and make one where none is."""

from contextlib import closing
from pathlib import Path

from db.connecting import connect
from db.errors import Reason, StorageError
from db.opening import faults

APPLICATION_ID = 0x6875616A  # in the file's header: this program's databases; those of its first year have none
VERSION_TABLE = "alembic_version"
_HEADER = 100  # bytes every database begins with


def recognise(file: Path, key: str | None = None) -> None:
    """Raises StorageError unless that file is a database of this program: EMPTY, FOREIGN, DAMAGED, or LINKED where it has a
    second name, since whoever opens it by that one has a log of his own beside it."""
    with faults():
        found = file.stat()
        if found.st_size < _HEADER:
            raise StorageError(Reason.EMPTY, f"{found.st_size} bytes")
        if found.st_nlink > 1:
            raise StorageError(Reason.LINKED, f"{found.st_nlink} names")
        with closing(connect(file, key, read_only=True)) as connection:
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if mark == APPLICATION_ID and VERSION_TABLE not in tables:
        raise StorageError(Reason.DAMAGED, "what version it is of is gone")
    if mark not in (0, APPLICATION_ID) or (tables and VERSION_TABLE not in tables):
        raise StorageError(Reason.FOREIGN, f"application {mark}")
    if not tables:
        raise StorageError(Reason.EMPTY, "no table")
