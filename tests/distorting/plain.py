"""Correct sheets of several ledgers: fields in spellings that are read exactly, one to three villages, three to fifteen rows."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from tests.distorting.book import Book, Cell, Column, Meant, Row, Sheet, Table

VILLAGES = ("倪宅村", "金杜村", "尚仁村", "双溪村", "潘宅村", "金湖村", "花街村", "大屋村")
CATEGORIES = ("重点工作", "干事承诺", "文明环境", "平安创建", "基层党建")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", ("小明", "立新", "卫东", "爱珍", "海波", "芳华", "建国", "素芳")
PLACES = ("村口", "东区", "西山", "后塘", "前店", "里坞", "上街", "桥头", "溪边", "大樟树下")
JOBS = (
    "村道硬化", "公厕改造", "路灯安装", "绿道建设", "文化礼堂提升", "旧桥改建", "渠道整修", "停车场新建", "健身广场建设",
    "山塘整治", "饮水管网改造", "河道清淤", "老年食堂改建", "垃圾分类点建设", "监控增设", "杆线整治",
)  # fmt: skip
CONTENTS = ("硬化路面{}米，宽4米", "新建{}平方米", "改造{}处，配套绿化", "安装{}盏", "整治{}户", "清淤{}米，砌石护岸")
QUARRELS = ("宅基地边界争执", "围墙越界", "装修工钱拖欠", "树枝遮光", "排水沟堵塞", "田埂相争", "噪声扰邻", "合伙账目不清")
PROGRESS = ("已完成招标", "正在施工", "材料已进场", "主体已完工", "已通过验收", "正在做方案")


def person(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def due(rng: random.Random) -> tuple[Any, str]:
    month = rng.randint(4, 12)
    last = (dt.date(2021 + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).isoformat()
    at = dt.date(2021, month, rng.randint(1, 28))
    return rng.choice(
        (
            (f"{month}月底前", last),
            (f"2021年{month}月", last),
            (f"{month}月{at.day}日前", at.isoformat()),
            (at.isoformat(), at.isoformat()),
            (Cell(at, "yyyy-mm-dd"), at.isoformat()),
            (Cell(at, 'yyyy"年"m"月"d"日"'), at.isoformat()),
            (f"2021.{at.month}.{at.day}", at.isoformat()),
            (f"2021年{month}月{at.day}日", at.isoformat()),
        )
    )


def day(rng: random.Random, first: int = 1, last: int = 6) -> tuple[Any, str]:
    at = dt.date(2021, rng.randint(first, last), rng.randint(1, 28))
    words = (at.isoformat(), f"{at.year}年{at.month}月{at.day}日", f"{at.year}.{at.month}.{at.day}", Cell(at, "yyyy/m/d"))
    return rng.choice(words), at.isoformat()


def money(rng: random.Random) -> tuple[Any, float]:
    amount = rng.choice((rng.randint(2, 60), rng.randint(20, 600) / 10))
    return rng.choice((amount, amount, str(amount), f"{amount}万元", f"{amount}万")), amount


def in_yuan(rng: random.Random) -> tuple[Any, float]:
    """As `money`, for a field that is kept in 元."""
    cell, amount = money(rng)
    return cell, amount * 10000


def people(rng: random.Random) -> tuple[str, list[str]]:
    names = list(dict.fromkeys(person(rng) for _ in range(rng.choice((1, 1, 2, 3)))))
    return rng.choice(("、", "，", ";", "\n")).join(names), names


def _same(rng: random.Random, *words: str) -> tuple[str, str]:
    word = rng.choice(words)
    return word, word


Maker = Callable[[random.Random], tuple[Any, Any]]
# ledger -> column id -> header words and maker; (title column, unit column), titles, columns that always stand there
TASKS: dict[str, tuple[tuple[str, ...], Maker]] = {
    "category": (("类别", "所属类别", "项目类别"), lambda rng: _same(rng, *CATEGORIES)),
    "title": (("承诺事项", "任务名称", "项目名称", "工作任务", "事项名称"), lambda rng: ("", "")),
    "content": (
        ("主要内容", "建设内容", "工作内容", "目标要求"),
        lambda rng: _same(rng, *(text.format(rng.randint(5, 900)) for text in CONTENTS)),
    ),
    "responsible": (("责任人", "负责人", "具体责任人"), people),
    "due": (("完成时限", "完成时间", "办结时限"), due),
    "investment": (("计划投资(万元)", "投资额（万元）", "预算资金（万元）"), money),
    "remarks": (("备注", "备注说明"), lambda rng: _same(rng, "", "", "已立项", "村自筹", "续建")),
}
DISPUTES: dict[str, tuple[tuple[str, ...], Maker]] = {
    "accepted_on": (("受理日期", "受理时间", "排查日期"), lambda rng: day(rng, 1, 3)),
    "kind": (("纠纷类型", "纠纷类别"), lambda rng: rng.choice((("邻里纠纷", "neighbours"), ("合同", "contract"), ("婚姻家庭", "family")))),
    "summary": (("纠纷简要情况", "矛盾纠纷简要情况", "简要情况"), lambda rng: ("", "")),
    "party_a": (("甲方姓名", "当事人甲"), lambda rng: _same(rng, person(rng))),
    "amount": (("涉及金额（万元）", "涉案金额(万元)"), in_yuan),
    "level": (("风险等级", "等级"), lambda rng: rng.choice((("一般", "ordinary"), ("较大", "larger"), ("重大", "major")))),
    "mediator": (("调解员", "调解人"), lambda rng: _same(rng, person(rng))),
    "result": (("调解结果", "化解情况"), lambda rng: rng.choice((("成功", "success"), ("调解成功", "success"), ("不成功", "failure")))),
    "closed_on": (("结案日期", "办结日期"), lambda rng: day(rng, 4, 6)),
}  # fmt: skip
PEOPLE: dict[str, tuple[tuple[str, ...], Maker]] = {
    "name": (("姓名", "人员姓名", "干部姓名"), lambda rng: ("", "")),
    "phone": (("联系电话", "手机号码"), lambda rng: _same(rng, f"138{rng.randint(10**7, 10**8 - 1)}")),
}
REPORTS: dict[str, tuple[tuple[str, ...], Maker]] = {
    "title": (("任务名称", "承诺事项", "事项名称"), lambda rng: ("", "")),
    "month": (("月份", "填报月份"), lambda rng: ("3月", "03")),
    "stage": (("完成情况",), lambda rng: rng.choice((("推进中", "underway"), ("已完成", "done"), ("未启动", "waiting")))),
    "percent": (("完成比例", "形象进度"), lambda rng: (lambda p: rng.choice(((p, p), (f"{p}%", p))))(rng.randint(1, 20) * 5)),
    "invested": (("已完成投资(万元)", "累计完成投资（万元）"), money),
    "summary": (("进展情况", "工作进展", "本月进展"), lambda rng: _same(rng, *PROGRESS)),
    "problems": (("存在问题",), lambda rng: _same(rng, "", "资金未到位", "雨天较多")),
}
LEDGERS = {
    "tasks": (TASKS, "title", "unit", ("责任单位", "村名", "行政村"), ("title", "responsible", "due"), "干事承诺清单", "investment"),
    "disputes": (DISPUTES, "summary", "village", ("村名", "村（社）"), ("accepted_on", "kind", "summary", "level", "mediator"), "矛盾纠纷调处台账", "amount"),
    "people": (PEOPLE, "name", "unit", ("所在单位", "工作单位"), ("name", "phone"), "干部通讯录", ""),
    "progress": (REPORTS, "title", "unit", ("填报单位", "责任单位"), ("title", "month", "stage", "percent", "summary"), "月度进展台账", "invested"),
}  # fmt: skip


def name_of(ledger: str) -> str:
    """The column of what a record is called."""
    return LEDGERS[ledger][1]


def unit_of(ledger: str) -> str:
    return LEDGERS[ledger][2]


def money_of(ledger: str) -> str:
    return LEDGERS[ledger][6]


def wan(ledger: str, amount: float) -> float:
    """An amount in 万元, whatever its field counts in."""
    return round(amount / 10000, 6) if ledger == "disputes" else amount


def _titles(rng: random.Random, ledger: str, count: int) -> list[str]:
    if ledger == "people":
        return rng.sample([a + b for a in SURNAMES for b in GIVEN], count)
    stems = QUARRELS if ledger == "disputes" else JOBS
    return [place + stem for place, stem in rng.sample([(p, s) for p in PLACES for s in stems], count)]


def plain_book(rng: random.Random, ledger: str, several: bool = False, least: int = 3) -> Book:
    """A correct workbook: one sheet with a title and a table; of several villages a column says whose each record is."""
    parts, name, place, place_words, always, title, _money = LEDGERS[ledger]
    villages = rng.sample(VILLAGES, rng.choice((2, 3)) if several else rng.choice((1, 1, 1, 2, 3)))
    by_row = len(villages) > 1 or rng.random() < 0.2
    keys = [key for key in parts if key in always or rng.random() < 0.75]
    columns = [Column(key, (rng.choice(parts[key][0]),)) for key in keys]
    if by_row:
        columns.insert(rng.choice((0, 0, len(columns))), Column(place, (rng.choice(place_words),)))
    columns.insert(0, Column("serial", ("序号",)))
    count = max(least, rng.randint(3, 15), len(villages) * 2)
    cut = [*sorted(rng.sample(range(1, count), len(villages) - 1)), count]
    rows = []
    for number, text in enumerate(_titles(rng, ledger, count)):
        village = villages[next(i for i, end in enumerate(cut) if number < end)]
        made = {key: parts[key][1](rng) for key in keys} | {name: (text, text), place: (village, village)}
        rows.append(Row(Meant({k: v[0] for k, v in made.items()}, {k: v[1] for k, v in made.items()})))
    one = villages[0] if len(villages) == 1 else ""
    above = [f"花街镇2021年{one}{title}"]
    if one and rng.random() < 0.5:
        above.append(f"填报单位：{one}")
    if ledger == "tasks" and "category" in keys and rng.random() < 0.5:
        rows.sort(key=lambda row: (villages.index(row.record.values[place]), CATEGORIES.index(row.record.values["category"])))
    sheet = Sheet(rng.choice(("Sheet1", "清单" if ledger == "tasks" else "台账")), [Table(columns, rows, above)])
    return Book(ledger, [sheet], villages, f"{one}上报" if one else "各村汇总表")
