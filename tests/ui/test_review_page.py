"""Review: one, many, all; returned with a reason; refused undo asks about later steps."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import entry
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import checklist, queries, review
from huajie_desktop.work.task_ledger import TASKS
from tests import tasks
from tests.ui.keys import CTRL, press
from ui.desk.desk import Desk
from ui.pages.review.review_page import ReviewPage
from ui.shell.window import Window
from ui.widgets.dialogs import Question
from ui.widgets.record_text import FieldLine


def state(desk: Desk, task_id: int) -> str:
    with desk.reading() as session:
        return checklist.task_lines(session, [task_id])[0].state


@pytest.fixture
def ids(desk: Desk) -> list[int]:
    texts = {"content": "内容", "category": "干事承诺", "unit": "倪宅村", "due": "8月底", "responsible": "张三"}
    made = [tasks.save_task(desk.seat, None, {**texts, "title": f"任务{n}"}).record_id for n in range(5)]
    review.submit(desk.seat, made)
    return made


@pytest.fixture
def page(window: Window, ids: list[int]) -> ReviewPage:
    window.visit("review")
    found = window.pages["review"]
    assert isinstance(found, ReviewPage)
    return found


def answer(words: str, accept: bool = True) -> None:
    """Answers the next question as soon as it stands there."""

    def type_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        dialog.words.setPlainText(words)
        (dialog.yes if accept else dialog.no).click()

    QTimer.singleShot(0, type_it)


def test_the_record_is_shown_in_full_beside_the_list(page: ReviewPage, ids: list[int]) -> None:
    assert page.table.current_id() == ids[0]
    assert page.record.heading.text() == "任务0"
    page.table.step(1)
    assert page.record.heading.text() == "任务1"


def test_approving_one_moves_on_to_the_next(page: ReviewPage, desk: Desk, ids: list[int]) -> None:
    page.approve.trigger()
    assert state(desk, ids[0]) == "approved"
    assert page.table.current_id() == ids[1]


def test_approving_many_at_once(page: ReviewPage, desk: Desk, ids: list[int]) -> None:
    page.select_all.trigger()
    assert page.approve.text() == "通过 5 项"
    page.approve.trigger()
    assert {state(desk, task_id) for task_id in ids} == {"approved"}
    assert list(page.table.model.ids) == []


def test_returning_asks_for_a_reason_that_is_kept(page: ReviewPage, window: Window, desk: Desk, ids: list[int]) -> None:
    answer("时限不清楚")
    page.send_back.trigger()
    assert state(desk, ids[0]) == "returned"
    said: list[str] = []

    def without_a_reason() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        QTest.keyClick(dialog.words, Qt.Key.Key_Return, CTRL)
        said.extend(label.text() for label in dialog.findChildren(QLabel) if "还没有写" in label.text())
        dialog.words.setPlainText("金额不清楚")
        QTest.keyClick(dialog.words, Qt.Key.Key_Return, CTRL)

    QTimer.singleShot(0, without_a_reason)
    page.send_back.trigger()
    assert said, "with nothing written it stays, and says why"
    assert state(desk, ids[1]) == "returned"


def test_an_undo_that_meets_later_changes_asks_and_takes_them_back(page: ReviewPage, desk: Desk, ids: list[int]) -> None:
    page.approve.trigger()
    first = desk.steps.undoable
    assert first is not None
    other = review.send_back(desk.seat, [ids[0]], "别处退回")  # someone else's step, not on this stack
    assert other.operation_id is not None
    answer("", accept=False)
    desk.undo()
    assert state(desk, ids[0]) == "returned"
    answer("")
    desk.undo()
    assert state(desk, ids[0]) == "submitted"


# old and new, queries, other ledgers


def texts(number: int, **more: str) -> dict[str, str]:
    return {
        "title": f"任务{number}", "content": "内容", "category": "干事承诺", "unit": "倪宅村", "due": "8月底", "responsible": "张三", **more,
    }  # fmt: skip


def test_only_what_changed_since_the_last_review_stands_on_top(page: ReviewPage, desk: Desk, ids: list[int]) -> None:
    desk.do(review.send_back, [ids[0]], "金额呢")
    desk.do(tasks.save_task, ids[0], texts(0, investment="12.5", responsible="张三、李四"))
    desk.do(review.submit, [ids[0]])
    page.table.go_to(ids[0])
    changed = {line.key: line.texts for line in page.record.lines if len(line.texts) == 2}
    assert changed == {"investment": ("", "12.5万元"), "responsible": ("张三", "张三、李四")}
    assert [line.texts for line in page.record.lines if line.key == "title"] == [("任务0",)]
    page.table.go_to(ids[1])
    assert all(len(line.texts) == 1 for line in page.record.lines)


def come_back(window: Window) -> None:
    window.activateWindow()  # as a desktop does when a dialog closes
    QApplication.processEvents()


def test_a_field_is_asked_about_answered_and_closed_by_keys(page: ReviewPage, window: Window, desk: Desk, ids: list[int]) -> None:
    desk.seat = come_in(desk.seat.data, "李四")
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    while page.record.key != "due":
        press(Qt.Key.Key_Down)
    answer("哪一天？")
    press(Qt.Key.Key_F4)
    come_back(window)
    assert page.record.key == "due", "the cursor stays"
    (line,) = page.queries.table.lines.values()
    assert (line.about, line.text, line.asked_by) == ("完成时限", "哪一天？", "李四")
    press(Qt.Key.Key_Return, CTRL)
    assert "还有 1 条疑问没有关闭" in window.messages.text
    assert state(desk, ids[0]) == "submitted"
    page.queries.setFocus()
    answer("8月31日")
    press(Qt.Key.Key_Return)
    come_back(window)
    assert next(iter(page.queries.table.lines.values())).state == "answered"
    press(Qt.Key.Key_F7)
    assert next(iter(page.queries.table.lines.values())).state == "closed"
    press(Qt.Key.Key_Return, CTRL)
    assert state(desk, ids[0]) == "approved"
    assert page.table.current_id() == ids[1]


def test_the_list_is_narrowed_to_records_with_queries(page: ReviewPage, desk: Desk, ids: list[int]) -> None:
    desk.do(queries.ask, TASKS, ids[2], "", "看不懂")
    assert page.table.model.line(page.table.model.row_of(ids[2])).cells["queries"] == "1"
    page.waiting.filters.show_wanted("", {"queries": True})
    assert page.table.ids == [ids[2]]
    page.waiting.filters.show_wanted("", {"queries": False})
    assert ids[2] not in page.table.ids


def test_disputes_are_reviewed_on_the_same_page(page: ReviewPage, desk: Desk) -> None:
    ledger = LEDGERS["disputes"]
    said = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "墙界不清", "level": "一般"}
    saved = entry.save(desk.seat, ledger, None, said)
    desk.do(review.submit, [saved.record_id], ledger)
    page.show_subject("disputes")
    assert page.record.heading.text() == "墙界不清"
    assert "村（社）" in map(label_of, page.record.lines)
    page.approve.trigger()
    with desk.reading() as session:
        assert session.get_one(ledger.model, saved.record_id).state == "approved"
    assert page.table.ids == []


def label_of(line: FieldLine) -> str:
    return line.findChild(QLabel).text()
