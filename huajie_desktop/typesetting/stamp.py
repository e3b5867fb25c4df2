"""Puts the code of a paper on each of its sheets: a QR symbol in the lower margin, opposite the page number, with its letters."""

from collections.abc import Sequence

from huajie_desktop.typesetting.codes import SIDE, symbol_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.page import MM, Mark, Page, Text, margins

_MODULE = 0.8 * MM  # three dots of a scan at 100 dpi, below which readers lose them
_SIDE = SIDE * _MODULE
_GAP = 4 * _MODULE  # ISO/IEC 18004, 6.3.8: nothing stands so near the symbol, neither the body nor its letters
_SIZE = 7.0


def stamp(pages: Sequence[Page], code: str, note: str = "") -> None:
    """Gives every page the code as a symbol and in letters, and a note above the letters; without a code only the note."""
    symbol = symbol_of(code) if code else None
    for index, page in enumerate(pages, 1):
        if page.blank:
            continue
        left, right, foot = margins(page.form)
        # Odd pages are numbered at the right; behind a sheet that is not counted these are the even ones.
        at_left = page.number.x > (left + right) / 2 if page.number else bool(index % 2)
        side = _SIDE if symbol else 0.0
        x, y = left if at_left else right - side, foot - _GAP - (side or 2 * _SIZE)
        if symbol:
            page.symbol = Mark(symbol.rows, x, y, side)
        for words, above in ((note, 1.4 if code else 0.2), (code, 0.2)):
            width = text_width(words, Style.SONG, _SIZE)
            beside = x + (side and side + _GAP) if at_left else x - (side and _GAP) - width
            if words:
                page.notes.append(Text(beside, y + above * _SIZE, Style.SONG, _SIZE, words))
