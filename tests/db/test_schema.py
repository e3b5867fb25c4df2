"""Opening the database: new, up to date, older, newer, and with the durability promised."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from db import schema
from db.backup import Moment, copy_database
from db.errors import Reason, StorageError
from db.models import Base
from db.opening import open_engine


@pytest.fixture
def engine(tmp_path):
    opened = open_engine(tmp_path / "huajie.db")
    schema.bring_up_to_date(opened)
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
        schema.bring_up_to_date(engine)
    assert caught.value.reason is Reason.NEWER
    assert schema.version_of(engine) == "9999"


def test_file_that_is_no_database_is_called_damaged(tmp_path):
    file = tmp_path / "huajie.db"
    file.write_bytes(b"this is not a database" * 100)
    with pytest.raises(StorageError) as caught:
        schema.bring_up_to_date(open_engine(file))
    assert caught.value.reason is Reason.DAMAGED
    assert file.read_bytes().startswith(b"this is not")


def test_backup_is_a_whole_database_and_leaves_no_part(engine, tmp_path):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO snapshots VALUES ('x', 7, '')"))
    copy = copied(engine, tmp_path / "kept" / "copy.db")
    with open_engine(copy).connect() as connection:
        assert connection.execute(text("SELECT operation_id FROM snapshots")).scalar() == 7
    assert [file.suffix for file in copy.parent.iterdir() if "-wal" not in file.name and "-shm" not in file.name] == [".db"]


def copied(engine, target, key=None):
    target.parent.mkdir()
    with Moment(engine) as moment:
        copy_database(moment, target, key, lambda _done, _total: None)
    return target


def test_a_copy_is_of_its_moment_whatever_is_written_meanwhile(engine, tmp_path):
    (tmp_path / "kept").mkdir()
    with Moment(engine) as moment:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO drafts VALUES ('u', 'later', '2021-03-01 00:00:00', '')"))
        copy_database(moment, tmp_path / "kept" / "copy.db", None, lambda _done, _total: None)
    with open_engine(tmp_path / "kept" / "copy.db").connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM drafts")).scalar() == 0
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM drafts")).scalar() == 1


def test_a_backup_of_a_database_with_a_damaged_page_is_not_kept(engine, tmp_path):
    """SQLite copies such a page without a word: a letter has changed in the table, but not in its index."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO snapshots VALUES ('a name as it was', 7, '')"))
    engine.dispose()
    file = tmp_path / "huajie.db"
    assert file.read_bytes().count(b"a name as it was") == 2
    file.write_bytes(file.read_bytes().replace(b"a name as it was", b"a name as it is!", 1))
    with pytest.raises(StorageError) as caught:
        copied(engine, tmp_path / "kept" / "copy.db")
    assert caught.value.reason is Reason.DAMAGED
    assert list((tmp_path / "kept").iterdir()) == []


def test_the_pledges_of_an_older_database_become_papers(tmp_path):
    """0003 → 0004: no row, number or file is lost, no id is given again, and history still finds its rows."""
    old = open_engine(tmp_path / "huajie.db")
    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS))
    with old.connect().execution_options(writing=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for statement in _OLD:
            connection.execute(text(statement))
        connection.commit()
    asked = []
    schema.bring_up_to_date(old, lambda: asked.append(schema.version_of(old)))
    with old.begin() as connection:

        def rows(statement):
            return [tuple(row) for row in connection.execute(text(statement))]

        assert rows("SELECT id, number, about, items, code, outdated_why FROM papers") == [
            (7, "花承诺〔2021〕1号", "倪宅村", 3, None, "金额有误")
        ]
        assert rows("SELECT paper_id, task_id FROM paper_tasks") == [(7, 1)]
        hung = "SELECT name, owner_kind, (SELECT title FROM tasks WHERE uid = owner_uid) FROM attachments"
        assert rows(hung) == [("照片.jpg", "tasks", "路灯")]
        assert rows("SELECT kind, record_id FROM journal WHERE kind = 'papers'") == [("papers", 7)]
        assert rows("PRAGMA foreign_key_check") == []
        connection.execute(text(_NEW))
        assert rows("SELECT max(id) FROM papers") == [(10,)], "9 was given to a paper that was taken back"
    old.dispose()
    assert asked == ["0003"], "the older database was copied first"


_OLD = (
    "INSERT INTO units (id, name, kind, position, search) VALUES (1, '花街镇', 'township', 0, ''), (2, '倪宅村', 'village', 1, '')",
    "INSERT INTO campaigns (id, year, name, township_id) VALUES (1, 2021, '大比拼', 1)",
    "INSERT INTO tasks (id, title, unit_id, campaign_id, state, search, ongoing, key_project)"
    " VALUES (1, '路灯', 2, 1, 'approved', '', 0, 0)",
    "INSERT INTO pledges (id, campaign_id, unit_id, kind, number, items, digest, made_at, made_by, outdated_why)"
    " VALUES (7, 1, 2, 'pledge', '花承诺〔2021〕1号', 3, 'd', '2021-03-01 00:00:00', '张三', '金额有误'),"
    " (9, 1, 2, 'pledge', '花承诺〔2021〕2号', 3, 'd', '2021-03-01 00:00:00', '张三', NULL)",
    "DELETE FROM pledges WHERE id = 9",
    "INSERT INTO paper_tasks (paper_id, task_id) VALUES (7, 1)",
    "INSERT INTO attachments (task_id, name, kind, digest, size, added_at, added_by)"
    " VALUES (1, '照片.jpg', 'photo', 'x', 1, '2021-03-01 00:00:00', '张三')",
    "INSERT INTO operations (id, at, actor, label) VALUES (1, '2021-03-01 00:00:00', '张三', '制作承诺书')",
    "INSERT INTO journal (operation_id, kind, record_id, after) VALUES (1, 'pledges', 7, '{}')",
)
_NEW = (
    "INSERT INTO papers (campaign_id, kind, about, items, pages, digest, said, made_at, made_by)"
    " VALUES (1, 'forces', '全镇', 0, 1, 'd', '{}', '2021-03-01 00:00:00', '张三')"
)
