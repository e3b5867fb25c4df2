"""Files on disk: all of them, or what was there before; never among the kept data, never over a file of another kind."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from huajie_desktop.application import Application
from huajie_desktop.typesetting.files import NotWritten, Unfit, staged, write_files

OLD, NEW = b"%PDF-1.4 old", b"%PDF-1.4 new"


def names(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def three(tmp_path):
    """Three targets, the second of which is new."""
    targets = [tmp_path / f"{name}.pdf" for name in "甲乙丙"]
    for target in (targets[0], targets[2]):
        target.write_bytes(OLD)
    return targets


def refusing(monkeypatch, *refused):
    """Lets the system refuse those moves, as where a file is open in a reader."""
    move = os.replace

    def replace(source, target):
        named = Path(source).name if Path(target).suffix == ".old" else Path(target).name
        if (Path(source).suffix, named) in refused:
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        move(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_all_are_replaced_and_nothing_waits(three, tmp_path):
    write_files(dict.fromkeys(three, NEW))
    assert names(tmp_path) == {f"{name}.pdf": NEW for name in "甲乙丙"}


@pytest.mark.parametrize("refused", [(".tmp", "丙.pdf"), (".pdf", "丙.pdf")], ids=["new into place", "old aside"])
def test_one_that_cannot_be_replaced_leaves_all_as_they_were(three, tmp_path, monkeypatch, refused):
    refusing(monkeypatch, refused)
    with pytest.raises(NotWritten, match="丙.pdf.*原有文件都没有改动"):
        write_files(dict.fromkeys(three, NEW))
    assert names(tmp_path) == {"甲.pdf": OLD, "丙.pdf": OLD}


def test_what_cannot_be_put_back_is_named_and_still_there(three, tmp_path, monkeypatch):
    refusing(monkeypatch, (".tmp", "丙.pdf"), (".old", "甲.pdf"))
    with pytest.raises(NotWritten, match=r"“甲.pdf”原来的内容在“甲（原来的）.pdf”") as caught:
        write_files(dict.fromkeys(three, NEW))
    assert "原有文件都没有改动。请" not in str(caught.value).replace("其他原有文件都没有改动", "")
    assert names(tmp_path) == {"甲.pdf": NEW, "甲（原来的）.pdf": OLD, "丙.pdf": OLD}


def test_what_was_written_beside_and_never_put_goes_again(three, tmp_path):
    with staged(dict.fromkeys(three, NEW)):
        assert len(names(tmp_path)) == 5
    assert names(tmp_path) == {"甲.pdf": OLD, "丙.pdf": OLD}


def test_nothing_is_written_into_a_data_folder(tmp_path):
    data = Application.create(tmp_path / "data")
    try:
        before = (tmp_path / "data" / "huajie.db").read_bytes()
        for target in ("huajie.pdf", "backups/x.pdf", "新文件夹/x.pdf"):
            with pytest.raises(Unfit, match="数据文件夹"):
                write_files({tmp_path / "data" / target: NEW})
        assert (tmp_path / "data" / "huajie.db").read_bytes() == before
        assert not list((tmp_path / "data").rglob("*.pdf"))
    finally:
        data.close()


@pytest.mark.parametrize("there", ["database", "text", "workbook"])
def test_a_file_of_another_kind_is_not_replaced(tmp_path, there):
    target = tmp_path / "报告.pdf"
    if there == "database":
        kept = sqlite3.connect(target)
        kept.execute("CREATE TABLE kept (x)")
        kept.close()
    else:
        target.write_bytes({"text": "说明".encode(), "workbook": b"PK\x03\x04..."}[there])
    before = target.read_bytes()
    with pytest.raises(Unfit, match="没有覆盖"):
        write_files({target: NEW})
    assert names(tmp_path) == {"报告.pdf": before}


@pytest.mark.parametrize(("name", "data"), [("huajie.db", NEW), ("a.xlsx", NEW), ("a.csv", b"PK\x03\x04"), ("a.pdf", b"a,b")])
def test_an_ending_of_another_kind_is_refused(tmp_path, name, data):
    with pytest.raises(Unfit, match="结尾"):
        write_files({tmp_path / name: data})
    assert names(tmp_path) == {}


def test_an_empty_file_of_that_name_is_replaced(tmp_path):
    (tmp_path / "a.pdf").touch()
    write_files({tmp_path / "a.pdf": NEW})
    assert names(tmp_path) == {"a.pdf": NEW}
