"""Reads a page of a finished PDF back as a person with a ruler would: signs with their places, rules, cells, lines; in mm.

All places are those of the sheet as its reader holds it, from its upper left corner; what stands in the lower margin of a turned
sheet (number and code, which are not turned with it) is measured on the upright sheet.
"""

import ctypes
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

import pypdfium2
from PIL import Image
from pypdfium2 import raw

MM = 72 / 25.4
RESOLUTION = 100  # dots an inch
_EM = 25.4 / 72  # mm in a point
TITLE = 18.0  # points: what is larger is one
_LEADER = "…"
_BAR = 3.0  # mm between a bar of a chart and what is written beside it at the most
_HYPHEN = 2  # what the library tells for a hyphen at the end of a line
_THIN = 0.62 * _EM  # mm: rules of tables; those of imprints, heads and frames are thicker


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: "Box") -> tuple[float, float]:
        """How far two boxes lie over each other, across and down; not above 0 if they do not."""
        return min(self.right, other.right) - max(self.left, other.left), min(self.bottom, other.bottom) - max(
            self.top, other.top
        )

    def around(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left), min(self.top, other.top), max(self.right, other.right), max(self.bottom, other.bottom)
        )


class Sign(NamedTuple):
    """One character: where it begins and on which base line, its size in points, its ink."""

    text: str
    x: float
    base: float
    size: float
    ink: Box


class Rule(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    red: bool

    @property
    def upright(self) -> bool:
        return abs(self.x1 - self.x2) < 0.1

    @property
    def level(self) -> bool:
        return abs(self.y1 - self.y2) < 0.1


@dataclass(frozen=True)
class Line:
    """Characters on one base line without a gap between them."""

    signs: tuple[Sign, ...]

    @cached_property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)

    @cached_property
    def shown(self) -> list[Sign]:
        return [sign for sign in self.signs if not sign.text.isspace()]

    @cached_property
    def ink(self) -> Box:
        box = self.shown[0].ink
        for sign in self.shown[1:]:
            box = box.around(sign.ink)
        return box

    @property
    def left(self) -> float:
        return self.signs[0].x

    @cached_property
    def base(self) -> float:
        return median_low(sign.base for sign in self.signs)

    @cached_property
    def size(self) -> float:
        """That of most of its signs: one of another face is set larger or smaller, and higher or lower, to look alike."""
        return median_low(sign.size for sign in self.signs)

    @property
    def em(self) -> float:
        """Its size in mm."""
        return self.size * _EM


@dataclass
class Passage:
    """Lines that are read one after the other: a cell's, a paragraph's, a title's; and the width they had."""

    lines: list[Line]
    left: float
    right: float
    cell: Box | None = None
    column: bool = False  # whether something else stands beside it

    @cached_property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    @property
    def breaks(self) -> Iterator[tuple[int, Line, Line]]:
        """Where in the text a line ends that ends because it was full, with the line and the next one."""
        place = 0
        for line, after in pairwise(self.lines):
            place += len(line.text)
            if self._full(line, after):
                yield place, line, after

    def _full(self, line: Line, after: Line) -> bool:
        """Whether no further sign would have fitted: other ends of lines were meant (names one below the other).

        A title is broken by what it says, so that its lines are never full.
        """
        if line.size > TITLE:
            return True
        used = line.ink.right - min(line.ink.left, line.left)
        return used + 2.3 * line.em > self.right - self.left - (2 * 1.4 if self.cell else 0) or len(after.text.strip()) == 1

    def width_of(self, start: int, end: int) -> float:
        """How wide that part of the text would be in one line, in mm."""
        place, width = 0, 0.0
        for line in self.lines:
            signs = [sign for number, sign in enumerate(line.signs, place) if start <= number < end]
            place += len(line.signs)
            if signs:
                width += max(sign.ink.right for sign in signs) - signs[0].x
        return width


@dataclass
class Grid:
    """One table or form as it stands on a page: its rows from rule to rule."""

    rows: list[tuple[float, float]]  # upper and lower edge
    left: float
    right: float

    @property
    def top(self) -> float:
        return self.rows[0][0]

    @property
    def bottom(self) -> float:
        return self.rows[-1][1]


@dataclass
class Sheet:
    """One page as its reader sees it."""

    width: float
    height: float
    turned: bool
    lines: list[Line]
    margin: list[Line]  # what stands upright in the lower margin
    rules: list[Rule]
    pictures: list[Box]
    image: Image.Image  # as a plain office scanner sees the upright sheet, at RESOLUTION
    passages: list[Passage] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    @property
    def standard(self) -> bool:
        """Whether it is A4 used as GB/T 9704 has it."""
        return {round(self.width), round(self.height)} == {210, 297} and (self.turned or self.height > self.width)

    @property
    def letter(self) -> bool:
        """Whether it has the double red rules of a letter, longer than its lines."""
        return any(rule.red and rule.x2 - rule.x1 > 165 for rule in self.rules)

    @property
    def blank(self) -> bool:
        return not (self.lines or self.rules or self.pictures)

    def cell_lines(self, top: float, bottom: float) -> list[str]:
        """The texts of the cells of a row, from the left."""
        inside = [one for one in self.passages if one.cell and top - 0.3 < one.cell.top and one.cell.bottom < bottom + 0.3]
        return [one.text for one in sorted(inside, key=lambda one: one.left)]


def read_pdf(data: bytes) -> list[Sheet]:
    """All pages of a file."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        return [_read(document[number]) for number in range(len(document))]


def _read(page: pypdfium2.PdfPage) -> Sheet:
    with closing(page):
        return read_page(page)


def read_page(page: pypdfium2.PdfPage) -> Sheet:
    width, height = page.get_mediabox()[2] / MM, page.get_mediabox()[3] / MM
    turned = page.get_rotation() == 90
    view = _View(width, height, turned)
    signs, margin = _signs(page, view)
    rules, pictures = _drawn(page, view)
    across = (height, width) if turned else (width, height)
    sheet = Sheet(*across, turned, [], [], rules, pictures, _image(page))
    grid = _Edges(rules)
    sheet.lines = list(_lines(signs, grid))
    sheet.margin = list(_lines(margin, _Edges([])))
    if not turned and sheet.standard:
        sheet.margin = [line for line in sheet.lines if line.base > 263]
        sheet.lines = [line for line in sheet.lines if line.base <= 263]
    sheet.passages = [*_cells(sheet, grid), *_paragraphs(sheet, grid)]
    sheet.grids = list(_grids(rules))
    return sheet


def _image(page: pypdfium2.PdfPage) -> Image.Image:
    image: Image.Image = page.render(scale=RESOLUTION / 72, rotation=-page.get_rotation() % 360, grayscale=True).to_pil()
    return image


class _View(NamedTuple):
    """From points on the upright sheet, from below, to mm as the reader sees them, from above."""

    width: float
    height: float
    turned: bool

    def place(self, x: float, y: float) -> tuple[float, float]:
        return (y / MM, x / MM) if self.turned else (x / MM, self.height - y / MM)

    def upright(self, x: float, y: float) -> tuple[float, float]:
        return x / MM, self.height - y / MM


def _signs(page: pypdfium2.PdfPage, view: _View) -> tuple[list[Sign], list[Sign]]:
    """The signs of the page, and those of a turned page that are not turned."""
    held = page.get_textpage()  # it is closed with the last who holds it
    text = held.raw
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    refs = [ctypes.byref(value) for value in (left, right, bottom, top)]
    origin = ctypes.byref(x), ctypes.byref(y)
    signs: tuple[list[Sign], list[Sign]] = ([], [])
    for index in range(raw.FPDFText_CountChars(text)):
        if raw.FPDFText_IsGenerated(text, index):
            continue
        raw.FPDFText_GetCharBox(text, index, *refs)
        raw.FPDFText_GetCharOrigin(text, index, *origin)
        aside = view.turned and raw.FPDFText_GetCharAngle(text, index) < 0.1
        place = view.upright if aside else view.place
        (x1, y1), (x2, y2) = place(left.value, top.value), place(right.value, bottom.value)
        at = place(x.value, y.value)
        ink = Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xDC00 <= code < 0xE000 and signs[aside]:  # the library tells a character above U+FFFF in two halves
            first = signs[aside].pop()
            code, ink, at = 0x10000 + (ord(first.text) - 0xD800) * 0x400 + code - 0xDC00, first.ink, (first.x, first.base)
        if code == _HYPHEN:
            code = ord("-")
        signs[aside].append(Sign(chr(code), *at, raw.FPDFText_GetFontSize(text, index), ink))
    return signs


def _drawn(page: pypdfium2.PdfPage, view: _View) -> tuple[list[Rule], list[Box]]:
    rules: list[Rule] = []
    pictures: list[Box] = []
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        if found.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = found.get_bounds()
            (x1, y1), (x2, y2) = view.place(left, top), view.place(right, bottom)
            pictures.append(Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        else:
            rules += _rules(found.raw, view)
    return rules, pictures


def _rules(path: object, view: _View) -> Iterator[Rule]:
    matrix, width = raw.FS_MATRIX(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    raw.FPDFPageObj_GetStrokeWidth(path, width)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetStrokeColor(path, red, green, blue, alpha)
    x, y = ctypes.c_float(), ctypes.c_float()
    last = (0.0, 0.0)
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        at = view.place(matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            (x1, x2), (y1, y2) = sorted((last[0], at[0])), sorted((last[1], at[1]))
            yield Rule(x1, y1, x2, y2, width.value / MM, red.value > 120)
        last = at


class _Edges:
    """The rules of tables, to find the cell something stands in."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        thin = [rule for rule in rules if rule.width < _THIN and not rule.red]
        self.upright = sorted((rule for rule in thin if rule.upright), key=lambda rule: rule.x1)
        self.level = sorted((rule for rule in thin if rule.level), key=lambda rule: rule.y1)
        self._xs = [rule.x1 for rule in self.upright]
        self._ys = [rule.y1 for rule in self.level]

    def between(self, x1: float, x2: float, y: float) -> bool:
        """Whether an upright rule stands between two places on one line."""
        first = bisect_left(self._xs, x1)
        return any(rule.x1 <= x2 and rule.y1 <= y <= rule.y2 for rule in self.upright[first:])

    def cell(self, x: float, y: float) -> Box | None:
        """The cell around a place."""
        start = bisect_left(self._xs, x)
        left = next((rule.x1 for rule in reversed(self.upright[:start]) if rule.y1 <= y <= rule.y2), None)
        right = next((rule.x1 for rule in self.upright[start:] if rule.y1 <= y <= rule.y2), None)
        below = bisect_left(self._ys, y)
        top = next((rule.y1 for rule in reversed(self.level[:below]) if rule.x1 <= x <= rule.x2), None)
        bottom = next((rule.y1 for rule in self.level[below:] if rule.x1 <= x <= rule.x2), None)
        if left is None or right is None or top is None or bottom is None:
            return None
        return Box(left, top, right, bottom)


def _lines(signs: Sequence[Sign], edges: _Edges) -> Iterator[Line]:
    run: list[Sign] = []
    for sign in signs:
        if run and not _goes_on(run[-1], sign, edges):
            yield from _line(run)
            run = []
        run.append(sign)
    yield from _line(run)


def _line(run: list[Sign]) -> Iterator[Line]:
    if any(not sign.text.isspace() for sign in run):
        yield Line(tuple(run))


def _goes_on(this: Sign, after: Sign, edges: _Edges) -> bool:
    em = this.size * _EM
    if after.text == _LEADER and after.base == this.base and 0 < after.x - this.x < 3 * em:
        return True  # the dots of a table of contents lead from its heading to the number: all of it is one line
    wide = 1.0 if this.text >= "\u2010" else 0.65
    alike = abs(this.base - after.base) < 0.12 * em and abs(this.size - after.size) < 0.1 * this.size
    if not alike or not this.x < after.x < this.x + (wide + 0.8) * em:
        return False
    return not edges.between(this.x + em / 3, after.x + em / 10, this.base - em / 3)


def _cells(sheet: Sheet, edges: _Edges) -> Iterator[Passage]:
    found: dict[tuple[int, ...], Passage] = {}
    for line in sorted(sheet.lines, key=lambda line: (line.base, line.left)):
        cell = edges.cell((line.ink.left + line.ink.right) / 2, line.base - line.em / 3)
        if cell:
            key = tuple(round(edge * 5) for edge in cell)
            found.setdefault(key, Passage([], cell.left, cell.right, cell)).lines.append(line)
    yield from found.values()


def _paragraphs(sheet: Sheet, edges: _Edges) -> Iterator[Passage]:
    """What stands outside of tables, paragraph by paragraph."""
    free = [line for line in sheet.lines if not edges.cell((line.ink.left + line.ink.right) / 2, line.base - line.em / 3)]
    free.sort(key=lambda line: (round(line.base, 1), line.left))
    beside = {round(line.base, 1): [one.left for one in free if abs(one.base - line.base) < 0.2] for line in free}
    left = min((line.left for line in free), default=0.0)
    right = 184.0 if sheet.standard and not sheet.turned else max((line.ink.right for line in free), default=0.0)
    open_: list[Passage] = []
    for line in free:
        columns = beside[round(line.base, 1)]
        ends = next((x for x in columns if x > line.left), right)
        label = edges.between(line.left - _BAR, line.left, line.base - line.em / 3)  # of a bar that ends there
        before = None if label else next((one for one in reversed(open_) if _follows(one, line, left, right)), None)
        if before:
            before.lines.append(line)
        else:
            beside_others = len(columns) > 1
            open_.append(Passage([line], line.left if beside_others else left, ends, column=beside_others))
    yield from open_


def _follows(before: Passage, line: Line, left: float, right: float) -> bool:
    """Whether a line goes on with the paragraph (a title of several lines is one)."""
    last = before.lines[-1]
    if last.size != line.size or not 0 < line.base - last.base < 2.4 * line.em:
        return False
    if line.size > TITLE:
        return True
    if before.column:
        return abs(line.left - last.left) < 0.3 and last.ink.right > before.right - 2.7 * line.em
    return abs(line.left - left) < 0.6 and last.ink.right > right - 1.7 * line.em


def _grids(rules: Iterable[Rule]) -> Iterator[Grid]:
    edges = _Edges(rules)
    levels: list[float] = []
    for rule in edges.level:
        if not levels or rule.y1 - levels[-1] > 0.2:
            levels.append(rule.y1)
    rows: list[tuple[float, float]] = []
    for top, bottom in pairwise(levels):
        middle = (top + bottom) / 2
        if any(rule.y1 <= middle <= rule.y2 for rule in edges.upright):
            rows.append((top, bottom))
        elif rows:
            yield _grid(rows, edges)
            rows = []
    if rows:
        yield _grid(rows, edges)


def _grid(rows: list[tuple[float, float]], edges: _Edges) -> Grid:
    inside = [rule.x1 for rule in edges.upright if rule.y1 < rows[-1][1] and rule.y2 > rows[0][0]]
    return Grid(list(rows), min(inside), max(inside))
