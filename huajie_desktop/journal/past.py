"""Everything that was done, as it is looked at: operations by person, words, day and kind, and the records each one changed."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select

from db.base import Record, table_of
from db.belonging import models_by_table
from db.images import CHUNK, Row, rows_by_id
from db.models import JournalEntry, Operation
from db.net import images_of
from db.words.searching import holds, search_text
from huajie_desktop.journal.authors import signed_by
from huajie_desktop.journal.history import OperationLine, operation_line
from huajie_desktop.journal.row_words import Difference, RowWords, differences, title_of
from huajie_desktop.seat import SeatSession

MADE, CHANGED, GONE = "新增", "修改", "删除"


@dataclass(frozen=True)
class Wanted:
    """What part of the past is looked at: a person, words of the operation, since which day, a kind of record by its table."""

    text: str = ""
    actor: str | None = None
    since: date | None = None
    kind: str | None = None


class EntryLine(NamedTuple):
    """One row an operation changed: kind and name in words, whose part it is, and how it changed."""

    id: int
    kind: str
    title: str
    how: str


def operation_ids(session: SeatSession, wanted: Wanted) -> "array[int]":
    """The ids of the operations wanted, the newest first."""
    statement = select(Operation.id, Operation.label).where(*_conditions(session, wanted)).order_by(Operation.id.desc())
    return array("q", (found for found, label in session.execute(statement) if holds(search_text(label), wanted.text)))


def operation_lines(session: SeatSession, ids: Sequence[int]) -> list[OperationLine]:
    """The lines of those operations in order of `ids`, each with how many rows it changed."""
    lines: dict[int, OperationLine] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = list(ids[start : start + CHUNK])
        counted = select(JournalEntry.operation_id, func.count()).where(JournalEntry.operation_id.in_(chunk))
        rows = {operation_id: count for operation_id, count in session.execute(counted.group_by(JournalEntry.operation_id))}
        for found in session.scalars(select(Operation).where(Operation.id.in_(chunk))):
            lines[found.id] = operation_line(found)._replace(rows=rows.get(found.id, 0))
    return [lines[operation_id] for operation_id in ids if operation_id in lines]


def entry_ids(session: SeatSession, operation_id: int) -> "array[int]":
    """The journal entries of an operation, those of records with a list of their own first, parts after."""
    listed = [table_of(ledger.model).name for ledger in session.seat.catalogue.values()]
    statement = select(JournalEntry.id).where(JournalEntry.operation_id == operation_id)
    return array("q", session.scalars(statement.order_by(JournalEntry.kind.not_in(listed), JournalEntry.id)))


def entry_lines(session: SeatSession, ids: Sequence[int]) -> list[EntryLine]:
    """The lines of those journal entries in order of `ids`; personal data masked."""
    words, lines = RowWords(session), dict[int, EntryLine]()
    for start in range(0, len(ids), CHUNK):
        entries = session.scalars(select(JournalEntry).where(JournalEntry.id.in_(ids[start : start + CHUNK]))).all()
        present = _present(session, entries)
        for entry in entries:
            model, before, after = _images(entry)
            how = MADE if entry.before is None else GONE if entry.after is None else CHANGED
            whole = {**(present.get((entry.kind, entry.record_id)) or {}), **(after or before)}
            lines[entry.id] = EntryLine(entry.id, title_of(model), _title(words, entry, model, whole), how)
    return [lines[entry_id] for entry_id in ids if entry_id in lines]


def entry_changes(session: SeatSession, entry_id: int) -> list[Difference]:
    """What one row said before and after, field by field; personal data masked."""
    entry = session.get(JournalEntry, entry_id)
    if entry is None:
        return []
    words = RowWords(session)
    model, before, after = _images(entry)
    return differences(model, words.texts(model, before), words.texts(model, after))


def _conditions(session: SeatSession, wanted: Wanted) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if wanted.actor is not None:
        parts.append(signed_by(session, wanted.actor))
    if wanted.since is not None:
        midnight = datetime.combine(wanted.since, time()).astimezone(UTC).replace(tzinfo=None)
        parts.append(Operation.at >= midnight)
    if wanted.kind is not None:
        parts.append(exists().where(JournalEntry.operation_id == Operation.id, JournalEntry.kind == wanted.kind))
    return parts


def _images(entry: JournalEntry) -> tuple[type[Record], Row, Row]:
    model = models_by_table()[entry.kind]
    before, after = images_of(table_of(model), entry.before, entry.after)
    return model, before or {}, after or {}


def _present(session: SeatSession, entries: Sequence[JournalEntry]) -> dict[tuple[str, int], Row]:
    """The rows those entries changed a part of, as they are now or were when they went: a change alone names nothing."""
    words, found = RowWords(session), dict[tuple[str, int], Row]()
    changed: dict[str, list[int]] = {}
    for entry in entries:
        if entry.before is not None and entry.after is not None:
            changed.setdefault(entry.kind, []).append(entry.record_id)
    for kind, ids in changed.items():
        model = models_by_table()[kind]
        there = rows_by_id(session, table_of(model), ids)
        found.update({(kind, record_id): there.get(record_id) or words.row(model, record_id) or {} for record_id in ids})
    return found


def _title(words: RowWords, entry: JournalEntry, model: type[Record], row: Row) -> str:
    name = words.name(model, row) if row else ""
    if entry.owner_kind is None or entry.owner_id is None:
        return name
    return f"{words.name_of(models_by_table()[entry.owner_kind], entry.owner_id)}：{name}"
