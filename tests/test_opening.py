"""Opening a data folder: what is lost, empty or another's is never begun anew, and nothing of it is touched."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from db.connecting import connect
from db.recognising import APPLICATION_ID
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.journal.recycle_bin import _deletions
from huajie_desktop.network import lies_elsewhere, warning_of
from huajie_desktop.receiving.batches import undo_batch
from huajie_desktop.township import seating
from huajie_desktop.work.glance import look
from tests.folders import lay_office
from tests.office import enter

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and names of files as POSIX has them")


def held(folder):
    """All files with their content, the lock left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "in-use.lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def opened_by_all_ways(folder):
    """What each way of opening says."""
    for way in (Application.open, Application.create, Application.look):
        with pytest.raises(Problem) as caught:
            way(folder)
        yield str(caught.value)


@pytest.fixture
def data(tmp_path):
    """An office that has lived: a copy of it, an imported file, what the window remembers."""
    folder = lay_office(tmp_path / "data")
    for name in ("imports/a/b.xlsx", "backups/2021-03-01-101500-before-0005.db", "window.ini"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"kept")
    return folder


def test_a_lost_database_is_not_begun_anew_where_the_rest_of_an_office_lies(data):
    (data / DATABASE).unlink()
    (data / f"{DATABASE}-wal").write_bytes(b"eight acknowledged tasks")
    before = held(data)
    for said in opened_by_all_ways(data):
        assert "不在了" in said
        assert "imports、backups、window.ini、huajie.db-wal" in said
        assert "2021-03-01-101500-before-0005.db" in said, "the copies are named"
    assert held(data) == before


@pytest.mark.parametrize("trace", ["imports", "attachments", "backups", "window.ini", f"{DATABASE}-wal"])
def test_one_trace_of_an_office_is_enough(tmp_path, trace):
    (tmp_path / trace).mkdir()
    for said in opened_by_all_ways(tmp_path):
        assert trace in said


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + bytes(80)])
def test_an_empty_or_cut_off_database_is_refused_and_left_alone(data, content):
    (data / DATABASE).write_bytes(content)
    before = held(data)
    for said in opened_by_all_ways(data):
        assert "是空的" in said
        assert "没有改动" in said
        assert "2021-03-01-101500-before-0005.db" in said
    assert held(data) == before


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
@pytest.mark.parametrize("made", ["CREATE TABLE songs (name TEXT)", "PRAGMA user_version = 3"])
def test_another_programs_database_stays_as_it_is(tmp_path, made, mode):
    with closing(connect(tmp_path / DATABASE)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute(made)
    before = held(tmp_path)
    assert list(before) == [DATABASE]
    for said in opened_by_all_ways(tmp_path):
        assert ("不是本程序的数据" if "songs" in made else "是空的") in said
    assert held(tmp_path) == before


def test_a_database_marked_by_another_program_is_not_ours_even_with_a_version(data):
    with closing(connect(data / DATABASE)) as connection:
        connection.execute("PRAGMA application_id = 7")
    for said in opened_by_all_ways(data):
        assert "不是本程序的数据" in said


@pytest.mark.parametrize("lost", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_lost_version_is_damage(data, lost):
    Application.open(data).close()
    with closing(connect(data / DATABASE)) as connection:
        connection.execute(lost)
    before = (data / DATABASE).read_bytes()
    for said in opened_by_all_ways(data):
        assert "已损坏" in said
    assert (data / DATABASE).read_bytes() == before


def test_a_database_without_the_mark_is_opened_and_gets_it(data):
    with closing(connect(data / DATABASE)) as connection:
        connection.execute("PRAGMA application_id = 0")
    Application.open(data).close()
    with closing(connect(data / DATABASE, read_only=True)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_opening_makes_nothing_and_only_creating_does(tmp_path):
    folder = tmp_path / "new"
    with pytest.raises(Problem, match="还没有数据"):
        Application.open(folder)
    assert Application.look(folder) is None
    assert not folder.exists()
    made = Application.create(folder)
    assert not seating.is_set_up(made)
    made.close()
    Application.open(folder).close()
    Application.create(folder).close()  # what an earlier attempt made is opened


def test_new_data_is_not_begun_among_other_files(tmp_path):
    (tmp_path / "照片.jpg").write_bytes(b"")
    with pytest.raises(Problem, match="照片.jpg.*请换一个空文件夹"):
        Application.create(tmp_path)
    assert list(held(tmp_path)) == ["照片.jpg"]


def test_what_a_killed_beginning_left_does_not_stand_in_the_way(tmp_path):
    for name in (f"{DATABASE}.part", f"{DATABASE}.part-wal", "in-use.lock", "faults.log"):
        (tmp_path / name).write_bytes(b"half")
    Application.create(tmp_path).close()
    assert not list(tmp_path.glob("*.part*"))


@pytest.mark.parametrize("name", ["a?b", "a%25b", "a#b", "a b 花", "a\nb" if os.name == "posix" else "ab", "file:a"])
def test_the_name_of_the_folder_may_be_anything(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lay_office(tmp_path / name)
    for folder in (tmp_path / name, (tmp_path / name).relative_to(tmp_path)):
        seat = seating.come_in(Application.open(folder, today=lambda: date(2021, 3, 1)), "张三")
        seat.keep_snapshot("home", "{}")
        enter(seat)
        seat.data.close()
        assert look(folder, date(2021, 3, 1)) is None
        found = Application.look(folder)
        found.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert {path.name.removesuffix("-wal").removesuffix("-shm") for path in (tmp_path / name).iterdir()} == {
        DATABASE,
        "in-use.lock",
    }


@POSIX
def test_a_second_name_of_the_database_is_refused(data, tmp_path):
    (tmp_path / "other").mkdir()
    os.link(data / DATABASE, tmp_path / "other" / DATABASE)
    for folder in (data, tmp_path / "other"):
        with pytest.raises(Problem, match="硬链接.*没有打开"):
            Application.open(folder)
    (tmp_path / "other" / DATABASE).unlink()
    Application.open(data).close()


@POSIX
def test_nobody_else_reads_what_is_kept(data):
    for path in (data, data / DATABASE, data / "imports"):
        path.chmod(0o755)
    seat = seating.come_in(Application.open(data), "张三")
    enter(seat)
    for path in (data, *data.iterdir()):
        assert path.stat().st_mode & 0o077 == 0 or path.name == "in-use.lock", path
    seat.data.close()


@POSIX
def test_the_program_makes_files_for_its_user_alone(tmp_path):
    """Outside the data folder, too: papers and lists hold what it holds."""
    command = [sys.executable, "-m", "huajie_desktop", "export", "--ledger", "units", "--out", tmp_path / "a.xlsx", "--data"]
    old = os.umask(0o022)
    try:
        subprocess.run([*command, lay_office(tmp_path / "data")], check=True, capture_output=True)
    finally:
        os.umask(old)
    assert (tmp_path / "a.xlsx").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data" / "in-use.lock").stat().st_mode & 0o777 == 0o600


def test_what_was_deleted_is_not_left_in_free_pages(app):
    secret = "330725198001011234"
    for statement in (f"INSERT INTO snapshots VALUES ('x', 1, '{secret * 300}')", "DELETE FROM snapshots"):
        with app.engine.connect().execution_options(writing=True) as connection:
            connection.execute(text(statement))
            connection.commit()
    app.data.close()
    assert secret.encode() not in (app.folder / DATABASE).read_bytes()


def test_the_log_does_not_stay_as_large_as_the_largest_import(app):
    def write(rows):
        with app.engine.connect().execution_options(writing=True) as connection:
            for number in range(rows):
                connection.execute(text(f"INSERT INTO snapshots VALUES ('{rows}-{number}', 1, '{'x' * 100_000}')"))
            connection.commit()

    write(300)  # thirty million bytes in one transaction
    for _more in range(3):
        write(1)
        with app.engine.connect().execution_options(writing=True) as connection:
            connection.execute(text("DELETE FROM snapshots WHERE name LIKE '1-%'"))
            connection.commit()
    assert (app.folder / f"{DATABASE}-wal").stat().st_size <= 8 << 20


def test_a_batch_number_of_any_size_is_one_that_is_not_there(app):
    for number in (99999, 99999999999999999999):
        with pytest.raises(Problem, match=f"没有批次 {number}，没有撤销任何内容"):
            undo_batch(app, number)


def test_the_bin_is_found_by_its_index_and_not_through_the_whole_journal(app):
    with app.reading() as session:
        asked = _deletions(session).compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = [row[-1] for row in session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]
    assert any("USING INDEX ix_journal_gone" in line for line in plan), plan
    assert not any(line.startswith("SCAN") for line in plan), plan


def test_a_copy_of_a_folder_opens_like_any(data, tmp_path):
    shutil.copytree(data, tmp_path / "copied")
    Application.open(tmp_path / "copied").close()


@POSIX
@pytest.mark.parametrize(
    ("folder", "elsewhere"),
    [
        ("/home/clerk/data", False),
        ("/mnt/office", True),
        ("/mnt/office/a/data", True),
        ("/mnt/office2", False),
        ("/mnt/office/local/data", False),
        ("/mnt/two words/data", True),
        ("/run/user/1000/gvfs/smb-share:server=a,share=b/data", True),
    ],
)
def test_a_folder_of_another_computer_is_known(tmp_path, folder, elsewhere):
    (tmp_path / "mountinfo").write_text(
        "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
        "40 22 0:35 / /mnt/office rw,relatime shared:20 - cifs //server/office rw,vers=3.0\n"
        "41 40 8:1 / /mnt/office/local rw - vfat /dev/sda1 rw\n"
        "42 22 0:36 / /mnt/two\\040words rw - nfs4 server:/x rw\n"
        "43 22 0:37 / /run/user/1000/gvfs rw,nosuid,nodev - fuse.gvfsd-fuse gvfsd-fuse rw\n"
    )
    assert lies_elsewhere(Path(folder), tmp_path / "mountinfo") is elsewhere


def test_a_folder_of_this_computer_is_not_warned_of(tmp_path):
    assert warning_of(tmp_path) == ""
