"""Names merged down over several rows: one record with all the rows say, or one for each unit; nothing of them is dropped."""

import datetime as dt

import pytest

from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.office import CATALOGUE
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

FORMATS = (".xlsx", ".xls", ".ods")
HEAD = ["村名", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]


def read(tmp_path, rows, merges, ending=".xlsx", head=HEAD, known=None):
    write(tmp_path / f"清单{ending}", [Grid("Sheet1", [head, *rows], merges)])
    return read_workbook(tmp_path / f"清单{ending}", known or huajie())


def doubts(record):
    return sorted((issue.field, issue.severity) for issue in record.issues)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_name_merged_over_several_units_is_a_record_of_each(tmp_path, ending):
    rows = [
        ["倪宅村", "文明环境", "垃圾分类", "300户", "张三丰", "8月底", 3],
        ["金杜村", "", "", "200户", "李四光", "9月底", 2],
        ["尚仁村", "", "", "100户", "王五行", "10月底", 1],
    ]
    file = read(tmp_path, rows, [(1, 2, 3, 2), (1, 1, 3, 1)], ending)
    assert [(r.title, r.unit, r["responsible"], int(r["investment"])) for r in file.records] == [
        ("垃圾分类", "倪宅村", ["张三丰"], 30000), ("垃圾分类", "金杜村", ["李四光"], 20000), ("垃圾分类", "尚仁村", ["王五行"], 10000),
    ]  # fmt: skip
    assert [doubts(record) for record in file.records] == [[], [], []]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_further_row_with_its_own_person_and_amount_is_not_dropped(tmp_path, ending):
    rows = [
        ["倪宅村", "干事承诺", "村道硬化", "招标", "张三丰", "4月底", 10],
        ["", "", "", "竣工", "李四光", "9月底", 5],
    ]
    [record] = read(tmp_path, rows, [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2)], ending).records
    assert (record["content"], record["responsible"], record["due"].day) == (
        "招标\n竣工",
        ["张三丰", "李四光"],
        dt.date(2021, 9, 30),
    )
    assert doubts(record) == [("investment", "warning"), ("responsible", "warning")]


def test_what_only_a_further_row_says_is_taken(tmp_path):
    rows = [["倪宅村", "干事承诺", "村道硬化", "招标", "", "4月底", ""], ["", "", "", "竣工", "李四光", "", 5]]
    [record] = read(tmp_path, rows, [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2)]).records
    assert (record["responsible"], int(record["investment"])) == (["李四光"], 50000)
    assert doubts(record) == []


def test_further_rows_in_a_ledger_without_milestones(tmp_path):
    head = ["姓名", "所在单位", "联系电话"]
    rows = [["王一山", "倪宅村", "13857900001"], ["", "", "13857900002"]]
    [record] = read(tmp_path, rows, [(1, 0, 2, 0), (1, 1, 2, 1)], head=head, known=huajie().reading(CATALOGUE["people"])).records
    assert (record.title, record["phone"]) == ("王一山", "13857900001")
    assert doubts(record) == [("phone", "warning")]
