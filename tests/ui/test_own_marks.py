"""Marks of one's own: by a key, as a column and a filter, and no change of the record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import personal_marks
from huajie_desktop.records.entry import save
from huajie_desktop.records.personal_marks import MARK, marks_of
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import saved_filters
from huajie_desktop.work.task_ledger import TASKS
from tests.office import contents, recent
from tests.ui.keys import ALT, press
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window
from ui.widgets.badge import TINT_ROLE

DISPUTE = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "宅基地排水纠纷", "level": "一般"}


@pytest.fixture
def page(three_tasks: ChecklistPage) -> ChecklistPage:
    return three_tasks


def mark(window: Window, qtbot, downs: int) -> None:
    """Alt+M, so many times down from the first, Enter."""
    press(Qt.Key.Key_M, ALT)
    for _ in range(downs):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def first_cells(page: ChecklistPage) -> list[str]:
    model = page.table.model
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_a_mark_is_a_column_and_a_filter_and_no_change(page: ChecklistPage, desk: Desk, window: Window, qtbot) -> None:
    before = contents(desk.seat)
    with desk.reading() as session:
        steps = len(recent(session))
    assert page.table.model.columns[0].key != MARK
    mark(window, qtbot, 1)  # 红
    assert page.table.model.columns[0].key == MARK
    assert first_cells(page) == ["红", "", ""]
    model = page.table.model
    assert model.data(model.index(0, 0), TINT_ROLE) == "red"
    page.table.put_cursor(2)
    mark(window, qtbot, 0)
    assert first_cells(page) == ["红", "", "星标"]
    page.filters.chips[MARK].chosen.emit("any")
    page.filters.chips[MARK].set_value("any")
    page.filters._announce()
    assert page.table.count == 2
    page.filters.chips[MARK].set_value("star")
    page.filters._announce()
    assert page.table.count == 1
    saved_filters.keep(desk.seat, "我的星标", page.filters.wanted)
    page.filters.set_state("draft")
    assert page.table.count == 1, "the state does not take the mark away"
    assert contents(desk.seat) == before
    with desk.reading() as session:
        assert len(recent(session)) == steps
        assert len(marks_of(session, TASKS)) == 2
        assert saved_filters.own(session)["我的星标"].mark == "star"
    with come_in(desk.seat.data, "李四").reading() as session:
        assert marks_of(session, TASKS) == {}
    page.filters.clear()
    page.filters.clear()
    page.table.view.selectAll()
    mark(window, qtbot, 6)  # 去掉标记
    assert page.table.model.columns[0].key != MARK


def test_what_was_not_marked_is_not_said_to_be(page: ChecklistPage, desk: Desk, window: Window, qtbot, monkeypatch) -> None:
    said: list[str] = []
    desk.said.connect(lambda _kind, sentence, *_rest: said.append(sentence))
    monkeypatch.setattr(personal_marks, "_MOST", 2)
    page.table.view.selectAll()
    mark(window, qtbot, 0)
    assert len(said) == 1
    assert "没有标记" in said[0]
    assert page.table.model.columns[0].key != MARK
    assert [personal_marks.mark_records(desk.seat, page.table.ids[:count], TASKS, "star") for count in (2, 1)] == [2, 1]


def test_columns_are_dragged_and_kept_beside_the_marks(page: ChecklistPage, desk: Desk, window: Window, qtbot) -> None:
    mark(window, qtbot, 0)
    header = page.table.view.horizontalHeader()
    header.moveSection(header.visualIndex(2), 1)
    QApplication.processEvents()
    keys = [column.key for column in page.table.model.columns]
    assert keys[:3] == [MARK, "title", "number"]
    said: list[str] = []
    desk.said.connect(lambda _kind, sentence, *_rest: said.append(sentence))
    page.table.put_cursor(0, 0)
    press(Qt.Key.Key_F2)
    assert "Alt+M" in said[-1]


def test_every_ledger_has_marks(window: Window, desk: Desk, qtbot) -> None:
    for summary in ("甲", "乙"):
        save(desk.seat, LEDGERS["disputes"], None, {**DISPUTE, "summary": summary})
    window.visit("ledgers")
    shown = window.pages["ledgers"].pane.list
    shown.table.setFocus()
    shown.table.step(0)
    mark(window, qtbot, 5)
    assert [shown.table.model.data(shown.table.model.index(row, 0)) for row in range(2)].count("以后再看") == 1
    shown.filters.chips[MARK].set_value("later")
    shown.filters._announce()
    assert shown.table.count == 1
