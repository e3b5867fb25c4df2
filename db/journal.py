"""The one write path: operations in one transaction, their journal, and what they touched."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, event, inspect
from sqlalchemy.orm import Session, object_session, sessionmaker

from db.base import Base, Record, table_of
from db.clock import utc_now
from db.engine import WRITING, faults
from db.images import Row, encode, encode_all, rows_by_id
from db.log import JournalEntry, Operation
from db.rows import defer_references, delete_rows, insert_rows, update_rows


@dataclass
class Changes:
    """What one operation touched: ids by table name, derived from its journal."""

    operation_id: int | None = None
    label: str = ""
    touched: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __bool__(self) -> bool:
        return bool(self.touched)


class OperationSession:
    """The session of one running operation; single records through `session`, many at once through `insert` and `update`."""

    def __init__(self, session: Session, actor: str, label: str) -> None:
        self.session = session
        self.changes = Changes(label=label)
        self._before: dict[tuple[Table, int], Row | None] = {}
        self._after: dict[tuple[Table, int], Row | None] = {}
        self._inserted = False
        self._head = Operation(at=utc_now(), actor=actor, label=label)
        session.info["operation"] = self

    def call(self, label: str) -> None:
        """Names the operation anew, now that it is known how much it does."""
        self.changes.label = self._head.label = label

    @property
    def operation_id(self) -> int:
        """The id of this operation, reserved at first use."""
        if self._head.id is None:
            self.session.add(self._head)
            self.session.flush()
        return self._head.id

    def insert(self, model: type[Record], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Adds many rows (Python values in the order of `columns`, "id" first) and journals them."""
        if not rows:
            return
        table = table_of(model)
        insert_rows(self.session.connection(), table, columns, rows)
        head, kind = self.operation_id, str(table.name)  # a plain text: the driver looks long at any other
        self.changes.touched[kind].update(row[0] for row in rows)
        images = encode_all(dict(zip(columns, row, strict=True)) for row in rows)
        self._log([(head, kind, row[0], None, image) for row, image in zip(rows, images, strict=True)])
        self._inserted = True

    def _log(self, entries: Sequence[tuple[Any, ...]]) -> None:
        """Writes journal entries; those of many rows at once, so that a large import need not hold them all."""
        columns = ("operation_id", "kind", "record_id", "before", "after")
        insert_rows(self.session.connection(), table_of(JournalEntry), columns, entries)

    def update(self, model: type[Record], values: dict[int, Row]) -> None:
        """Changes many rows by id (only the columns given) and journals them."""
        self.session.flush()
        table, connection = table_of(model), self.session.connection()
        for record_id, row in rows_by_id(connection, table, list(values)).items():
            self._before.setdefault((table, record_id), row)
            self._after[table, record_id] = {**row, **values[record_id]}
        update_rows(connection, table, values)

    def restore(self, images: dict[tuple[Table, int], Row | None]) -> None:
        """Makes rows what the images say (None: no such row) and journals it: what goes first, so that its names are free."""
        self.session.flush()
        connection = self.session.connection()
        defer_references(connection)
        tables = [(table, {i: row for (of, i), row in images.items() if of is table}) for table in Base.metadata.sorted_tables]
        present = {table: rows_by_id(connection, table, list(wanted)) for table, wanted in tables}
        for table, wanted in reversed(tables):
            delete_rows(connection, table, [i for i, row in wanted.items() if row is None])
        for table, wanted in tables:
            for record_id, row in wanted.items():
                self._before.setdefault((table, record_id), present[table].get(record_id))
                self._after[table, record_id] = row
            kept = {i: row for i, row in wanted.items() if row and i in present[table]}
            update_rows(connection, table, {i: _changed(present[table][i], row) for i, row in kept.items()})
            missing = [row for i, row in sorted(wanted.items()) if row and i not in kept]
            if missing:
                columns = list(missing[0])
                insert_rows(connection, table, columns, [[row[name] for name in columns] for row in missing])

    def finish(self) -> Changes:
        """Flushes, writes the journal (net change per row) and says what was touched; an empty operation leaves no trace."""
        self.session.flush()
        rows: list[tuple[Any, ...]] = []
        for (table, record_id), before in self._before.items():
            after = self._after.get((table, record_id))
            if before != after:
                images = (encode(before) if before is not None else None, encode(after) if after is not None else None)
                rows.append((self.operation_id, table.name, record_id, *images))
                self.changes.touched[table.name].add(record_id)
        if rows:
            self._log(rows)
        if rows or self._inserted:
            self.changes.operation_id = self.operation_id
        return self.changes

    def note(self, record: Record, before: Row | None, after: Row | None) -> None:
        """Takes up that one record became another in this operation; the first before and the last after count."""
        key = (table_of(type(record)), record.id)
        self._before.setdefault(key, before)
        self._after[key] = after


def _note_insert(_mapper: object, _connection: object, record: Record) -> None:
    _running(record).note(record, None, _present(record))


def _note_update(_mapper: object, _connection: object, record: Record) -> None:
    _running(record).note(record, _committed(record), _present(record))


def _note_delete(_mapper: object, _connection: object, record: Record) -> None:
    _running(record).note(record, _committed(record), None)


event.listen(Record, "after_insert", _note_insert, propagate=True)
event.listen(Record, "after_update", _note_update, propagate=True)
event.listen(Record, "after_delete", _note_delete, propagate=True)


def _running(record: Record) -> OperationSession:
    session = object_session(record)
    running: OperationSession | None = session.info.get("operation") if session else None
    if running is None:
        raise RuntimeError(f"{type(record).__name__} is written outside an operation")
    return running


def _changed(row: Row, wanted: Row) -> Row:
    return {name: value for name, value in wanted.items() if row.get(name) != value}


def _present(record: Record) -> Row:
    return {column.key: getattr(record, column.key) for column in inspect(type(record)).column_attrs}


def _committed(record: Record) -> Row:
    state = inspect(record)
    row: Row = {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].load_history()
        row[column.key] = history.deleted[0] if history.deleted else getattr(record, column.key)
    return row


@contextmanager
def operation(sessions: sessionmaker[Session], actor: str, label: str) -> Iterator[OperationSession]:
    """One operation: everything inside is kept whole with its journal, or not at all.

    After the block `running.changes` says what was touched. Raises StorageError when the database refuses.
    """
    with faults(), sessions() as session:
        session.connection(execution_options=WRITING)
        running = OperationSession(session, actor, label)
        yield running
        running.finish()
        session.commit()
