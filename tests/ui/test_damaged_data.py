"""The window over data that is damaged, gone or replaced: it says so, counts nothing as 0 and offers what can be done."""

import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from db.connecting import connect
from huajie_desktop.application import Application
from huajie_desktop.folders import DATABASE
from huajie_desktop.township import seating
from tests.office import enter
from tests.test_damage import break_root_page
from tests.ui.keys import press, type_text
from tests.ui.test_start import begin, program  # noqa: F401  # a fixture
from ui.shell.first_start import FirstStart
from ui.shell.start import Failed


def numbers(page):
    """What the tiles show."""
    return [tile._number.text() for tile in page.tiles.values()]


def test_what_cannot_be_counted_is_blank_and_damage_is_called_damage(program, qtbot, tmp_path):  # noqa: F811
    first = program()
    begin(qtbot, first, categories="重点工作")
    first.window.close()
    break_root_page(tmp_path / "data" / DATABASE, "tasks")

    again = program("王五")
    qtbot.waitUntil(lambda: again.window.current == "home")
    assert again.window.messages.text.startswith("数据文件已损坏")
    assert "完好" not in again.window.messages.text
    page = again.window.pages["home"]
    assert numbers(page) == [""] * len(page.tiles)
    assert page.tiles[None].accessibleName() == "全部任务"
    assert not [button for button in page.findChildren(QPushButton) if button.text() == "新增任务"], "not the first steps"
    again.window.visit("settings")
    assert again.window.current == "settings", "what does not meet the damage goes on"
    again.window.visit("home")
    assert again.window.messages.text.startswith("数据文件已损坏"), "it is asked again"


def test_figures_that_were_there_go_when_they_can_no_longer_be_counted(window, desk):
    page = window.pages["home"]
    assert numbers(page) == ["0"] * len(page.tiles)
    with closing(connect(desk.seat.folder / DATABASE)) as connection:
        connection.execute("DROP TABLE occurrences")
    window.visit("settings")
    window.stack.let_age("settings")
    window.visit("home")
    assert numbers(page) == [""] * len(page.tiles)


def test_damage_met_where_nobody_waits_for_it_is_told_as_it_is(program, qtbot):  # noqa: F811
    started = program()
    begin(qtbot, started)
    with closing(connect(started.sitting.desk.seat.folder / DATABASE)) as connection:
        connection.execute("DROP TABLE habits")
    try:
        with started.sitting.desk.reading() as session:
            session.connection().exec_driver_sql("SELECT * FROM habits")
    except Exception:
        started.on_fault(*sys.exc_info())
    assert started.window.messages.text.startswith("数据文件已损坏")
    assert not (started.sitting.desk.seat.folder / "faults.log").exists()


def test_a_lost_database_is_said_and_nothing_is_made(program, tmp_path):  # noqa: F811
    (tmp_path / "data" / "imports").mkdir(parents=True)
    started = program()
    assert isinstance(started.window.stack.currentWidget(), Failed)
    started.window.close()
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["imports"]


def test_looking_at_the_first_page_makes_nothing(program, tmp_path):  # noqa: F811
    started = program()
    assert isinstance(started.window.stack.currentWidget(), FirstStart)
    press(Qt.Key.Key_Return)  # the name is missing
    started.window.close()
    assert not (tmp_path / "data").exists()


def test_a_beginning_that_fails_says_why_and_can_be_tried_again(program, qtbot, tmp_path):  # noqa: F811
    started = program()
    (tmp_path / "data").write_bytes(b"a file in the way")
    with qtbot.waitSignal(started.jobs.finished):
        for words in ("花街镇", "王五", ""):
            type_text(words)
            press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "不能建立数据文件夹" in started.window.messages.text)
    (tmp_path / "data").unlink()
    QApplication.focusWidget() or started.window.stack.currentWidget().setFocus()
    with qtbot.waitSignal(started.jobs.finished):
        started.window.stack.currentWidget().button.click()
    qtbot.waitUntil(lambda: started.window.current == "home")
    assert started.window.messages.text == ""


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody take away an open file")
def test_data_whose_file_is_gone_can_be_saved_elsewhere(window, desk, qtbot, tmp_path, monkeypatch):
    enter(desk.seat, title="之前")
    shutil.rmtree(desk.seat.folder)
    assert desk.do(enter, title="之后") is None
    assert "没有存到原来的位置" in window.messages.text
    asked = tmp_path / "U盘" / "数据"
    asked.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(asked), ""))
    save = next(button for button in window.messages.findChildren(QPushButton) if button.text().strip() == "另存数据")
    with qtbot.waitSignal(desk.jobs.finished):
        save.click()
    qtbot.waitUntil(lambda: "数据已另存到" in window.messages.text)
    assert str(desk.seat.folder) in window.messages.text, "where it belongs is said"
    (tmp_path / "new").mkdir()
    shutil.copy(Path(f"{asked}.db"), tmp_path / "new" / DATABASE)
    again = seating.come_in(Application.open(tmp_path / "new"), "张三")
    assert again.author.uid == desk.seat.author.uid
    again.data.close()
