"""What belongs to a record: rows of other tables that come, change and go with it (people, milestones, quantities, posts)."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from sqlalchemy import inspect

from db.models import Base, Record


class Part(NamedTuple):
    """One kind of part: its model, its column pointing at the record, the key and label of the field it stands under.

    What is not typed with the record (attachments, occurrences) has no declared field; it stays when a version is brought back.
    """

    model: type[Record]
    owner: str
    key: str
    label: str
    declared: bool


@cache
def parts_of(model: type[Record]) -> tuple[Part, ...]:
    """The kinds of parts a record of that model has, in order of declaration."""
    found = []
    for name, relation in inspect(model).relationships.items():
        if relation.cascade.delete_orphan:
            (column,) = relation.remote_side
            declared = model.FIELDS.get(name)
            part = relation.mapper.class_
            key, label = (declared.key, declared.label) if declared else (name, part.TITLE)
            found.append(Part(part, column.key or "", key, label, declared is not None))
    order = list(model.FIELDS)
    return tuple(sorted(found, key=lambda part: order.index(part.key) if part.key in order else len(order)))


@cache
def models_by_table() -> Mapping[str, type[Record]]:
    """Every model that is kept through the journal, by the name of its table."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return {model.__tablename__: model for model in models if issubclass(model, Record)}
