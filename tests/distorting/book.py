"""A workbook as its sender means it: sheets of tables of records, which distortions change before it is drawn."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

DOUBT = object()  # a meaning nobody can tell: whatever is read must carry a doubt
ANY = object()  # not looked at: several readings are as good
MEANT, UNSURE, VOID = "meant", "unsure", "void"  # to be read; hidden, so read or not, but said; struck, an old draft, an example


@dataclass(frozen=True)
class Cell:
    """A cell with more than a plain value: its number format, a line through it, runs of text with or without one."""

    value: Any
    look: str = ""
    struck: bool = False
    runs: tuple[tuple[str, bool], ...] = ()
    formula: bool = False  # never computed


@dataclass
class Meant:
    """One record: what each column's cell says and what each field means."""

    cells: dict[str, Any]
    values: dict[str, Any]
    standing: str = MEANT
    below: frozenset[str] = frozenset()  # fields that go on in the row below
    drawn: list[tuple[str, int]] = field(default_factory=list)  # sheet and rows, from 1


@dataclass
class Column:
    """One column: its id (mostly the field's key), header words from top to bottom, and how it is told when dropped."""

    id: str
    heads: tuple[Any, ...]
    merged: bool = False  # equal values below each other as one merged cell
    hidden: bool = False
    dropped: bool = False  # it may be dropped, but must be named then
    joined: bool = False  # its head reaches over the column to its right
    taken: str = ""  # a distortion has rewritten its values

    @property
    def head(self) -> str:
        return str(self.heads[-1])

    def rename(self, text: Any) -> None:
        self.heads = (*self.heads[:-1], text)


@dataclass
class Row:
    """A record, or a row that is none: cells by column id, or one line of text."""

    record: Meant | None = None
    cells: dict[str, Any] = field(default_factory=dict)
    line: str = ""
    merged: bool = False
    hidden: bool = False
    ordinal: bool = True  # it is counted in the column of serials


@dataclass
class Table:
    """One table: lines above, header, rows, lines below; `beside` the one before it."""

    columns: list[Column]
    rows: list[Row]
    above: list[str] = field(default_factory=list)
    below: list[list[str]] = field(default_factory=list)
    beside: int = 0  # columns between it and the table to its left, from 1
    headless: bool = False
    gap: int = 1  # blank rows above it
    merged_title: bool = True

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.id == name), None)

    def drop(self, name: str) -> None:
        self.columns = [column for column in self.columns if column.id != name]

    @property
    def records(self) -> list[Meant]:
        return [row.record for row in self.rows if row.record]


@dataclass
class Sheet:
    """One sheet of tables and how it is laid out."""

    name: str
    tables: list[Table]
    state: str = "visible"
    top: int = 0
    left: int = 0
    standing: bool = False  # its fields in the left column
    said: bool = False  # it must be named if it is not read


@dataclass
class Book:
    """A workbook, of which ledger it is, and what has been done to it."""

    ledger: str
    sheets: list[Sheet]
    villages: list[str]
    file: str
    ending: str = ".xlsx"
    done: list[str] = field(default_factory=list)
    byte: bool = False  # one bad byte
    encoding: str = "gb18030"
    from_1904: bool = False

    @property
    def tables(self) -> list[Table]:
        return [table for sheet in self.sheets for table in sheet.tables]

    @property
    def records(self) -> list[Meant]:
        return [record for table in self.tables for record in table.records]

    def columns(self, name: str) -> Iterator[tuple[Table, Column]]:
        """That column of every table that has it."""
        for table in self.tables:
            if column := table.column(name):
                yield table, column

    def whole(self) -> Table | None:
        """The only table, where there is just one that nobody has taken apart."""
        return self.tables[0] if len(self.tables) == 1 else None

    def some_sheet(self, rng: random.Random) -> Sheet:
        return rng.choice([sheet for sheet in self.sheets if sheet.state == "visible" and sheet.tables] or self.sheets)

    def some_table(self, rng: random.Random) -> Table:
        return rng.choice(self.tables)


def text_of(value: Any) -> str:
    """What a cell shows, roughly: for lines that are written into it again."""
    return text_of(value.value) if isinstance(value, Cell) else "" if value is None else str(value)
