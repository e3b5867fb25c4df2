"""Puts the value of a cell and the doubts about it into a record, field by field; used for files and for mending in place."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from db.fields import ONE_LINE, Deadline, Field, Kind
from huajie_desktop.declared.ledger import Ledger, once_each
from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.cells import Cells
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import ERROR, SEEN, WARNING, ReadRecord
from huajie_desktop.values.shown import looks_masked
from huajie_desktop.values.text import is_blank, trim
from huajie_desktop.values.times_for_figures import reads_as_day

DIMENSION = "dimension"  # in place of a field's key: the column 板块 beside that of the category
_FIRSTS = "1(（①１一"  # what the first of several things in one cell begins with
_SEVERAL = re.compile(r"(?:①|[(（]?[1１一][)）.、．])\s*\S.*(?:②|[\s;；，,。][(（]?[2２二][)）.、．])\s*\S", re.DOTALL)
_LAST = {Kind.DEADLINE: 1, Kind.MILESTONES: 2}  # a deadline may give a beginning and milestones, where none are said apart
_BEHIND_DIGITS = ":"  # the sign that stands there: a text from it on begins neither with one nor with a mark of ours
_LONGEST = 100  # characters of a deadline's own words
Setter = Callable[[ReadRecord, Cell, Cells], None]


def recheck(record: ReadRecord, name: str, text: str, known: Known, *, fresh: bool = False) -> None:
    """Reads a typed text for one field with the importer's own parser; value and issues of that field are replaced.

    A text that gives no value is a fault, not a doubt: kept all the same, the field would be empty and the text gone. Of what
    is typed just now (`fresh`) figures that may as well be a day are a fault, too.
    """
    record.raw[name] = text
    record.issues = [issue for issue in record.issues if issue.field != name or issue.rule not in ("", SEEN)]
    record[name] = None
    if fresh and _is_day(known.ledger.fields[name], text):
        plain, declared = trim(text), known.ledger.fields[name]
        meant = f"{plain}{declared.unit}" if "." in plain else f"={plain}"
        record.complain(name, ERROR, f"“{plain}”像是日期，没有当作{declared.label}；就是这个数请写 {meant}")
        return
    setters_of(known.ledger)[name](record, text, Cells(known, record.money_units))
    if record.issues and not is_blank(text) and record[name] in (None, "", []):
        record.issues = [i if i.field != name or i.rule else replace(i, severity=ERROR) for i in record.issues]


def _is_day(declared: Field, text: str) -> bool:
    """Whether somebody may have typed a day where a figure belongs: 2021.8 as money, 8/15 as a count."""
    return declared.kind in (Kind.MONEY, Kind.NUMBER) and reads_as_day(text)


@once_each
def setters_of(ledger: Ledger) -> dict[str, Setter]:
    """What puts a cell into a record, by field key, in the order in which a record is filled."""
    found: dict[str, Setter] = {}
    for key in sorted(ledger.places, key=lambda key: _LAST.get(ledger.fields[key].kind, 0)):
        declared = ledger.fields[key]
        found[key] = _setter(ledger, declared)
        if declared.kind == Kind.CATEGORY:
            found[DIMENSION] = partial(_set_dimension, declared)
    return found


def _setter(ledger: Ledger, declared: Field) -> Setter:
    if declared.key == ledger.name:
        return partial(_set_name, declared)
    if declared.key == ledger.place:
        return partial(_set_place, declared)
    if special := _OF_KIND.get(declared.kind):
        return partial(special, declared)
    place = ledger.places[declared.key]
    return _text_setter(declared, place) if declared.kind in _TEXTS else _plain_setter(declared, place)


def _plain_setter(declared: Field, place: int) -> Setter:
    """Puts what the parser gives; by the hundred thousand, so with nothing looked up that can be known before."""
    key, most = declared.key, -1 if declared.private else declared.max_length or sys.maxsize

    def put(record: ReadRecord, cell: Cell, cells: Cells) -> None:
        value, severity, message = cells[key][cell]
        if severity or (value.__class__ is str and len(value) > most):
            value = _judged(declared, record, value, severity, message)
        record.slots[place] = value

    return put


def _text_setter(declared: Field, place: int) -> Setter:
    """The same for texts, of which most need no parser."""
    most = 0 if declared.private else declared.max_length or sys.maxsize

    def put(record: ReadRecord, cell: Cell, cells: Cells) -> None:
        if type(cell) is str and 1 < len(text := cell.strip()) <= most and text >= _BEHIND_DIGITS and text.isprintable():
            record.slots[place] = text
        else:
            record.slots[place] = _plain_text(declared, cell) or _read(declared, record, cell, cells)

    return put


def _read(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> Any:
    """The value of a cell, its doubts and faults noted."""
    value, severity, message = cells[declared.key][cell]
    return _judged(declared, record, value, severity, message) if severity or value.__class__ is str else value


def _judged(declared: Field, record: ReadRecord, value: Any, severity: str, message: str) -> Any:
    """What is kept of a value that was read; what is wrong with it is noted."""
    if value.__class__ is str:
        if declared.private and looks_masked(declared, value):
            value, severity, message = None, WARNING, f"“{value[:20]}”是遮盖过的，{declared.label}没有读"
        elif declared.max_length and len(value) > declared.max_length:
            severity, message = ERROR, f"{declared.label}不能超过 {declared.max_length} 个字，现在 {len(value)} 个"
    if severity:
        if severity == ERROR and declared.lenient and record.row:  # what is typed must be right, a village's row need not be
            severity, message = WARNING, message if "没有读" in message else f"{message}；没有读进来"
        record.complain(declared.key, severity, message)
    return value


def _plain_text(declared: Field, cell: Cell) -> str:
    """The trimmed text of a cell that is certainly text; "" where more care is needed. Spares most cells the detour."""
    if cell.__class__ is not str or declared.private:
        return ""
    text = str(cell).strip()
    if len(text) < 2 or text < _BEHIND_DIGITS:
        return ""
    if not text.isprintable() and (text := trim(text)) < _BEHIND_DIGITS:
        return ""
    return text if declared.max_length is None or len(text) <= declared.max_length else ""


def _set_name(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    """The field a record is called by in messages."""
    if declared.person_name:  # 张　三 is 张三
        padded = trim(show(cell))
        cell = padded if re.search("[A-Za-z]", padded) else "".join(padded.split())
    plain = _plain_text(declared, cell) if declared.kind in _TEXTS else ""
    record[declared.key] = plain or _read(declared, record, cell, cells)
    record.title = text = plain or trim(show(cell)) or None
    if text and declared.one_thing and text[0] in _FIRSTS and _SEVERAL.match(text):
        record.complain(declared.key, WARNING, "这一格里像是写了几件事，先当作一项读；要分开请分行填写")


def _set_place(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    """The unit a record counts for: an empty cell, or a word nobody knows, leaves that of the whole sheet."""
    whole, before = record.unit, len(record.issues)
    said = _read(declared, record, cell, cells)
    record.unit = record[declared.key] = whole if whole and len(record.issues) > before else said or whole


def _set_category(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    found = record[declared.key] = _read(declared, record, cell, cells)
    record.dimension = found[0] if found else record.dimension


def _set_dimension(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    """A dimension named beside the category should be its own."""
    named, found = cells.dimension(cell), record[declared.key]
    if named and found and named != found[0]:
        record.complain(declared.key, WARNING, f"“{found[1]}”属于{found[0]}，表里写的是{named}，请核对")
    record.dimension = record.dimension or named


def _set_deadline(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    due = _read(declared, record, cell, cells)
    text = trim(record.raw.get(declared.key, ""))[:_LONGEST] or None
    record[declared.key] = Deadline(due.day, due.precision or None, text, due.ongoing) if due else None
    if due and due.start and declared.begins:
        record[declared.begins] = due.start
    if due and due.nodes and declared.steps:
        record[declared.steps] = [(day, text, text) for day, text in due.nodes]


def _set_milestones(declared: Field, record: ReadRecord, cell: Cell, cells: Cells) -> None:
    """Those of a deadline stay where none are named apart."""
    record[declared.key] = list(_read(declared, record, cell, cells) or record[declared.key] or ())


_TEXTS = ONE_LINE | {Kind.LONG_TEXT}
_OF_KIND = {
    Kind.CATEGORY: _set_category,
    Kind.DEADLINE: _set_deadline,
    Kind.MILESTONES: _set_milestones,
}
