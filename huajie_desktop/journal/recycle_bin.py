"""The recycle bin (回收站): what was deleted and can be brought back, read from the journal alone."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import aliased

from db.base import Base, table_of
from db.belonging import models_by_table, owner_of, parents_of
from db.clock import local_time
from db.hanging import pairs_of
from db.images import CHUNK, Row, decode
from db.journal import Changes
from db.log import Act
from db.models import JournalEntry, Operation
from db.personal import hide_numbers
from db.words.searching import folded, holds
from huajie_desktop.declared.ledger import SEARCH
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.journal.restoring import restore
from huajie_desktop.journal.row_words import RowWords, title_of
from huajie_desktop.seat import Seat, SeatSession

Key = tuple[Table, int]
Foot = Key | str  # what a row goes with: table and id, or an identity


class Deleted(NamedTuple):
    """One record in the bin: its journal entry, kind in words, name, and when (local time), by whom and how it went."""

    id: int
    kind: str
    title: str
    at: datetime
    actor: str
    label: str


def deleted_ids(session: SeatSession, text: str = "", kind: str | None = None) -> "array[int]":
    """The entries of what was deleted, the latest first, narrowed to words it says or a table.

    What was never there because its making was taken back is not among them.
    """
    found = _deletions(session).with_only_columns(JournalEntry.id).order_by(JournalEntry.id.desc())
    if kind is not None:
        found = found.where(JournalEntry.kind == kind)
    if not text.strip():
        return array("q", session.scalars(found))
    images = session.execute(found.add_columns(JournalEntry.kind, JournalEntry.before))
    return array("q", (entry_id for entry_id, table, before in images if holds(_said_in(table, before), text)))


def deleted_lines(session: SeatSession, ids: Sequence[int]) -> list[Deleted]:
    """The lines of those entries of the bin in order of `ids`."""
    words, lines = RowWords(session), dict[int, Deleted]()
    for start in range(0, len(ids), CHUNK):
        for entry, at, actor, label in session.execute(
            _deletions(session).where(JournalEntry.id.in_(ids[start : start + CHUNK]))
        ):
            model = models_by_table()[entry.kind]
            name = words.name(model, decode(table_of(model), entry.before))
            lines[entry.id] = Deleted(entry.id, title_of(model), name, local_time(at), actor, hide_numbers(label))
    return [lines[entry_id] for entry_id in ids if entry_id in lines]


def restore_deleted(seat: Seat, ids: Sequence[int], job: Job | None = None) -> Changes:
    """Brings back what those entries of the bin say, with the parts that went in the same operation. Raises Problem."""
    with seat.operation(Act.RESTORE, f"从回收站恢复 {len(ids)} 项") as running:
        session = running.session
        images: dict[Key, Row | None] = {}
        by_operation: dict[int, list[Key]] = defaultdict(list)
        for start in range(0, len(ids), CHUNK):
            if job:
                job.step(start, len(ids), f"读取 {start}/{len(ids)}")
            chunk = _deletions(session).where(JournalEntry.id.in_(ids[start : start + CHUNK]))
            for entry, *_operation in session.execute(chunk):
                table = Base.metadata.tables[entry.kind]
                images[table, entry.record_id] = decode(table, entry.before)
                by_operation[entry.operation_id].append((table, entry.record_id))
        if len(images) < len(ids):
            raise Problem("选中的记录有的已经恢复了，没有改动任何内容。请重新打开回收站再选。")
        for operation_id, keys in by_operation.items():
            images.update(_gone_along(session, operation_id, keys))
        if len(ids) == 1:
            ((table, _id), row) = next(iter(images.items()))
            model = models_by_table()[table.name]
            running.call(f"从回收站恢复{title_of(model)}“{RowWords(session).name(model, row or {})}”"[:200])
        restore(running, images)
    return running.changes


def _said_in(table: str, image: str) -> str:
    """What a row that went is found by, as of one that is there, and all it said besides."""
    row = decode(Base.metadata.tables[table], image)
    words = (value for name, value in row.items() if isinstance(value, str) and name not in ("uid", SEARCH))
    return " ".join([row.get(SEARCH) or "", *map(folded, words)])


def _deletions(session: SeatSession) -> Select[Any]:
    """Entries that are the last of a listed record and its deletion, where the record's making is still in force."""
    later, first = aliased(JournalEntry), aliased(JournalEntry)
    maker = aliased(Operation)
    same_later = select(later.id).where(
        later.kind == JournalEntry.kind, later.record_id == JournalEntry.record_id, later.id > JournalEntry.id
    )
    made_taken_back = (
        select(maker.undone_by_id)
        .join(first, first.operation_id == maker.id)
        .where(first.kind == JournalEntry.kind, first.record_id == JournalEntry.record_id)
        .order_by(first.id)
        .limit(1)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (JournalEntry, Operation.at, Operation.actor, Operation.label)
    return (
        select(*columns)
        .join(Operation, Operation.id == JournalEntry.operation_id)
        .where(
            JournalEntry.kind.in_([table_of(ledger.model).name for ledger in session.seat.catalogue.values()]),
            JournalEntry.after.is_(None),
            ~same_later.exists(),
            made_taken_back.is_(None),
        )
    )


def _gone_along(session: SeatSession, operation_id: int, keys: Iterable[Key]) -> dict[Key, Row]:
    """The rows that went in the same operation because those records did: content, children, what hung on them."""
    standing: dict[Foot, list[tuple[Key, Row]]] = defaultdict(list)
    uids: dict[Key, str] = {}
    for key, row in _deletions_of(session, operation_id):
        uids[key] = row["uid"]
        for foot in _feet(key[0], row):
            standing[foot].append((key, row))
    found: dict[Key, Row] = {}
    waiting = list(keys)
    while waiting:
        gone = waiting.pop()
        for key, row in (*standing[gone], *standing[uids.get(gone, "")]):
            if key not in found:
                found[key] = row
                waiting.append(key)
    return found


def _feet(table: Table, row: Row) -> Iterator[Foot]:
    """The records a row goes with: of which it is content or a child, by table and id, or on which it hangs, by identity."""
    if (owner := owner_of(table)) is not None:
        yield owner[0], row[owner[1]]
    for parent, column in parents_of(table):
        yield parent, row[column]
    yield from (row[pair.uid] for pair in pairs_of(table) if pair.goes)


def _deletions_of(session: SeatSession, operation_id: int) -> Iterator[tuple[Key, Row]]:
    statement = select(JournalEntry.kind, JournalEntry.record_id, JournalEntry.before)
    gone = (JournalEntry.operation_id == operation_id, JournalEntry.after.is_(None))
    for kind, row_id, before in session.execute(statement.where(*gone)):
        table = Base.metadata.tables[kind]
        yield (table, row_id), decode(table, before or "{}")
