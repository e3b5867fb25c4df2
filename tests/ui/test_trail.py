"""Back and forward through pages and records, and the records opened last."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.folders import open_office
from tests.office import enter
from tests.ui.hands import answer
from tests.ui.keys import ALT, CTRL, press, type_text
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window


@pytest.fixture
def page(three_tasks: ChecklistPage) -> ChecklistPage:
    return three_tasks


def back() -> None:
    press(Qt.Key.Key_Left, ALT)


def forth() -> None:
    press(Qt.Key.Key_Right, ALT)


def test_back_and_forward_go_through_pages_and_records(page: ChecklistPage, window: Window) -> None:
    page.filters.show_wanted("", {"due": None})
    press(Qt.Key.Key_Return)
    first = page.form.record_id
    page.table.setFocus()
    press(Qt.Key.Key_Down)
    second = page.form.record_id
    assert second != first
    press(Qt.Key.Key_2, CTRL) if window.current != "checklist" else window.visit("report")
    assert window.current == "report"
    back()
    assert (window.current, page.form.record_id) == ("checklist", second)
    back()
    assert page.form.record_id == first
    back()
    assert window.current == "home"
    back()
    assert window.current == "home", "there is nothing before it"
    forth()
    forth()
    assert page.form.record_id == second
    forth()
    assert window.current == "report"
    back()
    window.visit("history")
    forth()
    assert window.current == "history", "what lay ahead is forgotten"


def test_a_filter_stays_where_the_record_is_listed_under_it(page: ChecklistPage, window: Window) -> None:
    page.filters.show_wanted("路灯", {})
    page.table.step(0)
    press(Qt.Key.Key_Return)
    window.visit("home")
    back()
    assert page.filters.text == "路灯"
    assert page.form.record_id == page.table.ids[0]


def test_what_is_typed_is_not_left_without_a_question(page: ChecklistPage, window: Window, qtbot) -> None:
    press(Qt.Key.Key_Return)
    page.form.focus("title")
    type_text("x")
    answer("取消")
    back()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.current == "checklist"
    page.form.discard()
    page.form.set_texts(page.form.before)
    back()
    assert window.current == "home"


def test_records_opened_last_are_offered_and_known_at_the_next_start(programs, tmp_path) -> None:
    seat = open_office(tmp_path / "data", date.today())
    ids = [enter(seat, title=title) for title in ("路灯", "绿化")]
    seat.data.close()
    program = programs("张三")
    for record_id in ids:
        program.window.visit("checklist", {"id": record_id})
    program.window.close()
    again = programs("张三")
    press(Qt.Key.Key_K, CTRL)
    entries = again.window.guide.palette.rows.entries
    assert [(entry.heading, entry.title) for entry in entries[:3]] == [
        ("最近打开", "绿化"),
        ("最近打开", "路灯"),
        ("页面", entries[2].title),
    ]
    press(Qt.Key.Key_Return)
    assert again.window.pages["checklist"].form.record_id == ids[1]
    again.window.commands.menu.trigger()
    menu = again.window.guide.menu
    lately = next(entry.menu() for entry in menu.actions() if entry.menu() and entry.menu().title() == "最近打开")
    lately.actions()[1].trigger()
    menu.close()
    assert again.window.pages["checklist"].form.record_id == ids[0]
