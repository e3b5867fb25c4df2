"""The declarative base of all kept records."""

from functools import cache
from typing import Any, ClassVar

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, RelationshipProperty, mapped_column

from db.choices import PRECISIONS, STATES
from db.fields import Field, choice, flag, short_text
from db.types import Key, Line, Words, key_to
from db.uids import LENGTH, new_uid

# Names for every constraint, so that migrations can find them in any database.
CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of the database."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {int: Key, str: Words()}
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012  (ids are never used twice)


def _declared(value: object) -> Field | None:
    if isinstance(value, MappedColumn):
        return value.column.info.get("field")
    if isinstance(value, RelationshipProperty):
        return value.info.get("field")
    return None


class Record(Base):
    """Something the office keeps: numbered, declared field by field, and written through the journal."""

    __abstract__ = True

    FIELDS: ClassVar[dict[str, Field]] = {}
    TITLE: ClassVar[str] = ""  # what one such record is called in messages, e.g. 任务

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(Line(LENGTH), default=new_uid, index=True, unique=True)  # the same in every database
    version: Mapped[int] = mapped_column(default=0)  # the operation that changed it last; 0 before there was a count

    def __init_subclass__(cls, **options: Any) -> None:
        inherited = [base for base in cls.__mro__[1:] if base.__dict__.get("__abstract__") and base is not Base]
        said = dict[str, object]()
        for part in (cls, *inherited):  # what is said again nearer is meant
            said |= {name: value for name, value in vars(part).items() if name not in said}
        cls.FIELDS = {name: declared.named(name) for name, value in said.items() if (declared := _declared(value))}
        super().__init_subclass__(**options)


class OfTownship(Record):
    """A record of one township, unseen by any other that is kept in the same database."""

    __abstract__ = True

    township_id: Mapped[int] = mapped_column(key_to("units.id"), index=True)  # the township's own unit; itself for that


class Entry(Record):
    """A record that a clerk enters and a reviewer confirms: a task, a line of a ledger."""

    __abstract__ = True
    UNFINISHED: ClassVar[
        tuple[str, ...]
    ] = ()  # states in which it waits to be dealt with, in later years and by heirs of its unit, too

    campaign_id: Mapped[int] = mapped_column(key_to("campaigns.id"), index=True)
    state: Mapped[str] = choice("状态", STATES, required=True)
    return_reason: Mapped[str | None] = short_text("退回原因")
    batch_id: Mapped[int | None] = mapped_column(key_to("import_batches.id"), index=True)
    search: Mapped[str] = mapped_column(Line(600), default="")  # words and initials it is found by


class DueEntry(Entry):
    """An entry with a deadline in the office's words: what `deadline` keeps beside the day."""

    __abstract__ = True

    due_precision: Mapped[str | None] = choice("时限精度", PRECISIONS, required=False)
    due_text: Mapped[str | None] = short_text("时限原文", length=100)
    ongoing: Mapped[bool] = flag("持续推进")


VERSION = "version"  # the column no image holds: it follows from the journal


@cache
def content_columns(table: Table) -> tuple[Column[Any], ...]:
    """The columns that say something; the version only says since when."""
    return tuple(column for column in table.columns if column.name != VERSION)


def table_of(model: type[Base]) -> Table:
    """The table a model is kept in."""
    table = model.__table__
    assert isinstance(table, Table)
    return table
