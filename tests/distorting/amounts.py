"""Distortions of amounts and shares: their units, their formats, two in a cell."""

import random
from typing import Any

from tests.distorting.book import DOUBT, Book, Cell, Column, Meant
from tests.distorting.distortion import CELLS, distortion
from tests.distorting.plain import money_of, wan
from tests.distorting.writing import each, free, one


def yuan(book: Book, record: Meant) -> Any:
    """The amount of a record in 元."""
    yuan = round(wan(book.ledger, record.values[money_of(book.ledger)]) * 10000, 2)
    return int(yuan) if yuan == int(yuan) else yuan


def _said(column: Column, unit: str) -> None:
    word = column.head.split("(")[0].split("（")[0]
    column.rename(f"{word}（{unit}）" if unit else word)


def _looked(book: Book, rng: random.Random, looks: tuple[str, ...], unit: str) -> bool:
    key, look = money_of(book.ledger), rng.choice(looks)
    unit = unit if '"' in look or "¥" in look else "万元"  # where the format says none the head does
    for _table, column in book.columns(key):
        if not column.taken:
            _said(column, unit)
    return each(book, key, lambda record: Cell(yuan(book, record), look))


@distortion(CELLS, "money")
def money_looks_wan(book: Book, rng: random.Random) -> bool:
    """125000 shown as 12.5万."""
    return _looked(book, rng, ('0!.0,"万"', '0!.0,', '0!.0,"万元"', '#0\\.0,"万"'), rng.choice(("万元", "万元", "")))  # fmt: skip


@distortion(CELLS, "money")
def money_looks_yuan(book: Book, rng: random.Random) -> bool:
    """125000 shown as 125000.00元 in a column of 万元."""
    return _looked(book, rng, ('0.00"元"', '#,##0"元"', '0"元"', "¥#,##0.00"), rng.choice(("万元", "")))


@distortion(CELLS, "money")
def money_in_yuan(book: Book, rng: random.Random) -> bool:
    key = money_of(book.ledger)
    for _table, column in book.columns(key):
        if not column.taken:
            _said(column, "元")
    return each(book, key, lambda record: rng.choice((yuan(book, record), f"{yuan(book, record)}", f"{yuan(book, record):,}")))


@distortion(CELLS, "money")
def money_line_yuan(book: Book, rng: random.Random) -> bool:
    """The unit of money in a line above the table."""
    key, line = money_of(book.ledger), rng.choice(("单位：元", "金额单位：元", "（单位:元）", "单位:人民币元"))
    for table, column in book.columns(key):
        if not column.taken:
            _said(column, "")
            table.above.append(line)
    return each(book, key, lambda record: yuan(book, record))


@distortion(CELLS, "money", "long")
def money_thousandfold(book: Book, rng: random.Random) -> bool:
    """One amount of 元 in a column of 万元."""
    key = money_of(book.ledger)
    for table, _column in free(book, key):
        for record in table.records:
            record.cells[key] = wan(book.ledger, record.values[key])
        if len(table.records) >= 6 and (found := max(table.records, key=lambda r: r.values[key])):
            found.cells[key], found.values[key] = yuan(book, found), DOUBT
            return True
    return False


@distortion(CELLS, "money")
def money_two_in_a_cell(book: Book, rng: random.Random) -> bool:
    return one(
        book, rng, money_of(book.ledger), ("5万元\n3万元", "县补5万、自筹3万", "5万/3万", "一期5万，二期8万", "12 5", "5+3")
    )


@distortion(CELLS, "money")
def money_of_formulas(book: Book, rng: random.Random) -> bool:
    """Formulas nothing has computed."""
    key = money_of(book.ledger)
    return each(book, key, lambda record: Cell(wan(book.ledger, record.values[key]), formula=True))


@distortion(CELLS, "progress")
def percent_looks(book: Book, rng: random.Random) -> bool:
    look = rng.choice(("0%", "0.0%", "0.00%"))
    return each(book, "percent", lambda record: Cell(record.values["percent"] / 100, look))


@distortion(CELLS, "progress")
def percent_as_share(book: Book, rng: random.Random) -> bool:
    """0.8 without a format: 80 %, or a doubt."""
    done = each(book, "percent", lambda record: record.values["percent"] / 100)
    for record in book.records if done else ():
        record.values["percent"] = DOUBT if record.values["percent"] == 100 else record.values["percent"]
    return done
