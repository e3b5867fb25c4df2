"""Review: what may follow what, and numbers that are never given twice."""

import pytest
from sqlalchemy import select

from db.models import Task
from huajie_desktop import history
from huajie_desktop.errors import Problem
from huajie_desktop.numbering import paper_number, task_number
from huajie_desktop.office import campaign, township
from huajie_desktop.review import FOLLOWING, approve, send_back, submit, withdraw
from tests.office import contents, enter


def states(app):
    with app.reading() as session:
        return [tuple(row) for row in session.execute(select(Task.state, Task.number, Task.return_reason).order_by(Task.id))]


def test_approved_tasks_are_numbered_by_category(app):
    ids = [enter(app, title=f"事项{n}", category=category) for n, category in enumerate(["干事承诺", "基层党建", "干事承诺"])]
    submit(app, ids)
    assert [number for _state, number, _reason in states(app)] == [None] * 3
    approve(app, ids)
    assert [number for _state, number, _reason in states(app)] == [
        "花〔2021〕干诺-001",
        "花〔2021〕党建-001",
        "花〔2021〕干诺-002",
    ]


def test_number_of_an_undone_approval_is_not_given_again(app):
    first, second = enter(app), enter(app, title="另一项")
    submit(app, [first, second])
    done = approve(app, [first])
    history.undo(app, [done.operation_id])
    approve(app, [second])
    assert states(app) == [("submitted", None, None), ("approved", "花〔2021〕干诺-002", None)]


def test_returned_task_carries_the_reason_and_keeps_its_number(app):
    task_id = enter(app)
    submit(app, [task_id])
    approve(app, [task_id])
    send_back(app, [task_id], " 金额有误 ")
    assert states(app) == [("returned", "花〔2021〕干诺-001", "金额有误")]
    submit(app, [task_id])
    approve(app, [task_id])
    assert states(app) == [("approved", "花〔2021〕干诺-001", None)]


def test_return_needs_a_reason(app):
    task_id = enter(app)
    submit(app, [task_id])
    with pytest.raises(Problem, match="原因"):
        send_back(app, [task_id], "  ")


def test_incomplete_task_is_not_submitted_and_named(app):
    complete, incomplete = enter(app), enter(app, title="没有时限", due="")
    with pytest.raises(Problem, match="“没有时限”还缺完成时限"):
        submit(app, [complete, incomplete])
    assert [state for state, _number, _reason in states(app)] == ["draft", "draft"], "all or none"


@pytest.mark.parametrize("state", list(FOLLOWING))
@pytest.mark.parametrize("target", list(FOLLOWING))
def test_only_the_table_of_states_rules(app, state, target):
    task_id = enter(app)
    way = {"draft": [], "submitted": [submit], "returned": [submit, returned], "approved": [submit, approve]}[state]
    for step in way:
        step(app, [task_id])
    move = {"draft": withdraw, "submitted": submit, "approved": approve, "returned": returned}[target]
    before = contents(app)
    if target in FOLLOWING[state]:
        move(app, [task_id])
        assert states(app)[0][0] == target
    else:
        with pytest.raises(Problem, match="不能改为"):
            move(app, [task_id])
        assert contents(app) == before


def returned(app, ids):
    return send_back(app, ids, "请核对")


def test_nothing_selected_is_said(app):
    with pytest.raises(Problem, match="没有选中"):
        approve(app, [])


def test_numbers_look_as_the_office_writes_them(app):
    with app.reading() as session:
        top, year = township(session), campaign(session)
        assert task_number(top, year, "干诺", 12) == "花〔2021〕干诺-012"
        assert paper_number(top, year, "slip", 1) == "花承交〔2021〕1号"
