"""Makes the database of one schema version with the program of that time: python make.py 0003 FOLDER-OF-THAT-COMMIT.

The folder is a checkout of the commit README.md names. The database and the folders beside it are written next to this file.
"""

import gzip
import shutil
import sys
import tempfile
from datetime import date
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
TODAY = date(2021, 3, 1)
BESIDE = ("attachments", "imports")  # what of a data folder lies beside its database
LARGE = 400_000  # bytes from which on the database is kept compressed


def main(version: str, checkout: Path) -> None:
    """Lives through the year of work of that version and keeps what it left."""
    sys.path[:0] = [str(checkout), str(HERE)]
    part = import_module(f"make_{version}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        app = opened(folder)
        part.work(app, Path(scratch))
        last = part.last_five(app, Path(scratch))
        app.close()
        prove(folder, Path(scratch) / "again", last)
        keep(folder, version, version)


def opened(folder: Path) -> object:
    """The data folder, 张三 at the desk on 1 March 2021."""
    app = import_module("huajie_desktop.application").Application.open(folder, today=lambda: TODAY)
    app.actor = "张三"
    return app


def prove(folder: Path, copy: Path, last: list[int]) -> None:
    """Takes the last five operations back and does them again, in the program of that time and on a copy."""
    assert len(last) == 5, last
    assert all(last), "each of them changed something"
    shutil.copytree(folder, copy)
    app = opened(copy)
    undo = history().undo
    before = contents(app)
    undone = [undo(app, [operation]).operation_id for operation in reversed(last)]
    assert contents(app) != before
    for operation in reversed(undone):
        undo(app, [operation])
    assert contents(app) == before
    app.close()


def history() -> object:
    """The module that takes operations back, which moved."""
    try:
        return import_module("huajie_desktop.journal.history")
    except ModuleNotFoundError:
        return import_module("huajie_desktop.history")


def contents(app: object) -> dict[str, list[tuple]]:
    """Every row of the tables that hold content."""
    base = import_module("db.models").Base
    tables = [mapper.local_table for mapper in base.registry.mappers if "FIELDS" in dir(mapper.class_)]
    with app.reading() as session:
        return {table.name: [tuple(row) for row in session.execute(table.select().order_by(table.c.id))] for table in tables}


def keep(folder: Path, name: str, version: str) -> None:
    """Packs the database into one small file and copies it with its attachments under that name."""
    sqlite = import_module("sqlcipher3.dbapi2")
    connection = sqlite.connect(str(folder / "huajie.db"), isolation_level=None)
    before = connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall() == before
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(version,)]
    connection.close()
    data = (folder / "huajie.db").read_bytes()
    for file in HERE.glob(f"{name}.db*"):
        file.unlink()
    if len(data) > LARGE:
        (HERE / f"{name}.db.gz").write_bytes(gzip.compress(data, mtime=0))
    else:
        (HERE / f"{name}.db").write_bytes(data)
    shutil.rmtree(HERE / name, ignore_errors=True)
    for beside in BESIDE:
        if (folder / beside).is_dir():
            shutil.copytree(folder / beside, HERE / name / beside)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
