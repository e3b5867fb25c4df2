"""The first page kept for the next start: right or not shown."""

from datetime import timedelta

import pytest

from huajie_desktop.supervision.todo import queue
from huajie_desktop.work import glance
from huajie_desktop.work.figures import home
from huajie_desktop.work.review import submit
from tests.conftest import TODAY
from tests.office import enter


def figures(session, day):
    return home(session, day, approved_only=True)._replace(todo=queue(session, day))


@pytest.fixture
def kept(app):
    task_id = enter(app, due="3月5日")
    enter(app, title="没有投资", investment="", due="3月")
    with app.reading() as session:
        seen = glance.Glance("张三", TODAY, "花街镇 · 2021", {"checklist": 2}, ["张三"], figures(session, TODAY))
    glance.keep(app, seen)
    return app, seen, task_id


def test_what_was_kept_comes_back_equal(kept):
    app, seen, _ = kept
    assert glance.look(app.folder, TODAY) == seen


def test_after_any_operation_it_is_not_shown(kept):
    app, _, task_id = kept
    submit(app, [task_id])
    assert glance.look(app.folder, TODAY) is None


def test_on_another_day_it_is_not_shown(kept):
    app, _, _ = kept
    assert glance.look(app.folder, TODAY + timedelta(days=1)) is None


def test_what_was_kept_for_days_to_come_is_shown_on_those_days(kept):
    """A task falls due in between: each day has its own list and its own count of what is overdue."""
    app, seen, _ = kept
    days = [TODAY + timedelta(days=number) for number in range(60)]
    with app.reading() as session:
        several = [seen._replace(day=day, figures=figures(session, day)) for day in days]
    glance.keep(app, *several)
    assert [glance.look(app.folder, day) for day in days] == several
    assert several[0].figures.todo != several[-1].figures.todo
    assert glance.look(app.folder, days[-1] + timedelta(days=1)) is None


def test_without_data_or_with_damaged_data_there_is_none(tmp_path):
    assert glance.look(tmp_path, TODAY) is None
    (tmp_path / "huajie.db").write_bytes(b"no database " * 500)
    assert glance.look(tmp_path, TODAY) is None
