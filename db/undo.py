"""Undo: a new operation that brings back what earlier ones changed, or refuses naming the row changed since."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Column, Select, Table, or_, select
from sqlalchemy.orm import Session, sessionmaker

from db.base import Base
from db.errors import ChangedSince
from db.images import CHUNK, Row, decode, rows_by_id
from db.journal import Changes, operation
from db.log import JournalEntry, Operation

Images = dict[tuple[Table, int], tuple[Row | None, Row | None]]  # (table, id) -> before, after


def undo(
    sessions: sessionmaker[Session],
    actor: str,
    label: str,
    operation_ids: Sequence[int],
    step: Callable[[int, int, str], object] = lambda _done, _total, _text: None,
) -> Changes:
    """Undoes those operations together as one new operation; undoing an undo is a redo. `step` is told what comes next.

    Raises ChangedSince with the first row that was changed or is used by something newer, and the operations that did it.
    """
    with operation(sessions, actor, label) as running:
        session = running.session
        step(0, 3, "读取操作记录")
        images = _net_images(session, operation_ids)
        step(1, 3, f"核对 {len(images)} 条记录")
        fault = _changed_row(session, images) or used_row(session, images) or lost_row(session, images)
        if fault:
            raise ChangedSince(fault, [later.id for later in later_operations(session, operation_ids)])
        step(2, 3, f"恢复 {len(images)} 条记录")
        running.restore({key: before for key, (before, _after) in images.items()})
        for done in session.scalars(select(Operation).where(Operation.undone_by_id.in_(operation_ids))):
            done.undone_by_id = None
        for done in session.scalars(select(Operation).where(Operation.id.in_(operation_ids))):
            done.undone_by_id = running.operation_id
        step(3, 3, "保存")
    return running.changes


def later_operations(session: Session, operation_ids: Sequence[int]) -> list[Operation]:
    """The operations in force that later changed the same rows, wrote rows standing on them or deleted what they stood on."""
    rows = select(JournalEntry.kind, JournalEntry.record_id).where(JournalEntry.operation_id.in_(operation_ids)).subquery()
    touching = select(JournalEntry.operation_id).join(
        rows, (rows.c.kind == JournalEntry.kind) & (rows.c.record_id == JournalEntry.record_id)
    )
    writers = or_(
        Operation.id.in_(touching),
        Operation.id.in_(_losers(session, operation_ids)),
        *(Operation.id.in_(users) for users in _users(operation_ids)),
    )
    undoers = select(Operation.undone_by_id).where(Operation.undone_by_id.is_not(None))
    later = (Operation.id > min(operation_ids), Operation.id.not_in(operation_ids))
    in_force = (Operation.undone_by_id.is_(None), Operation.id.not_in(undoers))
    return list(session.scalars(select(Operation).where(writers, *later, *in_force).order_by(Operation.id)))


def _users(operation_ids: Sequence[int]) -> Iterator[Select[int]]:
    """For each reference between tables, the operations that wrote rows now pointing at rows these operations brought."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            brought = select(JournalEntry.record_id).where(
                JournalEntry.operation_id.in_(operation_ids),
                JournalEntry.kind == key.column.table.name,
                JournalEntry.before.is_(None),
            )
            pointing = select(table.c.id).where(key.parent.in_(brought)) if "id" in table.c else None
            if pointing is not None:
                yield select(JournalEntry.operation_id).where(
                    JournalEntry.kind == table.name, JournalEntry.record_id.in_(pointing)
                )


def _losers(session: Session, operation_ids: Sequence[int]) -> set[int]:
    """The operations that deleted what rows pointed at before those operations."""
    found: set[int] = set()
    for table, ids in _lost(session, _net_images(session, operation_ids)).items():
        for start in range(0, len(ids), CHUNK):
            deleted = (JournalEntry.kind == table.name, JournalEntry.after.is_(None))
            chunk = JournalEntry.record_id.in_(ids[start : start + CHUNK])
            found.update(session.scalars(select(JournalEntry.operation_id).where(*deleted, chunk)))
    return found


def _net_images(session: Session, operation_ids: Sequence[int]) -> Images:
    tables = Base.metadata.tables
    statement = select(JournalEntry.kind, JournalEntry.record_id, JournalEntry.before, JournalEntry.after)
    images: Images = {}
    for kind, record_id, before, after in session.execute(
        statement.where(JournalEntry.operation_id.in_(operation_ids)).order_by(JournalEntry.operation_id, JournalEntry.id)
    ):
        key = (tables[kind], record_id)
        first = images[key][0] if key in images else (decode(key[0], before) if before else None)
        images[key] = (first, decode(key[0], after) if after else None)
    return images


def _changed_row(session: Session, images: Images) -> str | None:
    for table in {table for table, _id in images}:
        wanted = {record_id: after for (of, record_id), (_before, after) in images.items() if of is table}
        present = rows_by_id(session, table, list(wanted))
        for record_id, after in wanted.items():
            if present.get(record_id) != after:
                return _name(table, present.get(record_id) or after or {})
    return None


def used_row(session: Session, images: Images) -> str | None:
    """Names the first row that stands on one that would go: a task entered since for a person the import brought."""
    going: dict[Table, list[int]] = {}
    for (table, record_id), (before, _after) in images.items():
        if before is None:
            going.setdefault(table, []).append(record_id)
    for table, ids in going.items():
        for column in _referring(table):
            for start in range(0, len(ids), CHUNK):
                chunk = ids[start : start + CHUNK]
                for row in session.execute(select(column.table).where(column.in_(chunk))).mappings():
                    if (column.table, row.get("id")) not in images:
                        return _name(column.table, dict(row))
    return None


def lost_row(session: Session, images: Images) -> str | None:
    """Names the first row that is gone and that a row to be brought back points at."""
    for table, ids in _lost(session, images).items():
        last = select(JournalEntry.before).where(JournalEntry.kind == table.name, JournalEntry.record_id == ids[0])
        image = session.scalar(last.where(JournalEntry.after.is_(None)).order_by(JournalEntry.id.desc()).limit(1))
        return _name(table, decode(table, image) if image else {"id": ids[0]})
    return None


def _lost(session: Session, images: Images) -> dict[Table, list[int]]:
    """What the rows as they were point at and what is neither there nor brought back with them."""
    wanted: dict[Table, set[int]] = {}
    for (table, _id), (before, _after) in images.items():
        for key in table.foreign_keys if before else ():
            if (target := (before or {}).get(key.parent.name)) is not None:
                wanted.setdefault(key.column.table, set()).add(target)
    lost: dict[Table, list[int]] = {}
    for table, ids in wanted.items():
        there = rows_by_id(session, table, [i for i in ids if (table, i) not in images]).keys()
        if gone := sorted(i for i in ids - there if images.get((table, i), (None, None))[0] is None):
            lost[table] = gone
    return lost


def _referring(table: Table) -> Iterator[Column[int]]:
    for other in Base.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table is table:
                yield key.parent


def _name(table: Table, row: Row) -> str:
    title = next(
        (
            mapper.class_.TITLE
            for mapper in Base.registry.mappers
            if mapper.local_table is table and hasattr(mapper.class_, "TITLE")
        ),
        "",
    )
    name = row.get("title") or row.get("name") or row.get("text") or row.get("number") or row.get("id")
    return f"{title}“{name}”"
