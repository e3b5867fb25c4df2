"""What an office would send back, looked for on every page of a finished PDF: what is cut, left over, outside or lost."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise
from typing import NamedTuple
from unicodedata import normalize

import zxingcpp
from PIL import Image

from tests.typesetting.reading_back import RESOLUTION, TITLE, Box, Grid, Line, Passage, Rule, Sheet

# GB/T 15834-2011, 5.1: what begins no line, what ends none. Written down here once more, as those of the program are under test.
NO_START = frozenset("，。、；：？！）〕］｝〉》」』】〗”’·…—～,.;:?!)]}%‰℃°")
NO_END = frozenset("（〔［｛〈《「『【〖“‘([{¥￥№＃")
_UNITS = (
    "年月日号时分秒元角万亿千百米厘毫公里平立方亩吨升斤克度倍成个项条盏处座户人名间台辆套件份次场期天周季岁组批家村口根棵张本册轮"
    "%％‰℃°"
)
_BEFORE_FIGURE = "≥≤＞＜>±¥￥-－"
_SIGNS_IN_FIGURES = ".,:"
_FEWEST_ROWS, _MUCH = 3, 75.0  # rows on a sheet where a table goes on; mm: fewer, if they are as high as that together
_FEWEST_LINES = 2
_BODY = Box(27.6, 36.6, 184.4, 262.4)  # GB/T 9704-2012, 5.2.1: 版心, and what a ruler does not see
_LETTER = Box(
    20.0, 28.0, 190.0, 278.0
)  # 10.1: a letter's issuer 30 mm below the edge, its rules 170 mm long, 20 mm above the lower one
_EDGE = 5.0  # mm of any other sheet that no printer reaches
_FOOT = (262.4, 287.0)  # mm: where number and code stand
_FIRST_INK = (36.0, 38.0)  # mm: 天头 37 ± 1
_INCH = 25.4


@dataclass(frozen=True)
class Known:
    """What the papers are known to say: names that stay whole, and every text that has to be on one of the pages."""

    names: frozenset[str] = frozenset()  # people: whole wherever they stand
    units: frozenset[str] = frozenset()  # whole in cells and titles; in running text they are words like others
    texts: tuple[str, ...] = ()
    titled: bool = False  # whether every sheet a table goes on to says what it is
    coded: bool = False

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.names | self.units), default=0)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Of what stays whole in running text, and elsewhere."""
        return _any_of(self.names), _any_of(self.names | self.units)


def _any_of(names: Collection[str]) -> re.Pattern[str]:
    return re.compile("|".join([*map(re.escape, sorted(names, key=lambda name: -len(name))), r"〔\d{4}〕\d+号", r"〔\d{4}〕"]))


class Fault(NamedTuple):
    check: str
    page: int  # from 1
    what: str

    def __str__(self) -> str:
        return f"p{self.page} {self.check}: {self.what}"


@dataclass
class Paper:
    """The sheets of one file, and what is known of it."""

    sheets: Sequence[Sheet]
    known: Known = field(default_factory=Known)


Found = Iterator[tuple[int, str]]


def faults_of(paper: Paper, checks: Collection[Callable[[Paper], Found]] | None = None) -> list[Fault]:
    """Everything that is wrong, page by page."""
    found = [Fault(check.__name__, page, what) for check in checks or CHECKS for page, what in check(paper)]
    return sorted(found, key=lambda fault: fault.page)


def _passages(paper: Paper) -> Iterator[tuple[int, Passage]]:
    for page, sheet in enumerate(paper.sheets, 1):
        for passage in sheet.passages:
            yield page, passage


def _around(text: str, place: int) -> str:
    return f"{text[max(place - 8, 0) : place]}|{text[place : place + 8]}"


def names_cut(paper: Paper) -> Found:
    """A person, unit or number of a paper over two lines; in running text only persons and numbers, as units are words there."""
    for page, passage in _passages(paper):
        running = passage.cell is None and passage.lines[0].size < TITLE
        pattern = paper.known.patterns[not running]
        for place, _line, _after in passage.breaks:
            start = max(place - paper.known.longest, 0)
            window = passage.text[start : place + paper.known.longest]
            cut = (found.start() < place - start < found.end() for found in pattern.finditer(window))
            if any(cut) and passage.text[place - 1] != " ":  # a name of several words may go on in a second line
                yield page, _around(passage.text, place)


def figures_cut(paper: Paper) -> Found:
    """A figure or a Latin word over two lines, a figure parted from its unit, its year or its sign."""
    for page, passage in _passages(paper):
        for place, line, _after in passage.breaks:
            if _parts_a_figure(passage.text, place) and not _wider_than_its_room(passage, place, line):
                yield page, _around(passage.text, place)


def _parts_a_figure(text: str, place: int) -> bool:
    before, after, further = text[place - 1], text[place], text[place + 1 : place + 2]
    if before.isdigit():
        joined = after in _SIGNS_IN_FIGURES and further.isdigit()
        return joined or after in _UNITS or (after.isascii() and after.isalnum())
    if after.isdigit() or (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
        figure = before in _BEFORE_FIGURE or (before in _SIGNS_IN_FIGURES and text[place - 2 : place - 1].isdigit())
        return figure or (before.isascii() and before.isalnum())
    return before in "万亿" and after in "元亿" and text[place - 2 : place - 1].isdigit()


def _wider_than_its_room(passage: Passage, place: int, line: Line) -> bool:
    """Whether what is cut could not stand in one line: a web address, 22 digits in a narrow column."""
    text = passage.text
    start, end = place, place
    while start and text[start - 1].isascii() and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isascii() and not text[end].isspace():
        end += 1
    end += text[end : end + 1] in tuple(_UNITS)
    return passage.width_of(start, end) > passage.right - passage.left - (2 * 1.4 + 0.7 * line.em if passage.cell else 0)


def line_ends(paper: Paper) -> Found:
    """A sign that may not begin or end a line (GB/T 15834-2011, 5.1)."""
    for page, passage in _passages(paper):
        for line, after in pairwise(passage.lines):
            ends, begins = line.text.rstrip()[-1:], after.text.lstrip()[:1]
            if begins in NO_START or ends in NO_END:
                yield page, f"{line.text[-8:]}|{after.text[:8]}"


def left_over(paper: Paper) -> Found:
    """A single character on the last line of a paragraph, a cell or a title."""
    for page, passage in _passages(paper):
        if len(passage.lines) > 1:
            shown = passage.lines[-1].text.strip("，。、；：？！）”’ 　")
            if len(shown) == 1 and any(len(line.text.strip()) > 1 for line in passage.lines):
                yield page, "|".join(line.text for line in passage.lines[-2:])


def orphans(paper: Paper) -> Found:
    """Fewer than three rows at the end of a table, a signature or a few lines alone on a sheet."""
    behind = [*paper.sheets[2:], None][: len(paper.sheets) - 1]  # before a high row two rows may fill what they can of a sheet
    for page, ((before, sheet), after) in enumerate(zip(pairwise(paper.sheets), behind, strict=True), 2):
        grid = _continued(before, sheet)
        if grid and not (after and _continued(sheet, after)):
            rows = len(grid.rows) - (_head(before) == _head(sheet))
            if rows < _FEWEST_ROWS and grid.bottom - grid.top < _MUCH:
                yield page, f"{rows} rows: {''.join(sheet.cell_lines(*grid.rows[-1]))[:30]}"
        elif not grid and _few_lines(sheet):
            yield page, "alone: " + "／".join(line.text for line in sheet.lines)[:40]


def _few_lines(sheet: Sheet) -> bool:
    texts = "".join(line.text for line in sheet.lines)
    return bool(
        sheet.standard and texts and not sheet.grids and not sheet.pictures[1:]
        and len({round(line.base) for line in sheet.lines}) <= _FEWEST_LINES + 1 and "印发" not in texts and sheet.lines[0].size < TITLE
    )  # fmt: skip


def _head(sheet: Sheet) -> list[str]:
    return sheet.cell_lines(*sheet.grids[0].rows[0]) if sheet.grids else []


def _continued(before: Sheet, sheet: Sheet) -> Grid | None:
    """The table that goes on from the sheet before, if one does: nothing but a heading stands above it."""
    if not before.grids or not sheet.grids or not any(sheet.cell_lines(*row) for row in sheet.grids[0].rows):
        return None  # the bars of a chart are no table
    first, last = sheet.grids[0], before.grids[-1]
    above = [line for line in sheet.lines if line.base < first.top]
    same_head = _head(sheet) == before.cell_lines(*last.rows[0]) and bool(_head(sheet))
    below = [line for line in before.lines if line.base > last.bottom]
    if not above and not below:
        return first
    return first if same_head and not below and abs(first.right - last.right) < 0.5 and _title(before, sheet) else None


def _title(before: Sheet, sheet: Sheet) -> bool:
    """Whether the sheet says what it is by the title of the one before, or a part of it."""
    said = "".join(line.text for line in sheet.lines if line.base < sheet.grids[0].top)
    return "续" in said or any(line.text in said for line in before.lines if line.base < before.grids[0].top)


def no_title(paper: Paper) -> Found:
    """A sheet to which a list goes on and which does not say of what it is."""
    if not paper.known.titled:
        return
    for page, (before, sheet) in enumerate(pairwise(paper.sheets), 2):
        if _continued(before, sheet) and not any(line.base < sheet.grids[0].top for line in sheet.lines):
            yield page, "".join(_head(sheet))[:20]


def outside(paper: Paper) -> Found:
    """Ink outside the body and the strip in which number and code stand."""
    for page, sheet in enumerate(paper.sheets, 1):
        image = sheet.image
        for where, strip in _forbidden(sheet, image):
            if _ink(image, strip):
                yield page, where


def _forbidden(sheet: Sheet, image: Image.Image) -> Iterator[tuple[str, Box]]:
    """The strips of the upright sheet that are white."""
    width, height = (value * _INCH / RESOLUTION for value in image.size)
    if not sheet.standard:
        yield from (
            ("left", Box(0, 0, _EDGE, height)), ("right", Box(width - _EDGE, 0, width, height)),
            ("above", Box(0, 0, width, _EDGE)), ("below", Box(0, height - _EDGE, width, height)),
        )  # fmt: skip
        return
    frame = _LETTER if sheet.letter else _BODY  # of the sheet as its reader holds it upright
    yield from (
        ("above", Box(0, 0, width, frame.top)), ("left", Box(0, 0, frame.left, height)),
        ("right", Box(frame.right, 0, width, height)), ("below", Box(0, max(_FOOT[1], frame.bottom), width, height)),
    )  # fmt: skip
    if not sheet.letter and not any(_FOOT[0] < line.base < _FOOT[1] for line in sheet.margin):
        yield "in the foot", Box(0, _FOOT[0], width, _FOOT[1])


def _ink(image: Image.Image, strip: Box) -> bool:
    dots = tuple(round(value * RESOLUTION / _INCH) for value in strip)
    low, _high = image.crop(dots).getextrema()
    return bool(low < 110)


def first_ink(paper: Paper) -> Found:
    """The uppermost ink of a page of text is not 37 ± 1 mm from the edge of the paper (GB/T 9704-2012, 5.2.1)."""
    for page, sheet in enumerate(paper.sheets, 1):
        if sheet.standard and not sheet.turned and sheet.lines:
            top = min(line.ink.top for line in sheet.lines)
            below_head = any(rule.red for rule in sheet.rules) or top > 60
            table_first = any(grid.top < top for grid in sheet.grids)
            if not below_head and not table_first and not _FIRST_INK[0] <= top <= _FIRST_INK[1]:
                yield page, f"{top:.2f} mm"


def no_glyph(paper: Paper) -> Found:
    """A character that reached the page without ink, or as what stands for one that is not known."""
    for page, sheet in enumerate(paper.sheets, 1):
        for line in (*sheet.lines, *sheet.margin):
            for sign in line.shown:
                empty = sign.ink.right - sign.ink.left < 0.02 and sign.ink.bottom - sign.ink.top < 0.02
                if empty or sign.text in "\0\ufffd" or "\ue000" <= sign.text <= "\uf8ff":
                    yield page, f"{sign.text!a} in {line.text}"


def lost(paper: Paper) -> Found:
    """A character of the contents that is on no page as often as it should."""
    there = Counter(normalize("NFKC", "".join(line.text for sheet in paper.sheets for line in (*sheet.lines, *sheet.margin))))
    wanted = Counter(sign for sign in normalize("NFKC", "".join(paper.known.texts)) if sign.isalnum())  # signs may be repaired
    missing = wanted - there
    if missing:
        yield 1, "".join(sorted(missing))


def overlaps(paper: Paper) -> Found:
    """Signs over signs, or a rule through them."""
    for page, sheet in enumerate(paper.sheets, 1):
        for one, other in _near(sheet.lines):
            if _lie_over(one, other):
                yield page, f"{one.text[:20]} over {other.text[:20]}"
        for line in sheet.lines:
            for rule in sheet.rules:
                if _through(rule, line.ink):
                    yield page, f"a rule through {line.text[:20]}"
                    break


def _near(lines: Sequence[Line]) -> Iterable[tuple[Line, Line]]:
    return (
        (one, other)
        for one, other in combinations(sorted(lines, key=lambda line: line.ink.top), 2)
        if min(one.ink.shared(other.ink)) > 0.2
    )


def _lie_over(one: Line, other: Line) -> bool:
    return any(
        min(mine.ink.shared(yours.ink)) > 0.12 * min(mine.size, yours.size) * 25.4 / 72
        for mine in one.shown
        for yours in other.shown
    )


def _through(rule: Rule, ink: Box) -> bool:
    across = rule.x1 < ink.right - 0.3 and rule.x2 > ink.left + 0.3
    return across and rule.y1 < ink.bottom - 0.3 and rule.y2 > ink.top + 0.3


def unread_code(paper: Paper) -> Found:
    """A sheet whose code a reader does not read at 100 dots an inch, or whose symbol says another code than its letters."""
    for page, sheet in enumerate(paper.sheets, 1):
        letters = "".join(line.text for line in (*sheet.margin, *sheet.lines))
        said = re.search(r"[A-Z]{2,4}-\d{4}-[A-Z]{1,2}-\d+-[0-9A-F]{8}-\d\d", letters)
        if paper.known.coded and not sheet.blank and not said:
            yield page, "no code"
        if said:
            found = [one.text for one in zxingcpp.read_barcodes(sheet.image, formats=zxingcpp.BarcodeFormat.QRCode)]
            if said[0] not in found:
                yield page, f"{said[0]}: {found}"


CHECKS: tuple[Callable[[Paper], Found], ...] = (
    names_cut, figures_cut, line_ends, left_over, orphans, no_title, outside, first_ink, no_glyph, lost, overlaps, unread_code,
)  # fmt: skip
