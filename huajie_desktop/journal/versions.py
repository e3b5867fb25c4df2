"""The versions of one record from the journal: who changed what when, its parts included, and bringing an earlier one back."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from db.base import Entry, Record, table_of
from db.belonging import models_by_table
from db.clock import local_time
from db.images import CHUNK, Row, rows_by_id
from db.journal import Changes
from db.log import Act
from db.models import JournalEntry, Operation
from db.net import images_of
from db.part_kinds import Part
from db.personal import hide_numbers
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.journal.belongings import parts_of
from huajie_desktop.journal.restoring import restore
from huajie_desktop.journal.row_words import Difference, Rows, RowWords, differences
from huajie_desktop.records.doubts import go_back
from huajie_desktop.records.locking import Lock, lock_of
from huajie_desktop.seat import Seat, SeatSession

Key = tuple[type[Record], int]


class Version(NamedTuple):
    """One step in the life of a record: when (local time), who, which operation, and what changed field by field."""

    operation_id: int
    at: datetime
    actor: str
    label: str
    undone: bool
    changes: list[Difference]
    there: bool  # False where the operation deleted the record


@dataclass
class _Step:
    """One operation with the record's rows as they were after it."""

    operation: Operation
    undoes: bool
    rows: dict[Key, Row] = field(default_factory=dict)


def versions(session: SeatSession, ledger: Ledger, record_id: int) -> list[Version]:
    """The versions of a record, the newest first; also of one that was deleted."""
    words, found, before = RowWords(session, open_names=True), [], dict[str, str]()
    for step in _steps(session, ledger.model, record_id):
        texts = words.record_texts(ledger.model, record_id, step.rows)
        done, there = step.operation, (ledger.model, record_id) in step.rows
        changes = differences(ledger.model, before, texts)
        undone = done.undone_by_id is not None
        found.append(Version(done.id, local_time(done.at), done.actor, hide_numbers(done.label), undone, changes, there))
        before = texts
    return found[::-1]


def changed_since_review(session: SeatSession, ledger: Ledger, record_id: int) -> list[Difference] | None:
    """What differs from what was approved last, or else from what was returned last; None before the first decision."""
    words, model, life = RowWords(session, open_names=True), ledger.model, ledger.life
    if life is None:
        return None
    approved: dict[str, str] | None = None
    returned: dict[str, str] | None = None
    state, texts = "", dict[str, str]()
    for step in _steps(session, model, record_id):
        row = step.rows.get((model, record_id), {})
        before, (state, texts) = state, (row.get(life.column, ""), words.record_texts(model, record_id, step.rows))
        if before == life.waiting and step.operation.undone_by_id is None and not step.undoes:
            approved = texts if state == life.counted else approved
            returned = texts if state in life.sent_back else returned
    baseline = approved if approved is not None else returned
    if baseline is None:
        return None
    return [change for change in differences(model, baseline, texts) if change.key not in ledger.life_columns]


def bring_back(seat: Seat, ledger: Ledger, record_id: int, operation_id: int) -> Changes:
    """Makes a record and its parts what they were after that operation; its state in review and its number stay,
    as does what was decided about it and what came of its parts.

    Raises Problem when it would change what is locked, when it is deleted, or when what it pointed at is gone.
    """
    model = ledger.model
    with seat.operation(Act.RESTORE, f"恢复{ledger.noun}的旧版本") as running:
        session = running.session
        steps = list(_steps(session, model, record_id))
        step = next((found for found in steps if found.operation.id == operation_id), None)
        present = rows_by_id(session, table_of(model), [record_id]).get(record_id)
        if present is None:
            raise Problem(f"这条{ledger.noun}已经删除，没有恢复。请先到“历史”页的回收站里恢复它。")
        name = RowWords(session).name(model, present)
        if step is None or (model, record_id) not in step.rows:
            raise Problem(f"找不到{ledger.noun}“{name}”的这个版本，没有改动。请重新打开它的历史。")
        wanted = _as_then(ledger, record_id, steps[-1].rows, step.rows, ledger.rules.decided(session, record_id))
        lock = lock_of(ledger, present)
        changed = _changed(model, steps[-1].rows, wanted)
        if lock.keys and not changed <= _open_names(ledger, lock):
            raise Problem(f"{ledger.noun}“{name}”{lock.word}，不能恢复旧版本，没有改动。{lock.first(-1)}")
        running.call(f"恢复{ledger.noun}“{name}”到 {local_time(step.operation.at):%Y-%m-%d %H:%M} 的版本")
        restore(running, {(table_of(of), row_id): row for (of, row_id), row in wanted.items()})
        go_back(running, ledger, record_id, [key for key, of in ledger.fields.items() if of.name in changed], operation_id)
    return running.changes


def _as_then(ledger: Ledger, record_id: int, now: Rows, then: Rows, decided: Collection[str]) -> dict[Key, Row | None]:
    """What must be written so that the record says what it said then; of what is not typed with it, only what it points at.

    Where it stands in its lives is what became of it since.
    """
    model = ledger.model
    own = {model, *(part.model for part in parts_of(model) if part.declared or not issubclass(model, Entry))}
    wanted = {key: _with_course(key, then.get(key), now) for key in {*now, *then} if key[0] in own}
    present = now[model, record_id]
    stays = {column: present[column] for column in (*ledger.life_columns, *decided) if column in present}
    wanted[model, record_id] = {**then[model, record_id], **stays}
    return wanted


def _with_course(key: Key, row: Row | None, now: Rows) -> Row | None:
    """A part as it was, with what came since of the same one, or of the one that says the same."""
    model = key[0]
    if row is None or not issubclass(model, Part) or not model.BECAME:
        return row
    apart = {*model.BECAME, "id", "uid", "position"}
    said = {name: value for name, value in row.items() if name not in apart}
    alike = (of for (kind, _), of in now.items() if kind is model and said.items() <= of.items())
    since = now.get(key) or next(alike, row)
    return {**row, **{name: since[name] for name in model.BECAME if name in since}}


def _changed(model: type[Record], now: Rows, wanted: Mapping[Key, Row | None]) -> set[str]:
    """What would be written otherwise than it is: columns of the record, and parts by what they are called."""
    parts = {part.model: part.key for part in parts_of(model)}
    found = set()
    for (of, row_id), row in wanted.items():
        present = now.get((of, row_id), {})
        if row is None or of is not model:
            found |= {parts[of]} if row != present else set()
        else:
            found |= {name for name, value in row.items() if present.get(name) != value}
    return found


def _open_names(ledger: Ledger, lock: Lock) -> set[str]:
    """The columns and parts of a locked record that can be changed all the same."""
    return {ledger.fields[key].name for key in ledger.form_fields if key not in lock.keys}


def _steps(session: SeatSession, model: type[Record], record_id: int) -> Iterator[_Step]:
    """The operations that touched the record or its parts, the oldest first, each with all rows as they were after it."""
    rows: dict[Key, Row] = {}
    entries = sorted(_entries(session, model, record_id), key=lambda entry: entry[:2])
    operations = _operations(session, sorted({entry[0] for entry in entries}))
    undoers = {done.undone_by_id for done in operations.values()}
    models = models_by_table()
    for place, (operation_id, _id, kind, row_id, *images) in enumerate(entries):
        of = models[kind]
        _before, after = images_of(table_of(of), *images)
        if after is None:
            rows.pop((of, row_id), None)
        else:
            rows[of, row_id] = {**rows.get((of, row_id), {}), **after}
        if place + 1 == len(entries) or entries[place + 1][0] != operation_id:
            own = {key: row for key, row in rows.items() if _belongs(key, rows, model, record_id)}
            yield _Step(operations[operation_id], operation_id in undoers, own)


def _belongs(key: Key, rows: Rows, model: type[Record], record_id: int) -> bool:
    if key == (model, record_id):
        return True
    record = rows.get((model, record_id))
    return record is not None and any(part.model is key[0] and part.is_of(rows[key], record) for part in parts_of(model))


def _entries(session: SeatSession, model: type[Record], record_id: int) -> Iterator[tuple[Any, ...]]:
    """Operation, id, table, row and both images of every journal entry about the record or what ever was part of it."""
    kind = str(table_of(model).name)
    yield from _of_rows(session, kind, [record_id])
    owned = (JournalEntry.owner_kind == kind, JournalEntry.owner_id == record_id)
    parts: dict[str, list[int]] = {}
    for part, part_id in session.execute(select(JournalEntry.kind, JournalEntry.record_id).where(*owned).distinct()):
        parts.setdefault(part, []).append(part_id)
    for part, ids in parts.items():
        yield from _of_rows(session, part, ids)


def _of_rows(session: SeatSession, kind: str, ids: list[int]) -> Iterator[tuple[Any, ...]]:
    columns = (JournalEntry.operation_id, JournalEntry.id, JournalEntry.kind, JournalEntry.record_id)
    images = (JournalEntry.before, JournalEntry.after)
    for start in range(0, len(ids), CHUNK):
        chunk = (JournalEntry.kind == kind, JournalEntry.record_id.in_(ids[start : start + CHUNK]))
        yield from map(tuple, session.execute(select(*columns, *images).where(*chunk)))


def _operations(session: SeatSession, ids: list[int]) -> dict[int, Operation]:
    found: dict[int, Operation] = {}
    for start in range(0, len(ids), CHUNK):
        statement = select(Operation).where(Operation.id.in_(ids[start : start + CHUNK]))
        found.update((done.id, done) for done in session.scalars(statement))
    return found
