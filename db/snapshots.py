"""Reading a kept snapshot with the driver alone: models and queries take longer to load than a whole window."""

from contextlib import closing
from pathlib import Path

from db.connecting import Place, connect, is_server


def read_snapshot(place: Place, name: str, key: str | None = None) -> str | None:
    """The snapshot's value if nothing was done since it was kept; None where there is none, or no database."""
    if not is_server(place) and not Path(place).exists():
        return None
    mark = "%s" if is_server(place) else "?"
    asked = f"SELECT value FROM snapshots WHERE name = {mark} AND operation_id = (SELECT max(id) FROM operations)"
    try:
        with closing(connect(place, key, read_only=True)) as connection:
            row = connection.execute(asked, (name,)).fetchone()
    except Exception:  # an older database has no such table; opening it properly will say what is wrong with any other
        return None
    return str(row[0]) if row else None
