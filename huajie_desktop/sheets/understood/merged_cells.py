"""Opens merged cells: what they say counts for each row, a merged name makes its rows one record, merged money is one sum."""

from collections.abc import Iterable, Iterator, Mapping, Set

from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.sheets.understood.found_table import Table


def open_merges(
    sheet: RawSheet, table: Table, title: int, repeated: Set[int], money: Mapping[int, str]
) -> tuple[set[int], dict[int, list[tuple[str, int, bool]]]]:
    """Fills the columns said to be repeated down inside their merged ranges. Returns the rows that go on the record above, and by
    row the fields of money it shares: of how many rows the sum is, and whether it is the first of them."""
    continued: set[int] = set()
    sums: list[tuple[str, range]] = []
    for top, left, bottom, right in _reaching_down(sheet, table):
        for row in sheet.rows[top + 1 : bottom + 1]:
            if left in repeated and len(row) > left and len(sheet.rows[top]) > left:
                row[left] = sheet.rows[top][left]
        if left <= title <= right:
            continued.update(row for row in range(top + 1, bottom + 1) if not _is_numbered(sheet, table, row))
        if left in money:
            sums.append((money[left], range(top, bottom + 1)))
    return continued, _shared(sums, continued)


def _is_numbered(sheet: RawSheet, table: Table, row: int) -> bool:
    """Whether a row has a serial of its own, so that what is merged beside it is a group of records and no name of one."""
    cells = sheet.rows[row]
    return table.serial is not None and table.serial < len(cells) and cells[table.serial] not in ("", None)


def _reaching_down(sheet: RawSheet, table: Table) -> Iterator[tuple[int, int, int, int]]:
    """The merged ranges of several rows of the table, but not those that take the whole width."""
    width = max(column.index for column in table.columns)
    for top, left, bottom, right in sheet.merges:
        if top < bottom < table.last and top >= table.first and not right - left >= width > 1:
            yield top, left, bottom, right


def _shared(sums: Iterable[tuple[str, range]], continued: Set[int]) -> dict[int, list[tuple[str, int, bool]]]:
    shared: dict[int, list[tuple[str, int, bool]]] = {}
    for name, span in sums:
        owners = [number for number in span if number not in continued]
        for number in owners if len(owners) > 1 else ():
            shared.setdefault(number, []).append((name, len(owners), number == owners[0]))
    return shared
