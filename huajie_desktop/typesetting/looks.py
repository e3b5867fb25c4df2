"""How kinds of paper look: an official sheet, a certificate, a poster for the wall; sheet, print area and frame as plain data."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from huajie_desktop.typesetting.flow import OFFICIAL, Setting
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.page import MM, UPRIGHT, Area, Form, Page, Rule

_OUTER, _INNER = 3.0, 0.8  # strokes of the double frame, points
_APART = 2.0  # mm between them
_CODE = 25.0  # mm that the code and the white around it take below the print area of a poster


class Look(Enum):
    """What a kind of paper looks like; the value is its name in the window."""

    OFFICIAL = "A4 公文版式"
    CERTIFICATE = "A4 横向奖状"
    CERTIFICATE_A3 = "A3 横向奖状"
    POSTER_A3 = "A3 上墙海报"
    POSTER_A2 = "A2 上墙海报"
    POSTER_A1 = "A1 上墙海报"
    POSTER_A0 = "A0 上墙海报"


class Handling(NamedTuple):
    """How a paper is printed: `tiled` on sheets of A4 or A3, on `bought` paper with a frame of its own, moved so many mm."""

    tiled: str = ""
    bought: bool = False
    right: float = 0.0
    down: float = 0.0


AS_IT_IS = Handling()


class Sheet(NamedTuple):
    """The sheet of a look: its form, mm from its edges to the frame (0: none), how much larger it is than the look's smallest.

    `least` is the smallest type of a table on it, in points (0: as the table says).
    """

    form: Form = UPRIGHT
    edge: float = 0.0
    times: float = 1.0
    least: float = 0.0


class Dress(NamedTuple):
    """The first sheet of a look, how text is set on it, how much larger than said its tables are."""

    form: Form = UPRIGHT
    setting: Setting = OFFICIAL
    tables: float = 1.0


def _framed(width: float, height: float, edge: float, inside: float, times: float, least: float = 0.0) -> Sheet:
    """A sheet of that size in mm with a frame `edge` from its edges; print area `inside` the frame, a poster's above its code."""
    margin = edge + inside
    below = edge + (_CODE + 2 * _APART * times if least else inside)
    area = Area(margin * MM, (height - margin) * MM, (width - 2 * margin) * MM, (height - margin - below) * MM)
    return Sheet(Form((width * MM, height * MM), area), edge, times, least)


SHEETS = {
    Look.OFFICIAL: Sheet(),
    Look.CERTIFICATE: _framed(297, 210, 12, 20, 1),
    Look.CERTIFICATE_A3: _framed(420, 297, 17, 28, sqrt(2)),
    Look.POSTER_A3: _framed(297, 420, 12, 10, 1, 14),
    Look.POSTER_A2: _framed(420, 594, 17, 14, sqrt(2), 20),
    Look.POSTER_A1: _framed(594, 841, 24, 20, 2, 22),
    Look.POSTER_A0: _framed(841, 1189, 34, 28, sqrt(8), 24),
}
POSTERS = (Look.POSTER_A3, Look.POSTER_A2, Look.POSTER_A1, Look.POSTER_A0)  # the smallest first


def dresses(look: Look) -> Sequence[Dress]:
    """What to set a paper in; the first that fits on one sheet is taken, the last if none does."""
    sheet = SHEETS[look]
    if look in (Look.CERTIFICATE, Look.CERTIFICATE_A3):
        return [_certified(sheet, size * sheet.times) for size in (26.0, 24.0, 22.0, 20.0, 18.0)]
    return [Dress(sheet.form)]


def _certified(sheet: Sheet, size: float) -> Dress:
    text = Setting(size=size, pitch=size * 1.7, tracking=0.0, style=Style.KAI)
    return Dress(sheet.form, replace(text, title_size=64.0 * sheet.times, title_pitch=92.0 * sheet.times, red_title=True))


def frame(page: Page, sheet: Sheet) -> None:
    """Draws the double frame of a certificate or poster."""
    width, height = page.form.paper
    for away, stroke in (
        (sheet.edge * MM, _OUTER * sheet.times),
        ((sheet.edge + _APART * sheet.times) * MM, _INNER * sheet.times),
    ):
        x2, y2 = width - away, height - away
        corners = [(away, away), (x2, away), (x2, y2), (away, y2), (away, away)]
        page.rules += [Rule(*start, *end, stroke, red=True) for start, end in pairwise(corners)]
