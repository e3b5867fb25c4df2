"""How a character of one face is set between those of another, so that it stands as high and as wide as they do."""

import struct
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # reportlab is loaded with the first face
    from reportlab.pdfbase.ttfonts import TTFont

_HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))  # where Unicode has the characters
_SAMPLE = 400  # glyphs that are measured: the mean over so many is that over all within a third of a percent
_LEAST, _MOST = 0.85, 1.15  # a face that differs more is no face of text, and is left as it is
_SEEN = 0.01  # em: what differs less is not seen


class Fit(NamedTuple):
    """How a glyph is set: its width and height against what its face says, and how far above the base line, in em."""

    across: float = 1.0
    up: float = 1.0
    rise: float = 0.0


AS_IT_IS = Fit()


class _Ink(NamedTuple):
    """Where the characters of a face have their ink on average, in em."""

    width: float
    height: float
    middle: float  # above the base line


def fit_between(helper: "TTFont", main: "TTFont", character: str) -> Fit:
    """How `helper` sets a character between those of `main`: Chinese ones as large and as high on average, others as they are."""
    if not any(first <= ord(character) <= last for first, last in _HAN):
        return AS_IT_IS
    own, other = _ink_of(main), _ink_of(helper)
    if own is None or other is None:
        return AS_IT_IS
    across, up = own.width / other.width, own.height / other.height
    if not all(_LEAST <= scale <= _MOST for scale in (across, up)):
        return AS_IT_IS
    rise = own.middle - other.middle * up
    return Fit(across, up, rise) if max(abs(across - 1), abs(up - 1), abs(rise)) > _SEEN else AS_IT_IS


@cache
def _ink_of(font: "TTFont") -> _Ink | None:
    """The mean over a sample of a face's Chinese characters; None for a face without any."""
    face = font.face
    known = sorted(code for code in face.charToGlyph if any(first <= code <= last for first, last in _HAN))
    glyphs = [face.charToGlyph[code] for code in known[:: max(len(known) // _SAMPLE, 1)]]
    outlines = face.get_table("glyf")
    starts = [face.glyphPos[glyph] for glyph in glyphs if face.glyphPos[glyph] < face.glyphPos[glyph + 1]]
    if not starts:
        return None
    boxes = [struct.unpack(">4h", outlines[start + 2 : start + 10]) for start in starts]  # left, lower, right, upper edge of each
    left, lower, right, upper = (sum(edges) / len(boxes) / face.unitsPerEm for edges in zip(*boxes, strict=True))
    return _Ink(right - left, upper - lower, (upper + lower) / 2)
