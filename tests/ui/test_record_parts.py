"""History and queries of one record as parts of its card: by keys, with undo."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import entry
from huajie_desktop.work import queries, review
from huajie_desktop.work.task_ledger import TASKS
from tests import tasks
from tests.office import TEXTS, contents, enter
from tests.ui.keys import CTRL, press
from ui.record_parts.queries_part import QueriesPart
from ui.record_parts.versions_part import HistoryPart


@pytest.fixture
def shown(window, qtbot):
    """Shows a part in the window, as a card would."""

    def show(part):
        window.stack.addWidget(part)
        window.stack.setCurrentWidget(part)
        part.setFocus()
        return part

    return show


def test_an_older_version_comes_back_by_keys_and_undo_takes_it_away(shown, desk, app, window):
    task = enter(app)
    first = contents(app)
    tasks.save_task(app, task, {**TEXTS, "title": "改名", "responsible": "王五"})
    second = contents(app)
    part = shown(HistoryPart(desk))
    part.show_record(TASKS, task)
    assert not part.bring_back.isEnabled(), "the newest version is there already"
    assert {change.label for change in part.changes.changes} >= {"任务名称", "责任人"}
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CTRL)
    assert first["tasks"] == contents(app)["tasks"]
    assert first["responsibilities"] == contents(app)["responsibilities"]
    assert "已恢复到" in window.messages.text
    assert len(part.table.ids) == 3
    desk.undo()
    assert contents(app) == second
    desk.redo()
    assert first["tasks"] == contents(app)["tasks"]


def test_an_approved_record_is_not_brought_back_and_that_is_said(shown, desk, app, window):
    task = enter(app)
    tasks.save_task(app, task, {**TEXTS, "title": "改名"})
    review.submit(app, [task])
    review.approve(app, [task])
    before = contents(app)
    part = shown(HistoryPart(desk))
    part.show_record(TASKS, task)
    for _version in range(3):
        press(Qt.Key.Key_Down)
    part.bring_back.trigger()
    assert "已确认" in window.messages.text
    assert contents(app) == before


def test_a_ledger_record_has_its_versions_and_a_new_one_none(shown, desk, app):
    texts = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "墙界不清", "level": "一般"}
    saved = entry.save(app, LEDGERS["disputes"], None, texts)
    part = shown(HistoryPart(desk))
    part.show_record(LEDGERS["disputes"], saved.record_id)
    assert ("村（社）", "", "倪宅村") in [change[1:] for change in part.changes.changes]
    part.show_record(LEDGERS["disputes"], None)
    assert part.table.ids == []
    assert not part.bring_back.isEnabled()


def test_queries_are_closed_by_keys_and_closed_ones_stay_closed(shown, desk, app):
    task = enter(app)
    queries.ask(app, TASKS, task, "due", "哪一天？")
    part = shown(QueriesPart(desk))
    part.show_record(TASKS, task)
    assert part.table.current_line().about == "完成时限"
    press(Qt.Key.Key_F7)
    assert part.table.current_line().state == "closed"
    assert not part.answer_action.isEnabled()
    assert not part.close_action.isEnabled()
    press(Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None


def test_an_approved_task_is_unlocked_from_the_checklist_with_a_reason(window, desk, app):
    task = enter(app)
    review.submit(app, [task])
    review.approve(app, [task])
    window.visit("checklist", {"id": task})
    page = window.pages["checklist"]
    answer_words("金额有误")
    page.unlock.trigger()
    with app.reading() as session:
        kept = session.get_one(TASKS.model, task)
        assert (kept.state, kept.return_reason) == ("returned", "金额有误")
    assert "已解锁 1 项" in window.messages.text


def answer_words(words):
    def type_it():
        dialog = QApplication.activeModalWidget()
        dialog.words.setPlainText(words)
        dialog.yes.click()

    QTimer.singleShot(0, type_it)


def test_the_checklist_is_narrowed_to_tasks_with_queries(window, app):
    asked, _other = enter(app), enter(app, title="另一项")
    queries.ask(app, TASKS, asked, "due", "哪一天？")
    window.visit("checklist")
    page = window.pages["checklist"]
    page.filters._on_named("有疑问")
    assert page.table.ids == [asked]
    page.filters.clear()
    assert len(page.table.ids) == 2
