"""Records and databases know themselves: identities, versions, copies that say so, a journal that stays small."""

import json
import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from db.backup import Moment, copy_database
from db.base import table_of
from db.belonging import models_by_table
from db.connecting import connect
from db.errors import Reason, StorageError
from db.identity import itself, lineage
from db.log import Act
from db.models import JournalEntry, Operation, Task, Unit
from db.opening import open_engine, open_sessions
from db.rows import reserve_ids
from db.uids import LENGTH, new_uids
from huajie_desktop.application import Application
from huajie_desktop.journal import history
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import review
from tests.office import enter
from tests.tasks import save_task

VERSION_7 = re.compile(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}")  # RFC 9562, 5.7


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=5))
def test_identities_rise_and_are_of_version_7(counts):
    made = [uid for count in counts for uid in new_uids(count)]
    assert made == sorted(set(made))
    assert all(VERSION_7.fullmatch(uid) and len(uid) == LENGTH for uid in made)


def test_every_record_has_its_own_whichever_way_it_was_made(app):
    enter(app)
    with app.reading() as session:
        for name, model in models_by_table().items():
            uids = session.scalars(select(table_of(model).c.uid)).all()
            assert len(uids) == len(set(uids)), name
            assert all(VERSION_7.fullmatch(uid) for uid in uids), name
        images = session.scalars(select(JournalEntry.after).where(JournalEntry.before.is_(None))).all()
        assert all(VERSION_7.fullmatch(json.loads(image)["uid"]) for image in images)


def test_a_version_is_the_operation_that_changed_the_record_last(app):
    task_id = enter(app)

    def version():
        with app.reading() as session:
            return session.get_one(Task, task_id).version, session.scalar(select(func.max(Operation.id)))

    assert version()[0] == version()[1]
    done = save_task(app, task_id, {"remarks": "急"})
    assert version() == (done.changes.operation_id, done.changes.operation_id)
    done = review.submit(app, [task_id])
    assert version()[0] == done.operation_id, "many at once, too"
    undone = history.undo(app, [done.operation_id])
    assert version()[0] == undone.operation_id > done.operation_id, "taking back is a change: it never goes back"


def test_an_operation_says_who_by_person_and_what_by_verb(app):
    task_id = enter(app)
    review.submit(app, [task_id])
    with app.reading() as session:
        acts = [(done.act, done.actor, done.author_uid) for done in session.scalars(select(Operation).order_by(Operation.id))]
    assert [act for act, _name, _uid in acts] == [Act.SET_UP, Act.ENTER, Act.SUBMIT]
    assert {(name, uid) for _act, name, uid in acts} == {("张三", app.author.uid)}


def test_a_change_of_one_field_costs_few_bytes(app):
    """At most 300 bytes of the file for the entry with its indexes (0.9 KB an entry when whole rows were kept)."""
    count, first = 2000, enter(app)

    def size():
        with app.engine.connect() as connection:
            return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("page_count", "page_size")]

    with app.operation(Act.ENTER, "录入") as running:
        task = running.session.get_one(Task, first)
        ids = reserve_ids(running.connection, Task.__table__, count)
        columns = ("id", "title", "unit_id", "campaign_id", "state", "search", "ongoing", "key_project", "remarks")
        row = (task.title, task.unit_id, task.campaign_id, "draft", task.search, False, False, "第0次")
        running.insert(Task, columns, [(i, *row) for i in ids])
    pages, page = size()
    with app.operation(Act.CHANGE, "改") as running:
        running.update(Task, {i: {"remarks": "第1次"} for i in ids})
    assert (size()[0] - pages) * page / count <= 300
    with app.reading() as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
    assert (json.loads(last.before), json.loads(last.after)) == ({"remarks": "第0次"}, {"remarks": "第1次"})


def test_an_older_step_asks_only_about_its_own_columns(app):
    task_id = enter(app)
    first = save_task(app, task_id, {"investment": "9"})
    save_task(app, task_id, {"remarks": "急"})
    history.undo(app, [first.changes.operation_id])
    with app.reading() as session:
        task = session.get_one(Task, task_id)
        assert (task.investment, task.remarks) == (125000, "急")


def test_what_was_reviewed_since_is_not_taken_back_behind_the_reviewers_back(app):
    task_id = enter(app)
    people = save_task(app, task_id, {"responsible": "王五"})
    money = save_task(app, task_id, {"investment": "9"})
    submitted = review.submit(app, [task_id])
    for step in (people, money):
        with pytest.raises(history.LaterChanges) as refused:
            history.undo(app, [step.changes.operation_id])
        assert submitted.operation_id in [line.id for line in refused.value.later]
    history.undo(app, [submitted.operation_id])
    history.undo(app, [people.changes.operation_id])
    history.undo(app, [money.changes.operation_id])


def copied(engine, target, key=None, **how):
    with Moment(engine) as moment:
        copy_database(moment, target, key, lambda _done, _total: None, **how)
    return target


def test_a_copy_says_of_which_database_it_is(app, tmp_path):
    with app.reading() as session:
        own, origins = itself(session).uid, lineage(session)
    copy = copied(app.engine, tmp_path / "copy.db")
    engine = open_engine(copy)
    with open_sessions(engine)() as session:
        assert (itself(session).copied_from, itself(session).uid != own) == (own, True)
        assert lineage(session)[:-1] == origins
    engine.dispose()


def test_a_folder_copied_elsewhere_is_another_database_and_the_same_office(app, tmp_path):
    folder = app.folder
    with app.reading() as session:
        own, marks = lineage(session), session.scalar(select(func.max(Operation.id)))
    app.data.close()
    shutil.copytree(folder, tmp_path / "stick")
    for _time in range(2):
        copy = come_in(Application.open(tmp_path / "stick"), "张三")
        with copy.reading() as session:
            assert (lineage(session)[:-1], itself(session).copied_from, itself(session).operation_id) == (own, own[-1], marks)
        copy.data.close()
    again = come_in(Application.open(folder), "张三")
    with again.reading() as session:
        assert lineage(session) == own, "the one that stayed is itself"
    again.data.close()


def test_no_text_holds_the_character_nul(app):
    before = enter(app)
    for write in (
        lambda running: running.update(Task, {before: {"content": "a\0b"}}),
        lambda running: running.call("a\0b") or setattr(running.session.get_one(Task, before), "remarks", "急"),
    ):
        with pytest.raises(Exception, match="空字符") as refused, app.operation(Act.CHANGE, "改") as running:
            write(running)
        assert isinstance(refused.value.__cause__, StorageError)
        assert refused.value.__cause__.reason is Reason.UNFIT


def test_one_door_opens_a_file_with_its_key_for_engine_glance_and_backup(tmp_path):
    file = tmp_path / "locked.db"
    engine = open_engine(file, "花 'key'")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
        connection.execute(text("INSERT INTO t VALUES (7)"))
    copy = copied(engine, tmp_path / "copy.db", "花 'key'", with_journal=False)
    engine.dispose()
    assert not file.read_bytes().startswith(b"SQLite format 3")
    for place in (file, copy):
        reading = connect(place, "花 'key'", read_only=True)
        assert reading.execute("SELECT a FROM t").fetchone() == (7,)
        with pytest.raises(Exception, match="readonly|read-only"):
            reading.execute("DELETE FROM t")
        reading.close()
        with pytest.raises(Exception, match="not a database"):
            connect(place, "another").execute("SELECT * FROM sqlite_master")


def test_references_may_be_left_open_until_an_operation_ends():
    keys = [key for model in models_by_table().values() for key in table_of(model).foreign_keys]
    assert keys
    assert all(key.deferrable for key in keys)


def test_the_names_of_units_hold_within_their_township(app):
    with app.reading() as session:
        (constraint,) = [found for found in Unit.__table__.constraints if "name" in getattr(found, "columns", {})]
        assert [column.name for column in constraint.columns] == ["township_id", "name"]
        assert session.scalar(select(func.count()).select_from(Unit)) > 20
