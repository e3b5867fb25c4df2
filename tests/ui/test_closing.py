"""What is said of copies at the start and at the end: nothing is lost, replaced or not copied without a word."""

import errno
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from PySide6.QtWidgets import QFileDialog, QPushButton

from db.backup import Moment
from db.errors import Reason, StorageError
from huajie_desktop.application import Application
from huajie_desktop.backups.bringing_back import bring_back
from huajie_desktop.backups.copying import Source, copy_everything
from huajie_desktop.backups.file_store import KEPT
from huajie_desktop.backups.keeping import keep
from huajie_desktop.backups.manifest import read_files
from huajie_desktop.backups.second_place import SecondPlace, name_second_place, second_place
from huajie_desktop.backups.shelf import copies_in, take_away
from huajie_desktop.backups.since import doubt_of
from huajie_desktop.errors import Damaged, storage_problems
from huajie_desktop.folders import DATABASE
from huajie_desktop.occasions import Occasion
from huajie_desktop.township import seating
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import attachments
from tests.folders import lay_office, open_office
from tests.office import contents, enter
from tests.ui.hands import answer, choose
from ui.desk.preferences import Preferences
from ui.shell.restore_sheet import RestoreSheet
from ui.widgets.buttons import ActionButton

posix = pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody take away an open file")


@pytest.fixture
def program(programs):
    return lambda actor="张三": programs(actor)


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


# what is said at the start


def test_a_replaced_database_is_not_taken_for_the_one_that_was_copied(program, qtbot, stick, tmp_path):
    """A restore by hand of another office's file, which opens without a fault."""
    (tmp_path / "data" / DATABASE).unlink()
    shutil.copy(lay_office(tmp_path / "other") / DATABASE, tmp_path / "data" / DATABASE)
    with sqlite.connect(tmp_path / "data" / DATABASE) as connection:
        connection.execute("UPDATE databases SET uid = 'another'")
    started = program()
    assert "现在打开的是另一份数据（花街镇 2021 年）" in started.window.messages.text
    assert started.window.status._copied.text() == "· 现在的数据还没有备份"
    started.window.messages.findChild(ActionButton).click()
    assert started.window.current == "settings"


def test_an_older_database_put_in_its_place_is_said_to_be_older(program, stick, tmp_path):
    [good] = copies_in(tmp_path / "data" / "backups")
    first = program()
    enter(first.sitting.desk.seat, title="公厕")
    first.window.close()
    shutil.copy(good.database, tmp_path / "data" / DATABASE)
    again = program()
    assert "旧，少了后来做的 1 步：数据文件可能被换过" in again.window.messages.text


def test_data_that_was_brought_back_on_purpose_is_not_doubted(stick, tmp_path):
    seat = open_office_again(tmp_path)
    [good] = copies_in(tmp_path / "data" / "backups")
    enter(seat, title="公厕")
    seat.data.close()
    bring_back(good, tmp_path / "data")
    seat = open_office_again(tmp_path)
    with seat.reading() as session:
        assert doubt_of(session, tmp_path / "data") == ""
    seat.data.close()


def open_office_again(tmp_path):
    return come_in(Application.open(tmp_path / "data"), "张三")


def test_an_unclean_end_and_a_stick_not_seen_for_long_are_both_told(program, qtbot, stick, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.shell.sitting._SETTLED", 0)
    shutil.rmtree(tmp_path / "stick")
    for copy in copies_in(tmp_path / "data" / "backups"):
        take_away(copy)
    second = tmp_path / "data" / "backups" / "second.json"
    second.write_text(second.read_text("utf-8").replace(date.today().isoformat(), "2026-01-01"), "utf-8")
    (tmp_path / "data" / "open.mark").touch()
    started = program()
    qtbot.waitUntil(lambda: "上次程序没有正常关闭" in started.window.messages.text)
    qtbot.waitUntil(lambda: len(copies_in(tmp_path / "data" / "backups")) == 1)
    started.window.messages.clear()
    qtbot.waitUntil(lambda: "天没有见到" in started.window.messages.text)


def test_a_copy_by_hand_is_the_last_copy_at_once(program, qtbot, tmp_path):
    lay_office(tmp_path / "data")
    started = program()
    assert started.window.status._copied.text() == "· 还没有备份"
    started.window.visit("settings", "backups")
    started.window.pages["settings"].backups.copy.trigger()
    qtbot.waitUntil(lambda: "备份好了" in started.window.messages.text)
    assert started.window.status._copied.text().startswith("· 上次备份 ")


def test_damage_a_page_meets_offers_the_copies_at_once(window, desk):
    desk.tell(Damaged("坏了"))
    button = window.messages.findChild(ActionButton)
    assert button.text().strip() == "到“备份”"
    button.click()
    assert window.pages["settings"].backups.isVisible()
    with pytest.raises(Damaged), storage_problems():
        raise StorageError(Reason.DAMAGED)


def test_a_stick_that_takes_no_copy_does_not_hide_that_this_computer_has_one(program, qtbot, stick, tmp_path, monkeypatch):
    started = program()
    enter(started.sitting.desk.seat, title="公厕")
    shutil.rmtree(stick)
    stick.mkdir()
    (stick / "files").write_bytes(b"in the way")
    started.window.visit("settings", "backups")
    part = started.window.pages["settings"].backups
    assert "现在插着，但里面还没有一份好的备份" in part.second.words.text()
    part.copy.trigger()
    qtbot.waitUntil(lambda: "没有备份成" in started.window.messages.text)
    assert str(stick) in started.window.messages.text
    assert started.window.messages.text.endswith("这台电脑上的备份已经做好，检查过，完好。")
    answer("知道了")
    started.window.close()


def test_a_copy_whose_files_are_gone_is_not_called_whole_and_that_is_said_before(program, qtbot, stick, tmp_path):
    for copy in copies_in(stick):
        take_away(copy)
    shutil.rmtree(tmp_path / "data" / "backups" / "files")
    started = program()
    started.window.visit("settings", "backups")
    part = started.window.pages["settings"].backups
    [line] = part.table.lines.values()
    assert line.state == "缺 1 个附件和原件"
    assert part.last.text().endswith("（附件和导入的原件不全）")
    answer("取消", seen := [])
    part.restore.trigger()
    assert "这份备份里有 1 个附件和导入的原件不见了，恢复后也不会有" in seen[0]
    assert "恢复到今天" in seen[0]
    part.copy.trigger()  # which stores them again
    qtbot.waitUntil(lambda: "备份好了" in started.window.messages.text)
    assert {line.state for line in part.table.lines.values()} == {"完好"}
    started.window.close()


def test_copies_of_several_offices_say_whose_they_are_and_a_renamed_one_is_found(stick, tmp_path, themed, qtbot, monkeypatch):
    data = Application.create(tmp_path / "other")
    seating.set_up(data, "下潘镇", 2022, "李四")
    with Moment(data.engine) as moment:
        copy_everything(Source(data.folder, moment), stick, Occasion.HAND)
    data.close()
    sheet = RestoreSheet(tmp_path / "nothing", Preferences(tmp_path / "nothing"))
    qtbot.addWidget(sheet)
    choose(monkeypatch, folder=tmp_path / "stick")
    sheet.choose.trigger()
    assert {line.whose for line in sheet.table.lines.values()} == {"花街镇 2021 年", "下潘镇 2022 年"}
    sheet.table.put_cursor(1)
    assert "选中的是花街镇 2021 年的数据" in sheet.words.text()
    renamed = copies_in(stick)[0].folder.rename(stick / "年底")
    choose(monkeypatch, folder=renamed)
    sheet.choose.trigger()
    assert sheet.table.current_copy().folder == renamed


def test_a_second_place_on_the_disk_of_the_data_is_warned_of(program, stick, tmp_path):
    started = program()
    started.window.visit("settings", "backups")
    assert "和数据在同一个磁盘上" in started.window.pages["settings"].backups.second.words.text()
    assert "还没有一份好的备份" not in started.window.pages["settings"].backups.second.words.text()
    assert second_place(tmp_path / "data").shares_disk(tmp_path / "data")
    assert not SecondPlace(Path("/proc"), date.today()).shares_disk(tmp_path / "data")
