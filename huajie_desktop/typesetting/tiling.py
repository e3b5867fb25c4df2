"""Divides a large sheet over several of A4 or A3 that are cut and glued: a sketch first, then the pieces row by row."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from huajie_desktop.typesetting.flow import base_line
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import Measure, set_lines, text_width
from huajie_desktop.typesetting.looks import SHEETS, Handling, Look
from huajie_desktop.typesetting.page import MM, PAPER, Area, Form, Inset, Page, Rule, Text

_EDGE = 10 * MM  # which printers leave white, and where the marks stand
_OVERLAP = 15 * MM  # by which two pieces lie on each other and are glued
_MARK, _AWAY = 5 * MM, 1.5 * MM  # length of a mark, how far from the picture it stands
_THIN = 0.3
_SIZE, _LARGE = 9.0, 22.0
_PITCH = 20.0
_PAPERS = {"A4": PAPER, "A3": (297 * MM, 420 * MM)}


class Grid(NamedTuple):
    """How a sheet is divided: the paper of a piece, rows and columns, and how much of the sheet a piece shows, in points."""

    paper: tuple[float, float]
    rows: int
    columns: int
    width: float
    height: float

    @property
    def pieces(self) -> int:
        """How many pieces there are."""
        return self.rows * self.columns


def first_sheet(look: Look, handling: Handling) -> tuple[float, float]:
    """Width and height in points of the first sheet that leaves the printer."""
    paper = SHEETS[look].form.paper
    return _PAPERS[handling.tiled] if _needs_tiles(paper, handling.tiled) else paper


def tile(pages: Sequence[Page], paper: str) -> list[Page]:
    """The pages on sheets of that paper (A4, A3), each with a sketch before its pieces; as they are where they fit on it."""
    tiled: list[Page] = []
    for page in pages:
        if not _needs_tiles(page.form.paper, paper):
            tiled.append(page)
            continue
        grid = grid_of(page.form.paper, _PAPERS[paper])
        tiled += [_sketch(page, grid, paper), *_pieces(page, grid)]
    return tiled


def grid_of(sheet: tuple[float, float], paper: tuple[float, float]) -> Grid:
    """The division with the fewest pieces, upright or across; all pieces show equally much, neighbours 15 mm of each other."""
    return min((_grid(sheet, one) for one in (paper, paper[::-1])), key=lambda grid: grid.pieces)


def _grid(sheet: tuple[float, float], paper: tuple[float, float]) -> Grid:
    columns, rows = (
        ceil((whole - _OVERLAP) / (side - 2 * _EDGE - _OVERLAP) - 1e-6) for whole, side in zip(sheet, paper, strict=True)
    )
    width, height = ((whole - _OVERLAP) / count + _OVERLAP for whole, count in zip(sheet, (columns, rows), strict=True))
    return Grid(paper, rows, columns, width, height)


def _needs_tiles(sheet: tuple[float, float], paper: str) -> bool:
    return paper in _PAPERS and min(sheet) > max(_PAPERS[paper][0], 1) + 1


def _pieces(page: Page, grid: Grid) -> Iterator[Page]:
    width, height = grid.paper
    x, y = (width - grid.width) / 2, (height - grid.height) / 2
    for row in range(grid.rows):
        for column in range(grid.columns):
            left = column * (grid.width - _OVERLAP)
            foot = page.form.paper[1] - row * (grid.height - _OVERLAP) - grid.height
            window = Area(x, y + grid.height, grid.width, grid.height)
            piece = Page(Form(grid.paper, window))
            piece.insets.append(Inset(_seen(page, left, foot, grid), x - left, y - foot, 1.0, window))
            piece.rules += _marks(window, row, column, grid)
            words = f"第{row + 1}行第{column + 1}列　共{grid.rows}行{grid.columns}列"
            piece.notes.append(Text(x + 12 * MM, y - 6 * MM, Style.HEI, _SIZE, words))
            piece.notes += _glued(window, row, column, grid)
            yield piece


def _seen(page: Page, left: float, foot: float, grid: Grid) -> Page:
    """The page without the texts that lie outside a piece: a file of thirty pieces would hold each of them thirty times."""
    right, top = left + grid.width, foot + grid.height

    def inside(text: Text) -> bool:
        return (
            foot - text.size < text.y < top + text.size
            and text.x < right
            and text.x + text_width(text.text, text.style, text.size, max(text.spacing, 0)) > left
        )

    return Page(
        page.form, [*filter(inside, page.texts)], page.rules, page.images, None, [*filter(inside, page.notes)], page.symbol
    )


def _marks(window: Area, row: int, column: int, grid: Grid) -> list[Rule]:
    """Marks at the corners of the picture, along which is cut, and where the glue ends at the right and below."""
    left, top, right, foot = window.left, window.top, window.left + window.width, window.top - window.height
    upright, level = [left, right], [top, foot]
    if column + 1 < grid.columns:
        upright.append(right - _OVERLAP)
    if row + 1 < grid.rows:
        level.append(foot + _OVERLAP)
    ends = [(top + _AWAY, top + _AWAY + _MARK), (foot - _AWAY, foot - _AWAY - _MARK)]
    sides = [(left - _AWAY, left - _AWAY - _MARK), (right + _AWAY, right + _AWAY + _MARK)]
    return [
        *(Rule(x, begin, x, end, _THIN) for x in upright for begin, end in ends),
        *(Rule(begin, y, end, y, _THIN) for y in level for begin, end in sides),
    ]


def _glued(window: Area, row: int, column: int, grid: Grid) -> list[Text]:
    """The word where glue goes: between two marks above the strip at the right, beside the strip below."""
    words, size = "涂胶", 8.0
    width = text_width(words, Style.HEI, size)
    right, foot = window.left + window.width, window.top - window.height
    texts = []
    if column + 1 < grid.columns:
        texts.append(Text(right - _OVERLAP / 2 - width / 2, window.top + 2.5 * MM, Style.HEI, size, words))
    if row + 1 < grid.rows:
        texts += [
            Text(right + 2.5 * MM, foot + _OVERLAP / 2 + size * (0.2 - place), Style.HEI, size, sign)
            for place, sign in enumerate(words)
        ]
    return texts


def _sketch(page: Page, grid: Grid, paper: str) -> Page:
    """The sheet that says how the pieces are put together."""
    width, height = _PAPERS[paper]
    edge = 20 * MM
    whole_width, whole_height = page.form.paper
    sketch = Page(Form((width, height), Area(edge, height - edge, width - 2 * edge, height - 2 * edge)))
    y = height - edge + base_line(_LARGE, _LARGE)
    title = "拼贴示意图"
    sketch.notes.append(Text((width - text_width(title, Style.TITLE, _LARGE)) / 2, y, Style.TITLE, _LARGE, title))
    y -= 2 * _PITCH
    for words in _advice(page, grid, paper):
        for line in set_lines(words, Measure(Style.HEI, 12.0, width - 2 * edge)):
            sketch.notes.append(Text(edge, y, Style.HEI, 12.0, line.text, line.spacing, line.kerns))
            y -= _PITCH
    room = y - edge
    scale = min((width - 2 * edge) / whole_width, room / whole_height)
    left, foot = (width - scale * whole_width) / 2, y - scale * whole_height
    window = Area(left, foot + scale * whole_height, scale * whole_width, scale * whole_height)
    outline = Page(page.form, [text for text in page.texts if text.red], page.rules)  # other texts would hide what piece is which
    sketch.insets.append(Inset(outline, left, foot, scale, window))
    for row in range(grid.rows):
        for column in range(grid.columns):
            _outline(sketch, window, row, column, grid, scale)
    return sketch


def _outline(sketch: Page, window: Area, row: int, column: int, grid: Grid, scale: float) -> None:
    """One piece of the sketch: where it ends, and its row and column."""
    width, height = (grid.width - _OVERLAP) * scale, (grid.height - _OVERLAP) * scale
    left, top = window.left + column * width, window.top - row * height
    right = window.left + window.width if column + 1 == grid.columns else left + width
    foot = window.top - window.height if row + 1 == grid.rows else top - height
    sketch.rules += [
        Rule(left, top, right, top, 1.0), Rule(left, foot, right, foot, 1.0),
        Rule(left, top, left, foot, 1.0), Rule(right, top, right, foot, 1.0),
    ]  # fmt: skip
    words = f"{row + 1}行{column + 1}列"
    size = min(20.0, width / 5)
    across = text_width(words, Style.HEI, size)
    sketch.notes.append(Text((left + right - across) / 2, foot + 0.4 * size, Style.HEI, size, words))


def _advice(page: Page, grid: Grid, paper: str) -> list[str]:
    sides = "×".join(f"{side / MM:.0f}" for side in page.form.paper)
    return [
        f"成品 {sides} 毫米，{paper} 纸 {grid.pieces} 张，{grid.rows} 行 {grid.columns} 列。每张下边写着第几行第几列。",
        "1．打印时选“实际大小”或 100%，单面，不要缩放。",
        "2．每张沿四角的裁切标记裁去白边：第 2 列起裁左边，第 2 行起裁上边；右边和下边留着涂胶。",
        "3．同一行从左到右：后一张的左边压在前一张右边的涂胶处（15 毫米宽），线条和字对齐。",
        "4．各行从上到下：下一行的上边压在上一行下边的涂胶处。最后裁去四周的白边。",
    ]
