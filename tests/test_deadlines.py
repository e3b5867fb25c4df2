"""Overdue and falling due: what is finished is neither, anywhere; the day itself is not past."""

from datetime import date

import pytest

from huajie_desktop.supervision import todo
from huajie_desktop.work import figures, glance, occurrences, saved_filters
from huajie_desktop.work.checklist import TaskFilter, state_counts, task_ids, task_lines
from tests.office import enter
from tests.tasks import save_task

TODAY = date(2021, 3, 10)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def office(app):
    """Tasks around today, the finished ones with 已办 in their names."""
    for title, due in (("昨天", "2021-03-09"), ("今天", "2021-03-10"), ("本周日", "2021-03-14"), ("三十天", "2021-04-09")):
        enter(app, title=title, due=due)
        enter(app, title=f"{title}已办", due=due, finished_on="2021-02-20")
    enter(app, title="每周一", due="12月底", start="2021-03-01", recurrence="每周一")
    enter(app, title="每周一已办", due="12月底", start="2021-03-01", recurrence="每周一", finished_on="2021-03-09")
    return app


def found(app, due):
    with app.reading() as session:
        return [line.title for line in task_lines(session, task_ids(session, TaskFilter(due=due), "due", today=app.today()))]


@pytest.mark.parametrize(
    ("due", "titles"),
    [
        ("overdue", ["昨天"]),
        ("this_week", ["昨天", "今天", "本周日"]),
        ("week", ["今天", "本周日"]),
        ("month", ["今天", "本周日", "三十天"]),
        ("occurrence_late", ["每周一"]),
        ("occurrence_week", ["每周一"]),
    ],
)
def test_lists_by_due_leave_out_what_is_finished(office, due, titles):
    assert found(office, due) == titles


def test_the_kept_filters_and_the_counts_say_the_same(office):
    assert saved_filters.built_in("张三")["已过时限"] == TaskFilter(due="overdue")
    with office.reading() as session:
        assert state_counts(session, TaskFilter(due="overdue"), today=TODAY)["all"] == 1


def test_the_first_page_says_the_same(office):
    with office.reading() as session:
        home = figures.home(session, TODAY)
        assert {part.key: part.number for line in todo.queue(session, TODAY) for part in line.parts} == {
            "overdue": 1, "behind": 3, "due_7": 2, "due_15": 2, "due_30": 3, "occurrences_late": 1,
        }  # fmt: skip
        assert [line.title for line in home.due_next] == ["今天", "本周日", "三十天"]
        finished = task_ids(session, TaskFilter(text="每周一已办"), today=TODAY)[0]
        assert not any(line.late for line in occurrences.lines(session, finished, TODAY))


def test_a_finished_task_is_due_again_when_its_day_is_taken_back(app):
    task = enter(app, title="公厕", due="2021-03-01", finished_on="2021-02-28")
    assert found(app, "overdue") == []
    save_task(app, task, {"finished_on": ""})
    assert found(app, "overdue") == ["公厕"]


def test_what_an_older_program_kept_of_the_first_page_is_not_shown(app):
    with app.reading() as session:
        kept = glance.Glance("张三", TODAY, "花街镇", {}, ["张三"], figures.home(session, TODAY))
    app.keep_snapshot("home", "[]")
    assert glance.look(app.folder, TODAY) is None
    glance.keep(app, kept)
    assert glance.look(app.folder, TODAY) == kept
