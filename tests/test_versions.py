"""Versions of a record and the recycle bin: what the journal says, brought back exactly or refused in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.base import content_columns, table_of
from db.ledgers.dispute import Dispute
from db.log import Act
from db.models import Attachment, Funding, Milestone, Person, Post, Quantity, Responsibility, Task, Unit
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history
from huajie_desktop.journal.recycle_bin import deleted_ids, deleted_lines, restore_deleted
from huajie_desktop.journal.versions import bring_back, changed_since_review, versions
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records.entry import delete, save
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import queries
from huajie_desktop.work.review import approve, send_back, submit, unlock
from huajie_desktop.work.task_ledger import TASKS
from tests.office import TEXTS, enter
from tests.tasks import save_task

PARTS = (Responsibility, Milestone, Quantity, Funding)


def rows(app, task_id):
    """Every row of a task and its parts."""
    with app.reading() as session:
        kept = {
            Task: [
                dict(row)
                for row in session.execute(select(*content_columns(table_of(Task))).where(Task.id == task_id)).mappings()
            ]
        }
        for part in PARTS:
            statement = select(*content_columns(table_of(part))).where(part.task_id == task_id).order_by(part.id)
            kept[part] = [dict(row) for row in session.execute(statement).mappings()]
    return kept


def changes_of(app, task_id, place=0):
    with app.reading() as session:
        return {change.label: (change.old, change.new) for change in versions(session, TASKS, task_id)[place].changes}


EDITS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["路灯", "绿道"]),
        "content": st.sampled_from(["", "安装路灯12盏"]),
        "unit": st.sampled_from(["倪宅村", "尚仁村"]),
        "responsible": st.sampled_from(["", "张三", "张三、李四", "李四、王五", "王五、张三、李四"]),
        "milestones": st.sampled_from(["", "6月底 完成招标", "6月底 完成招标\n8月底 完工"]),
        "quantities": st.sampled_from(["", "路灯12盏", "路灯12盏、绿道1.5公里"]),
        "investment": st.sampled_from(["", "12.5"]),
        "due": st.sampled_from(["8月底前", "9月15日", ""]),
    }
)


@given(edits=st.lists(EDITS, min_size=2, max_size=5), back=st.data())
@settings(max_examples=25)
def test_any_version_comes_back_exactly_and_goes_again_with_undo(app, edits, back):
    task_id, images = None, {}
    for texts in edits:
        saved = save_task(app, task_id, texts)
        task_id = saved.record_id
        if saved.changes.operation_id:
            images[saved.changes.operation_id] = rows(app, task_id)
    last = rows(app, task_id)
    for operation_id in back.draw(st.permutations(sorted(images))):
        done = bring_back(app, TASKS, task_id, operation_id)
        assert rows(app, task_id) == images[operation_id]
        if done.operation_id:
            undone = history.undo(app, [done.operation_id])
            assert rows(app, task_id) == last
            history.undo(app, [undone.operation_id])
            assert rows(app, task_id) == images[operation_id]
        last = rows(app, task_id)


def test_a_version_says_who_changed_what_in_words(app):
    task_id = enter(app, responsible="张三、李四", milestones="6月底 完成招标")
    app = come_in(app.data, "李四")
    save_task(app, task_id, {**TEXTS, "responsible": "李四", "milestones": "", "investment": "20", "unit": "尚仁村"})
    with app.reading() as session:
        newest, first = versions(session, TASKS, task_id)
    assert (newest.actor, newest.label) == ("李四", "修改任务“穿村段路灯安装”")
    assert first.label == "新增任务“穿村段路灯安装”"
    changes = changes_of(app, task_id)
    assert changes["责任人"] == ("张三、李四", "李四")
    assert changes["计划投资"] == ("12.5万元", "20万元")
    assert changes["责任单位"] == ("倪宅村", "尚仁村")
    assert "完成招标" in changes["时间节点"][0]
    assert changes["时间节点"][1] == ""
    assert changes_of(app, task_id, 1)["任务名称"] == ("", "穿村段路灯安装")


def test_a_part_alone_changed_is_a_version_too(app):
    task_id = enter(app, responsible="张三、李四")
    before = rows(app, task_id)
    save_task(app, task_id, {**TEXTS, "responsible": "张三、李四、王五"})
    assert list(changes_of(app, task_id)) == ["责任人"]
    with app.reading() as session:
        first = versions(session, TASKS, task_id)[-1]
    bring_back(app, TASKS, task_id, first.operation_id)
    assert rows(app, task_id) == before


def test_what_review_decided_is_not_brought_back(app):
    task_id = enter(app)
    with app.reading() as session:
        first = versions(session, TASKS, task_id)[0].operation_id
    save_task(app, task_id, {**TEXTS, "title": "另一个名称"})
    submit(app, [task_id])
    approve(app, [task_id])
    with pytest.raises(Problem, match="已确认.*请先解锁"):
        bring_back(app, TASKS, task_id, first)
    unlock(app, [task_id], "金额有误")
    save_task(app, task_id, {**TEXTS, "title": "改名"})
    bring_back(app, TASKS, task_id, first)
    (row,) = rows(app, task_id)[Task]
    assert (row["title"], row["state"], row["number"]) == ("穿村段路灯安装", "returned", "花〔2021〕干诺-001")


def test_what_it_pointed_at_must_still_be_there(app):
    task_id = enter(app, unit="林业站", responsible="")
    with app.reading() as session:
        first = versions(session, TASKS, task_id)[0].operation_id
        station = session.scalars(select(Unit.id).where(Unit.name == "林业站")).one()
    save_task(app, task_id, {**TEXTS, "unit": "尚仁村"})
    delete(app, [station], UNITS)
    before = rows(app, task_id)
    with pytest.raises(Problem, match="单位“林业站”已经不在了"):
        bring_back(app, TASKS, task_id, first)
    assert rows(app, task_id) == before


def test_evidence_of_a_later_milestone_stays_with_the_task(app):
    task_id = enter(app)
    with app.reading() as session:
        first = versions(session, TASKS, task_id)[0].operation_id
    save_task(app, task_id, {**TEXTS, "milestones": "6月底 完成招标"})
    (milestone,) = rows(app, task_id)[Milestone]
    with app.operation(Act.CHANGE, "附件") as running:
        running.session.add(
            Attachment(owner_kind="tasks", owner_uid=running.session.get_one(Task, task_id).uid, proves_kind="milestones",
                       proves_uid=milestone["uid"], name="照片.jpg", kind="photo", digest="0" * 64, size=1,
                       added_at=app.today(), added_by="张三")
        )  # fmt: skip
    bring_back(app, TASKS, task_id, first)
    with app.reading() as session:
        (kept,) = session.scalars(select(Attachment))
        assert (kept.owner_uid, kept.proves_uid) == (session.get_one(Task, task_id).uid, None)
    assert rows(app, task_id)[Milestone] == []


# what the reviewer sees


def since(app, task_id):
    with app.reading() as session:
        found = changed_since_review(session, TASKS, task_id)
    return None if found is None else {change.label: (change.old, change.new) for change in found}


def test_a_first_submission_has_nothing_to_be_compared_with(app):
    task_id = enter(app)
    submit(app, [task_id])
    assert since(app, task_id) is None


def test_compared_with_what_was_returned_and_then_with_what_was_approved(app):
    task_id = enter(app)
    submit(app, [task_id])
    send_back(app, [task_id], "金额有误")
    save_task(app, task_id, {**TEXTS, "investment": "15"})
    submit(app, [task_id])
    assert since(app, task_id) == {"计划投资": ("12.5万元", "15万元")}
    approve(app, [task_id])
    unlock(app, [task_id], "再改")
    save_task(app, task_id, {**TEXTS, "investment": "18", "responsible": "倪成纲"})
    submit(app, [task_id])
    send_back(app, [task_id], "不对")
    save_task(app, task_id, {**TEXTS, "investment": "18"})
    submit(app, [task_id])
    assert since(app, task_id) == {"计划投资": ("15万元", "18万元")}


def test_an_approval_taken_back_is_no_baseline(app):
    task_id = enter(app)
    submit(app, [task_id])
    done = approve(app, [task_id])
    history.undo(app, [done.operation_id])
    assert since(app, task_id) is None


# the recycle bin


def bin_of(app):
    with app.reading() as session:
        return deleted_lines(session, deleted_ids(session))


def test_a_deleted_task_comes_back_whole(app):
    task_id = enter(app, milestones="6月底 完成招标", quantities="路灯12盏")
    before = rows(app, task_id)
    delete(app, [task_id], TASKS)
    (line,) = bin_of(app)
    assert (line.kind, line.title, line.actor, line.label) == ("任务", "穿村段路灯安装", "张三", "删除任务 1 项")
    with app.reading() as session:
        assert not versions(session, TASKS, task_id)[0].there
    done = restore_deleted(app, [line.id])
    assert done.label == "从回收站恢复任务“穿村段路灯安装”"
    assert rows(app, task_id) == before
    assert bin_of(app) == []
    with pytest.raises(Problem, match="已经恢复"):
        restore_deleted(app, [line.id])
    history.undo(app, [done.operation_id])
    assert [found.title for found in bin_of(app)] == ["穿村段路灯安装"]


@given(which=st.sets(st.integers(0, 4), min_size=1))
@settings(max_examples=10)
def test_any_choice_of_many_comes_back_and_the_others_stay(app, which):
    ids = [enter(app, title=f"事项{n}", responsible="张三、李四") for n in range(5)]
    before = {task_id: rows(app, task_id) for task_id in ids}
    delete(app, ids, TASKS)
    lines = {line.title: line for line in bin_of(app)[:5]}
    restore_deleted(app, [lines[f"事项{n}"].id for n in which])
    for place, task_id in enumerate(ids):
        assert rows(app, task_id) == (before[task_id] if place in which else {Task: [], **{part: [] for part in PARTS}})


def test_what_was_never_there_is_not_in_the_bin(app):
    saved = save_task(app, None, TEXTS)
    history.undo(app, [saved.changes.operation_id])
    assert bin_of(app) == []


def test_a_ledger_a_person_and_a_unit_come_back(app):
    texts = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "墙界不清", "level": "一般"}
    record = save(app, LEDGERS["disputes"], None, texts).record_id
    person = save(app, PEOPLE, None, {"name": "王五", "unit": "倪宅村"}).record_id
    with app.operation(Act.CHANGE, "任职") as running:
        unit_id = running.session.get_one(Person, person).unit_id
        running.session.add(Post(person_id=person, unit_id=unit_id, title="主任", position=0))
    delete(app, [record], LEDGERS["disputes"])
    with app.operation(Act.CHANGE, "删人") as running:
        running.session.delete(running.session.get_one(Person, person))
    lines = bin_of(app)
    assert [(line.kind, line.title) for line in lines] == [("人员", "王五"), ("矛盾纠纷", "墙界不清")]
    restore_deleted(app, [line.id for line in lines])
    with app.reading() as session:
        assert session.get_one(Dispute, record).summary == "墙界不清"
        assert [post.title for post in session.get_one(Person, person).posts] == ["主任"]


def test_a_task_does_not_come_back_to_a_unit_that_is_gone(app):
    task_id = enter(app, unit="林业站", responsible="")
    delete(app, [task_id], TASKS)
    with app.reading() as session:
        station = session.scalars(select(Unit.id).where(Unit.name == "林业站")).one()
    delete(app, [station], UNITS)
    unit, task = bin_of(app)
    with pytest.raises(Problem, match="单位“林业站”已经不在了"):
        restore_deleted(app, [task.id])
    restore_deleted(app, [task.id, unit.id])
    assert rows(app, task_id)[Task]


def test_undo_of_a_deletion_says_so_too_and_takes_the_unit_along(app):
    task_id = enter(app, unit="林业站", responsible="")
    before = rows(app, task_id)
    done = delete(app, [task_id], TASKS)
    with app.reading() as session:
        station = session.scalars(select(Unit.id).where(Unit.name == "林业站")).one()
    delete(app, [station], UNITS)
    with pytest.raises(history.LaterChanges, match="林业站.*删除单位"):
        history.undo(app, [done.operation_id])
    history.undo(app, [done.operation_id], with_later=True)
    assert rows(app, task_id) == before


def test_a_name_taken_since_is_said(app):
    save(app, UNITS, None, {"name": "林业站", "kind": "科室"})
    with app.reading() as session:
        station = session.scalars(select(Unit.id).where(Unit.name == "林业站")).one()
    delete(app, [station], UNITS)
    save(app, UNITS, None, {"name": "林业站", "kind": "科室"})
    (line,) = bin_of(app)
    with pytest.raises(Problem, match="单位“林业站”现在已经另有一个"):
        restore_deleted(app, [line.id])


def test_steps_that_swapped_a_unique_name_are_taken_back_together(app):
    first = save(app, UNITS, None, {"name": "林业站", "kind": "科室"}).changes
    (station,) = first.touched["units"]
    gone = delete(app, [station], UNITS)
    again = save(app, UNITS, None, {"name": "林业站", "kind": "科室"}).changes
    history.undo(app, [gone.operation_id, again.operation_id])
    with app.reading() as session:
        assert session.scalars(select(Unit.id).where(Unit.name == "林业站")).all() == [station]


def test_queries_are_there_again_with_their_record(app):
    task_id = enter(app)
    queries.ask(app, TASKS, task_id, "title", "哪一段？")
    delete(app, [task_id], TASKS)
    restore_deleted(app, [bin_of(app)[0].id])
    with app.reading() as session:
        assert [line.text for line in queries.query_lines(session, TASKS, task_id)] == ["哪一段？"]
