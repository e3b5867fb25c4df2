"""Sheets whose fields stand beside their contents are said to stand so and not read; ordinary lists never are."""

import pytest

from huajie_desktop.receiving import importing
from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie
from tests.sheets.test_stacked import FORMATS, HEAD, read, task

FIELDS = [
    ("任务名称", "村道硬化", "公厕改造"), ("类别", "干事承诺", "重点工作"), ("主要内容", "硬化300米", "改造2座"),
    ("责任人", "张三丰", "李四光"), ("完成时限", "8月底前", "9月底前"), ("计划投资(万元)", 12.5, 3),
]  # fmt: skip
ONE = [list(row[:2]) for row in FIELDS]
UPRIGHT = {
    "one task": [["倪宅村任务申报表"], *ONE],
    "without a title": ONE,
    "two tasks": [["倪宅村任务申报表"], *map(list, FIELDS)],
    "numbered": [["倪宅村任务申报表"], ["序号", 1, 2], *map(list, FIELDS)],
    "headed by numbers in words": [["项目", "任务一", "任务二"], *map(list, FIELDS)],
    "in column C": [["", "", *row] for row in ONE],
    "groups left of it": [["基本情况" if not number else "", *row] for number, row in enumerate(ONE)],
    "a gap beside the labels": [[row[0], "", row[1]] for row in ONE],
    "a blank row between": [*ONE[:3], [], *ONE[3:]],
    "notes below": [["倪宅村任务申报表"], *ONE, ["注：本表一式两份"], ["填表人：张三", "审核人：李四"]],
    "not filled in": [["倪宅村任务申报表"], *([row[0]] for row in ONE)],
}  # fmt: skip


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("rows", UPRIGHT.values(), ids=UPRIGHT)
def test_a_list_on_its_side_is_refused_with_what_to_do(tmp_path, rows, ending):
    file = read(tmp_path, *rows, ending=ending)
    assert not file.records
    assert "竖着的表" in file.problem
    assert "转置" in file.problem
    letter = "C" if rows[0][:2] == ["", ""] else "B" if "基本情况" in rows[0] else "A"
    assert f"写在{letter}列" in file.problem
    assert not file.notices


FORMS = {
    "two pairs a row": [["倪宅村任务申报表"], [*ONE[0], *ONE[3]], [*ONE[1], *ONE[4]], [*ONE[2], *ONE[5]]],
    "three pairs a row": [[*ONE[0], *ONE[3], *ONE[4]], [*ONE[2], *ONE[1], *ONE[5]]],
    "one row": [[*ONE[0], *ONE[3], *ONE[4]]],
    "the last pair alone": [["倪宅村任务申报表"], [*ONE[0], *ONE[3]], [*ONE[1], *ONE[4]], ONE[2]],
    "three rows of three": [[*ONE[0], *ONE[3], *ONE[4]], [*ONE[2], *ONE[1], *ONE[5]], ["备注", "无", "联系电话", "1380000", "资金来源", "镇"]],
    "with a blank row": [[*ONE[0], *ONE[3]], [], [*ONE[1], *ONE[4]], [*ONE[2], *ONE[5]]],
}  # fmt: skip


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS)
def test_a_form_of_labels_and_values_is_refused_with_what_to_do(tmp_path, rows, ending):
    file = read(tmp_path, *rows, ending=ending)
    assert not file.records
    assert "填好的单张表格" in file.problem
    assert "不是一行一项的清单" in file.problem


LISTS = {
    "an empty list": [["倪宅村任务清单"], HEAD],
    "one row": [["倪宅村任务清单"], HEAD, task(1, "村道")],
    "a task called like a header": [["倪宅村任务清单"], HEAD, task(1, "项目")],
    "columns nobody knows in between": [["倪宅村任务清单"], ["序号", "甲", "任务名称", "乙", "责任人", "丙", "完成时限"], [1, "x", "村道", "y", "张三丰", "z", "8月底"]],
    "the header repeated": [["倪宅村任务清单"], HEAD, HEAD, task(1, "村道")],
    "a reporting line in pairs": [["填报单位", "倪宅村", "联系人", "张三", "联系电话", "13800001111"], HEAD, task(1, "村道")],
    "a signature in pairs": [["倪宅村"], HEAD, task(1, "村道"), ["填表人", "张三", "联系电话", "13800001111"]],
    "two columns": [["任务名称", "责任人"], ["村道", "张三丰"], ["路灯", "李四光"]],
}  # fmt: skip


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
def test_ordinary_lists_are_no_forms(tmp_path, rows):
    file = read(tmp_path, *rows, name="倪宅村")
    assert file.problem is None
    assert not any("竖" in notice for notice in file.notices)


@pytest.mark.parametrize(
    ("key", "rows"),
    [
        ("disputes", [["受理时间", "2021.3.5"], ["纠纷简要情况", "围墙越界"], ["当事人甲", "王甲"], ["调解人", "李四"]]),
        ("people", [["姓名", "张三丰"], ["单位", "倪宅村"], ["职务", "书记"], ["手机号码", "13800001111"]]),
        ("units", [["单位名称", "新屋村"], ["单位类型", "行政村"], ["上级单位", "花街镇"]]),
        ("tasks", [["姓名", "张三丰"], ["受理时间", "2021.3.5"], ["职务", "书记"], ["手机号码", "13800001111"]]),
    ],
)
def test_the_same_in_other_ledgers_and_of_fields_of_another_one(tmp_path, key, rows):
    known = huajie().reading(huajie().catalogue[key])
    assert "竖着的表" in read(tmp_path, *rows, known=known).problem


def test_beside_a_list_on_another_sheet_it_is_said(tmp_path):
    write(tmp_path / "倪宅村.xlsx", [Grid("清单", [HEAD, task(1, "村道")]), Grid("申报表", ONE)])
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie())
    assert [record.title for record in file.records] == ["村道"]
    assert [notice for notice in file.notices if "申报表" in notice and "竖着的表" in notice]


def test_it_can_still_be_mapped_by_hand(app, tmp_path):
    write(tmp_path / "倪宅村.xlsx", [Grid("申报表", [["倪宅村任务申报表"], *map(list, FIELDS)])])
    made = importing.preview(app, [tmp_path / "倪宅村.xlsx"])
    assert made.files[0].read.mappable
