"""One table of a sheet as it was found: where its records stand and which column holds which field."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from huajie_desktop.reading.read_record import Column
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
    periods: list[tuple[int, dt.date, str]] = field(default_factory=list)  # columns holding milestones, with their day and header
    serial: int | None = None
    node_day: int | None = None
    node_text: int | None = None
    money_units: dict[str, str] = field(default_factory=dict)  # the headers' units of money by field
    above: range = range(0)  # the title lines
    identity: int | None = None  # column of what our template says of its rows
    keyed: bool = False  # whether its columns are named by our hidden row of keys
    foreign: bool = False  # whether all that is another office's, which says nothing here
    example: Mapping[str, str] = field(default_factory=dict)  # what the row of examples of our template says, digests by field

    @property
    def missing(self) -> list[str]:
        """Fields a list of such records should have and this table has no column for."""
        return [name for name in self.words.expected if name not in self.index]
