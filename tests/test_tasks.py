"""One task through the form: typed, checked, kept, changed, removed."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.models import Person, Task
from huajie_desktop import history
from huajie_desktop.entry import delete
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.registers import TASKS
from huajie_desktop.review import approve, submit
from huajie_desktop.tasks import form_texts, save_task
from tests.office import TEXTS, contents, enter


def test_typed_texts_become_values(app):
    task_id = enter(app, milestones="6月底 完成招标\n8月底 竣工", start="3月", lead="徐志军")
    with app.reading() as session:
        task = session.get_one(Task, task_id)
        assert (task.due, task.due_precision, task.due_text) == (date(2021, 8, 31), "month", "8月底前")
        assert task.investment == Decimal(125000)
        assert [link.person.name for link in task.responsible] == ["倪成纲", "张三"]
        assert [(item.due, item.text) for item in task.milestones] == [
            (date(2021, 6, 30), "完成招标"),
            (date(2021, 8, 31), "竣工"),
        ]
        assert task.lead.name == "徐志军"
        assert (task.state, task.number) == ("draft", None)


def test_what_was_typed_comes_back(app):
    typed = {**TEXTS, "milestones": "6月底 完成招标", "remarks": "备注\n两行", "lead": "徐志军", "start": "2021-03-01"}
    task_id = save_task(app, None, typed).record_id
    with app.reading() as session:
        assert form_texts(session, task_id) == typed
        before = form_texts(session, task_id)
    assert save_task(app, task_id, before).changes.operation_id is None, "saving what is there changes nothing"


def test_same_person_of_one_unit_is_one_record(app):
    enter(app)
    enter(app, title="另一项")
    enter(app, title="又一项", unit="尚仁村")
    with app.reading() as session:
        assert len(session.scalars(select(Person).where(Person.name == "张三")).all()) == 2


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"title": " "}, "title"),
        ({"unit": ""}, "unit"),
        ({"unit": "不存在村"}, "unit"),
        ({"category": "其他"}, "category"),
        ({"due": "待定"}, "due"),
        ({"due": "2月30日"}, "due"),
        ({"investment": "-5"}, "investment"),
        ({"title": "长" * 201}, "title"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(app, texts, field):
    before = contents(app)
    with pytest.raises(FieldErrors) as caught:
        enter(app, **texts)
    assert set(caught.value.messages) == {field}
    assert contents(app) == before


def test_doubtful_values_are_kept_and_pointed_out(app):
    saved = save_task(app, None, {**TEXTS, "due": "9月前"})
    assert set(saved.doubts) == {"due"}
    with app.reading() as session:
        assert session.get_one(Task, saved.record_id).due == date(2021, 8, 31)


def test_approved_task_is_locked(app):
    task_id = enter(app)
    submit(app, [task_id])
    approve(app, [task_id])
    for attempt in (lambda: save_task(app, task_id, {**TEXTS, "title": "改"}), lambda: delete(app, [task_id], TASKS)):
        with pytest.raises(Problem, match="已确认"):
            attempt()


def test_change_and_removal_can_be_taken_back(app):
    task_id = enter(app, milestones="6月底 完成招标")
    before = contents(app)
    changed = save_task(app, task_id, {**TEXTS, "title": "新名称", "responsible": "李四"}).changes
    history.undo(app, [changed.operation_id])
    assert contents(app) == before
    removed = delete(app, [task_id], TASKS)
    assert removed.touched["tasks"] == {task_id}
    history.undo(app, [removed.operation_id])
    assert contents(app) == before


def test_an_office_nobody_knew_is_taken_up_and_said(app):
    saved = save_task(app, None, {**TEXTS, "unit": "党政办"})
    assert "党政办" in saved.doubts["unit"]
    with app.reading() as session:
        assert session.get_one(Task, saved.record_id).unit.kind == "office"
