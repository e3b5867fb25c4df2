"""The first morning of a township that nothing is known of: from the first start to the first pledge, by keys alone."""

import re
from datetime import date

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import QAbstractListModel, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QTableWidget,
    QWidget,
)
from sqlalchemy import select

from db.models import Task, Unit
from db.organisation import VILLAGE_KINDS
from tests.ui.hands import HEADERS, LAMP, book, choose, wait
from tests.ui.keys import CTRL, NONE, SHIFT, go_to_page, press, type_text
from ui.pages import PAGES
from ui.shell.first_start import FirstStart, FirstVillages
from ui.shell.main import Program
from ui.widgets.township_line import TownshipLine

FOREIGN = re.compile("花街|永康|花〔|花承|HJ|倪宅|杨坑")
PLACE = "韶山 清溪镇"  # one of seven of that name
MOST = 20  # keys beside the words, from the first start to the pledge


class Typist:
    """A person at the keyboard; keys and words are counted."""

    def __init__(self, started: Program, qtbot) -> None:
        self.started, self.qtbot, self.keys, self.words = started, qtbot, 0, 0

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            press(key, modifiers)
            self.keys += 1

    def say(self, words: str) -> None:
        type_text(words)
        self.words += len(words)

    def go_to(self, page: str) -> None:
        go_to_page(page)
        self.keys += 1

    def until(self, what) -> None:
        self.qtbot.waitUntil(what)

    def at(self, kind: type[QWidget]) -> bool:
        return isinstance(self.started.window.stack.currentWidget(), kind)


@pytest.fixture
def typist(programs, qtbot):
    return Typist(programs(), qtbot)


def begin(typist: Typist, categories: str = "重点工作、平安建设") -> None:
    """First start: township, name, categories, and all its villages."""
    assert typist.at(FirstStart)
    typist.say(PLACE)
    typist.press(Qt.Key.Key_Return)
    typist.say("李四")
    typist.press(Qt.Key.Key_Return)
    if categories:
        typist.say(categories)
    typist.press(Qt.Key.Key_Return)
    typist.until(lambda: typist.at(FirstVillages))
    typist.press(Qt.Key.Key_Return)
    typist.until(lambda: typist.started.window.current == "home")


def villages(desk) -> list[str]:
    with desk.reading() as session:
        return list(session.scalars(select(Unit.name).where(Unit.kind.in_(VILLAGE_KINDS)).order_by(Unit.position)))


def steps(window) -> list[str]:
    """What the first page says is to be done."""
    page = window.pages["home"]
    found = [page._steps.itemAt(row).widget() for row in range(page._steps.count())]
    return [label.text() for holder in found for label in holder.findChildren(QLabel)]


def test_from_the_first_start_to_the_first_pledge_by_keys(typist, monkeypatch, tmp_path) -> None:
    begin(typist)
    window, desk = typist.started.window, typist.started.sitting.desk
    assert window.bar.office.text() == f"清溪镇 · {date.today().year} 年任务清单"
    village = villages(desk)[-1]
    assert [step[0] for step in steps(window)[:3]] == ["①", "②", "③"]
    assert "✓" in steps(window)[0]

    typist.go_to("checklist")
    typist.press(Qt.Key.Key_N, modifiers=CTRL)
    for words in ("村口路灯安装", "安装路灯12盏", "重点工作", village, f"{date.today().year}-12-31"):
        typist.say(words)
        typist.press(Qt.Key.Key_Return)
    typist.press(Qt.Key.Key_S, modifiers=CTRL)
    with desk.reading() as session:
        [task] = session.scalars(select(Task))
        assert (task.unit.name, task.category.name, task.state) == (village, "重点工作", "draft")
    typist.press(Qt.Key.Key_Escape)
    submit = window.pages["checklist"].submit
    typist.press(*keys_of(submit), modifiers=modifiers_of(submit))
    typist.go_to("review")
    typist.press(Qt.Key.Key_A, modifiers=CTRL)
    typist.press(Qt.Key.Key_Return, modifiers=CTRL)
    with desk.reading() as session:
        [number] = session.scalars(select(Task.number))
        assert number == f"清〔{date.today().year}〕重点-001"
    typist.go_to("papers")
    choose(monkeypatch, target=tmp_path / "承诺书.pdf")
    typist.press(Qt.Key.Key_S, modifiers=CTRL | SHIFT)
    wait(typist.qtbot, desk)
    words = words_in(tmp_path / "承诺书.pdf")
    assert f"清溪镇{village}" in words
    assert "清承诺〔" in words
    assert "重点-001" in words
    print(f"first start to first pledge: {typist.keys} keys beside {typist.words} characters of words")
    assert typist.keys <= MOST


def keys_of(action: QAction) -> list[Qt.Key]:
    return [action.shortcut()[0].key()]


def modifiers_of(action: QAction) -> Qt.KeyboardModifier:
    return action.shortcut()[0].keyboardModifiers()


def words_in(file) -> str:
    with PdfDocument(file) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
        return re.sub(r"\s", "", "".join([*texts, *map(str, document.get_metadata_dict().values())]))


def test_villages_are_taken_back_and_taken_again_from_the_organisation(typist) -> None:
    begin(typist)
    window, desk = typist.started.window, typist.started.sitting.desk
    there = villages(desk)
    assert len(there) > 10
    press(Qt.Key.Key_Z, CTRL)
    assert villages(desk) == []
    assert steps(window)[0].startswith("① 先建立村和居委会")
    seen: list[int] = []

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):  # not there yet
            QTimer.singleShot(20, agree)
            return
        table = dialog.units.table
        seen.append(len(dialog.units.make))
        QTest.keyClick(table, Qt.Key.Key_Space)
        seen.append(len(dialog.units.make))
        QTest.keyClick(table, Qt.Key.Key_Return)

    QTimer.singleShot(0, agree)
    window.visit("organisation", {"villages": True})
    typist.until(lambda: len(villages(desk)) == len(there) - 1)
    assert seen == [len(there), len(there) - 1]
    assert "撤销" in [button.text().strip() for button in window.messages.findChildren(QAbstractButton)]


def test_a_township_that_only_sounds_so_is_offered_and_never_taken_unasked(programs, qtbot) -> None:
    typist = Typist(programs(), qtbot)
    first = typist.started.window.stack.currentWidget()
    line = first.findChild(TownshipLine)

    def rows() -> list[str]:
        return [line.offered.item(row).text() for row in range(line.offered.count())]

    typist.say("请西镇")
    assert rows()[0] == "都不是，就用“请西镇”（村名自己填）"
    assert any(row.startswith("清溪镇") and "韶山市" in row and row.endswith("读音相近") for row in rows())
    typist.press(Qt.Key.Key_Return)
    assert (line.text(), line.code) == ("请西镇", "")
    line.clear()
    line.setFocus()
    typist.say("qx")
    assert rows()[-1] == "还有更多，请再写上县或市的名称"
    typist.press(*[Qt.Key.Key_Down] * 70)
    typist.press(Qt.Key.Key_Return)
    assert (line.text(), line.code) == ("qx", ""), "the last row that can be taken is what was typed"


def test_a_year_written_where_categories_stand_is_no_category(programs, qtbot) -> None:
    typist = Typist(programs(), qtbot)
    typist.say("新清溪镇")
    typist.press(Qt.Key.Key_Return)
    typist.say("李四")
    typist.press(Qt.Key.Key_Return)
    typist.say("2021")
    typist.press(Qt.Key.Key_Return)
    first = typist.started.window.stack.currentWidget()
    assert isinstance(first, FirstStart), "nothing was made of it"
    assert any("2021" in label.text() and label.isVisible() for label in first.findChildren(QLabel))


def test_a_column_of_names_is_pasted_where_the_township_is_in_no_list(programs, qtbot) -> None:
    typist = Typist(programs(), qtbot)
    typist.say("新清溪镇")
    typist.press(Qt.Key.Key_Return)
    typist.say("李四")
    typist.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    typist.until(lambda: typist.at(FirstVillages))
    QApplication.clipboard().setText("村名\n东头村\n西头村委会\n南门社区\n")
    typist.press(Qt.Key.Key_V, modifiers=CTRL)
    typist.press(Qt.Key.Key_Return)
    typist.until(lambda: typist.started.window.current == "home")
    desk = typist.started.sitting.desk
    assert villages(desk) == ["东头村", "西头村", "南门社区"]
    assert steps(typist.started.window)[1].startswith("② 设好任务类别")
    assert typist.started.window.pages["home"].none.isVisible(), "no empty panel stands without a word"


def test_units_and_categories_a_file_names_are_made_from_its_preview_and_taken_back(typist, tmp_path) -> None:
    begin(typist, "")
    window, desk = typist.started.window, typist.started.sitting.desk
    listed = villages(desk)[0]
    press(Qt.Key.Key_Z, CTRL)
    year = date.today().year
    files = [
        book(tmp_path / f"01 {listed}.xlsx", LAMP, title=f"{listed}{year}年干事承诺清单"),
        book(tmp_path / "汇总.xlsx", [*LAMP, "东头村"], [*LAMP, "西头村"], title=f"清溪镇{year}年任务清单",
             headers=[*HEADERS, "责任单位"]),
    ]  # fmt: skip
    window.visit("import", files)
    wait(typist.qtbot, desk)
    page = window.pages["import"]
    try:
        answer_first(typist, desk)  # all units at once
        assert villages(desk) == [listed, "东头村", "西头村"]
        with desk.reading() as session:
            assert session.scalar(select(Unit).where(Unit.name == listed)).code.startswith("430382100")
        assert {row.record.unit for row in page.preview.rows} == {listed, "东头村", "西头村"}
        assert page.preview.counts()["error"] == 3, "no category yet"
        answer_first(typist, desk)  # the categories
        assert page.preview.counts()["error"] == 0
        for _step in range(2):
            press(Qt.Key.Key_Z, CTRL)
            wait(typist.qtbot, desk)
        assert villages(desk) == []
        assert page.preview.counts()["error"] == 3, "the preview stands, as if nothing had been made"
    finally:
        page.close_preview.trigger()


def answer_first(typist: Typist, desk) -> None:
    """Enter on the first thing asked of the files."""
    press(Qt.Key.Key_J, CTRL)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Return)
    wait(typist.qtbot, desk)


def said_in(widget: QWidget) -> list[str]:
    """Everything the widgets inside can be read as: words, tips, placeholders, titles, items, actions."""
    found = [widget.windowTitle(), widget.toolTip(), widget.accessibleName()]
    for one in (widget, *widget.findChildren(QWidget)):
        found += [one.toolTip(), one.statusTip(), one.windowTitle(), one.accessibleName()]
        for read in ("text", "placeholderText", "toPlainText", "title", "currentText"):
            value = getattr(one, read, None)
            if callable(value) and not isinstance(one, QTableWidget):
                found.append(str(value()))
        if isinstance(one, QComboBox):
            found += [one.itemText(row) for row in range(one.count())]
        if isinstance(one, QAbstractItemView) and (model := one.model()) is not None:
            rows, columns = min(model.rowCount(), 50), 1 if isinstance(model, QAbstractListModel) else model.columnCount()
            found += [str(model.index(row, column).data() or "") for row in range(rows) for column in range(columns)]
    for action in widget.findChildren(QAction):
        found += [action.text(), action.toolTip(), action.statusTip()]
    return found


def test_no_word_of_another_township_stands_in_any_window(typist) -> None:
    begin_words = said_in(typist.started.window)
    begin(typist)
    window, desk = typist.started.window, typist.started.sitting.desk
    said = [*begin_words, *said_in(window)]
    for entry in PAGES:
        window.visit(entry.key)
        wait(typist.qtbot, desk)
        press(Qt.Key.Key_F1)  # the help of the page beside it
        tabs = [button for button in window.pages[entry.key].findChildren(QAbstractButton) if button.property("kind") == "tab"]
        for tab in [button for button in tabs if button.isVisible()]:
            tab.click()
            wait(typist.qtbot, desk)
        said += said_in(window)
    window.visit("checklist", {"new": True})
    said += said_in(window)
    wrong = {words for words in said if FOREIGN.search(words)}
    assert not wrong
    assert len([words for words in said if words]) > 1000
    assert any("清溪镇" in words for words in said)
    window.pages["checklist"].may_leave()
