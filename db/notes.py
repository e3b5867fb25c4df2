"""What becomes of single rows while an operation runs: the first before and the last after of each, and whose content it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, inspect, select

from db.base import VERSION, Base, Record
from db.belonging import owner_of
from db.hanging import hanging_tables
from db.images import Row

Owner = tuple[str, int] | tuple[None, None]  # table and id of the record a row is content of
NOBODY = (None, None)


@dataclass(slots=True)
class Note:
    """One row: None before where it came, None after where it went; whole then, else the changed columns alone."""

    before: Row | None
    after: Row | None
    owner: Owner
    version: int  # before this operation

    def follow(self, before: Row | None, after: Row | None) -> None:
        """Takes up what became of the row next."""
        if self.before is None or self.after is None:
            self.after = after if self.after is None or after is None else {**self.after, **after}
        elif after is None:
            self.before, self.after = {**(before or {}), **self.before}, None
        else:
            self.before, self.after = {**(before or {}), **self.before}, {**self.after, **after}

    def net(self) -> tuple[Row | None, Row | None] | None:
        """The row before and after all of it, None where nothing is left of it."""
        if self.before is None or self.after is None:
            return None if self.before is self.after else (self.before, self.after)
        names = [name for name, value in self.after.items() if self.before.get(name) != value]
        return ({name: self.before.get(name) for name in names}, {name: self.after[name] for name in names}) if names else None


class Owners:
    """Whose content rows are, remembering the records it looked up by their identity."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[str, int | None] = {}

    def of(self, table: Table, row: Row) -> Owner:
        """Table and id of the record a row is content of."""
        found = owner_of(table)
        if found is not None:
            return str(found[0].name), row[found[1]]
        if not _hangs_as_content(table):
            return NOBODY
        record_id = self._id_of(row["owner_kind"], row["owner_uid"])
        return NOBODY if record_id is None else (row["owner_kind"], record_id)

    def of_rows(self, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Owner]:
        """The same of many rows, their values in the order of `columns`."""
        names = owner_columns(table)
        at = [columns.index(name) for name in names]
        return [self.of(table, {name: row[place] for name, place in zip(names, at, strict=True)}) for row in rows]

    def _id_of(self, kind: str, uid: str) -> int | None:
        if uid not in self._ids:
            table = Base.metadata.tables[kind]
            self._ids[uid] = self._connection.execute(select(table.c.id).where(table.c.uid == uid)).scalar()
        return self._ids[uid]


@cache
def owner_columns(table: Table) -> tuple[str, ...]:
    """The columns that say whose content a row is."""
    if (found := owner_of(table)) is not None:
        return (found[1],)
    return ("owner_kind", "owner_uid") if _hangs_as_content(table) else ()


def _hangs_as_content(table: Table) -> bool:
    return any(content for hanging, _pairs, content in hanging_tables() if hanging is table)


def present(record: Record) -> Row:
    """What a record says now, column by column."""
    return {name: getattr(record, name) for name in _names(type(record))}


def committed(record: Record) -> Row:
    """What a record said before its last changes, column by column."""
    return {**present(record), **changes(record)[0]}


def changes(record: Record) -> tuple[Row, Row]:
    """The columns of a record that its last changes concern, before and after."""
    state, before, after = inspect(record), Row(), Row()
    for name in _names(type(record)):
        history = state.attrs[name].load_history()
        if history.has_changes():
            before[name] = history.deleted[0] if history.deleted else None
            after[name] = getattr(record, name)
    return before, after


@cache
def _names(model: type[Record]) -> tuple[str, ...]:
    return tuple(column.key for column in inspect(model).column_attrs if column.key != VERSION)


def version_before(record: Record) -> int:
    """The version a record had before it was touched."""
    history: Any = inspect(record).attrs[VERSION].load_history()
    return int((history.deleted or [record.version])[0] or 0)
