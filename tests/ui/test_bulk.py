"""Changing many tasks at once in the window: preview first, then one step; in the background where there are many."""

import pytest
from PySide6.QtCore import Qt

from huajie_desktop import settings
from huajie_desktop.receiving import importing, intake
from huajie_desktop.work import review
from tests import tasks
from tests.bench.sheets import write_tasks
from tests.ui.hands import wait
from tests.ui.keys import CTRL, SHIFT, press, type_text
from ui.desk.desk import MANY, Desk
from ui.pages.checklist.bulk_change import BulkChange
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window

TEXTS = {"content": "内容", "category": "干事承诺", "responsible": "张三", "investment": "10", "unit": "倪宅村", "due": "8月底"}


@pytest.fixture
def page(window: Window, desk: Desk) -> ChecklistPage:
    for title in ("路灯", "绿化", "公厕"):
        tasks.save_task(desk.seat, None, {**TEXTS, "title": title})
    window.visit("checklist")
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    return found


@pytest.fixture
def change(page: ChecklistPage) -> BulkChange:
    press(Qt.Key.Key_B, CTRL | SHIFT)
    assert isinstance(page._instead, BulkChange)
    return page._instead


def ask(change: BulkChange, label: str, text: str) -> None:
    change.field.setText(label)
    assert change.box is not None
    change.box.editor.set_value(text)
    change.look.trigger()


def due(desk: Desk, ids: list[int]) -> list[str]:
    with desk.reading() as session:
        return [tasks.form_texts(session, task_id)["due"] for task_id in ids]


def test_looked_at_first_and_then_saved_as_one_step(page: ChecklistPage, change: BulkChange, desk: Desk) -> None:
    desk.do(review.submit, page.table.ids[:1])
    desk.do(review.approve, page.table.ids[:1])
    ask(change, "完成时限", "10月底前")
    assert due(desk, page.table.ids) == ["8月底"] * 3
    assert [(line.old, line.new, line.status) for line in change.plan.lines] == [
        ("8月底", "10月底", "refused"),
        ("8月底", "10月底", "changes"),
        ("8月底", "10月底", "changes"),
    ]
    change.tabs.select("refused")
    change.tabs.chosen.emit("refused")
    assert change.table.count == 1
    press(Qt.Key.Key_S, CTRL)
    assert due(desk, page.table.ids) == ["8月底", "10月底前", "10月底前"]
    assert page._listing.isVisible()
    desk.undo()
    assert due(desk, page.table.ids) == ["8月底"] * 3


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_keys_lead_from_the_field_to_its_value(change: BulkChange, key: Qt.Key) -> None:
    change.field.setFocus()
    type_text("备注")
    press(key)
    type_text("统一备注")
    assert change.box is not None
    assert change.box.editor.value() == "统一备注"


def test_an_empty_value_is_told_before_it_empties_anything(change: BulkChange) -> None:
    ask(change, "责任人", "")
    assert "清空责任人" in change._words.text()


def test_only_the_selected_ones_where_several_are(page: ChecklistPage, desk: Desk) -> None:
    page.table.view.selectAll()
    page.table.view.selectionModel().select(
        page.table.model.index(0, 0),
        page.table.view.selectionModel().SelectionFlag.Deselect | page.table.view.selectionModel().SelectionFlag.Rows,
    )
    page.bulk.trigger()
    change = page._instead
    assert change.ids == page.table.ids[1:]
    ask(change, "备注", "统一备注")
    change.save.trigger()
    with desk.reading() as session:
        assert [tasks.form_texts(session, i)["remarks"] for i in page.table.ids] == ["", "统一备注", "统一备注"]


def test_what_cannot_be_read_is_said_at_the_field(change: BulkChange) -> None:
    ask(change, "完成时限", "改天")
    assert change.box.error
    assert change.plan is None
    assert not change.save.isEnabled()


def test_another_text_must_be_looked_at_again(change: BulkChange) -> None:
    ask(change, "备注", "统一备注")
    assert change.save.isEnabled()
    change.box.editor.set_value("别的")
    change.box.editor.edited.emit()
    assert not change.save.isEnabled()


def test_amounts_are_keyed_in_twice_where_the_office_asks_for_it(change: BulkChange, desk: Desk, monkeypatch) -> None:
    settings.keep_rule(desk.seat, settings.TWICE, "1")
    monkeypatch.setattr("ui.pages.checklist.bulk_change.key_in_again", lambda *_: None)  # the clerk gives up
    ask(change, "计划投资", "20")
    assert change.plan is None


def test_more_than_a_blink_is_done_in_the_background(page: ChecklistPage, desk: Desk, tmp_path, qtbot) -> None:
    intake.apply(desk.seat, importing.preview(desk.seat, [write_tasks(tmp_path / "t.xlsx", MANY)]))
    page.refresh(None)
    page.bulk.trigger()
    change = page._instead
    ask(change, "备注", "统一备注")
    assert desk.jobs.busy
    wait(qtbot, desk)
    assert len(change.plan.ids) == MANY + 3
    change.save.trigger()
    assert desk.jobs.busy
    wait(qtbot, desk)
    with desk.reading() as session:
        assert tasks.form_texts(session, page.table.ids[-1])["remarks"] == "统一备注"


# by keys alone


@pytest.fixture
def five(page: ChecklistPage, desk: Desk) -> list[int]:
    """Five tasks chosen with the cursor in the column of deadlines, as a clerk who wants to change these."""
    for number in range(4):
        tasks.save_task(desk.seat, None, {**TEXTS, "title": f"第{number}项"})
    page.refresh(None)
    column = [column.key for column in page.table.model.columns].index("due")
    page.table.put_cursor(1, column)
    page.table.view.setFocus()
    for _row in range(4):
        press(Qt.Key.Key_Down, SHIFT)
    chosen = page.table.selected_ids()
    assert len(chosen) == 5
    return chosen


def test_a_date_is_changed_in_five_chosen_tasks_by_four_keys(page: ChecklistPage, five: list[int], desk: Desk) -> None:
    keys = (
        lambda: press(Qt.Key.Key_B, CTRL | SHIFT),
        lambda: type_text("10月底前"),  # counted as one, as everybody types the date
        lambda: press(Qt.Key.Key_Return, CTRL),
        lambda: press(Qt.Key.Key_Return, CTRL),
    )
    assert len(keys) <= 4
    for key in keys:
        key()
    assert due(desk, five) == ["10月底前"] * 5
    assert due(desk, [task_id for task_id in page.table.ids if task_id not in five]) == ["8月底"] * 2
    assert page._listing.isVisible()
    press(Qt.Key.Key_Z, CTRL)
    assert due(desk, five) == ["8月底"] * 5


def test_enter_goes_on_and_ctrl_s_does_what_comes_next(page: ChecklistPage, five: list[int], desk: Desk, window: Window) -> None:
    page.table.put_cursor(page.table.view.currentIndex().row(), 0)  # numbers are given, so that the field is asked for
    page.table.view.selectAll()
    press(Qt.Key.Key_B, CTRL | SHIFT)
    change = page._instead
    assert isinstance(change, BulkChange)
    type_text("bz")
    press(Qt.Key.Key_Return)
    assert change.key == "remarks"
    assert change.box.editor.hasFocus()
    type_text("统一备注")
    press(Qt.Key.Key_Return, SHIFT)
    assert change.field.hasFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert len(change.plan.ids) == 7
    assert change.table.view.hasFocus()
    press(Qt.Key.Key_S, CTRL)
    with desk.reading() as session:
        assert {tasks.form_texts(session, task_id)["remarks"] for task_id in page.table.ids} == {"统一备注"}
    press(Qt.Key.Key_B, CTRL | SHIFT)  # the field changed last is proposed, and Enter goes on from there
    change = page._instead
    assert change.key == "remarks"
    press(Qt.Key.Key_Return)
    type_text("统一备注")
    press(Qt.Key.Key_S, CTRL)
    assert change.plan.ids == []
    assert "都不用改或者不能改" in window.messages.text
    assert change.isVisible()


def test_tab_goes_from_the_field_through_its_value_and_what_was_typed_is_there_again(
    page: ChecklistPage, five: list[int], window: Window
) -> None:
    press(Qt.Key.Key_B, CTRL | SHIFT)
    change = page._instead
    assert change.box.editor.hasFocus()
    change.field.setFocus()
    press(Qt.Key.Key_Tab)
    assert change.box.editor.hasFocus()
    type_text("改天")
    press(Qt.Key.Key_S, CTRL)
    assert change.box.error
    assert change.box.editor.hasFocus()
    press(Qt.Key.Key_Escape)
    assert page._listing.isVisible()
    press(Qt.Key.Key_B, CTRL | SHIFT)
    assert page._instead.box.editor.value() == "改天"
    type_text("9月底")  # which replaces it
    assert page._instead.box.editor.value() == "9月底"
