"""Takes the columns under a header for fields, by what its cells say and what a person corrected."""

import datetime as dt
from collections.abc import Sequence

from huajie_desktop.reading.filling import DIMENSION
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import Column, letter_of
from huajie_desktop.sheets.understood.found_table import Overrides, Table
from huajie_desktop.sheets.understood.header_cells import Grid, is_annotation
from huajie_desktop.sheets.understood.headers import (
    NODE_DAY,
    NODE_TEXT,
    SERIAL,
    SURE,
    Match,
    Vocabulary,
    is_share,
    money_units,
    period_end,
)
from huajie_desktop.sheets.understood.looking_below import look_below
from huajie_desktop.sheets.understood.row_sorts import filled
from huajie_desktop.values.text import fold, header_word

_OPEN_UNIT = "{}写了几种单位（{}），没有写明单位的数按{}读，请核对"
MOST_COLUMNS = 400  # columns beyond are never part of a list of tasks
_LOOKED_AT, _LONGEST = 40, 24  # rows that tell what columns hold, and characters of what is shown of it


def map_columns(grid: Grid, header: range, year: int, overrides: Overrides) -> Table:
    """Takes each column for the field its header names best; what stands in the columns may gainsay their headers."""
    width = min(max((len(grid.rows[r]) for r in header), default=0), MOST_COLUMNS)
    words_of = grid.words
    table = Table(words_of, header, header.stop, len(grid.rows), [])
    found: list[tuple[Column, Match]] = []
    said_in = grid.saying(header)
    for index in range(width):
        said = list(dict.fromkeys(w for r in said_in if (w := grid.parent(r, index).strip())))
        if not said:
            continue
        column = Column(index, letter_of(index), " ".join("".join(word.split()) for word in said), None, 0.0)
        table.columns.append(column)
        words = [word for word in said if not is_annotation(word)] or said
        if day := _period(words_of, words, year):
            column.field, column.likeness = words_of.milestones, 1.0
            table.periods.append((index, day, words[-1].strip()))
        elif not words_of.is_corner(words[-1]) and not is_share(words[-1], "".join(words[:-1])):
            found.append((column, _match(words_of, words)))
    _assign(table, found)
    _let_halves_go(table)
    look_below(grid, table, _override(table, grid, year, overrides))
    _take_money_units(table)
    return table


def _period(known: Vocabulary, words: Sequence[str], year: int) -> dt.date | None:
    """The day of the milestones in a column whose header names a part of the year; None for any other."""
    named = known.is_period(words[-1], "".join(words[:-1])) and (len(words) > 1 or known.match(words[-1]).field is None)
    return period_end(words[-1], year) if named else None


def _take_money_units(table: Table) -> None:
    """The unit each column of money states; one that leaves it open (元/万元) is a doubt of its amounts."""
    for key in table.words.money:
        if key in table.index:
            column = table.column_at(table.index[key])
            found = money_units(column.header)
            table.money_units[key] = found[0] if len(found) == 1 else ""
            if len(found) > 1:
                table.doubts[key] = _OPEN_UNIT.format(column.called, "、".join(found), table.words.fields[key].unit)


def _match(known: Vocabulary, words: list[str]) -> Match:
    """The best of the lowest header cell, all joined, and the one above when nothing stands below."""
    if len(words) > 1 and (node := known.match_node(words[-2], words[-1])):
        return Match(node, 1.0)
    leaf = known.match(words[-1])
    joined = known.match("".join(words)) if len(words) > 1 else leaf
    if joined.field and (joined.likeness > leaf.likeness or (joined.likeness == 1 and not leaf.field)):
        return joined
    return leaf


def _assign(table: Table, found: list[tuple[Column, Match]]) -> None:
    words, named = table.words, [match for _, match in found]
    for column, match in sorted(found, key=lambda pair: (-pair[1].likeness, not _is_label(words, *pair))):
        name = _field_meant(table, column, match.field, named)
        if name == SERIAL and table.serial is None:
            table.serial = column.index
        elif _is_half_node(table, name, named):
            if name == NODE_DAY:
                table.node_day = column.index
            else:
                table.node_text = column.index
            column.field, column.likeness = words.milestones, match.likeness
        elif name and (name in words.fields or name == DIMENSION):
            _take(table, column, name, match.likeness)


def _take(table: Table, column: Column, name: str, likeness: float) -> None:
    """Takes a column for a field; where another one is that already, and both are sure, it is kept as a further one."""
    if name in table.index:
        if likeness < SURE or name == DIMENSION:
            return
        table.further.setdefault(name, []).append(column.index)
        if name not in table.words.several:
            return
        column.field, column.likeness = name, likeness
    else:
        table.give(name, column.index, likeness)


def _is_label(words: Vocabulary, column: Column, match: Match) -> bool:
    """Whether a column is headed by the field's own label, which goes before the other words for it."""
    return match.field in words.fields and header_word(column.header) == header_word(words.fields[match.field].label)


def _let_halves_go(table: Table) -> None:
    """Where a second column of names stands between two of a field another half of the list begins: they are not joined."""
    names = table.further.get(table.words.ledger.name, [])
    for key in table.joined:
        for further in table.further[key]:
            if any(table.index[key] < name < further for name in names):
                table.let_go(further)


def _field_meant(table: Table, column: Column, name: str | None, named: list[Match]) -> str | None:
    """A second deadline called as the milestones are is theirs; a day of milestones without their text is the deadline."""
    words, due = table.words, table.words.deadline
    if name == due and words.milestones and named.count(Match(due, 1.0)) > 1:
        return words.milestones if fold(column.header) == fold(words.fields[words.milestones].label) else name
    lacking = due and due not in table.index and all(match.field != due for match in named)
    return due if name == NODE_DAY and lacking and not _is_half_node(table, name, named) else name


def _is_half_node(table: Table, name: str | None, named: list[Match]) -> bool:
    """Whether a column is the days or the texts of milestones: some other one must be the other half."""
    half, other = (table.node_day, NODE_TEXT) if name == NODE_DAY else (table.node_text, NODE_DAY)
    return name in (NODE_DAY, NODE_TEXT) and half is None and any(match.field == other for match in named)


def _override(table: Table, grid: Grid, year: int, overrides: Overrides) -> frozenset[int]:
    """Applies a person's corrections of the mapping. Returns the columns they are about."""
    place = (grid.name, table.header.stop)
    said = {column: chosen for (*at, column), chosen in overrides.items() if tuple(at) == place and column in grid.columns}
    for index in said:
        table.let_go(index)
    for index, chosen in sorted(said.items()):
        column = table.column_at(index)
        if chosen and chosen not in table.words.several and chosen in table.index:
            table.let_go(table.index[chosen])
        period = column.header.split(" ")[-1]
        if chosen and chosen == table.words.milestones and (day := period_end(period, year)):
            table.periods = sorted([*table.periods, (index, day, period)])
            column.field, column.likeness = chosen, 1.0
        elif chosen:
            _take(table, column, chosen, 1.0)
    return frozenset(said)


def examples(rows: Sequence[list[Cell]]) -> dict[int, str]:
    """What stands uppermost in each column of the first rows that holds something, clipped: shown where columns are named."""
    found: dict[int, str] = {}
    for row in rows[:_LOOKED_AT]:
        for index, text in filled(row[:MOST_COLUMNS]):
            found.setdefault(index, " ".join(text.split())[:_LONGEST])
    return found
