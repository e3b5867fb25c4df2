"""The agenda as a clerk goes through it: the month by keys, the things of a day, reminders copied and made as letters."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from db.models import Task
from huajie_desktop.supervision.owing import LONGEST
from tests.office import enter
from tests.queue_office import TODAY, fill
from ui.desk.desk import Desk
from ui.pages.agenda.agenda_page import AgendaPage
from ui.shell.window import Window

KEY = Qt.Key


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def page(window: Window, desk: Desk) -> AgendaPage:
    fill(desk.seat)
    enter(desk.seat, title="公厕改造", due="2021-03-01", unit="尚仁村")
    window.visit("agenda")
    found = window.pages["agenda"]
    assert isinstance(found, AgendaPage)
    return found


def test_the_month_goes_by_keys_to_the_record(page: AgendaPage, window: Window, qtbot: QtBot) -> None:
    grid, table = page.month.grid, page.month.table
    assert (grid.day, page.month.title.text()) == (TODAY, "2021 年 3 月　15 项到期")
    assert grid.words_of_day(TODAY) == "10日 今天 3 项"
    assert table.count == 3
    qtbot.keyClick(grid, KEY.Key_Left)
    qtbot.keyClick(grid, KEY.Key_Down)
    assert grid.day == TODAY + timedelta(days=6)
    assert page.month.of_day.text() == "3 月 16 日 星期二　0 项"
    qtbot.keyClick(grid, KEY.Key_PageDown)
    assert (grid.day, page.month.title.text()) == (date(2021, 4, 16), "2021 年 4 月　1 项到期")
    qtbot.keyClick(grid, KEY.Key_PageUp)
    qtbot.keyClick(grid, KEY.Key_PageUp)
    assert grid.words_of_day(date(2021, 2, 20)) == "20日 班"
    assert grid.words_of_day(date(2021, 2, 17)) == "17日 休"
    qtbot.keyClick(grid, KEY.Key_Home)
    assert grid.day == TODAY
    qtbot.keyClick(grid, KEY.Key_Return)
    assert table.current_line().title == "今天到期"
    table.opened.emit(table.current_line())
    assert window.current == "checklist"
    shown = window.pages["checklist"].form
    assert shown.heading.text() == "今天到期"


def test_a_day_is_chosen_by_a_click_and_years_without_a_calendar_say_so(page: AgendaPage, qtbot: QtBot) -> None:
    grid = page.month.grid
    place = next(QPoint(x, y) for x in range(5, grid.width(), 9) for y in range(5, grid.height(), 9)
                 if grid.day_at(QPoint(x, y)) == date(2021, 3, 17))  # fmt: skip
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)
    assert grid.day == date(2021, 3, 17)
    assert page.month.table.count == 1
    grid.go_to(date(2031, 5, 1))
    assert page.month.note.text().startswith("2031年的工作日按周一至周五计算")
    assert page.month.table.count == 0


def test_reminders_are_copied_and_made_for_the_chosen_units(page: AgendaPage, window: Window, desk: Desk, qtbot: QtBot) -> None:
    desk.visit("agenda", {"reminders": ()})
    part = page.reminders
    assert [line.title for line in part.table.lines.values()] == ["倪宅村", "尚仁村"]
    part.until.setText("3月15日")
    part.contact.setText("示例甲 0579-00000000")
    texts = part.text.toPlainText().split("\n\n")
    assert len(texts) == 2
    part.copy.trigger()
    assert QGuiApplication.clipboard().text().split("\n\n") == texts
    assert all(len(text) <= LONGEST and "于3月15日前" in text for text in texts)
    part.table.go_to(next(unit for unit, line in part.table.lines.items() if line.title == "尚仁村"))
    part.table.view.selectRow(1)
    assert part.text.toPlainText().startswith("【花街镇催办】尚仁村")
    assert "\n" not in part.text.toPlainText()
    part.letter.trigger()
    assert window.current == "papers"
    making = window.pages["papers"].making
    assert making.kind.key == "reminder"
    assert {key: making.asked.texts()[key] for key in ("办理期限", "联系人及电话")} == {
        "办理期限": "3月15日", "联系人及电话": "示例甲 0579-00000000",
    }, "what was said there need not be typed again"  # fmt: skip
    unit = next(one for one, line in part.table.lines.items() if line.title == "尚仁村")
    assert making.subjects.ticked_ids() == [unit], "although none of its tasks is confirmed"
    desk.visit("home")
    next(one for one in window.pages["home"].actions() if one.text() == "到期月历").trigger()
    assert page.month.isVisible(), "the month, whatever was looked at last"
    assert page.month.grid.hasFocus()
    desk.visit("agenda", {"reminders": ()})
    part.table.view.selectRow(1)
    qtbot.keyClick(part.table.view, KEY.Key_Return)
    assert window.current == "checklist"
    shown = window.pages["checklist"].table
    with desk.reading() as session:
        assert {session.get_one(Task, task_id).unit.name for task_id in shown.ids} == {"尚仁村"}


def test_the_list_reminds_the_units_of_what_is_chosen_there(page: AgendaPage, window: Window, desk: Desk) -> None:
    window.visit("checklist")
    checklist = window.pages["checklist"]
    checklist.show_subject({"text": "公厕改造"})
    checklist.table.view.selectRow(0)
    checklist.remind.trigger()
    assert window.current == "agenda"
    assert [line.title for line in page.reminders.table.lines.values()] == ["尚仁村"]
    page.reminders.everyone.trigger()
    assert page.reminders.table.count == 2
    desk.visit("agenda", {"day": date(2021, 3, 17)})
    assert page.month.grid.day == date(2021, 3, 17)
