"""Finds the tables of a sheet: header rows (one to four), the columns' fields, and the title lines above."""

from collections.abc import Collection, Set

from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.column_mapping import MOST_COLUMNS, map_columns
from huajie_desktop.sheets.understood.found_table import Overrides, Table
from huajie_desktop.sheets.understood.header_cells import DEPTH, Grid
from huajie_desktop.sheets.understood.headers import SURE, Vocabulary, is_part_of_calendar
from huajie_desktop.sheets.understood.title_lines import is_inner_heading, new_texts, title_start
from huajie_desktop.sheets.understood.upright import is_form
from huajie_desktop.values.text import fold, header_word, without_brackets

_MAX_HEADER_CELL, _SMALL = 24, 3000
_FEWEST_HEADS = 3  # cells of a header of something else, and words that make a row a header though numbers stand beside them
_BELOW = 8  # rows below a header of something else in which it must hold something


def find_tables(
    sheet: RawSheet, year: int, overrides: Overrides, words: Vocabulary, others: Set[str] = frozenset()
) -> list[Table]:
    """The tables of a sheet from top to bottom; none when no row looks like a header.

    `others` are the folded header words of all ledgers, by which a table of something else is told from records.
    """
    grid = Grid(sheet, words)
    tables: list[Table] = []
    foreign: list[tuple[int, str]] = []
    for row in _candidates(sheet.rows, words, others):
        if tables and row < tables[-1].first:
            continue
        if table := _best(grid, row, year, overrides):
            _add(sheet, tables, table, foreign)
        elif heads := _foreign_heads(grid, row, tables, others):
            if tables and tables[-1].last > row:
                tables[-1].last = title_start(sheet.rows, tables[-1].first, row)
            foreign.append((row, "、".join(heads)))
    if tables:
        tables[-1].others += [(row + 1, heads) for row, heads in foreign]
    return tables


def map_header(
    sheet: RawSheet, header: range, year: int, overrides: Overrides, words: Vocabulary, further: Collection[int]
) -> Table:
    """The table under a header a person points at, which may be none; the columns `further` hold something, whatever it says."""
    grid = Grid(sheet, words)
    table = map_columns(grid, header, year, overrides)
    for index in further:
        if not (column := table.column_at(index)).header:
            column.header = grid.shown(header, index)
    table.above = range(header.start)
    return table


def _add(sheet: RawSheet, tables: list[Table], table: Table, foreign: list[tuple[int, str]]) -> None:
    """Takes up a further table, unless its header is the last one's repeated on a new page, left out row by row."""
    row = table.header[0]
    end = max([*(found.first for found in tables[-1:]), *(at for at, _ in foreign[-1:])], default=0)
    table.above = range(title_start(sheet.rows, end, row) if tables or foreign else 0, row)
    if tables:
        last = tables[-1]
        if last.last > row:
            if _same_header(last, table) and not _begins_anew(sheet, last, table):
                return
            last.last = table.above.start
        table.before = (*last.before, last.above)
    tables.append(table)


def _begins_anew(sheet: RawSheet, last: Table, table: Table) -> bool:
    """Whether another list begins under the same header; a heading between belongs to the list, the title again to a page."""
    new = new_texts(_lines(sheet, table.above), _lines(sheet, last.above))
    if new and not (table.words.sectioned and is_inner_heading(new)):
        return True
    last.pages.update(row for row in table.above if not any(text in new for _, text in kinds.filled(sheet.rows[row])))
    return False


def _lines(sheet: RawSheet, rows: range) -> list[list[str]]:
    """What the lines over a table say, blank ones left out."""
    return [texts for row in rows if (texts := [text for _, text in kinds.filled(sheet.rows[row])])]


def _candidates(rows: list[list[Cell]], words: Vocabulary, others: Set[str]) -> list[int]:
    """Rows that may be headers: at least two header words (in a long sheet at least one written without frills)."""
    plain = frozenset(words.words) | others
    look = rows if len(rows) <= _SMALL else None
    found = []
    for number, row in enumerate(rows):
        if look is None and number > 60 and plain.isdisjoint(row):
            continue
        if sum(1 for cell in row[:MOST_COLUMNS] if _is_word(cell, words) or (others and cell in others)) >= 2:
            found.append(number)
    return found


def _is_word(cell: Cell, words: Vocabulary) -> bool:
    if not isinstance(cell, str) or not cell or len(cell) > 60 or cell.startswith("\0"):
        return False
    match = words.match_words(cell)
    return (match.field is not None and match.likeness >= SURE) or words.is_group(cell)


def _best(grid: Grid, row: int, year: int, overrides: Overrides) -> Table | None:
    """The reading of a header that reaches this row with the most fields; None when it is no header."""
    if not _is_header_row(grid, row):
        return None
    merged, best = grid.header(row), None
    for end in range(merged.stop, merged.start + DEPTH + 1 + grid.numbers_above_notes(merged.stop)):
        if end > merged.stop and not _continues(grid, merged.start, end - 1):
            break
        table = map_columns(grid, range(merged.start, end), year, overrides)
        if best is None or _worth(table) > _worth(best) or grid.is_annotation(end - 1):
            best = table
    return best if best and _is_list(grid, best, overrides) else None


def _is_list(grid: Grid, table: Table, overrides: Overrides) -> bool:
    """Whether a person said so, or its columns are those of such a list, and its rows no lines of a form."""
    title = table.index.get(grid.words.ledger.name)
    if title is None or any((grid.name, table.header.stop, column.index) in overrides for column in table.columns):
        return title is not None
    return _is_table(table) and not is_form(grid, table.header, title)


def _worth(table: Table) -> int:
    """How much a header says: its fields, and the days its columns of milestones stand for."""
    days = {day for _, day, _ in table.periods}
    return len(table.index) + len(table.periods) + len(days) + 2 * (table.node_text is not None)


def _is_table(table: Table) -> bool:
    if table.doubtful:
        return False
    helpful = len(set(table.index) & table.words.helpful)
    unknown = sum(1 for column in table.columns if column.header and column.field is None and column.index != table.serial)
    return helpful >= 2 and (helpful >= 3 or len(table.columns) <= 3 or not unknown)


def _is_header_row(grid: Grid, row: int) -> bool:
    filled = [c for c, cell in enumerate(grid.rows[row][:MOST_COLUMNS]) if cell not in ("", None)]
    if kinds.is_signature([grid.text(row, c) for c in filled]):
        return False  # 书记签字: 主任签字: over the next list
    texts = [c for c in filled if grid.may_head(row, c) and len(without_brackets(fold(grid.text(row, c)))) <= _MAX_HEADER_CELL]
    known = sum(_is_word(cell, grid.words) for cell in grid.rows[row][:MOST_COLUMNS])
    return len(texts) * 10 >= len(filled) * 7 or (known >= _FEWEST_HEADS and known * 2 >= len(filled))


def _continues(grid: Grid, first: int, row: int) -> bool:
    """Whether this row still belongs to the header above: short words under groups, nothing that looks like data."""
    if row >= len(grid.rows):
        return False
    if grid.is_annotation(row) or grid.numbers_above_notes(row):
        return True
    filled = [(c, grid.text(row, c).strip()) for c, _ in kinds.filled(grid.rows[row][:MOST_COLUMNS])]
    if not filled or any(len(text) > _MAX_HEADER_CELL or not grid.may_head(row, c) for c, text in filled):
        return False
    if grid.rows[row][filled[0][0]].__class__ is not str and not any(grid.text(first, c) for c in range(filled[0][0])):
        return False  # 1, 2, 3 … from the first column on number the columns
    named = sum(_names_column(grid.words, grid.parent(row - 1, c), text) for c, text in filled)
    return named * 2 >= len(filled) and all(_is_under_group(grid, first, row, c, text) for c, text in filled)


def _names_column(words: Vocabulary, group: str, text: str) -> bool:
    return _is_word(text, words) or is_part_of_calendar(text) or _under(words, group, text)


def _under(words: Vocabulary, group: str, text: str) -> bool:
    """Whether a word means something only under that group: 时间 under 时间节点, 性别 under 当事人甲."""
    return words.match_node(group, text) is not None or words.match_words(group + text).likeness == 1


def _is_under_group(grid: Grid, first: int, row: int, column: int, text: str) -> bool:
    above = grid.text(row - 1, column)
    if not above.strip() or fold(above) == fold(text) or (row - 1, column) in grid.across:
        return True
    return (
        not grid.is_merged(row - 1)
        and (grid.words.is_group(above) or not grid.text(row - 1, column + 1).strip())
        and first <= row - 1
    )


def _same_header(one: Table, other: Table) -> bool:
    """Whether the header stands there again, be it without the notes below it or in it: （元）, （20字以内）."""
    return len(one.columns) == len(other.columns) and all(
        a.index == b.index and (fold(a.header) == fold(b.header) or header_word(a.header) == fold(b.header))
        for a, b in zip(one.columns, other.columns, strict=True)
    )


def _foreign_heads(grid: Grid, row: int, tables: list[Table], others: Set[str]) -> list[str]:
    """The words of a header of something else, over rows of its own; empty where a row is none."""
    cells = kinds.filled(grid.rows[row][:MOST_COLUMNS])
    known = sum(1 for _, text in cells if header_word(text) in others or _is_word(text, grid.words))
    if len(cells) < _FEWEST_HEADS or known * 3 < len(cells) * 2 or not _is_header_row(grid, row):
        return []
    if tables and (row < tables[-1].first + 2 or _repeats(tables[-1], cells)):
        return []
    return [text for _, text in cells] if _holds_rows(grid, row, {column for column, _ in cells}, others) else []


def _holds_rows(grid: Grid, header: int, columns: Set[int], others: Set[str]) -> bool:
    """Whether the next row that holds something holds several values below these words, and none of a header."""
    below = next((line for line in grid.rows[header + 1 : header + _BELOW] if kinds.filled(line)), [])
    held = [header_word(text) for column, text in kinds.filled(below) if column in columns]
    return len(held) >= 2 and others.isdisjoint(held)


def _repeats(table: Table, cells: list[tuple[int, str]]) -> bool:
    """Whether a row says the words of a header again, in part or with others beside them."""
    heads = {(column.index, fold(column.header)) for column in table.columns}
    return sum((column, fold(text)) in heads for column, text in cells) >= 2
