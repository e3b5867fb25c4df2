"""What is made for a while: in the data folder or noted there, gone after the next start however the program ended."""

import errno
import gc
import json
import os
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from huajie_desktop import temporary
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.sending.exporting import all_keys, export_list
from huajie_desktop.typesetting.files import NotWritten, write_files
from huajie_desktop.work.task_ledger import TASKS
from tests.conftest import SAMPLES
from tests.disk import small_files
from tests.folders import lay_office
from tests.killed import killed
from tests.office import enter
from tests.test_commands import run

OLD = b"%PDF old"
_WRITE = """
from huajie_desktop.typesetting.files import NotWritten, write_files
seat()
die_at(*{where})
write_files({{out / f"{{name}}.pdf": b"%PDF new" for name in "甲乙"}})
"""
_REFUSED = """
from huajie_desktop.typesetting.files import NotWritten, write_files
seat()
move = os.replace
def replace(source, target):
    if str(source).endswith(".old"):
        os._exit(9)
    if str(target).endswith("乙.pdf"):
        raise OSError(5, "")
    move(source, target)
os.replace = replace
write_files({out / f"{name}.pdf": b"%PDF new" for name in "甲乙"})
"""
_EXPORT = """
import itertools
from huajie_desktop.sheets.written.workbook_writing import Column, Sheet, as_xlsx
seat()
def rows():
    for number in itertools.count():
        if number == 3000:
            os._exit(9)
        yield [f"第{number}行" * 20]
as_xlsx(Sheet("清单", [Column("任务", 10)], rows()))
"""
_EVERYTHING = """
from huajie_desktop.sending.open_export import export_everything
class Dies:
    def step(self, done, total, text):
        if done:
            os._exit(9)
export_everything(seat(), out / "移交", Dies())
"""


def started(folder):
    """One start of the program."""
    Application.open(folder).close()


def inside(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def data(tmp_path):
    (tmp_path / "out").mkdir()
    return lay_office(tmp_path / "data")


@pytest.mark.parametrize("where", [(".pdf", 1), (".old", 1), (".pdf", 2)], ids=str)
def test_files_half_in_place_when_the_program_was_killed(data, tmp_path, where):
    """They were on the way to their places, so the next start brings all of them there: a set is never a part of one."""
    out = tmp_path / "out"
    (out / "甲.pdf").write_bytes(OLD)
    killed(_WRITE.format(where=where), data, out, tmp_path / "system")
    assert any(name.startswith(".huajie-") for name in inside(out))
    started(data)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == dict.fromkeys(("甲.pdf", "乙.pdf"), b"%PDF new")
    assert inside(data / "temporary") == inside(tmp_path / "system") == []


def test_a_stick_that_is_not_there_is_tidied_when_it_is_back(data, tmp_path):
    out = tmp_path / "out"
    (out / "甲.pdf").write_bytes(OLD)
    killed(_WRITE.format(where=(".pdf", 1)), data, out, tmp_path / "system")
    out.rename(tmp_path / "away")
    started(data)
    (tmp_path / "away").rename(out)
    started(data)
    assert (out / "甲.pdf").read_bytes() == (out / "乙.pdf").read_bytes() == b"%PDF new"
    assert (len(inside(out)), inside(data / "temporary")) == (2, [])


def test_files_that_were_being_taken_back_are_all_taken_back(data, tmp_path):
    """The disk refused one of them, so the others go back to what they were, and that is broken off as well."""
    out = tmp_path / "out"
    for name in "甲乙":
        (out / f"{name}.pdf").write_bytes(OLD)
    killed(_REFUSED, data, out, tmp_path / "system")
    assert b"%PDF new" in {path.read_bytes() for path in out.glob("*.pdf")}
    started(data)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == dict.fromkeys(("甲.pdf", "乙.pdf"), OLD)


@pytest.mark.parametrize("script", [_EXPORT, _EVERYTHING], ids=["xlsx", "everything"])
def test_a_killed_export_leaves_nothing_after_the_next_start(data, tmp_path, script):
    killed(script, data, tmp_path / "out", tmp_path / "system")
    assert inside(tmp_path / "system") == [], "what is everybody's data lies in the data folder"
    assert inside(data / "temporary")
    started(data)
    assert inside(data / "temporary") == inside(tmp_path / "out") == []


@pytest.mark.parametrize("noted", [False, True], ids=["and no note", "but a note"])
@pytest.mark.parametrize("moves", [1, 2, 3])
def test_nothing_is_lost_when_the_disk_refuses_every_further_move(data, tmp_path, monkeypatch, moves, noted):
    """Neither on nor back can the files go then; what stood there stays beside its place, and the next start sees to all."""
    out, done, rename = tmp_path / "out", [], os.rename
    for name in "甲乙":
        (out / f"{name}.pdf").write_bytes(OLD)
    opened = Application.open(data)

    def refuse(source, target):
        if noted and str(source).endswith((".beside", ".moving")):
            return rename(source, target)
        done.append(target)
        if len(done) > moves + (not noted):
            raise OSError(errno.ENOSPC, "")
        return rename(source, target)

    with monkeypatch.context() as broken:
        for move in ("replace", "rename"):
            broken.setattr(os, move, refuse)
        with pytest.raises(NotWritten) as told:
            write_files({out / f"{name}.pdf": b"%PDF new" for name in "甲乙"})
    assert ("下次打开程序时换上" in str(told.value)) != noted
    assert [path.read_bytes() for path in out.iterdir()].count(OLD) == 2
    opened.close()
    started(data)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == dict.fromkeys(
        ("甲.pdf", "乙.pdf"), OLD if noted else b"%PDF new"
    )


def test_a_note_that_cannot_go_now_is_no_fault_and_goes_at_the_next_start(data, tmp_path, monkeypatch):
    opened, unlink = Application.open(data), Path.unlink

    def refuse(path, **options):
        if path.suffix == ".moving":
            raise OSError(errno.EIO, "")
        unlink(path, **options)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", refuse)
        write_files({tmp_path / "out" / "甲.pdf": b"%PDF new"})
    opened.close()
    assert inside(data / "temporary")
    started(data)
    assert (inside(data / "temporary"), inside(tmp_path / "out")) == ([], ["甲.pdf"])


def test_what_earlier_starts_left_is_swept_and_what_is_kept_stays(data, tmp_path):
    kept = ["backups/2021.db", "attachments/ab/abc.jpg", "imports/ab/abcd/倪宅村.xlsx", "文书.tmp"]
    left = ["backups/2021.part", "attachments/tmpx.tmp", "imports/ab/abcd/tmpy.tmp", "temporary/x/y.xlsx", "unpacked/1/a.xlsx"]
    for name in kept + left:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("x")
    (data / "imports/ab/abcd/tmpy.tmp").chmod(0o444)
    started(data)
    assert [name for name in kept + left if (data / name).exists()] == kept


def test_a_note_cannot_make_the_program_take_away_what_is_not_its_own(data, tmp_path):
    victim = tmp_path / "out" / "别人的.pdf"
    victim.write_bytes(OLD)
    (data / "temporary").mkdir()
    (data / "temporary" / "x.beside").write_text(json.dumps([[str(victim.with_name("b.pdf")), str(victim), str(victim)]]))
    (data / "temporary" / "y.beside").write_text("[[1]]")
    started(data)
    assert victim.read_bytes() == OLD
    assert inside(data / "temporary") == []


def test_nothing_temporary_stays_where_nothing_was_killed(app, tmp_path):
    enter(app)
    export(app, tmp_path / "a.xlsx")
    write_files({tmp_path / "b.pdf": OLD})
    assert inside(app.folder / "temporary") == []
    assert (app.folder / "temporary").stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def export(app, target):
    with app.reading() as session:
        ids = record_ids(session, TASKS, Wanted())
    return export_list(app, TASKS, ids, all_keys(TASKS), target)


def test_a_temporary_folder_that_cannot_be_made_is_told_in_one_sentence(app, tmp_path):
    enter(app)
    (app.folder / "temporary").write_text("no folder")
    with pytest.raises(Problem, match="^临时文件写不下.*没有改动") as caught:
        export(app, tmp_path / "a.xlsx")
    assert "意外" not in str(caught.value)
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the system knows no limit to the size of files")
def test_a_temporary_file_without_room_is_told_in_one_sentence(app, tmp_path):
    for number in range(30):
        enter(app, title=f"任务{number}", content="内容" * 500)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the library leaves its full files to be collected
        with small_files(20_000), pytest.raises(Problem, match="^临时文件写不下.*没有改动"):
            export(app, tmp_path / "a.xlsx")
        gc.collect()
    assert not (tmp_path / "a.xlsx").exists()
    assert inside(app.folder / "temporary") == []
    assert export(app, tmp_path / "a.xlsx") == 30


def test_archives_of_commands_are_unpacked_in_the_data_folder(data, tmp_path, monkeypatch):
    (tmp_path / "system").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "system" / "gone"))  # whoever asks there finds nothing
    village = next(file for file in (SAMPLES / "villages-2021").iterdir() if file.suffix == ".xlsx")
    with zipfile.ZipFile(tmp_path / "村.zip", "w") as archive:
        archive.write(village, village.name)
    for more in (("--dry-run",), ("--skip-errors",)):
        done = run("import", tmp_path / "村.zip", "--data", data, *more)
        assert village.name in done.stdout or "导入" in done.stdout, done.stderr
    assert inside(data / "temporary") == []
    assert temporary.FOLDER == "temporary"
