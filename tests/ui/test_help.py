"""F1: help for every page, its keys beside it, nothing from a network, Esc closes."""

import re

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

import resources
from tests.ui.keys import press, type_text
from tests.ui.walking import out_of_sight
from ui.pages import PAGES
from ui.shell.help_words import find_in_help, help_text
from ui.shell.menus import actions_of
from ui.shell.window import Window
from ui.widgets.buttons import ActionButton, worded_keys


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_every_page_has_its_help_with_all_its_keys(window: Window, key: str) -> None:
    window.visit(key)
    press(Qt.Key.Key_F1)
    help_panel = window.guide.help
    words = help_panel.words.toPlainText()
    assert help_panel.isVisible()
    assert window.pages[key].TITLE in help_panel._title.text()
    assert "怎样开始" in words
    for found in actions_of(window.pages[key]):
        assert found.action.text() in words
        assert worded_keys(found.action) in words
    for action in window.actions():
        assert action.text() in words
    press(Qt.Key.Key_Escape)
    assert not help_panel.isVisible()


def test_the_help_is_chinese_and_leads_to_no_network() -> None:
    for file in resources.path("help").glob("*.md"):
        text = file.read_text("utf-8")
        assert not re.search(r"https?:|\]\(|<", text), file.name
        assert len(re.findall("[\u4e00-\u9fff]", text)) > 80, file.name


def test_there_is_no_help_without_a_page() -> None:
    assert {file.stem for file in resources.path("help").glob("*.md")} >= {entry.key for entry in PAGES}
    with pytest.raises(FileNotFoundError):
        help_text("nowhere")


def test_esc_gives_the_keys_back_and_f1_closes_too(window: Window) -> None:
    window.visit("checklist")
    before = QApplication.focusWidget()
    press(Qt.Key.Key_F1)
    assert QApplication.focusWidget() is window.guide.help.words
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_F1)
    assert not window.guide.help.isVisible()


def test_it_follows_from_page_to_page_and_keeps_to_the_right(window: Window) -> None:
    window.visit("checklist")
    press(Qt.Key.Key_F1)
    window.visit("report")
    panel = window.guide.help
    assert panel.isVisible()
    assert "报告" in panel._title.text()
    for width, height in ((1366, 768), (1100, 700), (683, 384)):
        window.resize(width, height)
        QApplication.processEvents()
        beside = QRect(panel.mapTo(window, QPoint(0, 0)), panel.size())
        assert beside.left() > window.stack.mapTo(window, window.stack.rect().topRight()).x(), "it covers nothing of the page"
        assert window.rect().contains(beside)
        assert not out_of_sight(window, window.pages["report"].findChild(ActionButton))


def test_words_are_found_in_the_help_of_all_pages_by_keys_alone(window: Window) -> None:
    window.visit("home")
    press(Qt.Key.Key_F1)
    panel = window.guide.help
    press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is panel.search
    type_text("hsz")  # 回收站
    found = find_in_help("回收站")
    assert found
    assert "回收站" in panel.words.toPlainText()
    assert {line.page for line in found} == {line.page for line in find_in_help("hsz") if "回收站" in line.text}
    press(Qt.Key.Key_Return)
    first = next(entry.word for entry in PAGES if entry.key == find_in_help("hsz")[0].page)
    assert panel._title.text() == f"帮助 · {first}"
    assert QApplication.focusWidget() is panel.words
    press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert find_in_help("  ") == []
