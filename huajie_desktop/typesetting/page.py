"""The sheet of paper: GB/T 9704-2012 geometry, what stands on a page, and the page numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import text_width

if TYPE_CHECKING:  # tables are set on pages
    from huajie_desktop.typesetting.table import RowSet

MM = 72 / 25.4  # points in a millimetre
PAPER = (210 * MM, 297 * MM)
# 5.2: 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; what is left over is 35 mm below and 26 mm on the right.
TOP, LEFT = 37 * MM, 28 * MM
BODY = (156 * MM, 225 * MM)
LINES, CHARACTERS = 22, 28  # 5.2.3: so many lines of so many characters fill the body
TEXT_SIZE = 16.0  # 3号
PITCH = (BODY[1] - TEXT_SIZE) / (LINES - 1)  # from the top of the first line's characters to the foot of the last one's
TITLE_SIZE = 22.0  # 2号
SMALL_SIZE = 14.0  # 4号
TABLE_SIZE = 12.0  # 小4号
TRACKING = BODY[0] / CHARACTERS - TEXT_SIZE  # brings 28 characters of 3号 into the 156 mm
_NUMBER_GAP = 7 * MM  # 7.5: the dash of the page number lies 7 mm below the body
_DASH_RISE = 0.3  # height of the dash over the base line, in em
ASCENT = 0.88  # of every shipped face, in em: where the square of a character ends above the base line


class Text(NamedTuple):
    """One run of text on a page, points from the lower left corner; `spacing` and `kerns` as in typesetting.Line."""

    x: float
    y: float
    style: Style
    size: float
    text: str
    spacing: float = 0.0
    kerns: tuple[tuple[int, float], ...] = ()
    red: bool = False


class Rule(NamedTuple):
    """One straight line on a page."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5
    red: bool = False


class Image(NamedTuple):
    """One picture on a page: its file, lower left corner, width and height in points."""

    file: Path
    x: float
    y: float
    width: float
    height: float


class Mark(NamedTuple):
    """A square of dark and light modules: its rows of bits, lower left corner and side in points."""

    rows: tuple[int, ...]
    x: float
    y: float
    side: float


class Heading(NamedTuple):
    """One heading: 0 for the name of the whole document, 1 for “一、” and for what begins a sheet, 2 for “（一）”.

    `y` is its upper edge on the page it begins on, in points as its reader sees them.
    """

    level: int
    text: str
    y: float = 0.0


class Area(NamedTuple):
    """The part of a page that is printed on, as seen by its reader: left and top edge, width and height in points."""

    left: float
    top: float
    width: float
    height: float


class Form(NamedTuple):
    """A sheet of paper and how it is used: width and height in points as printed, and the part that is printed on.

    A `turned` sheet stays upright while its reader turns it: what is printed is turned with it, page number and code are not.
    """

    paper: tuple[float, float]
    area: Area
    turned: bool = False


UPRIGHT = Form(PAPER, Area(LEFT, PAPER[1] - TOP, *BODY))
# 7.6: a table across is printed with its head at the left edge of the upright sheet, so the sheet's lower margin is on its left.
ACROSS = Form(PAPER, Area(PAPER[1] - TOP - BODY[1], PAPER[0] - LEFT, BODY[1], BODY[0]), turned=True)
_A3 = (420 * MM, 297 * MM)
# Folded to A4 and bound with the others: the margins of an upright sheet at both sides.
ACROSS_A3 = Form(_A3, Area(LEFT, _A3[1] - LEFT, _A3[0] - 2 * LEFT, _A3[1] - LEFT - 35 * MM))


class Inset(NamedTuple):
    """Another page shown on one: where its lower left corner would be, its scale, the part of this page that shows it."""

    page: "Page"
    x: float
    y: float
    scale: float
    window: Area


@dataclass(slots=True)
class Page:
    """One page: its texts and rules as its reader sees them, and the number and code, placed on the upright sheet."""

    form: Form = UPRIGHT
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    number: Text | None = None
    notes: list[Text] = field(default_factory=list)  # in the lower margin, beside the number
    symbol: Mark | None = None  # the code as a scanner reads it
    insets: list[Inset] = field(default_factory=list)  # other pages shown on this one, below all else
    # What a file needs whose reader sets the lines anew: the tables that begin here, and how much of the blank room of what
    # closes a run of blocks was left.
    grids: list["RowSet"] = field(default_factory=list)
    closings: list[float] = field(default_factory=list)
    counted: bool = True  # a cover or a table of contents has no number and is not counted
    numbered: bool = True  # a blank page, one with the imprint alone and the first of a letter are counted, but bear no number
    headings: list[Heading] = field(default_factory=list)  # those that begin on it

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not (self.texts or self.rules or self.images or self.insets)

    @property
    def area(self) -> Area:
        """Where this page may be printed on."""
        return self.form.area


def number_pages(pages: Sequence[Page], *, of_total: bool = False) -> None:
    """Give every page its number: “— 1 —”, or “第1页 共2页” where no sheet may get lost (`of_total`).

    GB/T 9704-2012, 7.5: 4号 half-width 宋体, odd pages one character in from the right, even pages from the left; a blank page
    and one with the imprint alone are not numbered, nor is the first page of a letter (10.1).
    """
    counted = [page for page in pages if page.counted]
    total = sum(not page.blank for page in counted)
    for index, page in enumerate(counted, 1):
        if not page.numbered:
            continue
        words = f"第{index}页 共{total}页" if of_total else f"— {index} —"
        width = text_width(words, Style.SONG, SMALL_SIZE)
        left, right, foot = margins(page.form)
        y = foot - _NUMBER_GAP - _DASH_RISE * SMALL_SIZE
        page.number = Text(right - SMALL_SIZE - width if index % 2 else left + SMALL_SIZE, y, Style.SONG, SMALL_SIZE, words)


def seen(form: Form) -> tuple[float, float]:
    """Width and height of a sheet as its reader holds it, in points."""
    width, height = form.paper
    return (height, width) if form.turned else (width, height)


def margins(form: Form) -> tuple[float, float, float]:
    """Where the body of a sheet ends at the left, at the right and below, in points on the sheet as it is printed."""
    if form.turned:
        return margins(UPRIGHT)
    area = form.area
    return area.left, area.left + area.width, area.top - area.height
