"""Puts the code of a paper on each of its sheets: a QR symbol in the lower margin, opposite the page number, with its letters."""

from collections.abc import Sequence

from huajie_desktop.typesetting.codes import symbol_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.page import MM, Mark, Page, Text, margins

_SIDE = 14 * MM
_GAP = 3 * MM  # between the body and the symbol, between the symbol and its letters
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
        x = left if at_left else right - _SIDE
        if symbol:
            page.symbol = Mark(symbol.rows, x, foot - _GAP - _SIDE, _SIDE)
        for words, above in ((note, 1.4 if code else 0.2), (code, 0.2)):
            width = text_width(words, Style.SONG, _SIZE)
            beside = x + _SIDE + _GAP / 2 if at_left else x - _GAP / 2 - width
            if words:
                y = foot - _GAP - (_SIDE if symbol else _SIZE) + above * _SIZE
                page.notes.append(Text(beside, y, Style.SONG, _SIZE, words))
