"""Header rows of every shape: up to four deep, merged across and down, units and notes below, months and days as heads."""

import datetime as dt

import pytest

from tests.sheets.files import Day
from tests.sheets.office import huajie
from tests.sheets.test_stacked import FORMATS, read

MERGED = (".xlsx", ".xls", ".ods")
TITLE = ["倪宅村任务清单"]
DAYS = ["2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31"]
QUARTERS = ["一季度", "二季度", "三季度", "四季度"]
HEAD = ["序号", "任务名称", "责任人", "完成时限"]
TASK = [1, "村道", "张三丰", "12月底"]
STEPS = ["立项", "开工", "完成50%", "竣工"]


def down(*columns, to=1, top=1):
    return [(top, column, top + to, column) for column in columns]


def steps(file):
    [record] = file.records
    return [(str(day), text) for day, text, _ in record["milestones"] or ()]


def is_plain(file):
    [record] = file.records
    return (record.title, record.unit, record["responsible"], str(record["due"].day), record.issues) == (
        "村道", "倪宅村", ["张三丰"], "2021-12-31", [],
    )  # fmt: skip


@pytest.mark.parametrize("ending", MERGED)
def test_three_rows_merged_across_and_down(tmp_path, ending):
    rows = [
        TITLE, [*HEAD, "进度安排"], ["", "", "", "", "上半年", "", "下半年"], ["", "", "", "", *QUARTERS], [*TASK, *STEPS],
    ]  # fmt: skip
    merges = [*down(0, 1, 2, 3, to=2), (1, 4, 1, 7), (2, 4, 2, 5), (2, 6, 2, 7)]
    file = read(tmp_path, *rows, merges=merges, ending=ending)
    assert is_plain(file)
    assert steps(file) == list(zip(DAYS, STEPS, strict=True))
    assert file.tables[0].header_rows == (2, 3, 4)


@pytest.mark.parametrize(
    "group", ["2021年度重点工作推进时间进度安排", "进度", "任务分解（请各村认真填写，不得空缺）", "序时进度计划与阶段目标"]
)
def test_four_rows_with_groups_nobody_listed(tmp_path, group):
    rows = [
        TITLE, [*HEAD, group], ["", "", "", "", "按季度分解"], ["", "", "", "", "上半年", "", "下半年"],
        ["", "", "", "", *QUARTERS], [*TASK, *STEPS],
    ]  # fmt: skip
    merges = [*down(0, 1, 2, 3, to=3), (1, 4, 1, 7), (2, 4, 2, 7), (3, 4, 3, 5), (3, 6, 3, 7)]
    file = read(tmp_path, *rows, merges=merges)
    assert is_plain(file)
    assert steps(file) == list(zip(DAYS, STEPS, strict=True))


@pytest.mark.parametrize("ending", MERGED)
def test_a_first_row_of_nothing_but_a_group_and_the_serial(tmp_path, ending):
    rows = [TITLE, ["序号", "2021年工作任务情况"], ["", *HEAD[1:]], TASK]
    file = read(tmp_path, *rows, merges=[(1, 0, 2, 0), (1, 1, 1, 3)], ending=ending)
    assert is_plain(file)
    assert [column.letter for column in file.tables[0].columns] == ["A", "B", "C", "D"]
    assert file.tables[0].header_rows == (2, 3)


UNIT_ROWS = {
    "（元）": ["", "", "", "", "（元）"],
    "(元)": ["", "", "", "", "(元)"],
    "单位：元": ["", "", "", "", "单位：元"],
    "元": ["", "", "", "", "元"],
    "notes beside": ["", "（全称）", "（村干部）", "（填到月）", "（元）"],
    "必填": ["", "必填", "必填", "必填", "元"],
    "（必填）": ["", "（必填）", "（必填）", "（必填）", "（元）"],
    "选填": ["", "", "", "（选填）", "（元）"],
    "金额单位": ["", "", "", "", "金额单位：元"],
    "【元】": ["", "", "", "", "【元】"],
}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("below", UNIT_ROWS.values(), ids=UNIT_ROWS)
def test_a_second_row_that_only_says_how_to_fill_in(tmp_path, below, ending):
    file = read(tmp_path, TITLE, [*HEAD, "计划投资"], below, [*TASK, 50000], ending=ending)
    assert is_plain(file)
    assert int(file.records[0]["investment"]) == 50000
    assert not file.left_out


@pytest.mark.parametrize("row", [["（1）", "（2）", "（3）", "（4）"], [1, 2, 3, 4], ["一", "二", "三", "四"]])
def test_rows_that_number_the_columns_are_neither_months_nor_units(tmp_path, row):
    file = read(tmp_path, TITLE, HEAD, row, TASK)
    assert is_plain(file)
    assert steps(file) == []
    assert [left.reason for left in file.left_out] == ["列号"]


def test_a_category_in_brackets_below_the_header_is_a_section(tmp_path):
    file = read(tmp_path, TITLE, HEAD, ["（一）重点工作"], TASK)
    assert file.records[0]["category"][1] == "重点工作"
    assert file.tables[0].header_rows == (2,)


MONTHS = {
    "numbers in a row": [3, 4, 5],
    "numbers of quarters": [3, 6, 9],
    "month names": ["3月", "6月", "9月"],
    "with 份": ["3月份", "6月份", "9月份"],
    "days of the year": [Day(dt.date(2021, month, 1), "m月") for month in (3, 6, 9)],
    "days shown by a built-in format": [Day(dt.date(2021, month, 1), 57) for month in (3, 6, 9)],
    "with the year": ["2021年3月", "2021年6月", "2021年9月"],
}


@pytest.mark.parametrize("ending", MERGED)
@pytest.mark.parametrize("heads", MONTHS.values(), ids=MONTHS)
def test_months_as_heads_hold_milestones(tmp_path, heads, ending):
    file = read(tmp_path, TITLE, [*HEAD, *heads], [*TASK, "立项", "", "竣工"], ending=ending)
    assert is_plain(file)
    first, last = ("2021-03-31", "2021-05-31") if heads == [3, 4, 5] else ("2021-03-31", "2021-09-30")
    assert steps(file) == [(first, "立项"), (last, "竣工")]


@pytest.mark.parametrize("ending", MERGED)
def test_numbers_from_one_to_twelve_under_a_group(tmp_path, ending):
    rows = [TITLE, [*HEAD, "进度安排"], ["", "", "", "", *range(1, 13)], [*TASK, "", "立项", *[""] * 9, "竣工"]]
    file = read(tmp_path, *rows, merges=[*down(0, 1, 2, 3), (1, 4, 1, 15)], ending=ending)
    assert is_plain(file)
    assert steps(file) == [("2021-02-28", "立项"), ("2021-12-31", "竣工")]


@pytest.mark.parametrize("years", [[2021, 2022], ["2021年", "2022年"], ["2021年度", "2022年度"]])
def test_years_are_milestones_under_goals_and_parts_of_a_sum_under_amounts(tmp_path, years):
    merges = [*down(0, 1, 2, 3), (1, 4, 1, 5)]
    goals = read(tmp_path, TITLE, [*HEAD, "年度目标"], ["", "", "", "", *years], [*TASK, "开工", "竣工"], merges=merges)
    assert steps(goals) == [("2021-12-31", "开工"), ("2022-12-31", "竣工")]
    sums = read(tmp_path, TITLE, [*HEAD, "分年投资（万元）"], ["", "", "", "", *years], [*TASK, 3, 2], merges=merges, name="b")
    assert steps(sums) == []
    assert sums.records[0]["investment"] is None
    assert any("没有读这些列" in notice and "E" in notice and "F" in notice for notice in sums.notices)


def test_months_under_amounts_are_no_milestones(tmp_path):
    rows = [TITLE, [*HEAD, "各月投资计划（万元）"], ["", "", "", "", "1月", "2月", "3月"], [*TASK, 1, 2, 3]]
    file = read(tmp_path, *rows, merges=[*down(0, 1, 2, 3), (1, 4, 1, 6)])
    assert is_plain(file)
    assert steps(file) == []


NOTES = {
    "in brackets": ["序号", "任务名称（不超过20字）", "责任人（村干部）", "完成时限（填到月）"],
    "after a line break in brackets": ["序号", "任务名称\n（不超过20字）", "责任人\n（村干部）", "完成时限\n（填到月）"],
    "after a line break": ["序号", "任务名称\n不超过20字", "责任人\n填村干部姓名", "完成时限\n格式如8月底"],
    "over three lines": ["序号", "任务名称\n写全称\n不超过20字", "责任人\n村干部\n一至三名", "完成时限\n填到月\n不写年"],
    "broken words": ["序\n号", "任务\n名称", "责任\n人", "完成\n时限"],
    "spaced words": ["序 号", "任 务 名 称", "责　任　人", "完 成 时 限"],
    "marks": ["序号", "*任务名称", "责任人：", "完成时限*"],
    "square brackets": ["序号", "任务名称【必填】", "责任人[必填]", "完成时限〔必填〕"],
}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("head", NOTES.values(), ids=NOTES)
def test_notes_in_header_cells(tmp_path, head, ending):
    assert is_plain(read(tmp_path, TITLE, head, TASK, ending=ending))


BESIDE = {
    "a number": [*HEAD, "", 3],
    "a long note": [*HEAD, "", "请各村于3月底前报送到党建办公室并且同时报送电子版表格一份"],
    "both": [*HEAD, 3, "请各村于3月底前报送到党建办公室并且同时报送电子版表格一份"],
    "parts of one": [*HEAD, 0.25, 0.5, 1.0],
    "a day": [*HEAD, "", Day(dt.date(2021, 2, 20))],
}


@pytest.mark.parametrize("head", BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_a_header_does_no_harm(tmp_path, head):
    assert is_plain(read(tmp_path, TITLE, head, TASK))


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("rows", [61, 200, 2500])
def test_a_header_far_down(tmp_path, rows, ending):
    assert is_plain(read(tmp_path, TITLE, *[[]] * rows, HEAD, TASK, ending=ending))


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("columns", [19, 60, 200])
def test_a_header_far_to_the_right(tmp_path, columns, ending):
    space = [""] * columns
    assert is_plain(read(tmp_path, TITLE, [*space, *HEAD], [*space, *TASK], ending=ending))


def test_explanations_between_title_and_header(tmp_path):
    notes = [
        ["填报说明：1.任务名称、责任人、完成时限必填；2.投资单位为万元"],
        ["2. 类别请填五大比拼之一"],
        ["（一）请于3月底前报送"],
    ]
    assert is_plain(read(tmp_path, TITLE, *notes, HEAD, TASK))


@pytest.mark.parametrize(
    ("key", "head", "row"),
    [
        (
            "disputes",
            ["序号", "受理时间", "纠纷类型", "纠纷简要情况\n一事一行", "当事人甲", "涉案金额"],
            [1, "3月5日", "邻里", "围墙", "王", 8000],
        ),
        (
            "people",
            ["序号", "姓名\n写全名", "所在单位", "职务\n可多个", "手机号码", "备注"],
            [1, "张三丰", "倪宅村", "书记", "13800001111", ""],
        ),
        (
            "units",
            ["序号", "单位名称\n写全称", "单位类型", "上级单位", "简称", "备注"],
            [1, "新屋村", "行政村", "花街镇", "新屋", ""],
        ),
    ],
)
def test_the_same_header_shapes_in_other_ledgers(tmp_path, key, head, row):
    known = huajie().reading(huajie().catalogue[key])
    file = read(tmp_path, ["花街镇2021年表"], head, ["", "必填", "", "", "", "（元）"], row, known=known)
    assert len(file.records) == 1
    assert file.tables[0].header_rows == (2, 3)
    assert file.tables[0].columns[1 if key != "disputes" else 3].field == known.ledger.name
    if key == "disputes":
        assert int(file.records[0]["amount"]) == 8000
