"""Many rows at once: plain statements with driver values, ids reserved beforehand; nothing here knows of objects."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, text, update

from db.images import CHUNK, Row, binders


def reserve_ids(connection: Connection, table: Table, count: int) -> range:
    """`count` ids that were never used in that table; call inside a writing transaction only."""
    last = connection.execute(select(func.max(table.c.id))).scalar() or 0
    if connection.dialect.name == "sqlite":
        used = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}).scalar()
        last = max(last, used or 0)
    return range(last + 1, last + 1 + count)


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Inserts tuples of Python values in the order of `columns`; column defaults are not filled in."""
    dialect = connection.dialect
    statement = insert(table).values({name: bindparam(name) for name in columns}).compile(dialect=dialect)
    order = [columns.index(name) for name in (statement.positiontup or columns)]
    if order != list(range(len(columns))):
        rows = [tuple(row[place] for place in order) for row in rows]
    binding = [(place, bind) for place, bind in enumerate(binders((table.c[columns[i]] for i in order), dialect)) if bind]
    connection.exec_driver_sql(str(statement), _bound(rows, binding) if binding else [tuple(row) for row in rows])


def _bound(rows: Sequence[Sequence[Any]], binding: Sequence[tuple[int, Any]]) -> list[tuple[Any, ...]]:
    bound = []
    for row in rows:
        values = list(row)
        for place, bind in binding:
            values[place] = bind(values[place])
        bound.append(tuple(values))
    return bound


def update_rows(connection: Connection, table: Table, values: dict[int, Row]) -> None:
    """Updates rows by id, grouped by the set of columns that change."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for record_id, row in values.items():
        parameters = {f"new_{name}": value for name, value in row.items() if name != "id"}
        groups.setdefault(tuple(parameters), []).append({"record_id": record_id, **parameters})
    for names, parameters_of_rows in groups.items():
        changes: Row = {name.removeprefix("new_"): bindparam(name) for name in names}
        connection.execute(update(table).where(table.c.id == bindparam("record_id")).values(changes), parameters_of_rows)


def delete_rows(connection: Connection, table: Table, ids: Sequence[int]) -> None:
    """Deletes rows by id."""
    for start in range(0, len(ids), CHUNK):
        connection.execute(delete(table).where(table.c.id.in_(ids[start : start + CHUNK])))
