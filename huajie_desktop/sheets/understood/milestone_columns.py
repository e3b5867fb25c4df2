"""Milestones of a task: columns for parts of the year, pairs of day and text, and further rows under one task."""

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.cells import Cells
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import WARNING, ReadRecord
from huajie_desktop.sheets.understood.sheet_tables import Table
from huajie_desktop.values.text import is_blank, trim


def add_milestones(record: ReadRecord, row: list[Cell], table: Table, cells: Cells) -> None:
    """Adds the milestones of the columns 一季度 … 四季度 and of the pair of columns day and text."""
    for i, day, header in table.periods:
        if not is_blank(text := trim(show(row[i]))):
            record.milestones.append((day, text, header))
    if table.node_day is None or table.node_text is None:
        return
    text = trim(show(row[table.node_text]))
    if is_blank(text) and is_blank(show(row[table.node_day])):
        return
    milestone, doubt = cells.milestone(row[table.node_day], text)
    record.milestones.append(milestone)
    if doubt:
        record.complain("milestones", WARNING, doubt)


def continue_task(record: ReadRecord, row: list[Cell], table: Table, cells: Cells, first_row: list[Cell]) -> None:
    """Takes a further row of the same task: a milestone, more content, or both. `first_row` is the row the task began with."""
    add_milestones(record, row, table, cells)
    for name in ("content", "remarks"):
        text = trim(show(row[table.index[name]])) if name in table.index else ""
        if text and f"\n{text}\n" not in f"\n{getattr(record, name)}\n":
            setattr(record, name, "\n".join(filter(None, (getattr(record, name), text))))
            record.raw[name] = "\n".join(filter(None, (record.raw[name], text)))
    if "due" in table.index and table.node_day is None:
        _continue_due(record, row, table, cells, first_row)


def _continue_due(record: ReadRecord, row: list[Cell], table: Table, cells: Cells, first_row: list[Cell]) -> None:
    """Without columns for milestones each row's deadline is one, with the row's content; the last is the task's."""
    cell, content = row[table.index["due"]], table.index.get("content")
    if not show(cell).strip() or show(cell) == show(first_row[table.index["due"]]):
        return
    if not record.milestones and record.due:
        first = trim(show(first_row[content])) if content is not None else ""
        record.milestones.append((record.due, first, record.due_text))
    milestone, doubt = cells.milestone(cell, trim(show(row[content])) if content is not None else "")
    record.milestones.append(milestone)
    if milestone[0] and (record.due is None or milestone[0] > record.due):
        record.due = milestone[0]
    if doubt:
        record.complain("milestones", WARNING, doubt)
