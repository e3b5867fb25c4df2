"""Damage met while reading is called damage, wherever it is met, and never a fault after which all is well."""

import errno
import shutil
from contextlib import closing

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from db.connecting import connect
from db.errors import Reason, StorageError
from db.models import JournalEntry, Operation, Task
from db.opening import faults
from db.types import Money, Thousandths, Whole
from huajie_desktop import drafts, settings
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem, system_words
from huajie_desktop.folders import DATABASE
from huajie_desktop.journal import history
from huajie_desktop.township import seating
from tests.folders import lay_office
from tests.office import enter

WRONG = "CAST(x'ff31' AS TEXT)"  # no UTF-8


@pytest.fixture
def seat(tmp_path):
    """An office with a task, something half typed and a habit, 张三 at the desk."""
    opened = seating.come_in(Application.open(lay_office(tmp_path / "data")), "张三")
    enter(opened)
    drafts.keep(opened, drafts.HalfTyped("checklist", {"id": 1}, "路灯", {}, {"title": "x"}))
    settings.keep_habit(opened, "columns", [])
    yield opened
    opened.data.close()


@pytest.fixture
def data(seat):
    """The folder of that office, closed."""
    seat.data.close()
    return seat.folder


def opened(folder):
    return seating.come_in(Application.open(folder), "张三")


def read_tasks(seat):
    with seat.reading() as session:
        return [(task.title, task.due, task.investment) for task in session.scalars(select(Task))]


def read_operations(seat):
    with seat.reading() as session:
        return [operation.at for operation in session.scalars(select(Operation))]


def read_drafts(seat):
    with seat.reading() as session:
        return drafts.drafts(session)


def read_habit(seat):
    with seat.reading() as session:
        return settings.habit(session, "columns")


def undo_last(seat):
    with seat.reading() as session:
        last = session.scalar(select(JournalEntry.operation_id).where(JournalEntry.kind == "tasks"))
    return history.undo(seat, [last])


@pytest.mark.parametrize(
    ("statement", "use"),
    [
        (f"UPDATE tasks SET title = {WRONG}", read_tasks),
        ("UPDATE tasks SET due = '2021-0x-01'", read_tasks),
        ("UPDATE tasks SET due = 7", read_tasks),
        ("UPDATE tasks SET investment = 'much'", read_tasks),
        ("UPDATE operations SET at = 'early'", read_operations),
        ("UPDATE drafts SET value = '{\"page\": '", read_drafts),
        ("DROP TABLE habits", read_habit),
        ("UPDATE journal SET after = '{\"id\": 1, \"due\": 9}' WHERE kind = 'tasks'", undo_last),
        ("UPDATE journal SET after = '{' WHERE kind = 'tasks'", undo_last),
    ],
)
def test_what_cannot_be_read_is_called_damage(seat, statement, use):
    with closing(connect(seat.folder / DATABASE)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute(statement)
    with pytest.raises(Problem, match="数据文件已损坏.*没有完成.*不要删除"):
        use(seat)


def test_a_habit_that_cannot_be_read_is_none(seat):
    """The page that was to be shown as it was left is worth more than how it was left."""
    with closing(connect(seat.folder / DATABASE)) as connection:
        connection.execute("UPDATE habits SET value = '['")
    assert read_habit(seat) is None


def break_root_page(file, table):
    """Eight bytes of the first page of a table."""
    with closing(connect(file)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as changed:
        changed.seek((page - 1) * size)
        changed.write(b"\xff" * 8)


def test_a_broken_page_is_called_damage_in_reading_and_in_writing(data):
    break_root_page(data / DATABASE, "tasks")
    again = opened(data)
    for use in (read_tasks, enter):
        with pytest.raises(Problem, match="数据文件已损坏"):
            use(again)
    again.data.close()


def test_a_log_of_another_database_is_called_damage(data, tmp_path):
    """Both are of this program: what one holds cannot be laid over the other."""
    other = seating.come_in(Application.open(lay_office(tmp_path / "other")), "张三")
    for number in range(40):
        enter(other, title=f"另一份 {number}")
    shutil.copy(tmp_path / "other" / f"{DATABASE}-wal", data / f"{DATABASE}-wal")
    other.data.close()
    with (data / DATABASE).open("r+b") as file:
        file.truncate(8192)
    with pytest.raises(Problem, match="数据文件已损坏"):
        opened(data)


def test_a_damaged_schema_is_called_damage_at_the_start(data):
    with closing(connect(data / DATABASE)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_master SET sql = CAST(x'ff31' AS TEXT) || sql, name = CAST(x'ff' AS TEXT)")
    with pytest.raises(Problem, match="数据文件已损坏"):
        Application.open(data)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (sqlite.OperationalError("disk I/O error"), Reason.BROKEN_DISK),
        (OSError(errno.EIO, "Input/output error"), Reason.BROKEN_DISK),
        (sqlite.OperationalError("database or disk is full"), Reason.FULL),
        (OSError(errno.ENOSPC, "No space left on device"), Reason.FULL),
        (OSError(errno.EACCES, "Permission denied"), Reason.READ_ONLY),
    ],
)
def test_a_broken_disk_is_not_a_full_one(error, reason):
    with pytest.raises(StorageError) as caught, faults():
        raise error
    assert caught.value.reason is reason


@pytest.mark.parametrize(("kind", "kept"), [(Money(), "much"), (Money(), b"\xff"), (Thousandths(), "x"), (Whole(), "many")])
def test_a_number_that_is_none_is_told_by_its_column(kind, kept):
    with pytest.raises(StorageError) as caught, faults():
        kind.process_result_value(kept, sqlite_dialect())
    assert caught.value.reason is Reason.DAMAGED


def test_faults_of_the_program_are_not_called_damage():
    for error in (ValueError("x"), sqlite.IntegrityError("UNIQUE constraint failed: a.b"), KeyError("x")):
        with pytest.raises(type(error)), faults():
            raise error


def test_what_the_system_says_is_said_in_chinese():
    said = {
        name: system_words(OSError(getattr(errno, name), "English")) for name in ("EACCES", "ENOSPC", "EROFS", "EIO", "EXDEV")
    }
    assert said == {
        "EACCES": "没有权限",
        "ENOSPC": "磁盘已满",
        "EROFS": "磁盘是只读的",
        "EIO": "磁盘读写出错",
        "EXDEV": "不在同一个磁盘上",
    }
    assert system_words(OSError(12345, "English")) == "系统错误 12345"
    assert system_words(OSError("English")) == "原因不明"
