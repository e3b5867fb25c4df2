"""Which ledger a workbook is of: what townships write in titles, names and headers, and what it must be taken for."""

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from db.fields import Field, Kind
from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.declared.facets import Form, Listing, Sheets
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.sheets.understood.headers import vocabulary
from huajie_desktop.sheets.understood.recognition import Recognised, Recognition
from huajie_desktop.sheets.understood.sheet_tables import find_tables
from huajie_desktop.work.task_ledger import TASKS
from tests.office import CATALOGUE

# file | lines above the header, "/" between them | sheet | header, "/" between its rows | ledger, "?" and what is asked as well
CASES = """
00 花街镇镇级工作清单 | 花街镇2021年“三五”大比拼工作清单 | 镇级清单 | 序号 板块 类别 工作任务 目标要求 责任科室 完成时限 计划投资(万元) | tasks
01 倪宅村干事承诺清单 | 花街镇2021年倪宅村干事承诺清单 / 填报单位（盖章）：倪宅村 | Sheet | 序号 类别 承诺事项 工作内容 计划投资(万元) 负责人 时间节点 备注 | tasks
03 尚仁村 | 花街镇2021年尚仁村干事承诺清单 | Sheet | 编号 工作任务 工作内容 负责人 时间节点 预算投资 备注 | tasks
05 潘宅村上报表 | | Sheet | 项目名称 类别 具体目标要求 时间节点 责任人 联系电话 预算投资 | tasks
附件2：双溪村2021年五大比拼清单 | | Sheet | 序号 类别 承诺事项 建设内容 完成时限 责任人 投资（万元） | tasks
13 金杜村 | | Sheet1 | 承诺事项 所属类别 工作内容 完成时间 具体责任人 联系电话 预算投资 | tasks
工作簿1 | | Sheet1 | 任务名称 责任单位 完成时限 | tasks
工作簿1 | 倪宅村 / 单位：万元 | Sheet1 | 序号 任务名称 责任人 完成时限 投资 | tasks
清单 | 花街镇2021年重点项目清单 | Sheet1 | 序号 项目名称 建设内容 总投资 完成时限 责任单位 责任领导 进度 | tasks
新建 XLSX 工作表 | | Sheet1 | 序号 项目名称 建设内容 总投资 完成时限 责任单位 责任领导 进度 | tasks
重点工程 | 2021年花街镇重点工程项目进度计划表 | Sheet1 | 序号 工程名称 建设规模 总投资（亿元） 开工时间 竣工时间 责任单位 牵头领导 | tasks
攻坚 | 花街镇“五大攻坚”项目推进表 | 攻坚 | 序号 攻坚项目 项目名称 主要内容 年度目标 牵头领导 牵头单位 责任人 完成时限 | tasks
镇级工作清单 | 花街镇2021年镇级工作清单 | 镇级 | 序号 类别 事项名称 工作任务 年度目标 完成时限 牵头领导 牵头单位 责任人 配合单位 进展情况 存在问题 下步打算 完成情况 备注 | tasks
村级 | 2021年度村级承诺事项清单 | 汇总 | 序号 村名 承诺事项 项目类别 建设内容及规模 计划投资(万元) 资金来源 启动时间 竣工时间 责任人 联村干部 工作片 进展情况 备注 | tasks
任务分解 | 花街镇2021年度重点工作任务分解表 | Sheet1 | 序号 重点工作 主要任务 目标要求 牵头单位 配合单位 责任领导 完成时限 | tasks
任务 | 关于印发2021年政府工作报告任务分解的通知（附件） | 附件1 | 序号 主要任务 工作措施 牵头领导 牵头科室 配合科室 时限要求 | tasks
环境 | 花街镇美丽城镇建设项目表 | 美丽城镇 | 序号 项目名称 建设内容及规模 项目投资 开工日期 竣工日期 实施主体 项目负责人 | tasks
节点 | 2021年项目序时进度表 | Sheet1 | 序号 项目名称 建设内容 责任人 时间节点 / 一季度 二季度 三季度 四季度 | tasks
平安 | 平安建设办2021年重点工作任务清单（含矛盾纠纷调处） | 清单 | 序号 工作任务 工作内容 责任人 完成时限 备注 | tasks
矛调 | 矛盾纠纷调处化解中心2021年任务清单 | Sheet1 | 序号 工作任务 具体要求 责任科室 责任人 完成时限 | tasks
矛调 | 填报单位：花街镇矛盾纠纷调处化解中心 | Sheet1 | 序号 工作任务 具体要求 责任科室 责任人 完成时限 | tasks
组织 | 党建联盟重点任务 / 联系人：李四 人员名单附后 | 任务 | 序号 任务名称 主要内容 牵头单位 责任人 完成时间 | tasks
包干 | 领办项目（干部名单另报） | 领办 | 序号 领办人 项目名称 目标任务 完成期限 联系领导 | tasks
旧村 | 三明村旧村改造 | 承诺 | 名称 内容 责任人 时限 资金 | tasks
人居 | 人居环境整治问题清单 | Sheet1 | 序号 村名 事项 具体要求 整改责任人 办结时限 备注 | tasks
台账 | 花街镇2021年矛盾纠纷排查调处台账 | 台账 | 序号 受理时间 类型 村名 矛盾纠纷简要情况 当事人甲 涉案金额（万元） 风险等级 调解人 化解情况 办结日期 | disputes
重大 | 重大矛盾纠纷排查表 | Sheet1 | 序号 排查部门 排查日期 单位地点 矛盾纠纷简况及原因 责任单位 责任领导 调处情况 | disputes
突出 | 突出矛盾纠纷台账 | Sheet1 | 序号 单位 矛盾纠纷简要情况 责任单位/责任人 化解时限 化解情况 交办督办情况 销号情况 | disputes
纠纷 | | Sheet1 | 编号 受理日期 案件来源 纠纷类型 村 纠纷简要情况 申请人 被申请人 调解员 调解结果 协议编号 | disputes
Book1 | | Sheet1 | 登记日期 纠纷类别 发生地 案情 当事人 调解人 调解结果 结案时间 | disputes
调解 | 金湖村人民调解委员会调解案件登记表 | 2021年 | 序号 案件类型 当事人 基本情况 调解日期 调解人 调解结果 | disputes
爱珍工作室 | 爱珍工作室2021年3月调解登记 | Sheet1 | 日期 村社 纠纷内容 人数 调处人 调处结果 | disputes
化解 | 3月份矛盾纠纷化解情况 | 3月 | 序号 村名 纠纷简况 责任单位 责任人 化解情况 化解时间 | disputes
攻坚 | 矛盾纠纷化解攻坚台账 | Sheet1 | 序号 排查日期 行政村 纠纷简要情况 包案领导 化解措施 化解情况 备注 | disputes
倪宅村 | | 矛盾纠纷 | 序号 发生时间 纠纷内容 责任人 结果 | disputes
倪宅村 | 花街镇2021年调解台账 | 台账 | 编号 受理日期 村（社） 当事人甲 当事人乙 纠纷简要情况 涉及金额 | disputes
劳资 | 欠薪纠纷一览表 | Sheet1 | 受理时间 所属村 简要情况 当事人 标的额 承办单位 责任人 结果 备注 | disputes
月度进展台账 | 花街镇2021年3月月度进展台账 | 月度进展台账 | 填报单位 任务名称 月份 完成情况 完成比例 已完成投资 进展情况 存在问题 下步打算 | progress
进展 | | Sheet1 | 任务名称 月份 完成情况 完成比例 进展情况 存在问题 下步打算 | progress
3月进展 | 倪宅村3月份任务清单进展情况 | 3月 | 序号 任务名称 责任单位 责任人 完成时限 进展情况 存在问题 | progress?tasks
落实 | 2021年上半年干事承诺落实情况表 | Sheet1 | 序号 承诺事项 责任单位 落实情况 存在问题 | progress
推进 | 重点工作推进情况（4月） | 4月 | 单位 重点任务 目前进展 存在困难 下一步打算 | progress
完成 | 一季度任务完成情况 | Sheet1 | 序号 任务 完成率 是否完成 问题和困难 | progress
动态 | 各村工作进展 | 汇总 | 村名 项目 形象进度 累计完成投资 工作动态 | progress
进度 | 重点项目5月进度情况 | 5月 | 项目名称 责任单位 进度 完成投资 存在问题 下步计划 | progress
Sheet | | Sheet1 | 项目名称 责任单位 进度 完成投资 存在问题 下步计划 | progress
6月 | | 任务进展 | 事项名称 村居 办理状态 本月进展 | progress
通报 | 关于9月份重点任务进展情况的通报 | 附件 | 序号 重点任务 牵头单位 责任单位 目前进展 状态 | progress
工作簿1 | | Sheet1 | 序号 项目名称 主要内容 完成时限 责任单位 责任人 进展情况 存在问题 下步打算 | tasks?progress
工作簿1 | | Sheet1 | 序号 任务名称 主要内容 责任人 目前进展 存在问题 | tasks?progress
民生 | 花街镇2021年民生实事项目清单 | Sheet1 | 序号 项目名称 建设内容 责任单位 责任领导 责任人 总投资（万元） 完成时限 | livelihood_projects
2021年民生实事 | | Sheet1 | 序号 实事项目 实施主体 建设内容 年度计划投资 完成时间 受益面 | livelihood_projects
满意度 | 2021年度民生实事项目满意度测评表 | Sheet1 | 序号 项目名称 实施单位 是否完成 满意 基本满意 不满意 | livelihood_projects
工作簿1 | | 民生实事 | 项目名称 实施主体 形象进度 完成投资 是否完成 | livelihood_projects
民生实事进展台账 | 花街镇2021年民生实事进展台账 | 民生实事进展台账 | 填报单位 项目名称 月份 完成情况 完成比例 已完成投资 进展情况 存在问题 下步打算 | livelihood_progress
5月 | 民生实事项目5月份推进情况 | 5月 | 项目名称 实施单位 形象进度 累计完成投资 目前进展 存在问题 | livelihood_progress
督查单台账 | 花街镇2021年督查单台账 | Sheet1 | 编号 督查级别 责任单位 督查事项 发出日期 办理期限 办理要求 反馈情况 | notices
4月 | 花街镇4月份三色单发放情况 | Sheet1 | 序号 村名 事项 发文日期 整改期限 存在问题 反馈时间 | notices
延期 | 任务延期申请汇总 | Sheet1 | 序号 单位 任务名称 申请日期 原定时限 申请延期至 延期原因 | extensions
计划 | 花街镇2021年督查计划 | Sheet1 | 序号 检查事项 被检查单位 计划时间 检查人员 地点 | inspections
问题 | 6月督查发现问题清单 | Sheet1 | 序号 村名 问题描述 检查日期 整改要求 整改时限 整改措施 复查意见 | findings
2021年来文登记 | | 收文 | 序号 来文日期 来文单位 来文字号 文件标题 办理期限 拟办意见 | incoming
例会 | 党政联席会议议定事项落实表 | Sheet1 | 会议日期 会议名称 议定事项 责任单位 责任人 落实期限 | decisions
工作簿1 | | Sheet1 | 序号 单位 任务名称 责任人 完成时限 反馈情况 办理要求 | tasks
单位 | 花街镇村居名单 | Sheet1 | 序号 村居名称 类型 所属单位 统计代码 | units
行政村 | | Sheet1 | 单位名称 单位类型 上级单位 别名 区划代码 | units
机构 | 花街镇内设机构设置 | Sheet1 | 序号 机构名称 单位性质 主管单位 | units
单位名录 | | Sheet1 | 名称 类别 简称 | units
工作簿1 | | Sheet1 | 名称 类别 曾用名 | units
代码 | 行政区划代码表 | Sheet1 | 代码 名称 曾用名 | units
通讯录 | 花街镇干部通讯录 | Sheet1 | 序号 姓名 工作单位 职务 手机号码 | people
花名册 | | 2021 | 姓名 所在科室 联系电话 | people
名单 | 镇村两委班子名单 | Sheet1 | 村名 姓名 职务 手机 | people
调解员 | 花街镇人民调解员名单 | Sheet1 | 序号 姓名 单位 电话 | people
网格 | 专职网格员信息表 | Sheet1 | 序号 人员姓名 所在村 联系方式 | people
干部 | | Sheet1 | 部门 干部姓名 电话 | people
地块 | 土地流转地块登记表 | Sheet1 | 种植地块 作物编号 作物名称 作物类型 种植面积/亩 种植季次 | none
补助 | 2021年水稻种植补贴公示 | 公示 | 户主 身份证号 面积(亩) 补贴标准 银行账号 | none
评分 | 五水共治检查记分册 | Sheet1 | 序号 河道 得分 加分 减分 总分 名次 | none
库存 | 防汛物资库存 | 仓库 | 品名 规格 数量 存放地点 保管 | none
值班 | 值班表 | 8月 | 日期 星期 带班 值班 电话 | none
预算 | 部门月度预算表 | 维保 | 科目 上年决算 本年预算 增减 | none
会议 | 签到表 | Sheet1 | 签名 到会时间 | none
"""


class Case(NamedTuple):
    """One row of the table as a workbook, and what it must be taken for."""

    file: str
    sheet: RawSheet
    ledger: str
    asked: tuple[str, ...]


def case(line: str) -> Case:
    file, above, name, header, expected = (part.strip() for part in line.split("|"))
    sheet = RawSheet(name)
    sheet.rows = [[text] for text in above.split(" / ") if text]
    sheet.rows += [list(row.split()) for row in header.split(" / ")]
    sheet.rows.append(["1"])
    ledger, *asked = expected.split("?")
    return Case(f"{file}.xlsx", sheet, ledger, tuple(asked))


TABLE = [case(line) for line in CASES.strip().splitlines()]
NAMES = [f"{row.file} {row.sheet.rows[0][0]} {row.ledger}" for row in TABLE]


def taken_for(row: Case, catalogue: Catalogue) -> Recognised:
    return Recognition(catalogue).of(row.file, [row.sheet])


def test_the_table_is_long_enough_and_has_all_there_is():
    assert len(TABLE) >= 60
    assert {row.ledger for row in TABLE} == {"none", *CATALOGUE}


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_a_workbook_is_taken_for_what_a_person_takes_it_for(row):
    held = taken_for(row, CATALOGUE)
    tables = find_tables(row.sheet, 2021, {}, vocabulary(held.ledger))
    found = held.ledger.key if tables else "none"
    assert (found, tuple(other.key for other in held.others)) == (row.ledger, row.asked)


def test_of_several_sheets_all_titles_count():
    summary, list_of_tasks = RawSheet("填表说明"), RawSheet("Sheet2")
    summary.rows = [["填表说明"], ["1. 每月5日前报送"]]
    list_of_tasks.rows = [["倪宅村矛盾纠纷台账"], ["序号", "纠纷简要情况", "责任人", "结果"]]
    held = Recognition(CATALOGUE).of("倪宅村任务清单.xlsx", [summary, RawSheet("空"), list_of_tasks])
    assert held == Recognised(CATALOGUE["disputes"])


def test_who_is_asked_about_says_the_file_before_its_headers_and_the_headers_before_nothing():
    header = "序号 任务名称 主要内容 责任人 完成时限"
    unlike = taken_for(case(f"x | 花街镇调解台账 | Sheet1 | {header} | tasks"), CATALOGUE)
    assert unlike == Recognised(TASKS, (CATALOGUE["disputes"],)), "the title names what the header is not of"
    unknown = taken_for(case("x | 花街镇调解台账 | Sheet1 | 甲 乙 丙 丁 | disputes"), CATALOGUE)
    assert unknown == Recognised(CATALOGUE["disputes"]), "only the title says anything"
    both = taken_for(case("x | 干事承诺调解 | Sheet1 | 甲 乙 丙 丁 | disputes"), CATALOGUE)
    assert both == Recognised(CATALOGUE["disputes"], (TASKS,)), "the title says two things"


def test_what_is_no_title_names_nothing():
    sender, unknown, units = RawSheet("Sheet1"), RawSheet("Sheet1"), RawSheet("Sheet1")
    sender.rows = [["填报单位：", "矛盾纠纷调处中心"], ["任务名称", "主要内容", "责任人", "完成时限"]]
    unknown.rows = [["日期", "地点", "经过"], ["3月1日", "矛盾纠纷调处"]]
    units.rows = [["单位名称", "单位类型"], ["矛盾纠纷调处中心", "科室"]]
    for sheet, key in ((sender, "tasks"), (unknown, "tasks"), (units, "units")):
        assert Recognition(CATALOGUE).of("x.xlsx", [sheet]) == Recognised(CATALOGUE[key])


def test_a_header_may_have_two_rows():
    sheet = RawSheet("Sheet1")
    sheet.rows = [["受理日期", "纠纷类型", "责任人", "经过"], ["", "", "", "纠纷简要情况", "调解结果"]]
    assert Recognition(CATALOGUE).of("x.xlsx", [sheet]) == Recognised(CATALOGUE["disputes"])


def test_a_template_of_ours_says_itself_what_it_is_whatever_was_written_over_it():
    sheet = RawSheet("任务清单")
    sheet.rows = [["重点任务清单"], ["QD2|people|2021|0|0||"], ["任务名称", "主要内容", "责任人", "完成时限"]]
    assert Recognition(CATALOGUE).of("任务清单.xlsx", [sheet]) == Recognised(CATALOGUE["people"])
    sheet.rows[1] = ["QD2|gone|2021|0|0||"]
    assert Recognition(CATALOGUE).of("任务清单.xlsx", [sheet]) == Recognised(TASKS)


def test_nothing_at_all_is_the_first_ledger_and_nobody_is_asked():
    assert Recognition(CATALOGUE).of("调解台账.xlsx", []) == Recognised(TASKS)
    assert Recognition(Catalogue([CATALOGUE["people"], TASKS])).of("x.xlsx", [RawSheet("x")]) == Recognised(CATALOGUE["people"])


def test_title_words_belong_to_one_ledger_each():
    said = [word for ledger in CATALOGUE.values() for word in ledger.sheets.title_words]
    assert all(ledger.sheets.title_words for ledger in CATALOGUE.values())
    assert not [(one, other) for one in said for other in said if one is not other and one in other]


# a further ledger


def invented(key: str, title_words: tuple[str, ...], fields: Mapping[str, Field], name: str) -> Ledger:
    """A ledger as its module would declare it; a class without a table is enough, as recognition asks the declaration alone."""
    model = type(key.title(), (), {"TITLE": title_words[0], "FIELDS": {key: field.named(key) for key, field in fields.items()}})
    keys = tuple(fields)
    sheets = Sheets(identity=(name,), title_words=title_words)
    return Ledger(key, f"{title_words[0]}台账", model, name, Listing(keys), Form((("", keys),)), sheets)


WELFARE = invented(
    "welfare",
    ("民心工程",),
    {
        "title": Field("项目名称", Kind.TEXT, aliases=("实事项目", "实事名称", "工程名称")),
        "content": Field("建设内容", Kind.LONG_TEXT, aliases=("主要内容", "建设内容及规模")),
        "unit": Field("实施单位", Kind.UNIT, aliases=("责任单位", "实施主体")),
        "investment": Field("总投资", Kind.MONEY, aliases=("计划投资", "投资")),
        "due": Field("完成时限", Kind.DAY, aliases=("完成时间", "竣工时间")),
        "lead": Field("责任领导", Kind.PERSON),
        "percent": Field("进度", Kind.TEXT, aliases=("形象进度",)),
    },
    "title",
)
NEARLY_TASKS = invented(
    "petitions",
    ("信访积案",),
    {
        **{key: CATALOGUE["progress"].fields[key] for key in ("stage", "percent", "summary", "problems")},
        **TASKS.form_fields,
        "answer": Field("答复意见", Kind.LONG_TEXT),
    },
    "title",
)


def with_further(place: int, *further: Ledger) -> Catalogue:
    """The catalogue with further ledgers among those after tasks."""
    ledgers = list(CATALOGUE.values())
    return Catalogue([*ledgers[:place], *further, *ledgers[place:]])


def is_said(row: Case, ledger: Ledger) -> bool:
    """Whether title, sheet or file use a word of that ledger."""
    said = " ".join([row.file, row.sheet.name, *(str(line[0]) for line in row.sheet.rows if len(line) == 1)])
    return any(word in said for word in ledger.sheets.title_words)


@pytest.mark.parametrize("place", [1, 2, 3, len(CATALOGUE)])
@pytest.mark.parametrize("further", [(WELFARE,), (NEARLY_TASKS,), (WELFARE, NEARLY_TASKS)], ids=["plain", "adversarial", "both"])
def test_a_further_ledger_turns_no_file_of_another(further, place):
    now = Recognition(with_further(place, *further))
    for row, name in zip(TABLE, NAMES, strict=True):
        before, held = taken_for(row, CATALOGUE), now.of(row.file, [row.sheet])
        assert held.ledger is before.ledger, f"{name} turned into {held.ledger.key}"
        asked = {other.key for other in held.others} - {other.key for other in before.others}
        assert asked <= {ledger.key for ledger in further}, name
        assert not (asked and is_said(row, before.ledger)), f"{name} is asked about although its title says it"


BARE = "序号 项目名称 建设内容 总投资 完成时限 责任单位 责任领导 进度"


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("花街镇2021年民心工程项目清单", "welfare"),
        ("2021年度民心工程进展情况", "welfare"),
        ("2021年民心工程承诺清单", "tasks?welfare"),
        ("花街镇2021年重点项目清单", "tasks"),
        ("", "tasks?welfare"),
    ],
)
def test_a_further_ledger_gets_what_its_title_says_and_is_asked_about_where_nothing_does(above, expected):
    row = case(f"x | {above} | Sheet1 | {BARE} | {expected}")
    held = taken_for(row, with_further(1, WELFARE))
    assert (held.ledger.key, tuple(other.key for other in held.others)) == (row.ledger, row.asked)


def test_words_only_one_ledger_has_weigh_more_than_shared_ones():
    shared = taken_for(case("x | | x | 项目名称 建设内容 完成时限 进度 形象进度 存在问题 | tasks"), with_further(1, NEARLY_TASKS))
    assert shared.ledger is TASKS
    assert NEARLY_TASKS in shared.others
    same = taken_for(case("x | | x | 项目名称 建设内容 完成时限 备注 | tasks"), with_further(1, NEARLY_TASKS))
    assert same == Recognised(TASKS, (NEARLY_TASKS,)), "known by the very same words"
    own = taken_for(
        case("x | | x | 项目名称 建设内容 完成时限 进度 进展情况 答复意见 | petitions"), with_further(1, NEARLY_TASKS)
    )
    assert own == Recognised(NEARLY_TASKS)


def test_a_corrected_declaration_is_read_anew():
    row = case(f"x | 花街镇惠民工程 | x | {BARE} | welfare")
    renamed = invented("welfare", ("惠民工程",), WELFARE.fields, "title")
    assert taken_for(row, with_further(1, WELFARE)).ledger is TASKS
    assert taken_for(row, with_further(1, renamed)).ledger is renamed
