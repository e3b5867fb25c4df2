"""A workbook made anew from the cells that were read, each in its place, its faults marked; for what cannot be kept as it is."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.raw import DATE, Cell, RawSheet
from huajie_desktop.sheets.written.marks import ADVICE, HEADS, LOOKS, PREFIX, SHEET, WIDTHS, Mark, Marked, height

_FACE, _LINE, _GREY = "宋体", "#B8B2A8", "#EFEDE8"
_WIDEST, _ROWS_MEASURED = 40, 60


_Marked = dict[tuple[int, int], list[Mark]]  # by row and column, from 0


def remade(sheets: Sequence[RawSheet], said: Marked) -> bytes:
    """The sheets as .xlsx, the summary in front, cells at their old addresses."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = Workbook(stream, plain)
    book.formats[0].set_font_name(_FACE)
    looks = _Looks(book)
    _sum_up(book.add_worksheet(SHEET), looks, said)
    for sheet in sheets:
        if sheet.name != SHEET:
            _write(book.add_worksheet((sheet.name or "表格")[:31]), looks, sheet, said.marks)
    book.close()
    return stream.getvalue()


class _Looks:
    """The looks of the cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        base = {"font_name": _FACE, "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1, "border_color": _LINE}
        self.plain = self._add(**base)
        self.day = self._add(**base, num_format="yyyy-mm-dd")
        self.text = self._add(**base, num_format="@")
        self.head = self._add(**base, bold=True, bg_color=_GREY, align="center")
        self.title = self._add(font_name=_FACE, font_size=16, bold=True)
        self.advice = self._add(font_name=_FACE, font_size=11, font_color="#C62828")
        self.link = self._add(**base, font_color="#1565C0", underline=1)
        self.marked = {grave: self._add(**base, bg_color=f"#{colour[2:]}") for grave, colour in LOOKS.items()}

    def _add(self, **looks: Any) -> Any:
        return self._book.add_format(looks)


def _write(page: Any, looks: _Looks, sheet: RawSheet, marks: Sequence[Mark]) -> None:
    from xlsxwriter.utility import xl_cell_to_rowcol

    mine: _Marked = {}
    for mark in marks:
        if mark.sheet == sheet.name:
            mine.setdefault(xl_cell_to_rowcol(f"{mark.letter}{mark.row}"), []).append(mark)
    _write_cells(page, looks, sheet, mine)
    _comment(page, looks, sheet, mine)
    _widen(page, sheet)
    _merge(page, looks, sheet)


def _write_cells(page: Any, looks: _Looks, sheet: RawSheet, mine: _Marked) -> None:
    for number, row in enumerate(sheet.rows):
        for place, cell in enumerate(row):
            found = mine.get((number, place))
            _put(page, looks, number, place, cell, looks.marked[any(mark.grave for mark in found)] if found else None)


def _comment(page: Any, looks: _Looks, sheet: RawSheet, mine: _Marked) -> None:
    """What is wrong stands beside its cell, also where the sheet ends before it."""
    for (number, place), found in mine.items():
        text = PREFIX + "\n".join(f"{mark.message}。{mark.advice}" for mark in found)
        page.write_comment(number, place, text[:2000], {"author": PREFIX, "x_scale": 2.5, "y_scale": 0.6 + 0.25 * len(found)})
        if number >= len(sheet.rows) or place >= len(sheet.rows[number]):
            page.write_blank(number, place, None, looks.marked[any(mark.grave for mark in found)])


def _widen(page: Any, sheet: RawSheet) -> None:
    """Columns as wide as what stands in them, within reason."""
    for place in range(max(map(len, sheet.rows), default=0)):
        texts = (show(row[place]) for row in sheet.rows[:_ROWS_MEASURED] if place < len(row))
        page.set_column(place, place, min(max((2 * len(text) for text in texts), default=8) + 2, _WIDEST))


def _merge(page: Any, looks: _Looks, sheet: RawSheet) -> None:
    for top, left, low, right in sheet.merges:
        if sheet.rows and (top, left) != (low, right):
            page.merge_range(top, left, low, right, "", looks.plain)
            _put(page, looks, top, left, sheet.rows[top][left] if left < len(sheet.rows[top]) else "", None)


def _put(page: Any, looks: _Looks, row: int, place: int, cell: Cell, marked: Any) -> None:
    if cell in ("", None):
        if marked is not None:
            page.write_blank(row, place, None, marked)
    elif isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        page.write_string(row, place, show(cell), marked or looks.plain)
    elif isinstance(cell, (int, float)):
        page.write_number(row, place, cell, marked or looks.plain)
    elif cell.startswith(DATE) and marked is None and "T" not in cell:
        page.write_datetime(row, place, dt.date.fromisoformat(cell[2:]), looks.day)
    else:
        page.write_string(row, place, show(cell)[:32_000], marked or looks.text)


def _sum_up(page: Any, looks: _Looks, said: Marked) -> None:
    page.write_string(0, 0, said.title, looks.title)
    page.write_string(1, 0, ADVICE, looks.advice)
    for place, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        page.set_column(place, place, width)
        page.write_string(2, place, head, looks.head)
    for number, mark in enumerate(said.marks, 1):
        row, address = number + 2, f"{mark.letter}{mark.row}"
        page.set_row(row, height(mark))
        page.write_number(row, 0, number, looks.plain)
        page.write_string(row, 1, mark.sheet, looks.text)
        quoted = (mark.sheet or "表格").replace("'", "''")
        page.write_url(row, 2, f"internal:'{quoted}'!{address}", looks.link, address)
        for place, text in ((3, mark.said), (5, mark.advice)):
            page.write_string(row, place, text[:2000], looks.text)
        page.write_string(row, 4, mark.message[:2000], looks.marked[mark.grave])
    page.freeze_panes(3, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 2)
