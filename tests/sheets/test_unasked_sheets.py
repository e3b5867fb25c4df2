"""What no reader of a workbook sees or means to send is not read unasked: hidden sheets, and copies of a sheet."""

import pytest

from huajie_desktop.reading.read_record import Aside
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbook, read_workbooks
from tests.office import CATALOGUE
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

FORMATS = (".xlsx", ".xls", ".ods")
HEAD = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]


@pytest.fixture(scope="module")
def reader():
    opened = Reader()
    yield opened
    opened.close()


@pytest.mark.parametrize("ending", FORMATS)
def test_hidden_sheets_are_told_from_seen_ones_and_from_those_no_menu_shows(tmp_path, reader, ending):
    path = tmp_path / f"a{ending}"
    deep = ending != ".ods"  # which knows one way of hiding
    write(path, [Grid("甲", [["x"]]), Grid("乙", [["x"]], visible=False), Grid("丙", [["x"]], visible=False, deeply_hidden=deep)])
    [file] = reader.read([path])
    assert [(sheet.visible, sheet.deeply_hidden) for sheet in file.sheets] == [(True, False), (False, False), (False, deep)]


def task(number, title, money=12.5, people="张三丰", content="硬化300米"):
    return [number, "干事承诺", title, content, people, "8月底前", money]


FIRST = [HEAD, task(1, "村道硬化"), task(2, "绿道建设")]


def read(tmp_path, reader, *grids, name="倪宅村.xlsx", **options):
    write(tmp_path / name, list(grids))
    return read_workbook(tmp_path / name, huajie(), reader=reader, **options)


def titles(file):
    return [record.title for record in file.records]


def told(file, *words):
    return any(all(word in notice for word in words) for notice in file.notices)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("deep", [False, True])
def test_a_hidden_sheet_is_read_only_when_it_is_asked_for(tmp_path, reader, ending, deep):
    deep = deep and ending != ".ods"
    grids = [Grid("Sheet1", FIRST), Grid("旧稿", [HEAD, task(9, "作废的事情")], visible=False, deeply_hidden=deep)]
    file = read(tmp_path, reader, *grids, name=f"倪宅村{ending}")
    assert titles(file) == ["村道硬化", "绿道建设"]
    assert file.aside == [Aside("旧稿", "深度隐藏的工作表" if deep else "隐藏的工作表", 1)]
    assert told(file, "旧稿", "深度隐藏" if deep else "隐藏", "1 项任务", "没有读")

    asked = read(tmp_path, reader, *grids, name=f"倪宅村{ending}", sheets=["旧稿"])
    assert titles(asked) == ["村道硬化", "绿道建设", "作废的事情"]
    assert asked.aside == []
    assert told(asked, "旧稿", "按您的要求读了")


def test_where_all_lists_are_hidden_nothing_is_read_and_nothing_is_wrong(tmp_path, reader):
    grids = [Grid("封面", [["倪宅村"]]), Grid("清单", FIRST, visible=False)]
    file = read(tmp_path, reader, *grids)
    assert (titles(file), file.problem) == ([], None)
    assert [(aside.sheet, aside.count) for aside in file.aside] == [("清单", 2)]
    assert titles(read(tmp_path, reader, *grids, sheets=["清单"])) == ["村道硬化", "绿道建设"]


def test_hidden_sheets_without_a_list_are_nobodys_business(tmp_path, reader):
    file = read(tmp_path, reader, Grid("Sheet1", FIRST), Grid("选项", [["干事承诺"], ["重点工作"]], visible=False))
    assert (file.aside, file.notices) == ([], [])


def test_a_seen_summary_counts_where_the_lists_it_sums_up_are_hidden(tmp_path, reader):
    file = read(tmp_path, reader, Grid("倪宅村", FIRST, visible=False), Grid("汇总", FIRST))
    assert titles(file) == ["村道硬化", "绿道建设"]
    assert [aside.sheet for aside in file.aside] == ["倪宅村"]


def test_a_hidden_sheet_does_not_say_what_a_file_holds(tmp_path, reader):
    people = Grid("人员", [["姓名", "所在单位", "职务", "联系电话"], ["张三", "倪宅村", "书记", "13800001234"]], visible=False)
    write(tmp_path / "倪宅村.xlsx", [people, Grid("Sheet1", FIRST)])
    path = tmp_path / "倪宅村.xlsx"
    [file] = read_workbooks([path], huajie(), ledgers={path: None}, reader=reader)
    assert (file.known.ledger.key, titles(file)) == ("tasks", ["村道硬化", "绿道建设"])


CHANGED = [HEAD, task(1, "村道硬化"), task(2, "绿道建设", 99)]


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (("Sheet1", "Sheet1 (2)"), 0),
        (("清单", "清单（3）"), 0),
        (("清单", "清单 - 副本"), 0),
        (("清单", "清单备份"), 0),
        (("清单", "清单(旧)"), 0),
        (("清单(旧)", "清单"), 1),
        (("初稿", "定稿"), 1),
        (("定稿", "初稿"), 0),
        (("Sheet1", "定稿"), 1),
        (("Sheet1", "最终版"), 1),
        (("旧稿", "Sheet1"), 1),
        (("Sheet1", "草稿"), 0),
        (("Sheet1", "复件 Sheet1"), 0),
        (("Sheet1", "Sheet1_bak"), 0),
        (("作废", "Sheet1"), 1),
        (("修改前", "修改后"), 1),
        (("Sheet1", "Sheet2"), 0),
        (("甲", "乙"), 0),
    ],
)
@pytest.mark.parametrize("ending", FORMATS)
def test_a_copy_of_a_sheet_is_set_aside_and_what_differs_is_said(tmp_path, reader, names, kept, ending):
    grids = [Grid(names[kept], FIRST), Grid(names[1 - kept], CHANGED)]
    file = read(tmp_path, reader, *(reversed(grids) if kept else grids), name=f"倪宅村{ending}")
    assert [(record.title, int(record["investment"])) for record in file.records] == [("村道硬化", 125000), ("绿道建设", 125000)]
    assert file.aside == [Aside(names[1 - kept], f"和“{names[kept]}”几乎一样的副本", 2)]
    assert told(file, names[1 - kept], "第3行计划投资 12.5→99", "没有读")
    assert not any(record.issues for record in file.records)


def test_a_copy_is_read_when_it_is_asked_for(tmp_path, reader):
    file = read(tmp_path, reader, Grid("Sheet1", FIRST), Grid("Sheet1 (2)", CHANGED), sheets=["Sheet1 (2)"])
    assert [bool(record.issues) for record in file.records] == [False, False, True, True], "each says that it stands there twice"


def test_rows_that_only_one_of_the_two_holds_are_named(tmp_path, reader):
    more = [*FIRST[:2], task(3, "公厕改造")]
    assert told(read(tmp_path, reader, Grid("甲", FIRST), Grid("甲 (2)", more)), "第3行“公厕改造”只在这里有", "少了“绿道建设”")
    assert told(read(tmp_path, reader, Grid("甲", FIRST), Grid("甲 (2)", FIRST)), "内容都一样")


def test_many_differences_are_told_with_their_number(tmp_path, reader):
    lines = [HEAD, *(task(n, f"第{n}段") for n in range(1, 30))]
    dearer = [HEAD, *(task(n, f"第{n}段", n + 20) for n in range(1, 30))]
    assert told(read(tmp_path, reader, Grid("甲", lines), Grid("甲 (2)", dearer)), "等29处")


@pytest.mark.parametrize(
    ("names", "others"),
    [
        (("Sheet1", "Sheet2"), [HEAD, task(1, "村道硬化"), task(2, "公厕改造"), task(3, "路灯安装")]),
        (("甲", "甲 (2)"), [HEAD, task(1, "垃圾分类"), task(2, "公厕改造")]),
        (("倪宅村", "金杜村"), FIRST),
        (("倪宅村", "金杜村(旧)"), FIRST),
        (("Sheet1", "Sheet2"), [HEAD, [1, "重点工作", "村道硬化", "修补", "李四", "12月底", 3]]),
        (("旧村改造", "Sheet1"), [HEAD, task(1, "老屋拆除"), task(2, "外墙粉刷")]),
    ],
)
def test_sheets_that_only_share_some_names_are_all_read(tmp_path, reader, names, others):
    file = read(tmp_path, reader, Grid(names[0], FIRST), Grid(names[1], others), name="清单.xlsx")
    assert (len(file.records), file.aside) == (2 + len(others) - 1, [])


def test_a_sheet_that_holds_what_all_others_hold_is_their_copy(tmp_path, reader):
    grids = [Grid("上", [HEAD, task(1, "村道硬化")]), Grid("下", [HEAD, task(1, "绿道建设")]), Grid("全部", FIRST)]
    file = read(tmp_path, reader, *grids)
    assert titles(file) == ["村道硬化", "绿道建设"]
    assert [aside.sheet for aside in file.aside] == ["全部"]


@pytest.mark.parametrize("key", ["people", "disputes", "progress"])
def test_copies_in_any_ledger(tmp_path, reader, key):
    lists = {
        "people": [["姓名", "所在单位", "职务"], ["张三", "倪宅村", "书记"], ["李四", "倪宅村", "主任"]],
        "disputes": [
            ["受理时间", "类型", "村名", "矛盾纠纷简要情况"],
            ["2021-03-05", "邻里纠纷", "倪宅村", "围墙越界"],
            ["2021-03-06", "邻里纠纷", "倪宅村", "排水"],
        ],
        "progress": [["月份", "任务名称", "进展情况"], ["3月", "村道硬化", "已开工"], ["3月", "绿道建设", "招标中"]],
    }
    known = huajie()
    write(tmp_path / "倪宅村.xlsx", [Grid("甲", lists[key]), Grid("甲 (2)", lists[key])])
    file = read_workbook(tmp_path / "倪宅村.xlsx", known.reading(CATALOGUE[key]), reader=reader)
    assert (len(file.records), [aside.sheet for aside in file.aside]) == (2, ["甲 (2)"])
