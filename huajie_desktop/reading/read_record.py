"""What reading a workbook gives (files, tables, records, doubts), and what must be known of the office to read it."""

import datetime as dt
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.tokens import Token

WARNING, ERROR = "warning", "error"


@dataclass(frozen=True, slots=True)
class Issue:
    """One doubt (warning) or fault (error) at one field of one record; `cell` is like Sheet1!C5."""

    field: str
    severity: str
    message: str
    cell: str
    rule: str = ""  # "duplicate" or "record" for the checks across rows and fields, "" for what was read from the cell itself


Milestone = tuple[dt.date | None, str, str]  # day, what must be reached, the raw text of the day


class CellTexts(MutableMapping[str, str]):
    """What the cells of one row say, by field: a third of a dict's memory, since the rows of a table share their keys."""

    __slots__ = ("_places", "_texts")

    def __init__(self, places: Mapping[str, int], texts: list[str]) -> None:
        self._places, self._texts = places, texts

    def __getitem__(self, key: str) -> str:
        return self._texts[self._places[key]]

    def __setitem__(self, key: str, text: str) -> None:
        if key not in self._places:  # a field without a column, typed in the preview
            self._places = {**self._places, key: len(self._texts)}
            self._texts.append(text)
        self._texts[self._places[key]] = text

    def __delitem__(self, key: str) -> None:
        self._places = {name: place for name, place in self._places.items() if name != key}

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(slots=True)
class ReadRecord:
    """One record as read: values by field key as they would be kept, the raw text beside them, and what is wrong with them.

    Where a field points at something its value is a name (of a category with its dimension before it), of several a list;
    amounts are in 元.
    """

    places: Mapping[str, int]  # of the values, shared by the records of a ledger
    sheet: str
    row: int  # 1 = first row of the sheet
    letters: dict[str, str]  # column letters by field, shared by the records of a table
    raw: MutableMapping[str, str]
    money_units: Mapping[str, str] = field(default_factory=dict)  # the headers' units by field, for numbers without one
    title: str | None = None  # what it is called
    unit: str | None = None  # what it counts for
    dimension: str | None = None  # what the sheet says of it where no category is named
    hints: Mapping[str, Sequence[str]] | None = None  # by field, what stands beside its cell: comments, a line through it
    token: Token | None = None  # which record it was in a template of ours
    part: int = 0  # which of the lists that stand side by side it is in, from the left
    issues: list[Issue] = field(default_factory=list)
    slots: list[Any] = field(init=False)  # the values at their places, for who looked a place up once for many records

    def __post_init__(self) -> None:
        self.slots = [None] * len(self.places)

    @classmethod
    def typed(cls, ledger: Ledger) -> "ReadRecord":
        """An empty one that stands in no sheet."""
        return cls(ledger.places, "", 0, {}, {})

    def __getitem__(self, key: str) -> Any:
        return self.slots[self.places[key]]

    def __setitem__(self, key: str, value: Any) -> None:
        self.slots[self.places[key]] = value

    def get(self, key: str, /) -> Any:
        """One value; None where nothing is said, or no sheet can say it."""
        try:
            return self.slots[self.places[key]]
        except KeyError:
            return None

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands in its file: no two records stand there."""
        return self.sheet, self.row, self.part

    @property
    def cells(self) -> dict[str, str]:
        """Cell addresses by field, like Sheet1!C5."""
        return {name: self.cell(name) for name in self.letters}

    def cell(self, name: str) -> str:
        """Where a field stood, like Sheet1!C5; a field without a column stands at the row's title."""
        letter = self.letters.get(name) or self.letters.get("title") or "A"
        return f"{self.sheet}!{letter}{self.row}" if self.sheet else f"{letter}{self.row}"

    def complain(self, name: str, severity: str, message: str, rule: str = "") -> None:
        """Notes a doubt or fault at a field."""
        self.issues.append(Issue(name, severity, message, self.cell(name), rule))

    @property
    def has_error(self) -> bool:
        """Whether a person must mend it before it can be applied."""
        return any(issue.severity == ERROR for issue in self.issues)


@dataclass(slots=True)
class Column:
    """One column of a table and the field it was taken for."""

    index: int
    letter: str
    header: str
    field: str | None
    likeness: float
    example: str = ""  # what stands in it, where a person is to say what it is

    @property
    def called(self) -> str:
        """How it is named in messages: C列“责任人”."""
        return f"{self.letter}列“{self.header}”" if self.header else f"{self.letter}列（没有表头）"


@dataclass(slots=True)
class ReadTable:
    """One table: where its header stands and what its columns were taken for."""

    sheet: str
    header_rows: tuple[int, ...]  # 1 = first row of the sheet
    columns: list[Column]
    missing: list[str]
    unit: str | None = None
    begins: int = 0  # how many rows stand above its records, where it has no header
    read: bool = True  # whether records were read from it, or a person is to say what its columns are

    @property
    def starts(self) -> int:
        """The last row of its header, by which its columns are named where a person corrects them; without one the row above."""
        return self.header_rows[-1] if self.header_rows else self.begins


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no record: its text and why (合计, 章节, 说明 …)."""

    sheet: str
    row: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A sheet that is not read unless a person says so: why, and how many records it would give."""

    sheet: str
    why: str  # 隐藏的工作表, 深度隐藏的工作表, 和“X”几乎一样的副本
    count: int


@dataclass(slots=True)
class ReadFile:
    """One file as read, or the sentence why it could not be."""

    name: str
    path: Path
    known: Known  # what it was read with, and by its ledger what it was taken for
    digest: str = ""
    unit: str | None = None
    problem: str | None = None
    tables: list[ReadTable] = field(default_factory=list)
    unsaid: list[ReadTable] = field(default_factory=list)  # tables whose columns nobody knows
    offered: list[ReadTable] = field(default_factory=list)  # where a list may begin in sheets that hold none, if a person says so
    records: list[ReadRecord] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    token: Token | None = None  # what a template of ours says of itself
    sent: dict[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # and of each record in it, cleared or not, by what it calls it
    reporter: str = ""  # what its 填报单位 line says where that is no known unit
    may_be: tuple[Ledger, ...] = ()  # what else it may hold, where that could not be told

    @property
    def mappable(self) -> list[ReadTable]:
        """All of whose columns a person may say what they are, the likeliest first."""
        return [*self.tables, *self.unsaid, *self.offered]


def letter_of(column: int) -> str:
    """Column letters of a column counted from 0: 0 = A, 26 = AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
