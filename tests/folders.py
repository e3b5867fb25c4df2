"""Data folders to begin from: made the real way once in each test process, then copied, as migrating takes most of a second.

Tests of migration (`db/test_schema.py`, `test_years.py`) and of the first start (`test_office.py`, `ui/test_start.py`) do not use these.
"""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from db.connecting import Place
from db.opening import open_engine
from db.schema import bring_up_to_date
from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from huajie_desktop.seat import Seat
from huajie_desktop.township.seating import come_in, set_up


@cache
def migrated() -> bytes:
    """The file of an empty database of the newest schema."""
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / DATABASE)
        bring_up_to_date(engine)
        engine.dispose()
        return (Path(folder) / DATABASE).read_bytes()


@cache
def begun() -> bytes:
    """The file of an office after the first start: 花街镇 2021, begun by 张三."""
    with TemporaryDirectory() as folder:
        (Path(folder) / DATABASE).write_bytes(migrated())
        data = Application.open(Path(folder))
        set_up(data, "花街镇", 2021, "张三")
        data.close()
        return (Path(folder) / DATABASE).read_bytes()


def lay_office(folder: Path) -> Path:
    """Puts such an office into a new folder, closed; returns the folder."""
    Files().begun(folder)
    return folder


def open_office(folder: Path, today: date, place: Place | None = None) -> Seat:
    """Opens such an office on that day, 张三 at the desk: one laid into the new folder, or one that lies at `place` already."""
    return come_in(Application.open(folder, today=lambda: today, place=place or Files().begun(folder)), "张三")


class Files:
    """Databases to begin from as files, each in a new folder; `postgres.server.Server` makes the same ones on a server."""

    def migrated(self, folder: Path) -> Place:
        """An empty database of the newest schema."""
        return self._lay(folder, migrated())

    def begun(self, folder: Path) -> Place:
        """An office after the first start."""
        return self._lay(folder, begun())

    def _lay(self, folder: Path, content: bytes) -> Place:
        folder.mkdir(parents=True)
        (folder / DATABASE).write_bytes(content)
        return folder / DATABASE
