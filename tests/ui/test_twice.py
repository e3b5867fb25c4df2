"""Amounts and counts keyed in twice where the office asks for it: by keys alone, without the first entry in sight."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from huajie_desktop import settings
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records.twice import agree, fields_to_repeat
from huajie_desktop.work.task_ledger import TASKS
from tests.office import TEXTS, enter
from ui.desk.desk import Desk
from ui.forms.twice import SecondEntry
from ui.shell.window import Window

DISPUTE = {
    "accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "宅基地排水纠纷", "level": "一般",
    "amount": "3000", "people": "4",
}  # fmt: skip


@pytest.fixture
def asked(desk: Desk):
    """The rule is on."""
    settings.keep_rule(desk.seat, settings.TWICE, "1")


def key_in(*keys: str | Qt.Key, seen: list[str] | None = None) -> None:
    """Types into the dialog that opens next; a key is pressed where its focus is. What it said goes to `seen`."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, SecondEntry) or not dialog.isActiveWindow():
            QTimer.singleShot(10, look)
            return
        for key in keys:
            QApplication.processEvents()
            if seen is not None:
                seen.append(" ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible()))
                seen.extend(choice.text() for pair in dialog.choices.values() for choice in pair)
            if isinstance(key, str):
                QTest.keyClicks(dialog.focusWidget(), key)
            else:
                QTest.keyClick(dialog.focusWidget(), key)

    QTimer.singleShot(0, look)


def new_task(window: Window, **texts: str):
    window.visit("checklist", {"new": True})
    form = window.pages["checklist"].form
    form.type_in({**TEXTS, **texts})
    return form


def test_without_the_rule_nothing_is_asked(window: Window) -> None:
    form = new_task(window)
    form.save_action.trigger()
    assert form.record_id


def test_the_same_again_is_saved_and_the_first_entry_is_not_in_sight(window: Window, asked) -> None:
    form, seen = new_task(window), []
    key_in("12.50", Qt.Key.Key_Return, seen=seen)
    form.save_action.trigger()
    assert form.record_id
    assert form.texts()["investment"] == "12.5"
    assert not any("12.5" in text for text in seen)


@pytest.mark.parametrize(
    ("keys", "held"),
    [((), "15.2"), ((Qt.Key.Key_Left,), "12.5"), ((Qt.Key.Key_Left, Qt.Key.Key_Right), "15.2")],
)
def test_where_they_differ_the_clerk_decides_side_by_side(window: Window, asked, keys, held) -> None:
    form, seen = new_task(window), []
    key_in("15.2", Qt.Key.Key_Return, *keys, Qt.Key.Key_Return, seen=seen)
    form.save_action.trigger()
    assert {"第一遍：12.5", "第二遍：15.2"} <= set(seen)
    assert form.record_id
    assert form.texts()["investment"] == held


def test_esc_goes_back_to_the_form_unsaved_with_the_field_in_focus(window: Window, asked, qtbot) -> None:
    form = new_task(window)
    key_in(Qt.Key.Key_Escape)
    form.save_action.trigger()
    assert form.record_id == 0
    assert form.texts()["investment"] == "12.5"
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.boxes["investment"].editor)


def test_what_was_keyed_in_twice_is_not_asked_again_when_another_field_stops_the_saving(window: Window, asked) -> None:
    form = new_task(window, title="")
    key_in("12.5", Qt.Key.Key_Return)
    form.save_action.trigger()
    assert form.boxes["title"].error
    form.type_in({"title": "路灯"})
    form.save_action.trigger()
    assert form.record_id


def test_an_amount_that_was_not_touched_is_not_asked_for(window: Window, desk: Desk, asked) -> None:
    task = enter(desk.seat)
    window.visit("checklist", {"id": task})
    form = window.pages["checklist"].form
    form.type_in({"remarks": "补充"})
    form.save_action.trigger()
    assert not form.changed
    assert form.texts()["remarks"] == "补充"


def test_it_works_for_ledgers_and_for_several_fields(window: Window, asked) -> None:
    window.visit("ledgers", {"ledger": "disputes", "new": True})
    form = window.pages["ledgers"].pane.list.form
    form.type_in(DISPUTE)
    order = [key for key in form.boxes if key in ("people", "amount")]
    key_in(DISPUTE[order[0]], Qt.Key.Key_Return, DISPUTE[order[1]], Qt.Key.Key_Return)
    form.save_action.trigger()
    assert form.record_id


def test_which_fields_are_repeated_and_what_counts_as_the_same(desk: Desk, asked) -> None:
    fields = LEDGERS["disputes"].form_fields
    with desk.reading() as session:
        wanted = fields_to_repeat(session, fields, {"people": "4"}, DISPUTE)
        assert list(wanted) == ["amount"]
        assert fields_to_repeat(session, fields, DISPUTE, {**DISPUTE, "amount": " "}) == {}
        money, count = TASKS.form_fields["investment"], fields["people"]
        assert agree(session, money, "12.5", "12.50")
        assert agree(session, fields["amount"], "3000", "3,000")
        assert agree(session, count, "４", "4")
        assert not agree(session, money, "12.5", "12.6")
        assert not agree(session, money, "12.5", "")
        assert not agree(session, money, "读不出", "也读不出")
