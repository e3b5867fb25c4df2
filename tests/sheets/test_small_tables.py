"""A small table of something else right of a list is said and not read into its records; further columns of the list are."""

from itertools import zip_longest

import pytest

from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

HEAD = ["序号", "任务名称", "责任人", "完成时限"]
ROWS = [[1, "村道硬化", "张三丰", "8月底"], [2, "绿道建设", "李四光", "9月底"], [3, "公厕改造", "王五行", "10月底"]]


def read(tmp_path, beside, ending="xlsx"):
    rows = [[*row, "", *more] for row, more in zip_longest([HEAD, *ROWS], beside, fillvalue=[""] * 4)]
    write(tmp_path / f"倪宅村.{ending}", [Grid("Sheet1", rows)])
    return read_workbook(tmp_path / f"倪宅村.{ending}", huajie())


def is_told(file):
    return [notice for notice in file.notices if "另有一个表" in notice]


BESIDE = {
    "counts with a total": [["类别", "数量"], ["重点工作", 1], ["干事承诺", 1], ["合计", 2]],
    "fewer rows": [["类别", "数量"], ["重点工作", 1], ["干事承诺", 2]],
    "more rows": [["类别", "数量"], *[[name, 1] for name in ("重点工作", "干事承诺", "文明环境", "平安创建", "基层党建")]],
    "persons and telephones": [["责任人", "联系电话"], ["张三丰", "13800000000"], ["李四光", "13900000000"]],
    "amounts by source": [["资金来源", "金额"], ["镇补", 10], ["村自筹", 20], ["合计", 30]],
}


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
def test_a_small_table_beside_the_list_is_none_of_it(tmp_path, beside, ending):
    file = read(tmp_path, beside, ending=ending)
    assert [(r.title, r["responsible"], r["category"], r["investment"]) for r in file.records] == [
        ("村道硬化", ["张三丰"], None, None), ("绿道建设", ["李四光"], None, None), ("公厕改造", ["王五行"], None, None),
    ]  # fmt: skip
    assert not any(record.issues for record in file.records)
    assert f"表头是{'、'.join(beside[0])}" in is_told(file)[0]


def test_what_it_repeats_is_the_lists_own(tmp_path):
    head = ["序号", "任务名称", "责任人", "项目类别"]
    rows = [[1, "村道硬化", "张三丰", "重点工作"], [2, "绿道建设", "李四光", "文明环境"], [3, "公厕改造", "王五行", "重点工作"]]
    beside = [["类别", "数量"], ["平安创建", 0], ["合计", 3]]
    sheet = [[*row, "", *more] for row, more in zip([head, *rows], [*beside, ["", ""]], strict=True)]
    write(tmp_path / "倪宅村.xlsx", [Grid("Sheet1", sheet)])
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie())
    assert [r["category"][1] for r in file.records] == ["重点工作", "文明环境", "重点工作"]
    assert is_told(file)


@pytest.mark.parametrize(
    "further",
    [
        [["计划投资(万元)", "备注"], [5, "续建"], [6, "新建"], [7, "新建"]],
        [["计划投资(万元)", "备注"], [5, ""], [6, "新建"], [7, ""]],
        [["计划投资(万元)", "备注"], ["", ""], [6, "新建"], ["", ""]],
    ],
)
def test_further_columns_behind_a_blank_one_are_read(tmp_path, further):
    file = read(tmp_path, further)
    assert [(r["investment"] or 0) / 10000 for r in file.records] == [row[0] or 0 for row in further[1:]]
    assert not is_told(file)
