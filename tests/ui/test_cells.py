"""The list as a spreadsheet: typing into cells, one value for all selected rows, filling down and right."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records.personal_marks import MARK, mark_records
from huajie_desktop.records.sums import added
from huajie_desktop.settings import TWICE, keep_rule
from huajie_desktop.work import review
from tests import tasks
from tests.office import enter
from tests.ui import keys as pressed
from tests.ui.hands import answer
from tests.ui.keys import CTRL, SHIFT, type_text
from ui.desk.desk import Desk
from ui.lists.find_and_replace import ReplaceDialog
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.bars import StatusBar
from ui.shell.window import Window

TITLES = ["路灯", "绿化", "公厕", "道路", "水渠"]
count = 0


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = pressed.NONE) -> None:
    """Counts the keys that are pressed; a typed text is one."""
    global count
    count += 1
    pressed.press(key, modifiers)
    QApplication.processEvents()


@pytest.fixture
def page(window: Window, desk: Desk) -> ChecklistPage:
    for title in TITLES:
        enter(desk.seat, title=title, investment="8")
    window.visit("checklist")
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    found.table.setFocus()
    return found


def column(page: ChecklistPage, key: str) -> int:
    return [column.key for column in page.table.model.columns].index(key)


def choose(page: ChecklistPage, key: str, rows: int = len(TITLES)) -> None:
    """Shift+Down from the cell of the first row, as by hand."""
    page.table.put_cursor(0, column(page, key))
    for _ in range(rows - 1):
        pressed.press(Qt.Key.Key_Down, SHIFT)
    assert len(page.table.selected_ids()) == rows


def texts(desk: Desk, page: ChecklistPage, key: str) -> list[str]:
    with desk.reading() as session:
        return [tasks.form_texts(session, task_id)[key] for task_id in page.table.ids]


@pytest.fixture
def said(desk: Desk) -> list[str]:
    sentences: list[str] = []
    desk.said.connect(lambda _kind, sentence, *_rest: sentences.append(sentence))
    return sentences


def test_a_day_in_five_tasks_takes_two_keys_and_is_one_step(page: ChecklistPage, desk: Desk, said: list[str]) -> None:
    global count
    choose(page, "due")
    chosen = page.table.selected_ids()
    count = 1  # what is typed
    type_text("9月底")
    press(Qt.Key.Key_Return, CTRL)
    assert count <= 4
    assert texts(desk, page, "due") == ["9月底"] * 5
    assert said[-1] == "已把 5 项的完成时限改为“9月底”。"
    assert page.table.selected_ids() == chosen, "they can be changed further"
    assert QApplication.focusWidget() is page.table.view
    desk.undo()
    assert texts(desk, page, "due") == ["8月底前"] * 5
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_A, CTRL)
    type_text("10月底")
    press(Qt.Key.Key_Return, CTRL)
    assert texts(desk, page, "due") == ["10月底"] * 5
    assert count == 5  # 2 before, F2, Ctrl+A, Ctrl+Enter; what was typed beside


def test_locked_rows_are_left_and_named_and_a_choice_goes_by_its_list(page: ChecklistPage, desk: Desk, said: list[str]) -> None:
    locked = page.table.ids[1]
    desk.do(review.submit, [locked])
    desk.do(review.approve, [locked])
    choose(page, "category")
    type_text("文明")
    editor = QApplication.focusWidget()
    assert editor.list_open
    press(Qt.Key.Key_Return, CTRL)
    assert texts(desk, page, "category") == ["文明环境", "干事承诺", *["文明环境"] * 3]
    assert said[-1].startswith("已把 4 项的类别改为“文明环境”；没有改：倪宅村的任务“绿化”（已确认")


def test_what_cannot_be_read_stays_in_the_cell_and_all_stay_chosen(page: ChecklistPage, desk: Desk, said: list[str]) -> None:
    choose(page, "investment", 3)
    type_text("8..5")
    press(Qt.Key.Key_Return, CTRL)
    assert said[-1].startswith("没有保存")
    assert QApplication.focusWidget().value() == "8..5"
    assert len(page.table.selected_ids()) == 3
    press(Qt.Key.Key_Escape)
    assert texts(desk, page, "investment") == ["8"] * 5


def test_typing_replaces_and_enter_goes_down(page: ChecklistPage, desk: Desk) -> None:
    page.table.put_cursor(0, column(page, "investment"))
    type_text("6")
    assert QApplication.focusWidget().value() == "6"
    press(Qt.Key.Key_Return)
    type_text("7.5")
    press(Qt.Key.Key_Tab)
    assert page.table.view.currentIndex().row() == 1
    page.table.put_cursor(2, column(page, "title"))
    type_text("公共厕所")  # as an input method commits it
    press(Qt.Key.Key_Return)
    assert texts(desk, page, "investment") == ["6", "7.5", "8", "8", "8"]
    assert texts(desk, page, "title")[2] == "公共厕所"


def test_a_double_click_edits_a_cell_and_opens_the_record_at_its_name(page: ChecklistPage, desk: Desk) -> None:
    view = page.table.view

    def click_twice(row: int, key: str) -> None:
        place = view.visualRect(page.table.model.index(row, column(page, key))).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click_twice(1, "due")
    assert QApplication.focusWidget().value() == "8月底前"
    press(Qt.Key.Key_Escape)
    click_twice(1, "title")
    assert page.form.record_id == page.table.ids[1]
    desk.do(review.submit, [page.table.ids[2]])
    desk.do(review.approve, [page.table.ids[2]])
    click_twice(2, "due")
    assert page.form.record_id == page.table.ids[2], "what is locked cannot be edited: the card says why"


def test_down_and_right_are_filled_as_in_a_spreadsheet(page: ChecklistPage, desk: Desk, said: list[str]) -> None:
    page.table.put_cursor(0, column(page, "due"))
    type_text("7月15日")
    press(Qt.Key.Key_Return)
    choose(page, "due", 3)
    press(Qt.Key.Key_D, CTRL)
    assert texts(desk, page, "due") == ["7月15日"] * 3 + ["8月底前"] * 2
    assert said[-1] == "已把 2 项的完成时限改为“7月15日”。"
    page.table.put_cursor(3, column(page, "due"))
    press(Qt.Key.Key_D, CTRL)
    assert texts(desk, page, "due")[3] == "7月15日", "of one row alone the one above is copied"
    page.list.columns.keep(("title", "remarks", "content", "finished_on", "start"))
    choose(page, "start", 2)
    press(Qt.Key.Key_R, CTRL)
    assert texts(desk, page, "start")[:2] == ["", ""]
    page.table.put_cursor(0, column(page, "finished_on"))
    press(Qt.Key.Key_R, CTRL)
    assert "不是同一种内容" in said[-1]
    page.list.columns.keep(("title", "content", "remarks"))
    choose(page, "remarks", 2)
    press(Qt.Key.Key_R, CTRL)
    assert texts(desk, page, "remarks") == ["沿线安装路灯12盏"] * 2 + [""] * 3
    desk.undo()
    assert texts(desk, page, "remarks") == [""] * 5
    page.table.view.setColumnHidden(column(page, "content"), True)
    choose(page, "remarks", 2)
    press(Qt.Key.Key_R, CTRL)
    assert "左边的“任务名称”" in said[-1], "as one sees it"


def test_heads_of_groups_are_no_records(page: ChecklistPage, desk: Desk) -> None:
    other = enter(desk.seat, title="植树", category="文明环境", due="3月12日")
    page.list.load()
    page.list.groups.set_value("category")
    page.list.groups.chosen.emit("category")
    page.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    assert sorted(page.table.selected_ids()) == sorted(page.table.ids)
    assert page.table.ids[-1] == other, "the first of its group"
    page.table.put_cursor(page.table.model.row_of(other), column(page, "due"))
    press(Qt.Key.Key_D, CTRL)
    assert texts(desk, page, "due") == ["8月底前"] * 6, "above it is a record, not the head"


def test_the_cursor_goes_sideways_and_the_rows_stay_selected(page: ChecklistPage) -> None:
    choose(page, "title", 3)
    before = page.table.view.currentIndex().column()
    press(Qt.Key.Key_Right)
    assert page.table.view.currentIndex().column() > before
    assert len(page.table.selected_ids()) == 3


def test_amounts_in_cells_are_keyed_in_twice_where_the_office_asks(page: ChecklistPage, desk: Desk, monkeypatch) -> None:
    keep_rule(desk.seat, TWICE, "1")
    asked: list[str] = []
    monkeypatch.setattr("ui.lists.keyed_twice.key_in_again", lambda _parent, _desk, fields, first: asked.extend(fields) or first)
    choose(page, "investment", 2)
    type_text("9")
    press(Qt.Key.Key_Return, CTRL)
    assert asked == ["investment"]
    assert texts(desk, page, "investment") == ["9", "9", "8", "8", "8"]


def test_the_status_bar_adds_up_the_selected_rows_to_the_last_digit(
    page: ChecklistPage, desk: Desk, window: Window, qtbot
) -> None:
    for row, amount in enumerate(["0.1", "0.2", "12.3456", "", "100"]):
        tasks.save_task(desk.seat, page.table.ids[row], {"investment": amount})
    page.refresh(None)
    bar = window.status.findChildren(QLabel)

    def shown(words: str) -> bool:
        return words in [label.text() for label in bar]

    qtbot.waitUntil(lambda: shown("列出 5 项 · 计划投资合计 112.6456 万元"))
    choose(page, "title", 3)
    qtbot.waitUntil(lambda: shown("选中 3 项 · 计划投资合计 12.6456 万元"))
    press(Qt.Key.Key_A, CTRL)
    qtbot.waitUntil(lambda: shown("选中 5 项 · 计划投资合计 112.6456 万元"))
    page.list.columns.keep(("title", "due"))
    page.table.step(0)
    qtbot.waitUntil(lambda: shown("列出 5 项"))
    window.visit("home")
    assert not shown("列出 5 项")


def test_ages_shares_and_what_is_told_anew_are_not_added_up() -> None:
    disputes = LEDGERS["disputes"]
    assert [field.key for field in added(disputes, ["party_a_age", "people", "amount"])] == ["people", "amount"]
    assert added(LEDGERS["progress"], ["percent", "invested"]) == [], "what was spent is told anew every month"


def test_a_column_goes_to_the_clipboard_and_comes_back(
    page: ChecklistPage, desk: Desk, said: list[str], window: Window, qtbot
) -> None:
    tasks.save_task(desk.seat, page.table.ids[0], {"title": "=路灯", "due": "2021-09-30"})
    choose(page, "title", 2)
    press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "'=路灯\n绿化\n", "no program takes it for a formula"
    press(Qt.Key.Key_C, CTRL | SHIFT)
    header, first, _second = QApplication.clipboard().text().strip().split("\n")
    assert "任务名称" in header.split("\t")
    assert first.split("\t")[header.split("\t").index("完成时限")] == "2021-09-30"
    page.list.columns.keep(("title", "remarks"))
    choose(page, "remarks", 2)
    press(Qt.Key.Key_V, CTRL)
    assert "一次只能粘贴" in said[-1]
    QApplication.clipboard().setText("甲\n'=乙\n丙\n")
    press(Qt.Key.Key_V, CTRL)
    assert "对不上" in said[-1]
    page.table.put_cursor(1, column(page, "remarks"))
    answer("写进 3 行")
    press(Qt.Key.Key_V, CTRL)
    assert texts(desk, page, "remarks") == ["", "甲", "=乙", "丙", ""]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.clipboard().setText("同样")
    choose(page, "remarks")
    press(Qt.Key.Key_V, CTRL)
    assert texts(desk, page, "remarks") == ["同样"] * 5
    desk.undo()
    desk.undo()
    assert texts(desk, page, "remarks") == [""] * 5


def test_words_are_replaced_after_a_look_at_each_place(page: ChecklistPage, desk: Desk, said: list[str]) -> None:
    before = texts(desk, page, "content")
    dialog = ReplaceDialog(page, desk, page.list.ledger, page.table.ids[:2], page.table.ids)
    dialog.show()
    assert dialog.only.isChecked()
    dialog.every.setChecked(True)
    dialog.sought.setText("\u202e路灯１２盏")
    dialog.by.setText("路灯20盏")
    QTest.keyClick(dialog.sought, Qt.Key.Key_Return)
    assert dialog.places.rowCount() == 5
    assert QApplication.activePopupWidget() is None, "Enter is not for the button beside"
    assert dialog.places.item(0, 4).text() == "沿线安装路灯20盏"
    assert dialog.places.isColumnHidden(5), "all can be changed"
    dialog.places.setCurrentCell(1, 1)
    QTest.keyClick(dialog.places, Qt.Key.Key_Space)
    assert dialog.replace.text() == "替换 4 处"
    dialog.exact.setChecked(True)
    assert not dialog.replace.isEnabled(), "what was found no longer holds"
    assert "找到" not in dialog.said.text()
    QTest.keyClick(dialog.sought, Qt.Key.Key_Return)
    assert "没有找到" in dialog.said.text()
    dialog.exact.setChecked(False)
    dialog.find()
    page.list.in_place.selected.replace(dialog.places.chosen()[:4], "替换")
    dialog.deleteLater()
    assert texts(desk, page, "content") == ["沿线安装路灯20盏"] * 4 + before[4:]
    assert said[-1] == "已把 4 项的文字替换好。"
    desk.undo()
    assert texts(desk, page, "content") == before


def test_a_sign_moves_the_day_a_cell_says(page: ChecklistPage, desk: Desk) -> None:
    choose(page, "due", 2)
    type_text("9.30")
    press(Qt.Key.Key_Return, CTRL)
    page.table.put_cursor(0, column(page, "due"))
    type_text("+")
    assert QApplication.focusWidget().said == "2021年10月1日 星期五"
    press(Qt.Key.Key_Return)
    type_text("-7")
    press(Qt.Key.Key_Return)
    assert texts(desk, page, "due")[:2] == ["2021年10月1日", "2021年9月23日"]


def test_the_cursor_stays_in_its_column_when_others_come_and_go(page: ChecklistPage, desk: Desk) -> None:
    page.table.put_cursor(1, column(page, "due"))
    mark_records(desk.seat, page.table.ids[:1], page.list.ledger, "star")
    page.list.columns.load()
    assert page.table.model.columns[0].key == MARK
    assert page.table.view.currentIndex().column() == column(page, "due")
    page.list.columns.keep(["title", "investment"])
    assert page.table.view.currentIndex().isValid()


def test_words_give_way_before_a_figure_is_cut(page: ChecklistPage, desk: Desk, window: Window) -> None:
    for row, title in enumerate(
        ("大寒山旅游发展概念性规划编制和评审工作", "清泉寺控制性规划编制和评审工作以及论证", "美丽城镇三美融合综合体")
    ):
        page.table.put_cursor(row, column(page, "title"))
        type_text(title)
        press(Qt.Key.Key_Return)
    window.resize(1000, 700)
    desk.undo()
    page.list.sums.add_up()
    QApplication.processEvents()
    bar = window.findChild(StatusBar)
    assert "计划投资合计" in bar._counted.text()
    assert bar._happened.property("cut")
    assert not bar._counted.property("cut")


def test_the_sum_is_that_of_the_listed_rows_whatever_they_were_looked_for_by(page: ChecklistPage, desk: Desk) -> None:
    """A filter every list has (what an operation left, what a number of home counts), and a name written as it sounds."""
    counted: list[str] = []
    desk.counted.connect(counted.append)
    for look_for in (lambda: page.filters.show_left(page.table.ids[:2]), lambda: page.filters.show_wanted("露灯", {})):
        page.filters.clear_action.trigger()
        look_for()
        page.list.sums.add_up()
        assert counted[-1] == f"列出 {page.table.count} 项 · 计划投资合计 {8 * page.table.count} 万元"
        assert 0 < page.table.count < len(TITLES)


def test_what_an_input_method_composed_stays_in_the_cell_when_it_is_refused(page: ChecklistPage, said: list[str]) -> None:
    page.table.put_cursor(0, column(page, "category"))
    for composed, committed in (("dao lu", ""), ("道路", ""), ("", "道路")):
        event = QInputMethodEvent(composed, [])
        event.setCommitString(committed)
        QApplication.sendEvent(page.table.view if page.table.view.hand.editor is None else QApplication.focusWidget(), event)
    late = QInputMethodEvent("", [])  # the view may be told of it, too
    QApplication.sendEvent(page.table.view, late)
    assert QApplication.focusWidget().value() == "道路"
    press(Qt.Key.Key_Return)
    assert said[-1].startswith("没有保存")
    assert QApplication.focusWidget().value() == "道路"
    press(Qt.Key.Key_Escape)
