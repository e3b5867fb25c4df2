"""Tables as a word processor keeps them (WordprocessingML, ISO/IEC 29500-1, 17.4), of the rows that the PDF is made of."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from huajie_desktop.typesetting.page import MM
from huajie_desktop.typesetting.table import FIGURES_IN, LEADING, PAD_X, PAD_Y, Align, Row, RowSet, SetCell
from huajie_desktop.typesetting.word_text import Lay, Lettering, paragraph, run, squeezed, twips

_PLACES = {
    Align.CENTRE: "center",
    Align.NAMES: "center",
    Align.UNITS: "center",
    Align.RIGHT: "right",
    Align.FIGURES: "right",
    Align.FOOT: "right",
}
_EASE = 0.12  # em: columns fit their widest piece exactly: in another face than the PDF's it may want a little more
_BESIDE = 0.5  # points between a rule and what stands beside it at the least: lines that are kept may grow so far
_FEW = 2  # lines that a piece of a cell takes which says several short things
_RULE = 0.5  # points, which a word processor adds to each row
_RULES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(
    grid: RowSet, most: float, *, keep: bool = False, together: bool = False, joined: bool = False, whole: bool = False
) -> str:
    """A table with the PDF's columns and heights of rows, its head repeated on each page.

    No row is divided but one higher than `most` points, a page; with `keep` the last stays with what follows, and
    where they stand `together`, as the bars of a chart, each with the next. One that is
    `joined` stands right below another table, whose last rule is its first. Where the `whole` sheet is filled, as by a
    poster, all cells keep their lines.
    """
    rows = [*([grid.head] if grid.head else []), *grid.rows]
    bounds = sorted({edge for row in rows for edge in _edges(row)})
    columns = "".join(f'<w:gridCol w:w="{twips(right - left)}"/>' for left, right in pairwise(bounds))
    size = rows[-1].cells[0].cell.size
    pad = PAD_Y * size - _RULE / 2
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _RULES[joined:])
    inside = "".join(
        f'<w:{side} w:w="{twips(room)}" w:type="dxa"/>'
        for side, room in (("top", pad), ("left", _BESIDE), ("bottom", pad), ("right", _BESIDE))
    )
    properties = (
        f'<w:tblW w:w="{twips(bounds[-1])}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{inside}</w:tblCellMar>'
    )
    last = rows[-1] if keep else None
    body = "".join(
        _row(row, bounds, head=row is grid.head, whole=row.height <= most, keep=together or row is last, lines=whole)
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def _edges(row: Row) -> list[float]:
    """Its upright edges; what differs by less than can be seen is one."""
    return [round(edge, 1) for edge in row.edges]


def _row(row: Row, bounds: Sequence[float], *, head: bool, whole: bool, keep: bool, lines: bool) -> str:
    said = "".join(
        [
            "<w:cantSplit/>" if whole else "",
            f'<w:trHeight w:val="{twips(row.height - _RULE)}" w:hRule="atLeast"/>',
            "<w:tblHeader/>" if head else "",
        ]
    )
    edges = _edges(row)
    cells = (
        _cell(one, sum(left <= bound < right for bound in bounds), keep=keep, lines=lines)
        for one, left, right in zip(row.cells, edges, edges[1:], strict=False)
    )
    return f"<w:tr><w:trPr>{said}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(one: SetCell, spans: int, *, keep: bool, lines: bool) -> str:
    cell = one.cell
    kept = lines or _is_kept(one)
    text = "\n".join(line.text for line in one.lines) if kept else cell.text
    lay = Lay(LEADING * cell.size, _PLACES.get(cell.align, "left"), keep=keep)
    if cell.align is Align.LEFT:
        inside = max(PAD_X - _EASE * cell.size, _BESIDE) - _BESIDE
        lay = lay._replace(left=inside, right=0 if kept else inside)
    elif _PLACES[cell.align] == "right":
        lay = lay._replace(right=PAD_X + FIGURES_IN - _BESIDE)
    said = [
        f'<w:tcW w:w="{twips(cell.width * MM)}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{spans}"/>' if spans > 1 else "",
        f'<w:vAlign w:val="{"bottom" if cell.align is Align.FOOT else "center"}"/>',
    ]
    lettering = Lettering(cell.style, cell.size)
    room = cell.width * MM - 2 * _BESIDE - lay.left - lay.right if kept else inf
    content = "".join(
        paragraph(run(line, lettering, "Cell", squeezed(line, lettering, room)), lay, "Cell") for line in text.split("\n")
    )
    return f"<w:tc><w:tcPr>{''.join(said)}</w:tcPr>{content}</w:tc>"


def _is_kept(one: SetCell) -> bool:
    """Whether a cell keeps the lines of the PDF, where no name, figure or day is cut; longer text the word processor breaks."""
    pieces = one.cell.text.count("\n") + 1
    return one.cell.align is not Align.LEFT or (pieces > 1 and len(one.lines) <= _FEW * pieces)
