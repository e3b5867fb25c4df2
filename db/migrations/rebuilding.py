"""Tables made anew by a migration: SQLite changes no constraint in place, and forgets which ids were given before."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint

_NAMES = {"fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"}  # of constraints SQLite tells without a name


def is_sqlite() -> bool:
    """Whether the migration runs on a file."""
    return op.get_bind().dialect.name == "sqlite"


def key_type() -> sa.types.TypeEngine[int]:
    """The type of ids and what points at them."""
    return sa.Integer() if is_sqlite() else sa.BigInteger()


@contextmanager
def rebuilt(table: str) -> Iterator[BatchOperations]:
    """Changes a table in a batch; ids that were ever given in it are not given again."""
    seen = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    highest = op.get_bind().execute(seen, {"name": table}).scalar() if is_sqlite() else None
    with op.batch_alter_table(table, naming_convention=_NAMES, table_kwargs={"sqlite_autoincrement": True}) as batch:
        yield batch
    if is_sqlite():
        told = sa.text("SELECT max(record_id) FROM journal WHERE kind = :name")  # a rebuilding of old forgot some
        _give_no_id_below(table, max(highest or 0, op.get_bind().execute(told, {"name": table}).scalar() or 0))


def _give_no_id_below(table: str, highest: int) -> None:
    given = {"name": table, "highest": highest}
    if not op.get_bind().execute(sa.text("SELECT 1 FROM sqlite_sequence WHERE name = :name"), given).scalar():
        op.get_bind().execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :highest)"), given)
    raised = "UPDATE sqlite_sequence SET seq = max(seq, :highest) WHERE name = :name"
    op.get_bind().execute(sa.text(raised), given)


def widen_keys() -> None:
    """On a server ids and what points at them get 64 bits; everywhere references need to hold at an operation's end only."""
    inspector = sa.inspect(op.get_bind())
    for table in inspector.get_table_names():
        keys = inspector.get_foreign_keys(table)
        if is_sqlite():
            _defer_by_rebuilding(table, keys)
            continue
        for column in inspector.get_columns(table):
            if isinstance(column["type"], sa.Integer) and not isinstance(column["type"], sa.BigInteger):
                op.execute(f'ALTER TABLE {table} ALTER COLUMN "{column["name"]}" TYPE BIGINT')
        if op.get_bind().execute(sa.text("SELECT to_regclass(:name)"), {"name": f"{table}_id_seq"}).scalar():
            op.execute(f"ALTER SEQUENCE {table}_id_seq AS BIGINT")
        for key in keys:
            op.execute(f"ALTER TABLE {table} ALTER CONSTRAINT {key['name']} DEFERRABLE INITIALLY IMMEDIATE")


def _defer_by_rebuilding(table: str, keys: Sequence[ReflectedForeignKeyConstraint]) -> None:
    if not keys:
        return
    with rebuilt(table) as batch:
        for key in keys:
            (column,), (target,) = key["constrained_columns"], key["referred_columns"]
            name = f"fk_{table}_{column}_{key['referred_table']}"
            batch.drop_constraint(name, type_="foreignkey")
            batch.create_foreign_key(
                batch.f(name), key["referred_table"], [column], [target], deferrable=True, initially="IMMEDIATE"
            )
