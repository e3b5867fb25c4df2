"""How wide a table's columns are and how large its type is, by what stands in them: nothing that belongs together is cut.

Every column has what it must have, its widest name, figure or day, and what it would like, its longest line. Type shrinks in
small steps until all columns have what they must; what is left over is shared out, to text by how much of it there is.
"""

import re
from collections.abc import Sequence
from math import ceil, sqrt
from typing import NamedTuple

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import em_width, text_width
from huajie_desktop.typesetting.page import MM
from huajie_desktop.typesetting.table import FIGURES_IN, PAD_X, Align, Column
from huajie_desktop.typesetting.wholes import whole_with_signs, wholes_in
from huajie_desktop.typesetting.worked_once import remembered

SMALLEST = 9.0  # 小五: type of a table shrinks so far, and no further
_TINIEST = 7.5  # 六号: where a figure or a name would be cut otherwise
_STEP = 0.5  # points
_WORD, _TEXT = 4.0, 6.0  # em: so much of a word, of a text stands in one line where there is room
_PART = 3.0  # em: where there is not
_CODE = 12.0  # em: what is longer than this, a web address, may be cut
_UNIT_WHOLE = 7.0  # em: a village's name stays in one line, an office's of fifteen characters may take two
_NAME = re.compile("[^、，；\n ]+")
_EVEN = str.maketrans("123456789", "000000000")
_MANY = 40  # rows: of a long list that division is taken which makes it the shortest
_SHARES = (1.0, 1.2, 1.4, 1.7)  # of its declared share that a column of short words may take to stand in one line
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
    whole: float  # em: its widest piece
    least: float  # em: that, and some characters to a line
    room: float  # points: to write in by hand
    wish: float  # em: its longest line
    load: float  # how much text stands in it; 0: its cells are short
    beside: float  # points that are no room for type


def fit(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: float, size: float, style: Style = Style.FANG) -> Fit:
    """The columns over `width` points with type of at most `size`; declared widths count only as shares of what is left."""
    wants = [
        _wants(column, texts, style)
        for column, texts in zip(columns, zip(*rows, strict=True) if rows else [()] * len(columns), strict=True)
    ]
    smallest = min(size, max(SMALLEST, size * 0.75))
    lows = _lows(wants, size)
    while size > smallest and sum(lows) > width:
        size = max(ceil(size / _STEP - 1) * _STEP, smallest)
        lows = _lows(wants, size)
    if sum(lows) > width:
        while size > _TINIEST and sum(_wholes_of(wants, size)) > width:
            size = max(size - _STEP, _TINIEST)
        lows = _levelled(_wholes_of(wants, size), width)
    share = width / sum([column.width for column in columns])
    hints = [column.width * share for column in columns]
    shares = _SHARES if len(rows) >= _MANY else _SHARES[:1]
    tried = [_shared(wants, lows, hints, width, size, more) for more in shares]
    widths = min(tried, key=lambda one: _lines(rows, one, size, style)) if tried[1:] else tried[0]
    return Fit(tuple([column._replace(width=one / MM) for column, one in zip(columns, widths, strict=True)]), size)


def _lows(wants: Sequence[_Wants], size: float) -> list[float]:
    """What the columns must have, in points."""
    return [max(want.least * size + want.beside, want.room) for want in wants]


def _wholes_of(wants: Sequence[_Wants], size: float) -> list[float]:
    """What the columns must have so that nothing is cut, in points."""
    return [want.whole * size + want.beside for want in wants]


@remembered  # numbers, names, deadlines: most columns of one paper stand on the next one as well
def _wants(column: Column, texts: tuple[str, ...], style: Style) -> _Wants:
    whole, wish = _head(column.title)
    load = 0.0
    if measured := [_measured(text, column.align, style) for text in texts if text]:
        pieces, lines, wholes = zip(*measured, strict=True)
        whole, wish = max(whole, *pieces), max(wish, *lines)
        if column.align is Align.LEFT:
            load = sqrt(sum(wholes) / len(texts) * max(wholes))
    least = max(whole, min(wish, _TEXT if column.align is Align.LEFT else _WORD))
    beside = 2 * PAD_X + _AIR + (FIGURES_IN if column.align is Align.FIGURES else 0.0)
    return _Wants(whole, least, column.least * MM, wish, load, beside)


@remembered
def _head(title: str) -> tuple[float, float]:
    """What a head must have, in em: short words and what stands in brackets are not cut, longer ones stand in two lines.

    And its longest line.
    """
    parts = title.split("\n")
    least = max(len(part) if len(part) <= 3 or part.startswith("（") else min(-(-len(part) // 2), _WORD) for part in parts)
    return float(least), float(max(map(len, parts)))


def _measured(text: str, align: Align, style: Style) -> tuple[float, float, float]:
    """The widest piece of a cell's text that is not cut, its longest line, and all its lines one after the other, in em."""
    if align is Align.FIGURES:
        text = text.translate(_EVEN)
    widths = [em_width(line, style) for line in text.split("\n")] if "\n" in text else [em_width(text, style)]
    wish = max(widths)
    return _piece(text, wish, align, style), wish, sum(widths)


def _piece(text: str, wish: float, align: Align, style: Style) -> float:
    if wish <= _WORD or align is Align.FIGURES:
        return wish
    if align in (Align.NAMES, Align.UNITS):
        most = _UNIT_WHOLE if align is Align.UNITS else wish
        return max([_PART, *[wide for name in _NAME.findall(text) if (wide := em_width(name, style)) <= most]])
    if text.isalpha() and "季" not in text:  # Chinese characters alone can be parted anywhere, but 三季度末前
        return _PART
    return max([_PART, *_wholes(text, style)])


def _wholes(text: str, style: Style) -> list[float]:
    """How wide in em each piece is that no line cuts, but for codes and web addresses."""
    wholes = [text_width(whole_with_signs(text, *span), style, 1.0) for span in wholes_in(text)]
    return [whole for whole in wholes if whole <= _CODE]


def _lines(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, style: Style) -> int:
    """About how many lines high a table would be whose columns are so many points wide."""
    rooms = [(wide - 2 * PAD_X) / size for wide in widths]
    return sum(
        [
            max(
                [
                    sum([ceil(em_width(line, style) / room) for line in text.split("\n")])
                    for text, room in zip(row, rooms, strict=True)
                ]
            )
            for row in rows
        ]
    )


def _shared(
    wants: Sequence[_Wants], lows: list[float], hints: Sequence[float], width: float, size: float, more: float
) -> list[float]:
    """The widths in points, together the table's.

    What is short stands in one line where `more` times its declared share allows, text gets the rest by how much of it there is.
    """
    wishes = [max(want.wish * size + want.beside, low) for want, low in zip(wants, lows, strict=True)]
    loads = [want.load * size for want in wants]
    widths = [
        low if load else max(low, min(wish, more * hint))
        for low, wish, hint, load in zip(lows, wishes, hints, loads, strict=True)
    ]
    if (over := sum(widths) - width) > 0 and (given := sum(widths) - sum(lows)) > 0:
        part = over / given
        widths = [wide - part * (wide - low) for low, wide in zip(lows, widths, strict=True)]
    room = width - sum([wide for wide, load in zip(widths, loads, strict=True) if not load])
    return _spread(_poured(room, lows, loads, wishes, widths), wishes, hints, width)


def _spread(widths: list[float], wishes: Sequence[float], hints: Sequence[float], width: float) -> list[float]:
    """The widths with what is left over: all text stands in one line, so what is short may, too, and then all become wider."""
    missing = [max(wish - one, 0.0) for wish, one in zip(wishes, widths, strict=True)]
    if (rest := width - sum(widths)) > 0 and (whole := sum(missing)) > 0:
        widths = [one + min(rest / whole, 1.0) * less for one, less in zip(widths, missing, strict=True)]
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
        share = room / sum(loads[place] for place in left)
        poured = {place: share * loads[place] for place in left}
        bound = {place: lows[place] for place, wide in poured.items() if wide < lows[place]}
        bound = bound or {place: wishes[place] for place, wide in poured.items() if wide > wishes[place]} or poured
        for place, wide in bound.items():
            done[place] = wide
            room -= wide
        left -= bound.keys()
    return done
