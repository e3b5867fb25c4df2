"""What operations did to rows all in all, read from the journal a chunk of rows at a time."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db.base import Base
from db.images import CHUNK, Row, decode, decode_part
from db.log import JournalEntry, Operation
from db.notes import NOBODY, Note

Images = dict[int, tuple[Row | None, Row | None]]  # id -> before, after; the changed columns alone where the row stayed
Key = tuple[str, int]  # table and id


class Net:
    """The rows some operations touched, by table, and the records those are content of."""

    def __init__(self, session: Session, operation_ids: Sequence[int]) -> None:
        self._session = session
        self.operation_ids = tuple(operation_ids)
        self.ids: dict[Table, list[int]] = {}
        self.owners: set[Key] = set()
        columns = (JournalEntry.kind, JournalEntry.record_id, JournalEntry.owner_kind, JournalEntry.owner_id)
        mine = JournalEntry.operation_id.in_(self.operation_ids)
        for kind, record_id, owner_kind, owner_id in session.execute(select(*columns).where(mine).distinct()):
            self.ids.setdefault(Base.metadata.tables[kind], []).append(record_id)
            if owner_kind is not None and owner_id is not None:
                self.owners.add((owner_kind, owner_id))
        self._sets = {table: set(ids) for table, ids in self.ids.items()}

    def __len__(self) -> int:
        return sum(map(len, self._sets.values()))

    def __contains__(self, row: tuple[Table, int]) -> bool:
        return row[1] in self._sets.get(row[0], ())

    def chunks_of(self, table: Table) -> Iterator[Images]:
        """The images of the rows of one table, a few hundred at a time; rows that came and went are left out."""
        ids = sorted(self._sets.get(table, ()))
        for start in range(0, len(ids), CHUNK):
            yield self._images(table, ids[start : start + CHUNK])

    def _images(self, table: Table, ids: Sequence[int]) -> Images:
        statement = select(JournalEntry.record_id, JournalEntry.before, JournalEntry.after).where(
            JournalEntry.kind == table.name,
            JournalEntry.record_id.in_(ids),
            JournalEntry.operation_id.in_(self.operation_ids),
        )
        notes: dict[int, Note] = {}
        for record_id, before, after in self._session.execute(statement.order_by(JournalEntry.operation_id, JournalEntry.id)):
            images = images_of(table, before, after)
            if record_id in notes:
                notes[record_id].follow(*images)
            else:
                notes[record_id] = Note(*images, NOBODY, 0)
        return {record_id: net for record_id, note in notes.items() if (net := note.net()) is not None}


def images_of(table: Table, before: str | None, after: str | None) -> tuple[Row | None, Row | None]:
    """What an entry of the journal says: whole rows where the row came or went, else the changed columns."""
    said = decode if before is None or after is None else decode_part
    return (None if before is None else said(table, before), None if after is None else said(table, after))


def later_entries(session: Session, keys: dict[Table, Sequence[int]], operation_ids: Sequence[int]) -> Iterator[JournalEntry]:
    """What operations in force did to those rows after those operations, the first of them first."""
    undoers = select(Operation.undone_by_id).where(Operation.undone_by_id.is_not(None))
    statement = (
        select(JournalEntry)
        .join(Operation, Operation.id == JournalEntry.operation_id)
        .where(JournalEntry.operation_id > min(operation_ids), JournalEntry.operation_id.not_in(operation_ids))
        .where(Operation.undone_by_id.is_(None), Operation.id.not_in(undoers))
        .order_by(JournalEntry.operation_id, JournalEntry.id)
    )
    for table, ids in keys.items():
        for start in range(0, len(ids), CHUNK):
            chunk = JournalEntry.record_id.in_(ids[start : start + CHUNK])
            yield from session.scalars(statement.where(JournalEntry.kind == table.name, chunk))
