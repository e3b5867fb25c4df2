"""Review: one, many, all; returned with a reason; refused undo asks about later steps."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from huajie_desktop import checklist, review, tasks
from ui.desk import Desk
from ui.pages.review import ReviewPage
from ui.widgets.dialogs import Question
from ui.window import Window


def state(desk: Desk, task_id: int) -> str:
    with desk.reading() as session:
        return checklist.task_lines(session, [task_id])[0].state


@pytest.fixture
def ids(desk: Desk) -> list[int]:
    texts = {"content": "内容", "category": "干事承诺", "unit": "倪宅村", "due": "8月底", "responsible": "张三"}
    made = [tasks.save_task(desk.app, None, {**texts, "title": f"任务{n}"}).record_id for n in range(5)]
    review.submit(desk.app, made)
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
    answer("", accept=True)
    page.send_back.trigger()
    assert window.messages.text.startswith("请写明退回原因")
    assert state(desk, ids[1]) == "submitted"


def test_an_undo_that_meets_later_changes_asks_and_takes_them_back(page: ReviewPage, desk: Desk, ids: list[int]) -> None:
    page.approve.trigger()
    first = desk.steps.undoable
    assert first is not None
    other = review.send_back(desk.app, [ids[0]], "别处退回")  # someone else's step, not on this stack
    assert other.operation_id is not None
    answer("", accept=False)
    desk.undo()
    assert state(desk, ids[0]) == "returned"
    answer("")
    desk.undo()
    assert state(desk, ids[0]) == "submitted"
