"""Many rows at once: plain statements with driver values, ids reserved beforehand; nothing here knows of objects."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select, text, update

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
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    names, marks = ", ".join(map(quote, columns)), ", ".join([mark] * len(columns))
    values = [
        map(bind, column) if bind else column
        for bind, column in zip(binders((table.c[name] for name in columns), dialect), zip(*rows, strict=True), strict=True)
    ]
    connection.exec_driver_sql(f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", list(zip(*values, strict=True)))


def update_rows(connection: Connection, table: Table, values: dict[int, Row]) -> None:
    """Updates rows by id, grouped by the set of columns that change."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for record_id, row in values.items():
        parameters = {f"new_{name}": value for name, value in row.items() if name != "id"}
        if parameters:
            groups.setdefault(tuple(parameters), []).append({"id_of_row": record_id, **parameters})
    for names, parameters_of_rows in groups.items():
        changes: Row = {name.removeprefix("new_"): bindparam(name) for name in names}
        connection.execute(update(table).where(table.c.id == bindparam("id_of_row")).values(changes), parameters_of_rows)


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
