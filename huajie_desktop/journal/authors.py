"""Who last changed what a record says, as the journal has it; moving it through review is not such a change."""

import json
from collections.abc import Sequence, Set
from typing import Any

from sqlalchemy import ColumnElement, Select, String, select, type_coerce
from sqlalchemy.orm import Session

from db.base import table_of
from db.images import CHUNK
from db.journal import Author
from db.models import JournalEntry, Operation
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.values.names import same_name

Latest = dict[int, tuple[int, Author]]  # record id -> operation id, author


def last_authors(session: Session, ledger: Ledger, ids: Sequence[int]) -> dict[int, Author]:
    """Who last changed the content of each record or its parts; steps taken back, and the taking back, do not count."""
    kind, moved = str(table_of(ledger.model).name), ledger.life_columns
    latest: Latest = {}
    for start in range(0, len(ids), CHUNK):
        chunk = list(ids[start : start + CHUNK])
        own = (JournalEntry.kind == kind, JournalEntry.record_id.in_(chunk))
        parts = (JournalEntry.owner_kind == kind, JournalEntry.owner_id.in_(chunk))
        _take(session, latest, _entries(JournalEntry.record_id).where(*own), moved)
        _take(session, latest, _entries(JournalEntry.owner_id).where(*parts), frozenset())
    return {record_id: author for record_id, (_operation, author) in latest.items()}


def signed_by(session: Session, name: str) -> ColumnElement[bool]:
    """Operations signed with that name as it is read: older programs kept blanks and signs in it, which tell nobody apart."""
    signed = type_coerce(Operation.actor, String)  # as it is kept
    return signed.in_([actor for actor in session.scalars(select(signed).distinct()) if same_name(actor, name)])


def is_same(one: Author, other: Author | None) -> bool:
    """Whether both are one: the same person, or people of one name, who cannot be told apart when they come in by it."""
    return other is not None and ((one.uid is not None and one.uid == other.uid) or same_name(one.name, other.name))


def _entries(record: Any) -> Select[Any]:
    undoers = select(Operation.undone_by_id).where(Operation.undone_by_id.is_not(None))
    columns = (record, Operation.id, Operation.actor, Operation.author_uid, JournalEntry.before, JournalEntry.after)
    in_force = (Operation.undone_by_id.is_(None), Operation.id.not_in(undoers))
    return select(*columns).join(Operation, Operation.id == JournalEntry.operation_id).where(*in_force)


def _take(session: Session, latest: Latest, statement: Select[Any], moved: Set[str]) -> None:
    """Takes the authors of changes of other columns than those that only say where a record stands."""
    for record_id, operation_id, name, uid, before, after in session.execute(statement):
        newer = record_id not in latest or latest[record_id][0] < operation_id
        if newer and _content_changed(before, after, moved):
            latest[record_id] = (operation_id, Author(name, uid))


def _content_changed(before: str | None, after: str | None, moved: Set[str]) -> bool:
    return before is None or after is None or not json.loads(after).keys() <= moved
