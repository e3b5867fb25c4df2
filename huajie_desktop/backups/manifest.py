"""What a copy says of itself: of which office it is, when and why it was made, what is in it, and the digests to know it by."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, inspect, text

from db.syncing import sync_file

ABOUT, FILES = "copy.json", "files.json"  # the first is written last: a copy without it was broken off
FORMAT = 1


class KeptFile(NamedTuple):
    """A file beside the database: its path in the data folder, SHA-256, size in bytes, and when it was changed (ns)."""

    path: str
    digest: str
    size: int
    changed: int


@dataclass(frozen=True)
class Manifest:
    """One copy in a few words; `made` is the wall's time, sizes are bytes, `rows` by table."""

    made: datetime
    occasion: str
    schema: str
    office: str  # the identity of the first database it comes from: the same for all copies of one office
    operation: int  # the last one in it, 0 where nobody has begun
    at: str  # when that was done, as it is kept: tells whether two data folders have it in common
    title: str  # township and years
    rows: Mapping[str, int]
    digest: str  # SHA-256 of the database's file
    size: int  # of the database's file
    files: int
    files_size: int
    format: int = FORMAT


class About(NamedTuple):
    """What a database says of itself, whatever its schema."""

    schema: str
    office: str
    operation: int
    at: str
    title: str


def about(connection: Connection) -> About:
    """Asks a database of any version; what it has no word for is empty."""
    tables = set(inspect(connection).get_table_names())

    def ask(table: str, question: str) -> Sequence[str]:
        return [str(found) for found in connection.execute(text(question)).scalars()] if table in tables else []

    office = ask("databases", "SELECT uid FROM databases ORDER BY id LIMIT 1")
    names = ask("units", "SELECT name FROM units WHERE kind = 'township' ORDER BY id")
    years = ask("campaigns", "SELECT DISTINCT year FROM campaigns ORDER BY year")
    return About(
        "".join(ask("alembic_version", "SELECT version_num FROM alembic_version")),
        "".join(office),
        int("".join(ask("operations", "SELECT coalesce(max(id), 0) FROM operations")) or 0),
        "".join(ask("operations", "SELECT at FROM operations ORDER BY id DESC LIMIT 1")),
        f"{'、'.join(names)} {'、'.join(years)} 年" if names and years else "",
    )


def write_manifest(folder: Path, manifest: Manifest, files: Iterable[KeptFile]) -> None:
    """Writes both files into a copy's folder, the one that makes it count last. Raises OSError."""
    _write(folder / FILES, [list(file) for file in files])
    _write(folder / ABOUT, {**asdict(manifest), "made": manifest.made.isoformat()})


def read_manifest(folder: Path) -> Manifest | None:
    """What the copy in a folder says of itself; None where it says nothing that can be read."""
    try:
        said = json.loads((folder / ABOUT).read_text("utf-8"))
        made = Manifest(**{**said, "made": datetime.fromisoformat(said["made"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return made if isinstance(made.size, int) and isinstance(made.rows, dict) else None


def read_files(folder: Path) -> list[KeptFile] | None:
    """The files that belong to a copy; None where that cannot be read."""
    try:
        return [
            KeptFile(str(path), str(digest), int(size), int(changed)) for path, digest, size, changed in _read(folder / FILES)
        ]
    except (OSError, ValueError, TypeError):
        return None


def _read(file: Path) -> list[list[str]]:
    found = json.loads(file.read_text("utf-8"))
    return found if isinstance(found, list) else []


def _write(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, indent=0), "utf-8")
    sync_file(file)
