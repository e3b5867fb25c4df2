"""Typing tasks as a table: the keys of a spreadsheet, pasting, and nothing kept before 保存."""

import pytest
from PySide6.QtCore import QLocale, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from db.models import Task
from huajie_desktop.work.checklist import TaskFilter, task_ids, task_lines
from tests.ui.hands import answer
from tests.ui.keys import CTRL, SHIFT, press, type_text
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.shell.window import Window
from ui.typed.typed_entry import GridEntry


@pytest.fixture
def page(window: Window) -> ChecklistPage:
    window.visit("checklist")
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    return found


@pytest.fixture
def entry(page: ChecklistPage) -> GridEntry:
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert page.entry is not None
    assert QApplication.focusWidget() is page.entry.view
    return page.entry


def titles(desk: Desk) -> list[str]:
    with desk.reading() as session:
        return sorted(line.title for line in task_lines(session, task_ids(session, TaskFilter(), today=desk.today)))


def hand(text: str) -> None:
    """Types a text key by key: the first opens the editor, which has the focus from then on."""
    for part in text if text.isascii() else [text]:
        type_text(part)


def fill(*texts: str) -> None:
    """Types a row from the cursor on, as hands do: text, Tab, text, Tab … Enter."""
    for place, text in enumerate(texts):
        if text:
            hand(text)
        press(Qt.Key.Key_Return if place == len(texts) - 1 else Qt.Key.Key_Tab)


def cells(entry: GridEntry, row: int) -> list[str]:
    return [entry.table.text(row, key) for key in ("title", "content", "category", "unit", "due", "investment")]


def test_rows_are_typed_with_the_keyboard_alone_and_kept_as_one_step(entry: GridEntry, desk: Desk, window: Window) -> None:
    fill("路灯安装", "安装路灯12盏", "gscn", "nzc", "8月底", "12.5")
    assert entry.view.cell() == (1, "title")
    fill("绿化", "种树", "gscn", "jdc", "6月底", "3")
    assert cells(entry, 0) == ["路灯安装", "安装路灯12盏", "干事承诺", "倪宅村", "8月底", "12.5"]
    assert cells(entry, 1)[2:4] == ["干事承诺", "金杜村"]
    assert titles(desk) == []
    press(Qt.Key.Key_S, CTRL)
    assert titles(desk) == ["绿化", "路灯安装"]
    assert len(entry.table) == 0
    press(Qt.Key.Key_Z, CTRL)
    assert titles(desk) == []
    assert len(entry.table) == 0
    assert "没有回到表格里" in window.messages.text
    press(Qt.Key.Key_Y, CTRL)  # as it says
    assert titles(desk) == ["绿化", "路灯安装"]
    assert window.messages.isHidden()


def test_typing_replaces_and_f2_goes_on_with_what_stands_there(entry: GridEntry) -> None:
    fill("路灯")
    entry.view.put_cursor(0, 1)
    press(Qt.Key.Key_F2)
    type_text("安装")
    press(Qt.Key.Key_Return)
    assert entry.table.text(0, "title") == "路灯安装"
    entry.view.put_cursor(0, 1)
    type_text("绿化")
    press(Qt.Key.Key_Return)
    assert entry.table.text(0, "title") == "绿化"


def test_escape_leaves_a_cell_as_it_was(entry: GridEntry) -> None:
    fill("路灯")
    entry.view.put_cursor(0, 1)
    type_text("别的")
    press(Qt.Key.Key_Escape)
    assert entry.table.text(0, "title") == "路灯"


def test_what_is_wrong_is_said_in_words_and_stops_the_saving(entry: GridEntry, desk: Desk) -> None:
    fill("路灯", "", "", "nzc", "待定以后再说")
    entry.view.put_cursor(0, 5)
    assert "完成时限" in entry._words.text()
    press(Qt.Key.Key_S, CTRL)
    assert titles(desk) == []
    assert entry.view.cell() == (0, "due")


def test_good_rows_are_kept_as_drafts_and_faulty_ones_stay_with_their_reasons(
    entry: GridEntry, desk: Desk, window: Window
) -> None:
    good = {"title": "路灯", "content": "装灯", "category": "干事承诺", "unit": "倪宅村", "due": "8月底", "person": "倪成纲"}
    for row, said in enumerate(({}, {"title": "绿化", "due": "8月底左右"}, {"title": "修渠", "due": "再说"})):
        entry.write({(row, key): text for key, text in {**good, **said}.items() if key in entry._keys})
    assert entry.table.issue(1, "due") is not None
    assert entry.save.text() == "保存 2 项，1 项还要改"
    entry.view.put_cursor(0, 1)
    press(Qt.Key.Key_S, CTRL)
    assert titles(desk) == ["绿化", "路灯"], "a doubt stops nothing, and a faulty row stops no other"
    assert "已保存 2 项" in window.messages.text
    assert "1 项还要改" in window.messages.text
    assert entry.view.cell() == (0, "due")
    assert entry.table.text(0, "title") == "修渠"
    assert "完成时限" in entry._words.text()
    entry.write({(0, "due"): "9月底"})
    assert entry.save.text() == "保存 1 项"
    press(Qt.Key.Key_S, CTRL)
    assert titles(desk) == ["修渠", "绿化", "路灯"]
    with desk.reading() as session:
        assert {task.state for task in session.scalars(select(Task))} == {"draft"}, "as what is typed in the form"


def test_with_nothing_but_errors_the_key_still_says_so(entry: GridEntry, window: Window) -> None:
    entry.write({(0, "title"): "修渠", (0, "due"): "再说"})
    press(Qt.Key.Key_S, CTRL)
    assert "有 1 行有错误，还没有保存" in window.messages.text


def test_fill_down_and_repeat_from_above(entry: GridEntry) -> None:
    fill("甲", "", "gscn", "nzc")
    fill("乙")
    entry.view.put_cursor(1, 3)
    press(Qt.Key.Key_D, CTRL)
    assert entry.table.text(1, "category") == "干事承诺"
    entry.view.put_cursor(1, 4)
    press(Qt.Key.Key_Apostrophe, CTRL)
    assert entry.table.text(1, "unit") == "倪宅村"
    assert entry.view.cell() == (1, "due")


def test_keys_of_a_spreadsheet_fill_to_the_right_and_put_today(entry: GridEntry) -> None:
    entry.write({(0, "title"): "甲", (0, "due"): "8月底", (1, "title"): "乙"})
    place = entry._keys.index("due") + 1
    entry.view.put_cursor(1, place)
    press(Qt.Key.Key_Semicolon, CTRL)
    assert entry.table.text(1, "due") == "2021年3月10日"
    entry.view.put_cursor(0, entry._keys.index("title") + 2)
    press(Qt.Key.Key_R, CTRL)
    assert entry.table.text(0, entry._keys[entry._keys.index("title") + 1]) == "甲"
    entry.view.put_cursor(1, 1)
    press(Qt.Key.Key_Semicolon, CTRL)
    assert entry.table.text(1, "title") == "乙", "only days become today"


def test_a_near_word_is_offered_and_taken_by_a_key_alone(entry: GridEntry) -> None:
    entry.write({(0, "title"): "甲", (0, "category"): "党建", (0, "unit"): "倪宅村"})
    entry.view.put_cursor(0, entry._keys.index("category") + 1)
    assert entry.table.issue(0, "category") is not None
    assert entry.filling.take.text() == "改成“基层党建”"
    press(Qt.Key.Key_Period, CTRL)
    assert entry.table.text(0, "category") == "基层党建"
    assert entry.table.issue(0, "category") is None
    assert not entry.filling.take.isVisible()


def test_a_cell_of_two_lines_is_seen_whole(entry: GridEntry) -> None:
    entry.write({(0, "title"): "甲", (0, "content"): "第一行\n第二行", (1, "title"): "乙"})
    lines = entry.view.fontMetrics().lineSpacing() * 2
    assert entry.view.rowHeight(0) > max(entry.view.rowHeight(1), lines)
    assert entry.view.delegate.displayText("第一行\n第二行\u202e", QLocale()) == "第一行\n第二行\ufffd"
    press(Qt.Key.Key_Z, CTRL)
    assert entry.view.rowHeight(0) == entry.view.rowHeight(1)


def test_words_and_sums_are_typed_in_cells_but_not_taken_from_what_is_pasted(entry: GridEntry) -> None:
    entry.view.put_cursor(0, entry._keys.index("due") + 1)
    hand("下周一")
    assert entry.view.delegate.editor.said == "2021年3月15日 星期一"
    press(Qt.Key.Key_Escape)
    entry.view.put_cursor(0, 1)
    fill("甲", "", "", "", "下周一", "3+4.5")
    assert cells(entry, 0)[4:] == ["2021年3月15日", "7.5"]
    entry.view.put_cursor(0, entry._keys.index("due") + 1)
    hand("+7")
    press(Qt.Key.Key_Return)
    assert entry.table.text(0, "due") == "2021年3月22日", "counted from what stood there"
    data = QMimeData()
    data.setText("乙\t\t\t\t今天\t3+4.5\n")
    QGuiApplication.clipboard().setMimeData(data)
    entry.view.put_cursor(1, 1)
    press(Qt.Key.Key_V, CTRL)
    assert cells(entry, 1)[4:] == ["今天", "3+4.5"]
    for key in ("due", "investment"):
        assert entry.table.issue(1, key).severity == "error"


def test_taking_back_is_the_tables_own_while_the_cursor_is_there(entry: GridEntry, desk: Desk) -> None:
    fill("甲")
    fill("乙")
    press(Qt.Key.Key_Z, CTRL)
    assert [entry.table.text(row, "title") for row in range(2)] == ["甲", ""]
    press(Qt.Key.Key_Y, CTRL)
    assert entry.table.text(1, "title") == "乙"
    entry.view.put_cursor(0, 1)
    press(Qt.Key.Key_Delete)
    assert entry.table.text(0, "title") == ""


def test_a_block_is_pasted_by_its_header_or_as_the_columns_are_shown(entry: GridEntry, desk: Desk) -> None:
    said: list[str] = []
    desk.said.connect(lambda _kind, sentence, *_rest: said.append(sentence))
    QGuiApplication.clipboard().setText('村名\t承诺事项\t电话\n倪宅\t"路灯\n安装"\t138\n金杜\t绿化\t139\n')
    press(Qt.Key.Key_V, CTRL)
    assert [cells(entry, row)[0] for row in range(2)] == ["路灯\n安装", "绿化"]
    assert "电话" in said[-1]
    entry.view.put_cursor(2, 3)
    QGuiApplication.clipboard().setText("文明环境\t卉川村\n平安创建\t倪宅村\n")
    press(Qt.Key.Key_V, CTRL)
    assert cells(entry, 3)[2:4] == ["平安创建", "倪宅村"]


def test_what_was_copied_here_comes_back_the_same(entry: GridEntry) -> None:
    entry.write({(0, "title"): "甲", (0, "content"): "第一行\n第二行", (1, "title"): '说"好"'})
    entry.view.selectAll()
    press(Qt.Key.Key_C, CTRL)
    told = QMimeData()
    told.setText(QGuiApplication.clipboard().text())
    before = [cells(entry, row) for row in range(2)]
    entry.table.remove([0, 1])
    entry.view.put_cursor(0, 1)
    press(Qt.Key.Key_V, CTRL)
    assert [cells(entry, row) for row in range(2)] == before


def test_leaving_asks_only_if_something_was_typed(entry: GridEntry, page: ChecklistPage, qtbot) -> None:
    press(Qt.Key.Key_Escape)
    assert page._listing.isVisible()
    press(Qt.Key.Key_N, CTRL | SHIFT)
    fill("路灯")
    answer("取消")
    press(Qt.Key.Key_Escape)
    assert entry.isVisible()
    page.window().activateWindow()
    entry.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is entry.view)
    answer("不保存，留作草稿")
    press(Qt.Key.Key_Escape)
    assert page._listing.isVisible()
    assert len(entry.table) == 0


def test_what_was_typed_waits_while_the_clerk_looks_elsewhere(entry: GridEntry, window: Window, page: ChecklistPage) -> None:
    fill("路灯")
    window.visit("home")
    window.visit("checklist", {"text": ""})
    assert page._listing.isVisible()
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert entry.table.text(0, "title") == "路灯"


def test_keys_of_the_list_rest_while_the_table_is_shown(entry: GridEntry, page: ChecklistPage) -> None:
    assert not page.delete.isVisible()
    press(Qt.Key.Key_B, CTRL | SHIFT)
    assert entry.isVisible()
