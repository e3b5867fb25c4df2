"""Distortions of columns and header: words, groups, further columns, an order of their own."""

import datetime as dt
import random

from tests.distorting.book import Book, Column, Row, Table
from tests.distorting.distortion import COLUMNS, distortion
from tests.distorting.plain import money_of, name_of, person, unit_of

UNLISTED = (
    "要干的事", "拟办实事", "亮点", "惠民举措", "今年要办", "事由", "办什么", "攻坚点", "实事内容简称", "村里打算", "待办",
    "干什么", "名目", "条目", "工作抓手", "创建点", "心愿", "为民实事一览",
)  # fmt: skip
OTHERS = {
    "responsible": ("谁来办", "谁牵头干", "主抓人手"), "due": ("啥时候完", "哪天好", "限期到"), "mediator": ("谁来调", "出面的人"),
    "investment": ("要花多少钱", "钱（万元）", "花销(万元)"), "content": ("怎么干", "干成啥样"), "percent": ("干了几成", "几成了"),
    "amount": ("钱数多少(万元)", "闹到多少钱"), "phone": ("短号长号", "找他打"), "category": ("归哪块", "归口"),
}  # fmt: skip
UNKNOWN = (
    ("网格编号", ("A-01", "A-02", "B-07")), ("受益户数", (35, 120, 8)), ("入库情况", ("已入库", "未入库")),
    ("村情", ("山区", "平原")), ("上年结转", ("是", "否")), ("图斑号", (1001, 1002, 1003)), ("审批文号", ("〔2021〕3号", "〔2021〕7号")),
    ("难易", ("易", "难")), ("", ("要紧", "一般")),
)  # fmt: skip
TWICE = {
    "responsible": ("负责人", "责任人", "具体责任人"), "due": ("完成时间", "办结时限", "计划完成时间"), "summary": ("工作进展", "进展情况"),
    "investment": ("总投资（万元）", "投资额(万元)"), "content": ("主要内容", "建设内容", "具体要求"), "mediator": ("调解人", "调解员"),
    "phone": ("手机", "联系方式"),
}  # fmt: skip
LONG = ("2021年度工作推进责任落实情况汇总", "各村社区工作任务推进落实总体安排", "责任落实", "基本情况", "工作安排")


def _insert(rng: random.Random, table: Table, column: Column) -> None:
    table.columns.insert(rng.randint(1, len(table.columns)), column)


@distortion(COLUMNS)
def title_renamed(book: Book, rng: random.Random) -> bool:
    """A word for the title column that nobody has listed."""
    word, done = rng.choice(UNLISTED), False
    for _table, column in book.columns(name_of(book.ledger)):
        column.rename(word)
        done = True
    return done


@distortion(COLUMNS)
def other_renamed(book: Book, rng: random.Random) -> bool:
    """An unlisted word for another column: its values are read, or the column is named."""
    keys = [key for key in OTHERS if any(True for _ in book.columns(key))]
    if not keys:
        return False
    key = rng.choice(keys)
    for _table, column in book.columns(key):
        column.rename(rng.choice(OTHERS[key]))
        column.dropped = True
    return True


@distortion(COLUMNS)
def columns_moved(book: Book, rng: random.Random) -> bool:
    for table in book.tables:
        first, *others = table.columns
        rng.shuffle(others)
        table.columns = [first, *others] if rng.random() < 0.7 else [*others, first]
    return True


@distortion(COLUMNS)
def unknown_columns(book: Book, rng: random.Random) -> bool:
    """Columns that mean nothing here, with values."""
    table = book.some_table(rng)
    for number, (word, values) in enumerate(rng.sample(UNKNOWN, rng.choice((1, 2)))):
        _insert(rng, table, Column(f"unknown{number}", (word,), dropped=True))
        for record in table.records:
            record.cells[f"unknown{number}"] = rng.choice(values)
    return True


@distortion(COLUMNS)
def two_for_one(book: Book, rng: random.Random) -> bool:
    """Two columns for one field, with different values: both are kept, or it is said."""
    keys = [key for key in TWICE if any(True for _ in book.columns(key))]
    if not keys:
        return False
    key = rng.choice(keys)
    made = {"due": lambda: f"{rng.randint(4, 12)}月底", "investment": lambda: rng.randint(2, 90), "phone": lambda: f"139{rng.randint(10**7, 10**8 - 1)}"}  # fmt: skip
    for table, column in list(book.columns(key)):
        word = rng.choice([word for word in TWICE[key] if word != column.head])
        _insert(rng, table, Column(f"{key}2", (word,), dropped=True))
        for record in table.records:
            record.cells[f"{key}2"] = made.get(key, lambda: person(rng))()
    return True


@distortion(COLUMNS)
def header_groups(book: Book, rng: random.Random) -> bool:
    """Group words over neighbours: two header rows."""
    return _grouped(book, rng, 1)


@distortion(COLUMNS)
def header_three_rows(book: Book, rng: random.Random) -> bool:
    return _grouped(book, rng, 2)


def _grouped(book: Book, rng: random.Random, levels: int) -> bool:
    for table in book.tables:
        if any(len(column.heads) > 1 or column.joined for column in table.columns) or len(table.columns) < 4:
            return False
        at = rng.randint(1, len(table.columns) - 2)
        group = rng.choice(LONG)
        inner = rng.choice(("其中", "具体安排", "责任"))
        for column in table.columns[at : at + rng.choice((2, 2, 3))]:
            column.heads = (group, *([inner] if levels > 1 else []), *column.heads)
    return True


@distortion(COLUMNS)
def header_unit_row(book: Book, rng: random.Random) -> bool:
    """A second header row that says only （万元）."""
    key = money_of(book.ledger)
    for table, column in book.columns(key):
        word, unit = column.head.rstrip(")）").replace("（", "(").partition("(")[::2]
        column.rename(word)
        table.rows.insert(0, Row(cells={key: f"（{unit or '万元'}）"}, ordinal=False))
        return True
    return False


@distortion(COLUMNS)
def header_broken_lines(book: Book, rng: random.Random) -> bool:
    """Line breaks and blanks inside header words."""
    for table in book.tables:
        for column in table.columns:
            word = column.head
            cut = len(word) // 2
            if cut and rng.random() < 0.6:
                column.rename(
                    rng.choice((f"{word[:cut]}\n{word[cut:]}", "　".join(word) if len(word) < 4 else f" {word} ", f"{word}\n"))
                )
    return True


@distortion(COLUMNS)
def header_notes(book: Book, rng: random.Random) -> bool:
    """Advice in brackets behind header words."""
    notes = ("（必填）", "（请如实填写）", "\n（不超过20字）", "(按实填)", "*", "（填写说明见附件，务必逐项对照填写）")
    for table in book.tables:
        for column in rng.sample(table.columns[1:], min(2, len(table.columns) - 1)):
            if "元" not in column.head:
                column.rename(column.head + rng.choice(notes))
    return True


@distortion(COLUMNS)
def header_corner(book: Book, rng: random.Random) -> bool:
    """A divided corner cell over the serials."""
    for table in book.tables:
        if column := table.column("serial"):
            column.rename(
                rng.choice(("项目\n  序号", "内容＼序号", "        任务\n序号", "项目/序号", "村\\序号", "指标    序号"))
            )
    return True


@distortion(COLUMNS, "tasks")
def header_months(book: Book, rng: random.Random) -> bool:
    """Months as heads of columns that hold what is reached by then: numbers, words, real dates."""
    table = book.whole()
    if table is None:
        return False
    months = sorted(rng.sample(range(1, 13), 4))
    way = rng.choice((int, "{}月".format, "{}月底".format, "2021年{}月".format, str, "2021-{:02}".format))
    group = rng.choice((("序时进度",), ("工作进度安排（月）",), ("进度计划",), ()))
    for month in months:
        table.columns.append(Column(f"month{month}", (*group, way(month))))
    for record in table.records:
        record.values.pop("milestones", None)
        texts = {month: rng.choice(("", "立项", "开工", "完成50%", "竣工")) for month in months}
        record.cells |= {f"month{month}": text for month, text in texts.items()}
        ends = {month: (dt.date(2021 + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).isoformat() for month in months}
        record.values["milestones"] = [{"due": ends[month], "text": text} for month, text in texts.items() if text]
    return True


@distortion(COLUMNS, "tasks")
def header_quarters(book: Book, rng: random.Random) -> bool:
    table = book.whole()
    if table is None or any(column.id.startswith("month") for column in table.columns):
        return False
    way = rng.choice(("{}季度", "第{}季度", "{}季度目标"))
    for quarter, word in enumerate("一二三四", 1):
        table.columns.append(Column(f"month{quarter}", ("时间节点", way.format(word))))
    for record in table.records:
        texts = [rng.choice(("", "立项", "开工", "竣工")) for _ in range(4)]
        ends = ("2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31")
        record.cells |= {f"month{n}": text for n, text in enumerate(texts, 1)}
        record.values["milestones"] = [{"due": end, "text": text} for end, text in zip(ends, texts, strict=True) if text]
    return True


@distortion(COLUMNS)
def serials_missing(book: Book, rng: random.Random) -> bool:
    way = rng.choice(("none", "blank", "some"))
    for table in book.tables:
        if way == "none":
            table.drop("serial")
        for record in table.records:
            if way == "blank" or (way == "some" and rng.random() < 0.5):
                record.cells["serial"] = ""
    return True


@distortion(COLUMNS)
def merged_down(book: Book, rng: random.Random) -> bool:
    """Equal values below each other are merged: category, unit, month."""
    done = False
    for key in ("category", unit_of(book.ledger), "month"):
        for _table, column in book.columns(key):
            if not column.taken:
                column.merged, column.taken = True, "merged"
                done = True
    return done


@distortion(COLUMNS, "tasks")
def title_across(book: Book, rng: random.Random) -> bool:
    """The head of the titles lies merged over a group of tasks and the tasks themselves."""
    table = book.whole()
    column = table.column("title") if table else None
    if table is None or column is None or len(column.heads) > 1 or column.joined:
        return False
    table.columns.insert(table.columns.index(column), Column("group", column.heads, merged=True, dropped=True, joined=True))
    for number, record in enumerate(table.records):
        record.cells["group"] = ("道路类", "环境类", "民生类")[number * 3 // len(table.records)]
    return True


@distortion(COLUMNS)
def hidden_columns(book: Book, rng: random.Random) -> bool:
    """A column is hidden: what stands in it is meant, unless it is said."""
    table = book.some_table(rng)
    columns = [column for column in table.columns if column.id not in (name_of(book.ledger), "serial")]
    rng.choice(columns).hidden = True
    return True
