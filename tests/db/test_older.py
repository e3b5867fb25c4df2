"""Databases of every version the program ever had, made by the programs of their time (tests/data/older): nothing is lost in them."""

import gzip
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from db.base import content_columns
from db.checking import examine
from db.models import Base, JournalEntry, Operation, Person, Record, Task, Unit
from db.words.searching import folded, search_text
from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from huajie_desktop.journal import history
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import attachments

OLDER = Path(__file__).parents[1] / "data" / "older"
VERSIONS = sorted(file.name.split(".")[0] for file in OLDER.glob("*.db*"))
TABLES = {mapper.local_table.name: mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)}


def unpacked(version, folder):
    """A data folder with the database of that version and the files it had."""
    if (beside := OLDER / version).is_dir():
        shutil.copytree(beside, folder)
    folder.mkdir(exist_ok=True)
    packed, plain = OLDER / f"{version}.db.gz", OLDER / f"{version}.db"
    (folder / DATABASE).write_bytes(gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes())
    return folder


@pytest.fixture(params=VERSIONS, scope="module")
def brought_up(request, tmp_path_factory):
    """A data folder of an older version that the program of today has opened and closed: every test begins with a copy."""
    folder = unpacked(request.param, tmp_path_factory.mktemp(request.param) / "data")
    Application.open(folder).close()
    return folder


@pytest.fixture
def app(brought_up, tmp_path):
    """The data of an older version opened with the program of today."""
    shutil.copytree(brought_up, tmp_path / "data")
    opened = Application.open(tmp_path / "data", today=lambda: date(2021, 3, 1))
    yield come_in(opened, "张三")
    opened.close()


def present(session):
    """Every row of every kind of record, by table and id."""
    return {
        (name, row["id"]): dict(row)
        for name, table in TABLES.items()
        for row in session.execute(select(*content_columns(table))).mappings()
    }


def last_operations(app, count=5):
    """The latest operations, the newest first."""
    with app.reading() as session:
        return list(session.scalars(select(Operation.id).order_by(Operation.id.desc()).limit(count)))


def contents(app):
    """Every row of every kind of record now."""
    with app.reading() as session:
        return present(session)


def test_there_is_a_database_of_every_version():
    assert [version for version in VERSIONS if version.isdigit()] == [
        "0001",
        "0002",
        "0003",
        "0004",
        "0006",
        "0007",
        "0008",
        "0009",
    ]


def test_an_older_database_is_whole(app):
    with app.reading() as session:
        assert session.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert attachments.missing(session, app.folder, thorough=True) == []


def test_no_id_an_older_database_ever_gave_is_given_again(app):
    with app.reading() as session:
        last = dict(session.execute(text("SELECT name, seq FROM sqlite_sequence")).all())
        given = session.execute(select(JournalEntry.kind, func.max(JournalEntry.record_id)).group_by(JournalEntry.kind)).all()
        made = dict(session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all())
        assert [name for name in TABLES if "AUTOINCREMENT" not in made[name]] == []
        assert [kind for kind, record_id in given if last.get(kind, 0) < record_id] == []


def test_the_journal_of_an_older_database_says_what_its_tables_say(app):
    with app.reading() as session:
        assert examine(session.connection(), lambda _done, _total: None) == []


def test_what_came_or_went_in_an_older_database_says_every_column_that_cannot_be_empty(app):
    """A migration that adds such a column, or gives one another name, tells the journal so: else nothing can be brought back."""
    needed = {name: {c.name for c in content_columns(table) if not c.nullable} for name, table in TABLES.items()}
    came_or_went = JournalEntry.before.is_(None) | JournalEntry.after.is_(None)
    with app.reading() as session:
        columns = (JournalEntry.id, JournalEntry.kind, JournalEntry.before, JournalEntry.after)
        found = {
            (kind, name)
            for _id, kind, before, after in session.execute(select(*columns).where(came_or_went))
            for name in needed[kind] - json.loads(before or after).keys()
        }
        assert found == set()


def test_the_records_of_an_older_database_are_found_as_new_ones_are(app):
    with app.reading() as session:
        assert {who.search for who in session.scalars(select(Person))} == {
            search_text(who.name) for who in session.scalars(select(Person))
        }
        assert {task.search for task in session.scalars(select(Task))} == {
            search_text(task.title) for task in session.scalars(select(Task))
        }
        assert all(unit.search.startswith(f"{folded(unit.name)} ") for unit in session.scalars(select(Unit)))


def test_the_last_steps_of_an_older_database_can_be_taken_back_and_done_again(app):
    states, undone = [contents(app)], []
    for operation_id in last_operations(app):
        undone.append(history.undo(app, [operation_id]).operation_id)
        states.append(contents(app))
        assert states[-1] != states[-2]
    for operation_id in reversed(undone):
        assert states.pop() == contents(app)
        history.undo(app, [operation_id])
    assert states.pop() == contents(app)
    assert states == []


def test_an_older_database_can_be_taken_back_to_its_first_step_and_done_again(app):
    before, undone = contents(app), []
    for operation_id in last_operations(app, None)[:-1]:  # without the first setting up, which stays
        undone.append(history.undo(app, [operation_id]).operation_id)
    left = {name for name, _id in contents(app)}
    assert left <= {"campaigns", "units", "dimensions", "categories", "list_kinds", "people"}
    for operation_id in reversed(undone):
        history.undo(app, [operation_id])
    assert contents(app) == before
