"""Long lists: only what is in sight is read, and selecting everything asks few questions."""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from huajie_desktop.records.listing import Column
from ui.desk.preferences import Preferences
from ui.lists.rows import WINDOW
from ui.lists.tables import ListTable

COLUMNS = (Column("number", "编号", 180), Column("title", "名称", 200), Column("amount", "金额", 100, numeric=True))
MANY = 20_000


class Line(NamedTuple):
    id: int
    number: str
    title: str
    amount: str
    state: str = "draft"


class Source:
    """Counts what is read."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self.gone: set[int] = set()

    def fetch(self, ids: Sequence[int]) -> list[Line]:
        self.read.append(len(ids))
        return [Line(i, f"n{i}", f"任务{i}" * 30, str(i)) for i in ids if i not in self.gone]


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def table(themed, qtbot, tmp_path, source: Source):
    made = ListTable("test", COLUMNS, source.fetch, getattr, Preferences(tmp_path), spare=("amount", "number"))
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.show_ids(array("q", range(1, MANY + 1)))
    QApplication.processEvents()
    return made


def test_only_rows_in_sight_are_read(table: ListTable, source: Source) -> None:
    assert source.read == [WINDOW]
    table.view.scrollToBottom()
    QApplication.processEvents()
    assert len(source.read) <= 3
    assert max(source.read) <= WINDOW


def test_selecting_everything_asks_few_questions(table: ListTable, monkeypatch) -> None:
    asked = []
    count = type(table.model).rowCount
    monkeypatch.setattr(type(table.model), "rowCount", lambda *given: asked.append(1) or count(*given))
    table.view.selectAll()
    QApplication.processEvents()
    assert len(table.selected_ids()) == MANY
    assert len(asked) < MANY


def test_a_large_selection_is_kept_through_a_new_order_as_few_ranges(table: ListTable) -> None:
    table.view.selectAll()
    table.show_ids(array("q", range(MANY, 0, -1)))
    assert len(table.selected_ids()) == MANY
    assert table.view.selectionModel().selection().size() == 1


def test_the_row_that_is_gone_to_by_ctrl_end_is_the_selected_one(table: ListTable, qtbot) -> None:
    table.step(0)
    qtbot.keyClick(table.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_ids() == [table.model.ids[-1]]
    qtbot.keyClick(table.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_ids() == [table.model.ids[0]]


def test_a_row_deleted_meanwhile_is_blank_not_an_error(table: ListTable, source: Source) -> None:
    source.gone = {1}
    table.show_ids(array("q", [1, 2]))
    assert table.model.data(table.model.index(0, 1)) == ""
    assert table.model.data(table.model.index(1, 0)) == "n2"


def test_numbers_stand_right_and_words_left(table: ListTable) -> None:
    role = Qt.ItemDataRole.TextAlignmentRole
    assert table.model.data(table.model.index(0, 2), role) & Qt.AlignmentFlag.AlignRight
    assert table.model.data(table.model.index(0, 1), role) & Qt.AlignmentFlag.AlignLeft


def test_columns_give_way_where_there_is_no_room(table: ListTable) -> None:
    hidden = table.view.isColumnHidden
    assert [hidden(place) for place in range(3)] == [False, False, False]
    table.resize(440, 400)
    QApplication.processEvents()
    assert [hidden(place) for place in range(3)] == [False, False, True]
    table.resize(350, 400)
    QApplication.processEvents()
    assert [hidden(place) for place in range(3)] == [True, False, True]


def test_widths_are_remembered(table: ListTable, themed, qtbot, tmp_path, source: Source) -> None:
    table.view.horizontalHeader().resizeSection(0, 140)
    again = ListTable("test", COLUMNS, source.fetch, getattr, Preferences(tmp_path))
    qtbot.addWidget(again)
    assert again.view.horizontalHeader().sectionSize(0) == 140


def test_an_empty_list_says_what_to_do(table: ListTable) -> None:
    table.show_ids(array("q"))
    assert table.empty.isVisible()
    assert table.current_id() is None


def test_a_list_shown_anew_stays_where_it_was_scrolled_to(table: ListTable) -> None:
    table.go_to(3)
    table.view.verticalScrollBar().setValue(5000)
    QApplication.processEvents()
    table.show_ids(array("q", range(1, MANY + 1)))
    QApplication.processEvents()
    assert table.view.verticalScrollBar().value() == 5000, "the cursor, out of sight, does not draw the list to itself"
    assert table.current_id() == 3


def test_where_the_spare_columns_are_not_enough_the_others_give_way_alike_and_none_lies_outside(
    themed, qtbot, tmp_path, source: Source
) -> None:
    wide = [Column(key, key, 150) for key in ("state", "number", "title", "problem")]
    table = ListTable("narrow", wide, source.fetch, lambda _line, key: key, Preferences(tmp_path), spare=("number",))
    qtbot.addWidget(table)
    table.resize(300, 400)
    table.show()
    QApplication.processEvents()
    header = table.view.horizontalHeader()
    places = {column.key: place for place, column in enumerate(wide)}
    assert header.isSectionHidden(places["number"])
    assert all(header.sectionSize(places[key]) >= 80 for key in ("state", "title", "problem"))
    assert header.length() <= table.view.viewport().width()
    table.resize(900, 400)
    QApplication.processEvents()
    assert (header.sectionSize(places["state"]), header.sectionSize(places["problem"])) == (150, 150)
