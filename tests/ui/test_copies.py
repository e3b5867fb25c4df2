"""Copies at the window: they are made by themselves, one is brought back in three clicks, and a dead disk takes no year."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from db.backup import Moment
from huajie_desktop.application import Application
from huajie_desktop.backups.copying import Source
from huajie_desktop.backups.keeping import all_copies, keep
from huajie_desktop.backups.second_place import name_second_place
from huajie_desktop.backups.shelf import copies_in
from huajie_desktop.demo import open_begun
from huajie_desktop.folders import DATABASE
from huajie_desktop.occasions import Occasion
from huajie_desktop.township.seating import by_command
from huajie_desktop.work import attachments
from tests.folders import lay_office, open_office
from tests.office import contents, enter
from tests.ui.hands import answer, choose, show_letters_at, wait
from tests.ui.keys import CTRL, press
from ui.pages.settings.copy_view import CopyView
from ui.pages.settings.settings_page import SettingsPage
from ui.shell.first_start import FirstStart
from ui.shell.restore_sheet import RestoreSheet
from ui.shell.start import Failed


@pytest.fixture
def program(programs):
    return lambda actor="张三": programs(actor)


def folder_contents(folder):
    """Every row and every file of a closed data folder."""
    data = Application.open(folder)
    try:
        seat = by_command(data)
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for kept in ("attachments", "imports")
            for path in (folder / kept).rglob("*")
            if path.is_file()
        }
        with seat.reading() as session:
            assert attachments.missing(session, folder, thorough=True) == []
        return contents(seat), files
    finally:
        data.close()


def show(program, qtbot) -> SettingsPage:
    program.window.visit("settings", "backups")
    return program.window.pages["settings"]


def picture(window, name):
    if folder := os.environ.get("PICTURES"):
        QApplication.processEvents()
        window.grab().save(str(Path(folder) / f"{name}.png"))


def test_a_year_whose_folder_is_destroyed_comes_back_from_the_stick_to_the_last_digit(program, qtbot, tmp_path, monkeypatch):
    """What a spreadsheet office fears most: the disk is dead, and the stick is all there is."""
    seat = open_begun(tmp_path / "data")
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(os.urandom(400_000))
    attachments.add(seat, 1, [tmp_path / f"{number}.jpg" for number in range(3)])
    (tmp_path / "stick").mkdir()
    name_second_place(seat.folder, tmp_path / "stick", date.today())
    seat.data.close()
    before = folder_contents(tmp_path / "data")

    started = program("张三（演示）")
    enter(started.sitting.desk.seat, title="关门前的最后一项")
    started.window.close()  # the copy is made by itself
    before = folder_contents(tmp_path / "data")
    assert len(copies_in(tmp_path / "stick" / "清单备份")) == 1
    shutil.rmtree(tmp_path / "data")

    again = program("张三（演示）")
    first = again.window.stack.currentWidget()
    assert isinstance(first, FirstStart)
    first.restore.click()
    qtbot.waitUntil(lambda: isinstance(again.window.stack.currentWidget(), RestoreSheet))
    sheet = again.window.stack.currentWidget()
    picture(again.window, "恢复-空")
    again.window.activateWindow()
    qtbot.waitUntil(again.window.isActiveWindow)
    sheet.setFocus()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: isinstance(again.window.stack.currentWidget(), FirstStart))
    again.window.stack.currentWidget().restore.click()
    qtbot.waitUntil(lambda: isinstance(again.window.stack.currentWidget(), RestoreSheet))
    sheet = again.window.stack.currentWidget()
    choose(monkeypatch, folder=tmp_path / "stick")
    sheet.choose.trigger()
    assert sheet.table.current_copy().manifest.title == "花街镇 2021 年"
    picture(again.window, "恢复-有")
    qtbot.waitUntil(again.window.isActiveWindow)
    sheet.table.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: again.window.current == "home")
    assert again.window.messages.text.startswith("已恢复到")
    picture(again.window, "恢复-好了")
    again.window.close()
    assert folder_contents(tmp_path / "data") == before


def test_one_copy_is_brought_back_in_three_clicks_and_the_present_is_kept(program, qtbot, tmp_path):
    seat = open_office(tmp_path / "data", date(2021, 3, 10))
    enter(seat)
    with Moment(seat.engine) as moment:
        keep(Source(seat.folder, moment), Occasion.HAND, seat.today())
    enter(seat, title="公厕改造")
    later = contents(seat)
    seat.data.close()
    started = program()
    page = show(started, qtbot)
    page.backups.table.put_cursor(page.backups.table.count - 1)
    assert page.backups.table.current_line().since == "1 步"
    answer("恢复", seen := [])
    page.backups.restore.trigger()
    qtbot.waitUntil(lambda: started.sitting is not None and started.window.current == "home")
    assert "之后做的 1 步都不在里面" in seen[0]
    assert started.window.messages.text.startswith("已恢复到")
    desk = started.sitting.desk
    assert len(contents(desk.seat)["tasks"]) == 1
    enter(desk.seat, title="还能接着写")
    kept = next(copy for copy in all_copies(tmp_path / "data") if copy.occasion == Occasion.RESTORE)
    desk.visit("settings", kept)
    assert started.window.pages["settings"].backups.table.current_copy() == kept
    answer("恢复")
    qtbot.waitUntil(started.window.isActiveWindow)
    started.window.pages["settings"].backups.table.setFocus()
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: started.sitting is not None and started.sitting.desk is not desk and started.window.current == "home")
    assert contents(started.sitting.desk.seat)["tasks"] == later["tasks"]


def test_a_damaged_copy_is_refused_the_data_is_open_again_and_the_one_before_offered(program, qtbot, tmp_path):
    seat = open_office(tmp_path / "data", date(2021, 3, 10))
    for title in ("路灯", "公厕"):
        enter(seat, title=title)
        with Moment(seat.engine) as moment:
            keep(Source(seat.folder, moment), Occasion.HAND, seat.today())
    now = contents(seat)
    seat.data.close()
    newest, before = copies_in(tmp_path / "data" / "backups")
    content = bytearray(newest.database.read_bytes())
    content[len(content) // 2] ^= 1
    newest.database.write_bytes(content)
    started = program()
    page = show(started, qtbot)
    page.backups.table.go_to_copy(newest.folder)
    answer("恢复")
    page.backups.restore.trigger()
    qtbot.waitUntil(lambda: started.sitting is not None and started.window.current == "home")
    assert "已损坏，没有恢复。现在的数据没有动。可以改用它前面的一份" in started.window.messages.text
    assert contents(started.sitting.desk.seat) == now
    offer = started.window.messages._offers.itemAt(0).widget()
    offer.click()
    assert started.window.pages["settings"].backups.table.current_copy() == before


def test_data_that_cannot_be_opened_is_replaced_by_a_copy_from_where_that_is_said(program, qtbot, tmp_path):
    seat = open_office(tmp_path / "data", date(2021, 3, 10))
    enter(seat)
    with Moment(seat.engine) as moment:
        keep(Source(seat.folder, moment), Occasion.HAND, seat.today())
    before = contents(seat)
    seat.data.close()
    (tmp_path / "data" / DATABASE).write_bytes(b"no database any more" * 1000)
    started = program()
    failed = started.window.stack.currentWidget()
    assert isinstance(failed, Failed)
    failed.restore.click()
    qtbot.waitUntil(lambda: isinstance(started.window.stack.currentWidget(), RestoreSheet))
    started.window.stack.currentWidget().restore.trigger()
    qtbot.waitUntil(lambda: started.window.current == "home")
    assert started.status == 0
    assert contents(started.sitting.desk.seat) == before


def test_the_first_start_of_a_day_makes_a_copy_and_says_where_it_does_not_stand(program, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.shell.sitting._SETTLED", 0)
    lay_office(tmp_path / "data")
    started = program()
    qtbot.waitUntil(lambda: bool(started.window.messages.text))
    assert "只放在这台电脑里" in started.window.messages.text
    [copy] = copies_in(tmp_path / "data" / "backups")
    assert copy.occasion == Occasion.DAY
    assert "上次备份" in started.window.status._copied.text()
    started.window.close()
    assert copies_in(tmp_path / "data" / "backups") == [copy], "nothing was done since"


def test_a_second_place_not_seen_for_long_is_asked_for(program, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.shell.sitting._SETTLED", 0)
    lay_office(tmp_path / "data")
    (tmp_path / "stick").mkdir()
    name_second_place(tmp_path / "data", tmp_path / "stick", date(2026, 1, 1))
    shutil.rmtree(tmp_path / "stick")
    started = program()
    qtbot.waitUntil(lambda: bool(started.window.messages.text))
    assert "天没有见到" in started.window.messages.text
    assert started.window.messages.kind == "warning"


def test_damage_is_looked_for_after_an_unclean_end_said_at_once_and_figures_are_blank(program, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.shell.sitting._SETTLED", 0)
    seat = open_office(tmp_path / "data", date.today())
    enter(seat)
    with Moment(seat.engine) as moment:
        keep(Source(seat.folder, moment), Occasion.HAND, seat.today())
    with seat.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE tasks SET title = '别的'")
        connection.commit()
    seat.data.close()
    (tmp_path / "data" / "open.mark").touch()
    started = program()
    qtbot.waitUntil(lambda: started.window.messages.kind == "error")
    assert "数据有损坏：发现 1 处" in started.window.messages.text
    assert "最近一份好的备份是" in started.window.messages.text
    assert "任务（第 1 号）的“任务名称”和操作记录不一致" in started.window.messages._details.toPlainText()
    home = started.window.pages["home"]
    assert [tile._number.text() for tile in home.tiles.values()] == [""] * len(home.tiles)
    assert "已保存" not in started.window.status._happened.text()
    picture(started.window, "损坏")
    started.window.messages._offers.itemAt(0).widget().click()
    assert started.window.pages["settings"].backups.table.current_copy().fault == ""
    started.window.close()
    assert (tmp_path / "data" / "open.mark").exists(), "it is looked at again next time"


def test_an_unclean_end_that_harmed_nothing_is_said_to_have_harmed_nothing(program, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.shell.sitting._SETTLED", 0)
    lay_office(tmp_path / "data")
    (tmp_path / "data" / "open.mark").touch()
    started = program()
    qtbot.waitUntil(lambda: "上次程序没有正常关闭" in started.window.messages.text)
    assert "数据完好" in started.window.messages.text
    started.window.close()
    assert not (tmp_path / "data" / "open.mark").exists()


# the part in the settings


@pytest.fixture
def part(window):
    window.visit("settings", "backups")
    return window.pages["settings"].backups


def test_without_a_copy_it_says_what_to_do_and_one_key_makes_one(part, window, desk, app, qtbot):
    assert part.last.text() == "还没有备份"
    assert part.table.empty.isVisible()
    picture(window, "备份-空")
    press(Qt.Key.Key_F8)
    wait(qtbot, desk)
    assert window.messages.text == "备份好了，已检查，完好。放在这台电脑。"
    assert part.last.text().startswith("最近一份好的备份：今天") or "星期" in part.last.text()
    [line] = part.table.lines.values()
    assert (line.why, line.place, line.since, line.state) == ("手工备份", "这台电脑", "没有变化", "完好")


def test_a_second_place_is_chosen_gets_a_copy_at_once_and_is_given_up(part, window, desk, app, qtbot, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    choose(monkeypatch, folder=tmp_path / "stick")
    part.second.choose.trigger()
    wait(qtbot, desk)
    assert window.messages.text == "备份好了，已检查，完好。放在这台电脑和第二处。"
    assert "现在插着" in part.second.words.text()
    assert {line.place for line in part.table.lines.values()} == {"这台电脑", "第二处"}
    part.second.days.setValue(3)
    picture(window, "备份-两处")
    (tmp_path / "stick").rename(tmp_path / "pocket")
    part.refresh()
    assert "现在没插，上次见到是" in part.second.words.text()
    assert part.second.days.value() == 3
    assert {line.place for line in part.table.lines.values()} == {"这台电脑"}
    part.second.give_up.trigger()
    assert part.second.words.text().startswith("第二处：还没有")
    choose(monkeypatch, folder=app.folder)
    part.second.choose.trigger()
    assert "就在数据文件夹里，没有设为备份位置" in window.messages.text


def test_a_copy_by_hand_can_be_cancelled(part, window, desk, app, qtbot, monkeypatch):
    monkeypatch.setattr("db.backup._PIECE", 1)
    desk.jobs.began.connect(lambda job: job.cancel())
    part.copy.trigger()
    wait(qtbot, desk)
    assert window.messages.text == "已取消，没有保存任何内容。"
    assert copies_in(app.folder / "backups") == []


def test_a_copy_is_looked_into_before_it_is_brought_back(part, window, desk, app, qtbot, monkeypatch):
    enter(app)
    part.copy.trigger()
    wait(qtbot, desk)
    enter(app, title="公厕改造")
    part.refresh()
    seen = []

    def look(view):
        table = view._tables["tasks"]
        seen.append([table.model.index(0, column).data() for column in range(table.model.columnCount())])
        seen.append([view.later.item(row).text() for row in range(view.later.count())])
        view.show()
        picture(view, "看里面")
        view.hide()
        return 0

    monkeypatch.setattr(CopyView, "exec", look)
    part.table.setFocus()
    press(Qt.Key.Key_Return)
    assert "穿村段路灯安装" in seen[0]
    assert len(seen[1]) == 1
    assert "公厕改造" in seen[1][0]
    [copy] = copies_in(app.folder / "backups")
    assert sorted(path.name for path in copy.folder.iterdir()) == ["copy.json", "files.json", DATABASE], "nothing was left there"


def test_a_drill_makes_its_sheet(part, window, desk, app, qtbot, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.pages.settings.backups_part.open_file", opened.append)
    part.copy.trigger()
    wait(qtbot, desk)
    choose(monkeypatch, target=tmp_path / "演练.pdf")
    press(Qt.Key.Key_F9)
    wait(qtbot, desk)
    assert window.messages.text.startswith("恢复演练成功")
    assert opened == [tmp_path / "演练.pdf"]
    assert (tmp_path / "演练.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("size", [100, 150])
def test_in_large_text_too_two_copies_and_every_button_are_seen(window, desk, app, qtbot, tmp_path, monkeypatch, size):
    show_letters_at(size)
    try:
        window.visit("settings", "backups")
        picture(window, f"备份-空-{size}")
        part = window.pages["settings"].backups
        (tmp_path / "stick").mkdir()
        choose(monkeypatch, folder=tmp_path / "stick")
        part.second.choose.trigger()
        wait(qtbot, desk)
        enter(app)
        part.refresh()
        QApplication.processEvents()
        picture(window, f"备份-{size}")
        view = part.table.view
        assert view.viewport().height() >= 2 * view.rowHeight(0)
        for button in part.findChildren(QPushButton):
            if button.isVisible():
                assert part.rect().contains(button.geometry().translated(button.parentWidget().mapTo(part, QPoint())))
                assert button.width() >= button.sizeHint().width(), button.text()
    finally:
        show_letters_at(100)
