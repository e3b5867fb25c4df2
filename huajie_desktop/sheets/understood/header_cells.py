"""The texts of a sheet's cells as its header rows show them: what is merged counts everywhere inside, a date is a month."""

import re
from itertools import pairwise

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.raw import DATE, Cell, RawSheet
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.headers import Vocabulary
from huajie_desktop.values.text import fold

_DATE = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
_BESIDE = r"(?:金额)?(?:单位:?)?(?:亿|千|万)?元|必填项?|选填项?|可选|可不填|单位|[%个项件人次户亩米]|平方米|公里"
_HOW = re.compile(rf"[(\[【]?(?:{_BESIDE})[)\]】]?")  # how a cell is to be filled in: （万元）, 选填
_BRACKETED = re.compile(r"[(\[【].{0,12}[)\]】]")
_LARGE, _DIGITS = 10**6, 6  # what is no month or year
DEPTH = 4  # rows of a header
_MONTHLY = re.compile(r"[(（]月[)）]|按月|分月|月份|逐月|月度|进度|节点|推进")
_FEWEST = 3  # numbers in a row that are months


def is_annotation(text: str) -> bool:
    """Whether a header cell only says how the one above is to be filled in: （万元）, 选填, 单位, （村干部）."""
    word = fold(text)
    return _HOW.fullmatch(word) is not None or _BRACKETED.fullmatch(word) is not None


class Grid:
    """The cells of a sheet with the text of merged ranges known everywhere inside."""

    def __init__(self, sheet: RawSheet, words: Vocabulary) -> None:
        self.name, self.rows, self.words, self.columns = sheet.name, sheet.rows, words, sheet.columns
        wide = [m for m in sheet.merges if m[3] > m[1] and m[2] - m[0] < 6 and m[3] - m[1] < 500]
        self.across = {
            (r, c): left for top, left, low, right in wide for r in range(top, low + 1) for c in range(left, right + 1)
        }
        self._merged = {r for top, _, low, _ in sheet.merges for r in range(top, min(low, top + 5) + 1)}
        self._down = [(top, low, left) for top, left, low, _ in sheet.merges if 0 < low - top < DEPTH]
        self._shown: dict[int, dict[int, str]] = {}
        self._annotations: dict[int, bool] = {}

    def text(self, row: int, column: int) -> str:
        line = self.rows[row] if row < len(self.rows) else []
        cell = line[column] if column < len(line) else ""
        if cell.__class__ is str and not (str(cell).startswith("\0") or str(cell).isdigit()):
            return str(cell)
        if cell in ("", None):
            return ""
        if row not in self._shown:
            self._shown[row] = _numbers_shown(line, heads=self._may_hold_months(row))
        return self._shown[row].get(column, "")

    def shown(self, rows: range, column: int) -> str:
        """What stands over a column, be it words or numbers."""
        cells = (self.rows[row][column] for row in rows if column < len(self.rows[row]))
        return " ".join(text for cell in cells if cell is not None and (text := show(cell).strip()))

    def _may_hold_months(self, row: int) -> bool:
        """Whether any rising numbers of a row are months: beside words of a header, or under 推进计划（月）."""
        texts = [cell for cell in self.rows[row] if isinstance(cell, str) and cell and not cell.isdigit()]
        if texts:
            return sum(self.words.match_words(text).likeness == 1 for text in texts) >= _FEWEST
        first = next((c for c, cell in enumerate(self.rows[row]) if cell not in ("", None)), 0)
        return row > 0 and _MONTHLY.search(self.parent(row - 1, first)) is not None

    def header(self, row: int) -> range:
        """The rows of the header a row is in, as far as cells merged downwards tell: 序号 beside two rows of groups."""
        over = [(top, low) for top, low, left in self._down if top <= row <= low and self.text(top, left).strip()]
        return range(min((top for top, _ in over), default=row), max((low for _, low in over), default=row) + 1)

    def hanging(self, row: int) -> list[tuple[int, str]]:
        """The cells merged downwards from above over a row: column and text."""
        over = ((left, self.text(top, left).strip()) for top, low, left in self._down if top < row <= low)
        return [(column, text) for column, text in over if text]

    def is_merged(self, row: int) -> bool:
        """Whether cells of this row are merged, so that those which are not stand for themselves."""
        return row in self._merged

    def is_annotation(self, row: int) -> bool:
        """Whether a row of the header only says how those above are to be filled in: （元）, 选填."""
        if row not in self._annotations:
            self._annotations[row] = _annotates(
                [self.text(row, c).strip() for c, cell in enumerate(self.rows[row]) if cell != ""]
            )
        return self._annotations[row]

    def is_numbering(self, row: int) -> bool:
        """Whether a row only numbers the columns: （1） （2） （3）, or 1 2 3 from the first column on."""
        if not 0 < row < len(self.rows):
            return False
        cells, above = kinds.filled(self.rows[row]), kinds.filled(self.rows[row - 1])
        return bool(above) and kinds.is_numbering([text for _, text in cells]) and cells[0][0] <= above[0][0]

    def saying(self, header: range) -> list[int]:
        """The rows of a header that say something, and do not only number its columns."""
        return [row for row in header if row == header[0] or not self.is_numbering(row)]

    def numbers_above_notes(self, row: int) -> bool:
        """Whether a row numbers the columns and the next one says how they are to be filled in."""
        return row + 1 < len(self.rows) and self.is_numbering(row) and self.is_annotation(row + 1)

    def may_head(self, row: int, column: int) -> bool:
        """Whether a cell may stand in a header: a text, or what shows as a month or year there, and no other number."""
        cell = self.rows[row][column]
        return bool(text := self.text(row, column).strip()) and (cell.__class__ is str or text[-1] in "年月日")

    def parent(self, row: int, column: int) -> str:
        """The text over a column: its own cell, the merged range's, or without merges the nearest to the left."""
        if own := self.text(row, column):
            return own
        if (row, column) in self.across:
            return self.text(row, self.across[row, column])
        if self.is_merged(row) or self.is_annotation(row):
            return ""
        left = next((c for c in range(column - 1, max(column - 8, -1), -1) if self.text(row, c).strip()), None)
        return self.text(row, left) if left is not None and self.words.is_group(self.text(row, left)) else ""


def _annotates(texts: list[str]) -> bool:
    """Several notes, or one that names a unit or says 必填; （1） （2） （3） number the columns instead."""
    if not texts or not all(map(is_annotation, texts)) or (len(texts) == 1 and not _HOW.fullmatch(fold(texts[0]))):
        return False
    return not all(re.fullmatch(r"[(]?(?:\d{1,2}|[一二三四五六七八九十]+)[)]?", fold(text)) for text in texts)


def _numbers_shown(line: list[Cell], heads: bool) -> dict[int, str]:
    """What the cells of a header row that are no texts show: 3月 for a date, for 1, 2, 3 or 3, 6, 9 side by side; 2021年."""
    numbers = [(c, n) for c, cell in enumerate(line) if (n := _number(cell)) is not None]
    months = [(c, n) for c, n in numbers if 1 <= n <= 12]
    counted = _are_months([n for _, n in months], heads)
    shown = {c: _date_shown(str(cell)) if isinstance(cell, str) else show(cell) for c, cell in enumerate(line) if cell != ""}
    shown |= {c: f"{n}年" for c, n in numbers if 2000 <= n < 2100}
    return shown | ({c: f"{n}月" for c, n in months} if counted else {})


def _are_months(numbers: list[int], heads: bool) -> bool:
    """Whether numbers side by side are those of months: 1, 2, 3 … or 3, 6, 9, or any that rise where such `heads` stand."""
    steps = {later - number for number, later in pairwise(numbers)}
    if heads and len(numbers) >= _FEWEST:
        return min(steps) > 0
    return len(numbers) >= _FEWEST and (steps == {1} or (steps == {3} and numbers[0] == 3))


def _date_shown(cell: str) -> str:
    """2021年3月 for the first of a month, as heads of months are; "" for what is no date."""
    day = _DATE.match(cell[len(DATE) :]) if cell.startswith(DATE) else None
    if day is None:
        return ""
    year, month, date = map(int, day.groups())
    return f"{year}年{month}月" + (f"{date}日" if date > 1 else "")


def _number(cell: Cell) -> int | None:
    if isinstance(cell, str) and cell.isdecimal() and len(cell) < _DIGITS:
        return int(cell)  # all that a text file has of a number
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not abs(cell) < _LARGE:
        return None
    return int(cell) if cell == int(cell) else None
