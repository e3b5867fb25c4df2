"""What an older program kept with a NUL in it: everything that reads and writes it again still works, and the data is whole."""

from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy import text as sql

from db.base import Base, table_of
from db.models import Dimension, Operation, Person, Task, Unit
from db.types import Keepable
from huajie_desktop import office
from huajie_desktop.backups import soundness
from huajie_desktop.journal import history, past, recycle_bin, versions
from huajie_desktop.records import entry
from huajie_desktop.township import handing_over, organisation, unit_changes, unit_merging
from huajie_desktop.township.registers import UNITS
from huajie_desktop.township.seating import come_in
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year import years
from huajie_desktop.year.campaigns import CATEGORIES
from huajie_desktop.year.years import Wishes
from tests.office import CATALOGUE, enter

STAND_IN = "◆"  # becomes a NUL wherever it is kept


@pytest.fixture
def older(app):
    """The office as an older program would have left it, 张◆三 at the desk: a NUL in names and texts, and in the journal."""
    dimension = next(iter(ids(app, Dimension)))
    entry.save(app, CATEGORIES, None, {"name": f"文明{STAND_IN}创建", "code": f"文{STAND_IN}创"}, dimension_id=dimension)
    for number in range(3):
        enter(app, title=f"路{STAND_IN}灯{number}", content=f"十{STAND_IN}盏", category=f"文明{STAND_IN}创建")
    with app.engine.begin() as connection:
        for name, kind in (("倪宅村", Unit), ("尚仁村", Unit), ("倪成纲", Person), ("张三", Person)):
            parts = {"table": table_of(kind).name, "name": name, "new": name[0] + STAND_IN + name[1:]}
            connection.execute(sql("UPDATE {table} SET name = '{new}' WHERE name = '{name}'".format(**parts)))
            for image in ("before", "after"):
                old, new = f'"name":"{name}"', f'"name":"{parts["new"]}"'
                connection.execute(sql(f"UPDATE journal SET {image} = replace({image}, :old, :new)"), {"old": old, "new": new})
        connection.execute(sql(f"UPDATE operations SET actor = '张{STAND_IN}三', label = label || '{STAND_IN}'"))
        for table in Base.metadata.sorted_tables:
            escaped = "'\\u0000'" if table.name == "journal" else "char(0)"
            for column in (column.name for column in table.c if isinstance(column.type, Keepable)):
                connection.execute(sql(f"UPDATE {table.name} SET {column} = replace({column}, '{STAND_IN}', {escaped})"))
    assert soundness.look_through(app.engine) == [], "an older program's data is whole"
    return come_in(app.data, "张三")


def ids(app, model, *conditions):
    with app.reading() as session:
        return list(session.scalars(select(model.id).where(*conditions).order_by(model.id)))


def last(app):
    with app.reading() as session:
        return session.scalar(select(func.max(Operation.id)))


def in_session(app, work, *said):
    with app.reading() as session:
        return work(session, *said)


def test_every_step_on_such_records_works_and_can_be_taken_back(older):
    app = older
    villages, people, tasks = ids(app, Unit, Unit.kind == "village"), ids(app, Person), ids(app, Task)
    steps = {
        "delete": partial(entry.delete, app, tasks[:1], TASKS),
        "change": partial(entry.save, app, TASKS, tasks[1], {"content": "新"}),
        "hand over": partial(handing_over.hand_over, app, people[1], people[0]),
        "merge people": partial(unit_merging.merge_people, app, people[0], people[1]),
        "rename": partial(unit_changes.rename, app, villages[0], {"name": "新倪宅村", "on": "2021-03-01"}),
        "close": partial(organisation.close_unit, app, villages[2]),
        "close person": partial(organisation.close_person, app, people[1]),
        "next year": partial(years.next_year, app, Wishes(2022, "下一年")),
    }
    before = in_session(app, lambda session: [(task.title, task.content) for task in session.scalars(select(Task))])
    for name, step in steps.items():
        step()
        history.undo(app, [last(app)])
        assert soundness.look_through(app.engine) == [], name
    assert in_session(app, lambda session: [(task.title, task.content) for task in session.scalars(select(Task))]) == before


def test_such_records_come_back_from_the_bin_and_to_an_older_version(older):
    app, tasks = older, ids(older, Task)
    entry.delete(app, tasks[:1], TASKS)
    recycle_bin.restore_deleted(app, in_session(app, recycle_bin.deleted_ids))
    entry.save(app, TASKS, tasks[0], {"title": "别的", "content": "别的"})
    first = in_session(app, versions.versions, TASKS, tasks[0])[-1]
    versions.bring_back(app, TASKS, tasks[0], first.operation_id)
    assert in_session(app, lambda session: session.get_one(Task, tasks[0]).title) == "路灯0"
    assert soundness.look_through(app.engine) == []


def test_such_a_record_is_saved_as_it_is_shown_and_its_person_is_found(older):
    app = older
    village = ids(app, Unit, Unit.kind == "village")[0]
    shown = in_session(app, entry.seen, CATALOGUE["units"], village)
    entry.save(app, UNITS, village, dict(shown.texts))
    assert in_session(app, office.actors) == ["张三"]
    assert len(in_session(app, past.operation_ids, past.Wanted(actor="张三"))) >= 5
    assert soundness.look_through(app.engine) == []
