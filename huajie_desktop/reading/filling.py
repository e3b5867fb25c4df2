"""Puts the value of a cell and the doubts about it into a record, field by field; used for files and for mending in place."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from db.fields import Field
from db.models import Person, Task
from huajie_desktop.declared.ledger import Ledger, once_each
from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.cells import Cells
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import ERROR, WARNING, ReadRecord
from huajie_desktop.values.shown import looks_masked
from huajie_desktop.values.text import INVISIBLE, trim

_FIRSTS = "1(（①１一"  # what the first of several tasks in one cell begins with
_SEVERAL = re.compile(r"(?:①|[(（]?[1１一][)）.、．])\s*\S.*(?:②|[\s;；，,。][(（]?[2２二][)）.、．])\s*\S", re.DOTALL)
Setter = Callable[[ReadRecord, Cell, Cells], None]
_Special = Callable[[Field, ReadRecord, Cell, Cells], None]


def recheck(record: ReadRecord, name: str, text: str, known: Known) -> None:
    """Reads a newly typed text for one field with the importer's own parser; value and issues of that field are replaced."""
    record.raw[name] = text
    record.issues = [issue for issue in record.issues if issue.field != name or issue.rule]
    cells = Cells(known, record.money_units)
    if name == "milestones":
        record.milestones, doubt = cells.milestones(text)
        if doubt:
            record.complain(name, WARNING, doubt)
    else:
        setters_of(known.ledger)[name](record, text, cells)


@once_each
def setters_of(ledger: Ledger) -> dict[str, Setter]:
    """What puts a cell into a record, by field key: those of a task by hand, all others by the kind of the field."""
    if ledger.model is Task:
        return SETTERS | {key: partial(_set_rare, declared) for key, declared in ledger.fields.items() if key not in SETTERS}
    named = _set_own_name if ledger.model is Person else _set_name
    special: dict[str | None, _Special] = {ledger.place: _set_place, ledger.name: named}
    return {key: partial(special.get(key, _set_more), declared) for key, declared in ledger.fields.items()}


def _set_more(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    value, severity, message = cells.of(declared)[cell]
    key = declared.key
    if declared.private and value and looks_masked(value, key):
        severity, message = WARNING, f"“{value[:20]}”是遮盖过的，{declared.label}没有读"
        value = None
    if declared.max_length and isinstance(value, str) and len(value) > declared.max_length:
        severity, message = ERROR, f"{declared.label}不能超过 {declared.max_length} 个字，现在 {len(value)} 个"
    record.more[key] = value
    if severity:
        record.complain(key, severity, message)


def _set_rare(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    """A rarer field of a task: what cannot be read stops the form (row 0), but keeps no village's row out of the list."""
    before = len(record.issues)
    _set_more(declared, record, cell, cells)
    if record.row and len(record.issues) > before:
        record.issues[before:] = [
            replace(issue, severity=WARNING, message=f"{issue.message}；没有读进来") if issue.severity == ERROR else issue
            for issue in record.issues[before:]
        ]


def _set_name(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    """The field a record is called by in messages."""
    _set_more(declared, record, cell, cells)
    record.title = trim(show(cell)) or None


def _set_own_name(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    """A person's own name: 张　三 is 张三."""
    padded = trim(show(cell))
    _set_name(declared, record, padded if re.search("[A-Za-z]", padded) else "".join(padded.split()), cells)


def _set_place(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    """The unit a record counts for: an empty cell leaves that of the whole sheet."""
    whole = record.unit
    _set_more(declared, record, cell, cells)
    record.unit = record.more[declared.key] = record.more[declared.key] or whole


def _set_title(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    if text := _plain_text(cell):
        record.title = text
        if text[0] in _FIRSTS and _SEVERAL.match(text):
            record.complain("title", WARNING, "这一格里像是写了几件事，先当作一项读；要分开请分行填写")
        return
    record.title, severity, message = cells.title[cell]
    if severity:
        record.complain("title", severity, message)


def _plain_text(cell: Cell) -> str:
    """The trimmed text of a cell that is certainly text; "" where more care is needed. Spares most cells the detour."""
    text = cell.strip() if cell.__class__ is str else ""
    return text if len(text) > 1 and text[0] > " " and text[0] not in INVISIBLE and text[-1] not in INVISIBLE else ""


def _set_content(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    if text := _plain_text(cell):
        record.content = text
        return
    record.content, severity, message = cells.text[cell]
    if severity:
        record.complain("content", severity, message)


def _set_remarks(record: ReadRecord, cell: Cell, _: Cells) -> None:
    record.remarks = _plain_text(cell) or trim(show(cell))


def _set_category(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    found, severity, message = cells.category[cell]
    record.category = found.name if found else None
    if found:
        record.dimension = found.dimension
    if severity:
        record.complain("category", severity, message)


def _set_dimension(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    named = cells.dimension[cell][0]
    if named and record.dimension and named != record.dimension and record.category:
        record.complain("category", WARNING, f"“{record.category}”属于{record.dimension}，表里写的是{named}，请核对")
    record.dimension = record.dimension or named


def _set_unit(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    value, severity, message = cells.unit[cell]
    if value and not (severity and record.unit):  # an unknown word does not replace the unit of the whole sheet
        record.unit = value
    if severity:
        record.complain("unit", severity, message)


def _set_lead(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    record.lead, severity, message = cells.lead[cell]
    if severity:
        record.complain("lead", severity, message)


def _set_responsible(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    names, severity, message = cells.people[cell]
    record.responsible = list(names)
    if severity:
        record.complain("responsible", severity, message)


def _set_start(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    day, severity, message = cells.start[cell]
    record.start = day or record.start
    if severity:
        record.complain("start", severity, message)


def _set_due(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    due, severity, message = cells.due[cell]
    record.due_text = trim(record.raw.get("due", ""))
    if due is None:
        record.due, record.due_precision, record.ongoing = None, "", False
    else:
        record.due, record.due_precision, record.ongoing = due.day, due.precision, due.ongoing
        if due.start:
            record.start = due.start
        if due.nodes:
            record.milestones = [(day, text, text) for day, text in due.nodes]
    if severity:
        record.complain("due", severity, message)


def _set_investment(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    record.investment, severity, message = cells.money[cell]
    if severity:
        record.complain("investment", severity, message)


def _set_milestones(record: ReadRecord, cell: Cell, cells: Cells) -> None:
    found, doubt = cells.milestones(show(cell))
    record.milestones = found or record.milestones
    if doubt:
        record.complain("milestones", WARNING, doubt)


SETTERS: dict[str, Setter] = {  # in the order in which a record is filled: a column's unit and dimension follow the category
    "title": _set_title,
    "content": _set_content,
    "category": _set_category,
    "dimension": _set_dimension,
    "unit": _set_unit,
    "lead": _set_lead,
    "responsible": _set_responsible,
    "start": _set_start,
    "due": _set_due,
    "investment": _set_investment,
    "milestones": _set_milestones,
    "remarks": _set_remarks,
}
