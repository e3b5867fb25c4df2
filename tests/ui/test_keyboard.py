"""The whole entry and review by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from huajie_desktop.records.lines import TaskLine
from huajie_desktop.work import checklist
from tests.ui.keys import CTRL, SHIFT, go_to_page, press, type_text
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window
from ui.widgets.buttons import add_action


def lines(desk: Desk) -> list[TaskLine]:
    with desk.reading() as session:
        ids = checklist.task_ids(session, checklist.TaskFilter(), today=desk.today)
        return checklist.task_lines(session, ids)


def enter_task(title: str, unit: str, due: str) -> None:
    """Types one task from the first field to the last one needed."""
    type_text(title)
    press(Qt.Key.Key_Return)
    type_text("安装路灯12盏")
    press(Qt.Key.Key_Return)
    if unit:
        type_text("gscn")  # 干事承诺
        press(Qt.Key.Key_Return)
        type_text(unit)
        press(Qt.Key.Key_Return)
    else:  # category and unit are carried over
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)
    type_text(due)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    type_text("张三")


def test_two_tasks_are_entered_submitted_approved_and_taken_back_by_keys_alone(window: Window, desk: Desk) -> None:
    go_to_page("checklist")
    press(Qt.Key.Key_N, CTRL)
    enter_task("穿村段路灯安装", "nz", "8月底")
    press(Qt.Key.Key_Return, CTRL)
    enter_task("村口绿化", "", "9月底")
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_Escape)
    assert [(line.title, line.unit, line.category, line.responsible, line.state) for line in lines(desk)] == [
        ("穿村段路灯安装", "倪宅村", "干事承诺", "张三", "draft"),
        ("村口绿化", "倪宅村", "干事承诺", "张三", "draft"),
    ]
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_T, CTRL)
    assert {line.state for line in lines(desk)} == {"submitted"}
    go_to_page("review")
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    assert [line.number for line in lines(desk)] == ["花〔2021〕干诺-001", "花〔2021〕干诺-002"]
    for state in ("submitted", "draft"):
        press(Qt.Key.Key_Z, CTRL)
        assert {line.state for line in lines(desk)} == {state}
    for state in ("submitted", "approved"):
        press(Qt.Key.Key_Y, CTRL)
        assert {line.state for line in lines(desk)} == {state}


def test_shift_enter_goes_back_and_a_listing_breaks_lines(window: Window) -> None:
    window.visit("checklist")
    page = window.pages["checklist"]
    assert isinstance(page, ChecklistPage)
    press(Qt.Key.Key_N, CTRL)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, SHIFT)
    assert QApplication.focusWidget() is page.form.boxes["title"].editor
    page.form.focus("milestones")
    type_text("6月底 完成招标")
    press(Qt.Key.Key_Return)
    type_text("8月底 完工")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.form.texts()["milestones"] == "6月底 完成招标\n8月底 完工"
    assert QApplication.focusWidget() is page.form.boxes["recurrence"].editor


def test_text_keeps_its_own_undo_while_there_is_something_to_undo(window: Window, desk: Desk) -> None:
    go_to_page("checklist")
    press(Qt.Key.Key_N, CTRL)
    enter_task("穿村段路灯安装", "nz", "8月底")
    press(Qt.Key.Key_S, CTRL)
    page = window.pages["checklist"]
    assert isinstance(page, ChecklistPage)
    page.form.focus("title")
    type_text("二期")
    press(Qt.Key.Key_Z, CTRL)
    assert page.form.texts()["title"] == "穿村段路灯安装"
    assert len(lines(desk)) == 1
    press(Qt.Key.Key_Z, CTRL)
    assert lines(desk) == []


def test_ctrl_enter_saves_from_a_field_of_several_lines_too(window: Window, desk: Desk) -> None:
    go_to_page("checklist")
    press(Qt.Key.Key_N, CTRL)
    enter_task("穿村段路灯安装", "nz", "8月底")
    page = window.pages["checklist"]
    assert isinstance(page, ChecklistPage)
    page.form.focus("remarks")
    type_text("无")
    press(Qt.Key.Key_Return, CTRL)
    assert len(lines(desk)) == 1
    assert page.form.record_id == 0


def test_enter_presses_the_button_that_has_the_keys(window: Window, desk: Desk) -> None:
    window.visit("checklist")
    page = window.pages["checklist"]
    assert isinstance(page, ChecklistPage)
    asked: list[str] = []
    page.new.triggered.connect(lambda: asked.append("new"))
    button = next(found for found in page.findChildren(QPushButton) if found.isVisible() and "新增任务" in found.text())
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        button.setFocus()
        assert QApplication.focusWidget() is button
        press(key)
    assert asked == ["new", "new"]
    pressed: list[str] = []
    action = add_action(window, "去审核", "", "", "看待审核的", lambda: pressed.append("review"))
    desk.say("done", "导入 8 项任务。", offers=[action])
    offer = next(found for found in window.messages.findChildren(QPushButton) if found.text() == "去审核")
    offer.setFocus()
    press(Qt.Key.Key_Return)
    assert pressed == ["review"]
