"""Queries about a record: asked, answered, closed for good by who asked or by a reviewer."""

import pytest

from huajie_desktop.errors import Problem
from huajie_desktop.journal import history
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import queries
from huajie_desktop.work.review import approve, submit
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter


@pytest.fixture
def task(app):
    task_id = enter(app)
    submit(app, [task_id])
    return task_id


def lines(app, task_id):
    with app.reading() as session:
        return queries.query_lines(session, TASKS, task_id)


def test_a_query_goes_from_asked_to_answered_to_closed(app, task):
    app = come_in(app.data, "李四")
    queries.ask(app, TASKS, task, "investment", " 金额 与预算\n不符？ ")
    (line,) = lines(app, task)
    assert (line.about, line.text, line.asked_by, line.state) == ("计划投资", "金额 与预算 不符？", "李四", "open")
    app = come_in(app.data, "张三")
    queries.answer(app, line.id, "以预算为准")
    (line,) = lines(app, task)
    assert (line.answer, line.answered_by, line.state) == ("以预算为准", "张三", "answered")
    app = come_in(app.data, "李四")
    queries.close(app, TASKS, line.id)
    (line,) = lines(app, task)
    assert (line.state, line.closed_by) == ("closed", "李四")
    for again in (lambda: queries.close(app, TASKS, line.id), lambda: queries.answer(app, line.id, "又答")):
        with pytest.raises(Problem, match="已经关闭"):
            again()


def test_only_who_asked_or_a_reviewer_closes(app, task):
    app = come_in(app.data, "李四")
    queries.ask(app, TASKS, task, "", "内容太少")
    (line,) = lines(app, task)
    assert line.about == "整条记录"
    app = come_in(app.data, "张三")  # who entered the task
    with pytest.raises(Problem, match="由李四提出"):
        queries.close(app, TASKS, line.id)
    app = come_in(app.data, "王五")
    queries.close(app, TASKS, line.id)
    assert lines(app, task)[0].closed_by == "王五"


def test_who_asked_about_the_own_record_may_close(app, task):
    queries.ask(app, TASKS, task, "", "自己记一下")
    queries.close(app, TASKS, lines(app, task)[0].id)
    assert lines(app, task)[0].state == "closed"


def test_open_queries_hold_approval_up_and_are_found_and_counted(app, task):
    other = enter(app, title="另一项")
    queries.ask(app, TASKS, task, "due", "哪一天？")
    queries.ask(app, TASKS, task, "due", "上半年还是下半年？")
    with app.reading() as session:
        assert queries.open_counts(session, TASKS, [task, other]) == {task: 2}
        assert list(record_ids(session, TASKS, Wanted(conditions=(queries.has_open(TASKS),)))) == [task]
    with pytest.raises(Problem, match="穿村段路灯安装.*还有 2 条疑问没有关闭"):
        approve(app, [task])
    for line in lines(app, task):
        queries.close(app, TASKS, line.id)
    approve(app, [task])
    with app.reading() as session:
        assert list(record_ids(session, TASKS, Wanted(conditions=(queries.has_open(TASKS),)))) == []


def test_closing_can_be_taken_back_like_any_step(app, task):
    queries.ask(app, TASKS, task, "due", "哪一天？")
    done = queries.close(app, TASKS, lines(app, task)[0].id)
    history.undo(app, [done.operation_id])
    assert lines(app, task)[0].state == "open"


@pytest.mark.parametrize("text", ["", "  ", "问" * 201])
def test_empty_and_endless_words_are_refused(app, task, text):
    with pytest.raises(Problem):
        queries.ask(app, TASKS, task, "due", text)
    assert lines(app, task) == []
