"""What is typed while others change the same record: other fields come together, the same field is asked about."""

import pytest

from huajie_desktop.journal import history
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import bulk, entry
from huajie_desktop.records.meanwhile import ChangedMeanwhile
from huajie_desktop.township.seating import come_in
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year import forces
from tests import tasks
from tests.office import enter

DISPUTES = LEDGERS["disputes"]
DISPUTE = {
    "accepted_on": "2021-03-05",
    "kind": "邻里",
    "village": "倪宅村",
    "summary": "宅基地边界",
    "level": "一般",
    "amount": "9000",
}


def dispute(app):
    return entry.save(app, DISPUTES, None, DISPUTE).record_id


def shown(app, record_id, ledger=DISPUTES):
    with app.reading() as session:
        return tasks.seen(session, record_id) if ledger is TASKS else entry.seen(session, ledger, record_id)


def texts(app, record_id):
    with app.reading() as session:
        return entry.texts_of(session, DISPUTES, record_id)


def test_two_forms_on_one_record_lose_nothing(app):
    """One saves what was done, the other remarks: both stay."""
    record_id = dispute(app)
    first, second = shown(app, record_id), shown(app, record_id)
    other = come_in(app.data, "李四")
    entry.save(app, DISPUTES, record_id, {"measures": "上门调解"}, seen=first)
    entry.save(other, DISPUTES, record_id, {"remarks": "邻里旧怨"}, seen=second)
    now = texts(app, record_id)
    assert (now["measures"], now["remarks"]) == ("上门调解", "邻里旧怨")


def test_the_same_field_changed_twice_is_a_question_naming_both_and_whom(app):
    record_id = dispute(app)
    seen = shown(app, record_id)
    entry.save(come_in(app.data, "李四"), DISPUTES, record_id, {"amount": "5000"})
    with pytest.raises(
        ChangedMeanwhile, match="李四改过这条矛盾纠纷：涉及金额原来是“9000”，现在是“5000”，您填的是“8000”"
    ) as caught:
        entry.save(app, DISPUTES, record_id, {"amount": "8000", "remarks": "急"}, seen=seen)
    assert texts(app, record_id)["amount"] == "5000"
    assert texts(app, record_id)["remarks"] == "", "nothing of it was kept"
    entry.save(app, DISPUTES, record_id, {"amount": "8000", "remarks": "急"}, seen=caught.value.now)
    assert (texts(app, record_id)["amount"], texts(app, record_id)["remarks"]) == ("8000", "急")


def test_the_same_value_typed_by_both_is_no_question(app):
    record_id = dispute(app)
    seen = shown(app, record_id)
    entry.save(come_in(app.data, "李四"), DISPUTES, record_id, {"amount": "5000"})
    assert not entry.save(app, DISPUTES, record_id, {"amount": "5000"}, seen=seen).changes


def test_an_undo_under_a_dirty_form_is_not_undone_by_saving_another_field(app):
    """The amount is taken back to what it was; saving a remark does not bring it again."""
    record_id = dispute(app)
    done = entry.save(app, DISPUTES, record_id, {"amount": "12000"})
    seen = shown(app, record_id)
    history.undo(app, [done.changes.operation_id])
    entry.save(app, DISPUTES, record_id, {"remarks": "急"}, seen=seen)
    assert (texts(app, record_id)["amount"], texts(app, record_id)["remarks"]) == ("9000", "急")
    with pytest.raises(ChangedMeanwhile, match="您自己在别处改过"):
        entry.save(app, DISPUTES, record_id, {"amount": "12001"}, seen=seen)


def test_a_bulk_change_under_an_open_form_stays(app):
    task_id = enter(app)
    seen = shown(app, task_id, TASKS)
    bulk.set_field(app, [task_id], TASKS, "due", "10月底")
    tasks.save_task(app, task_id, {"remarks": "先看"}, seen=seen)
    with app.reading() as session:
        now = tasks.form_texts(session, task_id)
    assert (now["due"], now["remarks"]) == ("10月底", "先看")
    with pytest.raises(ChangedMeanwhile, match="完成时限原来是“8月底前”，现在是“10月底”，您填的是“9月底”"):
        tasks.save_task(app, task_id, {"due": "9月底"}, seen=seen)


def test_people_and_parts_count_as_the_record_they_are_of(app):
    """Only rows of another table change, and yet the task is another one."""
    task_id = enter(app)
    seen = shown(app, task_id, TASKS)
    tasks.save_task(come_in(app.data, "李四"), task_id, {"responsible": "王五"})
    with pytest.raises(ChangedMeanwhile, match="责任人原来是“倪成纲、张三”，现在是“王五”"):
        tasks.save_task(app, task_id, {"responsible": "倪成纲、赵六"}, seen=seen)


def test_a_task_force_is_asked_about_too(app):
    saved = forces.save_force(app, None, {"name": "城市专班", "duties": "拆违"})
    with app.reading() as session:
        seen = forces.seen(session, saved.record_id)
    forces.save_force(app, saved.record_id, {"duties": "治水"})
    with pytest.raises(ChangedMeanwhile):
        forces.save_force(app, saved.record_id, {"duties": "治气"}, seen=seen)
    forces.save_force(app, saved.record_id, {"document_number": "1号"}, seen=seen)
    with app.reading() as session:
        now = forces.form_texts(session, saved.record_id)
    assert (now["duties"], now["document_number"]) == ("治水", "1号")


def test_only_what_was_typed_is_written(app):
    """A deadline in words stays in its words when something else is saved, and the step changes one column."""
    task_id = enter(app)
    done = tasks.save_task(app, task_id, {"remarks": "急"}, seen=shown(app, task_id, TASKS))
    assert done.changes.touched == {"tasks": {task_id}}
    with app.reading() as session:
        assert history.size(session, [done.changes.operation_id]) == 1
