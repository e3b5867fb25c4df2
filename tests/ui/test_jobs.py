"""Work in the background: result, progress, cancelling, problems, faults."""

import threading

import pytest

from huajie_desktop.errors import Problem
from huajie_desktop.faults import LOG
from ui.desk.desk import Desk
from ui.desk.jobs import Job, Jobs
from ui.shell.progress_strip import time_left
from ui.shell.window import Window


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


def test_pages_are_off_while_a_job_runs_and_it_can_be_cancelled(window: Window, desk: Desk, qtbot) -> None:
    running = threading.Event()

    def work(job: Job) -> None:
        while True:
            running.set()
            job.step(1, 100, "正在写入")

    desk.start("导入", work)
    assert running.wait(60)
    assert not window.stack.isEnabled()
    assert not window.navigation.isEnabled()
    with qtbot.waitSignal(desk.jobs.finished):
        window.progress.cancel()
    assert window.stack.isEnabled()
    assert window.navigation.isEnabled()
    assert window.messages.text.startswith("已取消")


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
