"""What the reader process hands over: sheets of plain cells. Special cells are texts that start with NUL and a letter."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

DATE, TIME, ERROR, UNCACHED = "\0d", "\0t", "\0e", "\0f"  # a date, a time of day, #REF! and the like, a formula without a result
PICTURE = "\0p"  # a picture in a cell, as WPS puts it there
STRUCK = "这一格划了删除线，是不是取消了？照原样读了，请核对"  # the doubt about a cell that is struck through as a whole
NOT_SHOWN = "格式设成了不显示，没有读，请核对"  # how the doubt about a cell ends of which its format shows nothing
UNREADABLE = "这一格有读不出的字（写作�），请向填报单位核对"
_ENDLESS = 10**6  # columns
Cell = str | int | float | bool | None
Range = tuple[int, int, int, int]  # first row, first column, last row, last column, all from 0
Place = tuple[int, int]  # row and column from 0


class RawSheet:
    """One sheet: rows of cells from A1 on as the eye sees them, merged ranges, and what nobody sees on the printed sheet."""

    # no dataclass: their module takes 10 ms to load
    __slots__ = (
        "columns", "deeply_hidden", "doubts", "hidden_columns", "hidden_rows", "looked", "marks", "merges", "name", "notes",
        "part", "pictures", "problem", "rows", "visible",
    )  # fmt: skip

    def __init__(self, name: str, visible: bool = True, problem: str = "") -> None:
        self.name, self.visible, self.problem = name, visible, problem
        self.deeply_hidden = False  # so that only a macro shows it again
        self.looked = True  # whether number formats and lines through cells could be seen
        self.rows: list[list[Cell]] = []
        self.merges: list[Range] = []
        self.part, self.columns = 0, range(_ENDLESS)  # which of the lists that stand side by side, from the left, and its columns
        self.hidden_rows = self.hidden_columns = self.pictures = 0
        self.notes: dict[Place, str] = {}  # comments
        self.marks: dict[Place, str] = {}  # words for cells that look unlike the others: 红色字
        self.doubts: dict[Place, str] = {}  # about cells as they are handed over: what is struck, what is unreadable


Row = list[Any]  # what libraries make of cells: dates and times among them
Opened = tuple[RawSheet, Iterator[Row]]  # a sheet and its rows, which come as they are read
Sheets = Iterator[Opened]


def opened(sheet: RawSheet) -> Opened:
    """A sheet that has all its rows already."""
    return sheet, iter(sheet.rows)


def encode(value: object) -> str:
    """Dates and times as marked texts, for the pipe carries plain values only."""
    if isinstance(value, dt.datetime):
        return DATE + (value.date() if value.time() == dt.time() else value.replace(microsecond=0)).isoformat()
    return (DATE if isinstance(value, dt.date) else TIME) + str(value)
