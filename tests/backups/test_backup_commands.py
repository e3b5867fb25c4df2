"""The commands backup, restore, check and drill as an administrator runs them."""

import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from db.checking import MOST, Finding
from db.opening import open_engine
from huajie_desktop.backups.shelf import copies_in
from huajie_desktop.backups.soundness import sentence
from huajie_desktop.folders import DATABASE
from huajie_desktop.work import attachments
from tests.backups.test_bringing_back import back_at_the_desk, sheet
from tests.commands import run, speak
from tests.folders import open_office
from tests.office import contents, enter
from tests.test_damage import break_root_page
from tests.ui.hands import LAMP, book


@pytest.fixture
def data(tmp_path, today):
    """A closed data folder with a task, a photograph on it, and what it says."""
    seat = open_office(tmp_path / "data", today)
    enter(seat)
    (tmp_path / "路灯.jpg").write_bytes(os.urandom(100_000))
    attachments.add(seat, 1, [tmp_path / "路灯.jpg"])
    said = contents(seat)
    seat.data.close()
    return tmp_path / "data", said


def test_backup_and_restore_bring_a_year_back_into_a_new_folder(data, tmp_path, today):
    folder, said = data
    done = run("backup", "--out", tmp_path / "stick", "--data", folder)
    assert done.returncode == 0, done.stderr
    assert "已备份，检查过，完好" in done.stdout
    shutil.rmtree(folder)
    done = run("restore", tmp_path / "stick", "--data", folder)
    assert done.returncode == 0, done.stderr
    again = back_at_the_desk(folder, today)
    assert contents(again) == said
    with again.reading() as session:
        assert attachments.missing(session, folder, thorough=True) == []
    again.data.close()
    done = run("restore", tmp_path / "stick", "--data", folder)
    assert "恢复之前的数据留在：" in done.stdout, "what was there is kept first"


def test_an_import_copies_everything_first(data, tmp_path):
    folder, _said = data
    assert run("import", book(tmp_path / "倪宅村.xlsx", LAMP), "--skip-errors", "--data", folder).returncode == 0
    [made] = [path.name for path in (folder / "backups").iterdir() if path.name.endswith("-import")]
    with open_engine(folder / "backups" / made / DATABASE).connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM tasks").scalar() == 1


def test_check_finds_what_was_changed_and_names_the_last_good_copy(data, tmp_path):
    folder, _said = data
    assert run("backup", "--data", folder).returncode == 0
    done = run("check", "--data", folder)
    assert (done.returncode, done.stdout.splitlines()) == (0, ["检查过了，数据完好：数据库没有损坏，每条记录都和操作记录一致。"])
    [photo] = (folder / "attachments").rglob("*.jpg")
    photo.chmod(0o666)
    photo.write_bytes(b"x" * 100_000)
    done = run("check", "--data", folder)
    assert done.returncode == 1
    assert "附件“路灯.jpg”（穿村段路灯安装）：文件内容被改动过" in done.stdout
    with open_engine(folder / DATABASE).begin() as connection:
        connection.exec_driver_sql("UPDATE tasks SET title = '别的'")
    done = run("check", "--data", folder)
    assert done.returncode == 1
    assert "数据有损坏：发现 1 处" in done.stdout
    assert "最近一份好的备份：" in done.stdout


def test_drill_writes_its_sheet_and_where_there_is_nothing_that_is_said(data, tmp_path):
    folder, _said = data
    done = run("drill", "--out", tmp_path / "演练.pdf", "--data", folder)
    assert (done.returncode, "还没有备份" in done.stderr) == (1, True)
    assert run("backup", "--data", folder).returncode == 0
    done = run("drill", "--out", tmp_path / "演练.pdf", "--data", folder)
    assert (done.returncode, "恢复演练成功" in done.stdout) == (0, True), done.stderr
    assert "恢复演练成功" in sheet(tmp_path / "演练.pdf")
    for command in (("backup",), ("check",), ("drill", "--out", tmp_path / "b.pdf")):
        done = speak(*command, "--data", tmp_path / "nowhere")
        assert (done.returncode, "没有数据" in done.stderr) == (1, True)
        assert not (tmp_path / "nowhere").exists()


ODD_NAMES = ("a?mode=ro&b=1#c%25", "换\n行")


def refused(*said):
    """What a command says that does nothing: a sentence in Chinese, the status 1, nothing of ours in other words."""
    done = speak(*said)
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert not re.search("意外错误|Traceback|Errno|File exists|Not a directory|Permission", done.stderr)
    assert re.search("[一-龥]{4}", done.stderr)
    return done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_folders_of_any_name_are_copied_brought_back_and_looked_through(data, tmp_path):
    folder, _said = data
    for name in ODD_NAMES:
        odd, stick = tmp_path / name, tmp_path / f"U 盘{name}"
        shutil.copytree(folder, odd)
        for said in (
            ("check",), ("backup",), ("backup", "--out", stick), ("drill", "--from", stick, "--out", tmp_path / f"{name}.pdf"),
            ("restore", stick),
        ):  # fmt: skip
            done = speak(*said, "--data", odd)
            assert (done.returncode, done.stderr) == (0, ""), (name, said, done.stderr)
        assert speak("restore", stick, "--data", tmp_path / f"新{name}").returncode == 0
        assert speak("check", "--data", tmp_path / f"新{name}").returncode == 0
        assert sheet(tmp_path / f"{name}.pdf").count("恢复演练成功") == 1


def test_a_folder_that_is_none_is_named_and_nothing_is_made(data, tmp_path, today):
    folder, said = data
    assert speak("backup", "--out", tmp_path / "stick", "--data", folder).returncode == 0
    file, out = tmp_path / "文件", tmp_path / "演练.pdf"
    file.write_text("甲")
    for none in (tmp_path / "没有", file, file / "里面"):
        for command in (("backup",), ("check",), ("drill", "--out", out)):
            assert "没有数据" in refused(*command, "--data", none)
        assert "没有可以恢复的备份" in refused("restore", none, "--data", folder)
        assert "没有可以恢复的备份" in refused("drill", "--from", none, "--out", out, "--data", folder)
    for none, why in ((file, "已有同名的文件"), (file / "里面", "上级文件夹不是文件夹")):
        assert "同名的文件，不是文件夹" in refused("backup", "--out", none, "--data", folder)
        assert f"不能用作数据文件夹（{why}）" in refused("restore", tmp_path / "stick", "--data", none)
        assert ".pdf" in refused("drill", "--from", tmp_path / "stick", "--out", none, "--data", folder)
    (folder / "backups").write_text("甲")
    assert "同名的文件，不是文件夹" in refused("backup", "--data", folder)
    assert "现在的数据留存不了（已有同名的文件）" in refused("restore", tmp_path / "stick", "--data", folder)
    assert (file.read_text(), (tmp_path / "没有").exists(), out.exists()) == ("甲", False, False)
    again = back_at_the_desk(folder, today)
    assert contents(again) == said
    again.data.close()


def test_a_copy_whose_folder_was_renamed_is_taken_where_it_is_named(data, tmp_path, today):
    folder, said = data
    assert speak("backup", "--out", tmp_path / "stick", "--data", folder).returncode == 0
    [made] = copies_in(tmp_path / "stick" / "清单备份")
    renamed = made.folder.rename(made.folder.with_name("年底最后一份"))
    done = speak("restore", renamed, "--data", tmp_path / "new")
    assert done.returncode == 0, done.stderr
    again = back_at_the_desk(tmp_path / "new", today)
    assert contents(again) == said
    again.data.close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who may do anything is refused nothing")
def test_a_folder_that_must_not_be_written_is_said(data, tmp_path):
    folder, _said = data
    assert speak("backup", "--out", tmp_path / "stick", "--data", folder).returncode == 0
    (locked := tmp_path / "锁").mkdir()
    locked.chmod(0o500)
    assert "没有写入权限" in refused("backup", "--out", locked, "--data", folder)
    assert "没有权限" in refused("restore", tmp_path / "stick", "--data", locked / "新")
    assert "不能写入" in refused("restore", tmp_path / "stick", "--data", locked)
    assert "没有写入权限" in refused("drill", "--from", tmp_path / "stick", "--out", locked / "a.pdf", "--data", folder)


def test_copies_are_named_as_people_read_them_and_nothing_else_is_counted(data):
    folder, _said = data
    assert speak("backup", "--data", folder).returncode == 0
    own = folder / "backups"
    (own / "second.json").write_text("{}")
    (own / "9999-99-99-999999-hand").mkdir()
    (folder / DATABASE).unlink()
    [made] = copies_in(own)
    done = speak("export", "--ledger", "tasks", "--out", folder.parent / "a.xlsx", "--data", folder)
    assert done.returncode == 1
    assert f"backups 里的备份：今天 {made.made:%H:%M} 手工备份（{made.folder.name}））" in done.stderr


def test_damage_is_said_in_chinese_and_of_this_side_of_the_window(data):
    folder, _said = data
    assert speak("backup", "--data", folder).returncode == 0
    break_root_page(folder / DATABASE, "tasks")
    done = speak("check", "--data", folder)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert "首页" not in lines[0]
    assert "发现 至少" not in lines[0]
    assert [line for line in lines[1:] if line.startswith("数据库文件：")]
    assert not re.search("[A-Za-z]{4,}", "".join(lines[:-1])), done.stdout
    done = speak("backup", "--data", folder)
    assert "设置" not in done.stderr
    assert "数据没有通过检查" in done.stderr
    assert sentence([Finding("tasks", 1, "")] * MOST).startswith(f"数据有损坏：发现至少 {MOST} 处")


@contextmanager
def another_user():
    """While inside, what the rights of files forbid is forbidden: root may do everything."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def read_only(today):
    """A closed data folder that will be forbidden to write into, and a place beside it where everybody may."""
    with TemporaryDirectory() as root:
        top = Path(root)
        top.chmod(0o755)
        (top / "stick").mkdir()
        (top / "stick").chmod(0o777)
        seat = open_office(top / "data", today)
        enter(seat)
        seat.data.close()
        yield top
        (top / "data").chmod(0o755)


def forbid_writing(folder):
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)


@pytest.mark.skipif(os.name != "posix", reason="rights of folders")
def test_data_that_cannot_be_written_is_checked_and_copied_elsewhere(read_only, tmp_path):
    speak("backup", "--out", tmp_path, "--data", read_only / "data")  # loads what is imported late
    speak("check", "--data", read_only / "data")
    for beside in (read_only / "data").glob(f"{DATABASE}-*"):
        beside.unlink()
    forbid_writing(read_only / "data")
    before = sorted((read_only / "data").iterdir())
    with another_user():
        done = speak("check", "--data", read_only / "data")
        assert (done.returncode, "检查过了，数据完好" in done.stdout) == (0, True), done.stderr
        done = speak("backup", "--out", read_only / "stick", "--data", read_only / "data")
        assert done.returncode == 0, done.stderr
    assert sorted((read_only / "data").iterdir()) == before
    [made] = copies_in(read_only / "stick" / "清单备份")
    assert made.manifest.rows["tasks"] == 1


@pytest.mark.skipif(os.name != "posix", reason="rights of folders")
def test_what_cannot_be_read_whole_is_not_checked_and_that_is_said(read_only):
    speak("check", "--data", read_only / "data")
    (read_only / "data" / f"{DATABASE}-wal").write_bytes(b"kept, but not yet in the file")
    forbid_writing(read_only / "data")
    with another_user():
        done = speak("check", "--data", read_only / "data")
    assert done.returncode == 1
    assert "上次没有正常关闭" in done.stderr
    assert "没有保存" not in done.stderr
