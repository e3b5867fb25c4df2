"""Who last changed what a record says, as the journal has it; moving it through review is not such a change."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.images import CHUNK
from db.models import JournalEntry, Operation
from huajie_desktop.journal.belongings import parts_of
from huajie_desktop.records.ledger import Ledger

WORKFLOW = ("state", "return_reason", "number")  # columns the review decides

Latest = dict[int, tuple[int, str]]  # record id -> operation id, actor


def last_authors(session: Session, ledger: Ledger, ids: Sequence[int]) -> dict[int, str]:
    """Who last changed the content of each record or its parts; steps taken back, and the taking back, do not count."""
    latest: Latest = {}
    for start in range(0, len(ids), CHUNK):
        chunk = list(ids[start : start + CHUNK])
        own = _entries(JournalEntry.record_id, table_of(ledger.model).name).where(JournalEntry.record_id.in_(chunk))
        _take(latest, (row for row in session.execute(own) if _content_changed(row[3], row[4])))
        for part in parts_of(ledger.model):
            table = table_of(part.model)
            owner = table.c[part.owner]
            present = _entries(owner, table.name).join(table, table.c.id == JournalEntry.record_id)
            _take(latest, session.execute(present.where(owner.in_(chunk))))
    wanted = set(ids)
    for part in parts_of(ledger.model):
        gone = _entries(JournalEntry.record_id, table_of(part.model).name).where(JournalEntry.after.is_(None))
        owned = [(json.loads(row[3]).get(part.owner), *row[1:]) for row in session.execute(gone)]
        _take(latest, (row for row in owned if row[0] in wanted))
    return {record_id: actor for record_id, (_operation, actor) in latest.items()}


def _entries(record: Any, kind: str) -> Select[Any]:
    undoers = select(Operation.undone_by_id).where(Operation.undone_by_id.is_not(None))
    statement = select(record, Operation.id, Operation.actor, JournalEntry.before, JournalEntry.after)
    return statement.select_from(JournalEntry).join(Operation, Operation.id == JournalEntry.operation_id).where(
        JournalEntry.kind == kind, Operation.undone_by_id.is_(None), Operation.id.not_in(undoers)
    )  # fmt: skip


def _take(latest: Latest, rows: Iterable[Any]) -> None:
    for record_id, operation_id, actor, *_images in rows:
        if record_id not in latest or latest[record_id][0] < operation_id:
            latest[record_id] = (operation_id, actor)


def _content_changed(before: str | None, after: str | None) -> bool:
    return _content(before) != _content(after)


def _content(image: str | None) -> dict[str, Any]:
    return {name: value for name, value in json.loads(image or "{}").items() if name not in WORKFLOW}
