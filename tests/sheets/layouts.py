"""Makes workbooks as villages send them, in many layouts, words and formats, each with what a right reading gives."""

import csv
import datetime as dt
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

CATEGORIES = ("重点工作", "干事承诺", "文明环境", "平安创建", "基层党建")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", ("小明", "立", "卫东", "爱珍", "海波", "芳", "建国", "素芳")
WORDS = {
    "serial": ("序号", "编号", "序 号", "项次"),
    "category": ("类别", "所属类别", "比拼类别", "项目类别", "任务类别"),
    "title": ("承诺事项", "任务名称", "项目名称", "工作任务", "事项名称", "工作任务名称"),
    "content": ("主要内容", "建设内容", "目标要求", "工作内容及目标", "建设内容\n及规模", "具体内容"),
    "responsible": ("责任人", "负责人", "具体责任人", "责 任 人", "承诺人", "责任人(村两委)"),
    "due": ("完成时限", "完成时间", "时间节点", "计划完成时间", "办结时限", "完成\n期限"),
    "investment": ("计划投资(万元)", "预算投资", "总投资/万元", "投资额（万元）", "资金预算(万元)", "估算投资"),
    "remarks": ("备注", "备　注", "说明"),
    "phone": ("联系电话", "电话", "手机号码"),
}
DUES = (
    ("8月底前", "2021-08-31", ""),
    ("5月末", "2021-05-31", ""),
    ("２０２１年9月", "2021-09-30", ""),
    ("2021-11", "2021-11-30", ""),
    ("2021.06", "2021-06-30", ""),
    ("10月15日前", "2021-10-15", ""),
    ("2021年7月底前完成", "2021-07-31", ""),
    ("3月份", "2021-03-31", ""),
    ("4月上旬", "2021-04-10", ""),
    ("4月中旬", "2021-04-20", ""),
    ("4月下旬", "2021-04-30", ""),
    ("二季度", "2021-06-30", ""),
    ("上半年", "2021-06-30", ""),
    ("第四季度末", "2021-12-31", ""),
    ("年底前", "2021-12-31", ""),
    ("全年", "2021-12-31", ""),
    ("长期坚持", "2021-12-31", ""),
    ("7月份前", "2021-06-30", "warning"),
    ("2021/5/31", "2021-05-31", ""),
    ("2019年8月底", "2019-08-31", "warning"),
    ("待定", None, "error"),
    ("尽快完成", None, "error"),
    ("2月30日", None, "error"),
    ("", None, "error"),
)
MONEY = (
    ("12.5", 12.5, ""),
    (36.5, 36.5, ""),
    ("约12.5万元", 12.5, ""),
    ("125000元", 12.5, ""),
    ("４４.０", 44, ""),
    ("21.6万", 21.6, ""),
    ("/", None, ""),
    ("无", None, ""),
    ("—", None, ""),
    ("", None, ""),
    ("若干", None, "warning"),
    ("20-30万", None, "warning"),
    (-8, None, "error"),
)


@dataclass
class Item:
    """One task as a village writes it and as it must be read."""

    category: str
    title: str
    content: str
    people: str
    due: Any
    money: Any
    expected: dict[str, Any] = field(default_factory=dict)


def make_items(rng: random.Random, count: int) -> list[Item]:
    """Tasks in the order of the categories, with dates, money and names written in all kinds of ways."""
    items = []
    for number, category in enumerate(sorted((rng.choice(CATEGORIES) for _ in range(count)), key=CATEGORIES.index)):
        names = list(dict.fromkeys(rng.choice(SURNAMES) + rng.choice(GIVEN) for _ in range(rng.randint(1, 3))))
        due, day, due_fault = rng.choice(DUES)
        money, amount, money_fault = rng.choice(MONEY)
        title, content = f"第{number + 1}段村道硬化", f"硬化村道{rng.randint(100, 999)}米,宽{rng.randint(3, 6)}米"
        issues = [{"field": f, "severity": s} for f, s in (("due", due_fault), ("investment", money_fault)) if s]
        expected = {
            "title": title,
            "content": content,
            "category": category,
            "responsible": names,
            "due": day,
            "ongoing": due in ("全年", "长期坚持"),
            "investment": amount,
            "milestones": [],
            "issues": issues,
        }
        items.append(
            Item(category, rng.choice(("", " ", "\u3000", "\n")) + title, content, _write_names(rng, names), due, money, expected)
        )
    return items


def _write_names(rng: random.Random, names: list[str]) -> str:
    padded = [
        f"{n[0]}　{n[1]}" if len(n) == 2 and rng.random() < 0.5 else n + rng.choice(("", "(书记)", "（主任）")) for n in names
    ]
    return rng.choice(("、", ",", "，", "；", "/", "\n")).join(padded)


class Sheet:
    """A grid under construction: rows from the first, merges from 1."""

    def __init__(self, name: str) -> None:
        self.name, self.rows, self.merges = name, list[list[Any]](), list[tuple[int, int, int, int]]()

    def add(self, *cells: Any) -> int:
        self.rows.append(list(cells))
        return len(self.rows)


Layout = Callable[[random.Random, str, list[Item]], list[Sheet]]


def word(rng: random.Random, name: str) -> str:
    return rng.choice(WORDS[name])


def _head(sheet: Sheet, rng: random.Random, village: str, width: int) -> None:
    first = sheet.add(f"花街镇2021年{village}干事承诺清单")
    sheet.merges.append((first, 1, first, width))
    sheet.add(f"填报单位(盖章):{village}", *[""] * (width - 2), "填报日期:2021年2月20日")


def flat(rng: random.Random, village: str, items: list[Item]) -> list[Sheet]:
    """Title, 填报单位, one header row, columns in any order, notes and signature below, the header repeated half-way."""
    sheet = Sheet("Sheet1")
    names = ["category", "title", "content", "responsible", "due", "investment", "remarks", "phone"]
    rng.shuffle(names)
    names.insert(0, "serial")
    _head(sheet, rng, village, len(names))
    header = [word(rng, name) for name in names]
    sheet.add(*header)
    for number, item in enumerate(items, 1):
        if number == 4:
            sheet.add(*header)
        values = {
            "serial": number,
            "category": item.category,
            "title": item.title,
            "content": item.content,
            "responsible": item.people,
            "due": item.due,
            "investment": item.money,
            "phone": "13800001234",
        }
        sheet.add(*(values.get(name, "") for name in names))
        if rng.random() < 0.2:
            sheet.add()
    sheet.add("合计", f"共{len(items)}项")
    sheet.add("注:1.类别请填写五大比拼之一。")
    sheet.add("2.请于2月20日前报党建办。")
    sheet.add(f"填表人:{village}张三    审核人:李四    联系电话:0579-00000000")
    return [sheet]


def shifted(rng: random.Random, village: str, items: list[Item]) -> list[Sheet]:
    """A table that starts in column C under empty rows, with a row of column numbers, an example and merged categories."""
    sheet = Sheet(village)
    sheet.add()
    sheet.add()
    names = ["serial", "category", "title", "content", "due", "investment", "responsible"]
    sheet.add("", "", *(word(rng, name) for name in names))
    sheet.add("", "", *(f"({i})" for i in range(1, len(names) + 1)))
    sheet.add("", "", "示例", "干事承诺", "村内道路硬化", "硬化500米", "8月底前", 10, "某某")
    last = ("", 0)
    for number, item in enumerate(items, 1):
        same = last[0] == item.category
        row = sheet.add(
            "", "", number, "" if same else item.category, item.title, item.content, item.due, item.money, item.people
        )
        if same:
            sheet.merges = [m for m in sheet.merges if m[0] != last[1]] + [(last[1], 4, row, 4)]
        else:
            last = (item.category, row)
    return [sheet]


def sections(rng: random.Random, village: str, items: list[Item]) -> list[Sheet]:
    """Section rows with stated counts, subtotals, a total, and a header in a merged block."""
    sheet = Sheet("清单")
    names = ["serial", "title", "content", "responsible", "due", "investment", "remarks"]
    _head(sheet, rng, village, len(names))
    sheet.add(*(word(rng, name) for name in names))
    for number, category in enumerate(dict.fromkeys(item.category for item in items)):
        own = [item for item in items if item.category == category]
        row = sheet.add(f"{'一二三四五'[number]}、{category}" + rng.choice(("", f"({len(own)}项)", f"（共{len(own)}项）")))
        sheet.merges.append((row, 1, row, len(names)))
        for item in own:
            sheet.add(items.index(item) + 1, item.title, item.content, item.people, item.due, item.money, "")
        if rng.random() < 0.5:
            sheet.add("小 计", "", "", "", "", 12.5)
    sheet.add("总计", f"{len(items)}项")
    return [sheet]


def quarters(rng: random.Random, village: str, items: list[Item]) -> list[Sheet]:
    """Two header rows with the quarters under 时间节点 and a deadline of its own."""
    sheet = Sheet("Sheet1")
    _head(sheet, rng, village, 11)
    top = sheet.add(
        "序号",
        word(rng, "category"),
        word(rng, "title"),
        word(rng, "content"),
        rng.choice(("时间节点", "进度安排", "序时进度")),
        "",
        "",
        "",
        "责任落实",
        "",
        "完成时限",
        "投资(万元)",
    )
    sheet.add(
        "",
        "",
        "",
        "",
        *rng.choice(
            (
                ("一季度", "二季度", "三季度", "四季度"),
                ("第一季度", "第二季度", "第三季度", "第四季度"),
                ("1-3月", "4-6月", "7-9月", "10-12月"),
            )
        ),
        "责任人",
        "联系电话",
    )
    sheet.merges += [(top, c, top + 1, c) for c in (1, 2, 3, 4, 11, 12)] + [(top, 5, top, 8), (top, 9, top, 10)]
    for number, item in enumerate(items, 1):
        texts = [rng.choice(("", "/", "完成招标", "主体完工")) for _ in range(4)]
        days = ("2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31")
        item.expected["milestones"] = [
            {"due": day, "text": text} for day, text in zip(days, texts, strict=True) if text not in ("", "/")
        ]
        sheet.add(number, item.category, item.title, item.content, *texts, item.people, "13800001234", item.due, item.money)
    return [sheet]


def nodes(rng: random.Random, village: str, items: list[Item]) -> list[Sheet]:
    """Several rows under one merged task, each with a day and what must be reached."""
    sheet = Sheet("任务")
    _head(sheet, rng, village, 8)
    sheet.add(
        "序号",
        word(rng, "category"),
        word(rng, "title"),
        word(rng, "content"),
        "责任人",
        "投资(万元)",
        "节点时间",
        "节点内容",
        "完成时限",
    )
    for number, item in enumerate(items, 1):
        months = sorted(rng.sample(range(3, 12), rng.randint(1, 3)))
        ends = [(dt.date(2021, m + 1, 1) - dt.timedelta(1)).isoformat() for m in months]
        item.expected["milestones"] = [{"due": day, "text": "主体完工"} for day in ends]
        first = sheet.add(
            number, item.category, item.title, item.content, item.people, item.money, f"{months[0]}月底", "主体完工", item.due
        )
        for month in months[1:]:
            sheet.add("", "", "", "", "", "", f"{month}月底", "主体完工", "")
        if len(months) > 1:
            sheet.merges += [(first, c, first + len(months) - 1, c) for c in (1, 2, 3, 4, 5, 6, 9)]
    return [sheet]


def by_sheet(rng: random.Random, village: str, items: list[Item]) -> list[Sheet]:
    """A sheet per category, an instruction sheet before and an empty one behind."""
    notes = Sheet("填写须知")
    notes.add("填写须知")
    notes.add("1. 每类任务填一张表;2. 完成时限填到月底。任务名称示例:道路硬化")
    sheets = [notes]
    for category in dict.fromkeys(item.category for item in items):
        sheet = Sheet(rng.choice((category, f"{category}清单")))
        sheet.add(f"{village}{category}清单")
        sheet.merges.append((1, 1, 1, 6))
        sheet.add(*(word(rng, name) for name in ("serial", "title", "content", "investment", "responsible", "due")))
        for number, item in enumerate((i for i in items if i.category == category), 1):
            sheet.add(number, item.title, item.content, item.money, item.people, item.due)
        sheets.append(sheet)
    if len(sheets) == 2:  # a single sheet called 干事承诺清单 says nothing about the category
        sheets[1].name = items[0].category
    return [*sheets, Sheet("Sheet2")]


LAYOUTS: tuple[Layout, ...] = (flat, shifted, sections, quarters, nodes, by_sheet)


def write(path: Path, sheets: list[Sheet]) -> None:
    """Writes the sheets in the format the file's ending names."""
    {".xlsx": _write_xlsx, ".xls": _write_xls, ".csv": _write_csv}[path.suffix](path, sheets)


def _write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for r, row in enumerate(sheet.rows, 1):
            for c, value in enumerate(row, 1):
                page.cell(r, c, value if value != "" else None)
        for top, left, bottom, right in sheet.merges:
            page.merge_cells(f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}")
    book.save(path)


def _write_xls(path: Path, sheets: list[Sheet]) -> None:
    book = xlwt.Workbook()
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        merged = {(t, left): (b, right) for t, left, b, right in sheet.merges}
        for r, row in enumerate(sheet.rows, 1):
            for c, value in enumerate(row, 1):
                if (r, c) in merged:
                    b, right = merged[r, c]
                    page.write_merge(r - 1, b - 1, c - 1, right - 1, value)
                elif value != "":
                    page.write(r - 1, c - 1, value)
    book.save(str(path))


def _write_csv(path: Path, sheets: list[Sheet]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(sheets[0].rows)
    path.write_bytes(text.getvalue().encode("gb18030"))
