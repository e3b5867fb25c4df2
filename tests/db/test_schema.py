"""Opening the database: new, up to date, older, newer, and with the durability promised."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from db import schema
from db.backup import back_up
from db.engine import open_engine
from db.errors import Reason, StorageError
from db.models import Base


@pytest.fixture
def engine(tmp_path):
    opened = open_engine(tmp_path / "huajie.db")
    schema.bring_up_to_date(opened, tmp_path / "backups")
    yield opened
    opened.dispose()


def test_library_is_free_of_the_wal_reset_fault(engine):
    with engine.connect() as connection:
        version = connection.exec_driver_sql("SELECT sqlite_version()").scalar()
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)


def test_every_connection_is_durable(engine):
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert found == ["wal", 2, 1]


def test_head_is_the_newest_migration():
    scripts = ScriptDirectory(str(schema._MIGRATIONS))
    assert scripts.get_current_head() == schema.HEAD
    assert {script.revision for script in scripts.walk_revisions()} == set(schema._KNOWN)


def test_migrations_make_what_the_models_say(engine):
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []


def test_newer_database_is_refused_and_left_alone(engine, tmp_path):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError) as caught:
        schema.bring_up_to_date(engine, tmp_path / "backups")
    assert caught.value.reason is Reason.NEWER
    assert schema.version_of(engine) == "9999"


def test_file_that_is_no_database_is_called_damaged(tmp_path):
    file = tmp_path / "huajie.db"
    file.write_bytes(b"this is not a database" * 100)
    with pytest.raises(StorageError) as caught:
        schema.bring_up_to_date(open_engine(file), tmp_path)
    assert caught.value.reason is Reason.DAMAGED
    assert file.read_bytes().startswith(b"this is not")


def test_backup_is_a_whole_database_and_leaves_no_part(engine, tmp_path):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO counters VALUES ('x', 7)"))
    copy = back_up(engine, tmp_path / "kept", "test")
    with open_engine(copy).connect() as connection:
        assert connection.execute(text("SELECT value FROM counters")).scalar() == 7
    assert [file.suffix for file in copy.parent.iterdir() if "-wal" not in file.name and "-shm" not in file.name] == [".db"]
