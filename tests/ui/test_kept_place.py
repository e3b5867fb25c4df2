"""Where a list was left is found again, what is selected stays so behind a filter, and nothing hidden is acted on."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from db.models import Habit
from db.opening import writing
from huajie_desktop.named_habits import NamedHabits
from huajie_desktop.phrases import RETURNING, phrases
from huajie_desktop.records.entry import delete
from huajie_desktop.work import review
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year import years
from tests import tasks
from tests.folders import open_office
from tests.office import enter
from tests.ui.hands import answer
from tests.ui.keys import CTRL, SHIFT, press, type_text
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.pages.review.review_page import ReviewPage
from ui.shell.window import Window
from ui.theme import text_size

TITLES = ["路灯", "绿化", "公厕", "道路", "水渠", "路面"]


def list_of(window: Window) -> ChecklistPage:
    window.visit("checklist")
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    return found


@pytest.fixture
def page(window: Window, desk: Desk) -> ChecklistPage:
    for title in TITLES:
        enter(desk.seat, title=title, investment="8")
    return list_of(window)


def hits(page: ChecklistPage) -> str:
    return next(label.text() for label in page.filters.findChildren(QLabel) if "项" in label.text())


def look_for(page: ChecklistPage, text: str) -> None:
    press(Qt.Key.Key_F, CTRL)
    page.filters.search.setText(text)
    page.filters._announce()


def test_what_a_filter_hides_stays_selected_and_is_not_deleted(page: ChecklistPage, window: Window, qtbot) -> None:
    page.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    look_for(page, "路")
    assert len(page.table.selected_ids()) == page.table.count == 3
    assert hits(page) == "已筛选：3/6 项，已选 3 项，另有 3 项选中的被筛掉了"
    page.table.setFocus()
    answer("删除 3 项")
    press(Qt.Key.Key_Delete)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_F, CTRL | SHIFT)
    assert page.table.count == 3
    assert len(page.table.selected_ids()) == 3, "those the filter had hidden"
    assert hits(page) == "共 3 项，已选 3 项"
    look_for(page, "绿化")
    page.table.setFocus()
    page.table.step(0)
    press(Qt.Key.Key_F, CTRL | SHIFT)
    assert len(page.table.selected_ids()) == 1, "another selection was begun"


def test_what_is_gone_is_no_longer_selected_behind_a_filter(page: ChecklistPage, desk: Desk) -> None:
    page.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    hidden = page.table.ids[TITLES.index("绿化")]
    look_for(page, "路")
    desk.do(delete, [hidden], TASKS)
    assert hits(page) == "已筛选：3/5 项，已选 3 项，另有 2 项选中的被筛掉了"


def test_no_review_reaches_beyond_the_filter(page: ChecklistPage, desk: Desk, window: Window) -> None:
    page.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_T, CTRL)
    window.visit("review")
    page_of_review = window.pages["review"]
    assert isinstance(page_of_review, ReviewPage)
    page_of_review.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    page_of_review.waiting.filters.show_wanted("路", {})
    press(Qt.Key.Key_Return, CTRL)
    page_of_review.waiting.filters.clear()
    assert page_of_review.table.count == 3
    with desk.reading() as session:
        titles = {tasks.form_texts(session, task_id)["title"] for task_id in page_of_review.table.ids}
    assert titles == {"绿化", "公厕", "水渠"}


def test_a_state_alone_is_a_filter_too_and_goes_by_the_same_keys(page: ChecklistPage) -> None:
    page.filters.set_state("approved")
    assert hits(page) == "已筛选：0/6 项"
    assert page.filters.clear_action.isVisible()
    press(Qt.Key.Key_F, CTRL | SHIFT)
    assert page.table.count == 6
    assert not page.filters.clear_action.isVisible()


def test_an_empty_list_does_not_keep_the_card_of_another_record(page: ChecklistPage) -> None:
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    assert page.form.isVisible()
    look_for(page, "没有这样的")
    assert page.table.count == 0
    assert not page.form.isVisible()
    assert QApplication.focusWidget() is page.filters.search, "one types on"
    page.filters.clear()
    page.table.setFocus()
    page.table.step(0)
    press(Qt.Key.Key_Return)
    page.form.focus("remarks")
    type_text("x")
    look_for(page, "没有这样的")
    assert page.form.isVisible(), "something is typed there"
    page.form.discard()


def test_the_number_takes_little_room_before_any_is_given(page: ChecklistPage, desk: Desk) -> None:
    def width() -> int:
        return next(column.width for column in page.table.model.columns if column.key == "number")

    narrow = width()
    page.table.setFocus()
    page.table.step(0)
    press(Qt.Key.Key_T, CTRL)
    desk.do(review.approve, page.table.ids[:1])
    assert narrow < 60 < 120 < width()


def test_a_list_is_found_as_it_was_left(programs, tmp_path) -> None:
    seat = open_office(tmp_path / "data", date.today())
    for title in TITLES:
        enter(seat, title=title)
    seat.data.close()
    program = programs("张三")
    page = list_of(program.window)
    look_for(page, "路")
    page.table.sorted.emit("title", True)
    page.list.groups.set_value("category")
    page.list.groups.chosen.emit("category")
    page.table.put_cursor(2)
    chosen, order = page.table.selected_ids(), page.table.ids
    assert len(order) == 3
    assert len(chosen) == 1
    program.window.visit("home")
    page = list_of(program.window)
    assert page.table.selected_ids() == chosen
    program.window.close()

    again = programs("张三")
    page = list_of(again.window)
    assert page.table.ids == order
    assert page.table.selected_ids() == chosen
    assert page.table.current_id() == chosen[0]
    assert page.filters.search.text() == "路"
    assert page.list.groups.value == "category"
    assert hits(page) == "已筛选：3/6 项"
    assert page.filters.clear_action.isVisible()
    header = page.table.view.horizontalHeader()
    assert page.table.model.columns[header.sortIndicatorSection()].key == "title"
    again.window.close()
    other = programs("李四")
    assert list_of(other.window).table.count == 6, "a habit of one person"


def test_another_year_does_not_begin_as_this_one_was_left(programs, tmp_path) -> None:
    seat = open_office(tmp_path / "data", date.today())
    for title in TITLES:
        enter(seat, title=title)
    there = years.next_year(seat, years.Wishes(seat.year + 1, "大比拼")).campaign_id
    here = seat.campaign_id
    seat.data.close()
    window = programs("张三").window
    window.desk.look_at(here)
    look_for(list_of(window), "路")
    window.close()
    window = programs("张三").window
    window.desk.look_at(there)
    page = list_of(window)
    assert (page.filters.search.text(), hits(page)) == ("", f"共 {page.table.count} 项")


def test_filter_order_and_selection_outlive_another_size_of_the_letters(page: ChecklistPage, window: Window, qtbot) -> None:
    look_for(page, "路")
    page.table.sorted.emit("title", True)
    page.table.setFocus()
    page.table.put_cursor(0)
    press(Qt.Key.Key_Down, SHIFT)
    chosen, order = page.table.selected_ids(), page.table.ids
    assert len(chosen) == 2
    press(Qt.Key.Key_BracketRight, CTRL)
    qtbot.waitUntil(lambda: text_size() == 110)
    QApplication.processEvents()
    again = window.pages["checklist"]
    assert isinstance(again, ChecklistPage)
    assert (again.table.ids, again.table.selected_ids(), again.filters.text) == (order, chosen, "路")
    press(Qt.Key.Key_BracketLeft, CTRL)
    qtbot.waitUntil(lambda: text_size() == 100)


def test_words_of_a_pattern_are_no_keys_of_the_menu(page: ChecklistPage, window: Window, desk: Desk) -> None:
    NamedHabits("patterns/tasks", "样式").keep(desk.seat, "路灯&绿化", {"title": "x"})
    page.refresh(None)
    window.commands.menu.trigger()
    menu = window.guide.menu
    texts = [entry.text() for part in menu.actions() if part.menu() for entry in part.menu().actions()]
    menu.close()
    assert any(text.startswith("新增：路灯&&绿化") for text in texts)


@pytest.mark.parametrize(
    "kept", ["[1]", "{", '{"year": 1, "way": {"nothing": 1}, "selected": [], "current": null, "scrolled": 0}', "7"]
)
def test_a_place_nobody_understands_closes_no_page(window: Window, desk: Desk, kept: str) -> None:
    """An older program kept it, or a newer one, or the row is damaged."""
    enter(desk.seat)
    with writing(desk.seat.sessions) as session:
        for name in ("place/tasks", "marks/tasks", "phrases/退回原因", "patterns/tasks", "recent", "columns/tasks"):
            session.merge(Habit(person_uid=desk.seat.author.uid, name=name, value=kept))
    assert desk.find("", 5) == []
    assert list_of(window).table.count == 1
    with desk.reading() as session:
        assert phrases(session, RETURNING)
