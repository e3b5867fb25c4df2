"""Undo: a new operation that brings back what earlier ones changed, or refuses naming the row changed since."""

import json
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Select, Table, or_, select
from sqlalchemy.orm import Session, sessionmaker

from db.base import Base
from db.errors import ChangedSince
from db.images import CHUNK, Row, rows_by_id
from db.journal import Author, Changes, OperationSession, S, operation
from db.log import Act, JournalEntry, Operation
from db.net import Images, Net, later_entries
from db.standing import Footing, name_of_lost, named, used_row

WATCHED = "state"  # what a review decided: what was written before it is not taken back alone


def undo(
    sessions: sessionmaker[S],
    author: Author,
    label: str,
    operation_ids: Sequence[int],
    step: Callable[[int, int, str], object] = lambda _done, _total, _text: None,
) -> Changes:
    """Undoes those operations together as one new operation; undoing an undo is a redo. `step` is told what comes next.

    Asks only about the columns they changed. Raises ChangedSince with the first row of which these were changed, or that
    was reviewed or is used by something newer, and the operations that did it.
    """
    with operation(sessions, author, Act.UNDO, label) as running:
        session = running.session
        step(0, 3, "读取操作记录")
        net = Net(session, operation_ids)
        step(1, 3, f"核对 {len(net)} 条记录")
        if fault := _fault(session, net):
            raise ChangedSince(fault, [later.id for later in later_operations(session, operation_ids)])
        step(2, 3, f"恢复 {len(net)} 条记录")
        _restore(running, net)
        for done in session.scalars(select(Operation).where(Operation.undone_by_id.in_(operation_ids))):
            done.undone_by_id = None
        for done in session.scalars(select(Operation).where(Operation.id.in_(operation_ids))):
            done.undone_by_id = running.operation_id
        step(3, 3, "保存")
    return running.changes


def _restore(running: OperationSession[S], net: Net) -> None:
    """What goes first, so that its names are free; chunk by chunk, since an import may have brought 100,000 rows."""
    tables = Base.metadata.sorted_tables
    for table in reversed(tables):
        for images in net.chunks_of(table):
            running.take_away(table, [i for i, (before, _after) in images.items() if before is None])
    for table in tables:
        for images in net.chunks_of(table):
            running.put_back(table, {i: before for i, (before, _after) in images.items() if before is not None})


def _fault(session: Session, net: Net) -> str | None:
    """What stands against taking it back: a row changed since, a newer one standing on it, one it stood on that is gone."""
    footing, going = Footing(), dict[Table, list[int]]()
    for table in net.ids:
        for images in net.chunks_of(table):
            if fault := _changed_row(session, table, images):
                return fault
            going.setdefault(table, []).extend(i for i, (before, _after) in images.items() if before is None)
            footing.take(table, {i: before for i, (before, _after) in images.items() if before is not None})
    reviewed = next(_reviewed_since(session, net), None)
    if reviewed is not None:
        return named(*reviewed)
    return used_row(session, going, net) or name_of_lost(session, footing.lost(session, going))


def _changed_row(session: Session, table: Table, images: Images) -> str | None:
    present = rows_by_id(session, table, list(images))
    for record_id, (_before, after) in images.items():
        now = present.get(record_id)
        if now is None or after is None:
            if now is not after:
                return named(table, now or after or {})
        elif any(now[name] != value for name, value in after.items()):
            return named(table, now)
    return None


def _watched(net: Net) -> dict[Table, Sequence[int]]:
    """The rows with a state that were touched, or whose content was."""
    keys = {(str(table.name), record_id) for table, ids in net.ids.items() for record_id in ids} | net.owners
    found: dict[Table, list[int]] = {}
    for kind, record_id in sorted(keys):
        table = Base.metadata.tables[kind]
        if WATCHED in table.c:
            found.setdefault(table, []).append(record_id)
    return dict(found)


def _reviewed_since(session: Session, net: Net) -> Iterator[tuple[Table, Row]]:
    """The rows whose state is not what it was when those operations were done."""
    states: dict[tuple[Table, int], object] = {}
    for entry in later_entries(session, _watched(net), net.operation_ids):
        before = json.loads(entry.before or "{}")
        if entry.after is not None and WATCHED in before:
            states.setdefault((Base.metadata.tables[entry.kind], entry.record_id), before[WATCHED])
    for (table, record_id), state in states.items():
        now = rows_by_id(session, table, [record_id]).get(record_id)
        if now is not None and now[WATCHED] != state:
            yield table, now


def later_operations(session: Session, operation_ids: Sequence[int]) -> list[Operation]:
    """The operations in force that later changed the same columns of the same rows or reviewed them, wrote rows standing
    on them, or deleted what they stood on."""
    net = Net(session, operation_ids)
    found = {*_rewriters(session, net), *_losers(session, net)}
    writers = or_(Operation.id.in_(found), *(Operation.id.in_(users) for users in _users(operation_ids)))
    undoers = select(Operation.undone_by_id).where(Operation.undone_by_id.is_not(None))
    later = (Operation.id > min(operation_ids), Operation.id.not_in(operation_ids))
    in_force = (Operation.undone_by_id.is_(None), Operation.id.not_in(undoers))
    return list(session.scalars(select(Operation).where(writers, *later, *in_force).order_by(Operation.id)))


def _rewriters(session: Session, net: Net) -> Iterator[int]:
    """The operations that wrote the same columns of the same rows, or moved what they are content of through review."""
    ours = _columns_written(net)
    for entry in later_entries(session, dict(net.ids), net.operation_ids):
        names = ours.get((entry.kind, entry.record_id), set())
        whole = names is None or entry.before is None or entry.after is None
        if whole or not (names or set()).isdisjoint(json.loads(entry.after or "{}")):
            yield entry.operation_id
    for entry in later_entries(session, _watched(net), net.operation_ids):
        if entry.after is not None and WATCHED in json.loads(entry.after):
            yield entry.operation_id


def _columns_written(net: Net) -> dict[tuple[str, int], set[str] | None]:
    """By table and row the columns those operations wrote; None where they brought or took the whole row."""
    written: dict[tuple[str, int], set[str] | None] = {}
    for table in net.ids:
        for images in net.chunks_of(table):
            for record_id, (before, after) in images.items():
                written[str(table.name), record_id] = None if before is None or after is None else set(after)
    return written


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


def _losers(session: Session, net: Net) -> set[int]:
    """The operations that deleted what rows pointed at before those operations."""
    footing, going, found = Footing(), dict[Table, list[int]](), set[int]()
    for table in net.ids:
        for images in net.chunks_of(table):
            going.setdefault(table, []).extend(i for i, (before, _after) in images.items() if before is None)
            footing.take(table, {i: before for i, (before, _after) in images.items() if before is not None})
    lost: dict[Table, list[int]] = {}
    for table, which in footing.lost(session, going):
        if isinstance(which, int):
            lost.setdefault(table, []).append(which)
    for table, ids in lost.items():
        for start in range(0, len(ids), CHUNK):
            deleted = (JournalEntry.kind == table.name, JournalEntry.after.is_(None))
            chunk = JournalEntry.record_id.in_(ids[start : start + CHUNK])
            found.update(session.scalars(select(JournalEntry.operation_id).where(*deleted, chunk)))
    return found
