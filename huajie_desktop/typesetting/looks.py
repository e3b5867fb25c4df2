"""How kinds of paper look: an official sheet, a certificate, a poster for the wall."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from huajie_desktop.typesetting.flow import OFFICIAL, Setting
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.page import MM, UPRIGHT, Area, Form, Page, Rule

_OUTER, _INNER = 3.0, 0.8  # strokes of the double frame, points
_APART = 2.0  # mm between them
_CODE = 28.0  # mm kept free inside the frame for the code


def _framed(width: float, height: float, edge: float, inside: float) -> Form:
    """A sheet of that size with a frame `edge` from its edges, what is printed `inside` the frame and above the code; all mm."""
    margin = edge + inside
    area = Area(margin * MM, (height - margin) * MM, (width - 2 * margin) * MM, (height - 2 * margin - _CODE + inside) * MM)
    return Form((width * MM, height * MM), area)


class Look(Enum):
    """What a kind of paper looks like; the value is its name in the window."""

    OFFICIAL = "A4 公文版式"
    CERTIFICATE = "A4 横向奖状"
    POSTER_A3 = "A3 上墙海报"
    POSTER_A2 = "A2 上墙海报"


class Dress(NamedTuple):
    """The first sheet of a look, how text is set on it, how much larger than said its tables are."""

    form: Form = UPRIGHT
    setting: Setting = OFFICIAL
    tables: float = 1.0


_EDGE = 12.0  # mm between the edge of the sheet and the frame, on A4
_SIZES = (
    2.0,
    1.8,
    1.65,
    1.5,
    1.35,
    1.2,
    1.1,
    1.0,
    0.9,
    0.8,
    0.72,
    0.64,
    0.56,
    0.5,
)  # of a poster's tables, until all stands on one sheet


def dresses(look: Look) -> Sequence[Dress]:
    """What to set a paper in; the first that fits on one sheet is taken, the last if none does."""
    match look:
        case Look.CERTIFICATE:
            return [_certified(_framed(297, 210, _EDGE, 20), size) for size in (26.0, 24.0, 22.0, 20.0, 18.0)]
        case Look.POSTER_A3:
            return [_on_wall(_framed(297, 420, _EDGE * 1.2, 12), 1.4, size) for size in _SIZES]
        case Look.POSTER_A2:
            return [_on_wall(_framed(420, 594, _EDGE * 1.6, 17), 2.0, size) for size in _SIZES]
    return [Dress()]


def _certified(form: Form, size: float) -> Dress:
    text = Setting(size=size, pitch=size * 1.7, tracking=0.0, style=Style.KAI)
    return Dress(form, replace(text, title_size=64.0, title_pitch=92.0, red_title=True))


def _on_wall(form: Form, times: float, size: float) -> Dress:
    text = 16.0 * times * min(size, 1.4)
    setting = Setting(
        form.area.width, text, text * 1.7, 0.0, Style.KAI, title_size=30.0 * times, title_pitch=44.0 * times, red_title=True
    )
    return Dress(form, setting, times * size)


def frame(page: Page) -> None:
    """Draws the double frame of a certificate or poster: twelve millimetres from the edges of A4, further on larger sheets."""
    width, height = page.form.paper
    edge = _EDGE * MM * {297: 1.2, 420: 1.6}.get(round(min(width, height) / MM), 1.0)
    for away, stroke in ((edge, _OUTER), (edge + _APART * MM, _INNER)):
        x2, y2 = width - away, height - away
        corners = [(away, away), (x2, away), (x2, y2), (away, y2), (away, away)]
        page.rules += [Rule(*start, *end, stroke, red=True) for start, end in pairwise(corners)]
