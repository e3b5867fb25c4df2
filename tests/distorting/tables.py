"""Distortions of tables and sheets: taken apart, stacked, set side by side, in sections, hidden, copied."""

import copy
import random

from tests.distorting.book import UNSURE, VOID, Book, Meant, Row, Sheet, Table
from tests.distorting.distortion import ORDER, TABLES, distortion
from tests.distorting.plain import CATEGORIES, LEDGERS, money_of, name_of, unit_of, wan

NUMERALS = "一二三四五六七八九十"


def _part(table: Table, rows: list[Row], above: list[str]) -> Table:
    return Table(copy.deepcopy(table.columns), rows, above, merged_title=table.merged_title)


def _halves(table: Table) -> list[list[Row]]:
    cut = (len(table.rows) + 1) // 2
    return [table.rows[:cut], table.rows[cut:]]


def _by_village(book: Book, table: Table) -> list[tuple[str, list[Row]]]:
    """The rows of each village; none where fewer than two have any, or a row is of none."""
    key = unit_of(book.ledger)
    rows = [(village, [r for r in table.rows if r.record and r.record.values[key] == village]) for village in book.villages]
    whole = all(r.record for r in table.rows)
    return [pair for pair in rows if pair[1]] if whole and len(book.villages) > 1 and table.column(key) else []


def _title(book: Book, village: str) -> str:
    return f"花街镇2021年{village}{LEDGERS[book.ledger][5]}"


@distortion(ORDER)
def sorted_otherwise(book: Book, rng: random.Random) -> bool:
    """The rows sorted by another column; serials go along or are counted anew."""
    table = book.whole()
    if table is None:
        return False
    if rng.random() < 0.5:
        for number, record in enumerate(table.records, 1):
            record.cells["serial"] = number
    key = rng.choice([column.id for column in table.columns if column.id != "serial"])
    table.rows.sort(key=lambda row: str(row.record.cells.get(key, "")) if row.record else "")
    return True


@distortion(TABLES)
def split_over_sheets(book: Book, rng: random.Random) -> bool:
    """Half the list on a second sheet, under the header again or without one."""
    table = book.whole()
    if table is None or len(table.rows) < 4:
        return False
    first, second = _halves(table)
    table.rows = first
    headless = rng.random() < 0.35
    above = [] if headless else rng.choice((list(table.above), ["（续表）"], []))
    if any("元" in line and "单位" in line for line in table.above):
        above = [] if headless else list(table.above)
    more = _part(table, second, above)
    more.headless = headless
    book.sheets.append(Sheet(rng.choice(("Sheet2", "续表", "清单2")), [more]))
    return True


@distortion(TABLES, "several")
def sheets_by_village(book: Book, rng: random.Random) -> bool:
    table = book.whole()
    parts = _by_village(book, table) if table else []
    for village, rows in parts:
        one = _part(table, rows, [rng.choice((_title(book, ""), _title(book, village)))])
        one.above += table.above[1:]
        one.drop(unit_of(book.ledger))
        book.sheets.append(Sheet(village, [one]))
    if parts:
        book.sheets.pop(0)
    return bool(parts)


@distortion(TABLES, "several")
def stacked_by_village(book: Book, rng: random.Random) -> bool:
    """Each village's own table below the other, with its own title and perhaps its own unit of money."""
    table = book.whole()
    parts = _by_village(book, table) if table else []
    if not parts:
        return False
    way, made = rng.randrange(4), []
    for village, rows in parts:
        lines = (_title(book, village), f"填报单位：{village}", village, f"{village}：")
        one = _part(table, rows, ([_title(book, "")] if way == 1 else []) + [lines[way]] + table.above[1:])
        one.gap = rng.choice((0, 1, 2))
        one.drop(unit_of(book.ledger))
        made.append(one)
    _other_money(book, rng, made[-1])
    book.sheets[0].tables = made
    return True


@distortion(TABLES)
def stacked_halves(book: Book, rng: random.Random) -> bool:
    """The second half below the first, under a header of its own."""
    table = book.whole()
    if table is None or len(table.rows) < 4:
        return False
    first, second = _halves(table)
    again = _part(table, second, rng.choice(([], ["续表"], list(table.above))))
    again.above = list(table.above) if any("单位" in line and "元" in line for line in table.above) else again.above
    again.gap = rng.choice((0, 1, 3))
    table.rows = first
    _other_money(book, rng, again)
    book.sheets[0].tables.append(again)
    return True


def _other_money(book: Book, rng: random.Random, table: Table) -> None:
    """Sometimes a further table counts in 元."""
    key = money_of(book.ledger)
    column = table.column(key) if key else None
    if column and not column.taken and rng.random() < 0.5:
        column.taken = "yuan"
        column.rename(column.head.split("（")[0].split("(")[0] + "（元）")
        for record in table.records:
            record.cells[key] = round(wan(book.ledger, record.values[key]) * 10000)


@distortion(TABLES, "tasks")
def stacked_by_category(book: Book, rng: random.Random) -> bool:
    table = book.whole()
    if table is None or not table.column("category") or not all(row.record for row in table.rows):
        return False
    made, way = [], rng.choice(("{0}、{1}", "（{0}）{1}", "{1}", "附表{0}：{1}"))
    for category in CATEGORIES:
        rows = [row for row in table.rows if row.record and row.record.values["category"] == category]
        if rows:
            above = [*(table.above if not made else table.above[1:]), way.format(NUMERALS[len(made)], category)]
            one = _part(table, rows, above)
            one.drop("category")
            made.append(one)
    if len(made) < 2:
        return False
    book.sheets[0].tables = made
    return True


@distortion(TABLES)
def side_by_side(book: Book, rng: random.Random) -> bool:
    """The list in two halves beside each other under one title."""
    table = book.whole()
    if table is None or len(table.rows) < 4:
        return False
    first, second = _halves(table)
    beside = _part(table, second, [])
    beside.beside = rng.choice((1, 1, 2, 3))
    table.rows = first
    book.sheets[0].tables.append(beside)
    return True


@distortion(TABLES, "several")
def villages_side_by_side(book: Book, rng: random.Random) -> bool:
    """The tables of villages beside each other, each under its own name."""
    table = book.whole()
    parts = _by_village(book, table) if table else []
    if not parts:
        return False
    made = []
    for village, rows in parts:
        one = _part(table, rows, [rng.choice((_title(book, village), village, f"填报单位：{village}"))])
        one.above += table.above[1:]
        one.beside = rng.choice((1, 2)) if made else 0
        one.drop(unit_of(book.ledger))
        made.append(one)
    book.sheets[0].tables = made
    return True


@distortion(TABLES, "several")
def sections_of_villages(book: Book, rng: random.Random) -> bool:
    """Rows that name a village head its records."""
    table = book.whole()
    parts = _by_village(book, table) if table else []
    if not parts:
        return False
    way = rng.choice(("{0}、{1}", "（{0}）{1}", "{1}", "{0}、{1}（共{2}项）", "{1}：", "{0}.{1}", "{1}村委会"))
    rows, merged = list[Row](), rng.random() < 0.5
    for number, (village, own) in enumerate(parts):
        line = way.format(NUMERALS[number], village, len(own)).replace("村村委会", "村委会")
        rows += [Row(line=line, merged=merged), *own]
    table.rows = rows
    table.drop(unit_of(book.ledger))
    return True


@distortion(TABLES, "tasks")
def sections_of_categories(book: Book, rng: random.Random) -> bool:
    table = book.whole()
    if table is None or not table.column("category") or not all(row.record for row in table.rows):
        return False
    way, rows = rng.choice(("{0}、{1}", "（{0}）{1}", "{1}", "{0}、{1}（{2}项）")), list[Row]()
    groups = [c for c in CATEGORIES if any(r.values["category"] == c for r in table.records)]
    if len(groups) < 2:
        return False
    for number, category in enumerate(groups):
        own = [row for row in table.rows if row.record and row.record.values["category"] == category]
        rows += [Row(line=way.format(NUMERALS[number], category, len(own)), merged=rng.random() < 0.7), *own]
    table.rows = rows
    table.drop("category")
    return True


@distortion(TABLES)
def hidden_sheet(book: Book, rng: random.Random) -> bool:
    """A sheet with records is hidden, or deeply so; what is seen is another list, or a cover."""
    if len(book.sheets) < 2:
        book.sheets.insert(0, Sheet("封面", [Table([], [], ["花街镇2021年度上报材料"])]))
    sheet = book.sheets[-1]
    sheet.state, sheet.said = rng.choice(("hidden", "veryHidden")), True
    for table in sheet.tables:
        for record in table.records:
            record.standing = UNSURE if record.standing != VOID else VOID
    return True


def _copied(book: Book, sheet: Sheet, name: str) -> Sheet:
    made = copy.deepcopy(sheet)
    made.name, made.said = name, True
    for record in [record for table in made.tables for record in table.records]:
        record.standing = VOID
    book.sheets.append(made)
    return made


def _change(book: Book, rng: random.Random, record: Meant) -> bool:
    key = rng.choice([k for k in (name_of(book.ledger), "responsible", "content", "phone", "due") if record.cells.get(k)])
    record.cells[key] = {"responsible": "褚海波", "due": "5月底", "phone": "13700000000"}.get(key, "另一种写法")
    return True


@distortion(TABLES)
def hidden_draft(book: Book, rng: random.Random) -> bool:
    """An old draft of the list on a hidden sheet."""
    made = _copied(book, book.some_sheet(rng), rng.choice(("旧稿", "Sheet9", "去年", "备份")))
    made.state = rng.choice(("hidden", "veryHidden"))
    for table in made.tables:
        for record in table.records:
            if rng.random() < 0.5:
                _change(book, rng, record)
    return True


@distortion(TABLES)
def sheet_copied(book: Book, rng: random.Random) -> bool:
    """A copy of the sheet in the workbook, in which one value was changed."""
    sheet = book.some_sheet(rng)
    if not any(table.records for table in sheet.tables):
        return False
    made = _copied(book, sheet, rng.choice((f"{sheet.name} (2)", f"{sheet.name}副本", f"{sheet.name}（2）", "副本", "Sheet3")))
    table = next(table for table in made.tables if table.records)
    return _change(book, rng, rng.choice(table.records))


@distortion(TABLES)
def other_sheets(book: Book, rng: random.Random) -> bool:
    """Sheets that hold no such list: choices, a cover, sums."""
    kind = rng.randrange(3)
    if kind == 0:
        book.sheets.append(Sheet("数据源", [Table([], [Row(line=text) for text in CATEGORIES], [])]))
    elif kind == 1:
        book.sheets.insert(0, Sheet("填表说明", [Table([], [], ["填表说明", "一、每项填一行。", "二、完成时限填到月底。"])]))
    else:
        book.sheets.append(Sheet("Sheet5", [Table([], [], [])]))
    return True


@distortion(TABLES)
def header_missing(book: Book, rng: random.Random) -> bool:
    """Nothing but the values: the header was cut off."""
    table = book.whole()
    if table is None:
        return False
    table.headless = True
    return True
