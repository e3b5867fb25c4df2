"""Midnight passes while the window is open: everything judged by the day is judged anew, what is typed stays."""

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt

from tests.office import enter
from tests.ui.hands import wait
from tests.ui.keys import press, type_text
from ui.desk.desk import Desk
from ui.shell.window import Window
from ui.widgets.dialogs import Question

TOMORROW = date(2021, 3, 11)


@pytest.fixture
def late(desk: Desk) -> int:
    """A task that is due on the tenth, which is today."""
    return enter(desk.seat, title="今天到期", due="2021-03-10")


def turn(desk: Desk, day: date = TOMORROW) -> None:
    """The clock goes on; nothing tells the window."""
    desk.seat.data.today = lambda: day


def first_number(window: Window) -> str:
    return window.pages["home"].queue.numbers[0].text()


def test_the_timer_notices_and_the_first_page_says_another_day(window: Window, desk: Desk, late: int) -> None:
    window.visit("checklist")
    window.visit("home")
    assert window.pages["home"].subtitle.text().startswith("今天是 2021 年 3 月 10 日")
    turn(desk)
    assert window.day.timer.isActive()
    assert window.day.timer.interval() <= 60_000, "hours slept through are not waited for"
    window.day.timer.timeout.emit()
    assert window.pages["home"].subtitle.text().startswith("今天是 2021 年 3 月 11 日")
    assert first_number(window) == "已逾期 1"
    assert window.day.timer.isActive()


def test_so_does_the_next_visit(window: Window, desk: Desk, late: int) -> None:
    window.visit("checklist", {"due": "overdue"})
    page = window.pages["checklist"]
    assert page.table.count == 0
    window.visit("home")
    turn(desk)
    window.visit("checklist")
    assert list(page.table.ids) == [late]
    window.visit("home")
    assert first_number(window) == "已逾期 1"


def test_a_clock_that_is_set_back_is_noticed(window: Window, desk: Desk, late: int) -> None:
    turn(desk)
    window.day.look()
    turn(desk, date(2021, 3, 10))
    window.day.look()
    assert window.pages["home"].subtitle.text().startswith("今天是 2021 年 3 月 10 日")


def test_what_is_typed_in_a_form_stays(window: Window, desk: Desk, late: int) -> None:
    window.visit("checklist", {"id": late})
    page = window.pages["checklist"]
    page.form.boxes["remarks"].editor.set_value("写到一半")
    turn(desk)
    window.day.look()
    assert page.form.texts()["remarks"] == "写到一半"
    assert page.form.record_id == late


def test_a_cell_that_is_being_typed_in_is_waited_for(window: Window, desk: Desk, late: int) -> None:
    window.visit("checklist", {"due": "overdue"})
    page = window.pages["checklist"]
    page.filters.clear()
    page.table.view.setFocus()
    page.table.put_cursor(0, [column.key for column in page.table.model.columns].index("title"))
    press(Qt.Key.Key_F2)
    type_text("改")
    turn(desk)
    window.day.look()
    assert page.list.in_place._delegate.editor is not None
    press(Qt.Key.Key_Return)
    window.day.look()
    assert page.list.in_place._delegate.editor is None
    page.filters.chips["due"].set_value("overdue")
    page.list.reload()
    assert list(page.table.ids) == [late]


def test_a_question_and_a_job_are_waited_for(window: Window, desk: Desk, late: int, qtbot) -> None:
    said: list[None] = []
    window.day.turned.connect(lambda: said.append(None))
    turn(desk)
    ended = Event()
    desk.start("忙", lambda job: ended.wait())
    window.day.look()
    assert said == []
    question = Question(window, "要吗？", "", "要")
    question.open()
    ended.set()
    wait(qtbot, desk)
    window.day.look()
    assert said == []
    question.reject()
    question.deleteLater()
    window.day.look()
    assert said == [None]
