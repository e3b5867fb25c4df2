"""The file a database is kept in while it is open: another one put in its place is noticed before anything is written."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from db.connecting import connect
from db.errors import Reason, StorageError


class KeptFile:
    """One open database file, known by what the system calls it, and not only by its name."""

    def __init__(self, path: Path, key: str | None = None) -> None:
        self.path = path
        self.key = key
        self._known: tuple[int, int] | None = None

    def connect(self) -> Any:
        """A driver's connection to the file, made if missing; raises StorageError(MOVED) if it was opened before and is gone."""
        if not self.is_there():  # connecting would make an empty file where this one was, or open the one put there
            raise StorageError(Reason.MOVED, str(self.path))
        connection = connect(self.path, self.key)
        self._known = self._known or self._found()
        return connection

    def is_there(self) -> bool:
        """Whether the file that was opened, if it was, still lies at its place."""
        return self._known is None or self._found() == self._known

    def check(self, connection: Any) -> None:
        """Raises StorageError(MOVED) where it does not; what was kept can be saved from `connection` all the same."""
        if not self.is_there():
            self.empty_log(connection)
            raise StorageError(Reason.MOVED, str(self.path))

    def empty_log(self, connection: Any) -> None:
        """Brings all that was kept from the log beside it into the file that is open.

        The log of a file that was moved away stays where it was, and SQLite would write it over the one put there meanwhile.
        """
        with suppress(sqlite.Error):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        # Windows lets nobody move or replace an open file, and does not number the files of every disk.
        return (found.st_dev, found.st_ino) if os.name == "posix" else (0, 0)
