"""Data folders to begin from: made the real way once in each test process, then copied, as migrating takes most of a second.

Tests of migration (`db/test_schema.py`, `test_years.py`) and of the first start (`test_office.py`, `ui/test_start.py`) do not use these.
"""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from db.engine import open_engine
from db.schema import bring_up_to_date
from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from huajie_desktop.township.office import set_up


@cache
def migrated() -> bytes:
    """The file of an empty database of the newest schema."""
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / DATABASE)
        bring_up_to_date(engine, Path(folder))
        engine.dispose()
        return (Path(folder) / DATABASE).read_bytes()


@cache
def begun() -> bytes:
    """The file of an office after the first start: 花街镇 2021, begun by 张三."""
    with TemporaryDirectory() as folder:
        (Path(folder) / DATABASE).write_bytes(migrated())
        app = Application.open(Path(folder))
        app.actor = "张三"
        set_up(app, "花街镇", 2021)
        app.close()
        return (Path(folder) / DATABASE).read_bytes()


def lay_office(folder: Path) -> Path:
    """Puts such an office into a new folder, closed; returns the folder."""
    folder.mkdir(parents=True)
    (folder / DATABASE).write_bytes(begun())
    return folder


def open_office(folder: Path, today: date) -> Application:
    """Puts such an office into a new folder and opens it on that day, 张三 at the desk."""
    app = Application.open(lay_office(folder), today=lambda: today)
    app.actor = "张三"
    return app
