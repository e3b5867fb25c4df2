"""The preview of a sheet that came back: what it changes, what must be decided, what is gone; by keys and clicks."""

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from sqlalchemy import select

from db.models import Task
from huajie_desktop.journal import history
from huajie_desktop.receiving.previews import CLEAR, INSERT, OURS, THEIRS
from huajie_desktop.work.review import approve, submit
from tests.office import TEXTS, contents, enter
from tests.tasks import form_texts, save_task
from tests.test_templates import FIRST, columns, fill, template
from tests.ui.hands import LAMP, book, wait
from tests.ui.keys import CTRL, press


def village(app, tmp_path):
    """A template with one row of every kind: changed, changed on both sides, emptied cell, approved, removed, new, the same."""
    for title in ("路灯安装", "公厕改造", "绿道建设", "凉亭修缮", "村史馆布展", "文化礼堂改造"):
        enter(app, title=title, remarks="镇里的备注")
    submit(app, [4])
    approve(app, [4])
    file = template(app, tmp_path)
    save_task(app, 2, {**TEXTS, "title": "公厕改造", "due": "7月底前", "remarks": "镇里的备注"})

    def remove(page):
        place = columns(page)
        page.delete_rows(FIRST + 4)
        for key, text in (("title", "新建停车场"), ("category", "文明环境"), ("due", "10月底前"), ("responsible", "张三")):
            page.cell(FIRST + 5, place[key]).value = text

    changes = [(0, "due", "9月底前"), (0, "investment", 15), (1, "due", "10月底前"), (2, "remarks", None), (3, "due", "10月底前")]
    return fill(file, *changes, page_changes=remove)


def shown(page):
    """State and changes of the rows in sight."""
    model = page.pane.rows.table.model
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    at = [heads.index("状态"), heads.index("任务名称"), heads.index("变化")]
    return [tuple(model.index(row, column).data() for column in at) for row in range(model.rowCount())]


def go_to(page, title):
    row = next(row for row in page.pane.rows.rows if row.record.title == title)
    page.pane.rows.problems.setChecked(False)
    assert page.pane.rows.go_to(row)
    return row


def buttons(page, key):
    return {str(button.property("side")): button for button in page.pane.detail.decisions.groups[key].buttons()}


def grab(page, name):
    """A picture for people, where they ask for it."""
    if folder := os.environ.get("PICTURES"):
        QApplication.processEvents()
        page.window().grab().save(str(Path(folder) / f"{name}.png"))


def test_every_kind_of_row_is_shown_with_what_it_changes_and_unchanged_ones_are_folded(page, read, app, tmp_path):
    read(village(app, tmp_path))
    page.pane.rows.problems.setChecked(False)
    assert shown(page) == [
        ("有修改", "路灯安装", "完成时限 2021-08-31 → 2021-09-30；计划投资 12.5 → 15"),
        ("两边都改了", "公厕改造", "完成时限（待定） 2021-07-31 → 2021-10-31"),
        ("已确认", "凉亭修缮", "完成时限 2021-08-31 → 2021-10-31"),
        ("新任务", "新建停车场", ""),
        ("表里没有", "村史馆布展", "保留"),
    ]
    assert page.apply.text() == "导入：新增 1、修改 1"
    assert not page.apply.isEnabled()
    assert "1 行要决定" in page._blocked.text()
    assert page.pane.options.blank.isVisible()
    assert page.pane.options._blank_label.text() == "1 个空格子"
    page.pane.rows.tabs.button("same").click()
    assert [title for _state, title, _changes in shown(page)] == ["绿道建设", "文化礼堂改造"]
    page.pane.rows.tabs.button(None).click()
    go_to(page, "公厕改造")
    grab(page, "导入-预览")


@pytest.mark.parametrize(("side", "due"), [(THEIRS, "10月底前"), (OURS, "7月底前")])
def test_a_conflict_is_decided_by_keys(page, read, app, desk, qtbot, tmp_path, side, due):
    read(village(app, tmp_path))
    go_to(page, "公厕改造")
    page.pane.rows.setFocus()
    press(Qt.Key.Key_Return)  # into what is to be decided
    assert QApplication.focusWidget() in page.pane.detail.decisions.groups["due"].buttons()
    if side == OURS:
        QApplication.processEvents()  # the buttons stand side by side only when they are laid out
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert page.apply.isEnabled()
    page.apply.trigger()
    wait(qtbot, desk)
    with app.reading() as session:
        assert form_texts(session, 2)["due"] == due
        assert session.get_one(Task, 4).due.month == 8, "the approved one stays"


def test_all_selected_rows_are_decided_at_once_and_a_row_can_be_typed_right(page, read, app, tmp_path):
    read(village(app, tmp_path))
    row = go_to(page, "公厕改造")
    page.pane.deciding.ours.trigger()
    assert row.action == "same"
    page.pane.deciding.theirs.trigger()
    assert row.action == "change"
    page.pane.detail.boxes["due"].editor.set_value("8月15日")
    page.pane.detail.commit()
    assert [change.new for change in row.changes] == ["2021-08-15"]


def test_empty_cells_keep_until_the_clerk_clears_and_approved_ones_until_unlocked(page, read, app, desk, qtbot, tmp_path):
    read(village(app, tmp_path))
    options = page.pane.options
    options.blank.setCurrentIndex(options.blank.findData(CLEAR))
    options.blank.activated.emit(1)
    assert go_to(page, "绿道建设").action == "change"
    buttons(page, "remarks")[OURS].click()
    assert go_to(page, "绿道建设").action == "same"
    assert options.unlock.text() == "已确认的 1 项也修改（改后重新审核）"
    options.unlock.click()
    assert go_to(page, "凉亭修缮").status == "change"
    go_to(page, "公厕改造")
    page.pane.deciding.ours.trigger()
    page.apply.trigger()
    wait(qtbot, desk)
    with app.reading() as session:
        assert session.scalars(select(Task.state).where(Task.id == 4)).one() == "submitted"
        assert session.get_one(Task, 3).remarks == "镇里的备注"


def test_what_is_gone_is_closed_on_the_clerks_word_and_all_comes_back(page, read, app, desk, qtbot, tmp_path):
    read(village(app, tmp_path))
    before = contents(app)
    row = go_to(page, "村史馆布展")
    buttons(page, "")["close"].click()
    assert page.apply.text() == "导入：新增 1、修改 1、撤下 1"
    go_to(page, "村史馆布展")
    page.pane.deciding.stay.trigger()
    assert not any(found.closing for found in page.preview.rows)
    go_to(page, "村史馆布展")
    page.pane.deciding.close.trigger()
    go_to(page, "公厕改造")
    page.pane.deciding.theirs.trigger()
    page.apply.trigger()
    wait(qtbot, desk)
    assert page.result.sentence.text() == "导入 1 项任务，修改 2 项，撤下 1 项，2 项已有，未改动，1 行未导入。"
    with app.reading() as session:
        assert row.record.title not in session.scalars(select(Task.title)).all()
    history.undo(app, [page.outcome.changes.operation_id])
    assert contents(app) == before


def test_only_new_rows_if_that_is_wanted(page, read, app, tmp_path):
    preview = read(village(app, tmp_path))
    options = page.pane.options
    options.mode.setCurrentIndex(options.mode.findData(INSERT))
    options.mode.activated.emit(1)
    assert preview.mode == INSERT
    go_to(page, "公厕改造")
    page.pane.deciding.ours.trigger()
    assert page.apply.text() == "导入 1 项"


def test_an_alike_name_is_asked_and_answered(page, read, app, tmp_path):
    enter(app, title="穿村段公路路灯安装工程")
    enter(app, title="穿村段公路路灯安装工作")
    read(book(tmp_path / "倪宅.xlsx", [LAMP[0], "穿村段公路路灯安装工程项目", *LAMP[2:]]))
    [row] = page.pane.rows.rows
    assert shown(page) == [("请选是哪条", "穿村段公路路灯安装工程项目", "像“穿村段公路路灯安装工程”等 2 条")]
    grab(page, "导入-选哪条")
    page.pane.rows.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert (row.target, row.action) == (2, "change")
    buttons(page, "")["0"].click()
    assert (row.target, row.action) == (None, "new")


def test_a_row_of_our_template_that_may_be_two_records_shows_both_readings_and_is_answered_by_keys(page, read, app, tmp_path):
    for title, content in (("路灯安装", "装12盏"), ("公厕改造", "改3座")):
        enter(app, title=title, content=content)
    read(fill(template(app, tmp_path), (0, "title", "公厕改造"), (1, "title", "路灯安装")))
    both = "按名称是“公厕改造”，按编号是“路灯安装”"
    assert shown(page)[0] == ("请选是哪条", "公厕改造", both)
    assert [button.text() for button in buttons(page, "").values()] == [*both.split("，"), "都不是，作为新增"]
    page.pane.rows.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    row = page.pane.rows.rows[0]
    assert (row.target, row.action, [change.key for change in row.changes]) == (1, "change", ["title"])


def test_faults_are_sent_back_as_a_workbook(page, read, desk, qtbot, tmp_path, monkeypatch):
    read(book(tmp_path / "倪宅.xlsx", LAMP, ["其他", "公厕改造", "", -5, "", "尽快"]))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "退回"))
    press(Qt.Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)
    wait(qtbot, desk)
    made = tmp_path / "退回" / "倪宅（请修改）.xlsx"
    assert [sheet.title for sheet in load_workbook(made).worksheets] == ["填报问题", "Sheet"]
