"""Every page before an office full of hostile texts: plain words everywhere, no file looked at, nothing torn."""

from datetime import datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QHeaderView,
    QLabel,
    QTableView,
    QTreeView,
    QWidget,
)

from tests.ui import hostile
from tests.ui.hands import wait
from tests.ui.keys import ALT, CTRL, press
from ui.desk.desk import Desk
from ui.lists.tables import ListTable
from ui.pages import PAGES
from ui.shell.window import Window
from ui.widgets.badge import CellDelegate
from ui.widgets.building import as_caption, as_tip, legible, make_label
from ui.widgets.filters import Chip, Tabs

PAGE_KEYS = [entry.key for entry in PAGES]
WIDTH = 1366


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "canary.png"
    made = QImage(8, 8, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.red)
    assert made.save(str(path))
    return path


@pytest.fixture
def watched(picture):
    found = hostile.Watched(picture)
    yield found
    assert found.openings() == 0, "a picture was loaded because a text said so"
    found.close()


@pytest.fixture
def text(app, tmp_path, picture):
    """The office is full of this before the window opens it."""
    found = hostile.words(picture)
    hostile.fill(app, tmp_path, found)
    return found


@pytest.fixture(autouse=True)
def questions(qapp: QApplication):
    """Every question that comes up meanwhile is looked at and given up."""

    def give_up() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()
            look(dialog)

    timer = QTimer(interval=20)
    timer.timeout.connect(give_up)
    timer.start()
    yield
    timer.stop()


def markup(words: str) -> bool:
    """What Qt may take for markup, and a little more."""
    return "<" in words or "&" in words


def look(window: QWidget) -> None:
    """Nothing in sight or behind takes a text for markup, or is turned round by it."""
    QApplication.processEvents()
    for label in window.findChildren(QLabel):
        assert label.textFormat() != Qt.TextFormat.AutoText, label.text()
        assert "<img" not in label.text() or label.textFormat() == Qt.TextFormat.PlainText, label.text()
        assert "\u202e" not in label.text(), label.text()
        assert "\x00" not in label.text(), label.text()
    for button in window.findChildren(QAbstractButton):
        assert "\u202e" not in button.text(), button.text()
        assert "&" not in button.text().replace("&&", ""), button.text()
    for widget in [window, *window.findChildren(QWidget)]:
        assert_tip(widget.toolTip())
    for view in window.findChildren(QAbstractItemView):
        if not isinstance(view, QHeaderView) and not isinstance(view.itemDelegate(), CellDelegate) and view.model() is not None:
            columns = view.model().columnCount() if isinstance(view, QTableView | QTreeView) else 1
            for place in (
                (row, column) for row in range(min(view.model().rowCount(QModelIndex()), 5)) for column in range(columns)
            ):
                assert_tip(view.model().index(*place).data(Qt.ItemDataRole.ToolTipRole) or "")


def assert_tip(tip: str) -> None:
    assert not markup(tip) or tip.startswith('<span style="white-space:pre-wrap">'), tip
    assert "<img" not in tip, tip
    assert "\u202e" not in tip, tip


@pytest.mark.parametrize("key", PAGE_KEYS)
def test_a_page_shows_what_is_kept_as_it_is(watched, text: str, window: Window, key: str, qtbot) -> None:
    window.visit(key)
    look(window)
    for tabs in window.pages[key].findChildren(Tabs):
        for word in list(tabs._buttons):
            if tabs.isVisible() and tabs.button(word).isEnabled():
                tabs.button(word).click()
                open_all(window, key)
    wait(qtbot, window.desk)
    open_all(window, key)
    window.commands.help.trigger()
    look(window)
    window.grab()
    look(window)
    assert window.width() == WIDTH, "the page was widened by a text"
    assert window.minimumSizeHint().width() <= WIDTH


def open_all(window: Window, key: str) -> None:
    """Opens the first of every list in sight, and what lies behind it."""
    for table in filter(ListTable.isVisible, window.pages[key].findChildren(ListTable)):
        table.step(0)
        table.view.entered_row.emit()
        look(window)
        if window.current != key:
            window.visit(key)
    for number in range(2, 7):
        if (widget := QApplication.focusWidget()) is not None and widget.window() is window:
            press(Qt.Key(Qt.Key.Key_0 + number), ALT)
            look(window)
    for chip in filter(Chip.isVisible, window.pages[key].findChildren(Chip)):
        chip.click()
        look(window)
        if chip._list is not None:
            chip._list.hide()


def test_the_search_the_strip_and_the_bar_below_show_it_as_it_is(watched, text: str, window: Window, desk: Desk) -> None:
    window.bar.search.setFocus()
    window.bar.search.setText("任务")
    window.guide.palette.look()
    look(window)
    window.guide.palette.hide()
    window.visit("checklist")
    page = window.pages["checklist"]
    page.table.go_to(page.table.ids[0])
    press(Qt.Key.Key_T, CTRL)
    for kind in ("done", "info", "warning", "error"):
        desk.say(kind, text, text)
        look(window)
    window.status.show_done(text, datetime(2021, 3, 10))
    window.status.show_steps(text, text)
    window.status.show_place(text, text, "上次备份 03-01 10:00")
    window.bar.show_person(text)
    look(window)
    assert window.width() == WIDTH
    assert window.minimumSizeHint().width() <= WIDTH


def test_a_sign_that_turns_or_hides_is_shown_as_such() -> None:
    assert legible("甲\u202e乙\x00丙\u2066") == "甲\ufffd乙\ufffd丙\ufffd"
    assert legible("两行\n一格\t😀") == "两行\n一格\t😀"
    assert as_caption("A&B\u202e") == "A&&B\ufffd"
    assert len(as_caption("长" * 300)) == 60
    assert as_tip("<b>&lt;") == '<span style="white-space:pre-wrap">&lt;b&gt;&amp;lt;</span>'
    assert not markup(as_tip("甲乙"))


def test_a_label_shows_tags_as_tags(themed: QApplication, watched, picture) -> None:
    label = make_label(hostile.words(picture))
    assert label.textFormat() == Qt.TextFormat.PlainText
    label.setText(hostile.words(picture))
    label.grab()
    assert "<img" in label.text()
    label.deleteLater()
