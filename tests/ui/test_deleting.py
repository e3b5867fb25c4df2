"""Deleting: by the Delete key in the list alone, asked about where there are several, and always told with 撤销 beside it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huajie_desktop.records import entry
from huajie_desktop.township.registers import PEOPLE
from tests.office import enter
from tests.ui.hands import answer
from tests.ui.keys import CTRL, press
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window
from ui.widgets.buttons import ActionButton


@pytest.fixture
def page(window: Window, desk: Desk) -> ChecklistPage:
    for number in range(4):
        enter(desk.seat, title=f"第{number}项")
    window.visit("checklist")
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    found.table.view.setFocus()
    return found


def offered(window: Window) -> list[str]:
    """The words on the buttons the strip offers."""
    return [button.text().strip() for button in window.messages.findChildren(ActionButton) if not button.isHidden()]


def test_ctrl_a_ctrl_d_deletes_nothing(page: ChecklistPage) -> None:
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_D, CTRL)
    assert page.table.count == 4


def test_several_are_asked_about_and_stay_when_the_clerk_says_no(page: ChecklistPage, window: Window, qtbot: QtBot) -> None:
    seen: list[str] = []
    press(Qt.Key.Key_A, CTRL)
    answer("取消", seen)
    press(Qt.Key.Key_Delete)
    assert "要删除这 4 项任务吗？" in seen[0]
    assert page.table.count == 4
    assert len(page.table.selected_ids()) == 4
    window.activateWindow()  # no window manager does it here
    qtbot.waitUntil(window.isActiveWindow)
    page.table.view.setFocus()
    answer("删除 4 项")
    press(Qt.Key.Key_Delete)
    assert page.table.count == 0


def test_one_goes_at_once_and_comes_back_by_the_button_in_the_strip(page: ChecklistPage, window: Window) -> None:
    page.table.put_cursor(1)
    before = page.table.ids
    press(Qt.Key.Key_Delete)
    assert page.table.count == 3
    assert window.messages.text.startswith("已删除 1 项")
    assert offered(window) == ["撤销"]
    button = next(button for button in window.messages.findChildren(ActionButton) if not button.isHidden())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.table.ids == before
    assert window.messages.text == "", "nothing is deleted any more"


def test_the_delete_key_in_a_text_deletes_a_sign_and_no_record(page: ChecklistPage) -> None:
    page.table.put_cursor(0)
    press(Qt.Key.Key_Return)
    page.form.focus("title")
    assert QApplication.focusWidget() is page.form.boxes["title"].editor
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Delete)
    page.filters.search.setFocus()
    press(Qt.Key.Key_Delete)
    page.tabs.setFocus()
    press(Qt.Key.Key_Delete)
    assert page.table.count == 4
    assert page.form.texts()["title"] == "0项"


def test_a_message_goes_with_the_step_it_spoke_of(page: ChecklistPage, window: Window) -> None:
    page.table.put_cursor(0)
    press(Qt.Key.Key_Delete)
    assert window.messages.text
    press(Qt.Key.Key_Z, CTRL)
    assert window.messages.text == ""
    press(Qt.Key.Key_Delete)
    assert window.messages.text
    press(Qt.Key.Key_T, CTRL)  # the next step
    assert window.messages.text == ""


def test_people_and_units_are_deleted_by_the_same_key_and_told(window: Window, desk: Desk) -> None:
    who = entry.save(desk.seat, PEOPLE, None, {"name": "错录的人", "unit": "倪宅村"}).record_id
    window.visit("organisation", {"person": who})
    page = window.pages["organisation"]
    page.tree.view.setFocus()
    press(Qt.Key.Key_D, CTRL)
    assert page.pane.key == ("person", who)
    press(Qt.Key.Key_Delete)
    assert page.tree.key not in (None, ("person", who)), "the cursor went on"
    assert window.messages.text == "已删除人员。"
    assert offered(window) == ["撤销"]
