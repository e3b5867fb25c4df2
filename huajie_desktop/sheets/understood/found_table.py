"""One table of a sheet as it was found: where its records stand and which column holds which field."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huajie_desktop.reading.read_record import Column, letter_of
from huajie_desktop.sheets.understood.headers import Vocabulary

Overrides = Mapping[tuple[str, int, int], str | None]  # (sheet, last header row from 1, column from 0) -> field or None


@dataclass(slots=True)
class Table:
    """One table of a sheet: rows `first` to `last` (exclusive) hold its records; all counted from 0."""

    words: Vocabulary
    header: range
    first: int
    last: int
    columns: list[Column]
    index: dict[str, int] = field(default_factory=dict)  # column of each field that is one cell
    further: dict[str, list[int]] = field(default_factory=dict)  # more columns that are called like a field's
    doubts: dict[str, str] = field(default_factory=dict)  # by field, what each of its records is doubted for
    doubtful: bool = False  # whether it may be a list of something else, by what stands in it
    periods: list[tuple[int, dt.date, str]] = field(default_factory=list)  # columns holding milestones, with their day and header
    serial: int | None = None
    node_day: int | None = None
    node_text: int | None = None
    money_units: dict[str, str] = field(default_factory=dict)  # the headers' units of money by field
    units_before: frozenset[str] = frozenset()  # units of money the headers of earlier tables state where this one's states none
    above: range = range(0)  # the title lines
    before: tuple[range, ...] = ()  # those of the tables above it, which hold for what its own do not say
    pages: set[int] = field(default_factory=set)  # rows that say the titles again on a further page
    others: list[tuple[int, str]] = field(
        default_factory=list
    )  # tables of something else beside it: header row from 1, its words
    identity: int | None = None  # column of what our template says of its rows
    keyed: bool = False  # whether its columns are named by our hidden row of keys
    moved: list[int] = field(default_factory=list)  # columns whose header was moved away from its key
    given: set[int] = field(default_factory=set)  # columns our template fills in itself, which are not read back
    foreign: bool = False  # whether all that is another office's, which says nothing here
    example: Mapping[str, str] = field(default_factory=dict)  # what the row of examples of our template says, digests by field

    def column_at(self, index: int) -> Column:
        """The column at that place, taken in without a word of its own where its header says nothing."""
        found = next((column for column in self.columns if column.index == index), None)
        if found is None:
            found = Column(index, letter_of(index), "", None, 0.0)
            self.columns = sorted([*self.columns, found], key=lambda column: column.index)
        return found

    def give(self, key: str, index: int, likeness: float) -> None:
        """Reads a field from that column."""
        column = self.column_at(index)
        self.index[key] = index
        column.field, column.likeness = key, likeness

    def let_go(self, index: int) -> None:
        """Reads nothing from a column any more; where its field has further ones, the first of them takes its place."""
        column = self.column_at(index)
        column.field, column.likeness = None, 0.0
        self.further = {key: rest for key, every in self.further.items() if (rest := [i for i in every if i != index])}
        for key in [key for key, i in self.index.items() if i == index]:
            del self.index[key]
            if rest := self.further.pop(key, []):
                self.give(key, rest[0], 1.0)
                self.further |= {key: rest[1:]} if rest[1:] else {}
        self.periods = [period for period in self.periods if period[0] != index]
        if index in (self.node_day, self.node_text):
            self.node_day = self.node_text = None
        self.serial = None if self.serial == index else self.serial

    @property
    def joined(self) -> list[str]:
        """The fields that are read from several columns, from left to right."""
        return sorted((key for key in self.further if key in self.words.several), key=lambda key: self.index[key])

    def together(self, key: str) -> list[int]:
        """All columns a field is read from, from left to right."""
        return sorted((self.index[key], *(self.further[key] if key in self.joined else ())))

    @property
    def read(self) -> set[int]:
        """All columns something is read from."""
        nodes = {i for i in (self.node_day, self.node_text) if i is not None}
        return {i for key in self.index for i in self.together(key)} | {i for i, _, _ in self.periods} | nodes

    @property
    def missing(self) -> list[str]:
        """Fields a list of such records should have and this table has no column for."""
        return [name for name in self.words.expected if name not in self.index]


def hand_on_units(tables: Sequence[Table]) -> None:
    """Lets tables whose headers state no unit of money know those of earlier ones on their sheet: （元） stands once."""
    stated: set[str] = set()
    for table in tables:
        if not any(table.money_units.values()):
            table.units_before = frozenset(stated)
        stated |= set(filter(None, table.money_units.values()))
