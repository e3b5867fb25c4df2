"""The sheet of paper: GB/T 9704-2012 geometry, what stands on a page, and the page numbers."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from huajie_desktop.documents.fonts import Style
from huajie_desktop.documents.typesetting import text_width

MM = 72 / 25.4  # points in a millimetre
PAPER = (210 * MM, 297 * MM)
# 5.2: 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; what is left over is 35 mm below and 26 mm on the right.
TOP, LEFT = 37 * MM, 28 * MM
BODY = (156 * MM, 225 * MM)
LINES, CHARACTERS = 22, 28  # 5.2.3: so many lines of so many characters fill the body
PITCH = BODY[1] / LINES
TEXT_SIZE = 16.0  # 3号
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


class Rule(NamedTuple):
    """One straight line on a page."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5


class Image(NamedTuple):
    """One picture on a page: its file, lower left corner, width and height in points."""

    file: Path
    x: float
    y: float
    width: float
    height: float


class Area(NamedTuple):
    """The part of a page that is printed on, as seen by its reader: left and top edge, width and height in points."""

    left: float
    top: float
    width: float
    height: float


PORTRAIT = Area(LEFT, PAPER[1] - TOP, *BODY)
# 7.6: a table across is printed with its head at the left edge of the upright sheet, so the sheet's lower margin is on its left.
LANDSCAPE = Area(PAPER[1] - TOP - BODY[1], PAPER[0] - LEFT, BODY[1], BODY[0])


@dataclass(slots=True)
class Page:
    """One page: its texts and rules as its reader sees them, and the number, placed on the upright sheet."""

    landscape: bool = False
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    number: Text | None = None

    @property
    def area(self) -> Area:
        """Where this page may be printed on."""
        return LANDSCAPE if self.landscape else PORTRAIT


def number_pages(pages: list[Page], *, of_total: bool = False) -> None:
    """Give every page its number: “— 1 —”, or “第1页 共2页” where no sheet may get lost (`of_total`).

    GB/T 9704-2012, 7.5: 4号 half-width 宋体, odd pages one character in from the right, even pages from the left.
    """
    for index, page in enumerate(pages, 1):
        words = f"第{index}页 共{len(pages)}页" if of_total else f"— {index} —"
        width = text_width(words, Style.SONG, SMALL_SIZE)
        right = LEFT + BODY[0] - SMALL_SIZE - width
        y = PAPER[1] - TOP - BODY[1] - _NUMBER_GAP - _DASH_RISE * SMALL_SIZE
        page.number = Text(right if index % 2 else LEFT + SMALL_SIZE, y, Style.SONG, SMALL_SIZE, words)
