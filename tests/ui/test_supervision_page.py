"""Supervision at the window: what escalated is said on a new day, notices go out about tasks, receipts lead to their answers."""

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from db.models import Draw, Finding, Notice
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.register import register_lines
from huajie_desktop.supervision.inspections import INSPECTIONS
from huajie_desktop.supervision.issuing import issue_about
from huajie_desktop.supervision.notice_ledger import NOTICES
from huajie_desktop.work.review import approve, submit
from tests.office import enter
from tests.ui.hands import wait
from tests.ui.keys import CTRL, NONE, SHIFT, go_to_page, press, type_text
from ui.forms.asking_dialog import AskingDialog
from ui.pages.papers.papers_page import REGISTER
from ui.record_parts.answering import answering_dialog
from ui.shell.day_chores import DayChores
from ui.widgets.scrolled import Scrolled


@pytest.fixture
def task(desk):
    task_id = enter(desk.seat)
    submit(desk.seat, [task_id])
    approve(desk.seat, [task_id])
    return task_id


@pytest.fixture
def notice(desk, task):
    """A notice that was issued about a task, and printed."""
    issue_about(desk.seat, [task], {"level": "提醒", "term": "2021-03-12", "demand": "抓紧"})
    with desk.reading() as session:
        found = session.scalars(select(Notice.id)).one()
    make(desk.seat, Order("notice", [found], ledger=NOTICES), desk.seat.folder.parent / "督查单.pdf")
    return found


def kept(desk, model=Notice):
    with desk.reading() as session:
        return session.scalars(select(model).order_by(model.id)).all()


def test_a_fault_beside_the_last_field_can_be_read(window, desk, notice, qtbot):
    dialog = answering_dialog(window, desk, NOTICES, notice)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    dialog.body.boxes["answer"].editor.set_value("已装好")
    dialog.body.boxes["verdict"].editor.set_value("不符合要求，退回")
    before = dialog.findChild(Scrolled).widget().sizeHint().height()
    dialog.accept()
    assert dialog.body.boxes["reason"].error == "退回要写明哪里不符合要求"
    shown = dialog.findChild(Scrolled)
    qtbot.waitUntil(lambda: shown.viewport().height() >= shown.widget().sizeHint().height() > before, timeout=5000)
    dialog.reject()


class Keys:
    """Counts the keys a person presses; typed text counts for one."""

    def __init__(self):
        self.count = 0

    def press(self, key, modifiers=NONE):
        self.count += 1
        press(key, modifiers)

    def type(self, text):
        self.count += 1
        type_text(text)


def dialog(qtbot):
    """The dialog that was opened."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AskingDialog))
    found = QApplication.activeModalWidget()
    qtbot.waitUntil(lambda: found.isAncestorOf(QApplication.focusWidget()))
    return found


def in_dialog(qtbot, keys):
    """Has `keys` pressed in the dialog the next step opens."""
    from PySide6.QtCore import QTimer

    def begin():
        if isinstance(QApplication.activeModalWidget(), AskingDialog):
            keys(dialog(qtbot))
        else:
            QTimer.singleShot(10, begin)

    QTimer.singleShot(0, begin)


def test_a_receipt_is_scanned_answered_and_closed_by_five_keys(window, desk, qtbot, notice):
    with desk.reading() as session:
        [line] = register_lines(session, desk.today)
    go_to_page("papers")
    page = window.pages["papers"]
    page.show_subject(REGISTER)
    keys = Keys()
    page.register.scan.setFocus()

    def answer(found):
        keys.type("已装好12盏")
        found.body.boxes["verdict"].editor.set_value("符合要求")
        keys.count += 2  # Alt+↓ and Enter at the choice
        keys.press(Qt.Key.Key_Return, CTRL)

    in_dialog(qtbot, answer)
    type_text(line.number)  # the scanner types, and presses Enter
    press(Qt.Key.Key_Return)
    [found] = kept(desk)
    assert (found.state, found.answer, found.answered_on, found.closed_on) == ("accepted", "已装好12盏", desk.today, desk.today)
    assert keys.count <= 5
    assert "已登记督查单花督〔2021〕1号反馈" in window.messages.text


def test_notices_go_out_about_chosen_tasks_and_their_ledger_shows_level_and_term(window, desk, qtbot, task):
    go_to_page("checklist")
    page = window.pages["checklist"]
    page.table.go_to(task)

    def write(found):
        found.body.boxes["term"].editor.set_value("2021-03-01")
        press(Qt.Key.Key_Return, CTRL)
        assert "不能早于发出日期" in found.body.boxes["term"].error
        found.body.boxes["term"].editor.set_value("2021-03-12")
        press(Qt.Key.Key_Return, CTRL)

    in_dialog(qtbot, write)
    press(Qt.Key.Key_I, CTRL | SHIFT)
    [made] = kept(desk)
    assert (made.task_id, made.state) == (task, "issued")
    assert "已发出督查单 1 份。" in window.messages.text
    window.visit("ledgers", {"ledger": NOTICES.key, "ids": [made.id]})
    shown = window.pages["ledgers"].pane.list
    assert list(shown.table.ids) == [made.id]
    line = shown.table.model.line(0)
    assert (shown.table.model._tint(line, "level"), shown.table.model._tint(line, "state")) == ("blue", "blue")
    shown.filters.clear()
    chip = shown.filters.chips["awaited"]
    for when, ids in (("overdue", []), ("week", [made.id]), ("open", [made.id])):
        chip.set_value(when)
        chip.chosen.emit(when)
        assert list(shown.table.ids) == ids, when


def test_what_is_due_escalates_when_no_job_runs_and_is_said_with_the_way_there(window, desk, qtbot, notice):
    chores = DayChores(desk, window)
    desk.seat.data.today = lambda: date(2021, 3, 15)
    going = Event()
    desk.start("做事", lambda _job: going.wait())
    chores.begin()
    assert len(kept(desk)) == 1, "a job runs"
    going.set()
    wait(qtbot, desk)
    qtbot.waitUntil(lambda: len(kept(desk)) == 2)
    assert "督查单 花督〔2021〕1号 期限已过，没有办结，已升级重新发出：警告 1 份。" in window.messages.text
    chores.look.trigger()
    assert list(window.pages["ledgers"].pane.list.table.ids) == [kept(desk)[1].id]
    chores.begin()
    assert len(kept(desk)) == 2
    desk.undo()
    assert [one.state for one in kept(desk)] == ["issued"]


def test_a_draw_plans_inspections_and_what_they_find_is_linked(window, desk, qtbot):
    window.visit("ledgers", {"ledger": INSPECTIONS.key})
    page = window.pages["ledgers"]

    def write(found):
        for key, text in {"title": "安全检查", "count": "2", "planned_on": "2021-03-10", "seed": "7"}.items():
            found.body.boxes[key].editor.set_value(text)
        press(Qt.Key.Key_Return, CTRL)

    in_dialog(qtbot, write)
    page.steps.draw.trigger()
    assert "抽中 2 个，已列入检查计划。" in window.messages.text
    assert kept(desk, Draw)[0].seed == "7"
    shown = page.pane.list
    chip = shown.filters.chips["awaited"]
    chip.set_value("today")
    chip.chosen.emit("today")
    assert shown.table.count == 2, "today's inspections"
    shown.table.step(0)

    def find(found):
        found.body.boxes["title"].editor.set_value("线路老化")
        found.body.boxes["term"].editor.set_value("2021-03-20")
        press(Qt.Key.Key_Return, CTRL)

    in_dialog(qtbot, find)
    page.steps.find.trigger()
    [made] = kept(desk, Finding)
    assert (made.inspection_id, made.state, made.number) == (shown.table.ids[0], "handed", "花问〔2021〕1号")
