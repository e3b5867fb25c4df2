"""Forms left open while the record changes elsewhere: nothing typed and nothing changed is lost without a word."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from huajie_desktop.records import bulk
from huajie_desktop.township.seating import come_in
from huajie_desktop.work.task_ledger import TASKS
from tests import tasks
from tests.office import enter
from ui.desk.meanwhile import BothValues


@pytest.fixture
def form(window, app):
    task_id = enter(app)
    window.visit("checklist", {"id": task_id})
    found = window.pages["checklist"].form
    assert found.record_id == task_id
    return found


def texts(app, task_id):
    with app.reading() as session:
        return tasks.form_texts(session, task_id)


def answer(choose):
    """Lets `choose(dialog)` decide as soon as the question stands there."""

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, BothValues):
            choose(dialog)
        else:
            QTimer.singleShot(0, look)

    QTimer.singleShot(0, look)


def retype(form, key, text):
    editor = form.boxes[key].editor
    editor.selectAll()
    QTest.keyClicks(editor, text)


def test_another_field_changed_meanwhile_stays(window, form, app):
    task_id = form.record_id
    retype(form, "remarks", "first")
    tasks.save_task(come_in(app.data, "李四"), task_id, {"content": "改了内容"})
    form.save_action.trigger()
    now = texts(app, task_id)
    assert (now["remarks"], now["content"]) == ("first", "改了内容")
    assert form.texts()["content"] == "改了内容", "the form shows it now, too"


@pytest.mark.parametrize(("mine", "kept"), [(True, "7"), (False, "9")])
def test_the_same_field_is_asked_about_with_both_values(window, form, app, mine, kept):
    task_id = form.record_id
    retype(form, "investment", "7")
    retype(form, "remarks", "first")
    tasks.save_task(come_in(app.data, "李四"), task_id, {"investment": "9"})
    seen = []

    def choose(dialog):
        seen.append((dialog.windowTitle(), dialog.typed["investment"].text(), dialog.present["investment"].text()))
        wanted = dialog.typed["investment"] if mine else dialog.present["investment"]
        QTest.mouseClick(wanted, Qt.MouseButton.LeftButton, pos=QPoint(8, wanted.height() // 2))
        QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)

    answer(choose)
    form.save_action.trigger()
    assert seen == [("李四刚才改过这条任务", "用我填的：7", "用现在的：9")]
    assert (texts(app, task_id)["investment"], texts(app, task_id)["remarks"]) == (kept, "first")


def test_who_goes_back_keeps_what_was_typed(window, form, app):
    task_id = form.record_id
    retype(form, "investment", "7")
    tasks.save_task(come_in(app.data, "李四"), task_id, {"investment": "9"})
    answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    form.save_action.trigger()
    assert texts(app, task_id)["investment"] == "9"
    assert (form.texts()["investment"], form.changed) == ("7", True)
    assert "没有保存" in window.messages.text


def test_an_undo_under_a_dirty_form_is_not_overwritten(window, form, app, desk):
    task_id = form.record_id
    desk.do(tasks.save_task, task_id, {"investment": "9"})
    assert form.texts()["investment"] == "9"
    retype(form, "remarks", "first")
    desk.undo()
    form.save_action.trigger()
    assert (texts(app, task_id)["investment"], texts(app, task_id)["remarks"]) == ("12.5", "first")


def test_a_bulk_change_under_an_open_form_is_asked_about(window, form, app, desk):
    task_id = form.record_id
    retype(form, "due", "2021-09-30")
    desk.do(bulk.set_field, [task_id], TASKS, "due", "10月底")
    answer(lambda dialog: QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton))
    form.save_action.trigger()
    assert texts(app, task_id)["due"] == "2021-09-30"
