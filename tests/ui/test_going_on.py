"""Where a record leaves the list under the cursor, the next one has it: what is done next is done to a row that is seen."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from huajie_desktop.work import review
from tests.office import enter
from tests.ui.hands import answer
from tests.ui.keys import CTRL, SHIFT, press
from ui.desk.desk import Desk
from ui.lists.tables import ListTable
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window

COUNT = 60


@pytest.fixture
def page(window: Window, desk: Desk) -> ChecklistPage:
    """Sixty drafts under the filter for drafts, the cursor on the fortieth."""
    for number in range(COUNT):
        enter(desk.seat, title=f"任务{number:02}")
    window.visit("checklist", {"state": "draft"})
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    found.table.view.setFocus()
    found.table.go_to(found.table.ids[40])
    return found


def is_seen(table: ListTable) -> bool:
    """Whether the row with the cursor is selected and in sight."""
    row = table.view.currentIndex().row()
    top, height = table.view.rowViewportPosition(row), table.view.rowHeight(row)
    return table.view.selectionModel().isRowSelected(row) and 0 <= top <= table.view.viewport().height() - height


def test_the_cursor_goes_on_to_the_row_that_takes_the_place(page: ChecklistPage, desk: Desk) -> None:
    before, scrolled = page.table.ids, page.table.view.verticalScrollBar().value()
    assert scrolled
    press(Qt.Key.Key_T, CTRL)
    assert page.table.current_id() == before[41]
    assert page.table.view.verticalScrollBar().value() == scrolled
    assert is_seen(page.table)
    press(Qt.Key.Key_T, CTRL)
    press(Qt.Key.Key_Delete)
    assert page.table.current_id() == before[43]
    assert is_seen(page.table), "though the strip above takes room now"
    with desk.reading() as session:
        assert review.waiting(session, page.list.ledger) == 2
    assert [number for number, record_id in enumerate(before) if record_id not in page.table.ids] == [40, 41, 42]


def test_behind_the_last_one_it_goes_to_the_one_before_and_nowhere_in_an_empty_list(page: ChecklistPage) -> None:
    page.table.go_to(page.table.ids[-1])
    last = page.table.ids[-2]
    press(Qt.Key.Key_T, CTRL)
    assert page.table.current_id() == last
    assert is_seen(page.table)
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_T, CTRL)
    assert page.table.count == 0
    assert page.table.current_id() is None
    assert not page.submit.isEnabled()


def test_a_cursor_out_of_sight_is_brought_into_sight(page: ChecklistPage) -> None:
    page.table.view.verticalScrollBar().setValue(0)
    press(Qt.Key.Key_T, CTRL)
    assert is_seen(page.table)


def test_what_else_was_selected_stays_so(page: ChecklistPage, desk: Desk) -> None:
    ids = page.table.ids
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.selected_ids() == ids[38:41]
    desk.do(review.submit, [page.table.current_id()])
    assert page.table.selected_ids() == ids[39:41]
    assert page.table.current_id() == ids[39]


def test_in_groups_it_is_a_record_again_and_no_line_over_a_group(page: ChecklistPage, desk: Desk) -> None:
    for number in range(2):
        enter(desk.seat, title=f"金杜{number}", unit="金杜村")
    page.list.groups.set_value("unit")
    page.list.reload()
    of_village = page.table.ids[-2:] if page.table.ids[0] == 1 else page.table.ids[:2]
    page.table.go_to(of_village[-1])
    press(Qt.Key.Key_T, CTRL)
    assert page.table.current_id() is not None
    assert is_seen(page.table)


def test_the_card_goes_on_with_the_cursor(page: ChecklistPage) -> None:
    ids = page.table.ids
    press(Qt.Key.Key_Return)
    assert page.form.record_id == ids[40]
    press(Qt.Key.Key_T, CTRL)
    assert page.form.record_id == page.table.current_id() == ids[41]


def test_while_something_is_typed_in_the_card_nothing_else_is_acted_on(page: ChecklistPage, desk: Desk) -> None:
    ids = page.table.ids
    press(Qt.Key.Key_Return)
    page.form.boxes["remarks"].editor.set_value("还没有写完")
    press(Qt.Key.Key_T, CTRL)
    assert page.form.record_id == ids[40]
    assert page.form.texts()["remarks"] == "还没有写完"
    assert page.table.selected_ids() == []
    press(Qt.Key.Key_T, CTRL)
    with desk.reading() as session:
        assert review.waiting(session, page.list.ledger) == 1


def test_the_review_and_the_bin_go_on_too(page: ChecklistPage, window: Window, qtbot: QtBot) -> None:
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_T, CTRL)
    window.visit("review")
    table = window.pages["review"].table
    table.go_to(table.ids[30])
    before = table.ids
    press(Qt.Key.Key_Return, CTRL)
    assert table.current_id() == before[31]
    assert is_seen(table)
    window.visit("checklist", {"state": "submitted"})
    page.table.view.setFocus()
    press(Qt.Key.Key_T, CTRL | SHIFT)
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_T, CTRL | SHIFT)
    window.visit("checklist", {"state": "draft"})
    press(Qt.Key.Key_A, CTRL)
    answer(f"删除 {page.table.count} 项")
    press(Qt.Key.Key_Delete)
    window.activateWindow()  # no window manager does it here
    qtbot.waitUntil(window.isActiveWindow)
    window.visit("history", "bin")
    table = window.pages["history"].bin.table
    table.view.setFocus()
    table.go_to(table.ids[5])
    before = table.ids
    press(Qt.Key.Key_Return, CTRL)
    assert table.current_id() == before[6]
