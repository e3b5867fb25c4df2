"""Tells sheets whose fields stand beside their contents: a list on its side, or a form that was filled in."""

from collections.abc import Iterator, Set
from itertools import pairwise
from typing import NamedTuple

from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.read_record import letter_of
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.header_cells import Grid
from huajie_desktop.sheets.understood.headers import SURE
from huajie_desktop.values.text import header_word

_ROWS, _COLUMNS = 60, 40  # of a sheet that are looked at
_FEWEST, _MANY = 3, 4  # labels: with that of the name, and where it is missing
_MOSTLY, _NEARLY = 0.6, 0.75  # share of the cells of a column that are labels, and of the labels that stand in it and differ
_SHOWN = 4
_ON_ITS_SIDE = (
    "{}是竖着的表：栏目名写在{}列（{}），内容写在右边，没有读。"
    "请把整个表复制，用“选择性粘贴”里的“转置”改成栏目名在第一行、一行一项，再导入"
)
_FORM = "{}是填好的单张表格：栏目名和内容横竖交错（{}），不是一行一项的清单，没有读。请把它们填进一行一项的清单或填报模板，再导入"


class _Label(NamedTuple):
    """A cell that says what stands right of it or below: its place from 0, the field, its words."""

    row: int
    column: int
    key: str
    text: str


def beside(sheet: RawSheet, grid: Grid, others: Set[str]) -> str:
    """What is to be said of a sheet whose fields stand beside their contents; "" of any other.

    `others` are the folded header words of all ledgers.
    """
    labels = list(_labels(sheet, grid, others))
    where = f"工作表“{sheet.name}”" if sheet.name else "表格"
    for column in sorted({label.column for label in labels}):
        own = [label for label in labels if label.column == column]
        if _enough(grid, own) and len(own) >= _NEARLY * len(labels) and _stands_beside(sheet, own):
            return _ON_ITS_SIDE.format(where, letter_of(column), "、".join(label.text for label in own[:_SHOWN]))
    if _enough(grid, labels) and _alternate(sheet, labels):
        places = (f"{letter_of(label.column)}{label.row + 1} {label.text}" for label in labels[:_SHOWN])
        return _FORM.format(where, "、".join(places))
    return ""


def is_form(grid: Grid, header: range, title: int) -> bool:
    """Whether what looks like a header is the first line of a form: labels stand below its words as well."""
    below = [row for row in range(header.stop, min(header.stop + 3, len(grid.rows))) if kinds.filled(grid.rows[row])]
    heads = {text for row in header for _, text in kinds.filled(grid.rows[row])}
    cells = kinds.filled(grid.rows[header[-1]])
    if not below:
        return len(cells) > 2 and all((place % 2 == 0) == _is_label(grid, text) for place, (_, text) in enumerate(cells))
    text = grid.text(below[0], title).strip()
    return text not in heads and _is_label(grid, text) and _count_values(grid, cells) * 3 >= len(cells)


def _count_values(grid: Grid, cells: list[tuple[int, str]]) -> int:
    return sum(grid.words.match(text).field is None and not grid.words.is_group(text) for _, text in cells)


def _is_label(grid: Grid, text: str) -> bool:
    match = grid.words.match_words(text) if text else None
    return match is not None and match.field in grid.words.fields and match.likeness >= SURE


def _labels(sheet: RawSheet, grid: Grid, others: Set[str]) -> Iterator[_Label]:
    for row in range(min(len(sheet.rows), _ROWS)):
        for column, text in kinds.filled(sheet.rows[row][:_COLUMNS]):
            match = grid.words.match_words(text)
            if match.field and match.likeness >= SURE:
                yield _Label(row, column, match.field, " ".join(text.split()))
            elif (word := header_word(text)) in others:
                yield _Label(row, column, word, " ".join(text.split()))


def _enough(grid: Grid, labels: list[_Label]) -> bool:
    keys = {label.key for label in labels}
    return len(keys) >= (_FEWEST if grid.words.ledger.name in keys else _MANY)


def _stands_beside(sheet: RawSheet, labels: list[_Label]) -> bool:
    """Whether a column holds little but labels from the first to the last, with something beside most of them."""
    column, rows = labels[0].column, range(labels[0].row, labels[-1].row + 1)
    filled = [dict(kinds.filled(sheet.rows[row])) for row in rows]
    held = sum(column in cells for cells in filled)
    said = sum(column in cells and any(c > column for c in cells) for cells in filled)
    once = len({label.key for label in labels}) >= _NEARLY * len(labels)
    return once and len(labels) >= _MOSTLY * held and (said * 2 >= held or not said)


def _alternate(sheet: RawSheet, labels: list[_Label]) -> bool:
    """Whether no row holds labels side by side: each has its value right of it, or nothing yet."""
    places = {(label.row, label.column) for label in labels}
    cells = {label.row: [column for column, _ in kinds.filled(sheet.rows[label.row])] for label in labels}
    pairs = [(row, one, other) for row, columns in cells.items() for one, other in pairwise(columns)]
    return bool(pairs) and not any((row, one) in places and (row, other) in places for row, one, other in pairs)
