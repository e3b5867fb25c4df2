"""Draws a book as pages of cells and writes these as a real file: .xlsx with all looks, the other formats with what they carry."""

import datetime as dt
import io
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.distorting.book import Book, Cell, Column, Row, Sheet, Table, text_of
from tests.sheets import files

At = tuple[int, int]


@dataclass
class Page:
    """One drawn sheet: cells by row and column from 0, merges, what is hidden."""

    name: str
    state: str = "visible"
    cells: dict[At, Any] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: Any) -> None:
        if value not in ("", None):
            self.cells[row, column] = value

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def size(self) -> At:
        """Rows and columns."""
        ends = [*self.cells, *((bottom, right) for _t, _l, bottom, right in self.merges)]
        return (max((r for r, _ in ends), default=-1) + 1, max((c for _, c in ends), default=-1) + 1)

    def moved(self, down: int, right: int) -> "Page":
        return Page(
            self.name,
            self.state,
            {(r + down, c + right): value for (r, c), value in self.cells.items()},
            [(a + down, b + right, c + down, d + right) for a, b, c, d in self.merges],
            {r + down for r in self.hidden_rows},
            {c + right for c in self.hidden_columns},
        )


def draw(book: Book) -> list[Page]:
    """The pages of a book; its records learn where they stand."""
    for record in book.records:
        record.drawn = []
    return [_sheet(sheet) for sheet in book.sheets]


def _sheet(sheet: Sheet) -> Page:
    page, bottom, header, right = Page(sheet.name, sheet.state), 0, 0, 0
    for number, table in enumerate(sheet.tables):
        if table.beside and number:
            top, left = header, right + table.beside - 1
        else:
            top, left = bottom + (table.gap if number else 0), 0
        top = top - len(table.above) if table.beside and number else top
        header = max(top, 0) + len(table.above)
        end = _table(page, table, max(top, 0), left, sheet)
        bottom, right = max(bottom, end), max(right, left + len(table.columns)) if table.beside else left + len(table.columns)
    return page.moved(sheet.top, sheet.left)


def _table(page: Page, table: Table, row: int, left: int, sheet: Sheet) -> int:
    if sheet.standing:
        return _standing(page, table, row)
    width = len(table.columns)
    for line in table.above:
        page.put(row, left, line)
        if table.merged_title and width:
            page.merge(row, left, row, left + width - 1)
        row += 1
    row = row if table.headless or not width else _header(page, table.columns, row, left)
    first, serial = row, 0
    for line in table.rows:
        serial += line.ordinal and line.record is not None
        _row(page, table, line, row, left, serial)
        if line.record:
            line.record.drawn.append((sheet.name, row + 1 + sheet.top))
        if line.hidden:
            page.hidden_rows.add(row)
        row += 1
    for number, column in enumerate(table.columns):
        if column.merged:
            _merge_equal(page, table, number + left, first)
        if column.hidden:
            page.hidden_columns.add(left + number)
    for cells in table.below:
        for number, text in enumerate(cells):
            page.put(row, left + number, text)
        row += 1
    return row


def _header(page: Page, columns: list[Column], top: int, left: int) -> int:
    depth = max(len(column.heads) for column in columns)
    for number, column in enumerate(columns):
        level = len(column.heads) - 1
        if number and columns[number - 1].joined:
            continue
        page.put(top + level, left + number, column.heads[-1])
        page.merge(top + level, left + number, top + depth - 1, left + number + column.joined)
    for level in range(depth - 1):
        at = left
        for group, same in groupby(columns, key=lambda c: c.heads[: level + 1] if len(c.heads) > level + 1 else None):
            count = len(list(same))
            if group:
                page.put(top + level, at, group[-1])
                page.merge(top + level, at, top + level, at + count - 1)
            at += count
    return top + depth


def _row(page: Page, table: Table, line: Row, row: int, left: int, serial: int) -> None:
    if line.line:
        page.put(row, left, line.line)
        if line.merged:
            page.merge(row, left, row, left + len(table.columns) - 1)
        return
    said = (line.record.cells if line.record else {}) | line.cells
    if line.record and line.ordinal:
        said = {"serial": serial} | said
    for number, column in enumerate(table.columns):
        page.put(row, left + number, said.get(column.id, ""))


def _merge_equal(page: Page, table: Table, column: int, first: int) -> None:
    """Equal values below each other become one merged cell."""
    rows = [(first + n, text_of(page.cells.get((first + n, column), ""))) for n, line in enumerate(table.rows)]
    kept = [(at, text if table.rows[at - first].record else f"\0{at}") for at, text in rows]
    for text, same in groupby(kept, key=lambda pair: pair[1]):
        places = [at for at, _ in same]
        if text and text[0] != "\0" and len(places) > 1:
            for at in places[1:]:
                page.cells.pop((at, column), None)
            page.merge(places[0], column, places[-1], column)


def _standing(page: Page, table: Table, row: int) -> int:
    for line in table.above:
        page.put(row, 0, line)
        row += 1
    records = [line.record for line in table.rows if line.record]
    for down, column in enumerate(table.columns):
        page.put(row + down, 0, column.head)
        for number, record in enumerate(records, 1):
            page.put(row + down, number, number if column.id == "serial" else record.cells.get(column.id, ""))
    return row + len(table.columns)


def write(book: Book, folder: Path) -> Path:
    """Draws and writes the book; its path."""
    path = folder / f"{book.file}{book.ending}"
    write_pages(path, draw(book), broken=book.byte, from_1904=book.from_1904)
    if book.encoding != "gb18030":
        text = path.read_bytes().decode("gb18030")
        path.write_bytes(
            (text.replace(",", "\t") if book.encoding == "utf-16" and '"' not in text else text).encode(book.encoding)
        )
    return path


def write_pages(path: Path, pages: list[Page], *, broken: bool = False, from_1904: bool = False) -> None:
    """Writes pages in the format of the path's ending; `broken` has one bad byte in the middle of the file."""
    if path.suffix == ".xlsx":
        _xlsx(path, pages, from_1904)
    else:
        files.write(path, [_grid(page) for page in pages])
    if broken:
        data = path.read_bytes()
        at = data.rfind(b"\r\n", 0, len(data) * 2 // 3)
        path.write_bytes(data[:at] + b"\xff" + data[at:])


def carried(book: Book, ending: str) -> bool:
    """Whether a format carries all that was done; .csv one sheet without merges, the others no looks but dates."""
    pages = draw(book)
    cells = [cell for page in pages for cell in page.cells.values() if isinstance(cell, Cell)]
    plain = all(isinstance(cell.value, dt.date) and not cell.struck and not cell.formula for cell in cells)
    plain = plain and (ending == ".xls" or all("d" in cell.look for cell in cells))  # the others show whole days only
    seen = all(page.state == "visible" and not page.hidden_rows for page in pages)
    merges = any(page.merges for page in pages) or len(pages) > 1 or any(page.hidden_columns for page in pages)
    return plain and seen and not (ending == ".csv" and merges)


def _grid(page: Page) -> files.Grid:
    height, width = page.size
    grid = files.Grid(page.name, [[""] * width for _ in range(height)], list(page.merges), sorted(page.hidden_columns))
    for (row, column), value in page.cells.items():
        grid.rows[row][column] = files.Day(value.value, value.look) if isinstance(value, Cell) else value
    return grid


def _xlsx(path: Path, pages: list[Page], from_1904: bool) -> None:
    written = io.BytesIO()
    made = xlsxwriter.Workbook(written, {"date_1904": from_1904, "in_memory": True})
    formats: dict[tuple[str, bool], Any] = {}

    def look(text: str, struck: bool) -> Any:
        if (text, struck) not in formats:
            formats[text, struck] = made.add_format(
                ({"num_format": text} if text else {}) | ({"font_strikeout": True} if struck else {})
            )
        return formats[text, struck]

    for page in pages:
        sheet = made.add_worksheet(page.name)
        for top, left, bottom, right in page.merges:
            sheet.merge_range(top, left, bottom, right, "")
        for (row, column), value in page.cells.items():
            cell = value if isinstance(value, Cell) else Cell(value)
            style = look(cell.look, cell.struck) if cell.look or cell.struck else None
            if cell.formula:
                sheet.write_formula(row, column, f"={cell.value}*1", style, "")
            elif cell.runs:
                sheet.write_rich_string(row, column, *(p for text, struck in cell.runs for p in (look("", struck), text)))
            elif isinstance(cell.value, dt.date):
                sheet.write_datetime(row, column, dt.datetime.combine(cell.value, dt.time()), style)
            elif isinstance(cell.value, str):
                sheet.write_string(row, column, cell.value, style)
            else:
                sheet.write_number(row, column, cell.value, style)
        for row in page.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        if page.state == "hidden":
            sheet.hide()
        elif page.state == "veryHidden":
            sheet.very_hidden()
    shown = next((i for i, page in enumerate(pages) if page.state == "visible"), 0)
    made.worksheets()[shown].activate()
    made.worksheets()[shown].set_first_sheet()
    made.close()
    path.write_bytes(written.getvalue())


def as_text(book: Book) -> str:
    """The drawn book for a person to read."""
    lines = []
    for page in draw(book):
        lines.append(
            f"—— {page.name} ({page.state}) merges {page.merges} hidden {page.hidden_rows or ''}{page.hidden_columns or ''}"
        )
        height, width = page.size
        for row in range(height):
            lines.append(f"{row + 1:3} | " + " | ".join(_shown(page.cells.get((row, c), "")) for c in range(width)))
    return "\n".join(lines)


def _shown(value: Any) -> str:
    if not isinstance(value, Cell):
        return str(value).replace("\n", "⏎")
    runs = "".join(f"~{text}~" if struck else text for text, struck in value.runs)
    return (runs or f"{'~' * value.struck}{value.value}{'~' * value.struck}") + (f"[{value.look}]" if value.look else "")
