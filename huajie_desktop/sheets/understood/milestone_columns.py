"""Milestones in a sheet: columns for parts of the year, pairs of day and text, and further rows under one record."""

from db.fields import SEVERAL_NAMES, Deadline, Kind
from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.cells import Cells
from huajie_desktop.reading.filling import setters_of
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import WARNING, Milestone, ReadRecord
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.values.text import is_blank, trim


def add_milestones(record: ReadRecord, row: list[Cell], table: Table, cells: Cells) -> None:
    """Adds the milestones of the columns 一季度 … 四季度 and of the pair of columns day and text."""
    for i, day, header in table.periods:
        if not is_blank(text := trim(show(row[i]))):
            _add(record, table, (day, text, header))
    if table.node_day is None or table.node_text is None:
        return
    text = trim(show(row[table.node_text]))
    if is_blank(text) and is_blank(show(row[table.node_day])):
        return
    _add(record, table, *cells.milestone(row[table.node_day], text))


def continue_record(record: ReadRecord, row: list[Cell], table: Table, cells: Cells, first_row: list[Cell]) -> None:
    """Takes a further row of the same record: a milestone, more text, or both. `first_row` is the row the record began with."""
    add_milestones(record, row, table, cells)
    for name in table.words.ledger.keys_of(Kind.LONG_TEXT):
        text = trim(show(row[table.index[name]])) if name in table.index else ""
        if text and f"\n{text}\n" not in f"\n{record[name] or ''}\n":
            record[name] = "\n".join(filter(None, (record[name], text)))
            record.raw[name] = "\n".join(filter(None, (record.raw[name], text)))
    if table.words.milestones and table.words.deadline in table.index and table.node_day is None:
        _continue_deadline(record, row, table, cells, first_row)


def take_further_values(record: ReadRecord, row: list[Cell], table: Table, cells: Cells, first_row: list[Cell]) -> None:
    """What a further row says in fields that hold one value: taken where the first row says nothing, else joined or doubted."""
    ledger = table.words.ledger
    apart = {ledger.name, *ledger.keys_of(Kind.LONG_TEXT)} | ({table.words.deadline} if table.words.milestones else set())
    for name, setter in setters_of(ledger).items():
        if name not in table.index or name in apart or name not in ledger.fields:
            continue
        cell = row[table.index[name]]
        text, before = trim(show(cell)), trim(show(first_row[table.index[name]]))
        if is_blank(text) or text == before:
            continue
        if is_blank(before) and record[name] in (None, "", []):
            record.issues = [issue for issue in record.issues if issue.field != name]
            setter(record, cell, cells)
        elif ledger.fields[name].kind in SEVERAL_NAMES:
            record[name] = list(dict.fromkeys([*(record[name] or ()), *(cells[name][cell].value or ())]))
            record.complain(name, WARNING, f"名称合并的几行里各有写法，连“{text[:20]}”一起读了，请核对")
        else:
            record.complain(name, WARNING, f"名称合并的几行里还写着“{text[:20]}”，只读了第一行的，请核对")


def _continue_deadline(record: ReadRecord, row: list[Cell], table: Table, cells: Cells, first_row: list[Cell]) -> None:
    """Without columns for milestones each row's deadline is one, with the row's text; the last is the record's."""
    key = table.words.deadline
    cell, column = row[table.index[key]], table.index.get(next(iter(table.words.ledger.keys_of(Kind.LONG_TEXT)), ""))
    if not show(cell).strip() or show(cell) == show(first_row[table.index[key]]):
        return
    due: Deadline = record[key] or Deadline()
    if not record[table.words.milestones] and due.day:
        first = trim(show(first_row[column])) if column is not None else ""
        _add(record, table, (due.day, first, due.text or ""))
    milestone, doubt = cells.milestone(cell, trim(show(row[column])) if column is not None else "")
    _add(record, table, milestone, doubt)
    if milestone[0] and (due.day is None or milestone[0] > due.day):
        record[key] = due._replace(day=milestone[0])


def _add(record: ReadRecord, table: Table, milestone: Milestone, doubt: str = "") -> None:
    key = table.words.milestones
    record[key] = [*(record[key] or ()), milestone]
    if doubt:
        record.complain(key, WARNING, doubt)
