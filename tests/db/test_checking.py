"""Looking a database through: a byte changed anywhere in rows or journal is found, and nothing in one that is whole."""

import pytest
from sqlalchemy import text

from db.checking import GONE, MOST, TWICE, UNTOLD, Finding, counts, examine
from huajie_desktop.errors import Cancelled
from huajie_desktop.journal import history
from huajie_desktop.records.entry import delete
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter
from tests.tasks import save_task


@pytest.fixture
def lived_in(app):
    """An office with a task entered, changed, deleted and brought back, and one that stays as it was."""
    first, _second = enter(app), enter(app, title="公厕改造", due="9月底前")
    save_task(app, first, {"title": "路灯安装", "investment": "13.25"})
    history.undo(app, [delete(app, [first], TASKS).operation_id])
    return app


def look(app):
    with app.engine.connect() as connection:
        return examine(connection, lambda _done, _total: None)


def spoil(app, statement):
    connection = app.engine.raw_connection()
    connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    connection.driver_connection.execute(statement)
    connection.close()
    app.engine.dispose()


def test_nothing_is_found_in_a_database_that_is_whole(lived_in):
    assert look(lived_in) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE tasks SET title = '路灯安袋' WHERE id = 1", Finding("tasks", 1, "title")),
        ("UPDATE tasks SET investment = investment + 1 WHERE id = 1", Finding("tasks", 1, "investment")),
        ("UPDATE tasks SET due = '2021-09-31' WHERE id = 2", None),
        ("UPDATE tasks SET due = '2021-09-29' WHERE id = 2", Finding("tasks", 2, "due")),
        ("UPDATE tasks SET remarks = '多出来' WHERE id = 2", Finding("tasks", 2, "remarks")),
        ("DELETE FROM attachments; DELETE FROM responsibilities WHERE id = 1", Finding("responsibilities", 1, GONE)),
        ("DELETE FROM journal WHERE kind = 'tasks' AND record_id = 2", Finding("tasks", 2, UNTOLD)),
        ("DELETE FROM journal WHERE kind = 'units' AND record_id = 28", Finding("units", 28, UNTOLD)),
        ("DELETE FROM journal WHERE kind = 'units' AND record_id = 5", Finding("units", 5, UNTOLD)),
        ("DELETE FROM journal WHERE id = (SELECT min(id) FROM journal WHERE kind = 'tasks')", Finding("tasks", 1, TWICE)),
        (
            "UPDATE journal SET before = replace(before, '125000', '125001') WHERE kind = 'tasks'",
            Finding("tasks", 1, "investment"),
        ),
        ("UPDATE journal SET after = replace(after, '公厕', '公侧') WHERE kind = 'tasks'", Finding("tasks", 2, "title")),
        ("UPDATE journal SET kind = 'taskz' WHERE kind = 'tasks' AND record_id = 2", Finding("journal", 0, "taskz")),
        ("UPDATE journal SET after = substr(after, 2) WHERE kind = 'tasks' AND record_id = 2", None),
        ("UPDATE responsibilities SET task_id = 99 WHERE id = 1", Finding("responsibilities", 1, "→ tasks")),
    ],
)
def test_whatever_is_changed_behind_its_back_is_found(lived_in, statement, found):
    for part in statement.split("; "):
        spoil(lived_in, part)
    seen = look(lived_in)
    assert seen
    assert found is None or found in seen


def test_so_many_findings_are_enough(app):
    spoil(app, "UPDATE units SET name = name || '村'")
    assert len(look(app)) == MOST


def test_a_damaged_page_is_found_and_no_error(lived_in):
    lived_in.data.engine.dispose()
    file = lived_in.folder / "huajie.db"
    content = bytearray(file.read_bytes())
    with lived_in.engine.connect() as connection:
        root = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'tasks'")).scalar()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar()
    lived_in.data.engine.dispose()
    content[(root - 1) * size : (root - 1) * size + 8] = b"\xff" * 8
    file.write_bytes(content)
    assert next(finding.table for finding in look(lived_in)) == ""


def test_whoever_is_asked_may_end_it(lived_in):
    def stop(_done, _total):
        raise Cancelled

    with lived_in.engine.connect() as connection, pytest.raises(Cancelled):
        examine(connection, stop)


def test_rows_are_counted_by_table_without_what_only_a_desk_remembers(lived_in):
    with lived_in.engine.connect() as connection:
        found = counts(connection)
    assert found["tasks"] == 2
    assert "snapshots" not in found
    assert "databases" not in found
