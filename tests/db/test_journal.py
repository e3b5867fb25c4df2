"""The write path: whole or not at all, journalled, and taken back exactly."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from db.base import content_columns
from db.errors import ChangedSince, Reason, StorageError
from db.images import encode, encode_part
from db.journal import Author, operation
from db.log import Act
from db.models import JournalEntry, Operation, Person, Unit
from db.net import images_of
from db.opening import open_engine, open_sessions
from db.rows import reserve_ids
from db.undo import later_operations, undo


@pytest.fixture
def sessions(tmp_path, databases):
    engine = open_engine(databases.migrated(tmp_path / "data"))
    yield open_sessions(engine)
    engine.dispose()


def township(running, name):
    """A unit that stands on no other, as a township does."""
    (unit_id,) = reserve_ids(running.connection, Unit.__table__, 1)
    return Unit(id=unit_id, township_id=unit_id, name=name, kind="village", search="")


def add_unit(sessions, name):
    with operation(sessions, Author("张三"), Act.CHANGE, f"新增{name}") as running:
        unit = township(running, name)
        running.session.add(unit)
    return unit.id, running.changes


def table(sessions, model):
    with sessions() as session:
        return {row["id"]: dict(row) for row in session.execute(select(*content_columns(model.__table__))).mappings()}


def test_operation_says_who_did_what_and_keeps_both_images(sessions):
    unit_id, changes = add_unit(sessions, "倪宅村")
    with operation(sessions, Author("李四"), Act.CHANGE, "改名") as running:
        running.session.get_one(Unit, unit_id).name = "倪宅新村"
    assert changes.touched == {"units": {unit_id}}
    with sessions() as session:
        entries = session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
        assert [session.get_one(Operation, entry.operation_id).actor for entry in entries] == ["张三", "李四"]
    assert entries[0].before is None
    assert json.loads(entries[1].before)["name"] == "倪宅村"
    assert json.loads(entries[1].after)["name"] == "倪宅新村"


_VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(st.characters(codec="utf-8"))
    | st.dates()
    | st.decimals(allow_nan=False)
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), _VALUES | st.datetimes()))
def test_an_image_is_json_of_what_is_there(row):
    def plain(value):
        return str(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value

    assert json.loads(encode(row)) == {name: plain(value) for name, value in row.items() if value is not None}
    assert json.loads(encode_part(row)) == {name: plain(value) for name, value in row.items()}


def test_failed_operation_leaves_nothing(sessions):
    with pytest.raises(RuntimeError), operation(sessions, Author("张三"), Act.CHANGE, "坏了") as running:
        running.session.add(township(running, "倪宅村"))
        running.session.flush()
        raise RuntimeError
    assert table(sessions, Unit) == {}
    assert table(sessions, Operation) == {}


@pytest.mark.parametrize(("values", "reason"), [({"name": "倪\0宅"}, Reason.UNFIT), ({"position": 1 << 70}, Reason.OVERLONG)])
def test_what_no_database_can_keep_is_refused_with_the_reason(sessions, values, reason):
    with pytest.raises(StorageError) as caught, operation(sessions, Author("张三"), Act.CHANGE, "坏了") as running:
        unit = township(running, "倪宅村")
        for name, value in values.items():
            setattr(unit, name, value)
        running.session.add(unit)
    assert caught.value.reason is reason
    assert table(sessions, Unit) == {}


def test_operation_that_changes_nothing_leaves_no_trace(sessions):
    unit_id, _ = add_unit(sessions, "倪宅村")
    with operation(sessions, Author("张三"), Act.CHANGE, "没改") as running:
        running.session.get_one(Unit, unit_id).name = "倪宅村"
    assert running.changes.operation_id is None
    assert len(table(sessions, Operation)) == 1


def test_ids_are_never_used_twice(sessions):
    unit_id, changes = add_unit(sessions, "倪宅村")
    undo(sessions, Author("张三"), "撤销", [changes.operation_id])
    with sessions() as session:
        assert reserve_ids(session.connection(), Unit.__table__, 1)[0] == unit_id + 1


def test_undo_refuses_what_was_changed_since_and_names_it(sessions):
    unit_id, changes = add_unit(sessions, "倪宅村")
    with operation(sessions, Author("李四"), Act.CHANGE, "改名") as running:
        running.session.get_one(Unit, unit_id).name = "倪宅新村"
    with pytest.raises(ChangedSince) as caught:
        undo(sessions, Author("张三"), "撤销", [changes.operation_id])
    assert caught.value.record == "单位“倪宅新村”"
    assert caught.value.later == [running.changes.operation_id]
    undo(sessions, Author("张三"), "撤销", [changes.operation_id, running.changes.operation_id])
    assert table(sessions, Unit) == {}


def test_undo_refuses_what_something_newer_stands_on(sessions):
    unit_id, changes = add_unit(sessions, "倪宅村")
    with operation(sessions, Author("张三"), Act.CHANGE, "新增人员") as running:
        running.session.add(Person(name="王五", unit_id=unit_id, township_id=unit_id, search=""))
    with pytest.raises(ChangedSince) as caught:
        undo(sessions, Author("张三"), "撤销", [changes.operation_id])
    assert caught.value.record == "人员“王五”"


def test_redo_is_undoing_the_undo(sessions):
    unit_id, changes = add_unit(sessions, "倪宅村")
    before = table(sessions, Unit)
    undone = undo(sessions, Author("张三"), "撤销", [changes.operation_id])
    undo(sessions, Author("张三"), "恢复", [undone.operation_id])
    assert table(sessions, Unit) == before
    with sessions() as session:
        assert session.get_one(Operation, changes.operation_id).undone_by_id is None
        assert later_operations(session, [changes.operation_id]) == []
    assert unit_id in before


class Office(RuleBasedStateMachine):
    """Random adding, changing, removing and taking back; the tables always are what the journal says."""

    operations = Bundle("operations")

    def __init__(self, databases):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.engine = open_engine(databases.migrated(Path(self.folder.name) / "data"))
        self.sessions = open_sessions(self.engine)
        self.states = {}
        self.count = 0

    def teardown(self):
        self.engine.dispose()
        self.folder.cleanup()

    @rule(target=operations, names=st.lists(st.text("花街倪宅", max_size=3), min_size=1, max_size=4), many=st.booleans())
    def add(self, names, many):
        before = table(self.sessions, Unit)
        with operation(self.sessions, Author("张三"), Act.CHANGE, "新增") as running:
            if many:
                ids = reserve_ids(running.session.connection(), Unit.__table__, len(names))
                rows = [(i, i, f"{name}{i}", "village", 0, "") for i, name in zip(ids, names, strict=True)]
                running.insert(Unit, ("id", "township_id", "name", "kind", "position", "search"), rows)
            else:
                for name in names:
                    self.count += 1
                    running.session.add(township(running, f"{name}甲{self.count}"))
                    running.session.flush()
        return self.kept(running.changes, before)

    @rule(target=operations, data=st.data(), many=st.booleans())
    def change(self, data, many):
        before = table(self.sessions, Unit)
        ids = data.draw(st.lists(st.sampled_from(sorted(before)), unique=True, max_size=3)) if before else []
        with operation(self.sessions, Author("李四"), Act.CHANGE, "修改") as running:
            if many:
                running.update(Unit, {i: {"position": data.draw(st.integers(0, 5)), "aliases": "别名"} for i in ids})
            else:
                for i in ids:
                    running.session.get_one(Unit, i).position = data.draw(st.integers(0, 5))
        return self.kept(running.changes, before)

    @rule(target=operations, data=st.data())
    def remove(self, data):
        before = table(self.sessions, Unit)
        ids = data.draw(st.lists(st.sampled_from(sorted(before)), unique=True, max_size=2)) if before else []
        with operation(self.sessions, Author("李四"), Act.CHANGE, "删除") as running:
            for i in ids:
                running.session.delete(running.session.get_one(Unit, i))
        return self.kept(running.changes, before)

    def kept(self, changes, before):
        if changes.operation_id is not None:
            self.states[changes.operation_id] = (before, table(self.sessions, Unit))
        return changes.operation_id

    @rule(target=operations, operation_id=operations)
    def take_back(self, operation_id):
        if operation_id is None:
            return None
        before = table(self.sessions, Unit)
        with self.sessions() as session:
            if session.get_one(Operation, operation_id).undone_by_id is not None:
                return None
        try:
            changes = undo(self.sessions, Author("张三"), "撤销", [operation_id])
        except ChangedSince:
            assert table(self.sessions, Unit) == before
            return None
        was, became = self.states[operation_id]
        after = table(self.sessions, Unit)
        for i in was.keys() | became.keys():
            if was.get(i) != became.get(i):
                assert after.get(i) == was.get(i)
        return self.kept(changes, before)

    @invariant()
    def tables_are_what_the_journal_says(self):
        if not hasattr(self, "sessions"):
            return
        told = {}
        with self.sessions() as session:
            for entry in session.scalars(select(JournalEntry).order_by(JournalEntry.id)):
                before, after = images_of(Unit.__table__, entry.before, entry.after)
                stood = told.pop(entry.record_id, None)
                assert (stood is None) == (before is None)
                assert all(stood[name] == value for name, value in (before or {}).items())
                if after is not None:
                    told[entry.record_id] = {**(stood or {}), **after}
        assert told == table(self.sessions, Unit)


def test_whatever_is_done_the_tables_are_what_the_journal_says(databases):
    often = settings(max_examples=15, stateful_step_count=12, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(lambda: Office(databases), settings=often)
