"""Distortions that public reports on importers of spreadsheets tell of: formats that hide, other calendars, doubled heads, lost zeros."""

import datetime as dt
import random
from typing import Any

from tests.distorting.book import DOUBT, Book, Cell, Column, Meant, Row, text_of
from tests.distorting.distortion import CELLS, COLUMNS, FILES, ROWS, distortion
from tests.distorting.plain import money_of, name_of, person, wan
from tests.distorting.writing import each, some


@distortion(CELLS, "money")
def money_not_shown(book: Book, rng: random.Random) -> bool:
    """A format that shows nothing, or other words, whatever the amount is."""
    record = some(book, rng, money_of(book.ledger))
    if record is None:
        return False
    key = money_of(book.ledger)
    record.cells[key] = Cell(wan(book.ledger, record.values[key]), rng.choice((";;;", '"待定"', '"见附件"')))
    record.values[key] = None
    return True


@distortion(CELLS, "money")
def money_looks_thousands(book: Book, rng: random.Random) -> bool:
    """125000 shown as 125 thousands in a column of 千元, or as 125千元 in one of 万元."""
    key = money_of(book.ledger)
    look, unit = rng.choice((("#,##0,", "千元"), ('0.0,"千元"', "万元"), ('0,"千"', "万元")))

    def write(record: Meant) -> Any:
        thousands = max(1, round(wan(book.ledger, record.values[key]) * 10))
        record.values[key] = thousands * 1000 if book.ledger == "disputes" else thousands / 10
        return Cell(thousands * 1000, look)

    for _table, column in book.columns(key):
        if not column.taken:
            column.rename(column.head.split("(")[0].split("（")[0] + f"（{unit}）")
    return each(book, key, write)


@distortion(CELLS, "money")
def money_as_texts(book: Book, rng: random.Random) -> bool:
    """Amounts with grouping commas, blanks around them and words before or behind."""
    key = money_of(book.ledger)
    ways = ("{:,}", " {} ", "约{}", "{}万元左右", "{}（估算）", "共{}万元", "计划{}万元")

    def write(record: Meant) -> Any:
        way, amount = rng.choice(ways), wan(book.ledger, record.values[key])
        return way.format(amount)

    return each(book, key, write)


@distortion(CELLS, "tasks")
def days_as_decimals(book: Book, rng: random.Random) -> bool:
    """Typed as numbers: 8.31 is a day, 2021.8 a month, and 2021.1 or 10.1 may have lost a zero."""

    def write(record: Meant) -> Any:
        at = dt.date.fromisoformat(record.values["due"])
        if whole:
            last = dt.date(2021 + at.month // 12, at.month % 12 + 1, 1) - dt.timedelta(1)
            record.values["due"] = DOUBT if at.month in (1, 10) else last.isoformat()
            return float(f"2021.{at.month:02}") if at.month == 10 else float(f"2021.{at.month}")
        record.values["due"] = DOUBT if at.day % 10 == 0 or at.day < 4 else at.isoformat()
        return float(f"{at.month}.{at.day}")

    whole = rng.random() < 0.5
    return each(book, "due", write)


@distortion(CELLS, "tasks", "disputes")
def days_of_another_year(book: Book, rng: random.Random) -> bool:
    """8-31 typed in the next January: Excel made it a day of that year."""
    key = "due" if book.ledger == "tasks" else "accepted_on"
    record = some(book, rng, key)
    if record is None:
        return False
    at = dt.date.fromisoformat(record.values[key])
    record.cells[key] = Cell(at.replace(year=at.year + rng.choice((1, -1)), day=min(at.day, 28)), 'm"月"d"日"')
    record.values[key] = DOUBT
    return True


@distortion(CELLS, "people")
def phones_as_numbers(book: Book, rng: random.Random) -> bool:
    ways = (int, lambda text: f"{text[:3]} {text[3:7]} {text[7:]}", lambda text: f"{text[:3]}-{text[3:7]}-{text[7:]}", float)
    way = rng.choice(ways)
    return each(book, "phone", lambda record: way(record.values["phone"]))


@distortion(COLUMNS)
def heads_doubled(book: Book, rng: random.Random) -> bool:
    """The same word over two columns with different values."""
    keys = {"tasks": ("responsible", "due", "content"), "disputes": ("mediator",), "people": ("phone",), "progress": ("summary",)}
    key = rng.choice(keys[book.ledger])
    done = False
    for table, column in list(book.columns(key)):
        at = table.columns.index(column) + 1
        table.columns.insert(at, Column(f"{key}2", column.heads, dropped=True))
        for record in table.records:
            record.cells[f"{key}2"] = {"due": f"{rng.randint(4, 12)}月底", "phone": f"139{rng.randint(10**7, 10**8 - 1)}"}.get(
                key, person(rng)
            )
        done = True
    return done


@distortion(COLUMNS)
def heads_with_invisible_signs(book: Book, rng: random.Random) -> bool:
    """Zero-width signs, no-break blanks and full width in header words."""
    signs = ("\u200b", "\u00a0", "\ufeff", "\u3000", "\u2002")
    for table in book.tables:
        for column in table.columns:
            column.rename(rng.choice(("{1}{0}", "{0}{1}", "{0}")).format(column.head, rng.choice(signs)))
    return True


@distortion(COLUMNS, "tasks")
def persons_in_two_columns(book: Book, rng: random.Random) -> bool:
    """One head merged over two columns of persons: both are meant, or it is said."""
    table = book.whole()
    column = table.column("responsible") if table else None
    if table is None or column is None or column.joined or len(column.heads) > 1:
        return False
    at = table.columns.index(column)
    column.joined = True
    table.columns.insert(at + 1, Column("responsible2", column.heads, dropped=True))
    for record in table.records:
        record.cells["responsible2"] = person(rng)
    return True


@distortion(ROWS, "tasks")
def persons_in_rows_below(book: Book, rng: random.Random) -> bool:
    """A second person in the row below, in which nothing else stands: both are meant."""
    table = book.some_table(rng)
    rows = [row for row in table.rows if row.record and isinstance(row.record.values.get("responsible"), list)]
    if not rows or not table.column("responsible"):
        return False
    row, name = rng.choice(rows), person(rng)
    if name in row.record.values["responsible"]:
        return False
    row.record.below = frozenset(("responsible",))
    row.record.values["responsible"] = [*row.record.values["responsible"], name]
    table.rows.insert(table.rows.index(row) + 1, Row(cells={"responsible": name}))
    return True


@distortion(ROWS)
def rows_in_another_hand(book: Book, rng: random.Random) -> bool:
    """The rows of the records are turned round: the last one first."""
    if {"dittos", "blank_below", "merged_down", "a_record_twice"}.intersection(book.done):  # these say something of the row above
        return False
    for table in book.tables:
        if any(not row.record for row in table.rows):
            return False
        table.rows.reverse()
    return True


@distortion(ROWS)
def a_record_twice(book: Book, rng: random.Random) -> bool:
    """A record stands twice, the second time with another value: which one counts must be asked."""
    table = book.some_table(rng)
    rows = [row for row in table.rows if row.record and row.record.standing == "meant"]
    if not rows or any(text_of(row.record.cells.get(name_of(book.ledger))) == "" for row in rows):
        return False
    row = rng.choice(rows)
    again = Meant(dict(row.record.cells), dict(row.record.values), "void")
    key = rng.choice([key for key in ("remarks", "content", "summary", "phone") if key in again.cells] or [name_of(book.ledger)])
    if key == name_of(book.ledger) or isinstance(again.cells[key], Cell):
        return False
    again.cells[key] = again.values[key] = "改过的内容" if key != "phone" else "13900000000"
    table.rows.insert(table.rows.index(row) + 1, Row(again))
    return True


@distortion(FILES)
def years_from_1904(book: Book, rng: random.Random) -> bool:
    """A workbook of a Mac counts its days from 1904."""
    if book.ending != ".xlsx" or any(
        type(cell) is int and cell > 40000 for record in book.records for cell in record.cells.values()
    ):
        return False
    book.from_1904 = True
    return True


@distortion(FILES)
def as_text_file(book: Book, rng: random.Random) -> bool:
    """Saved as text: of another encoding, or with tabs between the cells."""
    from tests.distorting.rows import as_csv

    if not as_csv(book, rng):
        return False
    book.byte, book.encoding = False, rng.choice(("utf-8-sig", "utf-8", "utf-16"))
    return True
