"""Finds the tables of a template that came back: by the hidden row of field keys and the hidden column of identities."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from huajie_desktop.reading import tokens
from huajie_desktop.reading.raw import Cell, RawSheet
from huajie_desktop.reading.read_record import Column, letter_of
from huajie_desktop.reading.tokens import IDENTITY, KEY, SERIAL, UNREAD, Marks, Token
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.headers import Vocabulary, money_unit
from huajie_desktop.values.text import fold

_FEWEST = 2  # keys in a row that is one of ours
_ROWS_LOOKED_AT = 200  # for a column of identities where the row of keys was lost


def find_returned(sheet: RawSheet, words: Vocabulary) -> list[Table]:
    """The tables whose columns are named by keys, from top to bottom; columns moved, renamed or added do no harm."""
    found: list[Table] = []
    for number, row in enumerate(sheet.rows):
        if row and row[0].__class__ is not str:
            continue  # the row of keys is all text
        keys = {i: str(cell)[len(KEY) :] for i, cell in enumerate(row) if isinstance(cell, str) and cell.startswith(KEY)}
        if len(keys) >= _FEWEST and (table := _table(sheet, words, number, keys)):
            if found:
                found[-1].last = number
            found.append(table)
    return found


def find_identities(sheet: RawSheet, table: Table) -> None:
    """Notes the column of identities in a table whose row of keys did not come back."""
    for row in sheet.rows[table.first : min(table.last, table.first + _ROWS_LOOKED_AT)]:
        for i, cell in enumerate(row):
            if tokens.is_token(cell):
                table.identity = i
                return


def example_of(sheet: RawSheet, table: Table) -> Mapping[str, str]:
    """What the row of examples says, wherever it stands by now and whoever signed it; empty where none says that it is one."""
    marked = _marked(sheet, table, range(table.first, table.last)[:_ROWS_LOOKED_AT])
    return next(filter(None, map(tokens.example_in, marked)), {})


def unit_unsigned(sheet: RawSheet, table: Table) -> str | None:
    """The unit that hidden cells name of which none may be signed as ours are; None where there are no such cells."""
    return next(map(tokens.unit_of, _marked(sheet, table, range(table.last))), None)


def own_hidden(sheet: RawSheet, tables: Sequence[Table]) -> tuple[int, int]:
    """How many rows and columns of a sheet our template hid itself."""
    rows = min(sheet.hidden_rows, sum(1 for table in tables if table.keyed))
    return rows, min(sheet.hidden_columns, sum(1 for table in tables[:1] if table.identity is not None))


def token_of(sheet: RawSheet, table: Table, marks: Marks) -> Token | None:
    """What the template says of itself: above the table, else in its first row that says it; None where nothing is left."""
    places = (*range(table.first)[::-1], *range(table.first, table.last))
    return next((token for text in _marked(sheet, table, places) if (token := tokens.read(text, marks))), None)


def _marked(sheet: RawSheet, table: Table, places: Iterable[int]) -> Iterator[str]:
    """The hidden cells of those rows that look like ours."""
    at = table.identity
    if at is not None:
        yield from (str(row[at]) for row in map(sheet.rows.__getitem__, places) if at < len(row) and tokens.is_token(row[at]))


def _table(sheet: RawSheet, words: Vocabulary, number: int, keys: dict[int, str]) -> Table | None:
    below = (r for r in range(number + 1, min(number + 4, len(sheet.rows))) if kinds.filled(sheet.rows[r]))
    header = next(below, None)
    if header is None:
        return None
    table = Table(words, range(header, header + 1), header + 1, len(sheet.rows), [], above=range(max(number - 4, 0), header))
    table.keyed = True
    heads = dict(kinds.filled(sheet.rows[header]))
    for i in sorted({*heads, *keys}):
        column = Column(i, letter_of(i), " ".join(heads.get(i, "").split()), None, 0.0)
        table.columns.append(column)
        _take(table, column, keys.get(i))
    for column in table.columns:
        if column.index not in keys:
            _take_by_word(table, column)
    return table if words.ledger.name in table.index else None


def _take(table: Table, column: Column, key: str | None) -> None:
    if key == IDENTITY:
        table.identity = column.index
        table.columns.remove(column)  # nothing a person should see
    elif key in (SERIAL, UNREAD):
        table.given.add(column.index)
        table.serial = column.index if key == SERIAL else table.serial
    elif key in table.words.fields and key not in table.index:
        table.index[key] = column.index
        column.field, column.likeness = key, 1.0
        if key in table.words.money:
            table.money_units[key] = money_unit(column.header)


def _take_by_word(table: Table, column: Column) -> None:
    """A column the village added is what its header says, if nothing else is."""
    match = table.words.match(column.header)
    if match.field in table.words.fields and match.field not in table.index and fold(column.header):
        table.index[match.field] = column.index
        column.field, column.likeness = match.field, match.likeness


def is_identity(cell: Cell) -> bool:
    """Whether a cell holds what a template says of itself."""
    return tokens.is_token(cell) or (isinstance(cell, str) and cell.startswith(KEY))
