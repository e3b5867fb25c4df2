"""What stands on what: rows that point at others, by key or by identity, asked before rows go or come back."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Column, Select, Table, select
from sqlalchemy.orm import Session

from db.base import Base, content_columns
from db.belonging import models_by_table
from db.hanging import hanging_tables, pairs_of
from db.images import CHUNK, Row, decode, rows_by_id
from db.log import JournalEntry


class Rows(Protocol):
    """A set of rows, by table and id."""

    def __contains__(self, row: Any, /) -> bool: ...


def used_row(session: Session, going: Mapping[Table, Sequence[int]], along: Rows) -> str | None:
    """Names the first row that stands on one that would go, itself not `along`: a task entered since for an imported person."""
    for table, ids in going.items():
        for start in range(0, len(ids), CHUNK):
            for statement, of in _users(table, ids[start : start + CHUNK]):
                for row in session.execute(statement).mappings():
                    if (of, row.get("id")) not in along:
                        return named(of, dict(row))
    return None


def _users(table: Table, ids: Sequence[int]) -> Iterator[tuple[Select[tuple[object, ...]], Table]]:
    for column in referring(table):
        yield select(*content_columns(column.table)).where(column.in_(ids)), column.table
    if "uid" not in table.c:
        return
    uids = select(table.c.uid).where(table.c.id.in_(ids))
    for hanging, pairs, _content in hanging_tables():
        for pair in pairs:
            if pair.goes:
                yield select(*content_columns(hanging)).where(hanging.c[pair.uid].in_(uids)), hanging


class Footing:
    """What rows that come back stand on; told of all of them first, then asked whether it is all there."""

    def __init__(self) -> None:
        self._keys: dict[Table, set[int]] = {}
        self._uids: dict[Table, set[str]] = {}
        self._coming: dict[Table, set[int]] = {}
        self._coming_uids: set[str] = set()

    def take(self, table: Table, rows: Mapping[int, Row]) -> None:
        """Notes rows that are to be as said."""
        self._coming.setdefault(table, set()).update(rows)
        for row in rows.values():
            if "uid" in row:
                self._coming_uids.add(row["uid"])
            for key in table.foreign_keys:
                if (target := row.get(key.parent.name)) is not None:
                    self._keys.setdefault(key.column.table, set()).add(target)
            for pair in pairs_of(table):
                if pair.goes and row.get(pair.kind) and row.get(pair.uid):
                    self._uids.setdefault(Base.metadata.tables[row[pair.kind]], set()).add(row[pair.uid])

    def lost(self, session: Session, going: Mapping[Table, Collection[int]]) -> Iterator[tuple[Table, int | str]]:
        """What they stand on and what is neither there to stay nor coming: table and id, or identity."""
        for table, ids in self._keys.items():
            asked = sorted(ids - self._coming.get(table, set()))
            there = rows_by_id(session, table, asked, ("id",)).keys() - set(going.get(table, ()))
            yield from ((table, record_id) for record_id in asked if record_id not in there)
        for table, uids in self._uids.items():
            asked_uids = sorted(uids - self._coming_uids)
            for start in range(0, len(asked_uids), CHUNK):
                chunk = asked_uids[start : start + CHUNK]
                found = set(session.scalars(select(table.c.uid).where(table.c.uid.in_(chunk))))
                yield from ((table, uid) for uid in chunk if uid not in found)


def name_of_lost(session: Session, lost: Iterable[tuple[Table, int | str]]) -> str | None:
    """Names the first of what is gone, None where nothing is."""
    table, which = next(iter(lost), (None, 0))
    if table is None:
        return None
    last = select(JournalEntry.before).where(JournalEntry.kind == table.name, JournalEntry.after.is_(None))
    said = (
        JournalEntry.before.contains(f'"uid":"{which}"', autoescape=True)
        if isinstance(which, str)
        else JournalEntry.record_id == which
    )
    image = session.scalar(last.where(said).order_by(JournalEntry.id.desc()).limit(1))
    return named(table, decode(table, image) if image else {"id": which})


def referring(table: Table) -> Iterator[Column[int]]:
    """Every column that points at that table's ids."""
    for other in Base.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table is table:
                yield key.parent


def named(table: Table, row: Row) -> str:
    """What a row is called in a sentence."""
    model = models_by_table().get(table.name)
    name = row.get("title") or row.get("name") or row.get("text") or row.get("number") or row.get("label") or row.get("id")
    return f"{model.TITLE if model else ''}“{name}”"
