"""Distortions of cells: how days, names and texts are written, and what is struck out."""

import datetime as dt
import random

from tests.distorting.book import ANY, VOID, Book, Cell, Meant
from tests.distorting.distortion import CELLS, distortion
from tests.distorting.plain import money_of, name_of, person, unit_of, wan
from tests.distorting.writing import each, free, one, some

_FULL = str.maketrans("0123456789.-():", "０１２３４５６７８９．－（）：")


@distortion(CELLS)
def errors_in_cells(book: Book, rng: random.Random) -> bool:
    return one(book, rng, rng.choice((money_of(book.ledger) or "phone", _day(book))), ("#REF!", "#VALUE!", "#N/A", "#####"))


def _day(book: Book) -> str:
    return {"tasks": "due", "disputes": "accepted_on"}.get(book.ledger, "")


def _date(record: Meant, key: str) -> dt.date:
    return dt.date.fromisoformat(record.values[key])


@distortion(CELLS, "tasks", "disputes")
def days_as_serials(book: Book, rng: random.Random) -> bool:
    key = _day(book)
    return each(book, key, lambda record: (_date(record, key) - dt.date(1899, 12, 30)).days)


@distortion(CELLS, "tasks", "disputes")
def days_as_text(book: Book, rng: random.Random) -> bool:
    key, way = _day(book), rng.choice(("{0.year}/{0.month}/{0.day}", "{0.month}.{0.day}", "{0:%Y%m%d}", "{0.month}月{0.day}日", "{0.year}年{0.month}月{0.day}号", "{0.month}/{0.day}", "{0:%y}.{0.month}.{0.day}"))  # fmt: skip
    return each(book, key, lambda record: way.format(_date(record, key)))


@distortion(CELLS, "tasks")
def days_look_months(book: Book, rng: random.Random) -> bool:
    """The first of a month, shown as that month: its end is meant."""

    def write(record: Meant) -> Cell:
        first = _date(record, "due").replace(day=1)
        record.values["due"] = (dt.date(2021 + first.month // 12, first.month % 12 + 1, 1) - dt.timedelta(1)).isoformat()
        return Cell(first, look)

    look = rng.choice(('yyyy"年"m"月"', 'm"月"', "yyyy-mm", "mmm-yy"))
    return each(book, "due", write)


@distortion(CELLS, "tasks")
def days_of_the_moon(book: Book, rng: random.Random) -> bool:
    return one(book, rng, "due", (("农历八月十五", "2021-09-21"), ("旧历九月初九", "2021-10-14"), ("阴历五月初五前", "2021-06-14"), ("中秋节前", "2021-09-21"), ("农历年底", "2022-01-31")))  # fmt: skip


@distortion(CELLS, "tasks")
def days_put_off(book: Book, rng: random.Random) -> bool:
    return one(book, rng, "due", (("6月底（延期至9月底）", "2021-09-30"), ("原定5月底，改为8月底", "2021-08-31"), ("2021-06-30延至2021-10-31", "2021-10-31"), ("6月底→9月底", "2021-09-30"), ("由7月底调整为11月底", "2021-11-30")))  # fmt: skip


@distortion(CELLS, "tasks")
def days_of_two_sorts(book: Book, rng: random.Random) -> bool:
    """A beginning, or two days in a cell: steps may come of them, but no deadline without a doubt, unless the last says it is one."""
    if not one(book, rng, "due", ("3月起", ("5月开工，10月完工", "2021-10-31"), "6月底前、9月底前", ("一期6月底，二期12月底", "2021-12-31"), "自4月开始", "3月15日起施工", "2021年5月\n2021年9月", "7月/10月")):  # fmt: skip
        return False
    for record in book.records:
        record.values["milestones"] = record.values["start"] = ANY
    return True


def _people(book: Book) -> str:
    return {"tasks": "responsible", "disputes": "mediator"}.get(book.ledger, "")


@distortion(CELLS, "tasks")
def names_that_are_none(book: Book, rng: random.Random) -> bool:
    return one(book, rng, "responsible", ("张三（李四配合）", "村两委", "村委会", "全体党员", "张三A", "李四1", "张三等", "各网格员", "张三、村两委", "支部书记", "张三李四", "待定"))  # fmt: skip


@distortion(CELLS, "tasks")
def names_out_of_the_way(book: Book, rng: random.Random) -> bool:
    names = ("欧阳修", "阿依古丽·买买提", "John Smith", "司马光明", "诸葛卫东", "买买提·艾力", "上官芳")
    way = rng.choice(names)
    return one(book, rng, "responsible", ((way, [way]), (f"{way}、李四", [way, "李四"])))


@distortion(CELLS, "tasks", "disputes", "progress")
def full_width(book: Book, rng: random.Random) -> bool:
    """Digits and signs in full width, where they say the same."""
    done = False
    for key in (money_of(book.ledger), _day(book)):
        for table, _column in free(book, key):
            for record in table.records:
                if not isinstance(record.cells[key], Cell):
                    record.cells[key], done = str(record.cells[key]).translate(_FULL), True
    return done


@distortion(CELLS, "tasks", "disputes")
def spaces_in_texts(book: Book, rng: random.Random) -> bool:
    """Blanks and line breaks around and inside of texts."""
    for record in book.records:
        for key in (name_of(book.ledger), _people(book)):
            if isinstance(record.cells.get(key), str):
                record.cells[key] = rng.choice((" {}", "{}　", "\n{}", "{}\n", "\u00a0{}", "{}")).format(record.cells[key])
    return True


@distortion(CELLS)
def struck_parts(book: Book, rng: random.Random) -> bool:
    """The old text struck out before the new one in the same cell."""
    keys = [
        key
        for key in (name_of(book.ledger), _people(book), money_of(book.ledger), _day(book))
        if any(True for _ in book.columns(key))
    ]
    key = rng.choice(keys)
    record = some(book, rng, key)
    if record is None:
        return False
    meant = wan(book.ledger, record.values[key]) if key == money_of(book.ledger) else record.values[key]
    new = record.cells[key] if isinstance(record.cells[key], str) else str(meant)
    if new in ("", "None"):
        return False
    old = {name_of(book.ledger): "旧村道修补", _people(book): person(rng), money_of(book.ledger): "10", _day(book): "6月底"}[key]
    runs = ((old, True), (new, False)) if rng.random() < 0.6 else ((new, False), (old, True))
    record.cells[key] = Cell("", runs=runs)
    return True


@distortion(CELLS)
def struck_cells(book: Book, rng: random.Random) -> bool:
    """A whole cell struck: it says nothing more."""
    keys = [
        key
        for key in ("content", "remarks", money_of(book.ledger), "problems", "phone", "party_a")
        if any(True for _ in book.columns(key))
    ]
    record = some(book, rng, rng.choice(keys)) if keys else None
    if record is None:
        return False
    key = next(key for key in keys for _t, column in book.columns(key) if column.taken and record in _t.records)
    if record.cells[key] in ("", None) or isinstance(record.cells[key], Cell):
        return False
    record.cells[key], record.values[key] = Cell(record.cells[key], struck=True), None
    return True


@distortion(CELLS, "long")
def struck_rows(book: Book, rng: random.Random) -> bool:
    """Some of the rows struck: they do not hold any more."""
    table = book.some_table(rng)
    if len(table.records) < 3:
        return False
    for record in rng.sample(table.records, rng.randint(1, max(1, len(table.records) - 1))):
        for key, value in record.cells.items():
            if value not in ("", None) and not (isinstance(value, Cell) and value.runs):
                cell = value if isinstance(value, Cell) else Cell(value)
                record.cells[key] = Cell(cell.value, cell.look, True, cell.runs, cell.formula)
        record.standing = VOID
    return True


@distortion(CELLS)
def dittos(book: Book, rng: random.Random) -> bool:
    """同上 below an equal value."""
    key, word = (
        rng.choice((unit_of(book.ledger), "category", _people(book), "month", "stage")),
        rng.choice(("同上", "〃", "″", '"', "同前")),
    )
    done = False
    for table, _column in free(book, key):
        for above, below in zip(table.records, table.records[1:], strict=False):
            if above.values[key] == below.values[key] and not isinstance(below.cells[key], Cell):
                below.cells[key], done = word, True
    return done


@distortion(CELLS)
def blank_below(book: Book, rng: random.Random) -> bool:
    """Only the first of equal values is written, nothing is merged."""
    key, done = rng.choice((unit_of(book.ledger), "category")), False
    for table, _column in free(book, key):
        for above, below in reversed(list(zip(table.records, table.records[1:], strict=False))):
            if above.values[key] == below.values[key]:
                below.cells[key], done = "", True
    return done
