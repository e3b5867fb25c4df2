"""A second hand's village workbooks: random layouts, words and mess, with what the rules of the answer key read from each."""

import calendar
import datetime as dt
import random
from dataclasses import dataclass, field

from tests.sheets.files import Day, Formula


def words(text: str) -> list[str]:
    """The words of a list written as one text."""
    return text.split()


YEAR = 2021
CATEGORIES = ("重点工作", "干事承诺", "文明环境", "平安创建", "基层党建")
UNITS = words(
    "倪宅村 杨杭村 尚仁村 双溪村 潘宅村 花街村 大屋村 颜宅村 八字墙村 山后胡村 店园村 阔塘后村 金杜村 上京岭村 锦绣村 桃源村 "
    "凤凰村 渎溪村 三明村 小界岭村 云川村 金湖村 枫源村 方里坞村 卉川村 花街居委会 八字墙居委会"
)
JOBS = words(
    "村内主干道路面硬化 河边绿道修缮 一村万树示范村创建 小溪流整治及美丽河湖创建 说明牌更新 合作社仓库建设 总部大楼外立面改造 "
    "提示牌安装 备用水源建设 注册志愿者招募 全年安全生产检查 二期安置房建设 基层党建阵地提升 书记领办项目 负责区卫生保洁 "
    "110警务室建设 联系群众制度 “最美庭院”评选 3·15消费维权站 表演队组建 其他零星工程 道路白改黑(一期) 小计岭道路拓宽 "
    "时间银行试点 单位包干区整治 审批服务代办点 要素保障 示例村创建 第一书记工作室 分类垃圾房 投资5万元以下小型工程 责任田复垦"
)
SURNAMES, GIVEN = (
    "倪王楼陈徐李杜吕潘卢程俞施应张胡金黄朱童夏章吴郑周",
    words("成纲 卫东 立新 海波 小红 明 芳 伟 献新 素芳 建国 爱珍 勇 玲"),
)
HEADERS = {
    "serial": ("序号", "编号", "序 号", "序\n号", "序　号"),
    "category": ("类别", "所属类别", "比拼类别", "类 别", "任务类别"),
    "title": ("承诺事项", "任务名称", "工作任务", "项目名称", "任务\n名称", "事项名称", "项 目 名 称", "*任务名称"),
    "content": (
        "建设内容",
        "工作内容",
        "主要内容及目标",
        "具体目标要求",
        "主要内容",
        "目标要求",
        "建设内容及规模",
        "工作内容(简述)",
    ),
    "people": ("责任人", "负责人", "具体责任人", "责任人\n(签字)", "责 任 人", "责任人（村两委）"),
    "due": ("完成时限", "时间节点", "完成时间", "计划完成时间", "办结时限", "完成\n时限", "完成时限(填到月底)"),
    "money": ("计划投资(万元)", "总投资/万元", "投资额（万元）", "预算投资", "计划投资\n（万元）", "投资(万元)", "计划投资"),
    "remarks": ("备注", "备 注", "备　注"),
    "phone": ("联系电话",),
    "fund": ("资金来源",),
    "area": ("工作片",),
    "done": ("是否完成",),
}
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def month_end(month: int, year: int = YEAR) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def due(rng: random.Random, faults: float):
    """A cell with a deadline, the day it means, whether it goes on all year, and the severity of its issue."""
    m, d, q = rng.randint(1, 12), rng.randint(1, 28), rng.randint(1, 4)
    end, day, quarter = month_end(m), dt.date(YEAR, m, d), month_end(q * 3)
    if rng.random() < faults:
        year = rng.choice((2012, 2020, 2022))
        other, before = month_end(m, year), dt.date(YEAR, m, 1) - dt.timedelta(days=1)
        kind = rng.randrange(4)
        if kind == 0:
            return (
                rng.choice((f"{m}月份前", f"{m}月前", f"2021年{m}月前", f"{m}月份之前", f"{m}月前完成")),
                before,
                False,
                "warning",
            )
        if kind == 1:
            words = (f"{year}年{m}月底", f"{year}-{m:02}", f"{year}年{m}月", Day(other), f"{year}.{m}.{other.day}")
            return rng.choice(words), other, False, "warning"
        if kind == 2:
            return 2021.1, month_end(1), False, "warning"
        words = (
            "",
            "待定",
            "尽快",
            "2月30日",
            "#REF!",
            "尽快完成",
            "2021-02-30",
            "2月30日前",
            "　",
            "2021年6月31日",
            "待 定",
            "另行通知",
        )
        return rng.choice(words), None, False, "error"
    kind = rng.randrange(10)
    if kind < 4:
        words = (
            f"{m}月底前 {m}月底 {m}月末 2021年{m}月 2021-{m:02} 2021.{m:02} 2021/{m} {m}月份 {m}月 2021年{m}月底 2021年{m:02}月 "
            f"{m}月底前完成 2021年{m}月底前完成 2021年{m}月份 {m:02}月底前 {m}月底之前 {m}月末前 2021年{m}月末 {m}月份底"
        ).split()
        word = rng.choice(words)
        return ("2021年1月" if word == "2021.1" else word), end, False, ""
    if kind < 7:
        stamp = Day(day, rng.choice(("yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "m/d/yy", 31, 58)))
        words = (
            f"{m}月{d}日前 {m}月{d}日 2021年{m}月{d}日 2021-{m:02}-{d:02} 2021.{m}.{d} 2021/{m}/{d} 2021.{m:02}.{d:02} "
            f"2021年{m:02}月{d:02}日 {m}月{d}日之前 2021年{m}月{d}日前完成 2021年{m}月{d}日前 {m}月{d}号前"
        ).split()
        return (stamp if rng.random() < 0.3 else rng.choice(words)), day, False, ""
    if kind == 7:
        word, last = rng.choice((("上旬", 10), ("中旬", 20), ("下旬", end.day)))
        return rng.choice(("", "2021年")) + f"{m}月{word}" + rng.choice(("", "前")), dt.date(YEAR, m, last), False, ""
    if kind == 8:
        c = "一二三四"[q - 1]
        words = [
            (w, quarter)
            for w in (f"{c}季度", f"第{c}季度", f"第{c}季度末", f"{q}季度", f"{c}季度末", f"2021年{c}季度", f"{c}季度底前")
        ]
        words += [("上半年", month_end(6)), ("2021年上半年", month_end(6)), ("下半年", month_end(12))]
        words += [
            (w, month_end(12)) for w in ("年底", "年底前", "2021年底", "2021年年底", "年末", "年底前完成", "年内", "2021年底前")
        ]
        word, last = rng.choice(words)
        return word, last, False, ""
    return (
        rng.choice(("全年", "长期坚持", "持续推进", "全年坚持", "长期", "全年持续推进", "常年坚持", "常态化推进")),
        month_end(12),
        True,
        "",
    )


def money(rng: random.Random, faults: float, header: str):
    """A cell with an amount, what it is in 万元, and the severity of its issue; a bare number counts in the header's unit."""
    wan = rng.choice((rng.randint(1, 300), rng.randint(10, 3000) / 10))
    if rng.random() < faults:
        if rng.random() < 0.5:
            words = ("若干", "10-15万", "10—15万元", "10~15万元", "5至8万", "待定", "按实际", "10-15")
            return rng.choice(words), None, "warning"
        return rng.choice((-5.0, "-5", "-5万元", "－５", "-50000元")), None, "error"
    kind = rng.randrange(6)
    if kind == 0:
        return rng.choice(("/", "无", "—", "", "-", "／", "--", "　", " 无 ")), None, ""
    yuan = round(wan * 10000)
    bare = yuan if "元)" in header and "万" not in header else wan
    if kind < 3:
        words = (bare, str(bare), str(bare).translate(_FULL), f"{bare:,}", f" {bare} ", Formula("1*1", bare))
        return rng.choice(words), wan, ""
    words = (f"{wan}万元", f"约{wan}万元", f"{wan}万", f"约{wan}万", f"{yuan}元", f"{yuan:,}元", f"{wan} 万元", f"{wan}万元左右")
    return rng.choice((*words, f"{wan}万元".translate(_FULL))), wan, ""


def people(rng: random.Random, faults: float):
    """A cell with names, the names, and the severity of its issue."""
    if rng.random() < faults:
        return rng.choice(("", " ", "/", "无", "—")), [], "error"
    names = list(dict.fromkeys(rng.choice(SURNAMES) + rng.choice(GIVEN) for _ in range(rng.choice((1, 1, 2, 2, 3, 5)))))
    apart = rng.choice(("、", ",", "，", ";", "；", "/", "\n", " ", "  ", "、\n", "／", "、 ", "　", "\r\n"))
    look = rng.random()
    post = ("(书记)", "（主任）", "（支部书记）", "(村委)", "（妇联主席）", "(副书记)", "（联村干部）")
    written = []
    for name in names:
        padded = f"{name[0]}{rng.choice('　　 ')}{name[1]}" if len(name) == 2 and look < 0.3 else name
        written.append(padded + (rng.choice(post) if look > 0.6 and rng.random() < 0.6 else ""))
    text = apart.join(written)
    return (f"书记:{text}" if rng.random() < 0.05 and len(names) == 1 else text), names, ""


@dataclass
class Task:
    """One task as written, by column, and as it must be read."""

    cells: dict
    want: dict
    nodes: list = field(default_factory=list)


def make_tasks(rng: random.Random, count: int, header: str, faults: float) -> list[Task]:
    """Tasks in the order of their categories; with faults also repeated, nameless and unknown ones."""
    tasks: list[Task] = []
    seen: set[str] = set()
    for category in sorted((rng.choice(CATEGORIES) for _ in range(count)), key=CATEGORIES.index):
        title = rng.choice(JOBS)
        while title in seen and rng.random() > faults:
            title = f"{rng.choice(JOBS)}{len(tasks) + 1}号"
        tasks.append(make_task(rng, title, category, header, faults))
        seen.add(title)
    return tasks


def make_task(rng: random.Random, title: str, category: str, header: str, faults: float) -> Task:
    content = rng.choice(
        (f"硬化{rng.randint(9, 999)}米,宽5米", "新建1座\n配套照明", "", "改造" * 400, "1.招标\n2.施工\n3.验收", 500)
    )
    due_cell, day, ongoing, due_fault = due(rng, faults)
    money_cell, amount, money_fault = money(rng, faults, header)
    who, names, people_fault = people(rng, faults / 2)
    word, category_fault = category, ""
    if rng.random() < faults / 2:
        word, category_fault = rng.choice(("其他", "重点项目", "综合治理")), "error"
    nameless = rng.random() < faults / 3
    edges = ("", "", "", " ", "\u3000", "\n", "\xa0", "  ")
    cells = {
        "category": word, "title": "" if nameless else rng.choice(edges) + title + rng.choice(edges), "content": content,
        "people": who, "due": due_cell, "money": money_cell, "remarks": rng.choice(("", "", "重点", "见附件", True)),
        "phone": "13800001234", "fund": "村自筹", "area": "第一工作片", "done": rng.random() < 0.5,
    }  # fmt: skip
    found = {
        "title": "error" if nameless else "", "category": category_fault,
        "responsible": people_fault, "due": due_fault, "investment": money_fault,
    }  # fmt: skip
    want = {
        "title": None if nameless else title, "content": str(content), "category": None if category_fault else category,
        "responsible": names, "due": day.isoformat() if day else None, "ongoing": ongoing, "investment": amount,
        "milestones": [], "issues": [{"field": f, "severity": s} for f, s in found.items() if s],
    }  # fmt: skip
    return Task(cells, want)


def without(task: Task, *names: str) -> None:
    """A field without a column is empty and gives no issue."""
    keys = {"people": ("responsible", []), "due": ("due", None), "money": ("investment", None), "content": ("content", "")}
    for name in names:
        key, empty = keys.get(name, (name, None))
        task.want[key] = empty
        if name == "due":
            task.want["ongoing"] = False
        task.want["issues"] = [issue for issue in task.want["issues"] if issue["field"] != key]


def mark_repeated(tasks: list[Task], unit: str) -> None:
    """A second task of the same unit and title gets a warning."""
    seen = set()
    for task in tasks:
        key = (task.want.get("unit", unit), task.want["title"])
        if key in seen and key[1]:
            task.want["issues"].append({"field": "title", "severity": "warning"})
        seen.add(key)
