"""In every editor and search what sounds so is offered, marked, first; Enter and Tab take it, and nothing else does."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from huajie_desktop.work import review
from tests.office import enter
from tests.ui.keys import CTRL, SHIFT, press, type_text
from ui.widgets.building import put, upright
from ui.widgets.choice import Choice, ChoiceEdit
from ui.widgets.filters import ChoiceList


@pytest.fixture
def task(desk) -> int:
    enter(desk.seat, title="村口绿化", unit="金杜村", responsible="徐志军")
    return enter(desk.seat)


@pytest.fixture
def line(themed, qtbot) -> Iterator[ChoiceEdit]:
    window = QWidget()
    made, after = ChoiceEdit(), QLineEdit()  # Tab must have somewhere to go
    made.set_choices([Choice(place, name) for place, name in enumerate(("金杜村", "倪宅村", "尚仁村", "干事承诺"))])
    put(upright(window), made, after)
    qtbot.addWidget(window)
    window.resize(300, 120)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made.setFocus()
    yield made
    window.hide()


def rows(editor):
    """The list below an editor, and which row is marked."""
    popup = editor._completer.popup()
    return [tuple(row) for row in editor._rows.rows] if popup.isVisible() else [], popup.currentIndex().row()


def typed_into_form(window, key, text):
    """A new task, or the one that is being typed, the cursor in that field, the text typed."""
    page = window.pages["checklist"]
    if not page.list.form.isVisible():
        press(Qt.Key.Key_N, CTRL)
    page.list.form.focus(key)
    editor = QApplication.focusWidget()
    editor.clear()
    for part in text if text.isascii() else [text]:
        type_text(part)
    return editor


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
@pytest.mark.parametrize("typed", ["你寨", "nizhai", "niz", "你寨村"])
def test_enter_and_tab_take_the_same_suggestion(line, typed, key):
    type_text(typed)
    assert rows(line) == ([("倪宅村", "读音相近")], 0)
    press(key)
    assert line.text() == "倪宅村"
    assert not line.list_open


def test_why_it_is_offered_is_drawn_and_a_long_name_gives_way(line):
    line.set_choices([Choice(1, "倪宅村" + "很长的名字" * 12)])
    type_text("倪宅")
    popup = line._completer.popup()
    plain = popup.grab().toImage()
    line.clear()
    type_text("你寨")
    assert popup.horizontalScrollBar().maximum() == 0
    assert popup.visualRect(popup.model().index(0, 0)).width() == popup.viewport().width()
    assert popup.grab().toImage() != plain


def test_leaving_or_closing_the_list_takes_nothing_that_only_sounds_so(line):
    type_text("伤人")
    press(Qt.Key.Key_Escape)
    line.clearFocus()
    assert line.text() == "伤人"
    line.setFocus()
    press(Qt.Key.Key_Down)  # and the list comes again
    assert rows(line) == ([("尚仁村", "读音相近")], 0)


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_down_stays_on_the_only_suggestion_and_a_short_list_has_no_scroll_bar(line, steps):
    type_text("干事")
    assert rows(line)[0] == [("干事承诺", "")]
    popup = line._completer.popup()
    assert popup.verticalScrollBar().maximum() == 0
    assert not popup.verticalScrollBar().isVisible()
    for _ in range(steps):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert line.text() == "干事承诺"


def test_all_of_a_short_list_are_seen(line):
    press(Qt.Key.Key_Down)
    assert [name for name, _note in rows(line)[0]] == ["金杜村", "倪宅村", "尚仁村", "干事承诺"]
    assert not line._completer.popup().verticalScrollBar().isVisible()


def test_the_form_offers_units_and_says_who_would_be_new(window, task):
    window.visit("checklist")
    editor = typed_into_form(window, "unit", "金都")
    assert rows(editor) == ([("金杜村", "读音相近")], 0)
    press(Qt.Key.Key_Return)
    assert editor.text() == "金杜村"
    editor = typed_into_form(window, "responsible", "徐志君")
    assert rows(editor) == ([("徐志军", "读音相近"), ("徐志君", "新增人员")], 0)
    press(Qt.Key.Key_Return)
    assert editor.text() == "徐志军"
    editor = typed_into_form(window, "responsible", "徐志君")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert editor.text() == "徐志君"
    editor = typed_into_form(window, "responsible", "张三、徐志君")
    assert rows(editor)[0][0] == ("徐志军", "读音相近")
    press(Qt.Key.Key_Tab)
    assert editor.text() == "张三、徐志军"
    editor = typed_into_form(window, "responsible", "徐自军")
    assert rows(editor) == ([("徐志军", "读音相近"), ("徐自军", "新增人员")], -1), "nearly: shown, and Enter goes on"
    press(Qt.Key.Key_Return)
    assert editor.text() == "徐自军"
    editor = typed_into_form(window, "responsible", "赵新来")
    assert rows(editor) == ([], -1), "nobody near: said when it is saved"


def test_who_says_her_name_at_the_start_is_not_taken_for_another(themed, qtbot):
    name = ChoiceEdit(new_allowed=True)
    qtbot.addWidget(name)
    name.set_choices([Choice("徐志军", "徐志军")])
    with qtbot.waitExposed(name):
        name.show()
    name.activateWindow()
    name.setFocus()
    type_text("徐志君")
    assert rows(name) == ([("徐志军", "读音相近")], -1)
    press(Qt.Key.Key_Return)
    assert name.text() == "徐志君"


def test_people_of_one_name_stand_each_with_the_unit(window, desk, task):
    for unit in ("倪宅村", "金杜村"):
        enter(desk.seat, title=unit, unit=unit, responsible="李强")
    window.visit("checklist")
    editor = typed_into_form(window, "lead", "里墙")
    assert rows(editor)[0] == [("李强（倪宅村）", "读音相近"), ("李强（金杜村）", "读音相近"), ("里墙", "新增人员")]


@pytest.mark.parametrize(("typed", "hits"), [("你寨", 1), ("nizhai", 1), ("lu deng", 1), ("徐志君", 1), ("昵称刚", 1)])
def test_the_list_says_that_it_found_by_sound(window, task, qtbot, typed, hits):
    window.visit("checklist")
    page = window.pages["checklist"]
    press(Qt.Key.Key_F, CTRL)
    type_text(typed)
    qtbot.waitUntil(lambda: page.table.count == hits)
    assert page.list.filters._hits.text() == f"没有“{typed}”，按读音找到 {hits} 项"
    press(Qt.Key.Key_F, CTRL)
    type_text("绿化")
    qtbot.waitUntil(lambda: page.list.filters._hits.text() == "已筛选：1/2 项")


def test_the_search_of_the_window_marks_it(window, task, qtbot):
    palette = window.guide.palette
    for typed, heading, title in (("你寨", "单位", "倪宅村"), ("徐志君", "人员", "徐志军"), ("qingdan", "页面", "清单")):
        press(Qt.Key.Key_K, CTRL)
        type_text(typed)
        qtbot.waitUntil(lambda: not palette._pause.isActive())
        first = palette.rows.entries[0]
        assert (first.heading, first.title) == (heading, title)
        assert palette.view.currentIndex().data() == title
        assert ("读音相近" in first.detail) is (heading != "页面")
        press(Qt.Key.Key_Escape)


def test_the_list_closes_when_the_program_moves_the_focus(line):
    type_text("nzc")
    assert line.list_open
    line.window().findChildren(QLineEdit)[-1].setFocus()
    assert not line.hasFocus()
    assert not line.list_open
    assert line.text() == "倪宅村"  # left with what names one thing alone, it means that


def test_a_filter_at_the_foot_of_the_screen_opens_its_list_upwards(line):
    screen, names = line.screen().availableGeometry(), [Choice(place, f"{place}村") for place in range(20)]
    shown = ChoiceList(line, "单位")
    line.window().move(screen.right() - 60, screen.bottom() - 60)
    shown.open_at(names, None)
    assert screen.contains(shown.geometry())
    shown.hide()


def test_a_filter_offers_it(themed, qtbot, line):
    shown, picked = ChoiceList(line, "单位"), []
    shown.chosen.connect(picked.append)
    shown.open_at(line._choices, None)
    shown._typed.setText("你寨")
    assert [tuple(row) for row in shown._rows.rows] == [("倪宅村", "读音相近")]
    press(Qt.Key.Key_Return)
    assert picked == [1]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_cell_of_the_typed_table_and_one_in_place_offer_it(window, task, key):
    window.visit("checklist")
    page = window.pages["checklist"]
    page.table.go_to(task)
    keys = [column.key for column in page.table.model.columns]
    page.table.put_cursor(page.table.view.currentIndex().row(), keys.index("unit"))
    press(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    editor.clear()
    type_text("金都")
    assert rows(editor) == ([("金杜村", "读音相近")], 0)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_N, CTRL | SHIFT)
    table = page.entry
    table.view.put_cursor(0, table.view._model.keys.index("unit") + 1)
    type_text("你寨")
    press(key)
    assert table.table.text(0, "unit") == "倪宅村"


def test_the_tree_says_that_it_found_by_sound(window, task):
    window.visit("organisation")
    tree = window.pages["organisation"].tree
    for typed, key, name in (("你寨", "unit", "倪宅村"), ("徐志君", "person", "徐志军")):
        press(Qt.Key.Key_F, CTRL)
        tree.search.selectAll()
        type_text(typed)
        assert tree.key[0] == key
        assert tree.view.currentIndex().siblingAtColumn(0).data() == name
        assert tree._hits.text() == f"没有“{typed}”，按读音找到"


def test_papers_are_found_for_it(window, desk, task):
    review.submit(desk.seat, [task, task - 1])
    review.approve(desk.seat, [task, task - 1])
    window.visit("papers")
    making = window.pages["papers"].making
    making.search.setText("金都")
    assert [line.name for row, line in enumerate(making.subjects._lines) if not making.subjects.isRowHidden(row)] == ["金杜村"]
