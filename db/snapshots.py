"""Reading a kept snapshot with the driver alone: models and queries take longer to load than a whole window."""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlite


def read_snapshot(file: Path, name: str) -> str | None:
    """The snapshot's value if nothing was done since it was kept; None where there is none, or no database."""
    if not file.exists():
        return None
    try:
        connection = sqlite.connect(f"file:{file}?mode=ro", uri=True)
    except sqlite.Error:
        return None
    try:
        row = connection.execute(
            "SELECT value FROM snapshots WHERE name = ? AND operation_id = (SELECT max(id) FROM operations)", (name,)
        ).fetchone()
    except sqlite.Error:  # an older database has no such table; opening it properly will say what is wrong with any other
        return None
    finally:
        connection.close()
    return str(row[0]) if row else None
