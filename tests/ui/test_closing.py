"""Closing the window: what is not safe is said before it goes, and a deleted data folder loses nothing without a word."""

import errno
import os
import shutil
from datetime import date

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from db.backup import Moment
from huajie_desktop.application import Application
from huajie_desktop.backups.copying import Source
from huajie_desktop.backups.file_store import KEPT
from huajie_desktop.backups.keeping import keep
from huajie_desktop.backups.manifest import read_files
from huajie_desktop.backups.second_place import name_second_place
from huajie_desktop.backups.shelf import copies_in
from huajie_desktop.folders import DATABASE
from huajie_desktop.occasions import Occasion
from huajie_desktop.work import attachments
from tests.folders import lay_office, open_office
from tests.office import contents, enter
from tests.ui.hands import answer
from ui.shell.main import Program

posix = pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody take away an open file")


@pytest.fixture
def program(themed, qtbot, tmp_path):
    made: list[Program] = []

    def start(actor="张三") -> Program:
        made.append(Program(tmp_path / "data", actor))
        with qtbot.waitSignal(made[-1].jobs.finished):
            made[-1].begin()
        made[-1].window.activateWindow()
        qtbot.waitUntil(made[-1].window.isActiveWindow)
        return made[-1]

    yield start
    for program in made:
        program.window.close()
        program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def stick(tmp_path):
    """An office with a photograph, its stick with one copy, and closed."""
    seat = open_office(tmp_path / "data", date.today())
    enter(seat)
    (tmp_path / "路灯.jpg").write_bytes(os.urandom(50_000))
    attachments.add(seat, 1, [tmp_path / "路灯.jpg"])
    (tmp_path / "stick").mkdir()
    name_second_place(seat.folder, tmp_path / "stick", date.today())
    with Moment(seat.engine) as moment:
        keep(Source(seat.folder, moment), Occasion.HAND, seat.today())
    seat.data.close()
    return tmp_path / "stick" / "清单备份"


def rows_of(copy):
    """What a copy's database says."""
    data = Application.look_into(copy.database)
    try:
        with data.reading() as session:
            return session.connection().exec_driver_sql("SELECT title FROM tasks ORDER BY id").scalars().all()
    finally:
        data.close()


@posix
def test_closing_after_the_data_folder_was_deleted_asks_and_the_stick_gets_the_last_state(program, qtbot, stick, tmp_path):
    started = program()
    enter(started.sitting.desk.seat, title="最后一项")
    shutil.rmtree(tmp_path / "data")
    answer("不关闭", seen := [])
    started.window.close()
    assert started.window.isVisible(), "it waits for the clerk"
    assert "被删除、移走或换成了别的文件" in seen[0]
    assert "附件和导入的原件不在其中" in seen[0]
    answer("仍然关闭")
    started.window.close()
    assert not started.window.isVisible()
    newest, before = copies_in(stick)
    assert rows_of(newest) == [*rows_of(before), "最后一项"]
    assert read_files(newest.folder) == read_files(before.folder) != []
    assert not (tmp_path / "data").exists(), "nothing is made where it was"


@posix
def test_closing_after_the_folder_was_deleted_saves_elsewhere_and_then_asks_no_more(program, qtbot, tmp_path, monkeypatch):
    lay_office(tmp_path / "data")
    started = program()
    enter(started.sitting.desk.seat, title="最后一项")
    shutil.rmtree(tmp_path / "data")
    target = tmp_path / "另存.db"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    answer("另存数据")
    started.window.close()
    qtbot.waitUntil(lambda: "数据已另存到" in started.window.messages.text)
    assert started.window.isVisible()
    assert "附件和导入的原件不在里面" in started.window.messages.text
    data = Application.look_into(target)
    with data.reading() as session:
        assert session.connection().exec_driver_sql("SELECT title FROM tasks").scalars().all() == ["最后一项"]
    data.close()
    started.window.day.look()
    assert "数据已另存到" in started.window.messages.text, "it is not said again"
    started.window.close()
    assert not started.window.isVisible()
    assert not (tmp_path / "data").exists()


@posix
def test_a_file_that_is_gone_is_noticed_by_the_minute_and_can_be_saved(program, tmp_path):
    lay_office(tmp_path / "data")
    started = program()
    started.window.day.timer.timeout.emit()
    assert started.window.messages.text == ""
    (tmp_path / "data" / DATABASE).rename(tmp_path / "away.db")
    started.window.day.timer.timeout.emit()
    assert "被删除、移走或换成了别的文件" in started.window.messages.text
    assert "另存数据" in [button.text().strip() for button in started.window.messages.findChildren(QPushButton)]
    started.window.visit("settings")
    assert "被删除、移走或换成了别的文件" in started.window.messages.text, "another page says it, too"
    (tmp_path / "away.db").rename(tmp_path / "data" / DATABASE)
    assert started.window.close()


@posix
def test_the_width_of_a_column_does_not_bring_back_a_deleted_folder(program, tmp_path):
    lay_office(tmp_path / "data")
    started = program()
    shutil.rmtree(tmp_path / "data")
    started.preferences.remember_widths("tasks", {"title": 300})
    started.preferences._settings.sync()
    assert not (tmp_path / "data").exists()
    answer("仍然关闭")
    started.window.close()


def test_damage_met_by_the_last_copy_is_told_at_closing_and_looked_at_at_the_next_start(
    program, qtbot, stick, tmp_path, monkeypatch
):
    monkeypatch.setattr("ui.shell.sitting._SETTLED", 0)
    started = program()
    enter(started.sitting.desk.seat, title="公厕")
    with started.sitting.desk.seat.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE tasks SET title = '别的' WHERE id = 1")
    answer("知道了", seen := [])
    started.window.close()
    assert "关闭前没有备份成" in seen[0]
    assert "数据没有通过检查，有地方损坏" in seen[0]
    assert not (tmp_path / "data" / "faults.log").exists()
    again = program()
    qtbot.waitUntil(lambda: again.window.messages.kind == "error")
    assert "数据有损坏：发现 1 处" in again.window.messages.text
    answer("知道了")
    again.window.close()


@pytest.mark.parametrize("full", ["data", "stick"])
def test_a_disk_without_room_for_the_last_copy_is_told_at_closing(program, stick, tmp_path, monkeypatch, full):
    started = program()
    enter(started.sitting.desk.seat, title="公厕")
    mkdir = os.mkdir

    def refuse(path, *how, **more):  # what the system says of a disk that takes no more
        if str(path).endswith("-close.part") and str(path).startswith(str(tmp_path / full)):
            raise OSError(errno.ENOSPC, "No space left on device")
        return mkdir(path, *how, **more)

    monkeypatch.setattr("os.mkdir", refuse)
    answer("知道了", seen := [])
    started.window.close()
    assert "磁盘已满" in seen[0]
    assert str(tmp_path / full) in seen[0]
    assert ("这台电脑上的备份已经做好" in seen[0]) == (full == "stick")


def test_a_last_copy_that_goes_well_asks_nothing(program, stick, tmp_path):
    started = program()
    enter(started.sitting.desk.seat, title="公厕")
    said = contents(started.sitting.desk.seat)["tasks"]
    started.window.close()
    assert len(rows_of(copies_in(stick)[0])) == len(said)
    assert all((tmp_path / "data" / kept).is_dir() or kept == "imports" for kept in KEPT)
