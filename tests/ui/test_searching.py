"""Every place where something is looked for takes the same words: of other width, by any reading, by telephone where there is one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.log import Act
from db.models import Person
from huajie_desktop.records import entry
from huajie_desktop.work import review
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter
from tests.ui.keys import CTRL, press, type_text
from ui.widgets.choice import Choice, ChoiceEdit
from ui.widgets.filters import ChoiceList

TITLE, OTHER = "重阳节ＬＥＤ路灯（清泉寺）２０盏", "村口绿化"
WAYS = ("LED", "20盏", "(清泉寺)", "cyj", "zyj", "重 阳 节", "重陽節")


@pytest.fixture
def task(desk) -> int:
    enter(desk.seat, title=OTHER, unit="金杜村", responsible="李四")
    return enter(desk.seat, title=TITLE)


@pytest.fixture
def called(desk, task) -> None:
    with desk.seat.operation(Act.CHANGE, "电话") as running:
        running.session.query(Person).filter_by(name="倪成纲").one().phone = "13967912345"


@pytest.mark.parametrize("typed", [*WAYS, "倪成纲", "2345"])
def test_the_list(window, called, qtbot, task, typed):
    window.visit("checklist")
    page = window.pages["checklist"]
    press(Qt.Key.Key_F, CTRL)
    type_text(typed)
    qtbot.waitUntil(lambda: list(page.table.model.ids) == [task])


@pytest.mark.parametrize("typed", WAYS)
def test_the_search_of_the_window(window, task, qtbot, typed):
    press(Qt.Key.Key_K, CTRL)
    type_text(typed)
    palette = window.guide.palette
    qtbot.waitUntil(lambda: not palette._pause.isActive())
    assert [row.title for row in palette.rows.entries if row.heading == "任务"] == [TITLE]


@pytest.mark.parametrize("typed", ["13967912345", "2345"])
def test_a_telephone_finds_its_person_and_is_not_shown(window, called, qtbot, typed):
    press(Qt.Key.Key_K, CTRL)
    type_text(typed)
    palette = window.guide.palette
    qtbot.waitUntil(lambda: not palette._pause.isActive())
    (hit,) = [row for row in palette.rows.entries if row.heading == "人员"]
    assert hit.title == "倪成纲"
    assert typed not in hit.title + hit.detail


@pytest.mark.parametrize("typed", ["2345", "139-67912345", "ncg", "倪 成 纲"])
def test_the_tree_of_the_organisation(window, called, typed):
    window.visit("organisation")
    tree = window.pages["organisation"].tree
    press(Qt.Key.Key_F, CTRL)
    type_text(typed)
    assert tree.key[0] == "person"
    assert tree.view.currentIndex().siblingAtColumn(0).data() == "倪成纲"
    assert "2345" not in str([tree.view.currentIndex().siblingAtColumn(column).data() for column in range(2)])


@pytest.mark.parametrize("typed", ["2", "345"])
def test_a_few_digits_are_no_telephone(window, called, typed):
    window.visit("organisation")
    press(Qt.Key.Key_F, CTRL)
    type_text(typed)
    assert window.pages["organisation"].tree.key is None or window.pages["organisation"].tree.key[0] != "person"


@pytest.mark.parametrize("typed", WAYS)
def test_the_steps_of_the_past(window, task, typed):
    window.visit("history")
    part = window.pages["history"].operations
    part.filters.search.setFocus()
    type_text(typed)
    part.filters._announce()
    assert [part.table.model.line(row).label for row in range(len(part.table.model.ids))] == [f"新增任务“{TITLE}”"]


@pytest.mark.parametrize("typed", WAYS)
def test_the_bin(window, desk, task, typed):
    entry.delete(desk.seat, [task, task - 1], TASKS)
    window.visit("history")
    page = window.pages["history"]
    page.refresh(None)
    page.bin.filters.search.setFocus()
    page.bin.filters.search.setText(typed)
    page.bin.filters._announce()
    assert [page.bin.table.model.line(row).title for row in range(len(page.bin.table.model.ids))] == [TITLE]


@pytest.mark.parametrize("typed", WAYS)
def test_what_papers_are_made_for(window, desk, task, typed):
    review.submit(desk.seat, [task, task - 1])
    review.approve(desk.seat, [task, task - 1])
    window.visit("papers")
    making = window.pages["papers"].making
    making.choose("notice")
    making.search.setText(typed)
    shown = [line.name for row, line in enumerate(making.subjects._lines) if not making.subjects.isRowHidden(row)]
    assert shown == [TITLE]


@pytest.mark.parametrize("typed", WAYS)
def test_a_choice_typed_into_a_field_and_one_of_a_filter(qtbot, typed):
    choices = [Choice(1, OTHER), Choice(2, TITLE)]
    line, picked = ChoiceEdit(), []
    qtbot.addWidget(line)
    line.set_choices(choices)
    with qtbot.waitExposed(line):
        line.show()
    line.setFocus()
    type_text(typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == TITLE
    shown = ChoiceList(line, "单位")
    shown.chosen.connect(picked.append)
    line.move(line.screen().geometry().topRight())
    shown.open_at(choices, None)
    assert line.screen().geometry().contains(shown.geometry()), "all of it within the screen"
    shown._typed.setText(typed)
    QTest.keyClick(shown._typed, Qt.Key.Key_Return)
    assert {*picked} == {2}
