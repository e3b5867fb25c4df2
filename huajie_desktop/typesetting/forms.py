"""Rows of a form: labels in 黑体, values beside them, room to write by hand."""

from collections.abc import Sequence

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.page import MM
from huajie_desktop.typesetting.table import Align, Cell, Row, set_row

LEAST = 10.0  # height of a row in mm: room to write by hand
_LABEL = 26.0  # width of a label in mm where two pairs share a row
_NARROW = 20.0  # where three do
_FEW = 12  # characters of a value that is centred
_BY_HAND = "　　日"  # a day to be filled in stands at the right, so that there is room before 年


def form_row(cells: Sequence[str], width: float, lines: int = 1) -> Row:
    """One row over `width` points: label and value in turn; a single cell is a heading across. At least `lines` × 10 mm high."""
    across = width / MM
    if len(cells) == 1:
        return set_row([Cell(cells[0], across, Align.CENTRE, Style.HEI)], least=lines * LEAST)
    pairs = len(cells) // 2
    label = _NARROW if pairs > 2 else _LABEL
    value = across / pairs - label
    done = [
        Cell(text, label, Align.CENTRE, Style.HEI) if index % 2 == 0 else Cell(text, value, _align(text, lines))
        for index, text in enumerate(cells[: 2 * pairs])
    ]
    return set_row(done, least=lines * LEAST)


def _align(text: str, lines: int) -> Align:
    if text.endswith(_BY_HAND):
        return Align.FOOT if lines != 1 else Align.RIGHT
    return Align.CENTRE if lines == 1 and len(text) <= _FEW and "\n" not in text else Align.LEFT
