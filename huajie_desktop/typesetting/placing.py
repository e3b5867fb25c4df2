"""Puts the rows of a table on pages: the head comes back, rows stay whole, none is left alone on the last page, rules meet."""

from collections.abc import Sequence

from huajie_desktop.typesetting.fitting import SMALLEST, Fit, fit
from huajie_desktop.typesetting.flow import Flow
from huajie_desktop.typesetting.line_breaking import Line, text_width
from huajie_desktop.typesetting.page import MM, Rule
from huajie_desktop.typesetting.table import Column, Row, RowSet, SetCell, body_row, draw_cell, head_row

FEWEST = 3  # rows on the last page of a table that has as many
_MUCH = 75 * MM  # fewer will do if they are as high as that together
_LINES = 3  # of a row higher than a page that stand on the page it begins on
_STEP = 0.5  # points by which type shrinks to take in a last page
_AGAIN = "（续）"  # below the number of a row that goes on


def place_table(flow: Flow, columns: Sequence[Column], texts: Sequence[Sequence[str]], size: float, reserve: float = 0.0) -> None:
    """Place a table as wide as the sheet, its columns and type set by what stands in it; see `place_rows` for the rest.

    Type shrinks as far as 小五 where that takes in a last page of one or two rows.
    """
    fitted = fit(columns, texts, flow.area.width, size)
    done = _set(fitted, texts)
    plan = _planned(flow, done.rows, done.head, reserve)
    if len(plan) > 1 and _few(plan[-1]):
        least = min(fitted.size, max(SMALLEST, size * 0.75))
        while fitted.size - _STEP >= least:
            fitted = fit(columns, texts, flow.area.width, fitted.size - _STEP)
            smaller = _set(fitted, texts)
            fewer = _planned(flow, smaller.rows, smaller.head, reserve)
            if len(fewer) < len(plan):
                done, plan = smaller, fewer
                break
    flow.pages[-1].grids.append(done._replace(heading=flow.heading))
    _place(flow, plan, done.head, reserve)


def set_table(columns: Sequence[Column], texts: Sequence[Sequence[str]], width: float, size: float) -> RowSet:
    """A table over `width` points, not yet placed, its columns and type set by what stands in it."""
    return _set(fit(columns, texts, width, size), texts)


def _set(fitted: Fit, texts: Sequence[Sequence[str]]) -> RowSet:
    return RowSet(head_row(fitted.columns, fitted.size), [body_row(fitted.columns, row, fitted.size) for row in texts])


def place_rows(flow: Flow, rows: Sequence[Row], *, head: Row | None = None, reserve: float = 0.0, above: float = 0.0) -> None:
    """Place rows over as many pages as they need, `head` again on each; the last row stays with `reserve` points below it.

    A row is only divided when no page could hold it whole; it begins where it stands, and its pieces bear its number again.
    The last page holds at least three rows if there are so many. So many points stay blank `above`.
    """
    flow.advance(above)
    flow.pages[-1].grids.append(RowSet(head, rows, flow.heading, above))
    _place(flow, _planned(flow, rows, head, reserve), head, reserve)


def _place(flow: Flow, plan: list[list[Row]], head: Row | None, reserve: float) -> None:
    for place, rows in enumerate(_balanced(plan, _page_room(flow, head) - reserve)):
        if place:
            flow.turn()
            flow.place(flow.heading)
        if rows:
            _draw_rows(flow, [head, *rows] if head else rows)


def _planned(flow: Flow, rows: Sequence[Row], head: Row | None, reserve: float) -> list[list[Row]]:
    """The rows page by page, as many as each holds; the first page may be left empty."""
    page = _page_room(flow, head)
    room = flow.room - (head.height if head else 0.0)
    plan: list[list[Row]] = [[]]
    for place, row in enumerate(rows):
        below = reserve if place == len(rows) - 1 else 0.0
        tall = row.height > page
        needed = _least(row) if tall else row.height + below
        if needed > room + 0.01 and (plan[-1] or (len(plan) == 1 and not flow.fresh)):
            plan.append([])
            room = page
        first, *others = _divided(row, room, page) if tall else [row]
        plan[-1].append(first)
        plan += [[piece] for piece in others]
        room = (page if others else room) - plan[-1][-1].height
    return plan


def _page_room(flow: Flow, head: Row | None) -> float:
    """What a further page has for rows, in points."""
    return flow.area.height - (head.height if head else 0.0) - sum(strip.height for strip in flow.heading)


def _balanced(plan: list[list[Row]], most: float) -> list[list[Row]]:
    """The plan with rows of the page before on a last page that would hold one or two low ones; no page is emptied for it."""
    while len(plan) > 1 and _few(plan[-1]) and len(plan[-2]) > 1 and not plan[-1][0].piece:
        before, last = plan[-2], plan[-1]
        if before[-1].piece or before[-1].height + sum(row.height for row in last) > most:
            break
        last.insert(0, before.pop())
    return plan


def _few(rows: Sequence[Row]) -> bool:
    """Whether they would look left over on a page of their own."""
    return len(rows) < FEWEST and sum(row.height for row in rows) < _MUCH


def _divided(row: Row, room: float, page: float) -> list[Row]:
    """The pieces of a row higher than a page; the first fits into what is left of the page it begins on."""
    pieces = list[Row]()
    done = [0] * len(row.cells)
    while not pieces or any(count < len(one.lines) for count, one in zip(done, row.cells, strict=True)):
        height = page if pieces else room
        pieces.append(_piece(row, height, done)._replace(piece=bool(pieces)))
        done = [count + max(one.lines_within(height), 1) for count, one in zip(done, row.cells, strict=True)]
    return pieces


def _least(row: Row) -> float:
    """The height of the first lines of a row, in points."""
    return max(one._replace(lines=one.lines[:_LINES]).height for one in row.cells)


def _piece(row: Row, height: float, done: Sequence[int]) -> Row:
    """The next lines of every cell that so many points hold; a first cell that has ended says its number again."""
    cells = list[SetCell]()
    for one, begin in zip(row.cells, done, strict=True):
        lines = one.lines[begin : begin + max(one.lines_within(height), 1)]
        cells.append(one._replace(lines=lines if cells or lines or not begin else _again(one)))
    return Row(tuple(cells), max(one.height for one in cells))


def _again(first: SetCell) -> list[Line]:
    return [*first.lines, Line(_AGAIN, text_width(_AGAIN, first.cell.style, first.cell.size))] if first.lines else []


def _draw_rows(flow: Flow, rows: Sequence[Row]) -> None:
    page, left, top = flow.pages[-1], flow.area.left, flow.top
    y = top
    opened: dict[float, float] = {}  # upright rules not yet drawn: x -> where they begin
    edges: tuple[float, ...] = ()
    for row in rows:
        if (own := row.edges) != edges:
            edges = own
            for edge in opened.keys() - set(edges):
                page.rules.append(Rule(left + edge, opened.pop(edge), left + edge, y))
            for edge in edges:
                opened.setdefault(edge, y)
        page.rules.append(Rule(left, y, left + edges[-1], y))
        for one, edge in zip(row.cells, edges, strict=False):
            draw_cell(page.texts, one, left + edge, y, row.height)
        y -= row.height
    page.rules.append(Rule(left, y, left + rows[-1].edges[-1], y))
    page.rules += [Rule(left + edge, begin, left + edge, y) for edge, begin in opened.items()]
    flow.advance(top - y)
