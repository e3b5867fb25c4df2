"""Tables: wrapped cells, thin rules, a head that comes back on every page, rows that stay whole."""

import re
from collections.abc import Sequence
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from huajie_desktop.typesetting.flow import Flow, base_line, text_of
from huajie_desktop.typesetting.fonts import Style, widths_of
from huajie_desktop.typesetting.line_breaking import Line, Measure, set_lines, text_width
from huajie_desktop.typesetting.page import MM, TABLE_SIZE, Rule, Text

LEADING = 1.4  # line pitch in em
PAD_X = 1.4 * MM
PAD_Y = 0.3  # em
FIGURES_IN = 2.0 * MM  # figures stay clear of the rule on their right


class Align(Enum):
    """Where the lines of a cell stand; FIGURES are flush right with digits of one width, FOOT flush right at its foot.

    NAMES stand in the middle, none of them divided.
    """

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    FIGURES = "figures"
    FOOT = "foot"
    NAMES = "names"


class Cell(NamedTuple):
    """One cell: its text, width in mm and look."""

    text: str
    width: float
    align: Align = Align.LEFT
    style: Style = Style.FANG
    size: float = TABLE_SIZE


class Column(NamedTuple):
    """One column of a table: the words of its head, its width in mm, how its cells stand.

    `least` is the width it makes do with where nothing stands in it; 0: it keeps its width.
    """

    title: str
    width: float
    align: Align = Align.LEFT
    least: float = 0


class SetCell(NamedTuple):
    """A cell with its text broken into lines."""

    lines: Sequence[Line]
    cell: Cell


class Row(NamedTuple):
    """One row, set but not yet placed; height in points."""

    cells: tuple[SetCell, ...]
    height: float

    @property
    def edges(self) -> tuple[float, ...]:
        """The upright edges of its cells, in points from the left of the table."""
        return (0.0, *(round(edge, 2) for edge in accumulate(one.cell.width * MM for one in self.cells)))


class Grid(NamedTuple):
    """Rows that stand under one another as one table, and the head that comes back on every page."""

    head: Row | None
    rows: Sequence[Row]


def set_row(cells: Sequence[Cell], *, least: float = 0.0) -> Row:
    """Break the cells' texts into lines; the row is as high as its highest cell and at least `least` mm."""
    done = tuple(SetCell(_cell_lines(cell), cell) for cell in cells)
    return Row(done, max(least * MM, *map(_height, done)))


def head_row(columns: Sequence[Column], size: float = TABLE_SIZE) -> Row:
    """The head of a table in 黑体, centred."""
    return set_row([Cell(column.title, column.width, Align.CENTRE, Style.HEI, size) for column in columns])


def body_row(columns: Sequence[Column], texts: Sequence[str], size: float = TABLE_SIZE) -> Row:
    """One row of a table under its columns."""
    return set_row([Cell(text, column.width, column.align, size=size) for column, text in zip(columns, texts, strict=True)])


def place_rows(flow: Flow, rows: Sequence[Row], *, head: Row | None = None, reserve: float = 0.0) -> None:
    """Place rows over as many pages as they need, `head` again on each; the last row stays with `reserve` points below it.

    A row is only divided when no page could hold it whole.
    """
    flow.pages[-1].grids.append(Grid(head, rows))
    tops = [head] if head else []
    segment: list[Row] = list(tops)
    height = sum(row.height for row in segment)
    for row, follows in _with_reserve(_divided(rows, flow, tops), reserve):
        if height + row.height + follows > flow.room + 0.01 and (len(segment) > len(tops) or not flow.fresh):
            if len(segment) > len(tops):
                _draw_rows(flow, segment)
            flow.turn()
            segment = list(tops)
            height = sum(one.height for one in segment)
        segment.append(row)
        height += row.height
    _draw_rows(flow, segment)


def _with_reserve(rows: Sequence[Row], reserve: float) -> list[tuple[Row, float]]:
    return [(row, reserve if index == len(rows) - 1 else 0.0) for index, row in enumerate(rows)]


def _divided(rows: Sequence[Row], flow: Flow, tops: Sequence[Row]) -> list[Row]:
    """The rows, those higher than a whole page cut into pieces of a page."""
    most = flow.area.height - sum(row.height for row in tops)
    return [piece for row in rows for piece in ([row] if row.height <= most else _cut(row, most))]


def _cut(row: Row, most: float) -> list[Row]:
    counts = [int((most / one.cell.size - 2 * PAD_Y) / LEADING) for one in row.cells]
    pieces = max(-(-len(one.lines) // count) for one, count in zip(row.cells, counts, strict=True))
    return [
        Row(cells, max(map(_height, cells)))
        for piece in range(pieces)
        for cells in [
            tuple(
                SetCell(one.lines[piece * count : (piece + 1) * count], one.cell)
                for one, count in zip(row.cells, counts, strict=True)
            )
        ]
    ]


def _height(one: SetCell) -> float:
    return (len(one.lines) * LEADING + 2 * PAD_Y) * one.cell.size


def _cell_lines(cell: Cell) -> Sequence[Line]:
    if not cell.text:
        return ()
    width = cell.width * MM - 2 * PAD_X
    text = _whole_names(cell, width) if cell.align is Align.NAMES else cell.text
    lines = set_lines(text, Measure(cell.style, cell.size, width))
    if len(lines) > 1 and len(lines[-1].text) == 1:  # a single character left over looks like a mistake
        fuller = set_lines(cell.text, Measure(cell.style, cell.size, width - cell.size))
        return fuller if len(fuller) == len(lines) else lines
    return lines


def _whole_names(cell: Cell, width: float) -> str:
    """The names of a cell with a break in place of 、 wherever the next one would not fit into the line any more."""
    lines = [""]
    for name in re.findall("[^、]+、?", cell.text):
        if lines[-1] and text_width(lines[-1] + name.rstrip("、"), cell.style, cell.size) > width:
            lines.append("")
        lines[-1] += name
    return "\n".join(line.rstrip("、") for line in lines)


def _draw_rows(flow: Flow, rows: Sequence[Row]) -> None:
    page, left, top = flow.pages[-1], flow.area.left, flow.top
    y = top
    opened: dict[float, float] = {}  # upright rules not yet drawn: x -> where they begin
    for row in rows:
        edges = row.edges
        for edge in opened.keys() - set(edges):
            page.rules.append(Rule(left + edge, opened.pop(edge), left + edge, y))
        for edge in edges:
            opened.setdefault(edge, y)
        page.rules.append(Rule(left, y, left + edges[-1], y))
        for one, edge in zip(row.cells, edges, strict=False):
            _draw_cell(page.texts, one, left + edge, y, row.height)
        y -= row.height
    page.rules.append(Rule(left, y, left + rows[-1].edges[-1], y))
    page.rules += [Rule(left + edge, begin, left + edge, y) for edge, begin in opened.items()]
    flow.advance(top - y)


def _draw_cell(texts: list[Text], one: SetCell, x: float, top: float, height: float) -> None:
    lines, (_, width, align, style, size) = one
    pitch = LEADING * size
    above = height - pitch * len(lines)
    y = top - (above - PAD_Y * size if align is Align.FOOT else above / 2) + base_line(size, pitch)
    room = width * MM - 2 * PAD_X
    for line in lines:
        if align is Align.FIGURES:
            line = _with_even_digits(line, style, size)
        shift = _shift(align, room - line.width)
        texts.append(text_of(line, x + PAD_X + shift, y, style, size))
        y -= pitch


def _shift(align: Align, spare: float) -> float:
    """How far from the left a line begins that leaves so much of its cell free."""
    if align is Align.LEFT:
        return 0.0
    if align in (Align.CENTRE, Align.NAMES):
        return spare / 2
    return max(spare - FIGURES_IN, 0) if align is Align.FIGURES else spare


def _with_even_digits(line: Line, style: Style, size: float) -> Line:
    """The line with every digit as wide as 0, so that figures stand under each other (the face's 1 is narrower)."""
    widths = widths_of(style)
    kerns = tuple(
        (index, (widths["0"] - widths[character]) * size)
        for index, character in enumerate(line.text)
        if character.isdigit() and widths[character] != widths["0"]
    )
    return line._replace(width=line.width + sum(extra for _, extra in kerns), kerns=kerns)
