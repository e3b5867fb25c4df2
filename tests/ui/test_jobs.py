"""Work in the background: result, progress, cancelling, problems, faults."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.journal import Changes
from db.models import Task
from huajie_desktop.errors import Problem
from huajie_desktop.faults import LOG
from huajie_desktop.papers.making import Order, Outcome, make
from huajie_desktop.work import review
from tests.office import enter
from tests.ui.hands import wait
from tests.ui.keys import CTRL, go_to_page, press, type_text
from ui.desk.desk import Desk
from ui.desk.jobs import Job, Jobs
from ui.shell.progress_strip import time_left
from ui.shell.window import Window
from ui.theme import text_size


@pytest.fixture
def jobs(themed, qtbot):
    made = Jobs()
    yield made
    made.close()


def test_the_result_comes_back_on_the_windows_thread(jobs: Jobs, qtbot) -> None:
    got = []

    def work(job: Job) -> threading.Thread:
        for done in range(1, 4):
            job.step(done, 3, "正在读")
        return threading.current_thread()

    with qtbot.waitSignal(jobs.finished):
        jobs.start("读表", work, lambda thread: got.append((thread, threading.current_thread())))
    assert got[0][0] is not threading.main_thread()
    assert got[0][1] is threading.main_thread()
    assert not jobs.busy


def test_the_page_a_job_was_started_from_is_shut_and_the_job_can_be_cancelled(window: Window, desk: Desk, qtbot) -> None:
    running = threading.Event()

    def work(job: Job) -> None:
        while True:
            running.set()
            job.step(1, 100, "正在写入")

    desk.start("导入", work)
    assert running.wait(60)
    assert not window.pages["home"].isEnabled()
    assert not window.bar.person.isEnabled()
    qtbot.waitUntil(window.progress.isVisible)
    assert window.progress._count.text().startswith("1 / 100")
    with qtbot.waitSignal(desk.jobs.finished):
        press(Qt.Key.Key_Escape)
    assert window.pages["home"].isEnabled()
    assert window.bar.person.isEnabled()
    assert window.messages.text.startswith("已取消")


class Held:
    """The job of a service that stops where it reports first, until it is let go on."""

    def __init__(self, job: Job) -> None:
        self.job, self.reached, self.go_on = job, threading.Event(), threading.Event()

    def step(self, done: int, total: int, text: str = "") -> None:
        self.job.step(done, total, text)
        self.reached.set()
        assert self.go_on.wait(60)
        self.job.step(done, total, text)


@pytest.fixture
def held(window: Window, desk: Desk, app, tmp_path) -> Iterator[Held]:
    """Papers are being made: the service has numbered them, holds the one lock of the database and draws."""
    ids = [enter(app, title=f"路灯{number}") for number in range(3)]
    review.submit(app, ids)
    review.approve(app, ids[:2])
    desk.changed.emit(Changes())
    go_to_page("papers")
    made: list[Held] = []
    order = Order("pledge")

    def work(job: Job) -> Outcome:
        made.append(Held(job))
        return make(app, order, tmp_path / "p.pdf", job=made[0])  # type: ignore[arg-type]

    desk.start("制作承诺书 1 份", work, window.pages["papers"].making._on_made)
    while not made or not made[0].reached.wait(60):
        pass
    yield made[0]
    made[0].go_on.set()


def test_pages_can_be_read_while_papers_are_made_and_what_writes_is_refused(window, desk, app, held, qtbot, tmp_path) -> None:
    assert not window.pages["papers"].isEnabled()
    go_to_page("checklist")
    page = window.pages["checklist"]
    assert page.isEnabled()
    assert len(page.list.table.model.ids) == 3
    press(Qt.Key.Key_K, CTRL)
    type_text("路灯2")
    qtbot.waitUntil(lambda: window.guide.palette.isVisible() and not window.guide.palette._pause.isActive())
    assert any(getattr(row, "title", "") == "路灯2" for row in window.guide.palette.rows._rows)
    press(Qt.Key.Key_Escape)
    desk.visit("checklist", {"id": page.list.table.model.ids[-1]})
    assert page.form.record_id is not None
    page.form.focus()
    box = page.form.boxes["content"].editor
    box.setFocus()
    press(Qt.Key.Key_End, CTRL)
    type_text("改")
    press(Qt.Key.Key_S, CTRL)
    assert window.messages.text.startswith("正在制作承诺书 1 份，这一步没有做")
    assert box.value().endswith("改")
    desk.undo()
    assert window.messages.text.startswith("正在制作承诺书 1 份，这一步没有做")
    qtbot.waitUntil(window.progress.isVisible)
    box.setFocus()
    held.go_on.set()
    wait(qtbot, desk)
    assert QApplication.focusWidget() is box, "the keys stay where somebody reads"
    assert window.current == "checklist"
    assert box.value().endswith("改")
    assert (tmp_path / "p.pdf").exists()
    assert window.pages["papers"].isEnabled()
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        assert session.get_one(Task, page.form.record_id).content.endswith("改")


def test_escape_belongs_to_the_page_that_is_read_and_shift_escape_stops_the_job(window, desk, app, held, qtbot, tmp_path) -> None:
    go_to_page("checklist")
    page = window.pages["checklist"]
    qtbot.waitUntil(window.progress.isVisible)
    page.list.table.setFocus()
    press(Qt.Key.Key_Escape)
    assert not window.progress._cancel.isDown(), "its button is not pressed"
    go_to_page("papers")
    desk.visit("papers", {"kind": "slip"})
    assert window.pages["papers"].making.kind.key == "pledge", "it is shut"
    assert window.messages.text.startswith("正在制作承诺书 1 份")
    go_to_page("checklist")
    press(Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    assert window.progress._cancel.isDown()
    qtbot.waitUntil(held.job._stop.is_set)
    held.go_on.set()
    wait(qtbot, desk)
    assert window.messages.text.startswith("已取消")
    assert not (tmp_path / "p.pdf").exists()


def test_a_new_text_size_builds_nothing_anew_under_a_job(window, desk, held, qtbot) -> None:
    page = window.pages["papers"]
    desk.show_text_at(110)
    try:
        qtbot.waitUntil(lambda: text_size() == 110)
        assert window.pages["papers"] is page, "the page that waits for its result is still there"
        held.go_on.set()
        qtbot.waitUntil(lambda: not desk.jobs.busy)
        assert window.current == "papers"
    finally:
        desk.show_text_at(100)
        qtbot.waitUntil(lambda: text_size() == 100)


def test_what_is_apart_from_its_page_leaves_it_open(window, desk, app, qtbot, monkeypatch, tmp_path) -> None:
    enter(app)
    go_to_page("checklist")
    go_on = threading.Event()
    desk.start("导出 1 行", lambda job: go_on.wait(60), apart=True)
    assert window.pages["checklist"].isEnabled()
    go_on.set()
    wait(qtbot, desk)


def test_a_second_job_is_refused_in_words(window: Window, desk: Desk, qtbot) -> None:
    go_on = threading.Event()
    desk.start("导入", lambda job: go_on.wait(60))
    desk.start("打印", lambda job: None)
    assert "还没有做完" in window.messages.text
    with qtbot.waitSignal(desk.jobs.finished):
        go_on.set()


def test_a_problem_is_told_as_it_is(window: Window, desk: Desk, qtbot) -> None:
    def work(job: Job) -> None:
        raise Problem("磁盘已满。请腾出空间。")

    with qtbot.waitSignal(desk.jobs.finished):
        desk.start("导入", work)
    assert window.messages.text == "磁盘已满。请腾出空间。"
    assert window.messages.kind == "error"


def test_a_fault_is_one_sentence_and_its_trace_is_in_the_log(window: Window, desk: Desk, qtbot) -> None:
    def work(job: Job) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    with qtbot.waitSignal(desk.jobs.finished):
        desk.start("导入", work)
    assert "意外错误" in window.messages.text
    assert "Traceback" not in window.messages.text
    assert "ZeroDivisionError: nobody foresaw this" in (desk.seat.folder / LOG).read_text("utf-8")


def test_time_left_is_said_only_when_it_is_known() -> None:
    assert time_left(0, 100, 5) == ""
    assert time_left(10, 100, 0.5) == ""
    assert time_left(100, 100, 5) == ""
    assert "9 秒" in time_left(10, 100, 1)
    assert "15 分钟" in time_left(10, 100, 100)
