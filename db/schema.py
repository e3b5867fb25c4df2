"""The schema's version: a new database is made, an older one migrated after it was copied, a newer one refused."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from db.errors import Reason, StorageError
from db.opening import close, faults, open_engine
from db.recognising import APPLICATION_ID, VERSION_TABLE
from db.syncing import sync_folder

_MIGRATIONS = Path(__file__).parent / "migrations"
# The numbers in the names of the files are enough to know; a normal start need not load Alembic.
_KNOWN = tuple(sorted(path.name[:4] for path in (_MIGRATIONS / "versions").glob("[0-9]*_*.py")))
HEAD = _KNOWN[-1]  # the newest migration


def version_of(engine: Engine) -> str | None:
    """The database's schema version, None for an empty database. Raises StorageError if it cannot be read, or is not ours."""
    with faults(), engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if VERSION_TABLE not in tables:
            raise StorageError(Reason.FOREIGN, "no version")
        version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    if version is None:
        raise StorageError(Reason.DAMAGED, "the version is gone")
    return str(version)


def make_database(file: Path, key: str | None = None) -> None:
    """Makes a new database where no file is: whole, or none at all. Raises StorageError."""
    with faults():
        made = file.with_name(f"{file.name}.part")
        for left in file.parent.glob(f"{made.name}*"):  # by a program that was killed
            left.unlink()
        engine = open_engine(made, key)
        try:
            bring_up_to_date(engine)
        finally:
            close(engine)
        os.replace(made, file)
        sync_folder(file.parent)


def bring_up_to_date(engine: Engine, keep_copy: Callable[[], object] | None = None) -> None:
    """Migrates to HEAD if need be, after `keep_copy` of an older one; raises StorageError(NEWER) for a later program's data."""
    version = version_of(engine)
    if version != HEAD:
        _update(engine, version, keep_copy)
    _sign(engine)


def _update(engine: Engine, version: str | None, keep_copy: Callable[[], object] | None) -> None:
    if version is not None and version not in _KNOWN:
        raise StorageError(Reason.NEWER, version)
    if version is not None and keep_copy is not None and engine.dialect.name == "sqlite":  # a server has a keeper of its own
        keep_copy()
    with faults():
        _migrate(engine)


def _sign(engine: Engine) -> None:
    """Writes into the file whose it is, unless it stands there."""
    if engine.dialect.name == "sqlite":
        with faults(), engine.connect().execution_options(writing=True) as connection:
            if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.commit()


def _migrate(engine: Engine) -> None:
    from alembic import command  # half a second to load, needed at the first start and after an update only
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.connect().execution_options(writing=True) as connection, _references_at_rest(connection):
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _refuse_dangling(connection)
        connection.commit()


@contextmanager
def _references_at_rest(connection: Connection) -> Iterator[None]:
    """While tables are made anew SQLite must not empty those that point at them; it can be told between transactions only."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def _refuse_dangling(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and (found := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise StorageError(Reason.DAMAGED, f"a row of {found[0]} points at nothing in {found[2]}")
