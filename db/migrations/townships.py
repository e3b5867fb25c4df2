"""What belonged to the one office becomes the township's, and whoever worked in it a person of it (migration 0005)."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.migrations.rebuilding import key_type, rebuilt

OWNED = ("units", "people", "settings", "corrections", "wordings")  # beside campaigns, which had their township before
_NOBODY = ("命令行", "未登记", "程序")  # what operations without a person were signed with
_UNIQUE = {  # what may be there once only: the constraint's name before, its columns now
    "units": ("uq_units_name", ("township_id", "name")),
    "settings": ("uq_settings_name", ("township_id", "name")),
    "campaigns": ("uq_campaigns_year", ("township_id", "year")),
    "wordings": ("uq_wordings_name_version", ("township_id", "name", "edition")),
    "corrections": (
        "uq_corrections_unit_id_ledger_kind_field_said",
        ("township_id", "unit_id", "ledger", "kind", "field", "said"),
    ),
}


def give_to_township() -> None:
    """Names and years hold per township from now on, as do numbers."""
    township = op.get_bind().execute(sa.text("SELECT min(township_id) FROM campaigns")).scalar()
    for table in OWNED:
        op.add_column(table, sa.Column("township_id", key_type(), nullable=True))
        if township is not None:
            op.get_bind().execute(sa.text(f"UPDATE {table} SET township_id = :township"), {"township": township})
    for table in (*OWNED, "campaigns"):
        _own(table)
    _counters(township)


def _own(table: str) -> None:
    old, columns = _UNIQUE.get(table, ("", ()))
    with rebuilt(table) as batch:
        if table != "campaigns":
            batch.alter_column("township_id", existing_type=key_type(), nullable=False)
            name = batch.f(f"fk_{table}_township_id_units")
            batch.create_foreign_key(name, "units", ["township_id"], ["id"], deferrable=True, initially="IMMEDIATE")
        batch.create_index(batch.f(f"ix_{table}_township_id"), ["township_id"])
        if old:
            batch.drop_constraint(old, type_="unique")
    if old:
        with rebuilt(table) as batch:
            batch.create_unique_constraint(batch.f(f"uq_{table}_{'_'.join(columns)}"), list(columns))


def _counters(township: int | None) -> None:
    op.rename_table("counters", "counters_before")
    op.create_table(
        "counters",
        sa.Column("township_id", key_type(), nullable=False, autoincrement=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("value", key_type(), nullable=False),
        sa.ForeignKeyConstraint(
            ["township_id"], ["units.id"], op.f("fk_counters_township_id_units"), deferrable=True, initially="IMMEDIATE"
        ),
        sa.PrimaryKeyConstraint("township_id", "name", name=op.f("pk_counters_of_townships")),
    )
    if township is not None:
        moved = "INSERT INTO counters (township_id, name, value) SELECT :township, name, value FROM counters_before"
        op.get_bind().execute(sa.text(moved), {"township": township})
    op.drop_table("counters_before")


def know_people() -> None:
    """Whoever signed an operation is a person of the township, from its first day on."""
    connection = op.get_bind()
    township = connection.execute(sa.text("SELECT min(township_id) FROM campaigns")).scalar()
    first = connection.execute(sa.text("SELECT min(id) FROM operations")).scalar()
    signed = "SELECT actor FROM operations UNION SELECT actor FROM drafts UNION SELECT actor FROM habits"
    names = sorted(name for (name,) in connection.execute(sa.text(signed)) if name not in _NOBODY)
    if township is not None and first is not None:
        for name in names:
            _know(name, township, first)


def sign_with_people() -> None:
    """Operations get their person's identity where one alone has the name; drafts and habits go by it."""
    op.execute(
        "UPDATE operations SET author_uid = (SELECT uid FROM people WHERE people.name = operations.actor) "
        "WHERE (SELECT count(*) FROM people WHERE people.name = operations.actor) = 1"
    )
    for table, rest in (("drafts", [sa.Column("at", sa.DateTime(), nullable=False)]), ("habits", [])):
        _give_to_person(table, rest)


def _know(name: str, township: int, first: int) -> None:
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT 1 FROM people WHERE name = :name"), {"name": name}).first():
        return
    row = {"name": name, "unit_id": township, "search": name.lower(), "township_id": township}
    columns = ", ".join(row)
    made = sa.text(f"INSERT INTO people ({columns}) VALUES (:name, :unit_id, :search, :township_id)")
    connection.execute(made, row)
    person_id = connection.execute(sa.text("SELECT max(id) FROM people")).scalar()
    entry = {"first": first, "id": person_id, "after": json.dumps({**row, "id": person_id}, ensure_ascii=False)}
    told = "INSERT INTO journal (operation_id, kind, record_id, after) VALUES (:first, 'people', :id, :after)"
    connection.execute(sa.text(told), entry)


def _give_to_person(table: str, rest: Sequence[sa.Column[Any]]) -> None:
    op.rename_table(table, f"{table}_before")
    op.create_table(
        table,
        sa.Column("person_uid", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        *rest,
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_uid", "name", name=op.f(f"pk_{table}_of_people")),
    )
    columns = ", ".join(["name", *(column.name for column in rest), "value"])
    whose = "(SELECT min(uid) FROM people WHERE people.name = old.actor)"
    op.execute(
        f"INSERT INTO {table} (person_uid, {columns}) SELECT {whose}, {columns} FROM {table}_before AS old "
        f"WHERE {whose} IS NOT NULL"
    )
    op.drop_table(f"{table}_before")
