"""The error workbook: faults marked in the village's own file, mended by it, and taken in."""

import os

import pytest
from openpyxl import Workbook, load_workbook

from huajie_desktop.errors import Problem
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.returning import faulty, return_files
from huajie_desktop.sheets.written import marking
from huajie_desktop.sheets.written.marks import PREFIX, SHEET
from tests.office import contents, enter
from tests.sheets.files import Grid, write
from tests.test_templates import FIRST, fill, look, template

HEAD = ["序号", "类别", "承诺事项", "建设内容及规模", "计划投资（万元）", "责任人", "完成时限"]
GOOD = [1, "干事承诺", "穿村段路灯安装", "安装路灯12盏", 12.5, "张三", "8月底前"]
BAD = [2, "其他", "公厕改造", "1座", -5, "", "尽快"]
MENDED = {"B": "重点工作", "E": 5, "F": "李四", "G": "9月30日前"}


def sent(folder, ending):
    file = folder / f"倪宅村上报表.{ending}"
    write(file, [Grid("清单", [["倪宅村2021年干事承诺清单"], HEAD, GOOD, BAD])])
    return file


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "csv"])
def test_faults_are_marked_in_place_and_the_mended_workbook_is_taken_in(app, tmp_path, ending):
    made = look(app, sent(tmp_path, ending))
    assert intake.apply(app, made, skip_errors=True).new == 1
    target = tmp_path / "退回.xlsx"
    assert return_files(made.files, target) == [target]
    book = load_workbook(target)
    summary, page = book.worksheets
    assert summary.title == SHEET
    rows = list(summary.iter_rows(min_row=4, values_only=True))
    assert [(row[2], row[3] or None) for row in rows] == [("B4", "其他"), ("E4", "-5"), ("F4", None), ("G4", "尽快")]
    assert all(row[4] and row[5] for row in rows)
    for letter in "BEFG":
        cell = page[f"{letter}4"]
        assert (cell.fill.fill_type, cell.comment.text.startswith(PREFIX)) == ("solid", True)
    assert [str(cell.value) for cell in page[3]] == [str(value) for value in GOOD]
    assert not page["C4"].comment
    for letter, value in MENDED.items():
        page[f"{letter}4"].value = value
    book.save(target)
    again = look(app, target)
    assert [row.action for row in again.rows] == ["same", "new"]
    assert any("上次退回的说明" in notice for notice in again.files[0].all_notices)
    assert intake.apply(app, again).new == 1


def test_a_template_keeps_its_hidden_identities_its_looks_and_its_protection(app, tmp_path):
    enter(app)
    file = fill(template(app, tmp_path), (0, "due", "尽快"))
    before = load_workbook(file).worksheets[0]
    made = look(app, file)
    assert [row.action for row in made.rows] == ["error"]
    [target] = return_files(made.files, tmp_path / "退回.xlsx")
    page = load_workbook(target).worksheets[1]
    assert page.protection.sheet
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[3].hidden
    assert page.data_validations.dataValidation
    for row in before.iter_rows():
        for cell in row:
            assert page[cell.coordinate].value == cell.value
    fill_second(target, "10月底前")
    assert [row.action for row in look(app, target).rows] == ["change"]


def fill_second(target, due):
    book = load_workbook(target)
    page = book.worksheets[1]
    place = next(cell.column for cell in page[3] if cell.value == "hj:due")
    page.cell(FIRST, place).value = due
    book.save(target)


def test_marked_again_there_is_still_one_summary(app, tmp_path):
    [once] = return_files(look(app, sent(tmp_path, "xlsx")).files, tmp_path / "一.xlsx")
    [twice] = return_files(look(app, once).files, tmp_path / "二.xlsx")
    assert [page.title for page in load_workbook(twice).worksheets] == [SHEET, "清单"]


def test_several_files_go_into_a_folder_and_nothing_faulty_is_said(app, tmp_path):
    one, other = sent(tmp_path, "xlsx"), sent(tmp_path, "csv")
    made = look(app, one, other)
    paths = return_files(made.files, tmp_path / "退回.xlsx")
    assert [path.name for path in paths] == ["倪宅村上报表（请修改）.xlsx", "倪宅村上报表（2）（请修改）.xlsx"]
    assert {path.parent for path in paths} == {tmp_path / "退回"}
    good = tmp_path / "好.xlsx"
    write(good, [Grid("清单", [["倪宅村2021年干事承诺清单"], HEAD, GOOD])])
    fine = look(app, good)
    assert not faulty(fine.files[0])
    with pytest.raises(Problem, match="不用退回"):
        return_files(fine.files, tmp_path / "x.xlsx")


def test_what_the_library_cannot_open_in_time_is_made_anew(app, tmp_path, monkeypatch):
    monkeypatch.setattr(marking, "_PATIENCE", 0.01)
    [target] = return_files(look(app, sent(tmp_path, "xlsx")).files, tmp_path / "退回.xlsx")
    page = load_workbook(target).worksheets[1]
    assert (page.title, page["C4"].value, page["G4"].comment.text.startswith(PREFIX)) == ("清单", "公厕改造", True)


@pytest.mark.skipif(os.geteuid() == 0 and not os.path.exists("/dev/full"), reason="needs a place that cannot be written")
def test_where_nothing_can_be_written_nothing_is_left(app, tmp_path):
    made = look(app, sent(tmp_path, "xlsx"))
    (tmp_path / "closed").write_text("no folder")
    before = contents(app)
    with pytest.raises(Problem, match="没有留下不完整的文件"):
        return_files(made.files, tmp_path / "closed" / "退回.xlsx")
    assert contents(app) == before


def test_text_in_the_summary_never_becomes_a_formula(app, tmp_path):
    book = Workbook()
    for row in (["倪宅村2021年干事承诺清单"], HEAD, [1, '=HYPERLINK("http://x")', "公厕", "1座", 5, "张三", "尽快"]):
        book.active.append(row)
    book.active["B3"].data_type = "s"
    book.save(tmp_path / "a.xlsx")
    [target] = return_files(look(app, tmp_path / "a.xlsx").files, tmp_path / "退回.xlsx")
    kinds = {cell.data_type for row in load_workbook(target).worksheets[0].iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert importing.preview(app, [target]).files[0].read.problem is None
