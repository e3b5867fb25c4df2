"""A record copied into a new one, and patterns kept under names: offered beside the list and in the search."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton

from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records.entry import save
from huajie_desktop.work import review
from tests import tasks
from tests.office import enter
from tests.ui.hands import checklist_at_first
from tests.ui.keys import ALT, CTRL, SHIFT, press, type_text
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window
from ui.widgets.filters import ChoiceList

DISPUTE = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "宅基地排水纠纷", "level": "一般"}


@pytest.fixture
def page(window: Window, desk: Desk) -> ChecklistPage:
    done = enter(desk.seat, title="路灯", milestones="6月底 完成招标", lead="王五")
    review.submit(desk.seat, [done])
    review.approve(desk.seat, [done])
    tasks.save_task(desk.seat, done, {"finished_on": "2021-03-01"})
    return checklist_at_first(window)


def keep_as(name: str, window: Window, qtbot) -> None:
    """Keeps a pattern by keys under a name."""

    def type_name() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.findChild(QLineEdit).setText(name)
        next(button for button in dialog.findChildren(QPushButton) if button.text() == "存下来").click()

    QTimer.singleShot(0, type_name)
    press(Qt.Key.Key_D, CTRL | ALT)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_a_copy_is_a_new_record_of_the_same_content(page: ChecklistPage, desk: Desk) -> None:
    first = page.table.current_id()
    press(Qt.Key.Key_D, CTRL | SHIFT)
    form = page.form
    assert form.record_id == 0
    assert form.texts()["milestones"].startswith("6月底 完成招标")
    assert form.texts()["finished_on"] == "", "that is of the one that is done"
    assert "照“路灯”填好的" in form.note.text()
    form.focus("title")
    type_text("路灯二期")
    press(Qt.Key.Key_S, CTRL)
    second = next(task_id for task_id in page.table.ids if task_id != first)
    with desk.reading() as session:
        texts = tasks.form_texts(session, second)
        assert (texts["title"], texts["lead"], texts["due"]) == ("路灯二期", "王五", "8月底前")
        assert session.get(page.list.ledger.model, second).number is None
        assert session.get(page.list.ledger.model, second).state == "draft"


def test_a_pattern_is_kept_and_new_records_begin_with_it(page: ChecklistPage, desk: Desk, window: Window, qtbot) -> None:
    assert not page.list.patterns.button.isVisible()
    keep_as("路灯样式", window, qtbot)
    assert page.list.patterns.button.isVisible()
    press(Qt.Key.Key_N, CTRL | ALT)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ChoiceList)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.form.record_id == 0
    assert page.form.texts()["content"] == "沿线安装路灯12盏"
    assert page.form.texts()["finished_on"] == ""
    page.list.beside.close_card()
    press(Qt.Key.Key_K, CTRL)
    type_text("路灯样式")
    window.guide.palette.look()
    assert "新增：路灯样式" in [entry.title for entry in window.guide.palette.rows.entries]
    press(Qt.Key.Key_Return)
    assert "照样式“路灯样式”填好的" in page.form.note.text()


def test_ledgers_have_copies_and_patterns_of_their_own(page: ChecklistPage, window: Window, desk: Desk, qtbot) -> None:
    save(desk.seat, LEDGERS["disputes"], None, DISPUTE)
    keep_as("路灯样式", window, qtbot)
    window.visit("ledgers")
    ledgers = window.pages["ledgers"]
    assert not ledgers.pane.list.patterns.button.isVisible()
    ledgers.pane.list.table.setFocus()
    ledgers.pane.list.table.step(0)
    press(Qt.Key.Key_D, CTRL | SHIFT)
    form = ledgers.pane.list.form
    assert form.record_id == 0
    assert form.texts()["summary"] == "宅基地排水纠纷"
