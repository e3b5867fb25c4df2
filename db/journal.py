"""The one write path: operations in one transaction, their journal, and what they touched."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, Table, delete, event, insert, select, update
from sqlalchemy.orm import Session, object_session, sessionmaker

from db.base import VERSION, Base, Record, table_of
from db.clock import NOW, utc_now
from db.hanging import hanging_tables
from db.images import CHUNK, Row, encode, encode_part, rows_by_id
from db.log import LONGEST, Act, JournalEntry, Operation
from db.notes import NOBODY, Note, Owner, Owners, changes, committed, owner_columns, present, version_before
from db.opening import writing
from db.personal import hide_numbers
from db.rows import defer_references, delete_rows, insert_rows, update_rows
from db.uids import new_uids

_STEP = 1000  # rows in memory at once
_COLUMNS = ("operation_id", "kind", "record_id", "owner_kind", "owner_id", "before", "after")
S = TypeVar("S", bound=Session)


class Author(NamedTuple):
    """Who does something: the name as it is now, and the identity of the person, None for a command."""

    name: str
    uid: str | None = None


@dataclass
class Changes:
    """What one operation touched: ids by table name, derived from its journal."""

    operation_id: int | None = None
    label: str = ""
    touched: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __bool__(self) -> bool:
        return bool(self.touched)


class OperationSession(Generic[S]):
    """The session of one running operation; single records through `session`, many at once through `insert` and `update`."""

    def __init__(self, session: S, author: Author, act: Act, label: str) -> None:
        self.session = session
        self.author = author
        self.changes = Changes(label=hide_numbers(label)[:LONGEST])
        self._act = str(act)
        self._id: int | None = None
        self._stays = False  # though it changes no row
        self._notes: dict[tuple[Table, int], Note] = {}
        self._entries: list[tuple[Any, ...]] = []
        self._gone: list[str] = []  # identities of rows that went
        self._contents: dict[str, set[int]] = defaultdict(set)  # by table the records whose content was written
        self._owners: Owners | None = None
        self.moment: datetime = session.info.get(NOW, utc_now)()  # by which the history knows it, in UTC
        session.info["operation"] = self

    def call(self, label: str) -> None:
        """Names the operation anew, now that it is known how much it does."""
        self.changes.label = hide_numbers(label)[:LONGEST]

    def leave_trace(self) -> None:
        """Keeps the operation though it changes no row: what it did happened outside the data."""
        self._stays = True

    @property
    def connection(self) -> Connection:
        """The connection all of it is written through."""
        return self.session.connection()

    @property
    def operation_id(self) -> int:
        """The id of this operation, reserved at first use; what it changes has it for its version."""
        if self._id is None:
            values = {"at": self.moment, "actor": self.author.name, "author_uid": self.author.uid}
            said = insert(Operation).values(**values, act=self._act, label=self.changes.label)
            self._id = int(self.connection.execute(said).inserted_primary_key[0])  # type: ignore[index]
        return self._id

    def insert(self, model: type[Record], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Adds many rows (Python values in the order of `columns`, "id" first) and journals them; identities are given here."""
        if not rows:
            return
        table, head = table_of(model), self.operation_id
        columns = (*columns, "uid", VERSION)
        rows = [(*row, uid, head) for row, uid in zip(rows, new_uids(len(rows)), strict=True)]
        insert_rows(self.connection, table, columns, rows)
        ids, owners = [row[0] for row in rows], self._owner_finder().of_rows(table, columns, rows)
        kind = self._touch(table, ids, owners)
        images = (encode(dict(zip(columns[:-1], row[:-1], strict=True))) for row in rows)  # the version is no part of them
        self._entries += [(head, kind, at, *of, None, image) for at, of, image in zip(ids, owners, images, strict=True)]
        self._write()

    def update(self, model: type[Record], values: dict[int, Row]) -> None:
        """Changes many rows by id (only the columns given) and journals them."""
        self.session.flush()
        table, ids = table_of(model), list(values)
        for start in range(0, len(ids), _STEP):
            self._change(table, {record_id: values[record_id] for record_id in ids[start : start + _STEP]})

    def restore(self, images: dict[tuple[Table, int], Row | None]) -> None:
        """Makes rows what the images say (None: no such row) and journals it: what goes first, so that its names are free."""
        tables = [(table, {i: row for (of, i), row in images.items() if of is table}) for table in Base.metadata.sorted_tables]
        for table, wanted in reversed(tables):
            self.take_away(table, [i for i, row in wanted.items() if row is None])
        for table, wanted in tables:
            self.put_back(table, {i: row for i, row in wanted.items() if row is not None})

    def take_away(self, table: Table, ids: Sequence[int]) -> None:
        """Deletes rows, whatever still points at them until the operation ends."""
        self.session.flush()
        defer_references(self.connection)
        for start in range(0, len(ids), _STEP):
            going = rows_by_id(self.connection, table, ids[start : start + _STEP])
            for record_id, row in going.items():
                self._enter(table, record_id, row, None, row)
                self._gone.append(row["uid"])
            delete_rows(self.connection, table, list(going))
            self._write()

    def put_back(self, table: Table, rows: dict[int, Row]) -> None:
        """Makes rows what they were: whole ones come back under their ids, present ones change in the columns given."""
        self.session.flush()
        defer_references(self.connection)
        ids = sorted(rows)
        for start in range(0, len(ids), _STEP):
            chunk = {record_id: rows[record_id] for record_id in ids[start : start + _STEP]}
            there = rows_by_id(self.connection, table, list(chunk), ("id",))
            self._change(table, {record_id: row for record_id, row in chunk.items() if record_id in there})
            missing = [row for record_id, row in chunk.items() if record_id not in there]
            if missing:
                columns = list(missing[0])
                values = [[*(row[name] for name in columns), self.operation_id] for row in missing]
                insert_rows(self.connection, table, [*columns, VERSION], values)
            for row in missing:
                self._enter(table, row["id"], None, row, row)
            self._write()

    def finish(self) -> Changes:
        """Writes the journal (net change per row) and says what was touched; without a change no trace is left unless asked."""
        self.session.flush()
        self._let_go()
        for (table, record_id), note in self._notes.items():
            if (net := note.net()) is not None:
                self._log(table, record_id, note.owner, *_images(*net))
            elif note.after is not None and self._id is not None:
                update_rows(self.connection, table, {record_id: {VERSION: note.version}})
        self._write()
        self._raise_versions()
        if self.changes.touched or self._stays:
            self.changes.operation_id = self.operation_id
            signed = {"actor": self.author.name, "author_uid": self.author.uid}
            naming = update(Operation).where(Operation.id == self._id).values(label=self.changes.label, **signed)
            self.session.execute(naming, execution_options={"synchronize_session": False})
        elif self._id is not None:
            self.connection.execute(delete(Operation).where(Operation.id == self._id))
        return self.changes

    def note(self, record: Record, before: Row | None, after: Row | None) -> None:
        """Takes up that one record became another in this operation; the first before and the last after count."""
        key = (table_of(type(record)), record.id)
        if key in self._notes:
            self._notes[key].follow(before, after)
        else:
            owner = self._owner_finder().of(key[0], {name: getattr(record, name) for name in owner_columns(key[0])})
            self._notes[key] = Note(before, after, owner, version_before(record))

    def _change(self, table: Table, values: dict[int, Row]) -> None:
        names = {name for row in values.values() for name in row}
        present = rows_by_id(self.connection, table, list(values), (*names, *owner_columns(table)))
        afters: dict[int, Row] = {}
        for record_id, row in present.items():
            after = {name: value for name, value in values[record_id].items() if row[name] != value}
            if after:
                afters[record_id] = after
        for record_id, after in afters.items():
            before = {name: present[record_id][name] for name in after}
            if (noted := self._notes.get((table, record_id))) is not None:
                noted.follow(before, after)
            else:
                owner = self._owner_finder().of(table, {**present[record_id], **after}) if owner_columns(table) else NOBODY
                self._log(table, record_id, owner, encode_part(before), encode_part(after))
        head = self.operation_id if afters else 0
        update_rows(self.connection, table, {record_id: {**after, VERSION: head} for record_id, after in afters.items()})
        self._write()

    def _enter(self, table: Table, record_id: int, before: Row | None, after: Row | None, whole: Row) -> None:
        """Journals one row, with what is noted of it already where an object of it was written before."""
        if (noted := self._notes.get((table, record_id))) is not None:
            noted.follow(before, after)
        else:
            self._log(table, record_id, self._owner_finder().of(table, whole), *_images(before, after))

    def _log(self, table: Table, record_id: int, owner: Owner, before: str | None, after: str | None) -> None:
        kind = self._touch(table, (record_id,), (owner,))
        self._entries.append((self.operation_id, kind, record_id, *owner, before, after))

    def _touch(self, table: Table, ids: Sequence[int], owners: Iterable[Owner]) -> str:
        """Notes which records of a table are written and whose content they are; returns the table's name for the journal."""
        kind = str(table.name)  # a plain text: the driver looks long at any other
        self.changes.touched[kind].update(ids)
        for owner, owned in owners:
            if owner is not None and owned is not None:
                self._contents[owner].add(owned)
        return kind

    def _write(self) -> None:
        """Writes the journal's entries as they come, so that a large operation need not hold them all."""
        if self._entries:
            insert_rows(self.connection, table_of(JournalEntry), _COLUMNS, self._entries)
            self._entries = []

    def _raise_versions(self) -> None:
        """A record whose content was written is another one, too, though its own row says the same."""
        for kind, ids in self._contents.items():
            left, table = sorted(ids - self.changes.touched.get(kind, set())), Base.metadata.tables[kind]
            for start in range(0, len(left), CHUNK):
                of = table.c.id.in_(left[start : start + CHUNK])
                self.connection.execute(update(table).where(of).values({VERSION: self.operation_id}))

    def _let_go(self) -> None:
        """What hangs on rows that went goes with them, or is let go."""
        noted = [note.before["uid"] for note in self._notes.values() if note.before and note.after is None]
        gone = [*self._gone, *noted]
        for table, pairs, _content in hanging_tables() if gone else ():
            for pair in pairs:
                for start in range(0, len(gone), CHUNK):
                    hanging = select(table.c.id).where(table.c[pair.uid].in_(gone[start : start + CHUNK]))
                    ids = list(self.connection.execute(hanging).scalars())
                    if pair.goes:
                        self.take_away(table, ids)
                    else:
                        self._change(table, {record_id: {pair.kind: None, pair.uid: None} for record_id in ids})

    def _owner_finder(self) -> Owners:
        if self._owners is None:
            self._owners = Owners(self.connection)
        return self._owners


def _images(before: Row | None, after: Row | None) -> tuple[str | None, str | None]:
    whole = encode if before is None or after is None else encode_part
    return (None if before is None else whole(before), None if after is None else whole(after))


def _mark_version(_mapper: object, _connection: object, record: Record) -> None:
    session = object_session(record)
    if session is None or record.id is None or session.is_modified(record, include_collections=False):
        record.version = _running(record).operation_id


def _note_insert(_mapper: object, _connection: object, record: Record) -> None:
    _running(record).note(record, None, present(record))


def _note_update(_mapper: object, _connection: object, record: Record) -> None:
    before, after = changes(record)
    if after:
        _running(record).note(record, before, after)


def _note_delete(_mapper: object, _connection: object, record: Record) -> None:
    _running(record).note(record, committed(record), None)


event.listen(Record, "before_insert", _mark_version, propagate=True)
event.listen(Record, "before_update", _mark_version, propagate=True)
event.listen(Record, "after_insert", _note_insert, propagate=True)
event.listen(Record, "after_update", _note_update, propagate=True)
event.listen(Record, "after_delete", _note_delete, propagate=True)


def _running(record: Record) -> OperationSession[Any]:
    session = object_session(record)
    running: OperationSession[Any] | None = session.info.get("operation") if session else None
    if running is None:
        raise RuntimeError(f"{type(record).__name__} is written outside an operation")
    return running


@contextmanager
def operation(sessions: sessionmaker[S], author: Author, act: Act, label: str) -> Iterator[OperationSession[S]]:
    """One operation: everything inside is kept whole with its journal, or not at all.

    After the block `running.changes` says what was touched. Raises StorageError when the database refuses.
    """
    with writing(sessions) as session:
        running = OperationSession(session, author, act, label)
        yield running
        running.finish()
