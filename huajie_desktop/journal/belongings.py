"""What belongs to a record, as history tells it: its declared parts, what stands beside them, the files that hang on it."""

from functools import cache
from typing import NamedTuple

from db.belonging import parts_of as relations_of
from db.hanging import Hanging
from db.images import Row
from db.models import Attachment, Record


class Part(NamedTuple):
    """One kind of part: its model, its column pointing at the record, the key and label of the field it stands under.

    What hangs on a record has no such column. What is not typed with the record (attachments, occurrences) has no declared
    field; it stays when a version is brought back.
    """

    model: type[Record]
    column: str
    key: str
    label: str
    declared: bool

    def is_of(self, row: Row, record: Row) -> bool:
        """Whether a row is part of that record."""
        return bool(row[self.column] == record["id"] if self.column else row["owner_uid"] == record["uid"])


@cache
def parts_of(model: type[Record]) -> tuple[Part, ...]:
    """The kinds of parts a record of that model has, in order of declaration."""
    found = []
    for relation in relations_of(model):
        declared = model.FIELDS.get(relation.name)
        key, label = (declared.key, declared.label) if declared else (relation.name, relation.model.TITLE)
        found.append(Part(relation.model, relation.column, key, label, declared is not None))
    if not issubclass(model, Hanging):
        found.append(Part(Attachment, "", "attachments", Attachment.TITLE, declared=False))
    order = list(model.FIELDS)
    return tuple(sorted(found, key=lambda part: order.index(part.key) if part.key in order else len(order)))
