"""Many records at once: worked on in the background, and nothing kept when the clerk stops it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from huajie_desktop.receiving import intake
from huajie_desktop.receiving.importing import preview
from huajie_desktop.records.doubts import settle
from huajie_desktop.work import review
from huajie_desktop.work.checklist import TaskFilter, task_ids
from huajie_desktop.work.task_ledger import TASKS
from tests.bench.sheets import write_tasks
from tests.office import contents, recent
from tests.ui.hands import checklist_at_first
from tests.ui.keys import CTRL, SHIFT, press
from ui.desk.desk import MANY, Desk


def filled(desk: Desk, tmp_path) -> list[int]:
    intake.apply(desk.seat, preview(desk.seat, [write_tasks(tmp_path / "t.xlsx", MANY + 1)]))
    with desk.reading() as session:
        ids = list(task_ids(session, TaskFilter(), today=desk.today))
    settle(desk.seat, ids, TASKS)  # namesakes of the township among the village's people
    return ids


def test_more_than_a_blink_is_done_in_the_background(desk: Desk, qtbot, tmp_path) -> None:
    ids = filled(desk, tmp_path)
    said: list[str] = []
    desk.said.connect(lambda _kind, sentence, _details: said.append(sentence))
    desk.do_many("审核通过", review.approve, ids, done="好了")
    assert desk.jobs.busy
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    assert said == ["好了"]
    approved = contents(desk.seat)
    desk.undo()
    assert desk.jobs.busy
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    with desk.reading() as session:
        assert recent(session, 1)[0].label.startswith("撤销 审核通过")
    desk.redo()
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    assert contents(desk.seat) == approved


def test_many_rows_are_copied_in_the_background_and_the_copying_can_be_stopped(desk: Desk, window, qtbot, tmp_path) -> None:
    ids = filled(desk, tmp_path)
    page = checklist_at_first(window)
    QApplication.clipboard().setText("以前的")
    stop = desk.jobs.began.connect(lambda job: job.cancel())
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_C, CTRL | SHIFT)
    assert desk.jobs.busy
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    assert QApplication.clipboard().text() == "以前的"
    desk.jobs.began.disconnect(stop)
    steps: list[int] = []
    desk.jobs.began.connect(lambda job: job.stepped.connect(lambda done, _total, _text: steps.append(done)))
    assert page.table.view.hasFocus()
    press(Qt.Key.Key_C, CTRL | SHIFT)
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    assert steps
    assert window.messages.text == f"已复制 {len(ids)} 行。"
    assert len(QApplication.clipboard().text().rstrip("\n").split("\n")) == 1 + len(ids)


def test_stopped_half_way_nothing_is_kept(desk: Desk, qtbot, tmp_path) -> None:
    ids = filled(desk, tmp_path)
    before = contents(desk.seat)
    desk.jobs.began.connect(lambda job: job.cancel())
    desk.do_many("审核通过", review.approve, ids, done="好了")
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    assert contents(desk.seat) == before
