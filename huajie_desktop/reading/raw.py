"""What the reader process hands over: sheets of plain cells. Special cells are texts that start with NUL and a letter."""

import datetime as dt
from collections.abc import Iterator

DATE, TIME, ERROR, UNCACHED = "\0d", "\0t", "\0e", "\0f"  # a date, a time of day, #REF! and the like, a formula without a result
PICTURE = "\0p"  # a picture in a cell, as WPS puts it there
_ENDLESS = 10**6  # columns
Cell = str | int | float | bool | None
Range = tuple[int, int, int, int]  # first row, first column, last row, last column, all from 0


class RawSheet:
    """One sheet: rows of cells from A1 on, merged ranges, and what a reader of the printed sheet would not see."""

    # no dataclass: their module takes 10 ms to load
    __slots__ = (
        "columns", "deeply_hidden", "hidden_columns", "hidden_rows", "marks", "merges", "name", "notes", "part", "pictures",
        "problem", "rows", "visible",
    )  # fmt: skip

    def __init__(self, name: str, visible: bool = True, problem: str = "") -> None:
        self.name, self.visible, self.problem = name, visible, problem
        self.deeply_hidden = False  # so that Excel's own menu does not show it either
        self.rows: list[list[Cell]] = []
        self.merges: list[Range] = []
        self.part, self.columns = 0, range(_ENDLESS)  # which of the lists that stand side by side, from the left, and its columns
        self.hidden_rows = self.hidden_columns = self.pictures = 0
        self.notes: dict[tuple[int, int], str] = {}  # comments by row and column from 0
        self.marks: dict[tuple[int, int], str] = {}  # words for cells that look unlike the others: 删除线、红色字


Sheets = Iterator[RawSheet]


def encode(value: object) -> str:
    """Dates and times as marked texts, for the pipe carries plain values only."""
    if isinstance(value, dt.datetime):
        return DATE + (value.date() if value.time() == dt.time() else value.replace(microsecond=0)).isoformat()
    return (DATE if isinstance(value, dt.date) else TIME) + str(value)
