"""Settings: text size, version and data folder."""

import os
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from huajie_desktop import VERSION, settings
from huajie_desktop.typesetting.fonts import Style
from tests.typesetting.test_faces import font
from tests.ui.hands import show_letters_at
from tests.ui.keys import press
from ui.pages.settings.settings_page import SettingsPage
from ui.theme import text_size


@pytest.fixture
def page(window) -> SettingsPage:
    window.visit("settings")
    found = window.pages["settings"]
    assert isinstance(found, SettingsPage)
    return found


def tab(page, key):
    page.tabs.button(key).click()


def test_another_text_size_is_shown_at_once_and_remembered(page, window, desk, qtbot):
    page.display.slider.setValue(13)
    page.display.apply.click()
    try:
        qtbot.waitUntil(lambda: text_size() == 130)
        assert desk.preferences.text_size == 130
        assert not page.display.apply.isEnabled()
        page.display.usual.click()
        qtbot.waitUntil(lambda: text_size() == 100)
        assert page.display.slider.value() == 10
    finally:
        show_letters_at(100)


def test_version_and_data_folder_are_said(page, app):
    tab(page, "data")
    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert declared == VERSION
    texts = [label.text() for label in page.data.findChildren(type(page.title))]
    assert VERSION in texts
    assert str(app.folder) in texts


def test_the_rules_are_changed_at_once_and_taken_back_like_anything(page, desk):
    tab(page, "rules")
    said = {
        settings.FOUR_EYES: ("录入与审核分开", False),
        settings.TWICE: ("金额和数量录两遍", False),
        settings.PUNCTUATION: ("规范文书标点", True),
        settings.ESCALATE_ANSWERED: ("期限内已反馈、还没复核的督查单也升级", False),
        settings.APPROVED_ONLY: ("只统计已确认", True),
    }
    assert {name: (box.text(), box.isChecked()) for name, box in page.rules.boxes.items()} == said
    for name, (_word, before) in said.items():
        page.rules.boxes[name].click()
        with desk.reading() as session:
            assert settings.rule(session, name) == ("0" if before else "1")
        desk.undo()
        assert page.rules.boxes[name].isChecked() is before


def test_an_installed_face_is_taken_by_itself_and_another_can_be_chosen(page, app, desk, qtbot, monkeypatch, tmp_path):
    fonts = tmp_path / "home" / ".local/share/fonts"
    fonts.mkdir(parents=True)
    (fonts / "仿宋_GB2312.ttf").write_bytes(font({0x0804: "仿宋_GB2312"}))
    (fonts / "b.ttf").write_bytes(font({0x0804: "方正小标宋简体"}, rights=2))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    tab(page, "fonts")
    part = page.fonts
    qtbot.waitUntil(lambda: part.sample.pixmap().width() > 100 and not desk.jobs.busy)
    box = part.boxes[Style.FANG]
    assert [box.itemText(row) for row in range(3)] == ["自动：仿宋_GB2312", "随程序：方多仿宋", "仿宋_GB2312"]
    assert box.currentText() == "自动：仿宋_GB2312"
    assert part.boxes[Style.TITLE].currentText() == "自动：思源宋体粗体"
    assert "方正小标宋简体（字库不允许嵌入）" in part.note.text()
    assert part.note.text().startswith("字体：仿宋用仿宋_GB2312（电脑上装有），其余随程序")
    if folder := os.environ.get("PICTURES"):
        page.window().grab().save(str(Path(folder) / "文书字体.png"))
    box.setFocus()
    for _ in range(box.findText("随程序：方多仿宋")):
        press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    assert part.note.text().startswith("字体：仿宋用随程序的（设置里选定），其余随程序")
    desk.undo()
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    assert box.currentText() == "自动：仿宋_GB2312"
    assert part.note.text().startswith("字体：仿宋用仿宋_GB2312（电脑上装有）")
