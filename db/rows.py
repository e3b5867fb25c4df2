"""Many rows at once: plain statements with driver values, ids reserved beforehand; nothing here knows of objects."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, text
from sqlalchemy.types import TypeEngine

from db.images import CHUNK, Row
from db.types import Keepable, keepable


def reserve_ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """`count` rising ids that were never used in that table; call inside a writing transaction only."""
    if connection.dialect.name != "sqlite":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        drawn = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
        return sorted(connection.execute(drawn).scalars()) if count else []
    last = connection.execute(select(func.max(table.c.id))).scalar() or 0
    used = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}).scalar()
    last = max(last, used or 0)
    return range(last + 1, last + 1 + count)


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Inserts tuples of Python values in the order of `columns`; column defaults are not filled in."""
    quote, mark = connection.dialect.identifier_preparer.quote, _mark(connection)
    names, marks = ", ".join(map(quote, columns)), ", ".join([mark] * len(columns))
    said = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})"
    connection.exec_driver_sql(said, _bound(connection, table, columns, rows))


def update_rows(connection: Connection, table: Table, values: dict[int, Row]) -> None:
    """Updates rows by id, grouped by the set of columns that change."""
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for record_id, row in values.items():
        if row:
            groups.setdefault(tuple(row), []).append((*row.values(), record_id))
    quote, mark = connection.dialect.identifier_preparer.quote, _mark(connection)
    for names, rows in groups.items():
        changes = ", ".join(f"{quote(name)} = {mark}" for name in names)
        said = f"UPDATE {quote(table.name)} SET {changes} WHERE id = {mark}"
        connection.exec_driver_sql(said, _bound(connection, table, (*names, "id"), rows))


def _mark(connection: Connection) -> str:
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"


def _bound(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Python values as the driver takes them, a column at a time."""
    taken = zip(columns, zip(*rows, strict=True), strict=True)
    return list(zip(*(_taken(connection, table.c[name].type, values) for name, values in taken), strict=True))


def _taken(connection: Connection, kind: TypeEngine[Any], values: Sequence[Any]) -> Iterable[Any]:
    """The values of one column as the driver takes them; texts are looked at together, which costs a fifth."""
    bind = kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return values if bind is None or (isinstance(kind, Keepable) and keepable(values)) else map(bind, values)


def delete_rows(connection: Connection, table: Table, ids: Sequence[int]) -> None:
    """Deletes rows by id."""
    for start in range(0, len(ids), CHUNK):
        connection.execute(delete(table).where(table.c.id.in_(ids[start : start + CHUNK])))


def defer_references(connection: Connection) -> None:
    """References between rows need to hold at the end of this transaction only, whatever order rows are written in."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    else:
        connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
