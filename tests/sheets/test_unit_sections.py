"""Lines between the rows that name a unit: the records below count for it until the next, in every ledger and format."""

import pytest

from huajie_desktop.reading.known import KnownUnit
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.office import CATALOGUE
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

FORMATS = (".xlsx", ".xls", ".ods", ".csv")
HEAD = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]
BARE = ["任务名称", "主要内容", "责任人", "完成时限"]


@pytest.fixture(scope="module")
def reader():
    opened = Reader()
    yield opened
    opened.close()


def task(number, title, category="干事承诺"):
    return [number, category, title, "硬化300米", "张三丰", "8月底前", 12.5]


def read(tmp_path, reader, rows, merges=(), name="清单.xlsx", known=None, **options):
    write(tmp_path / name, [Grid("Sheet1", [list(row) for row in rows], list(merges))])
    return read_workbook(tmp_path / name, known or huajie(), reader=reader, **options)


def units(file):
    return [(record.title, record.unit) for record in file.records]


def faults(file):
    return [(issue.field, issue.severity) for record in file.records for issue in record.issues]


NI, JIN, SHANG = ("村道硬化", "倪宅村"), ("公厕改造", "金杜村"), ("路灯安装", "尚仁村")


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    "lines",
    [
        ("一、倪宅村", "二、金杜村", "三、尚仁村（1项）"),
        ("（一）倪宅村", "（二）金杜村", "（三）尚仁村"),
        ("【倪宅村】", "【金杜村】", "【尚仁村】"),
        ("倪宅村：", "金杜村：", "尚仁村："),
        ("倪宅村", "金杜", "花街镇尚仁村委会"),
        ("倪宅村任务清单", "2021年金杜村任务清单", "花街镇2021年尚仁村干事承诺清单"),
        ("1、倪宅村", "2.金杜村", "3、尚仁村"),
        ("村名：倪宅村", "单位：金杜村", "填报单位：尚仁村"),
        ("★倪宅村★", "◆金杜村", "——尚仁村——"),
        ("第一部分 倪宅村", "第二部分 金杜村", "第三部分 尚仁村"),
        ("倪宅村（共1项，投资12.5万元）", "金杜村 1项", "尚仁村，共1项"),
        ("以下为倪宅村", "以下是金杜村任务", "以下为尚仁村"),
        ("倪宅村部分", "金杜村的任务", "尚仁村情况表"),
        ("《倪宅村》", "“金杜村”", "［尚仁村］"),
    ],
    ids=lambda lines: lines[0],
)
def test_a_line_that_names_a_village(tmp_path, reader, lines, ending):
    rows = [["花街镇任务清单"], HEAD]
    for line, (title, _) in zip(lines, (NI, JIN, SHANG), strict=True):
        rows += [[line, *[""] * 6], task(1, title)]
    file = read(tmp_path, reader, rows, [(r, 0, r, 6) for r in (0, 2, 4, 6)], name=f"清单{ending}")
    assert units(file) == [NI, JIN, SHANG]
    assert (faults(file), file.unit) == ([], None)
    assert not any("核对" in notice or "没有认出" in notice for notice in file.notices), file.notices


@pytest.mark.parametrize(
    "place",
    [
        lambda name, n: [name],
        lambda name, n: ["", "", name],
        lambda name, n: ["", name],
        lambda name, n: ["一二三"[n], "", name],
        lambda name, n: [n + 1, "", name],
        lambda name, n: [name] * 7,
        lambda name, n: [name, "", "1项", "", "", "", 12.5],
        lambda name, n: ["村名", name],
        lambda name, n: ["单位：", "", name, "", "", "填报日期：2021年3月1日"],
    ],
    ids=["serial", "title", "category", "numeral", "number", "all", "figures", "label", "line"],
)
def test_a_village_in_any_leading_cell(tmp_path, reader, place):
    rows = [HEAD, place("倪宅村", 0), task(1, "村道硬化"), place("金杜村", 1), task(1, "公厕改造")]
    file = read(tmp_path, reader, rows)
    assert (units(file), faults(file)) == ([NI, JIN], [])


@pytest.mark.parametrize("line", ["倪宅村", "一、倪宅村", "【倪宅村】", "倪宅村任务清单", "倪宅村："])
def test_a_village_in_the_column_of_names_where_there_are_no_numbers(tmp_path, reader, line):
    rows = [BARE, [line], ["村道硬化", "300米", "张三丰", "8月底"], ["金杜村"], ["公厕改造", "1座", "张三丰", "8月底"]]
    assert units(read(tmp_path, reader, rows)) == [NI, JIN]


def test_a_village_merged_beside_its_records_in_the_column_of_numbers(tmp_path, reader):
    rows = [HEAD, task("倪宅村", "村道硬化"), task("", "绿道建设"), task("金杜村", "公厕改造")]
    file = read(tmp_path, reader, rows, [(1, 0, 2, 0)])
    assert units(file) == [NI, ("绿道建设", "倪宅村"), JIN]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_village_merged_down_or_written_once_a_group(tmp_path, reader, ending):
    head = ["村名", *HEAD[1:]]
    rows = [head, task("倪宅村", "村道硬化"), task("", "绿道建设"), task("", "河道清淤"), task("金杜村", "公厕改造")]
    merged = read(tmp_path, reader, rows, [(1, 0, 3, 0)], name=f"清单{ending}")
    assert units(merged) == [NI, ("绿道建设", "倪宅村"), ("河道清淤", "倪宅村"), JIN]
    assert faults(merged) == ([] if ending != ".csv" else [("unit", "warning")] * 2), "no merges in .csv: written once a group"


def test_a_blank_village_below_an_unknown_one_is_not_that_of_the_group_above(tmp_path, reader):
    rows = [
        ["村名", *HEAD[1:]],
        task("倪宅村", "村道硬化"),
        task("无名村", "绿道建设"),
        task("", "公厕改造"),
        task("", "河道清淤"),
    ]
    file = read(tmp_path, reader, rows)
    assert [record.unit for record in file.records] == ["倪宅村", "无名村", "无名村", "无名村"]
    assert [bool(record.issues) for record in file.records] == [False, True, True, True]


def test_a_section_that_names_a_village_and_a_category(tmp_path, reader):
    head = [HEAD[0], *HEAD[2:]]
    lines = ("倪宅村—重点工作", "倪宅村·干事承诺", "金杜村 文明环境（1项）", "平安创建（金杜村）", "三、尚仁村基层党建清单")
    rows = [head]
    for number, line in enumerate(lines, 1):
        rows += [[line], [number, f"第{number}件事情", "300米", "张三丰", "8月底", 3]]
    file = read(tmp_path, reader, rows)
    assert [record.unit for record in file.records] == ["倪宅村", "倪宅村", "金杜村", "金杜村", "尚仁村"]
    wanted = ["重点工作", "干事承诺", "文明环境", "平安创建", "基层党建"]
    assert [record["category"][1] for record in file.records] == wanted
    assert faults(file) == []


def line(title):
    return [1, title, "300米", "张三丰", "8月底", 3]


def test_categories_below_villages_and_villages_below_categories(tmp_path, reader):
    head = [HEAD[0], *HEAD[2:]]
    inside = [["一、倪宅村"], ["（一）重点工作"], line("甲"), ["（二）干事承诺"], line("乙"), ["二、金杜村"], line("丙")]
    file = read(tmp_path, reader, [head, *inside])
    assert [(r.unit, r["category"] and r["category"][1]) for r in file.records] == [
        ("倪宅村", "重点工作"), ("倪宅村", "干事承诺"), ("金杜村", None),
    ]  # fmt: skip
    outside = [["一、重点工作"], ["（一）倪宅村"], line("甲"), ["（二）金杜村"], line("乙"), ["二、干事承诺"], line("丙")]
    file = read(tmp_path, reader, [head, *outside])
    assert [(r.unit, r["category"] and r["category"][1]) for r in file.records] == [
        ("倪宅村", "重点工作"), ("金杜村", "重点工作"), (None, "干事承诺"),
    ]  # fmt: skip
    assert file.records[2].has_error


def test_plain_names_of_villages_over_plain_names_of_categories(tmp_path, reader):
    head = [HEAD[0], *HEAD[2:]]
    rows = [["倪宅村"], ["重点工作"], line("甲"), ["干事承诺"], line("乙"), ["金杜村"], ["重点工作"], line("丙")]
    file = read(tmp_path, reader, [head, *rows])
    assert [(r.unit, r["category"][1]) for r in file.records] == [
        ("倪宅村", "重点工作"), ("倪宅村", "干事承诺"), ("金杜村", "重点工作"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["二、无名村", "二、其他", "【无名村】", "无名村", "无名社区：", "二、无名村任务清单", "（二）无名村"]
)
def test_a_village_nobody_knows_is_an_error_at_its_records_and_not_the_one_above(tmp_path, reader, line):
    first = "【倪宅村】" if line[0] == "【" else "（一）倪宅村" if line[0] == "（" else "一、倪宅村"
    file = read(tmp_path, reader, [HEAD, [first], task(1, "村道硬化"), [line], task(1, "公厕改造")])
    assert units(file) == [NI, ("公厕改造", None)]
    assert ("unit", "error") in faults(file)
    assert "倪宅" not in " ".join(issue.message for issue in file.records[1].issues)


def test_headings_that_are_no_places_stay_within_the_village(tmp_path, reader):
    rows = [HEAD, ["一、倪宅村"], ["（一）道路"], task(1, "村道硬化"), ["二、金杜村"], ["（一）其他"], task(1, "公厕改造")]
    assert units(read(tmp_path, reader, rows)) == [NI, JIN]


def test_in_a_single_villages_list_a_heading_is_no_unknown_village(tmp_path, reader):
    rows = [HEAD, ["一、和美乡村"], task(1, "村道硬化"), ["二、新农村"], task(2, "公厕改造")]
    file = read(tmp_path, reader, rows, name="倪宅村.xlsx")
    assert [record.unit for record in file.records] == ["倪宅村", "倪宅村"]
    assert faults(file) == []


def test_areas_and_offices_as_sections(tmp_path, reader):
    known = huajie()
    known = known.with_units([KnownUnit(900, "倪宅片", (), "area")])
    rows = [
        HEAD, ["一、倪宅片"], task(1, "甲项工程"), ["（一）倪宅村"], task(2, "乙项工程"), ["（二）金杜村"], task(3, "丙项工程"),
        ["二、党建办"], task(4, "丁项工程"),
    ]  # fmt: skip
    file = read(tmp_path, reader, rows, known=known)
    assert [record.unit for record in file.records] == ["倪宅片", "倪宅村", "金杜村", "党建办"]
    with_column = [[*HEAD, "村名"], ["一、倪宅片"], [*task(1, "村道硬化"), "倪宅村"], [*task(2, "公厕改造"), "金杜村"]]
    file = read(tmp_path, reader, with_column, known=known)
    assert (units(file), faults(file)) == ([NI, JIN], [])


def test_a_row_that_says_another_village_than_its_section_is_doubtful(tmp_path, reader):
    rows = [[*HEAD, "村名"], ["一、倪宅村"], [*task(1, "村道硬化"), ""], [*task(2, "公厕改造"), "金杜村"]]
    file = read(tmp_path, reader, rows)
    assert (units(file), faults(file)) == ([NI, JIN], [("unit", "warning")])


def test_a_section_goes_before_the_unit_of_title_and_file(tmp_path, reader):
    rows = [["倪宅村任务清单"], HEAD, task(1, "村道硬化"), [], ["金杜村任务清单"], task(1, "公厕改造")]
    file = read(tmp_path, reader, rows, name="倪宅村.xlsx")
    assert (units(file), file.unit) == ([NI, JIN], None)


def test_a_heading_that_states_another_count(tmp_path, reader):
    rows = [HEAD, ["一、倪宅村（2项）"], task(1, "村道硬化"), ["二、金杜村（共3项）"], task(1, "公厕改造")]
    said = [notice for notice in read(tmp_path, reader, rows).notices if "核对" in notice]
    assert said == ["“一、倪宅村（2项）”写的是2项，读到1项，请核对", "“二、金杜村（共3项）”写的是3项，读到1项，请核对"]


@pytest.mark.parametrize("title", ["倪宅村村道硬化", "倪宅村文化礼堂建设", "金杜村至倪宅村道路", "倪宅村、金杜村联建"])
def test_a_task_named_after_a_village_is_no_section(tmp_path, reader, title):
    rows = [HEAD, task(1, title), [2, "", title + "二期"], ["", "", title + "三期", "", "张三丰"]]
    file = read(tmp_path, reader, rows, name="倪宅村.xlsx")
    assert [record.title for record in file.records] == [title, title + "二期", title + "三期"]


@pytest.mark.parametrize("foot", [["倪宅村村委会"], ["", "", "", "", "", "倪宅村村委会"], ["单位（盖章）：倪宅村"]])
def test_a_village_that_signs_below_is_no_record(tmp_path, reader, foot):
    rows = [HEAD, task(1, "村道硬化"), [], foot, ["", "", "", "", "", "2021年2月20日"]]
    assert units(read(tmp_path, reader, rows, name="倪宅村.xlsx")) == [NI]


LISTS = {
    "tasks": (["任务名称", "主要内容", "完成时限"], ["村道硬化", "300米", "8月底"], ["公厕改造", "1座", "9月底"]),
    "people": (["姓名", "联系电话"], ["王一山", "13857900001"], ["李二水", "13857900002"]),
    "disputes": (
        ["受理时间", "类型", "矛盾纠纷简要情况", "调解人"],
        ["2021-03-05", "邻里纠纷", "围墙越界", "张三"],
        ["2021-03-06", "邻里纠纷", "排水不畅", "李四"],
    ),
    "progress": (["月份", "任务名称", "进展情况"], ["3月", "村道硬化", "已开工"], ["3月", "绿道建设", "招标中"]),
    "livelihood_projects": (["项目名称", "建设内容", "完成时限"], ["路灯", "12盏", "8月底"], ["公厕", "1座", "9月底"]),
    "livelihood_progress": (["月份", "项目名称", "进展情况"], ["3月", "路灯", "已开工"], ["3月", "公厕", "招标中"]),
    "extensions": (
        ["任务名称", "申请日期", "申请延期至", "延期原因"],
        ["村道硬化", "2021-06-01", "2021-09-30", "连续降雨"],
        ["公厕改造", "2021-06-02", "2021-10-31", "图纸变更"],
    ),
    "notices": (
        ["督查事项", "发出日期", "办理期限", "办理要求"],
        ["村道硬化", "2021-06-01", "2021-06-15", "倒排工期"],
        ["公厕改造", "2021-06-01", "2021-06-15", "报送进展"],
    ),
    "inspections": (["检查事项", "计划日期", "检查人员"], ["路灯", "2021-06-01", "张三"], ["公厕", "2021-06-02", "李四"]),
    "findings": (
        ["发现问题", "发现日期", "整改要求"],
        ["灯杆歪斜", "2021-06-01", "扶正"],
        ["漏水", "2021-06-02", "修复"],
    ),
    "incoming": (
        ["来文标题", "来文单位", "收文日期"],
        ["关于开展排查的通知", "县府办", "2021-06-01"],
        ["关于报送的函", "县农业局", "2021-06-02"],
    ),
    "decisions": (
        ["会议名称", "会议日期", "议定事项"],
        ["周例会", "2021-06-07", "加快立杆"],
        ["周例会", "2021-06-07", "落实资金"],
    ),
}


@pytest.mark.parametrize("key", [key for key, ledger in CATALOGUE.items() if ledger.place])
@pytest.mark.parametrize("lines", [("一、倪宅村", "二、金杜村"), ("倪宅村", "金杜村"), ("【倪宅村】", "【金杜村】")])
def test_sections_of_villages_in_every_ledger_with_a_place(tmp_path, reader, key, lines):
    head, one, two = LISTS[key]
    rows = [["", *head], [lines[0]], [1, *one], [lines[1]], [1, *two]]
    rows[0][0] = "序号"
    file = read(tmp_path, reader, rows, known=huajie().reading(CATALOGUE[key]))
    assert [record.unit for record in file.records] == ["倪宅村", "金杜村"]
    assert [record[CATALOGUE[key].place] for record in file.records] == ["倪宅村", "金杜村"]
