"""How wide a table's columns are and how large its type is, by what stands in them: nothing that belongs together is cut.

Every column has what it must have, its widest name, figure or day, and what it would like, its longest line. Type shrinks in
small steps until all columns have what they must; what is left over is shared out, to text by how much of it there is.
"""

import re
from collections.abc import Sequence
from math import ceil, sqrt
from typing import NamedTuple

from huajie_desktop.typesetting.fonts import Style, widths_of
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.page import MM
from huajie_desktop.typesetting.table import FIGURES_IN, PAD_X, Align, Column
from huajie_desktop.typesetting.wholes import wholes_in

SMALLEST = 9.0  # 小五: type of a table shrinks so far, and no further
_STEP = 0.5  # points
_WORD, _TEXT = 4.0, 6.0  # em: so much of a word, of a text stands in one line
_CODE = 10.0  # em: what is longer than this, a web address, may be cut
_NAME = re.compile("[^、，；\n ]+")
_EVEN = str.maketrans("123456789", "000000000")
_AIR = 0.3  # points, so that rounding turns no line


class Fit(NamedTuple):
    """Columns with their widths in mm for type of `size` points."""

    columns: tuple[Column, ...]
    size: float

    def edges(self) -> tuple[float, ...]:
        """Where its upright rules stand, in mm from the left."""
        places = [0.0]
        for column in self.columns:
            places.append(places[-1] + column.width)
        return tuple(places)


class _Wants(NamedTuple):
    least: float  # em: its widest piece
    room: float  # points: to write in by hand
    wish: float  # em: its longest line
    load: float  # how much stands in it
    beside: float  # points that are no room for type


def fit(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: float, size: float, style: Style = Style.FANG) -> Fit:
    """The columns over `width` points with type of at most `size`; declared widths count only as shares of what is left."""
    wants = [_wants(column, [row[place] for row in rows], style) for place, column in enumerate(columns)]
    smallest = min(size, max(SMALLEST, size * 0.75))
    size = _largest(wants, width, size, smallest)
    hints = [column.width * width / sum(column.width for column in columns) for column in columns]
    widths = _shared(columns, wants, hints, width, size)
    return Fit(tuple(column._replace(width=one / MM) for column, one in zip(columns, widths, strict=True)), size)


def _largest(wants: Sequence[_Wants], width: float, size: float, smallest: float) -> float:
    """The largest type, by half points, in which all columns have what they must."""
    while size > smallest and sum(max(want.least * size + want.beside, want.room) for want in wants) > width:
        size = max(ceil(size / _STEP - 1) * _STEP, smallest)
    return size


def _wants(column: Column, texts: Sequence[str], style: Style) -> _Wants:
    least, loads, most = _head(column.title), 0.0, 0.0
    wish = float(max(map(len, column.title.split("\n"))))
    for text in texts:
        if text:
            piece, line = _measured(text, column.align, style)
            least, wish = max(least, piece), max(wish, line)
            loads, most = loads + line, max(most, line)
    if column.align is Align.LEFT:
        least = max(least, min(wish, _TEXT))
    beside = 2 * PAD_X + _AIR + (FIGURES_IN if column.align is Align.FIGURES else 0.0)
    return _Wants(least, column.least * MM, wish, sqrt(loads / max(len(texts), 1) * most), beside)


def _head(title: str) -> float:
    """The room a head must have, in em: short words and what stands in brackets are not cut, longer ones stand in two lines."""
    return max(
        len(part) if len(part) <= 3 or part.startswith("（") else min(-(-len(part) // 2), _WORD) for part in title.split("\n")
    )


def _measured(text: str, align: Align, style: Style) -> tuple[float, float]:
    """The widest piece of a cell's text that is not cut, and its longest line, in em."""
    if align is Align.FIGURES:
        text = text.translate(_EVEN)
    lines = text.split("\n")
    wish = max([text_width(line, style, 1.0) for line in lines])
    if wish <= _WORD or align is Align.FIGURES:
        return wish, wish
    if align is Align.NAMES:
        return max([text_width(name, style, 1.0) for name in _NAME.findall(text)], default=_WORD), wish
    widths = widths_of(style)
    wholes = [sum([widths[character] for character in text[start:end]]) for start, end in wholes_in(text) if end - start > 1]
    return max([_WORD, *(whole for whole in wholes if whole <= _CODE)]), wish


def _shared(columns: Sequence[Column], wants: Sequence[_Wants], hints: Sequence[float], width: float, size: float) -> list[float]:
    """The widths in points, together the table's."""
    lows = _levelled([max(want.least * size + want.beside, want.room) for want in wants], width)
    wishes = [max(want.wish * size + want.beside, low) for want, low in zip(wants, lows, strict=True)]
    texts = [column.align is Align.LEFT for column in columns]
    # What is short stands in one line where its declared share allows, text gets the rest by how much of it there is.
    short = [low if text else max(low, min(wish, hint)) for low, wish, hint, text in zip(lows, wishes, hints, texts, strict=True)]
    if sum(short) > max(width, sum(lows)):
        spare = width - sum(lows)
        short = [low + (wide - low) * spare / (sum(short) - sum(lows)) for low, wide in zip(lows, short, strict=True)]
    loads = [want.load * size + want.beside if text else 0.0 for want, text in zip(wants, texts, strict=True)]
    room = width - sum(wide for wide, text in zip(short, texts, strict=True) if not text)
    widths = _poured(room, lows, loads, wishes, short)
    if (rest := width - sum(widths)) > 0:  # all text stands in one line: now what is short may, too
        missing = [wish - one for wish, one in zip(wishes, widths, strict=True)]
        part = min(rest / whole, 1.0) if (whole := sum(missing)) else 0.0
        widths = [one + part * less for one, less in zip(widths, missing, strict=True)]
        rest = width - sum(widths)
    return [one + rest * hint / width for one, hint in zip(widths, hints, strict=True)]


def _levelled(lows: list[float], width: float) -> list[float]:
    """What the columns must have; where the sheet has less, the widest ones are cut to the same width."""
    if sum(lows) <= width:
        return lows
    left, rest = width, len(lows)
    level = width
    for low in sorted(lows):
        level = left / rest
        if low > level:
            break
        left, rest = left - low, rest - 1
    return [min(low, level) for low in lows]


def _poured(
    room: float, lows: Sequence[float], loads: Sequence[float], wishes: Sequence[float], widths: Sequence[float]
) -> list[float]:
    """The widths with `room` points poured into those columns that have a load: none below its least, none above its wish."""
    done = list(widths)
    left = {place for place, load in enumerate(loads) if load}
    while left:
        whole = sum(loads[place] for place in left)
        shares = {place: room * loads[place] / whole for place in left}
        low = {place for place in left if shares[place] < lows[place]}
        high = set() if low else {place for place in left if shares[place] > wishes[place]}
        for place in low or high or left:
            done[place] = lows[place] if place in low else wishes[place] if place in high else shares[place]
            room -= done[place]
        left -= low or high or set(left)
    return done
