"""Doubts at the window: marked in list, card and review, a filter, one key; one record in the way never stops the others."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from huajie_desktop.receiving import importing, intake
from huajie_desktop.records.doubts import doubted_fields
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.work import checklist, queries
from huajie_desktop.work.task_ledger import TASKS
from tests.ui.hands import LAMP, book
from tests.ui.keys import CTRL, press
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.pages.review.review_page import ReviewPage
from ui.shell.window import Window
from ui.widgets.badge import MARK_ROLE
from ui.widgets.dialogs import Question

VAGUE = ["干事承诺", "反诈宣传入户", "上门宣传", None, "张三", "12月前"]


def states(desk: Desk) -> dict[str, int]:
    with desk.reading() as session:
        counts = checklist.state_counts(session, checklist.TaskFilter(), today=desk.today)
    return {state: count for state, count in counts.items() if count and state != "all"}


def doubted(desk: Desk, ids: list[int]) -> list[int]:
    with desk.reading() as session:
        return list(doubted_fields(session, TASKS, ids))


@pytest.fixture
def taken(desk: Desk, tmp_path):
    """Takes rows of a village in; their ids."""

    def take(*rows: list[object]) -> list[int]:
        intake.apply(desk.seat, importing.preview(desk.seat, [book(tmp_path / "倪宅.xlsx", *rows)]))
        with desk.reading() as session:
            return list(record_ids(session, TASKS, Wanted()))

    return take


def reviewing(window: Window) -> ReviewPage:
    window.visit("review")
    found = window.pages["review"]
    assert isinstance(found, ReviewPage)
    return found


def test_311_with_one_open_query_are_approved_in_2_keys(window: Window, desk: Desk, taken) -> None:
    ids = taken(*([LAMP[0], f"路灯{n}", *LAMP[2:]] for n in range(311)))
    queries.ask(desk.seat, TASKS, ids[200], "due", "哪一天？")
    page = reviewing(window)
    page.setFocus()
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    assert states(desk) == {"approved": 310, "submitted": 1}
    assert window.messages.text == (
        "已通过 310 项，已编号。可以到“文书”打印。留下 1 项：倪宅村的任务“路灯200”还有 1 条疑问没有关闭，不能通过。"
    )
    assert list(page.table.model.ids) == [ids[200]]
    desk.undo()
    assert states(desk) == {"submitted": 311}
    press(Qt.Key.Key_F3)
    assert list(page.table.model.ids) == [ids[200]], "just the one that was left, among all that wait again"


def test_a_reviewer_sees_what_was_doubted_and_one_key_settles_what_is_shown(window: Window, desk: Desk, taken) -> None:
    vague, clear, other = taken(VAGUE, LAMP, [*VAGUE[:1], "另一项", *VAGUE[2:]])
    page = reviewing(window)
    assert page.table.current_id() == vague
    (line,) = [line for line in page.record.lines if line.key == "due"]
    assert "待核对：“12月前”按" in line.findChildren(type(page.record.heading))[-1].text()
    name = page.table.model.index(0, [column.key for column in page.table.model.columns].index("title"))
    assert name.data(MARK_ROLE) == "待核对"
    page.waiting.filters.chips["doubted"].set_value(True)
    page.waiting.filters.changed.emit()
    assert list(page.table.model.ids) == [vague, other]
    page.setFocus()
    assert page.approve.text() == "核对并通过"
    press(Qt.Key.Key_Return, CTRL)
    assert (doubted(desk, [vague, clear, other]), states(desk)) == ([other], {"approved": 1, "submitted": 2})
    press(Qt.Key.Key_F8)
    assert doubted(desk, [other]) == []
    assert list(page.table.model.ids) == []


def test_in_bulk_those_with_doubts_stay_and_are_named(window: Window, desk: Desk, taken) -> None:
    taken(VAGUE, LAMP, [*VAGUE[:1], "另一项", *VAGUE[2:]])
    page = reviewing(window)
    page.setFocus()
    press(Qt.Key.Key_A, CTRL)
    assert page.approve.text() == "通过 3 项"
    press(Qt.Key.Key_Return, CTRL)
    assert states(desk) == {"approved": 1, "submitted": 2}
    assert "留下 2 项：倪宅村的任务“反诈宣传入户”的完成时限还没有核对，没有通过。（共 2 项，见详情）" in window.messages.text
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    assert states(desk) == {"approved": 3}


def test_the_button_asks_about_the_field_that_is_framed_and_so_does_the_right_click(window: Window, desk: Desk, taken) -> None:
    (task,) = taken(VAGUE)
    page = reviewing(window)
    line = next(line for line in page.record.lines if line.key == "due")
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        said.append(dialog.windowTitle())
        dialog.words.setPlainText("哪一天？")
        QTest.keyClick(dialog.words, Qt.Key.Key_Return, CTRL)

    QTimer.singleShot(0, look)
    button = next(found for found in page.findChildren(QPushButton) if found.text().strip() == "提出疑问" and found.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == ["对“完成时限”提出疑问"]
    with desk.reading() as session:
        assert [query.field for query in queries.query_lines(session, TASKS, task)] == ["due"]
    page.record.menu_asked.emit("due", page.mapToGlobal(page.rect().center()))
    menu = page.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["对“完成时限”提出疑问", "“完成时限”核对无误"]
    page.record.go_to("due")
    menu.actions()[1].trigger()
    menu.close()
    assert doubted(desk, [task]) == []


def test_the_card_says_at_its_field_what_is_to_be_looked_at_and_ticks_it_off(window: Window, desk: Desk, taken) -> None:
    (task,) = taken(VAGUE)
    window.visit("checklist", {"id": task})
    page = window.pages["checklist"]
    assert isinstance(page, ChecklistPage)
    box = page.form.boxes["due"]
    tick = next(button for button in box.findChildren(QPushButton) if button.text() == "核对无误")
    assert tick.isVisible()
    tick.click()
    assert (doubted(desk, [task]), tick.isVisible()) == ([], False)


def test_what_is_impossible_is_off_and_says_why(window: Window, desk: Desk, taken) -> None:
    (task,) = taken(LAMP)
    window.visit("checklist", {"id": task})
    page = window.pages["checklist"]
    assert isinstance(page, ChecklistPage)
    page.table.go_to(task)
    assert (page.unlock.isEnabled(), page.unlock.statusTip()) == (False, "现在是“待审核”，没有锁定，不用解锁。")
    assert (page.submit.isEnabled(), page.check.statusTip()) == (False, "没有待核对的内容")
    assert all(action.isEnabled() for action in (page.withdraw, page.send_back, page.delete))
    press(Qt.Key.Key_B, CTRL)
    assert states(desk) == {"draft": 1}
    assert (page.submit.isEnabled(), page.withdraw.isEnabled()) == (True, False)
