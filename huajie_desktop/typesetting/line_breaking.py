"""Breaks Chinese text into lines by the rules of 禁则 and sets them to a width; knows widths, no pages."""

import re
from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import NamedTuple

from huajie_desktop.typesetting.fonts import Style, widths_of
from huajie_desktop.typesetting.wholes import NO_START, forced_end, inside_wholes, may_break, tears
from huajie_desktop.typesetting.worked_once import remembered

_HALF_SIGN = re.compile(r"[,;:!?](?<=[\u2e80-\U0003ffff].)(?=[^\s])")
_AIR = 0.22  # em of room after such a sign

_BLANK_RIGHT = frozenset("，。、；：）〕］〉》」』】〗”’")  # ink in the left half of the square
_BLANK_LEFT = frozenset("（〔［〈《「『【〖“‘")  # ink in the right half
_BLANK = _BLANK_RIGHT | _BLANK_LEFT
_SIGN_GAP = re.compile(f"(?<=[{re.escape(''.join(_BLANK_RIGHT))}])(?=.)|(?<=.)(?=[{re.escape(''.join(_BLANK_LEFT))}])", re.DOTALL)
_TIGHTEN = 0.02  # em by which every character may come closer to take one more sign into the line
_PUSH_IN = 4  # at most so many characters are taken in beyond the line
_LOOSEN = 0.35  # em; a line that would need wider gaps stays ragged
_GIVEN_UP = {True: 0.13, False: 0.5}  # of a line's width, justified or not, so that nothing is torn at its end


class Line(NamedTuple):
    """One set line. Points; `spacing` follows every character, `kerns` are extra (index, points) after single ones."""

    text: str
    width: float
    spacing: float = 0.0
    kerns: tuple[tuple[int, float], ...] = ()
    indent: float = 0.0


class Measure(NamedTuple):
    """How a paragraph is to be set; points, the indent in characters of the grid."""

    style: Style
    size: float
    width: float
    tracking: float = 0.0  # added after every character, also on lines that are not justified
    indent: int = 0
    justified: bool = False
    lead: tuple[Style, int] | None = None  # another face for so many characters it begins with


@remembered  # heads, labels, closing words: most texts of one paper stand on the next one as well
def set_lines(text: str, measure: Measure) -> tuple[Line, ...]:
    """The lines of a text, paragraph by paragraph; line breaks in it are kept, no character is lost or moved."""
    return tuple(line for paragraph in text.split("\n") for line in _set_paragraph(paragraph, measure))


@remembered  # every cell is measured before its column is, and set after it
def em_width(text: str, style: Style) -> float:
    """The width of a text set solid, in em."""
    return sum(map(widths_of(style).__getitem__, text))


def text_width(text: str, style: Style, size: float, tracking: float = 0.0) -> float:
    """The width of a text set solid, in points."""
    return sum(map(widths_of(style).__getitem__, text)) * size + tracking * len(text)


def break_lines(text: str, measure: Measure) -> list[tuple[int, int]]:
    """Where the lines of one paragraph begin and end."""
    return _spans(text, _ends(text, measure, _airy_signs(text)), measure)


def _set_paragraph(text: str, measure: Measure) -> list[Line]:
    indent = measure.indent * (measure.size + measure.tracking)
    airy = _airy_signs(text)
    if not airy and not measure.lead:  # most cells hold one short line
        solid = text.rstrip()
        width = em_width(solid, measure.style) * measure.size + measure.tracking * len(solid)
        if width <= measure.width - indent:
            return [Line(text, width, measure.tracking, (), indent)]
    ends = _ends(text, measure, airy)
    lines = []
    for start, end in _spans(text, ends, measure):
        shown = start + len(text[start:end].rstrip())
        kerns = tuple([(index - start, _AIR * measure.size) for index in airy if start <= index < shown - 1]) if airy else ()
        raw = Line(text[start:end], ends[shown] - ends[start], measure.tracking, kerns, 0.0 if start else indent)
        lines.append(_fit(raw, measure, last=end >= len(text)))
    return lines


def _ends(text: str, measure: Measure, airy: list[int]) -> list[float]:
    """Where each character ends when all stand in one line, in points; one entry more for the beginning."""
    size, tracking = measure.size, measure.tracking
    advances = [width * size + tracking for width in map(widths_of(measure.style).__getitem__, text)]
    if measure.lead:
        style, length = measure.lead
        advances[:length] = [width * size + tracking for width in map(widths_of(style).__getitem__, text[:length])]
    for index in airy:
        advances[index] += _AIR * size
    return [0.0, *accumulate(advances)]


def _airy_signs(text: str) -> list[int]:
    """The half-width stops and commas that stand behind a Chinese character: set solid they would stick to the next one."""
    return [match.start() for match in _HALF_SIGN.finditer(text)]


def _spans(text: str, ends: list[float], measure: Measure) -> list[tuple[int, int]]:
    room = measure.width - measure.indent * (measure.size + measure.tracking)
    inside = inside_wholes(text)
    starts = [0]
    while True:
        end = _line_end(text, starts[-1], ends, room, inside, measure)
        if end >= len(text):
            break
        starts.append(end)
        room = measure.width
    if len(starts) > 1 and _left_over(text[starts[-1] :]):
        starts[-1] = _fuller(text, starts[-2], starts[-1], ends, inside, measure)
    return list(pairwise([*starts, len(text)]))


def _left_over(line: str) -> bool:
    """Whether a last line holds a single character, and signs: it looks like a mistake."""
    shown = line.rstrip()
    return len(shown) <= _PUSH_IN and sum(character not in NO_START for character in shown) <= 1


def _fuller(text: str, start: int, last: int, ends: list[float], inside: frozenset[int], measure: Measure) -> int:
    """Where the last line begins with some of the line above it, which keeps at least as much."""
    half = ends[start] + (ends[last] - ends[start]) / 2
    places = [index for index in range(last - 1, start, -1) if ends[index] >= half and may_break(text, index, inside)]
    fitting = [index for index in places if ends[-1] - ends[index] <= measure.width]
    return next((index for index in fitting if not tears(text, index)), fitting[0] if fitting else last)


def _line_end(text: str, start: int, ends: list[float], room: float, inside: frozenset[int], measure: Measure) -> int:
    limit = ends[start] + room + 0.01
    fits = bisect_right(ends, limit, start) - 1
    while fits < len(text) and text[fits].isspace():
        fits += 1
    if fits >= len(text):
        return len(text)
    if fits > start and _good(text, fits, inside):
        return fits
    end = next((end for end in range(fits + 1, min(fits + _PUSH_IN, len(text)) + 1) if _good(text, end, inside)), 0)
    if start < fits and end and ends[end] <= limit + _squeeze(text[start:end], measure.size):
        return end
    return _given_back(text, start, fits, ends, inside, room * _GIVEN_UP[measure.justified])


def _given_back(text: str, start: int, fits: int, ends: list[float], inside: frozenset[int], most: float) -> int:
    """Where a line that cannot end well at text[fits] ends: well with at most so many points less, else where it may at all."""
    nearest = fits if fits > start and may_break(text, fits, inside) else 0
    for index in range(fits - 1, start, -1):
        if may_break(text, index, inside):
            nearest = nearest or index
            if ends[index] < ends[fits] - most:
                break
            if not tears(text, index):
                return index
    return nearest or forced_end(text, start, fits)


def _good(text: str, index: int, inside: frozenset[int]) -> bool:
    """Whether a line ends well before text[index]: nothing forbidden, nothing torn."""
    return index == len(text) or (may_break(text, index, inside) and not tears(text, index))


def _squeeze(line: str, size: float) -> float:
    """By how many points a line can be tightened: half a square for each sign, a little for every character."""
    signs = sum(map(_BLANK.__contains__, line[1:]))
    return size * (0.5 * signs + _TIGHTEN * len(line))


def _fit(line: Line, measure: Measure, *, last: bool) -> Line:
    """The line with the spacing that makes it fill its width; the last of a paragraph only if it is too long."""
    over = line.width - (measure.width - line.indent)
    if over > 0.01:
        return _tighten(line, measure, over)
    gaps = len(line.text.rstrip()) - 1
    if last or not measure.justified or gaps < 1 or -over < 0.01 or -over > gaps * _LOOSEN * measure.size:
        return line
    # The last character's own tracking lies outside the line.
    spacing = measure.tracking + (measure.tracking - over) / gaps
    return line._replace(width=measure.width - line.indent, spacing=spacing)


def _tighten(line: Line, measure: Measure, over: float) -> Line:
    """Take `over` points out of a line: first the blank half of the sign at its end, then signs, then every gap."""
    shown = line.text.rstrip()
    half = measure.size / 2
    over = max(over - half, 0.0) if shown[-1:] in _BLANK_RIGHT else over  # no ink stands there: nothing has to move
    places = _sign_gaps(shown)
    pull = min(half, over / len(places)) if places else 0.0
    kerns = dict(line.kerns)
    for index in places if pull else ():
        kerns[index] = kerns.get(index, 0.0) - pull
    spacing = line.spacing - (over - pull * len(places)) / max(len(shown) - 1, 1)
    return line._replace(width=measure.width - line.indent, spacing=spacing, kerns=tuple(sorted(kerns.items())))


def _sign_gaps(shown: str) -> list[int]:
    """The indices of the characters after which a half square is blank."""
    return [match.start() - 1 for match in _SIGN_GAP.finditer(shown)]
