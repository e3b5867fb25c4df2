"""What a column is where its header does not settle it: second columns, corner cells, serials, typing, units of money, and what is dropped."""

import pytest

from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.headers import money_unit, vocabulary
from huajie_desktop.sheets.understood.workbooks import read_workbook
from huajie_desktop.work.task_ledger import TASKS
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

WORK, WHO, WHEN = ["村道硬化", "绿道建设", "新建公厕"], ["张三丰", "李四光", "王五行"], ["8月底", "9月底", "10月底"]
OTHERS = ["赵六", "", "王五行"]


@pytest.fixture(scope="module")
def reader():
    opened = Reader()
    yield opened
    opened.close()


@pytest.fixture
def read(tmp_path, reader):
    def reading(header, *columns, above=(), merges=(), after=()):
        rows = [*above, list(header), *map(list, zip(*columns, strict=True)), *after]
        write(tmp_path / "倪宅村.xlsx", [Grid("Sheet1", rows, list(merges))])
        file = read_workbook(tmp_path / "倪宅村.xlsx", huajie(), reader=reader)
        assert file.problem is None, file.problem
        return file

    return reading


def values(file, key):
    return [record[key] for record in file.records]


def issues(file):
    return [[(issue.field, issue.severity) for issue in record.issues] for record in file.records]


def said(file, *words):
    return [notice for notice in file.notices if all(word in notice for word in words)]


# two columns for one field


@pytest.mark.parametrize("second", ["责任人2", "责任人", "负责人", "村责任人", "项目负责人", "责任人二"])
def test_people_of_two_columns_are_joined_and_that_is_said(read, second):
    file = read(["序号", "任务名称", "责任人", second, "完成时限"], [1, 2, 3], WORK, WHO, OTHERS, WHEN)
    assert values(file, "responsible") == [["张三丰", "赵六"], ["李四光"], ["王五行"]]
    assert said(file, "责任人由C、D列合在一起")
    assert issues(file) == [[], [], []]


def test_texts_of_two_columns_stand_line_by_line_in_the_order_of_the_sheet(read):
    head = ["序号", "任务名称", "目标要求", "建设内容", "责任人", "完成时限", "备注", "备注"]
    texts = (["通车", "", "建成"], ["硬化300米", "绿化", "建成"], WHO, WHEN, ["甲", "/", ""], ["", "乙", "丙"])
    file = read(head, [1, 2, 3], WORK, *texts)
    assert values(file, "content") == ["通车\n硬化300米", "绿化", "建成"]
    assert values(file, "remarks") == ["甲", "乙", "丙"]
    assert said(file, "建设内容及规模由C、D列合在一起；备注由G、H列合在一起")


def test_ditto_and_merged_cells_count_in_second_columns_too(read):
    head = ["序号", "任务名称", "责任人", "负责人", "完成时限"]
    ditto = read(head, [1, 2, 3], WORK, ["张三丰", "同上", "李四光"], ["赵六", "同上", "同上"], WHEN)
    assert values(ditto, "responsible") == [["张三丰", "赵六"], ["张三丰", "赵六"], ["李四光", "赵六"]]
    merged = read(head, [1, 2, 3], WORK, WHO, ["赵六", "", ""], WHEN, merges=[(1, 3, 3, 3)])
    assert values(merged, "responsible") == [["张三丰", "赵六"], ["李四光", "赵六"], ["王五行", "赵六"]]


def test_two_halves_of_a_list_are_never_joined(tmp_path, reader):
    half = ["序号", "任务名称", "责任人", "主要内容"]
    rows = [half * 2, [1, "村道硬化", "张三丰", "甲", 2, "绿道建设", "李四光", "乙"]]
    write(tmp_path / "倪宅村.xlsx", [Grid("Sheet1", rows)])
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie(), reader=reader)
    assert not any("李四光" in record["responsible"] and "张三丰" in record["responsible"] for record in file.records)
    assert not any(record["content"] == "甲\n乙" for record in file.records)


@pytest.mark.parametrize(
    ("first", "second", "key", "one", "other", "doubted"),
    [
        ("计划投资", "总投资", "investment", [1, 2, ""], [1, 3, 4], [1, 2]),
        ("总投资", "投资估算（万元）", "investment", [1, 2, 3], [1, "", "/"], []),
        ("完成时限", "完成时间", "due", WHEN, ["8月底", "12月", "10月底"], [1]),
        ("牵头领导", "分管领导", "lead", WHO, ["张三丰", "", "赵六"], [2]),
        ("责任单位", "牵头单位", "unit", ["宣传办", "党建办", "金杜村"], ["宣传办", "宣传办", ""], [1]),
    ],
)
def test_of_two_columns_for_one_value_the_first_is_read_and_each_difference_doubted(
    read, first, second, key, one, other, doubted
):
    extra = {"完成时限": ["备注", ["", "", ""]]}.get(first, ["完成时限", WHEN])
    file = read(["序号", "任务名称", "责任人", extra[0], first, second], [1, 2, 3], WORK, WHO, extra[1], one, other)
    alone = read(["序号", "任务名称", "责任人", extra[0], first], [1, 2, 3], WORK, WHO, extra[1], one)
    assert values(file, key) == values(alone, key)
    ours = [i for i, found in enumerate(issues(file)) if (key, "warning") in found]
    assert ours == doubted
    assert said(file, "没有读这些列", f"F列“{second}”")


def test_the_label_itself_goes_before_other_words_for_its_field(read):
    file = read(
        ["序号", "任务名称", "总投资", "计划投资（万元）", "责任人", "完成时限"], [1, 2, 3], WORK, [9, 9, 9], [1, 2, 3], WHO, WHEN
    )
    assert [float(amount) for amount in values(file, "investment")] == [10_000, 20_000, 30_000]


def test_a_second_column_of_names_is_said_once_and_no_record_is_doubted(read):
    file = read(["序号", "任务名称", "工作任务", "责任人", "完成时限"], [1, 2, 3], WORK, ["甲", "乙", "丙"], WHO, WHEN)
    assert [record.title for record in file.records] == WORK
    assert issues(file) == [[], [], []]
    assert len(said(file, "没有读这些列", "C列“工作任务”（3格有内容）")) == 1


# groups and tasks under one header

GROUPED = [["道路", "", "环境"], ["道路", "道路", "环境"], ["道路类", "", "道路类"]]


@pytest.mark.parametrize("groups", GROUPED)
@pytest.mark.parametrize(
    ("heads", "merges"),
    [
        (("任务名称", ""), [(0, 1, 0, 2)]),
        (("任务名称", ""), [(0, 1, 0, 2), (1, 1, 2, 1), (1, 0, 2, 0)]),
        (("任务名称", "任务名称"), []),
        (("任务名称", ""), []),
        (("项目名称", "具体任务"), []),
        (("任务大项", "任务名称"), []),
    ],
)
def test_of_groups_and_tasks_the_tasks_are_the_records(read, groups, heads, merges):
    if (1, 1, 2, 1) in merges:
        groups = [groups[0], "", groups[2]]
    file = read(
        ["序号", *heads, "责任人", "完成时限"], [1, 2, 3], groups, ["村道硬化", "绿道建设", "公厕改造"], WHO, WHEN, merges=merges
    )
    assert [record.title for record in file.records] == ["村道硬化", "绿道建设", "公厕改造"]
    assert values(file, "responsible") == [[name] for name in WHO]
    assert said(file, "没有读这些列", f"B列“{heads[0]}”")


# corner cells and serials under other words


@pytest.mark.parametrize(
    "corner",
    [
        "项目\n      内容",
        "项目\\内容",
        "项目＼内容",
        "项目\n内容",
        "      内容\n项目",
        "序号\\项目",
        "任务 \\ 时间",
        "内容",
        "工作任务",
        "责任人",
    ],
)
def test_serials_are_serials_whatever_their_header_says(read, corner):
    texts = ["硬化300米", "1.5公里", "一座"]
    file = read([corner, "任务名称", "主要内容", "责任人", "完成时限"], [1, 2, 3], WORK, texts, WHO, WHEN)
    assert [record.title for record in file.records] == WORK
    assert (values(file, "content"), values(file, "responsible")) == (texts, [[name] for name in WHO])
    assert file.notices


@pytest.mark.parametrize("corner", ["任务\\时间", "序号\n   项目", "项目      内容", "内容\n    项目"])
def test_names_below_a_corner_are_names_and_doubted_where_that_is_a_guess(read, corner):
    file = read([corner, "责任人", "一季度", "完成时限"], ["村道硬化工程", "绿道建设工程", "新建公厕"], WHO, ["开工"] * 3, WHEN)
    assert [record.title for record in file.records] == ["村道硬化工程", "绿道建设工程", "新建公厕"]
    assert said(file, "按任务名称读，请核对")


@pytest.mark.parametrize(
    "wide", ["责    任    人", "备      注", "完成     时限", "任务    名称", "计划\n   投资", "工作   任务"]
)
def test_blanks_inside_a_word_divide_nothing(wide):
    assert not vocabulary(TASKS).is_corner(wide)
    assert vocabulary(TASKS).match(wide).likeness == 1


def test_a_content_that_is_a_number_is_no_serial(read):
    file = read(["序号", "任务名称", "工作内容", "责任人", "完成时限"], [1], WORK[:1], [500], WHO[:1], WHEN[:1])
    assert values(file, "content") == ["500"]


# words of headers


@pytest.mark.parametrize(
    ("word", "field"),
    [
        ("责任认", "responsible"), ("任务明称", "title"), ("完成实现", "due"), ("责任人姓名", "responsible"), ("联系人/负责人", "responsible"),
        ("责任单位/责任人", "unit"), ("完成率%", None), ("责任书", None), ("责任田", None), ("*责任人【可多人】", "responsible"),
        ("完成时限〔必填〕", "due"), ("计划投资(万元，保留两位)", "investment"), ("任务名称(30字以内)：", "title"),
    ],
)  # fmt: skip
def test_header_words_with_slips_options_and_notes(word, field):
    assert vocabulary(TASKS).match(word).field == field


def test_what_is_known_by_likeness_is_said(read):
    file = read(["序号", "任务名称", "主要内容", "责任认", "完成时限"], [1, 2, 3], WORK, ["甲", "乙", "丙"], WHO, WHEN)
    assert values(file, "responsible") == [[name] for name in WHO]
    assert said(file, "D列“责任认”按责任人读，请核对")


def test_names_known_by_likeness_that_are_none_are_doubted_at_each_record(read):
    file = read(["序号", "任务来源", "责任人", "完成时限"], [1, 2, 3], ["县", "市", "镇"], WHO, WHEN)
    assert issues(file) == [[("title", "warning")]] * 3


# units of money


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("投资(元)", "元"), ("投资/万元", "万元"), ("投资（万）", "万元"), ("投资(单位：元)", "元"), ("投资 （百万元）", "百万元"), ("投资额万元", "万元"),
        ("投资（元/万元）", ""), ("投资（元或万元）", ""), ("单位：人民币元", "元"), ("金额单位：万元", "万元"), ("投资", ""), ("投资（亿）", "亿元"), ("投资(千元)", "千元"),
    ],
)  # fmt: skip
def test_the_unit_of_money_a_text_states(header, unit):
    assert money_unit(header) == unit


@pytest.mark.parametrize(
    ("line", "header", "cell", "wan"),
    [
        ("单位：元", "投资", 50000, 5),
        ("单位：元", "投资(万元)", 5, 5),
        ("单位：万元", "投资(元)", 50000, 5),
        ("（元）", "投资", 50000, 5),
        ("金额单位：人民币元", "投资", 50000, 5),
        ("填报单位：倪宅村", "投资/万元", 5, 5),
        ("单位：元", "投资", "5万元", 5),
        ("单位：万元", "投资", "50000元", 5),
    ],
)
def test_a_line_above_counts_for_columns_without_a_unit_of_their_own(read, line, header, cell, wan):
    file = read(["序号", "任务名称", "责任人", "完成时限", header], [1], WORK[:1], WHO[:1], WHEN[:1], [cell], above=[[line]])
    assert float(file.records[0]["investment"]) == wan * 10_000


def test_a_header_with_two_units_is_a_doubt_of_its_amounts(read):
    file = read(["序号", "任务名称", "责任人", "完成时限", "投资（元/万元）"], [1, 2, 3], WORK, WHO, WHEN, [50000, 5, ""])
    assert issues(file) == [[("investment", "warning")], [("investment", "warning")], []]


# what is dropped


def test_columns_that_hold_something_and_are_not_read_are_said_in_one_notice(read):
    head = ["序号", "编号", "任务名称", "责任人", "联系电话", "完成时限", "情况", "签字", ""]
    columns = ([1, 2, 3], WORK, WHO, ["138", "", "/"], WHEN, ["无", "", ""], ["", "", ""], ["甲", "乙", ""])
    file = read(head, columns[0], *columns, after=[["合计", "", "3项", "", "5", "", "", "", "7"]])
    [notice] = said(file, "没有读这些列")
    assert "E列“联系电话”（1格有内容）、I列（没有表头）（2格有内容）；" in notice
    assert not any(word in notice for word in ("编号", "序号", "情况", "签字"))
    shown = {column.letter: column.header for column in file.tables[0].columns}
    assert shown["I"] == "", "it can be said to be something"


def test_a_second_serial_that_is_none_is_said(read):
    file = read(["序号", "编号", "任务名称", "责任人", "完成时限"], [1, 2, 3], ["HJ-1", "HJ-2", "HJ-3"], WORK, WHO, WHEN)
    assert said(file, "没有读这些列", "B列“编号”（3格有内容）")


def test_many_dropped_columns_are_not_all_named(read):
    more = [f"第{word}样" for word in "甲乙丙丁戊己庚辛"]
    file = read(["序号", "任务名称", "责任人", "完成时限", *more], [1, 2, 3], WORK, WHO, WHEN, *([["x", "y", "z"]] * 8))
    [notice] = said(file, "没有读这些列")
    assert "等8列" in notice
    assert "第辛样" not in notice
