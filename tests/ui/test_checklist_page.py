"""The list: filter, sort, search, selection, errors in the form."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from huajie_desktop.work import review
from tests import tasks
from tests.ui.hands import answer
from tests.ui.keys import type_text
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window

TEXTS = {"content": "内容", "category": "干事承诺", "responsible": "张三"}


def add(desk: Desk, title: str, unit: str, due: str, category: str = "干事承诺") -> int:
    saved = tasks.save_task(desk.seat, None, {**TEXTS, "title": title, "unit": unit, "due": due, "category": category})
    return saved.record_id


@pytest.fixture
def page(window: Window, desk: Desk) -> ChecklistPage:
    add(desk, "路灯", "倪宅村", "8月底")
    add(desk, "绿化", "金杜村", "6月底")
    add(desk, "公厕", "倪宅村", "3月15日", "文明环境")
    window.visit("checklist")
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    return found


def titles(page: ChecklistPage) -> list[str]:
    model = page.table.model
    return [model.data(model.index(row, 1)) for row in range(model.rowCount())]


def test_search_takes_pinyin_initials(page: ChecklistPage, qtbot) -> None:
    page.filters.search.setText("nz")
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 2)
    assert sorted(titles(page)) == ["公厕", "路灯"]
    page.filters.clear_action.trigger()
    assert len(titles(page)) == 3


def test_the_search_box_of_the_window_leads_to_the_list(window: Window, page: ChecklistPage) -> None:
    window.visit("home")
    window.bar.search.setFocus()
    QTest.keyClicks(window.bar.search, "nz")
    window.guide.palette.look()
    QTest.keyClick(window.bar.search, Qt.Key.Key_Up)  # the last line
    QTest.keyClick(window.bar.search, Qt.Key.Key_Return)
    assert window.current == "checklist"
    assert sorted(titles(page)) == ["公厕", "路灯"]


def test_a_click_on_the_header_sorts_and_another_turns_it_round(page: ChecklistPage) -> None:
    header = page.table.view.horizontalHeader()
    header.sectionClicked.emit(5)
    assert titles(page) == ["公厕", "绿化", "路灯"]
    header.sectionClicked.emit(5)
    assert titles(page) == ["路灯", "绿化", "公厕"]


def test_chips_and_tabs_filter_and_count(page: ChecklistPage, desk: Desk) -> None:
    desk.do(review.submit, [page.table.model.ids[0]])
    page.tabs.chosen.emit("submitted")
    assert len(titles(page)) == 1
    page.tabs.chosen.emit(None)
    page.filters.chips["due"].set_value("week")
    page.filters.chips["due"].chosen.emit("week")
    assert titles(page) == ["公厕"]


def test_selection_stays_with_its_records(page: ChecklistPage, desk: Desk) -> None:
    chosen = page.table.model.ids[1]
    page.table.go_to(chosen)
    add(desk, "先来的", "八字墙居委会", "5月底")
    page.table.sorted.emit("due", True)
    assert page.table.selected_ids() == [chosen]
    assert page.table.current_id() == chosen


def test_an_error_keeps_the_text_and_takes_the_focus(page: ChecklistPage) -> None:
    page.new.trigger()
    page.form.boxes["content"].editor.set_value("写了很多内容")
    page.form.focus("remarks")
    page.form.save_action.trigger()
    assert page.form.boxes["title"].error == "请填写任务名称"
    assert page.form.texts()["content"] == "写了很多内容"
    assert QApplication.focusWidget() is page.form.boxes["title"].editor


def test_what_was_carried_over_looks_filled_in_until_touched(page: ChecklistPage) -> None:
    page.table.go_to(page.table.model.ids[0])
    page.table.opened.emit(page.table.current_id())
    page.new.trigger()
    editor = page.form.boxes["unit"].editor
    assert editor.property("filled") is True
    assert page.form.texts()["unit"] == "倪宅村"
    editor.setFocus()
    editor.selectAll()
    type_text("金杜村")
    assert editor.property("filled") is False


def test_deleting_is_undone_from_the_status_bar(page: ChecklistPage, window: Window, desk: Desk) -> None:
    page.table.view.selectAll()
    answer("删除 3 项")
    page.delete.trigger()
    assert titles(page) == []
    assert not page.table.empty.isHidden()
    QTest.mouseClick(window.status._undo, Qt.MouseButton.LeftButton)
    assert len(titles(page)) == 3


def test_a_task_changed_elsewhere_is_read_again_in_the_form(page: ChecklistPage, desk: Desk) -> None:
    task_id = page.table.model.ids[0]
    page.table.opened.emit(task_id)
    desk.do(tasks.save_task, task_id, {**TEXTS, "title": "新名字", "unit": "倪宅村", "due": "8月底"})
    assert page.form.texts()["title"] == "新名字"


def test_what_was_typed_survives_the_undo_of_its_task(page: ChecklistPage, desk: Desk) -> None:
    page.new.trigger()
    for key, text in {**TEXTS, "title": "新来的", "unit": "倪宅村", "due": "5月底"}.items():
        page.form.boxes[key].editor.set_value(text)
    page.form.save_action.trigger()
    page.form.boxes["title"].editor.set_value("改了名字")
    desk.undo()
    assert page.form.record_id == 0
    page.form.save_action.trigger()
    assert "改了名字" in titles(page)
    desk.undo()
    assert page.card.isHidden()


def test_list_and_form_lie_side_by_side_only_where_there_is_room(page: ChecklistPage, window: Window) -> None:
    page.new.trigger()
    assert page.list.beside.orientation() == Qt.Orientation.Horizontal
    window.resize(1000, 768)
    assert page.list.beside.orientation() == Qt.Orientation.Vertical
    assert page.list.beside.widget(0).isAncestorOf(page.card)


def test_an_approved_task_is_open_for_the_day_it_was_done_alone(page: ChecklistPage, desk: Desk) -> None:
    task_id = page.table.ids[0]
    desk.do(review.submit, [task_id])
    desk.do(review.approve, [task_id])
    page.show_subject({"id": task_id})
    assert page.form.note.text().endswith("先退回才能修改，只有办结日期可以直接填")
    assert [key for key, box in page.form.boxes.items() if box.isEnabled()] == ["finished_on"]
    page.form.focus()
    assert page.form.boxes["finished_on"].editor.hasFocus()
    type_text("2021-02-20")
    page.form.save_action.trigger()
    with desk.reading() as session:
        assert tasks.form_texts(session, task_id)["finished_on"] == "2021-02-20"
    page.new.trigger()
    assert all(box.isEnabled() for box in page.form.boxes.values())


def test_tags_and_signs_stand_as_they_were_typed(page: ChecklistPage, window: Window, desk: Desk) -> None:
    hostile = "管网<b>修</b><img src=file:///etc/passwd>&amp;"
    task_id = add(desk, hostile, "倪宅村", "8月底")
    desk.do(review.submit, [task_id])
    desk.do(review.send_back, [task_id], reason="金额<b>不对</b>&请改")
    window.visit("checklist", {"id": task_id})
    desk.say("done", hostile)
    assert "退回原因：金额&lt;b&gt;不对&lt;/b&gt;&amp;请改" in page.form.note.text()
    for label in window.findChildren(QLabel):
        if hostile in label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText
    assert any(hostile in label.text() for label in window.findChildren(QLabel))


def test_a_name_too_long_is_said_and_not_cut(page: ChecklistPage) -> None:
    page.new.trigger()
    page.form.boxes["title"].editor.setFocus()
    type_text("很" * 301)
    assert len(page.form.boxes["title"].editor.value()) == 301
    page.form.save_action.trigger()
    assert page.form.boxes["title"].error == "任务名称不能超过 200 个字，现在 301 个"
