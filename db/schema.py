"""The schema's version: a new database is made, an older one migrated after a backup, a newer one refused."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from db.backup import back_up
from db.engine import faults
from db.errors import Reason, StorageError

HEAD = "0004"  # the newest migration; kept beside the code so that a normal start need not load Alembic
_KNOWN = ("0001", "0002", "0003", "0004")
_MIGRATIONS = Path(__file__).parent / "migrations"


def version_of(engine: Engine) -> str | None:
    """The database's schema version, None for an empty database. Raises StorageError if it cannot be read."""
    with faults(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(engine: Engine, backups: Path) -> None:
    """Migrates to HEAD if need be, keeping a copy in `backups` first; raises StorageError(NEWER) for a later program's data."""
    version = version_of(engine)
    if version == HEAD:
        return
    if version is not None and version not in _KNOWN:
        raise StorageError(Reason.NEWER, version)
    if version is not None:
        back_up(engine, backups, f"before-{HEAD}")
    with faults():
        _migrate(engine)


def _migrate(engine: Engine) -> None:
    from alembic import command  # half a second to load, needed at the first start and after an update only
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.connect().execution_options(writing=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
