"""The search of the window: where each kind of hit leads, by keys alone, and what happens when nothing is found."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import entry
from tests.office import enter
from tests.ui.keys import CTRL, press, type_text
from ui.desk.desk import Desk
from ui.shell.palette import Palette
from ui.shell.window import Window

DISPUTE = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "宅基地排水纠纷", "level": "一般"}


@pytest.fixture
def task(desk: Desk) -> int:
    return enter(desk.seat)


def palette(window: Window) -> Palette:
    return window.guide.palette


def look_for(window: Window, text: str, qtbot) -> list[tuple[str, str]]:
    """Ctrl+K, the text typed, and the pause: what is listed, by heading and title."""
    press(Qt.Key.Key_K, CTRL)
    type_text(text)
    qtbot.waitUntil(lambda: not palette(window)._pause.isActive())
    return [(row.heading, row.title) for row in palette(window).rows.entries]


def test_it_opens_by_keys_and_by_a_click_and_esc_gives_the_keys_back(window: Window) -> None:
    window.visit("checklist")
    before = QApplication.focusWidget()
    press(Qt.Key.Key_K, CTRL)
    assert palette(window).isVisible()
    assert QApplication.focusWidget() is window.bar.search
    type_text("dsz")
    press(Qt.Key.Key_Escape)
    assert window.bar.search.text() == "", "it does not stand over the pages"
    assert not palette(window).isVisible()
    assert QApplication.focusWidget() is before
    QTest.mouseClick(window.bar.search, Qt.MouseButton.LeftButton)
    assert palette(window).isVisible()
    before.setFocus()
    assert not palette(window).isVisible(), "it closes when the keys go elsewhere"


def test_a_page_is_gone_to_by_initials_and_enter_does_not_wait_for_the_pause(window: Window) -> None:
    press(Qt.Key.Key_K, CTRL)
    type_text("ws")
    press(Qt.Key.Key_Return)
    assert window.current == "papers"
    assert window.bar.search.text() == ""


def test_a_task_is_opened_in_its_form(window: Window, task: int, qtbot) -> None:
    assert ("任务", "穿村段路灯安装") in look_for(window, "ldaz", qtbot)
    press(Qt.Key.Key_Return)
    assert window.current == "checklist"
    assert window.pages["checklist"].form.record_id == task


def test_an_action_of_the_page_is_done_and_one_that_cannot_be_is_not_offered(window: Window, qtbot) -> None:
    window.visit("checklist")
    assert ("操作", "保存") not in look_for(window, "保存", qtbot), "the form is not shown"
    press(Qt.Key.Key_Escape)
    assert look_for(window, "xzrw", qtbot)[0] == ("操作", "新增任务")
    press(Qt.Key.Key_Return)
    assert window.pages["checklist"].form.record_id == 0


def test_people_units_and_ledger_records_open_on_their_pages(window: Window, desk: Desk, task: int, qtbot, monkeypatch) -> None:
    entry.save(desk.seat, LEDGERS["disputes"], None, DISPUTE)
    asked = []
    palette(window).visit_asked.connect(lambda page, subject: asked.append((page, *subject)))
    for text, heading, title in (("ncg", "人员", "倪成纲"), ("nzc", "单位", "倪宅村"), ("排水", "台账", "宅基地排水纠纷")):
        assert (heading, title) in look_for(window, text, qtbot)
        while palette(window).view.currentIndex().data() != title:
            press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
    assert asked == [("organisation", "person"), ("organisation", "unit"), ("ledgers", "ledger", "id")]
    assert window.current == "ledgers"


def test_what_begins_so_is_chosen_before_what_contains_it(window: Window, desk: Desk, qtbot) -> None:
    enter(desk.seat, title="园内主干道")  # ynzgd
    look_for(window, "nz", qtbot)
    assert palette(window).view.currentIndex().data() == "倪宅村"


def test_nothing_found_says_so_and_the_last_line_searches_the_checklist(window: Window, task: int, qtbot) -> None:
    assert look_for(window, "没有这个", qtbot) == [("", "在清单里搜索“没有这个”")]
    assert palette(window)._nothing.isVisible()
    press(Qt.Key.Key_Return)
    assert window.current == "checklist"
    assert window.pages["checklist"].filters.wanted.text == "没有这个"


def test_arrows_go_round_so_that_the_search_of_the_list_is_one_key_away(window: Window, task: int, qtbot) -> None:
    found = look_for(window, "路灯", qtbot)
    assert found[-1] == ("", "在清单里搜索“路灯”")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert window.pages["checklist"].filters.wanted.text == "路灯"


def test_nothing_typed_lists_the_pages_and_what_can_be_done(window: Window) -> None:
    window.visit("checklist")
    press(Qt.Key.Key_K, CTRL)
    headings = [row.heading for row in palette(window).rows.entries]
    assert headings.count("页面") == len(window.commands.pages)
    assert "操作" in headings


def test_a_page_with_something_half_typed_is_not_left_without_a_question(window: Window, task: int, qtbot) -> None:
    window.visit("checklist", {"new": True})
    type_text("half")
    look_for(window, "sy", qtbot)
    assert palette(window).view.currentIndex().data() == "首页"
    window.pages["checklist"].form.may_leave = lambda: False  # type: ignore[method-assign]
    press(Qt.Key.Key_Return)
    assert window.current == "checklist"
