"""Several programs at once on a server's database: each sees what the others did, and nothing is given to two."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from db import opening
from db.identity import lineage
from db.log import Act
from db.models import Counter, JournalEntry, Person, Task
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history
from huajie_desktop.settings import habit, keep_habit
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import glance
from huajie_desktop.work.figures import home
from tests.office import TEXTS, contents, enter, recent
from tests.postgres.program import EACH, OPERATIONS
from tests.tasks import save_task
from tests.test_year_of_work import kept, replayed

ROOT = Path(__file__).parents[2]
TODAY = date(2021, 3, 1)


@pytest.fixture
def place(server, tmp_path):
    """The address of an office that has begun."""
    yield server.begun(tmp_path / "begun")
    server.clear()


@pytest.fixture
def desks(place, tmp_path):
    """Two people in two programs with a folder each."""
    opened = [Application.open(tmp_path / name, today=lambda: TODAY, place=place) for name in ("one", "two")]
    yield [come_in(data, name) for data, name in zip(opened, ("张三", "李四"), strict=True)]
    for data in opened:
        data.close()


def both(what, place, tmp_path):
    """What two programs got that began at the same time."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.postgres.program", what, place]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT, "env": environment}
    programs = [subprocess.Popen([*command, tmp_path / name], **pipes) for name in ("first", "second")]
    assert [program.stdout.readline() for program in programs] == ["open\n", "open\n"]
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    said = [json.loads(program.communicate()[0]) for program in programs]
    assert [program.returncode for program in programs] == [0, 0]
    return said


def test_of_1000_numbers_none_is_given_twice_and_none_is_lost(place, desks, tmp_path):
    first, second = both("take", place, tmp_path)
    assert sorted(first + second) == list(range(1, 2 * OPERATIONS * EACH + 1))
    assert len(first) == len(second) == 500
    with desks[0].reading() as session:
        assert session.scalar(select(Counter.value).where(Counter.name == "试")) == 1000


def test_reserved_ids_and_those_given_by_the_database_never_meet(place, desks, tmp_path):
    first, second = both("add", place, tmp_path)
    assert len({*first, *second}) == 2 * OPERATIONS * EACH
    with desks[0].reading() as session:
        there = set(session.scalars(select(Person.id).where(Person.name.like("人%") | Person.name.like("单%"))))
        assert there == {*first, *second}
        assert replayed(session) == kept(session)


def test_what_one_does_the_other_sees_and_can_take_back(desks):
    one, two = desks
    before = contents(one)
    done = save_task(one, None, TEXTS)
    with two.reading() as session:
        assert session.get_one(Task, done.record_id).title == TEXTS["title"]
        assert recent(session)[0].actor == "张三"
    history.undo(two, [done.changes.operation_id])
    assert contents(one) == before


def test_who_reads_sees_one_state_whatever_is_written_meanwhile(desks):
    one, two = desks
    with one.reading() as session:
        assert session.scalar(select(func.count(Task.id))) == 0
        enter(two)
        assert session.scalar(select(func.count(Task.id))) == 0
    with one.reading() as session:
        assert session.scalar(select(func.count(Task.id))) == 1


def test_who_waits_too_long_for_another_is_told(desks, monkeypatch):
    monkeypatch.setattr(opening, "_QUEUE", "SET LOCAL lock_timeout = '50ms'")
    one, two = desks
    with one.operation(Act.CHANGE, "很久"), pytest.raises(Problem, match="占用"):
        enter(two)


def test_what_fails_half_way_leaves_nothing(desks):
    one, two = desks
    before = contents(one)
    with pytest.raises(ZeroDivisionError), one.operation(Act.CHANGE, "坏了") as running:
        running.session.add(Person(name="王五", unit_id=one.township_id, search=""))
        running.session.flush()
        running.session.execute(text("UPDATE counters SET value = value + 1"))
        _ = 1 / 0
    assert contents(two) == before
    with two.reading() as session:
        assert session.scalar(select(func.count()).where(JournalEntry.after.contains("王五"))) == 0


def test_the_database_is_the_same_under_whatever_address(place, desks, tmp_path):
    with desks[0].reading() as session:
        known = lineage(session)
    Application.open(tmp_path / "three", place=f"{place}&application_name=three").close()
    with desks[0].reading() as session:
        assert lineage(session) == known
    assert len(known) == 2, "the office was copied from the one it was begun in"


def test_habits_and_the_first_page_are_kept_on_the_server(place, desks):
    one, two = desks
    keep_habit(one, "columns", ["title", "due"])
    with one.reading() as session:
        assert habit(session, "columns") == ["title", "due"]
        figures = home(session, TODAY, approved_only=True)
    with two.reading() as session:
        assert habit(session, "columns") is None
    seen = glance.Glance("张三", TODAY, "花街镇 · 2021", {"checklist": 0}, ["张三", "李四"], figures)
    glance.keep(one, seen)
    assert glance.look(two.folder, TODAY, place=place) == seen
    enter(two)
    assert glance.look(two.folder, TODAY, place=place) is None
