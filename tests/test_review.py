"""Review: what may follow what, and numbers that are never given twice."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from db.journal import Author
from db.ledgers.dispute import Dispute
from db.log import Act
from db.models import Task
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records.entry import delete, save
from huajie_desktop.settings import FOUR_EYES, keep_rule
from huajie_desktop.township.seating import come_in
from huajie_desktop.work.numbering import paper_number
from huajie_desktop.work.review import approve, send_back, submit, unlock, withdraw
from huajie_desktop.work.task_ledger import TASKS
from tests.office import TEXTS, contents, enter
from tests.tasks import save_task


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
    with pytest.raises(Problem, match="还缺完成时限，没有提交。请补全后再提交。$"):
        submit(app, [incomplete])
    done = submit(app, [complete, incomplete])
    assert (done.done, done.label) == (1, "提交审核 1 项")
    assert [(left.id, left.words) for left in done.left] == [
        (incomplete, "倪宅村的任务“没有时限”还缺完成时限，没有提交。请补全后再提交。")
    ]
    assert [state for state, _number, _reason in states(app)] == ["submitted", "draft"], "one does not stop the other"
    with pytest.raises(Problem, match="选中的 2 项任务都没有提交：\n.*“穿村段路灯安装”现在是“待审核”.*\n.*“没有时限”还缺"):
        submit(app, [complete, incomplete])


FOLLOWING = {
    "draft": ("submitted",),
    "submitted": ("approved", "returned", "draft"),
    "returned": ("submitted",),
    "approved": ("returned",),
}


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
        assert paper_number(session, "承交", 1) == "花承交〔2021〕1号"


# further ledgers


@pytest.fixture
def dispute(app):
    texts = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "墙界不清", "level": "一般"}
    return save(app, LEDGERS["disputes"], None, texts).record_id


def dispute_row(app, record_id):
    with app.reading() as session:
        kept = session.get_one(Dispute, record_id)
        return kept.state, kept.number, kept.return_reason


def test_a_ledger_goes_through_the_same_review_without_numbers(app, dispute):
    ledger = LEDGERS["disputes"]
    submit(app, [dispute], ledger)
    approve(app, [dispute], ledger)
    assert dispute_row(app, dispute) == ("approved", None, None)
    with pytest.raises(Problem, match="矛盾纠纷“墙界不清”.*不能改为"):
        withdraw(app, [dispute], ledger)
    unlock(app, [dispute], "当事人写错", ledger)
    assert dispute_row(app, dispute) == ("returned", None, "当事人写错")


def test_what_a_ledger_requires_must_be_there_to_submit(app, dispute):
    with app.operation(Act.CHANGE, "写坏") as running:
        running.session.get_one(Dispute, dispute).summary = ""
    with pytest.raises(Problem, match="还缺纠纷简要情况"):
        submit(app, [dispute], LEDGERS["disputes"])


# locked and unlocked


def test_what_is_approved_is_locked_below_the_window_until_unlocked_with_a_reason(app):
    task_id = enter(app)
    submit(app, [task_id])
    approve(app, [task_id])
    for change in (
        lambda: save_task(app, task_id, {**TEXTS, "title": "改名"}),
        lambda: delete(app, [task_id], TASKS),
        lambda: unlock(app, [task_id], " "),
    ):
        before = contents(app)
        with pytest.raises(Problem):
            change()
        assert contents(app) == before
    unlock(app, [task_id], "金额有误")
    assert states(app) == [("returned", "花〔2021〕干诺-001", "金额有误")]
    save_task(app, task_id, {**TEXTS, "title": "改名"})


def test_only_what_is_approved_can_be_unlocked(app):
    task_id = enter(app)
    with pytest.raises(Problem, match="没有锁定"):
        unlock(app, [task_id], "原因")


# four eyes


def test_with_four_eyes_nobody_approves_what_he_last_changed(app):
    keep_rule(app, FOUR_EYES, "1")
    first, second = enter(app, title="第一项"), enter(app, title="第二项")
    app = come_in(app.data, "李四")
    save_task(app, second, {**TEXTS, "title": "第二项", "responsible": "王五"})  # only who answers for it
    submit(app, [first, second])
    before = contents(app)
    with pytest.raises(Problem, match="“第二项”的内容是您（李四）最后改的"):
        approve(app, [second])
    assert contents(app) == before
    assert [left.id for left in approve(app, [first, second]).left] == [second]
    app = come_in(app.data, "张三")
    approve(app, [second])


def test_moving_through_review_and_steps_taken_back_do_not_make_an_author(app):
    keep_rule(app, FOUR_EYES, "1")
    task_id = enter(app)
    app = come_in(app.data, "李四")
    submit(app, [task_id])
    changed = save_task(app, task_id, {**TEXTS, "title": "改名"}).changes
    history.undo(app, [changed.operation_id])
    approve(app, [task_id])
    app = come_in(app.data, "张三")
    unlock(app, [task_id], "再看")
    submit(app, [task_id])
    with pytest.raises(Problem, match="您（张三）"):
        approve(app, [task_id])


def test_taking_a_part_away_is_a_change_of_content(app):
    keep_rule(app, FOUR_EYES, "1")
    task_id = enter(app)
    app = come_in(app.data, "李四")
    save_task(app, task_id, {**TEXTS, "responsible": "倪成纲"})
    submit(app, [task_id])
    with pytest.raises(Problem, match="您（李四）"):
        approve(app, [task_id])


def test_without_the_rule_everybody_approves(app):
    task_id = enter(app)
    submit(app, [task_id])
    approve(app, [task_id])
    assert states(app)[0][0] == "approved"


@pytest.mark.parametrize(
    "typed", ["张三 ", " 张三", "张 三", "张　三", "张\u200b三", "张三\u202c", "\u202e张三", "张\x00三", "张\u00ad三"]
)
def test_no_blank_and_no_sign_nobody_sees_makes_another_reviewer(app, typed):
    keep_rule(app, FOUR_EYES, "1")
    own = enter(app)
    submit(app, [own])
    for seat in (come_in(app.data, typed), replace(app, author=Author(typed)), replace(app, author=Author(typed, "another"))):
        with pytest.raises(Problem, match="录入与审核分开"):
            approve(seat, [own])
    assert come_in(app.data, typed).author == app.author
    approve(come_in(app.data, "张三丰"), [own])


def test_width_tells_no_people_apart_either(app):
    first = come_in(app.data, "Ａｌｉｍ·李")
    assert come_in(app.data, "alim·李").author == first.author
