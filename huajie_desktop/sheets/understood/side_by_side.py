"""Takes a sheet apart whose lists stand side by side, so that each is read as if it stood alone: the left one first."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from huajie_desktop.reading.raw import Cell, Range, RawSheet
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.column_mapping import MOST_COLUMNS
from huajie_desktop.sheets.understood.header_cells import Grid
from huajie_desktop.sheets.understood.headers import SERIAL, SURE, Vocabulary, money_unit
from huajie_desktop.sheets.understood.title_lines import title_start
from huajie_desktop.values.text import fold, header_word

_ROWS, _NEAR = 2000, 60  # rows in which lists side by side may begin, and those of which each is asked
_FEWEST = 3  # columns a header names
_DEPTH = 3  # rows over a repeated header in which groups or titles of its halves may stand
_TITLED = re.compile(r"清单|台账|名册|名单|[表册]$|[村居区会][)]?$|20\d\d年|单位")
_DAY = re.compile(r"日期|时间|20\d\d[年./-]\d{1,2}[月./-]")


class _Band(NamedTuple):
    """Rows that hold lists side by side: the columns at which these begin, and which of the rows are titles over them."""

    rows: range
    starts: tuple[int, ...]
    titles: Set[int]


def apart(sheet: RawSheet, words: Vocabulary) -> list[RawSheet]:
    """The sheet itself, or its lists one by one where some stand side by side; every cell keeps its row and its column."""
    bands = _bands(sheet, Grid(sheet, words))
    if all(len(band.starts) == 1 for band in bands):
        return [sheet]
    return [part for band in bands for part in _parts(sheet, band)]


def _bands(sheet: RawSheet, grid: Grid) -> list[_Band]:
    """The sheet in bands from top to bottom, each with the titles over its headers."""
    bands: list[_Band] = []
    header = -1
    for number, titled in _headers(grid):
        top, low = (whole := grid.header(number)).start, whole.stop
        if not titled and (low > number + 1 or 0 <= header < number < header + _DEPTH + 1):
            continue  # another row of the header says more
        starts = _starts(grid, number)
        if bands and len(starts) == 1 and _is_in_one(grid, number, bands[-1].starts):
            continue  # the header again in one of the lists alone
        if not bands and len(starts) == 1:
            header = header if header >= 0 else number
            continue
        first = title_start(sheet.rows, header, top) if header >= 0 else 0
        if bands and bands[-1].starts == starts:
            bands[-1] = bands[-1]._replace(titles=bands[-1].titles | set(range(first, top)))
        else:
            bands = _ended(bands, first)
            bands.append(_Band(range(first, len(sheet.rows)), starts, frozenset(range(first, top))))
        header = number
    return bands


def _is_in_one(grid: Grid, row: int, starts: Sequence[int]) -> bool:
    """Whether a header stands in one of the lists alone, and another one goes on beside it or it is none of the first."""
    named = [column for column, key, _ in _heads(grid, row) if key is not None]
    held = [bisect_right(starts, column) for column, _ in kinds.filled(grid.rows[row])]
    within = {bisect_right(starts, column) for column in named}
    return len(starts) > 1 and len(within) == 1 and (within != {1} or set(held) != within)


def _ended(bands: list[_Band], first: int) -> list[_Band]:
    """The bands above a new one that begins in that row; what stands over the first one is a band of one list."""
    if not bands:
        return [_Band(range(first), (0,), frozenset())] if first else []
    return [*bands[:-1], bands[-1]._replace(rows=range(bands[-1].rows.start, first))]


def _headers(grid: Grid) -> Iterator[tuple[int, bool]]:
    """Rows that name three columns or more, and whether one is that of titles.

    Far down only those that say a header word without frills are asked.
    """
    plain = frozenset(grid.words.words)
    for number, row in enumerate(grid.rows[:_ROWS]):
        far = number > _NEAR and plain.isdisjoint(row)
        if not far and len(row) >= _FEWEST:
            keys = [key for _, key, _ in _heads(grid, number) if key is not None]
            if len(keys) >= _FEWEST:
                yield number, grid.words.ledger.name in keys


def _heads(grid: Grid, row: int) -> list[tuple[int, str | None, str]]:
    """The cells of a header row: column, the field its word surely names, and the word."""
    cells = [(c, text) for c, text in kinds.filled(grid.rows[row][:MOST_COLUMNS]) if grid.may_head(row, c)]
    if hanging := grid.hanging(row):
        cells = sorted({**dict(hanging), **dict(cells)}.items())
    matches = [(c, grid.words.match_words(text), header_word(text)) for c, text in cells]
    return [(c, match.field if match.likeness >= SURE else None, word) for c, match, word in matches]


def _starts(grid: Grid, row: int) -> tuple[int, ...]:
    """The columns at which lists begin under this header; one where it is the header of one list."""
    heads = _heads(grid, row)
    named = [place for place, (_, key, _) in enumerate(heads) if key == grid.words.ledger.name]
    if len(named) < 2:
        return (0,)
    starts = [0]
    for title in named[1:]:
        before = next(place for place in reversed(named) if place < title)
        begin, alike = _alike(heads, starts[-1], before, title)
        if begin is None or alike < 2:
            continue
        if _are_halves(grid, row, heads, (starts[-1], before), (begin, title)):
            starts.append(begin)
    return (0, *(heads[begin][0] for begin in starts[1:]))


def _alike(heads: Sequence[tuple[int, str | None, str]], start: int, before: int, title: int) -> tuple[int | None, int]:
    """Where the half around the second title begins, and how many of its columns repeat those of the first, in the same order."""
    begin, count = title, 1
    for own, other in zip(range(before - 1, start - 1, -1), range(title - 1, before, -1), strict=False):
        if _key(heads[own]) != _key(heads[other]):
            break
        begin, count = other, count + 1
    first = [_key(head) for head in heads[before + 1 : begin]]
    for head in heads[title + 1 :]:
        if _key(head) in first:
            first = first[first.index(_key(head)) + 1 :]
            count += 1
    return (begin if begin > before else None), count


def _key(head: tuple[int, str | None, str]) -> str:
    return head[1] or head[2]


def _are_halves(
    grid: Grid, row: int, heads: Sequence[tuple[int, str | None, str]], one: tuple[int, int], other: tuple[int, int]
) -> bool:
    """Whether two columns called like titles begin lists of their own: each with its numbers, or by the same word and without
    words over it that tell them apart (户主, 配偶).
    """
    numbered = [any(heads[place][1] == SERIAL for place in range(begin, title)) for begin, title in (one, other)]
    if all(numbered):
        return True
    if any(numbered) or heads[one[1]][2] != heads[other[1]][2]:
        return False
    over = [
        {text for above in range(max(row - _DEPTH, 0), row) if (text := grid.parent(above, heads[title][0]).strip())}
        for _, title in (one, other)
    ]
    return all(_TITLED.search(fold(text)) for text in over[0] ^ over[1])


def _parts(sheet: RawSheet, band: _Band) -> Iterator[RawSheet]:
    spans = list(zip(band.starts, (*band.starts[1:], sheet.columns.stop), strict=True))
    for number, (start, end) in enumerate(spans):
        part = RawSheet(sheet.name, sheet.visible)
        part.deeply_hidden, part.looked = sheet.deeply_hidden, sheet.looked
        part.part, part.columns = number, range(start, end)
        part.rows = [[] for _ in sheet.rows]
        for row in band.rows:
            part.rows[row] = _titles(sheet, row, spans, number) if row in band.titles else _cut(sheet, row, spans, number)
        part.merges = [merge for found in sheet.merges if (merge := _cut_merge(found, band.rows, part.columns))]
        part.notes, part.marks, part.doubts = (
            {at: text for at, text in said.items() if at[0] in band.rows and at[1] in part.columns}
            for said in (sheet.notes, sheet.marks, sheet.doubts)
        )
        yield part


def _cut_merge(merge: Range, rows: range, columns: range) -> Range | None:
    """What of a merged range lies inside."""
    top, left = max(merge[0], rows[0]), max(merge[1], columns[0])
    low, right = min(merge[2], rows[-1]), min(merge[3], columns[-1])
    return (top, left, low, right) if top <= low and left <= right and (top, left) != (low, right) else None


def _titles(sheet: RawSheet, row: int, spans: Sequence[tuple[int, int]], number: int) -> list[Cell]:
    """What a line of titles says of one list: its own cells, those that reach over several, and what is said only once of all."""
    wide = {left: right for top, left, low, right in sheet.merges if top <= row <= low}
    cells = kinds.filled(sheet.rows[row])
    own = {column: next(n for n, (start, end) in enumerate(spans) if start <= column < end) for column, _ in cells}
    said = {(_sort(text), own[column]) for column, text in cells}
    line: list[Cell] = [""] * len(sheet.rows[row])
    for column, text in cells:
        over_several = wide.get(column, column) >= spans[own[column]][1]
        once = column not in wide and all(kind != _sort(text) or n == own[column] for kind, n in said)
        if own[column] == number or over_several or once:
            line[column] = sheet.rows[row][column]
    return line


def _sort(text: str) -> str:
    """What a cell over a table speaks of: its money, a day, or whose and what it is."""
    return "money" if "单位" in text and money_unit(text) else "day" if _DAY.search(fold(text)) else "title"


def _cut(sheet: RawSheet, row: int, spans: Sequence[tuple[int, int]], number: int) -> list[Cell]:
    """One row of one list; a heading that reaches over several heads each, what closes the sheet stands in the first."""
    cells, (start, end) = sheet.rows[row], spans[number]
    if _closes(kinds.filled(cells), spans):
        return [] if number else list(cells)
    own: list[Cell] = ["" if column < start else cell for column, cell in enumerate(cells[:end])]
    wide = next((left for top, left, low, right in sheet.merges if top == row == low and left < start <= right), None)
    if wide is not None and len(cells) > start:
        own[start] = cells[wide]
    return own


def _closes(cells: Sequence[tuple[int, str]], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a row is one total, note or signature below all lists, and none of each."""
    texts = [text for _, text in cells]
    if not texts or not (kinds.is_total(texts) or kinds.is_note(texts, False) or kinds.is_signature(texts)):
        return False
    lists = [sum(start <= column < end for column, _ in cells) for start, end in spans]
    return len(texts) < _FEWEST or sum(map(bool, lists)) == 1
