"""Archives and folders dropped on the window: the spreadsheets inside, under their own names, and nothing hostile."""

import stat
import zipfile

import pytest

from huajie_desktop.receiving.arrivals import list_files
from huajie_desktop.sheets.understood.workbooks import read_workbooks
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

HEAD = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]
ROW = [1, "干事承诺", "村道硬化", "硬化村道300米", "张三", "8月底前", 12.5]


def workbook(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, [Grid("清单", [HEAD, ROW])])
    return path


def name_in_gbk(archive, stand_in, name):
    """Names an entry as older Chinese programs do: in GBK, without the flag for UTF-8."""
    data = archive.read_bytes()
    assert len(name.encode("gb18030")) == len(stand_in)
    archive.write_bytes(data.replace(stand_in.encode(), name.encode("gb18030")))


def test_an_archive_of_villages_is_read_under_the_names_it_came_with(tmp_path):
    book = workbook(tmp_path / "a.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "全镇.zip", "w") as archive:
        archive.writestr("AA/BBBBBB.xlsx", book)
        archive.writestr("大屋村.xlsx", book)
        archive.writestr("__MACOSX/._大屋村.xlsx", b"x")
        archive.writestr("~$大屋村.xlsx", b"x")
        archive.writestr("说明.txt", b"x")
        inner = tmp_path / "inner.zip"
        with zipfile.ZipFile(inner, "w") as second:
            second.writestr("金杜村.xlsx", book)
        archive.write(inner, "再套一层.zip")
    name_in_gbk(tmp_path / "全镇.zip", "AA/BBBBBB.xlsx", "片/倪宅村.xlsx")
    found = list_files([tmp_path / "全镇.zip"], tmp_path / "out")
    assert sorted(file.name for file in found.files) == sorted(["倪宅村.xlsx", "大屋村.xlsx", "金杜村.xlsx"])
    assert (found.others, found.refused) == (1, [])
    files = read_workbooks(found.files, huajie())
    assert sorted(file.unit for file in files) == sorted(["倪宅村", "大屋村", "金杜村"])


def test_paths_links_locks_and_bombs_do_no_harm(tmp_path):
    book = workbook(tmp_path / "a.xlsx").read_bytes()
    out = tmp_path / "out"
    with zipfile.ZipFile(tmp_path / "坏.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../倪宅村.xlsx", book)
        archive.writestr("C:\\windows\\大屋村.xlsx", book)
        link = zipfile.ZipInfo("链接.xlsx")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    found = list_files([tmp_path / "坏.zip"], out)
    assert all(out in file.parents and not file.is_symlink() for file in found.files)
    assert {"倪宅村.xlsx", "大屋村.xlsx"} <= {file.name for file in found.files}
    assert not (tmp_path.parent / "倪宅村.xlsx").exists()
    with zipfile.ZipFile(tmp_path / "炸弹.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("大.csv", b"0" * (64 << 20))
    with zipfile.ZipFile(tmp_path / "锁.zip", "w") as archive:
        archive.writestr("倪宅村.xlsx", book)
    locked = bytearray((tmp_path / "锁.zip").read_bytes())
    locked[locked.index(b"PK\x03\x04") + 6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "锁.zip").write_bytes(locked)
    (tmp_path / "断.zip").write_bytes(b"PK\x03\x04 cut off")
    found = list_files([tmp_path / name for name in ("炸弹.zip", "锁.zip", "断.zip")], out)
    assert found.files == []
    assert [word in sentence for word, sentence in zip(("大得不正常", "有密码", "已损坏"), found.refused, strict=True)] == [
        True
    ] * 3


def test_a_folder_holds_files_and_archives(tmp_path):
    workbook(tmp_path / "村" / "倪宅村.xlsx")
    with zipfile.ZipFile(tmp_path / "村" / "大屋.zip", "w") as archive:
        archive.write(workbook(tmp_path / "x.xlsx"), "大屋村.xlsx")
    found = list_files([tmp_path / "村"], tmp_path / "out")
    assert sorted(file.name for file in found.files) == sorted(["倪宅村.xlsx", "大屋村.xlsx"])


def spoil(archive, name, *, by=40):
    """Overwrites packed bytes in the middle of one entry, as a bad stick does."""
    data = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as whole:
        entry = whole.getinfo(name)
    begin = entry.header_offset + 30 + len(name.encode())
    data[begin + 8 : begin + 8 + by] = b"\xff" * by
    archive.write_bytes(data)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_one_damaged_file_keeps_none_of_the_others_away(tmp_path, packing):
    book = workbook(tmp_path / "a.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "全镇.zip", "w", packing) as archive:
        for name in ("1.xlsx", "2.xlsx", "3.xlsx"):
            archive.writestr(name, book)
    spoil(tmp_path / "全镇.zip", "2.xlsx")
    found = list_files([tmp_path / "全镇.zip"], tmp_path / "out")
    assert [file.name for file in found.files] == ["1.xlsx", "3.xlsx"]
    assert found.refused == ["压缩包“全镇.zip”里的“2.xlsx”已损坏，没有读；其他 2 个表格读了。请把没有读的重新要一份。"]


def test_a_name_no_file_system_takes_is_cut_and_the_file_read(tmp_path):
    book = workbook(tmp_path / "a.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "全镇.zip", "w") as archive:
        archive.writestr("倪宅村" + "很长" * 150 + ".xlsx", book)
        archive.writestr("大屋村.xlsx", book)
    found = list_files([tmp_path / "全镇.zip"], tmp_path / "out")
    assert found.refused == []
    [cut] = [file for file in found.files if file.name.startswith("倪宅村")]
    assert cut.suffix == ".xlsx"
    assert cut.read_bytes() == book
    assert len(found.files) == 2
