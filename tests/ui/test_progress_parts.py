"""Progress and follow-up notes as parts of a task's card: by keys, with undo, with numbers in words."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from huajie_desktop.ledgers.progress import LEDGER as PROGRESS
from huajie_desktop.records import entry
from huajie_desktop.work import follow_ups
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter
from tests.ui.keys import CTRL, press, type_text
from ui.record_parts.follow_ups_part import FollowUpsPart
from ui.record_parts.progress_part import ProgressPart


@pytest.fixture
def shown(window, qtbot):
    """Shows a part in the window, as a card would."""

    def show(part):
        window.stack.addWidget(part)
        window.stack.setCurrentWidget(part)
        part.setFocus()
        return part

    return show


def test_a_milestone_is_ticked_off_with_day_and_evidence_by_keys(shown, desk, app):
    task = enter(app, milestones="2月底 完成招标 佐证：中标通知书\n8月底 安装完成", quantities="路灯12盏")
    said = {"unit": "倪宅村", "title": "穿村段路灯安装", "month": "2月", "percent": "40", "invested": "5"}
    entry.save(app, PROGRESS, None, {**said, "brought": "路灯 9／12盏"})
    part = shown(ProgressPart(desk))
    part.show_record(TASKS, task)
    assert part._quantities.text() == "数量：路灯 9／12盏"
    assert part._words.text() == "已报 40%，序时进度 50%；资金 5／12.5 万元。"
    assert "1月的进展没有报送" in part._late.text()
    assert part._months.text() == "各月：2月 40%，5万元"
    assert "完成比例：2月 40%" in part.curve.accessibleDescription()
    assert "资金：2月 40%" in part.curve.accessibleDescription()
    press(Qt.Key.Key_Return)
    type_text("2月26日")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is part.boxes["given"].editor
    type_text("中标通知书")
    press(Qt.Key.Key_Return)
    first, second = part.table.lines.values()
    assert (first.reached_on, first.given, second.reached_on) == (date(2021, 2, 26), "中标通知书", None)
    assert part.table.current_id() == second.id, "the keys stand on the next one that is open"
    press(Qt.Key.Key_Return)
    type_text("9月1日")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert "不能晚于今天" in part.boxes["reached_on"].error
    desk.undo()
    part.show_record(TASKS, task)
    assert next(iter(part.table.lines.values())).reached_on is None


def test_a_follow_up_note_is_written_changed_and_deleted_by_keys(shown, desk, app):
    task = enter(app)
    part = shown(FollowUpsPart(desk))
    part.show_record(TASKS, task)
    part.boxes["words"].editor.setFocus()
    type_text("约谈施工方")
    press(Qt.Key.Key_Return, CTRL)

    def notes():
        with app.reading() as session:
            return [(line.on, line.words) for line in follow_ups.lines(session, TASKS, task)]

    assert notes() == [(date(2021, 3, 10), "约谈施工方")]
    part.table.put_cursor(0)
    part.table.setFocus()
    press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is part.boxes["words"].editor
    type_text("，答应月底完工")
    press(Qt.Key.Key_Return, CTRL)
    assert len(notes()) == 1
    assert "答应月底完工" in notes()[0][1]
    part.table.put_cursor(0)
    part.table.setFocus()
    press(Qt.Key.Key_Delete)
    assert notes() == []
    desk.undo()
    assert len(notes()) == 1
    press(Qt.Key.Key_Return, CTRL)
    assert part.boxes["words"].error == "请写明跟进的情况"
