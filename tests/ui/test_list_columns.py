"""The list as each person wants it: columns, kept filters, groups with subtotals, cells changed in place."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from huajie_desktop.settings import habit
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import review, saved_filters
from huajie_desktop.work.checklist import TaskFilter
from huajie_desktop.work.task_ledger import TASKS
from tests import tasks
from tests.ui.hands import answer
from tests.ui.keys import CTRL, SHIFT, press, type_text
from ui.desk.desk import Desk
from ui.lists.columns import ColumnsDialog
from ui.lists.kept_names import KeptFilters
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window

TEXTS = {"content": "内容", "category": "干事承诺", "responsible": "张三", "investment": "10"}


def add(desk: Desk, title: str, unit: str, due: str, **more: str) -> int:
    return tasks.save_task(desk.seat, None, {**TEXTS, "title": title, "unit": unit, "due": due, **more}).record_id


@pytest.fixture
def page(window: Window, desk: Desk) -> ChecklistPage:
    add(desk, "路灯", "倪宅村", "8月底")
    add(desk, "绿化", "金杜村", "3月12日", category="文明环境", responsible="", key_project="是")
    add(desk, "公厕", "倪宅村", "3月1日")
    window.visit("checklist")
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    return found


def shown(page: ChecklistPage) -> list[str]:
    return [column.key for column in page.table.model.columns]


def cells(page: ChecklistPage, column: int = 0) -> list[str]:
    model = page.table.model
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def titles(page: ChecklistPage) -> list[str]:
    with page.desk.reading() as session:
        return [tasks.form_texts(session, task_id)["title"] for task_id in page.table.ids]


def test_columns_are_chosen_by_keyboard_and_remembered_for_the_person(page: ChecklistPage, desk: Desk) -> None:
    dialog = ColumnsDialog(page, TASKS, TASKS.shown.columns)
    dialog.show()
    keys = [dialog.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(dialog.list.count())]
    assert set(keys) == set(TASKS.fields)
    dialog.list.setCurrentRow(keys.index("number"))
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.list.setCurrentRow(keys.index("lead"))
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    for _ in range(keys.index("lead")):
        QTest.keyClick(dialog.list, Qt.Key.Key_Up, CTRL)
    dialog.accept()
    assert dialog.keys[0] == "lead"
    assert "number" not in dialog.keys
    dialog.deleteLater()
    page.list.columns.keep(dialog.keys)
    assert shown(page) == [*dialog.keys, "light"]  # what is judged stands behind them
    with desk.reading() as session:
        assert habit(session, "columns/tasks") == dialog.keys
    with come_in(desk.seat.data, "李四").reading() as session:
        assert habit(session, "columns/tasks") is None


def test_the_name_cannot_be_taken_away(page: ChecklistPage) -> None:
    dialog = ColumnsDialog(page, TASKS, TASKS.shown.columns)
    dialog.show()
    dialog.list.setCurrentRow(TASKS.shown.columns.index("title"))
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert "title" in dialog.keys
    dialog.reject()
    dialog.deleteLater()


def test_every_declared_field_can_be_a_column_and_sorted_by(page: ChecklistPage) -> None:
    page.list.columns.keep(list(TASKS.fields))
    assert len(shown(page)) == len(TASKS.fields) + 1  # and the light
    assert "路灯" in cells(page, shown(page).index("title"))
    for column in page.table.model.columns:
        if column.sortable:
            page.table.sorted.emit(column.key, True)
    assert len(titles(page)) == 3


def test_a_dragged_header_is_the_new_order(page: ChecklistPage) -> None:
    header = page.table.view.horizontalHeader()
    header.moveSection(header.visualIndex(1), 0)
    QApplication.processEvents()
    assert shown(page)[:2] == ["title", "number"]
    assert [header.visualIndex(place) for place in range(header.count())] == list(range(header.count()))


def test_selection_and_cursor_stay_while_columns_change(page: ChecklistPage) -> None:
    chosen = page.table.model.ids[1]
    page.table.go_to(chosen)
    page.list.columns.keep(["title", "lead"])
    assert page.table.selected_ids() == [chosen]
    assert page.table.current_id() == chosen


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("本周到期", ["绿化"]),
        ("已过时限", ["公厕"]),
        ("未落实责任人", ["绿化"]),
        ("重点工程", ["绿化"]),
        ("没有时限", []),
        ("待我修改（退回）", ["路灯"]),
    ],
)
def test_built_in_filters_are_a_choice_away(page: ChecklistPage, desk: Desk, name: str, found: list[str]) -> None:
    ids = {title: task_id for title, task_id in zip(titles(page), page.table.ids, strict=True)}
    desk.do(review.submit, [ids["路灯"]])
    desk.do(review.send_back, [ids["路灯"]], "再想想")
    page.filters.chips["named"].chosen.emit(name)
    assert titles(page) == found
    assert page.filters.chips["named"].value == name
    press(Qt.Key.Key_F, CTRL | SHIFT)
    assert page.filters.wanted == TaskFilter(state="returned" if "退回" in name else None)


def test_own_filters_are_kept_renamed_and_removed_by_keyboard(page: ChecklistPage, desk: Desk) -> None:
    page.filters.search.setText("路灯")
    page.filters._announce()
    dialog = KeptFilters(page, desk, page.filters.wanted)
    dialog.show()
    dialog.name.setText("我的路灯")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    page.filters.load_choices()
    page.filters.clear()
    page.filters.chips["named"].chosen.emit("我的路灯")
    assert titles(page) == ["路灯"]
    dialog = KeptFilters(page, desk, page.filters.wanted)
    dialog.kept.setCurrentRow(0)
    dialog.name.setText("重点工程")
    dialog._rename.click()
    assert "程序自带" in dialog._error.text()
    dialog.name.setText("灯")
    dialog._rename.click()
    with desk.reading() as session:
        assert list(saved_filters.own(session)) == ["灯"]
    with come_in(desk.seat.data, "李四").reading() as session:
        assert saved_filters.own(session) == {}
    dialog.kept.setCurrentRow(0)
    dialog._remove.click()
    with desk.reading() as session:
        assert saved_filters.own(session) == {}
    dialog._back.click()
    with desk.reading() as session:
        assert saved_filters.own(session) == {"灯": TaskFilter(text="路灯")}
    assert not dialog._back.isEnabled()
    dialog.deleteLater()


def test_a_kept_one_gives_its_place_only_when_that_was_said(page: ChecklistPage, desk: Desk) -> None:
    first, second, third = TaskFilter(text="路灯"), TaskFilter(text="绿化"), TaskFilter(text="公厕")
    saved_filters.keep(desk.seat, "灯", first)
    dialog = KeptFilters(page, desk, second)
    dialog.show()
    dialog.name.setText(" 灯 ")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert "已经有叫“灯”的筛选" in dialog._error.text()
    with desk.reading() as session:
        assert saved_filters.own(session) == {"灯": first}
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    with desk.reading() as session:
        assert saved_filters.own(session) == {"灯": second}
    saved_filters.keep(desk.seat, "厕", third)
    dialog = KeptFilters(page, desk, second)
    dialog.kept.setCurrentRow(0)
    dialog._remove.click()
    dialog.kept.setCurrentRow(0)
    dialog.name.setText("灯")
    dialog._rename.click()
    dialog._back.click()
    with desk.reading() as session:
        assert saved_filters.own(session) == {"灯": third}, "what has the name meanwhile stays"
    dialog.deleteLater()


def test_the_rarer_conditions_are_folded_until_they_are_used(page: ChecklistPage) -> None:
    assert not page.filters.chips["key_project"].isVisible()
    page.filters.set_wanted(TaskFilter(key_project=True))
    assert page.filters.chips["key_project"].isVisible()
    assert titles(page) == ["绿化"]
    page.filters.set_wanted(TaskFilter(nobody=True))
    assert page.filters.chips["responsible"].text().endswith("没有责任人")


def group(page: ChecklistPage, key: str | None) -> None:
    page.list.groups.set_value(key)
    page.list.groups.chosen.emit(key)


def test_groups_have_subtotals_and_are_never_selected(page: ChecklistPage) -> None:
    group(page, "unit")
    assert cells(page)[0] == "倪宅村 · 2 项 · 已确认 0 项 · 计划投资 20 万元"
    assert len(cells(page)) == 5
    assert page.table.count == 3
    page.table.view.selectAll()
    assert sorted(page.table.selected_ids()) == sorted(page.table.ids)
    group(page, None)
    assert len(cells(page)) == 3


def test_groups_fold_by_keyboard_and_unfold_for_a_record(page: ChecklistPage) -> None:
    group(page, "unit")
    page.table.setFocus()
    page.table.view.setCurrentIndex(page.table.model.index(0, 0))
    assert page.table.current_id() is None
    assert page.table.selected_ids() == []
    press(Qt.Key.Key_Left)
    assert len(cells(page)) == 3
    press(Qt.Key.Key_Return)
    assert len(cells(page)) == 5
    page.table.fold_all(True)
    assert len(cells(page)) == 2
    assert page.table.go_to(page.table.ids[0])
    assert page.table.current_id() == page.table.ids[0]


def test_a_click_folds_a_group(page: ChecklistPage) -> None:
    group(page, "category")
    place = page.table.view.visualRect(page.table.model.index(0, 0)).center()
    QTest.mouseClick(page.table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(cells(page)) < 5


def test_a_cell_is_changed_in_place_and_the_cursor_goes_down(page: ChecklistPage, desk: Desk) -> None:
    page.table.setFocus()
    first, second = page.table.ids[:2]
    page.table.put_cursor(0, shown(page).index("due"))
    press(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor.value() == "8月底"
    editor.selectAll()
    type_text("10月底")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    with desk.reading() as session:
        assert tasks.form_texts(session, first)["due"] == "10月底"
    assert page.table.current_id() == second
    desk.undo()
    with desk.reading() as session:
        assert tasks.form_texts(session, first)["due"] == "8月底"


def test_what_cannot_be_read_stays_in_the_cell(page: ChecklistPage, desk: Desk) -> None:
    said: list[str] = []
    desk.said.connect(lambda _kind, sentence, *_rest: said.append(sentence))
    page.table.setFocus()
    page.table.put_cursor(0, shown(page).index("due"))
    press(Qt.Key.Key_F2)
    QApplication.focusWidget().selectAll()
    type_text("改天")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert "没有保存" in said[-1]
    assert QApplication.focusWidget().value() == "改天"
    press(Qt.Key.Key_Escape)
    with desk.reading() as session:
        assert tasks.form_texts(session, page.table.ids[0])["due"] == "8月底"


def test_a_doubt_about_a_cell_is_said_and_a_sentence_goes_when_it_is_no_longer_true(page: ChecklistPage, desk: Desk) -> None:
    said: list[str] = []
    desk.said.connect(lambda _kind, sentence, *_rest: said.append(sentence))

    def type_in(text: str) -> None:
        page.table.setFocus()
        page.table.put_cursor(0, shown(page).index("investment"))
        press(Qt.Key.Key_F2)
        QApplication.focusWidget().selectAll()
        type_text(text)
        press(Qt.Key.Key_Return)
        QApplication.processEvents()

    type_in("一百多万")
    assert "不是准确数" in said[-1]
    type_in("12..5")
    assert "没有保存" in said[-1]
    press(Qt.Key.Key_Escape)
    with desk.reading() as session:
        assert tasks.form_texts(session, page.table.ids[0])["investment"] == "100"
    type_in("12。5")
    assert said[-1].startswith("已保存")
    with desk.reading() as session:
        assert tasks.form_texts(session, page.table.ids[0])["investment"] == "12.5"


def test_an_approved_row_says_why_not(page: ChecklistPage, desk: Desk) -> None:
    said: list[str] = []
    desk.said.connect(lambda _kind, sentence, *_rest: said.append(sentence))
    desk.do(review.submit, [page.table.ids[0]])
    desk.do(review.approve, [page.table.ids[0]])
    page.table.setFocus()
    page.table.put_cursor(0, shown(page).index("due"))
    press(Qt.Key.Key_F2)
    assert said[-1] == "这项任务已确认，不能直接修改。请先退回，改好后再提交审核。"
    page.table.put_cursor(1, shown(page).index("state"))
    press(Qt.Key.Key_F2)
    assert "由程序填写" in said[-1]
    assert QApplication.focusWidget() is page.table.view


def test_when_an_approved_task_was_done_is_typed_into_its_cell(page: ChecklistPage, desk: Desk) -> None:
    first = page.table.ids[0]
    desk.do(review.submit, [first])
    desk.do(review.approve, [first])
    page.list.columns.keep(("title", "finished_on", "state"))
    page.table.setFocus()
    page.table.put_cursor(0, shown(page).index("finished_on"))
    press(Qt.Key.Key_F2)
    type_text("2021-02-20")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    with desk.reading() as session:
        assert tasks.form_texts(session, first)["finished_on"] == "2021-02-20"
    assert page.table.current_id() == page.table.ids[1]


def test_an_arrow_stands_only_at_the_column_the_list_goes_by(page: ChecklistPage, desk: Desk) -> None:
    add(desk, "修渠", "倪宅村", "3月1日", responsible="李强、安平", milestones="6月底 完成招标")
    page.list.columns.keep([*shown(page), "milestones"])
    header = page.table.view.horizontalHeader()

    def click(key: str) -> None:
        place = shown(page).index(key)
        x = header.sectionViewportPosition(place) + 9
        page.table.view.horizontalScrollBar().setValue(0)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, header.height() // 2))

    click("responsible")
    people = [text for text in cells(page, shown(page).index("responsible"))]
    assert people == ["李强、安平", "张三", "张三", ""]
    assert header.sortIndicatorSection() == shown(page).index("responsible")
    click("milestones")
    assert header.sortIndicatorSection() == shown(page).index("responsible"), "the list still goes by that one"
    assert cells(page, shown(page).index("responsible")) == people


def test_the_usual_columns_are_all_shown_once_they_were_chosen(page: ChecklistPage, window: Window) -> None:
    window.resize(1000, 700)
    header = page.table.view.horizontalHeader()

    def hidden() -> list[str]:
        return [key for place, key in enumerate(shown(page)) if header.isSectionHidden(place)]

    assert hidden(), "too narrow for all of them"
    answer("确定")
    page.list.columns.choose()
    assert hidden() == []
    answer("恢复默认")
    QTimer.singleShot(50, lambda: answer("确定"))
    page.list.columns.choose()
    assert hidden(), "they give way again"
