"""Sheets in which no list is recognised: what is said of them is true, and all of them can be mapped by hand."""

import datetime as dt

import pytest

from huajie_desktop.reading.read_record import letter_of
from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Day, Grid, write
from tests.sheets.office import huajie

BODY = [[1, "修路", "张三丰", "8月底"], [2, "装灯", "李四光", "9月底"], [3, "种树", "王五一", "10月底"]]
STANDING = [["要办的", "修路", "装灯"], ["谁来办", "张三丰", "李四光"], ["哪天", "8月底", "9月底"]]
# By name: rows, the last row of the header from 1 (0: none), and the columns that hold name, people and deadline (None: nothing).
SHEETS = {
    "words nobody knows": ([["号", "要办啥", "找谁", "啥时候好"], *BODY], 1, 1),
    "below a title": ([["倪宅村"], ["号", "要办啥", "找谁", "啥时候好"], *BODY], 2, 1),
    "no header": (BODY, 0, 1),
    "a title and no header": ([["倪宅村"], *BODY], 1, 1),
    "rows of nothing first": ([[], [], ["号", "要办啥", "找谁", "啥时候好"], *BODY], 3, 1),
    "nothing first and no header": ([[], *BODY], 1, 1),
    "years as heads": ([[2019, 2020, 2021, 2022], *BODY], 1, 1),
    "numbers as heads": ([[1.5, 2.5, 3.5, 4.5], *BODY], 1, 1),
    "letters as heads": ([["a", "b", "c", "d"], *BODY], 1, 1),
    "days as heads": ([[Day(dt.date(2021, month, 1)) for month in (1, 2, 3, 4)], *BODY], 1, 1),
    "half of the heads": ([["", "要办啥", "", "啥时候好"], *BODY], 1, 1),
    "two unknown rows": ([["", "事", "", ""], ["号", "要办啥", "找谁", "啥时候好"], *BODY], 2, 1),
    "far to the right": ([["", "", "号", "要办啥", "找谁", "啥时候好"], *(["", "", *row] for row in BODY)], 1, 3),
    "sentences as heads": ([["第几个", "请写清楚今年到底要办哪一件事情不要漏", "请写清楚谁来办这件事", "几时"], *BODY], 1, 1),
    "far down": ([*([f"说明之{n}"] for n in "甲乙丙丁戊己庚辛"), ["号", "要办啥", "找谁", "啥时候好"], *BODY], 9, 1),
}


def read(tmp_path, rows, ending=".xlsx", mapping=None):
    write(tmp_path / f"倪宅村{ending}", [Grid("Sheet1", rows)])
    return read_workbook(tmp_path / f"倪宅村{ending}", huajie(), mapping=mapping)


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".csv"])
@pytest.mark.parametrize("name", SHEETS)
def test_any_sheet_can_be_mapped_by_hand(tmp_path, name, ending):
    rows, header, first = SHEETS[name]
    file = read(tmp_path, rows, ending)
    assert (file.records, bool(file.problem)) == ([], True), "nothing is guessed"
    assert "请在“列对应”里指定哪一列是任务名称" in file.problem
    sheet = file.mappable[0].sheet
    said = {(sheet, header, first): "title", (sheet, header, first + 1): "responsible", (sheet, header, first + 2): "due"}
    again = read(tmp_path, rows, ending, said)
    assert [(r.title, r["responsible"], r["due"].day.month) for r in again.records] == [
        ("修路", ["张三丰"], 8), ("装灯", ["李四光"], 9), ("种树", ["王五一"], 10),
    ]  # fmt: skip
    assert (again.problem, again.unit) == (None, "倪宅村")
    [table] = again.tables
    assert (table.starts, table.read) == (header, True)


@pytest.mark.parametrize("name", [name for name in SHEETS if name != "far down"])
def test_the_header_meant_is_among_those_offered_with_what_its_columns_hold(tmp_path, name):
    rows, header, first = SHEETS[name]
    offered = {table.starts: table for table in read(tmp_path, rows).mappable}
    assert header in offered
    assert offered[header].header_rows[-1:] == ((header,) if header in offered[header].header_rows else ())
    column = next(column for column in offered[header].columns if column.index == first)
    assert (column.letter, column.example) == (letter_of(first), "修路")


@pytest.mark.parametrize(
    "rows",
    [
        *(rows for rows, *_ in SHEETS.values()),
        STANDING,
        [["任务名称", "修路"], ["责任人", "张三丰"]],
        [["姓名", "张三丰"], ["电话", "138"]],
    ],
)
def test_what_is_said_quotes_no_content_as_a_header(tmp_path, rows):
    file = read(tmp_path, rows)
    assert file.problem
    for word in ("修路", "张三丰", "8月底", "138", "装灯"):
        assert word not in file.problem


def test_words_of_a_header_are_named_and_no_others(tmp_path):
    file = read(
        tmp_path,
        [
            ["号", "要办啥", "责任人", "啥时候好", "完成时限"],
            [1, "修路", "张三丰", "", "8月底"],
            [2, "装灯", "李四光", "", "9月底"],
        ],
    )
    assert file.problem.startswith("第1行有表头的字样（号、责任人、完成时限），但看不出是任务清单")


def test_an_empty_sheet_gets_no_advice_that_cannot_be_followed(tmp_path):
    file = read(tmp_path, [["", ""]])
    assert "列对应" not in file.problem
    assert file.mappable == []


def test_a_table_beside_those_that_were_read_can_be_mapped_too_and_is_told(tmp_path):
    head = ["任务名称", "责任人", "完成时限"]
    other = [["号", "要办啥", "找谁", "啥时候好"], *BODY]
    grids = [Grid("清单", [head, ["修桥", "赵六一", "8月底"]]), Grid("另外的", other), Grid("填表说明", [["请如实填写"]])]
    write(tmp_path / "倪宅村.xlsx", grids)
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie())
    assert [record.title for record in file.records] == ["修桥"]
    told = "工作表“另外的”里没有任务清单，没有读；第1行像是表头，要读请在“列对应”里指定哪一列是任务名称"
    assert told in file.notices
    assert "工作表“填表说明”里没有任务清单，没有读" in file.notices, "what only explains wants nothing"
    said = {("另外的", 1, 1): "title", ("另外的", 1, 2): "responsible", ("另外的", 1, 3): "due"}
    again = read_workbook(tmp_path / "倪宅村.xlsx", huajie(), mapping=said)
    assert [record.title for record in again.records] == ["修桥", "修路", "装灯", "种树"]


def test_what_was_said_last_counts(tmp_path):
    rows = SHEETS["words nobody knows"][0]
    for said, found in (([0, 1], "修路"), ([1, 0], "要办啥")):
        mapping = {("Sheet1", header, 1): "title" for header in said}
        assert read(tmp_path, rows, mapping=mapping).records[0].title == found


def test_how_many_have_no_unit_is_counted(tmp_path):
    write(
        tmp_path / "清单.xlsx",
        [Grid("Sheet1", [["任务名称", "责任人", "完成时限"], ["修桥", "赵六一", "8月底"], ["修路", "赵六一", "8月底"]])],
    )
    assert "有 2 项任务没有认出是哪个单位的，请选择单位" in read_workbook(tmp_path / "清单.xlsx", huajie()).notices
