"""A consistent copy of the database file, made while it is in use and checked before it counts."""

import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from db.connecting import connect
from db.errors import Reason, StorageError
from db.identity import call_it_a_copy
from db.opening import faults


def back_up(engine: Engine, folder: Path, purpose: str, key: str | None = None) -> Path:
    """Writes a copy into `folder`, named by time and purpose; raises StorageError and leaves no half file when it fails."""
    with faults():
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{datetime.now():%Y-%m-%d-%H%M%S}-{purpose}.db"
        part = target.with_suffix(".part")
        try:
            _copy(engine, part, key)
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
    return target


def _copy(engine: Engine, part: Path, key: str | None) -> None:
    copy = connect(part, key)
    try:
        with engine.connect() as connection:
            connection.connection.driver_connection.backup(copy)  # type: ignore[union-attr]
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise StorageError(Reason.DAMAGED, verdict)
        call_it_a_copy(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    finally:
        copy.close()
    descriptor = os.open(part, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
