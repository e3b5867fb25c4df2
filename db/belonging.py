"""What belongs to a record, said where it is declared: content goes and changes with it, children only hang on it."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Table, inspect
from sqlalchemy.orm import RelationshipProperty, relationship

from db.base import Base, Record, table_of
from db.fields import Field


class Belongs(StrEnum):
    """How the rows of a relationship belong to the record that has them."""

    CONTENT = "content"  # part of what the record says: its people, its milestones
    CHILD = "child"  # records of their own that go when it goes: the reports on a task


class Part(NamedTuple):
    """One kind of content: its model, its column that points at the record, the relationship's name."""

    model: type[Record]
    column: str
    name: str


def parts(order_by: str, field: Field | None = None, of: type[Record] | None = None, **options: Any) -> Any:
    """A relationship to rows that are part of the record; with a field, one that is typed with it.

    Whose rows they are says the annotation, or `of` where it can only say their sort.
    """
    info = {"belongs": Belongs.CONTENT, **({"field": field} if field else {})}
    return relationship(of, order_by=order_by, cascade="all, delete-orphan", info=info, **options)


def children(order_by: str, **options: Any) -> Any:
    """A relationship to records of their own, which are deleted with this one but are no part of what it says."""
    return relationship(order_by=order_by, cascade="save-update, merge, delete", info={"belongs": Belongs.CHILD}, **options)


@cache
def parts_of(model: type[Record]) -> tuple[Part, ...]:
    """The kinds of content a record of that model has beside its own columns."""
    return _belonging(model, Belongs.CONTENT)


@cache
def children_of(model: type[Record]) -> tuple[Part, ...]:
    """The kinds of records that go with one of that model."""
    return _belonging(model, Belongs.CHILD)


def _belonging(model: type[Record], how: Belongs) -> tuple[Part, ...]:
    mapper = inspect(model, raiseerr=False)  # a kind of record may be declared before it has a table
    return tuple(
        Part(relation.mapper.class_, _column(relation), name)
        for name, relation in (mapper.relationships.items() if mapper else ())
        if relation.info.get("belongs") is how
    )


@cache
def models_by_table() -> Mapping[str, type[Record]]:
    """Every model that is kept through the journal, by the name of its table."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return {model.__tablename__: model for model in models if issubclass(model, Record)}


@cache
def owner_of(table: Table) -> tuple[Table, str] | None:
    """Of which table a table's rows are content, and by which column."""
    for model in models_by_table().values():
        for part in parts_of(model):
            if table_of(part.model) is table:
                return table_of(model), part.column
    return None


@cache
def parents_of(table: Table) -> tuple[tuple[Table, str], ...]:
    """The tables a table's rows are children of, each with the column that says of which."""
    return tuple(
        (table_of(model), child.column)
        for model in models_by_table().values()
        for child in children_of(model)
        if table_of(child.model) is table
    )


def _column(relation: RelationshipProperty[Any]) -> str:
    (column,) = relation.remote_side
    return str(column.key)
