"""Tables of ledgers as a migration makes them: a migration names the columns of its own, the rest every such table has."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.migrations.rebuilding import key_type

Column = sa.Column[Any]
_UID = 32  # characters of an identity


def text(name: str, length: int | None = None, *, required: bool = False) -> Column:
    """Text of one line of at most so many characters; without a length of several."""
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=not required)


def day(name: str, *, required: bool = False) -> Column:
    """A calendar day."""
    return sa.Column(name, sa.Date(), nullable=not required)


def amount(name: str, *, required: bool = False) -> Column:
    """An amount of money in 分, or a quantity in thousandths."""
    return sa.Column(name, sa.BigInteger(), nullable=not required)


def whole(name: str) -> Column:
    """A whole number."""
    return sa.Column(name, key_type(), nullable=True)


def yes_or_no(name: str) -> Column:
    """A flag."""
    return sa.Column(name, sa.Boolean(), nullable=False)


def deadline() -> tuple[Column, ...]:
    """The columns of a deadline in words."""
    return (day("due"), text("due_precision", 40), text("due_text", 100), yes_or_no("ongoing"))


def quantity() -> tuple[Column, ...]:
    """The columns of a part that is a quantity."""
    return (text("name", 40, required=True), amount("amount", required=True), text("unit", 20, required=True))


def funding() -> tuple[Column, ...]:
    """The columns of a part that is money from one source."""
    return (text("source", 40, required=True), amount("planned"), amount("actual"))


def milestone() -> tuple[Column, ...]:
    """The columns of a part that is a milestone."""
    return (day("due"), text("text", required=True), text("raw", 100), text("evidence", 200))


def report() -> tuple[Column, ...]:
    """The columns of a monthly report."""
    said = (text("title", 200, required=True), text("month", 40, required=True), text("stage", 40), whole("percent"))
    return (*said, amount("invested"), text("summary"), text("problems"), text("next_steps"))


def create_entry_table(
    name: str, *columns: Column, references: dict[str, str], required: Sequence[str] = (), once: Sequence[str] = ()
) -> None:
    """The table of a ledger: `columns` of its own, `references` by column to a table (those in `required` never empty).

    No two of its rows say the same in all the columns of `once`.
    """
    own = [
        sa.Column("campaign_id", key_type(), nullable=False),
        text("state", 40, required=True),
        text("return_reason", 200),
        sa.Column("batch_id", key_type(), nullable=True),
        text("search", 600, required=True),
    ]
    pointing = {"campaign_id": "campaigns", "batch_id": "import_batches", **references}
    _create(name, [*_pointing(references, required), *columns, *own], pointing, once)


def create_record_table(name: str, *columns: Column, references: dict[str, str], once: Sequence[str] = ()) -> None:
    """The table of records that are no entries: `columns` of its own, `references` by column to a table, none of them empty."""
    _create(name, [*_pointing(references, references), *columns], references, once)


def create_part_table(name: str, owner: str, *columns: Column, pointed: str = "", to: str = "") -> None:
    """The table of parts of the records of table `to`, said by column `owner`; `pointed` is the column and table "x_id:table"
    each points at, else what it says stands in `columns`.
    """
    column, _, table = pointed.partition(":")
    references = {owner: to, **({column: table} if pointed else {})}
    position = sa.Column("position", key_type(), nullable=False)
    _create(name, [*_pointing(references, references), *columns, position], references, (owner, column) if pointed else ())


def _pointing(references: dict[str, str], required: Iterable[str]) -> list[Column]:
    needed = set(required)
    return [sa.Column(column, key_type(), nullable=column not in needed) for column in references]


def _create(name: str, columns: Sequence[Column], references: dict[str, str], once: Sequence[str]) -> None:
    keys = [
        sa.ForeignKeyConstraint(
            [column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}_{table}"), deferrable=True, initially="IMMEDIATE"
        )
        for column, table in references.items()
    ]
    unique = [sa.UniqueConstraint(*once, name=op.f(f"uq_{name}_{'_'.join(once)}"))] if once else []
    op.create_table(
        name,
        *columns,
        sa.Column("id", key_type(), nullable=False),
        text("uid", _UID, required=True),
        sa.Column("version", key_type(), nullable=False),
        *keys,
        *unique,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    indexed = [column for column in references if column not in once[:1]]
    for column in (*indexed, "uid"):
        op.create_index(f"ix_{name}_{column}", name, [column], unique=column == "uid")
