"""Which column names the records: what villages call it, what stands in it where no word says so, and what is none of ours."""

import pytest

from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.headers import vocabulary
from huajie_desktop.sheets.understood.sheet_tables import find_tables
from huajie_desktop.sheets.understood.workbooks import read_workbook
from huajie_desktop.work.task_ledger import TASKS
from tests.office import CATALOGUE
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie
from tests.sheets.second_set import words

TITLES = words("""
任务名称 承诺事项 工作任务 重点任务 主要任务 任务清单 任务事项 工作事项 事项名称 事项 任务 项目 项目名称 实事项目 民生实事 民生实事项目 实事名称
攻坚任务 攻坚项目 整改事项 整改任务 整改问题 问题清单 反馈问题 工作要点 任务要点 年度重点任务 年度重点工作 年度工作任务 创建项目 创建任务 创建事项
建设项目 建设工程 工程名称 工程项目 工程项目名称 工作名称 为民办实事 为民办实事项目 办实事 办实事项目 惠民实事 惠民项目 民生项目 实事清单 项目清单
事项清单 清单事项 清单名称 督办事项 督办任务 督查事项 交办事项 交办任务 待办事项 待办任务 包干事项 领办事项 领办项目 我的承诺 承诺任务 承诺项目 承诺名称
承诺清单 承诺事项名称 改革事项 改革任务 服务事项 服务项目 履职事项 职责事项 重点工作任务 重点工作事项 重点项目名称 重点事项 具体事项 具体任务 具体项目
中心工作 主要工作 主要工作任务 任务标题 事项标题 工作项 工作项目 工作清单 活动名称 活动项目 任务主题
信访事项 化解事项 巩固提升任务 村级项目 惠民工程项目 美丽乡村创建项目 序时任务 年度攻坚项目 名称 乡村振兴示范带项目 实施项目
""")
CONTENTS = words(
    "工作内容 承诺内容 目标任务 年度任务 具体措施 主要内容 目标要求 工作举措 任务内容 工作计划 具体工作内容 建设内容"
)
WORK = ["村道硬化工程", "绿道建设1.5公里", "新建公厕一座", "路灯安装12盏"]
WHO, WHEN = ["张三丰", "李四光", "王五行", "赵六顺"], ["8月底", "9月底", "10月底", "11月底"]


@pytest.fixture(scope="module")
def reader():
    opened = Reader()
    yield opened
    opened.close()


def sheet(*rows):
    made = RawSheet("Sheet1")
    made.rows = [list(row) for row in rows]
    return made


def named(header, *columns, ledger=TASKS):
    """The header over the column of names, its letter and how sure that is; None where there is no table."""
    tables = find_tables(sheet(header, *zip(*columns, strict=True)), 2021, {}, vocabulary(ledger))
    for table in tables:
        column = table.column_at(table.index[ledger.name])
        return column.header, column.letter, column.likeness
    return None


def test_the_words_are_enough_and_different():
    assert len(TITLES) == len(set(TITLES)) >= 100


@pytest.mark.parametrize("word", TITLES)
def test_a_header_word_of_names_is_known(word):
    for shown in (word, f" {word[0]} {word[1:]}", f"{word}（简要）", f"*{word}"):
        header, letter, _ = named(["序号", shown, "责任人", "完成时限"], [1, 2, 3, 4], WORK, WHO, WHEN)
        assert (header, letter) == ("".join(shown.split()), "B")
    assert vocabulary(TASKS).match(word).field == "title"


@pytest.mark.parametrize("word", CONTENTS)
def test_a_word_of_contents_heads_contents_beside_names_and_names_where_nothing_else_does(word):
    assert vocabulary(TASKS).match(word).field == "content"
    long = ["硬化300米、宽5米", "铺设沥青", "选址后建设", "沿村道安装"]
    assert named(["序号", "任务名称", word, "责任人"], [1, 2, 3, 4], WORK, long, WHO) == ("任务名称", "B", 1.0)
    assert named(["序号", word, "责任人", "完成时限"], [1, 2, 3, 4], WORK, WHO, WHEN) == (word, "B", 0.5)


# tables in which no word says what names the tasks, with the letter of the column that does
FOUND = {
    "12b": (["序号", "我们村答应的", "责任人", "完成时限"], [1, 2, 3, 4], WORK, WHO, WHEN),
    "干什么": (["序号", "干什么", "责任人", "完成时限"], [1, 2, 3, 4], WORK, WHO, WHEN),
    "要点": (["序号", "要点", "负责人", "完成时间"], [1, 2, 3, 4], WORK, WHO, WHEN),
    "办什么事": (["序号", "办什么事", "具体责任人", "办结时限"], [1, 2, 3, 4], WORK, WHO, WHEN),
    "今年要做的": (["序号", "今年要做的", "承诺人", "截止时间"], [1, 2, 3, 4], WORK, WHO, WHEN),
    "last": (["序号", "责任人", "完成时限", "做什么"], [1, 2, 3, 4], WHO, WHEN, WORK),
    "no serial": (["做些啥", "责任人", "完成时限"], WORK, WHO, WHEN),
    "dates first": (["完成时限", "村里的事", "负责人"], WHEN, WORK, WHO),
    "money": (["序号", "啥事", "责任人", "投资(万元)", "完成时限"], [1, 2, 3, 4], WORK, WHO, [1, 2.5, 30, 4], WHEN),
    "no date": (["序号", "哪些事", "责任人", "计划投资"], [1, 2, 3, 4], WORK, WHO, [1, 2, 3, 4]),
    "no person": (["序号", "哪些事", "完成时限", "类别"], [1, 2, 3, 4], WORK, WHEN, ["重点工作", "干事承诺", "干事承诺", "基层党建"]),
    "category": (["类别", "点子", "责任人", "完成时限"], ["重点工作", "重点工作", "文明环境", ""], WORK, WHO, WHEN),
    "unit": (["序号", "村名", "打算", "责任人", "时限"], [1, 2, 3, 4], ["倪宅村", "倪宅村", "金杜村", "尚仁村"], WORK, WHO, WHEN),
    "content": (["序号", "要点", "工作内容", "责任人", "时限"], [1, 2, 3, 4], WORK, ["硬化300米", "铺路", "选址", "安装"], WHO, WHEN),
    "place": (["序号", "位置", "工作内容", "责任人", "时限"], [1, 2, 3, 4], ["村口桥头", "礼堂边", "下坞", "溪边"], WORK, WHO, WHEN),
    "telephone": (["序号", "内容", "责任人", "联系电话", "完成时限"], [1, 2, 3, 4], WORK, WHO, ["13800001234"] * 4, WHEN),
    "remarks": (["序号", "干啥", "责任人", "完成时限", "备注"], [1, 2, 3, 4], WORK, WHO, WHEN, ["新", "", "老", ""]),
    "quarters": (["序号", "做法", "责任人", "一季度", "二季度", "完成时限"], [1, 2, 3, 4], WORK, WHO, ["开工"] * 4, ["完工"] * 4, WHEN),
    "lead": (["序号", "抓什么", "牵头领导", "责任人"], [1, 2, 3, 4], WORK, WHO, WHO[::-1]),
    "no header": (["序号", "", "责任人", "完成时限"], [1, 2, 3, 4], WORK, WHO, WHEN),
    "two rows": (["序号", "答应的事", "责任人", "完成时限"], [1, 2], WORK[:2], WHO[:2], WHEN[:2]),
    "serials in words": (["次序", "想办的", "责任人", "完成时限"], ["之一", "之二", "之三", "之四"], WORK, WHO, WHEN),
    "long": (["序号", "写一写", "责任人", "完成时限"], [1, 2], ["对全村主干道进行白改黑改造，总长1.2公里" * 2, "完成污水管网修复并通过验收" * 2], WHO[:2], WHEN[:2]),
    "from likeness": (["序号", "任务来源", "干什么", "责任人", "完成时限"], [1, 2, 3, 4], ["县", "县", "镇", "镇"], WORK, WHO, WHEN),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_names_are_found_by_what_stands_in_their_column_and_doubted(name, ending, tmp_path, reader):
    header, *columns = FOUND[name]
    rows = list(zip(*columns, strict=True))
    write(tmp_path / f"倪宅村{ending}", [Grid("Sheet1", [list(header), *map(list, rows)])])
    file = read_workbook(tmp_path / f"倪宅村{ending}", huajie(), reader=reader)
    assert file.problem is None
    where = next(place for place, column in enumerate(columns) if column[0] in (WORK[0], columns[1][0]) and len(column[0]) > 5)
    assert [record.title for record in file.records] == [row[where] for row in rows]
    assert all(("title", "warning") in {(i.field, i.severity) for i in record.issues} for record in file.records)
    assert any("按任务名称读，请核对" in notice for notice in file.notices)


def test_there_are_twenty_of_them_and_no_word_of_them_names_tasks():
    assert len(FOUND) >= 20
    assert not [w for header, *_ in FOUND.values() for w in header if vocabulary(TASKS).match(w) == ("title", 1.0)]


# lists of other things, most with a person or a day in them
OTHERS = {
    "contacts": (["序号", "商户", "责任人", "联系电话"], [1, 2], ["花街建材店", "永康修理厂"], WHO[:2], ["1380000", "1390000"]),
    "goods": (["序号", "物品", "单价", "负责人", "完成时间"], [1, 2], ["铺路石材", "修剪机"], [10, 20], WHO[:2], WHEN[:2]),
    "attendance": (["序号", "会议内容", "签到", "负责人", "时间"], [1, 2], ["安全管理培训", "消防安全宣传"], WHO[:2], WHO[:2], WHEN[:2]),
    "stock": (["品名", "规格", "库存", "负责人", "截止日期"], ["消防水带", "修路工具"], ["50米", "大号"], [3, 4], WHO[:2], WHEN[:2]),
    "roster": (["序号", "小组", "组员", "负责人", "时限"], [1, 2], ["建设组", "管理组"], ["张三、李四", "王五、赵六"], WHO[:2], WHEN[:2]),
    "marks": (["学号", "课题", "指导人", "成绩", "完成时间", "责任人"], [1, 2], ["桥梁建设研究", "水库管理"], WHO[:2], [90, 80], WHEN[:2], WHO[:2]),
    "contracts": (["序号", "合同", "甲方", "负责人", "截止日期"], [1, 2], ["村道硬化施工", "绿化养护"], ["镇", "村"], WHO[:2], WHEN[:2]),
    "orders": (["客户名称", "订单号", "负责人", "完成时间"], ["永康建设公司", "花街五金厂"], [1, 2], WHO[:2], WHEN[:2]),
    "budget": (["项目名称", "金额", "备注"], ["期初余额", "应收帐款", "差旅费"], [1, 2, 3], ["", "", ""]),
    "plots": (["地块名称", "地块类型", "面积/亩"], ["A1", "A2", "A3"], ["旱地", "旱地", "水浇地"], [80, 55, 35]),
    "parcels": (["客户名称", "重量", "收件单位", "备注"], ["甲", "乙"], [1, 2], ["农办", "宣传办"], ["", ""]),
    "modules": (["序号", "模块", "功能", "负责人", "完成时间"], [1, 2], ["用户管理", "登记服务"], ["新增", "修改"], WHO[:2], WHEN[:2]),
    "offices": (["序号", "单位", "科室电话", "负责人", "时限"], [1, 2], ["村镇建设办", "农业农村办"], [1, 2], WHO[:2], WHEN[:2]),
    "persons": (["序号", "谁", "责任人", "完成时限"], [1, 2], ["张三、李四", "王五 赵六"], WHO[:2], WHEN[:2]),
    "days": (["序号", "啥时候", "责任人", "完成时限"], [1, 2], ["8月完成", "9月底完工"], WHO[:2], WHEN[:2]),
    "same": (["序号", "做法", "责任人", "完成时限"], [1, 2, 3], ["修路建桥"] * 3, WHO[:3], WHEN[:3]),
    "numbers": (["序号", "多少", "责任人", "完成时限"], [1, 2], [12.5, 30], WHO[:2], WHEN[:2]),
    "empty": (["序号", "写什么", "责任人", "完成时限"], [1, 2, 3], ["修建村道", "", ""], WHO[:3], WHEN[:3]),
    "alone": (["序号", "做什么", "电话", "得失"], [1, 2], WORK[:2], [1, 2], [3, 4]),
    "one known": (["序号", "做什么", "责任人", "体会"], [1, 2], WORK[:2], WHO[:2], ["好", "很好"]),
    "books": (["序号", "书名", "借阅", "截止日期", "责任人"], [1, 2], ["建设美丽乡村", "农业管理学"], WHO[:2], WHEN[:2], WHO[:2]),
    "vehicles": (["序号", "车牌", "用途", "责任人", "截止日期"], [1, 2], ["浙G1", "浙G2"], ["道路巡查", "河道保洁"], WHO[:2], WHEN[:2]),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_a_list_of_something_else_is_not_taken_for_tasks(name):
    assert named(*OTHERS[name]) is None


QUARRELS = ["张三与李四因宅基地边界发生争吵", "李某拖欠农民工工资3万元"]


@pytest.mark.parametrize(
    ("key", "header", "columns", "letter"),
    [
        (
            "disputes",
            ["序号", "受理日期", "什么事", "当事人", "调解人"],
            ([1, 2], ["3-1", "3-2"], QUARRELS, WHO[:2], WHO[:2]),
            "C",
        ),
        ("disputes", ["村名", "经过", "调解员", "调解结果"], (["倪宅村", "金杜村"], QUARRELS, WHO[:2], ["成功", "成功"]), "B"),
        ("livelihood_projects", ["序号", "办的实事", "实施单位", "完成时限"], ([1, 2], WORK[:2], ["倪宅村"] * 2, WHEN[:2]), "B"),
        ("progress", ["序号", "干什么", "完成情况", "完成比例"], ([1, 2], WORK[:2], ["推进中"] * 2, [50, 60]), "B"),
    ],
)
def test_other_ledgers_find_their_names_in_the_same_way(key, header, columns, letter):
    assert named(header, *columns, ledger=CATALOGUE[key])[1:] == (letter, 0.5)


def test_people_and_units_are_known_by_their_header_alone():
    assert (
        named(["序号", "谁", "单位", "手机"], [1, 2], WHO[:2], ["农办"] * 2, ["138", "139"], ledger=CATALOGUE["people"]) is None
    )
    assert named(["序号", "哪里", "单位类型"], [1, 2], ["倪宅", "金杜"], ["行政村"] * 2, ledger=CATALOGUE["units"]) is None
