"""Hostile, broken and odd files end in a sentence for the clerk; the files beside them are read."""

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from huajie_desktop.errors import Cancelled
from huajie_desktop.sheets.fenced import fence
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbook, read_workbooks
from tests.sheets.office import huajie

HEADER = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]
ROW = [1, "干事承诺", "村道硬化", "硬化村道300米", "张三", "8月底前", 12.5]


def workbook(path, change=None):
    book = Workbook()
    page = book.active
    page.append(["花街镇2021年倪宅村干事承诺清单"])
    page.append(HEADER)
    page.append(ROW)
    if change:
        change(book, page)
    book.save(path)
    return path


def text_file(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


CSV = "任务名称,主要内容,责任人,完成时限\n村道硬化,硬化300米,张三,8月底前\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_tables_in_every_encoding(tmp_path, encoding, mark):
    file = read_workbook(text_file(tmp_path / "倪宅村.csv", CSV.replace(",", mark), encoding), huajie())
    assert [(r.title, r["responsible"], r.unit) for r in file.records] == [("村道硬化", ["张三"], "倪宅村")]


def test_html_table_called_xls(tmp_path):
    cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in line.split(','))}</tr>" for line in CSV.splitlines())
    path = text_file(tmp_path / "倪宅村.xls", f"<html><body><table>{cells}</table></body></html>", "gb18030")
    assert [r.title for r in read_workbook(path, huajie()).records] == ["村道硬化"]


def test_misnamed_workbook_is_recognised_by_content(tmp_path):
    made = workbook(tmp_path / "a.xlsx")
    path = made.rename(tmp_path / "倪宅村.csv")
    assert [r.title for r in read_workbook(path, huajie()).records] == ["村道硬化"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("~$倪宅村.xlsx", b"\x05user" + b" " * 160, "临时文件"),
        ("._倪宅村.xlsx", b"\x00\x05\x16\x07" + b"\0" * 80, "苹果"),
        ("空.xlsx", b"", "空的"),
        ("文件.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("照片.xlsx", b"\xff\xd8\xff\xe0 ...", "照片"),
        ("网页.xls", b"<html><body>404</body></html>", "没有表格"),
        ("坏.xlsx", b"PK\x03\x04" + b"x" * 200, "损坏"),
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0k\0b\0o\0o\0k\0\0\0" * 40, "损坏"),
        ("二进制.csv", bytes(range(256)) * 20, "不是"),
        ("乱码.csv", b"??,???,??\n??,???,??\n", "汉字"),
        ("表.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
    ],
)
def test_no_spreadsheets_are_named(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    assert words in (read_workbook(path, huajie()).problem or "")


def test_other_office_files_are_named(tmp_path):
    for part, words in (("word/document.xml", "Word"), ("ppt/presentation.xml", "演示文稿"), ("readme.txt", "压缩包")):
        path = tmp_path / "文件.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        assert words in (read_workbook(path, huajie()).problem or "")


def test_missing_file_and_folder(tmp_path):
    files = read_workbooks([tmp_path / "没有.xlsx", tmp_path], huajie())
    assert "找不到" in (files[0].problem or "")
    assert "文件夹" in (files[1].problem or "")


def test_lonely_far_cell_is_named_and_does_not_abort(tmp_path):
    path = workbook(tmp_path / "远.xlsx", lambda _, page: page.cell(1048576, 16384, "x"))
    assert "很远" in (read_workbook(path, huajie()).problem or "")


def test_far_but_empty_formatted_cells_do_no_harm(tmp_path):
    def widen(_, page):
        page.cell(1048576, 2).number_format = "0.00"

    assert len(read_workbook(workbook(tmp_path / "倪宅村.xlsx", widen), huajie()).records) == 1


def test_zip_bomb_is_refused(tmp_path):
    path = tmp_path / "炸弹.xlsx"
    plain = io.BytesIO()
    workbook(plain)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, zipfile.ZipFile(plain) as source:
        for entry in source.infolist():
            archive.writestr(entry.filename, source.read(entry.filename))
        with archive.open("xl/media/image1.png", "w", force_zip64=True) as stream:
            for _ in range(700):
                stream.write(b"\0" * 2**20)
    assert "大得不正常" in (read_workbook(path, huajie()).problem or "")


def test_memory_cap_ends_the_child_not_the_program(tmp_path):
    """Two thousand wide rows of text would need more than the child may have; the file after it is read all the same."""
    big = tmp_path / "大.xlsx"
    plain = io.BytesIO()
    workbook(plain)
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>' + b"x" * 600_000 + b"</t></is></c></row>"
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as archive, zipfile.ZipFile(plain) as source:
        for entry in source.infolist():
            if not entry.filename.endswith("sheet1.xml"):
                archive.writestr(entry.filename, source.read(entry.filename))
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for number in range(1, 900):
                stream.write(row % (number, number))
            stream.write(b"</sheetData></worksheet>")
    good = workbook(tmp_path / "倪宅村.xlsx")

    files = read_workbooks([big, good], huajie())

    assert files[0].problem
    assert [r.title for r in files[1].records] == ["村道硬化"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells another process's limits")
def test_the_child_caps_its_memory_below_the_gigabyte(tmp_path):
    with Reader() as reader:
        list(reader.read([workbook(tmp_path / "a.xlsx")]))
        limits = Path(f"/proc/{reader._process.pid}/limits").read_text()
    size = next(line for line in limits.splitlines() if line.startswith("Max address space")).split()[3]
    assert 300 * 2**20 < int(size) < 900 * 2**20


@pytest.mark.skipif(os.name != "posix", reason="a fifo is the one file that never ends")
def test_a_file_that_never_ends_is_given_up_and_the_next_is_read(tmp_path, monkeypatch):
    endless = tmp_path / "不完.xlsx"
    os.mkfifo(endless)
    with Reader() as reader:
        reading = reader.read([endless, workbook(tmp_path / "倪宅村.xlsx")])
        with monkeypatch.context() as patch:
            patch.setattr(fence, "_BASE_DEADLINE", 0.3)  # of the endless file alone: the other may take its time
            given_up = next(reading)
        [good] = reading
    assert "还没读完" in (given_up.problem or "")
    assert (good.problem, len(good.sheets)) == (None, 1)


def test_a_large_file_may_take_longer(tmp_path, monkeypatch):
    monkeypatch.setattr(fence, "_BASE_DEADLINE", 8.0)
    sizes = {"小.csv": 10, "五.csv": 5 * 2**20}
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(b"x" * size)
    assert [fence._deadline(tmp_path / name) for name in (*sizes, "没有")] == [8.0, 24.0, 8.0]


def test_killed_child_is_replaced(tmp_path):
    paths = [workbook(tmp_path / f"{n}.xlsx") for n in range(3)]
    with Reader() as reader:
        first = next(reader.read(paths[:1]))
        reader._process.kill()
        reader._process.wait()
        rest = list(reader.read(paths))
    assert first.problem is None
    assert [bool(raw.problem) for raw in rest] == [True, False, False]


def test_cancel_stops_at_once(tmp_path):
    class Stop:
        def step(self, done, total, text):
            raise Cancelled

    with pytest.raises(Cancelled):
        read_workbook(workbook(tmp_path / "a.xlsx"), huajie(), job=Stop())


def test_error_cells_and_uncached_formulas_are_told_from_empty(tmp_path):
    def spoil(_, page):
        page["F3"] = "=A1"
        page["D3"].value = "#REF!"
        page["D3"].data_type = "e"

    [record] = read_workbook(workbook(tmp_path / "倪宅村.xlsx", spoil), huajie()).records
    issues = {i.field: (i.severity, i.message, i.cell) for i in record.issues}
    assert (issues["due"][0], issues["due"][2]) == ("error", "Sheet!F3")
    assert "公式没有算出结果" in issues["due"][1]
    assert issues["content"][0] == "warning"
    assert "#REF!" in issues["content"][1]


def test_hidden_rows_and_columns_are_read_and_told_and_a_hidden_sheet_when_asked_for(tmp_path):
    def hide(book, page):
        page.row_dimensions[3].hidden = True
        page.column_dimensions["G"].hidden = True
        book.create_sheet("可见")
        page.sheet_state = "hidden"

    file = read_workbook(workbook(tmp_path / "倪宅村.xlsx", hide), huajie(), sheets=["Sheet"])
    assert len(file.records) == 1
    assert any("1行、1列是隐藏的" in notice for notice in file.notices)
    assert any("是隐藏的，按您的要求读了" in notice for notice in file.notices)
