"""Saving what an open database holds when its file is no longer at its place."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db.connecting import connect
from db.opening import faults, file_of


def rescue(engine: Engine, target: Path) -> None:
    """Writes all of it to a new file as it is, since there is no other. Raises StorageError and leaves no half file."""
    file, part = file_of(engine), target.with_name(f"{target.name}.part")
    with faults():
        part.unlink(missing_ok=True)
        try:
            with engine.connect() as connection, closing(connect(part, file.key if file else None)) as copy:
                driver: Any = connection.connection.driver_connection
                driver.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
