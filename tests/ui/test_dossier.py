"""Saving a dossier from the list and everything from the settings, by keyboard."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from tests.office import enter
from tests.ui.hands import choose, wait
from tests.ui.keys import CTRL, SHIFT, go_to_page, press
from ui.desk import dossier


@pytest.fixture
def opened(monkeypatch):
    """What was handed to the desktop to be shown."""
    files = []
    monkeypatch.setattr(dossier, "open_file", files.append)
    return files


def test_the_dossier_of_the_selected_task(window, desk, qtbot, tmp_path, monkeypatch, opened):
    enter(desk.seat)
    go_to_page("checklist")
    window.pages["checklist"].table.step(0)
    choose(monkeypatch, target=tmp_path / "档.pdf")
    press(Qt.Key.Key_P, CTRL | SHIFT)
    wait(qtbot, desk)
    assert opened == [tmp_path / "档.pdf"]
    text = pypdfium2.PdfDocument(str(tmp_path / "档.pdf"))[0].get_textpage().get_text_bounded()
    assert "倪宅村“穿村段路灯安装”任务档案" in text.replace("\r\n", "")


def test_nothing_selected_is_said(window, desk, opened):
    go_to_page("checklist")
    press(Qt.Key.Key_P, CTRL | SHIFT)
    assert opened == []
    assert "没有选中任务" in window.messages.text


def test_everything_goes_into_a_folder(window, desk, qtbot, tmp_path, monkeypatch):
    enter(desk.seat)
    window.visit("settings", "data")
    choose(monkeypatch, folder=tmp_path)
    press(Qt.Key.Key_F7)
    wait(qtbot, desk)
    [folder] = [found for found in tmp_path.iterdir() if found.name.startswith("全部数据")]
    assert (folder / "数据" / "tasks.json").exists()
