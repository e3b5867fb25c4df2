"""The cells and rows of tables: wrapped texts, where they stand, how high a row is. `placing.py` puts rows on pages."""

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from huajie_desktop.typesetting.flow import Strip, base_line
from huajie_desktop.typesetting.fonts import Style, widths_of
from huajie_desktop.typesetting.line_breaking import Line, Measure, em_width, set_lines, text_width
from huajie_desktop.typesetting.page import MM, TABLE_SIZE, Text
from huajie_desktop.typesetting.worked_once import remembered

LEADING = 1.4  # line pitch in em
PAD_X = 1.4 * MM
PAD_Y = 0.3  # em
FIGURES_IN = 2.0 * MM  # what is flush right, figures and days to be filled in, stays clear of the rule on their right
_BASE = base_line(1.0, LEADING)  # em
_FIGURE = re.compile(r"-?\d+(\.\d+)?")


class Align(Enum):
    """Where the lines of a cell stand; FIGURES are flush right with digits of one width, FOOT flush right at its foot.

    NAMES, of people or numbers of records, stand in the middle, none of them divided; of UNITS only short ones are not.
    """

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    FIGURES = "figures"
    FOOT = "foot"
    NAMES = "names"
    UNITS = "units"

    __hash__ = object.__hash__  # an Enum's own runs in Python, and what is known of a cell is looked up by it


class Cell(NamedTuple):
    """One cell: its text, width in mm and look."""

    text: str
    width: float
    align: Align = Align.LEFT
    style: Style = Style.FANG
    size: float = TABLE_SIZE


class Column(NamedTuple):
    """One column of a table: the words of its head, how its cells stand, and its share of what is left over, in mm.

    How wide it comes to be is said by what stands in it (`fitting.py`), but it has at least `least` mm, to write in by hand;
    an `optional` one is left out where nothing stands in it.
    """

    title: str
    width: float
    align: Align = Align.LEFT
    least: float = 0.0
    optional: bool = False


class SetCell(NamedTuple):
    """One cell whose text is broken into lines."""

    lines: Sequence[Line]
    cell: Cell

    @property
    def height(self) -> float:
        """What its lines take, in points."""
        return (len(self.lines) * LEADING + 2 * PAD_Y) * self.cell.size

    def lines_within(self, height: float) -> int:
        """How many of its lines so many points hold."""
        return max(int((height / self.cell.size - 2 * PAD_Y) / LEADING + 1e-6), 0)


class Row(NamedTuple):
    """One row, set but not yet placed; height in points. A `piece` goes on with a row of the page before."""

    cells: tuple[SetCell, ...]
    height: float
    piece: bool = False

    @property
    def edges(self) -> tuple[float, ...]:
        """The upright edges of its cells, in points from the left of the table."""
        return _edges(tuple([one.cell.width for one in self.cells]))


@remembered
def _edges(widths: tuple[float, ...]) -> tuple[float, ...]:
    return (0.0, *[round(edge, 2) for edge in accumulate([width * MM for width in widths])])


class RowSet(NamedTuple):
    """Rows that stand under one another as one table, the head that is on every page, what stands above it on further ones."""

    head: Row | None
    rows: Sequence[Row]
    heading: Sequence[Strip] = ()
    above: float = 0.0  # points of blank room that fill a sheet, and twice as much below


def set_row(cells: Sequence[Cell], *, least: float = 0.0) -> Row:
    """Break the cells' texts into lines; the row is as high as its highest cell and at least `least` mm."""
    return _row_of([_set_cell(*cell) for cell in cells], least)


def _row_of(done: Sequence[SetCell], least: float = 0.0) -> Row:
    most = max([len(lines) for lines, _cell in done])
    return Row(tuple(done), max(least * MM, (most * LEADING + 2 * PAD_Y) * done[0].cell.size))


@remembered  # heads, numbers, days, names: most cells of one table stand in the next one as well
def _set_cell(text: str, width: float, align: Align, style: Style, size: float) -> SetCell:
    cell = Cell(text, width, align, style, size)
    return SetCell(_cell_lines(cell), cell)


@remembered
def head_row(columns: tuple[Column, ...], size: float = TABLE_SIZE) -> Row:
    """The head of a table in 黑体, centred."""
    return set_row([Cell(column.title, column.width, Align.CENTRE, Style.HEI, size) for column in columns])


def body_row(columns: Sequence[Column], texts: Sequence[str], size: float = TABLE_SIZE) -> Row:
    """One row of a table under its columns."""
    return _row_of([_set_cell(text, one.width, one.align, Style.FANG, size) for one, text in zip(columns, texts, strict=True)])


def even_figures(texts: Sequence[str]) -> list[str]:
    """Figures of one column with equally many decimals: `1200`, `51385.5` → `1200.0`, `51385.5`; what is no figure stays."""
    places = max((len(text.partition(".")[2]) for text in texts if _FIGURE.fullmatch(text)), default=0)
    return [f"{Decimal(text):.{places}f}" if _FIGURE.fullmatch(text) else text for text in texts]


def _cell_lines(cell: Cell) -> Sequence[Line]:
    text, width, align, style, size = cell
    if not text:
        return ()
    room = width * MM - 2 * PAD_X
    if len(text) * size <= room and text.isalnum():  # most cells hold one short word
        return (Line(text, em_width(text, style) * size),)
    return set_lines(_whole_names(cell, room) if align in (Align.NAMES, Align.UNITS) else text, Measure(style, size, room))


def _whole_names(cell: Cell, width: float) -> str:
    """The names of a cell with a break in place of 、 wherever the next one would not fit into the line any more."""
    if "、" not in cell.text:
        return cell.text
    lines = [""]
    for name in re.findall("[^、]+、?", cell.text):
        if lines[-1] and text_width(lines[-1] + name.rstrip("、"), cell.style, cell.size) > width:
            lines.append("")
        lines[-1] += name
    return "\n".join(line.rstrip("、") for line in lines)


def draw_cell(texts: list[Text], one: SetCell, x: float, top: float, height: float) -> None:
    """Puts the lines of a cell into a row whose upper left corner and height are said in points."""
    lines, (_, width, align, style, size) = one
    pitch = LEADING * size
    above = height - pitch * len(lines)
    y = top - (above - PAD_Y * size if align is Align.FOOT else above / 2) + _BASE * size
    room = width * MM - 2 * PAD_X
    if align is Align.FIGURES:
        lines = [_with_even_digits(line, style, size) for line in lines]
    for text, wide, spacing, kerns, indent in lines:
        texts.append(Text(x + PAD_X + _shift(align, room - wide) + indent, y, style, size, text, spacing, kerns))
        y -= pitch


def _shift(align: Align, spare: float) -> float:
    """How far from the left a line begins that leaves so much of its cell free."""
    if align is Align.LEFT:
        return 0.0
    if align in (Align.CENTRE, Align.NAMES, Align.UNITS):
        return spare / 2
    return max(spare - FIGURES_IN, 0)


def _with_even_digits(line: Line, style: Style, size: float) -> Line:
    """The line with every digit as wide as 0, so that figures stand under each other (the face's 1 is narrower)."""
    widths = widths_of(style)
    kerns = tuple(
        (index, (widths["0"] - widths[character]) * size)
        for index, character in enumerate(line.text)
        if character.isdigit() and widths[character] != widths["0"]
    )
    return line._replace(width=line.width + sum(extra for _, extra in kerns), kerns=kerns)
