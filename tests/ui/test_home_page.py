"""The first page: what is to be done, with the buttons that lead there."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from huajie_desktop.papers.making import Order, make
from huajie_desktop.settings import FOUR_EYES, keep_rule
from huajie_desktop.work import review
from tests import tasks
from tests.queue_office import TODAY as QUEUED
from tests.queue_office import fill
from ui.desk.desk import Desk
from ui.pages.home.home_page import HomePage
from ui.shell.window import Window
from ui.widgets.counted import ActionBox

TEXTS = {"title": "路灯", "content": "内容", "unit": "倪宅村", "category": "干事承诺", "due": "3月15日"}


def home(window: Window) -> HomePage:
    page = window.pages["home"]
    assert isinstance(page, HomePage)
    return page


def button(page: HomePage, word: str) -> QPushButton:
    QApplication.processEvents()  # new widgets are shown in the next turn
    return next(found for found in page.findChildren(QPushButton) if found.text() == word and not found.isHidden())


def test_an_empty_office_is_shown_the_first_steps(window: Window) -> None:
    button(home(window), "新增任务").click()
    assert window.current == "checklist"
    assert window.pages["checklist"].form.record_id == 0


def test_figures_and_steps_follow_the_tasks(window: Window, desk: Desk) -> None:
    saved = desk.do(tasks.save_task, None, TEXTS)
    page = home(window)
    assert page.tiles[None].accessibleName() == "全部任务 1"
    desk.do(review.submit, [saved.record_id])
    assert page.tiles["submitted"].accessibleName() == "待审核 1"
    button(page, "任务 1").click()
    assert window.current == "review"


def test_pledges_stand_in_the_queue_while_confirmed_tasks_stand_on_none(window: Window, desk: Desk, tmp_path: Path) -> None:
    ids = [desk.do(tasks.save_task, None, {**TEXTS, "title": title}).record_id for title in ("路灯", "绿化")]
    desk.do(review.submit, ids)
    desk.do(review.approve, ids[:1])
    said = "已确认还没做 1"
    assert said in queue(window)
    desk.do(make, Order("pledge"), tmp_path / "a.pdf")
    assert said not in queue(window)
    assert "待签回 1" in queue(window)
    desk.do(review.approve, ids[1:])
    assert said in queue(window)
    desk.do(make, Order("pledge"), tmp_path / "b.pdf")
    assert said not in queue(window)
    desk.do(review.unlock, ids[:1], "改时限")
    desk.do(review.submit, ids[:1])
    desk.do(review.approve, ids[:1])
    assert "已确认还没做 2" in queue(window), "what was made no longer says the truth"


def queue(window: Window) -> list[str]:
    """The numbers of the work queue, in its order."""
    return [found.text() for found in home(window).queue.numbers]


@pytest.mark.parametrize("today", [QUEUED])
def test_each_number_leads_to_just_the_rows_it_counts(window: Window, desk: Desk, qtbot: QtBot) -> None:
    """As a clerk does who was away: home, the first number, back, the next …"""
    fill(desk.seat)
    keep_rule(desk.seat, FOUR_EYES, "1")
    window.visit("home")
    page = home(window)
    page.refresh(None)
    before = queue(window)
    assert before[0] == "退回给您 1", "one's own first"
    assert "原时限已过还没批 0（另有 1 项要由别人审核）" in before
    assert "任务 0（另有 1 项要由别人审核）" in before
    assert before.index("已逾期 1") < before.index("7 天内到期 2")
    assert len(before) > 20
    for place, said in enumerate(before):
        number = int(said.partition("（")[0].rpartition(" ")[2])
        window.visit("home")
        page.queue.numbers[place].click()
        assert listed(window).count == number, said
    window.visit("home")
    qtbot.keyClick(page, "T", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is page.queue.numbers[0]
    qtbot.keyClick(page.queue.numbers[0], Qt.Key.Key_Space)
    assert window.current == "checklist"
    shown = window.pages["checklist"]
    assert shown.filters.chips["todo"].text() == "只看：退回给您 1 项"
    shown.filters.clear_action.trigger()
    assert not shown.filters.in_part
    assert shown.filters.chips["todo"].isHidden()


def listed(window: Window) -> Any:
    """The table a number led to."""
    shown: Any = window.pages[window.current]
    if window.current == "papers":
        return shown.register.table
    return shown.pane.list.table if window.current == "ledgers" else shown.table


def test_who_has_nothing_to_do_is_told_so(window: Window) -> None:
    shown = home(window).queue
    assert not shown.numbers
    assert [label.text() for label in shown.findChildren(QLabel)] == ["今日待办", "今天没有要办的。"]


def test_what_falls_due_opens_in_the_form(window: Window, desk: Desk) -> None:
    saved = desk.do(tasks.save_task, None, TEXTS)
    button(home(window), "路灯").click()
    assert window.pages["checklist"].form.record_id == saved.record_id


def test_what_is_overdue_stands_there_until_it_is_finished(window: Window, desk: Desk) -> None:
    late = desk.do(tasks.save_task, None, {**TEXTS, "title": "公厕", "due": "3月9日"})
    desk.do(review.submit, [desk.do(tasks.save_task, None, TEXTS).record_id])
    home(window).queue.numbers[queue(window).index("已逾期 1")].click()
    page = window.pages["checklist"]
    assert list(page.table.ids) == [late.record_id]
    desk.do(tasks.save_task, late.record_id, {"finished_on": "2021-03-08"})
    assert page.table.count == 0
    window.visit("home")
    assert queue(window)[0] == "任务 1"


def test_a_tile_shows_what_it_counts(window: Window, desk: Desk) -> None:
    desk.do(tasks.save_task, None, TEXTS)
    home(window).tiles["draft"].click()
    page = window.pages["checklist"]
    assert page.tabs.key == "draft"
    assert len(page.table.model.ids) == 1


def test_the_switch_says_what_is_counted_and_can_be_taken_back(window: Window, desk: Desk) -> None:
    saved = desk.do(tasks.save_task, None, TEXTS)
    page = home(window)
    box = page.findChild(ActionBox)
    assert box.isChecked()
    assert page.counted.text() == "各类别已确认的任务"
    assert "干事承诺 已确认 0 项" in page.bars.accessibleDescription()
    box.click()
    assert page.counted.text() == "各类别任务（已确认 / 全部）"
    assert "干事承诺 共 1 项，已确认 0 项" in page.bars.accessibleDescription()
    desk.undo()
    assert box.isChecked()
    desk.do(review.submit, [saved.record_id])
    desk.do(review.approve, [saved.record_id])
    assert "干事承诺 已确认 1 项" in page.bars.accessibleDescription()


@pytest.mark.parametrize("today", [QUEUED])
def test_where_there_is_much_it_is_counted_aside(window: Window, desk: Desk, qtbot: QtBot) -> None:
    """The old numbers stand there in grey with a word meanwhile; what changed while it was counted is counted, too."""
    fill(desk.seat)
    desk.much = 0
    page = home(window)
    page.refresh(None)
    before = queue(window)
    assert desk.jobs.busy
    assert (page.old.isVisibleTo(page), page.queue.isEnabled(), queue(window)) == (True, False, before)
    page.refresh(None)
    qtbot.waitUntil(lambda: not desk.jobs.busy and page.queue.isEnabled())
    assert "已逾期 1" in queue(window)
    assert not page.old.isVisibleTo(page)
