"""The loop against versions, the recycle bin, undo and two seats: what became of a task is neither lost nor brought back."""

from datetime import date

import pytest
from sqlalchemy import select

from db.acts import Act
from db.models import Extension, Finding, Inspection, Milestone, Notice, Step, Task
from huajie_desktop.errors import Problem
from huajie_desktop.journal.history import undo
from huajie_desktop.journal.recycle_bin import deleted_ids, restore_deleted
from huajie_desktop.journal.versions import bring_back, versions
from huajie_desktop.lights.kept_facts import lights_of
from huajie_desktop.lights.standing import light_counts
from huajie_desktop.records import entry
from huajie_desktop.records.entry import delete
from huajie_desktop.supervision import answers as answering
from huajie_desktop.supervision.bulletin import bulletin_of
from huajie_desktop.supervision.escalating import escalate
from huajie_desktop.supervision.extensions import EXTENSIONS
from huajie_desktop.supervision.findings import FINDINGS
from huajie_desktop.supervision.inspections import INSPECTIONS
from huajie_desktop.supervision.notice_ledger import NOTICES
from huajie_desktop.supervision.owing import owed_by
from huajie_desktop.supervision.todo import queue
from huajie_desktop.township.seating import come_in
from huajie_desktop.township.unit_changes import merge_into
from huajie_desktop.township.unit_merging import merge_units
from huajie_desktop.work.follow_ups import add
from huajie_desktop.work.review import approve, move, submit, unlock
from huajie_desktop.work.task_ledger import TASKS
from tests.office import TEXTS, contents, enter

ABOUT = {"unit": TEXTS["unit"], "title": TEXTS["title"]}
TERM, OVER = date(2021, 3, 5), date(2021, 3, 8)
ISSUED = {**ABOUT, "level": "提醒", "issued_on": "2021-03-01", "term": TERM.isoformat()}
ACCEPTED = list(answering.VERDICTS)[1]


def confirm(app, task_id):
    submit(app, [task_id])
    approve(app, [task_id])


def kept(app, model, record_id):
    with app.reading() as session:
        found = session.get_one(model, record_id)
        session.expunge(found)
        return found


@pytest.fixture
def task(app):
    """A confirmed task on its way."""
    task_id = enter(app, milestones="6月底 完成招标\n9月底 完工", quantities="路灯12盏")
    confirm(app, task_id)
    for verb in (Act.HAND, Act.RECEIVE):
        move(app, TASKS, verb, [task_id])
    return task_id


def issue(app, **said):
    record_id = entry.save(app, NOTICES, None, ISSUED | said).record_id
    move(app, NOTICES, Act.HAND, [record_id])
    return record_id


def extend(app, **said):
    typed = {**ABOUT, "asked_on": "2021-03-01", "wanted": "2021-10-31", "reason": "雨"} | said
    record_id = entry.save(app, EXTENSIONS, None, typed).record_id
    move(app, EXTENSIONS, Act.REQUEST, [record_id])
    return record_id


# versions


def test_an_old_version_takes_back_neither_a_granted_day_nor_what_was_reached(app, task):
    unlock(app, [task], "改名")
    entry.save(app, TASKS, task, {"title": "村道路灯安装"})
    with app.operation(Act.CHANGE, "推进") as running:
        record = running.session.get_one(Task, task)
        record.milestones[0].reached_on, record.milestones[0].given = date(2021, 6, 28), "中标通知书"
        record.quantities[0].done = 9
    entry.save(app, TASKS, task, {"milestones": "6月底 完成招标\n10月底 完工"})
    move(app, EXTENSIONS, Act.GRANT, [extend(app, title="村道路灯安装")])
    before = kept(app, Task, task)
    with app.reading() as session:
        first = versions(session, TASKS, task)[-1]
    bring_back(app, TASKS, task, first.operation_id)
    with app.reading() as session:
        now = session.get_one(Task, task)
        assert now.title == TEXTS["title"]
        assert (now.due, now.due_precision, now.due_text) == (date(2021, 10, 31), "day", None), "the decision alone changes it"
        assert [(one.text, one.due, one.reached_on, one.given) for one in now.milestones] == [
            ("完成招标", date(2021, 6, 30), date(2021, 6, 28), "中标通知书"), ("完工", date(2021, 9, 30), None, None),
        ]  # fmt: skip
        assert now.quantities[0].done == 9
        for name in TASKS.life_columns:
            assert getattr(now, name) == getattr(before, name), name
        assert len(now.steps) == 2


# deleting


def test_what_stands_on_a_task_keeps_it_and_what_goes_with_it_comes_back_with_it(app, task):
    unlock(app, [task], "不做了")
    notice = issue(app)
    with pytest.raises(Problem, match="还在使用（督查单 1 条），没有删除"):
        delete(app, [task], TASKS)
    with pytest.raises(Problem, match="待反馈，没有删除"):
        delete(app, [notice], NOTICES)
    finding = entry.save(app, FINDINGS, None, {**ABOUT, "found_on": "2021-03-01"}).record_id
    undo(app, [move_op(app, notice)])
    delete(app, [notice], NOTICES)
    with pytest.raises(Problem, match="还在使用（督查问题 1 条），没有删除"):
        delete(app, [task], TASKS)
    delete(app, [finding], FINDINGS)
    asked = extend(app)
    with pytest.raises(Problem, match="的延期申请有 1 条待审批，不能一起删除，没有删除。"):
        delete(app, [task], TASKS)
    move(app, EXTENSIONS, Act.WITHDRAW, [asked])
    typed = {**ABOUT, "month": "3月", "percent": "20", "summary": "立杆"}
    entry.save(app, app.catalogue["progress"], None, typed)
    add(app, TASKS, task, "2021-03-01", "到现场看过")
    before = contents(app)
    delete(app, [task], TASKS)
    with app.reading() as session:
        assert [session.scalars(select(model.id)).all() for model in (Task, Step, Extension)] == [[], [], []]
        ids = list(deleted_ids(session, kind="tasks"))
    restore_deleted(app, ids)
    after = contents(app)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


def move_op(app, notice):
    """The operation by which a notice was handed out."""
    with app.reading() as session:
        found = [one for one in versions(session, NOTICES, notice) if any(change.key == "state" for change in one.changes)]
        return found[0].operation_id


# undo in the middle


def test_a_day_in_the_middle_is_taken_back_only_with_what_rests_on_it(app, task):
    notice = issue(app)
    raised = escalate(app, OVER)
    [follower] = raised.issued
    granted = move(app, EXTENSIONS, Act.GRANT, [extend(app)])
    answering.answer(app, NOTICES, follower, "已装好", "2021-03-09", ACCEPTED)
    before = contents(app)
    with pytest.raises(Problem):
        undo(app, [raised.operation_id])
    assert contents(app) == before, "what is refused changes nothing"
    undo(app, [granted.operation_id])
    assert kept(app, Task, task).due == date(2021, 8, 31), "what nothing rests on goes alone"
    undo(app, [raised.operation_id], with_later=True)
    assert kept(app, Notice, notice).state == "issued"
    with app.reading() as session:
        assert session.scalars(select(Notice.id)).all() == [notice]


# two seats


def test_two_at_the_same_desk_are_told_and_nothing_is_lost(app, task):
    other = come_in(app.data, "李四")
    notice, asked = issue(app), extend(app)
    move(app, EXTENSIONS, Act.WITHDRAW, [asked])
    for verb in (Act.GRANT, Act.REFUSE):
        with pytest.raises(Problem, match=r"现在是“草稿”，不能改为“(已|未)同意”。"):
            move(other, EXTENSIONS, verb, [asked], "晚了")
    assert kept(app, Task, task).due == date(2021, 8, 31)
    escalate(app, OVER)
    assert escalate(other, OVER).operation_id is None, "the other had done it"
    before = contents(app)
    with pytest.raises(Problem, match="督查单花督〔2021〕1号现在是“已升级”，不能登记反馈，没有改动。"):
        answering.answer(other, NOTICES, notice, "已装好", "2021-03-08", ACCEPTED)
    assert contents(app) == before
    with app.operation(Act.CHANGE, "节点") as running:
        for mark in running.session.scalars(select(Milestone).where(Milestone.task_id == task)):
            mark.reached_on, mark.given = date(2021, 3, 1), "照片"
    [follower] = [one.id for one in _notices(app) if one.state == "issued"]
    answering.answer(other, NOTICES, follower, "已装好", "2021-03-09", ACCEPTED)
    with pytest.raises(Problem, match="现在是“已办结”"):
        answering.answer(app, NOTICES, follower, "再写一遍", "2021-03-09", ACCEPTED)
    assert kept(app, Notice, follower).answer == "已装好"
    move(app, TASKS, Act.APPLY, [task])
    with pytest.raises(Problem, match="现在是“申请销号”，不能改为“申请销号”"):
        move(other, TASKS, Act.APPLY, [task])
    move(other, TASKS, Act.VERIFY, [task])
    number = kept(app, Task, task).signed_off_number
    with pytest.raises(Problem, match="现在是“已销号”"):
        move(app, TASKS, Act.VERIFY, [task])
    assert kept(app, Task, task).signed_off_number == number
    unlock(app, [task], "改一个字")
    with pytest.raises(Problem, match="已销号，不能直接修改任务名称。请先重新办理"):
        entry.save(other, TASKS, task, {"title": "改"})


def _notices(app):
    with app.reading() as session:
        return session.scalars(select(Notice).order_by(Notice.id)).all()


# units that end, or were one all the time


def _of_units(app, ids):
    """The unit of each record, by name."""
    with app.reading() as session:
        return {name: session.get_one(model, record_id).unit_id for name, (model, record_id) in ids.items()}


@pytest.fixture
def supervised(app, task):
    """By name one record each of what can be about a unit in the middle of a year."""
    made = {"task": (Task, task), "open": (Notice, issue(app)), "asked": (Extension, extend(app))}
    made["granted"] = Extension, extend(app, asked_on="2021-02-26", wanted="2021-09-30")
    move(app, EXTENSIONS, Act.GRANT, [made["granted"][1]])
    made["replaced"] = Notice, issue(app, title="水渠")
    entry.save(app, NOTICES, made["open"][1], {"answer": "正在办"})
    move(app, NOTICES, Act.ANSWER, [made["open"][1]])
    [follower] = escalate(app, OVER).issued  # of the one nobody answered
    made["follower"] = Notice, follower
    unit = {"unit": ABOUT["unit"], "title": "路灯"}
    made["planned"] = Inspection, entry.save(app, INSPECTIONS, None, {**unit, "planned_on": "2021-03-20"}).record_id
    made["visited"] = Inspection, entry.save(app, INSPECTIONS, None, {**unit, "visited_on": "2021-02-27"}).record_id
    made["finding"] = Finding, entry.save(app, FINDINGS, None, {**unit, "found_on": "2021-02-27"}).record_id
    return made


def test_what_is_still_to_be_done_follows_a_unit_into_its_heir_and_what_was_done_stays(app, supervised):
    heir = kept(app, Task, enter(app, title="绿化", unit="尚仁村")).unit_id
    before, queued = _of_units(app, supervised), _numbers(app, OVER)
    unit = before["task"]
    assert set(before.values()) == {unit}
    merged = merge_into(app, unit, {"successor": "尚仁村", "on": "2021-03-01"})
    stays = {"granted", "replaced", "visited"}
    assert _of_units(app, supervised) == {name: unit if name in stays else heir for name in supervised}
    assert _numbers(app, OVER) == queued, "nothing falls out of the queue with its unit"
    with app.reading() as session:
        owed = owed_by(session, OVER)
    assert unit not in owed, "nobody is reminded who is not there any more"
    assert {one.sort.key for one in owed[heir]} >= {"notices_open"}
    undo(app, [merged.operation_id])
    assert _of_units(app, supervised) == before


def test_two_records_of_one_unit_are_one_with_all_that_was_about_either(app, supervised):
    twin = kept(app, Task, enter(app, title="绿化", unit="尚仁村")).unit_id
    merge_units(app, twin, kept(app, Task, supervised["task"][1]).unit_id)
    assert set(_of_units(app, supervised).values()) == {twin}


# a clock set back


def test_under_a_clock_set_back_nothing_falls_due_and_list_and_single_lights_agree(app, task, monkeypatch):
    issue(app)
    move(app, TASKS, Act.SUSPEND, [task], "等资金")
    queue_before = _numbers(app, date(2021, 3, 10))
    back = date(2021, 1, 15)
    monkeypatch.setattr(app.data, "today", lambda: back)
    assert escalate(app, back).operation_id is None
    assert _numbers(app, back).get("notices_late") is None
    with app.reading() as session:
        assert lights_of(session, [task], back)[task].key == "waiting", "what is dated later is not known then"
        assert bulletin_of(session, back).whole.notices.total() == 0
    move(app, TASKS, Act.RESUME, [task])
    move(app, TASKS, Act.SUSPEND, [task], "又停")
    move(app, TASKS, Act.RESUME, [task])
    for day in (back, date(2021, 2, 1), date(2021, 3, 1), date(2021, 3, 10), date(2021, 9, 1)):
        with app.reading() as session:
            light = lights_of(session, [task], day)[task]
            assert light_counts(session, day)[()][light.key] == 1, day
            assert light.key != "stopped", "what was done last counts, whatever its day"
    monkeypatch.undo()
    assert {**queue_before, **_numbers(app, date(2021, 3, 10))} == _numbers(app, date(2021, 3, 10))


def _numbers(app, day):
    with app.reading() as session:
        return {part.key: part.number for line in queue(session, day) for part in line.parts}
