"""Several tables one below the other on a sheet: each with its own unit, money and category; pages of one list stay one."""

import pytest

from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

HEAD = ["序号", "任务名称", "责任人", "完成时限", "投资"]
FORMATS = (".xlsx", ".xls", ".ods", ".csv")


def task(number, title, money=5):
    return [number, title, "张三丰", "8月底", money]


def read(folder, *rows, name="清单", ending=".xlsx", merges=(), known=None):
    path = folder / f"{name}{ending}"
    write(path, [Grid("Sheet1", [list(row) for row in rows], list(merges))])
    return read_workbook(path, known or huajie())


def units(file):
    return [(record.title, record.unit) for record in file.records]


def money(file):
    return [int(record["investment"]) for record in file.records]


NEI, JIN = ("村道", "倪宅村"), ("公厕", "金杜村")
TWO_VILLAGES = {
    "the same header after a blank row": [["倪宅村任务清单"], HEAD, task(1, "村道"), [], ["金杜村任务清单"], HEAD, task(1, "公厕")],
    "without a blank row": [["倪宅村任务清单"], HEAD, task(1, "村道"), ["金杜村任务清单"], HEAD, task(1, "公厕")],
    "bare names": [["倪宅村"], HEAD, task(1, "村道"), ["金杜村"], HEAD, task(1, "公厕")],
    "名称 in 填报单位": [
        ["任务清单"], ["填报单位：倪宅村", "", "填报日期：2021年3月1日"], HEAD, task(1, "村道"),
        ["任务清单"], ["填报单位：金杜村", "", "填报日期：2021年3月1日"], HEAD, task(1, "公厕"),
    ],
    "填报单位 beside the name": [
        ["任务清单"], ["填报单位", "倪宅村"], HEAD, task(1, "村道"), [], ["任务清单"], ["填报单位", "金杜村"], HEAD, task(1, "公厕"),
    ],
    "signed in between": [
        ["倪宅村任务清单"], HEAD, task(1, "村道"), ["倪宅村（盖章）"], ["2021年3月1日"], [],
        ["金杜村任务清单"], HEAD, task(1, "公厕"), ["金杜村（盖章）"],
    ],
    "totals, notes and signatures in between": [
        ["倪宅村任务清单"], HEAD, task(1, "村道"), ["合计", "", "", "", 5], ["注：本表一式两份"], ["填表人：张三", "", "审核人：李四"],
        ["金杜村任务清单"], HEAD, task(1, "公厕"), ["合计", "", "", "", 5],
    ],
    "another header": [
        ["倪宅村任务清单"], HEAD, task(1, "村道"), [],
        ["金杜村任务清单"], ["编号", "事项名称", "负责人", "完成时间", "预算投资（万元）", "备注"], [1, "公厕", "李四光", "9月底", 5],
    ],
    "headings with the village": [
        ["花街镇任务清单"], ["一、倪宅村"], HEAD, task(1, "村道"), ["二、金杜村（1项）"], HEAD, task(1, "公厕"),
    ],
    "title and unit line apart": [
        ["倪宅村任务清单"], [], ["", "", "", "", "单位：万元"], HEAD, task(1, "村道"), [], [],
        ["金杜村任务清单"], [], ["", "", "", "", "单位：万元"], HEAD, task(1, "公厕"),
    ],
    "blank rows below the titles": [
        ["倪宅村任务清单"], [], HEAD, task(1, "村道"), [], ["金杜村任务清单"], [], HEAD, task(1, "公厕"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("rows", TWO_VILLAGES.values(), ids=TWO_VILLAGES)
def test_lists_of_two_villages_are_kept_apart(tmp_path, rows, ending):
    file = read(tmp_path, *rows, ending=ending)
    assert units(file) == [NEI, JIN]
    assert money(file) == [50000, 50000]
    assert file.unit is None
    assert not any("写的是" in notice for notice in file.notices)


PAGES = {
    "the header again": [],
    "the same title": [["倪宅村任务清单"]],
    "（续）": [["倪宅村任务清单（续）"]],
    "续表": [["续表"]],
    "续表 in brackets with a number": [["（续表1）"]],
    "第2页": [["第2页"]],
    "a blank row": [[]],
    "接上页": [["接上页"]],
    "the title and 续": [["倪宅村任务清单"], ["（续）"]],
    "第2页，共3页": [["第2页，共3页"]],
}


@pytest.mark.parametrize("between", PAGES.values(), ids=PAGES)
def test_pages_of_one_list_stay_one(tmp_path, between):
    file = read(
        tmp_path, ["倪宅村任务清单"], HEAD, task(1, "村道"), *between, HEAD, task(2, "公厕"), *between, HEAD, task(3, "路灯")
    )
    assert units(file) == [("村道", "倪宅村"), ("公厕", "倪宅村"), ("路灯", "倪宅村")]
    assert len(file.tables) == 1
    assert not any(record.issues for record in file.records)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("cell", [0, 1, 2, 3, 4])
def test_a_line_with_the_unit_of_money_in_any_cell_holds_for_its_table(tmp_path, cell, ending):
    line = lambda unit: [*[""] * cell, f"单位：{unit}"]  # noqa: E731
    rows = [["倪宅村清单"], line("万元"), HEAD, task(1, "村道")]
    file = read(tmp_path, *rows, ["倪宅村清单"], line("元"), HEAD, task(1, "公厕", 50000), ending=ending)
    assert [record.title for record in file.records] == ["村道", "公厕"]
    assert money(file) == [50000, 50000]


def test_the_unit_of_money_beside_the_villages_name(tmp_path):
    file = read(
        tmp_path, ["倪宅村", "单位:万元"], HEAD, task(1, "村道"), ["倪宅村", "单位:元"], HEAD, task(1, "公厕", 50000)
    )  # fmt: skip
    assert units(file) == [("村道", "倪宅村"), ("公厕", "倪宅村")]
    assert money(file) == [50000, 50000]


def test_a_table_without_title_stands_under_the_one_above(tmp_path):
    other = ["序号", "事项名称", "负责人", "完成时间", "投资"]
    file = read(tmp_path, ["倪宅村任务清单", "单位：元"], HEAD, task(1, "村道", 50000), [], other, task(1, "公厕", 30000))
    assert units(file) == [("村道", "倪宅村"), ("公厕", "倪宅村")]
    assert money(file) == [50000, 30000]
    assert any("第5行的表没有写金额单位，按“元”读" in notice for notice in file.notices)


def test_where_units_of_money_differ_the_usual_one_is_taken_and_said(tmp_path):
    file = read(
        tmp_path, ["倪宅村清单", "单位：元"], HEAD, task(1, "村道", 50000), ["金杜村清单", "单位：万元"], HEAD, task(1, "公厕"),
        ["花街村清单"], HEAD, task(1, "路灯"),
    )  # fmt: skip
    assert money(file) == [50000, 50000, 50000]
    assert any("第8行的表没有写金额单位，按“万元”读" in notice for notice in file.notices)


def test_a_village_nobody_knows_does_not_get_the_one_above(tmp_path):
    file = read(tmp_path, ["倪宅村任务清单"], HEAD, task(1, "村道"), [], ["火星村任务清单"], HEAD, task(1, "公厕"), name="倪宅村")
    assert units(file) == [NEI, ("公厕", None)]
    assert any(issue.severity == "error" for issue in file.records[1].issues)


def test_the_title_again_over_a_heading_is_no_section(tmp_path):
    first = [["倪宅村任务清单"], ["一、重点工作"], HEAD, task(1, "村道")]
    file = read(tmp_path, *first, ["倪宅村任务清单"], ["二、文明环境"], HEAD, task(2, "公厕"))
    assert [record["category"][1] for record in file.records] == ["重点工作", "文明环境"]
    assert [left.reason for left in file.left_out] == ["重复表头", "章节", "重复表头"]


@pytest.mark.parametrize("line", ["一、{}", "{}", "（一）{}（1项）", "{}类"])
def test_headings_over_repeated_headers_say_the_category(tmp_path, line):
    rows = [
        ["倪宅村任务清单"],
        [line.format("重点工作")],
        HEAD,
        task(1, "村道"),
        [line.format("文明环境")],
        HEAD,
        task(1, "公厕"),
    ]
    file = read(tmp_path, *rows)
    assert [(r.title, r.unit, r["category"][1]) for r in file.records] == [
        ("村道", "倪宅村", "重点工作"), ("公厕", "倪宅村", "文明环境"),
    ]  # fmt: skip


def test_titles_that_speak_of_several_categories_say_them(tmp_path):
    file = read(tmp_path, ["倪宅村重点工作清单"], HEAD, task(1, "村道"), [], ["倪宅村文明环境清单"], HEAD, task(1, "公厕"))
    assert [record["category"][1] for record in file.records] == ["重点工作", "文明环境"]
    alone = read(tmp_path, ["倪宅村干事承诺清单"], HEAD, task(1, "村道"), name="干事")
    assert alone.records[0]["category"] is None, "that is what such lists are called"


ELSE = {
    "contacts": [
        ["联系人名单"],
        ["姓名", "职务", "联系电话"],
        ["张三丰", "书记", "13800001111"],
        ["李四", "主任", "13800002222"],
    ],
    "sums": [["类别", "个数", "投资额"], ["重点工作", 1, 5], ["平安创建", 1, 5]],
    "days": [["时间节点安排"], ["阶段", "时间", "备注"], ["动员", "3月底", "会议"], ["验收", "12月底", "检查"]],
    "people": [["序号", "姓名", "性别", "年龄"], [1, "张三丰", "男", 50], [2, "李四", "女", 40]],
}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("rows", ELSE.values(), ids=ELSE)
@pytest.mark.parametrize("above", [False, True])
def test_a_table_of_something_else_on_the_sheet_is_said_and_not_read(tmp_path, rows, above, ending):
    own = [["倪宅村任务清单"], HEAD, task(1, "村道"), task(2, "路灯")]
    file = read(tmp_path, *([*rows, [], *own] if above else [*own, [], *rows]), ending=ending)
    assert units(file) == [("村道", "倪宅村"), ("路灯", "倪宅村")]
    assert not any(record.issues for record in file.records)
    [said] = [notice for notice in file.notices if "另有一个表" in notice]
    head = next(row for row in rows if len(row) > 2)
    assert f"第{rows.index(head) + 1 if above else 6 + rows.index(head)}行起" in said
    assert "、".join(head) in said


LEDGERS = {
    "disputes": (
        ["序号", "受理时间", "类型", "纠纷简要情况", "当事人甲", "等级"],
        [[1, "2021.3.5", "邻里纠纷", text, "王甲", "一般"] for text in ("围墙越界", "水沟堵塞")],
        "村矛盾纠纷台账", "summary",
    ),
    "progress": (
        ["任务名称", "月份", "完成情况", "进展情况"],
        [[text, "3月", "推进中", "好"] for text in ("村道硬化", "公厕改造")], "村任务进展", "title",
    ),
    "livelihood_projects": (
        ["序号", "项目名称", "建设内容", "实施主体", "完成时限"],
        [[1, text, "新建", "", "8月底"] for text in ("养老驿站", "公交站")], "村民生实事项目", "title",
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", LEDGERS)
def test_the_same_holds_for_other_ledgers(tmp_path, key):
    head, (one, other), title, name = LEDGERS[key]
    known = huajie()
    known = known.reading(known.catalogue[key])
    below = [[f"倪宅{title}"], head, one, [], [f"金杜{title}"], head, other]
    file = read(tmp_path, *below, known=known)
    texts = [record[name] or record.title for record in file.records]
    assert len(set(texts)) == 2
    place = known.ledger.place
    assert [record[place] for record in file.records] == ["倪宅村", "金杜村"]


def test_records_that_name_a_village_are_no_titles_over_the_header_of_the_next_page(tmp_path):
    rows = [[f"王{name}", "大屋村", f"1380000000{n}"] for n, name in enumerate("立小大建")]
    head = ["姓名", "单位", "联系电话"]
    write(tmp_path / "通讯录.xlsx", [Grid("Sheet1", [["花街镇干部通讯录"], head, *rows[:3], head, rows[3]])])
    known = huajie()
    file = read_workbook(tmp_path / "通讯录.xlsx", known.reading(known.catalogue["people"]))
    assert [record["name"] for record in file.records] == ["王立", "王小", "王大", "王建"]
