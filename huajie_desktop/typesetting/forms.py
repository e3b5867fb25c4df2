"""Rows of a form: labels in 黑体, values beside them, room to write by hand."""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import em_width
from huajie_desktop.typesetting.page import MM, TABLE_SIZE
from huajie_desktop.typesetting.table import PAD_X, Align, Cell, Row, set_row
from huajie_desktop.typesetting.wholes import wholes_in

LEAST = 10.0  # height of a row in mm: room to write by hand
_LABEL = 26.0  # width of a label in mm where two pairs share a row
_NARROW = 20.0  # where three do
_WIDEST = 42.0  # that a label becomes to stand under the columns of a table
_VALUE = 26.0  # mm that are left to a value where the rules of a table are followed
_FEW = 12  # characters of a value that is centred
_MOST_GIVEN = 0.6  # of its blank room: there must be some left to write in
_BY_HAND = "　　日"  # a day to be filled in stands at the right, so that there is room before 年


def form_row(cells: Sequence[str], width: float, lines: int = 1, grid: Sequence[float] = ()) -> Row:
    """One row over `width` points: label and value in turn; a single cell is a heading across. At least `lines` × 10 mm high.

    `grid` are the upright rules of a table on the same sheet, in mm: the row's own stand on them as far as they can.
    """
    across = width / MM
    if len(cells) == 1:
        return set_row([Cell(cells[0], across, Align.CENTRE, Style.HEI)], least=lines * LEAST)
    pairs = len(cells) // 2
    edges = _edges([_needed(text) for text in cells[1::2]], across, grid)
    done = [
        Cell(text, edge - before, Align.CENTRE, Style.HEI)
        if index % 2 == 0
        else Cell(text, edge - before, _align(text, lines, pairs))
        for index, (text, (before, edge)) in enumerate(zip(cells, pairwise(edges), strict=False))
    ]
    return set_row(done, least=lines * LEAST)


def _needed(value: str) -> float:
    """How wide a value's cell is at least, in mm: its longest name stands in one line."""
    widest = max([em_width(value[start:end], Style.FANG) for start, end in wholes_in(value)], default=0.0)
    return (widest * TABLE_SIZE + 2 * PAD_X) / MM + 0.1


def _edges(needed: Sequence[float], across: float, grid: Sequence[float]) -> list[float]:
    """The upright rules of pairs whose values need so much, in mm."""
    pairs = len(needed)
    inner = grid[1:-1]
    first = min((edge for edge in inner if _NARROW <= edge <= _WIDEST), key=lambda edge: abs(edge - _LABEL), default=_LABEL)
    if pairs == 2:
        middle = (across + _LABEL) / 2
        labels = [
            (left, right) for left, right in combinations(inner, 2)
            if _NARROW <= right - left <= _WIDEST and all(
                value >= max(need, _VALUE) for value, need in zip((left - first, across - right), needed, strict=True)
            )
        ]  # fmt: skip
        if labels:
            return [0.0, first, *min(labels, key=lambda pair: abs(sum(pair) / 2 - middle)), across]
    label = _NARROW if pairs > 2 else _LABEL
    edges = [0.0, first]
    for value in _values(needed, across - first - (pairs - 1) * label):
        edges += [edges[-1] + value, edges[-1] + value + label]
    return edges[:-1]


def _values(needed: Sequence[float], room: float) -> list[float]:
    """The widths of values that need so much, in mm, together `room`: all alike but for those that need more.

    Where all together need more than there is, each gives way by the same share.
    """
    if sum(needed) >= room:
        return [one * room / sum(needed) for one in needed]
    share = room / len(needed)
    for _again in needed:
        if wide := [one for one in needed if one > share]:
            share = (room - sum(wide)) / (len(needed) - len(wide))
    return [max(one, share) for one in needed]


def _align(text: str, lines: int, pairs: int) -> Align:
    """In the middle what is short, and has a short cell; a value over the whole sheet is flush left whatever it says."""
    if text.endswith(_BY_HAND):
        return Align.FOOT if lines != 1 else Align.RIGHT
    return Align.CENTRE if pairs > 1 and lines == 1 and len(text) <= _FEW and "\n" not in text else Align.LEFT


def give_way(rows: Mapping[int, Row], least: Mapping[int, float], over: float, *, spare: float) -> dict[int, Row]:
    """The rows `over` points lower in all by their blank room above `least`, and so much to `spare` where there is enough.

    Who revises the paper may add a line, and word processors break lines otherwise. Where it is too much, they stay.
    """
    blank = sum(row.height - least[place] for place, row in rows.items())
    for wanted in (over + spare, over):
        if 0 < wanted <= blank * _MOST_GIVEN:
            part = wanted / blank
            return {place: row._replace(height=row.height - (row.height - least[place]) * part) for place, row in rows.items()}
    return dict(rows)
