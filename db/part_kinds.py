"""The sorts of parts any record can have, each kept in a table of its own: people, units, categories, quantities, money, steps.

A model that has such a part makes a subclass with a table and the column that says whose it is (`part_of`); where there
is nothing more to say of them, `PartTables` makes it.
"""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column, relationship

from db.base import Record
from db.belonging import parts
from db.campaign import Category
from db.fields import Field, Kind, day, long_text, money, reference, short_text
from db.organisation import Person, Unit
from db.types import Thousandths, key_to


def part_of(target: str, *, index: bool = True) -> MappedColumn[Any]:
    """The column that says whose part a row is; `target` is "table.id"."""
    return mapped_column(key_to(target), index=index, nullable=False)


def each_once(owner: str, pointed: str) -> tuple[Any, ...]:
    """What holds for a table of parts that point at other records: each of them once."""
    return (UniqueConstraint(owner, pointed), Record.__table_args__)


class Part(Record):
    """One of several rows that are part of a record, in their order."""

    __abstract__ = True

    KIND: ClassVar[Kind]  # of the field that is kept in such parts
    BECAME: ClassVar[tuple[str, ...]] = ()  # columns that say what came of it, which no older version of the record takes back
    POINTS: ClassVar[str] = ""  # the column by which it points at another record, "" where it says something itself

    position: Mapped[int] = mapped_column(default=0)


class PersonPart(Part):
    """One of the people a record names (责任人); the first is the main one."""

    __abstract__ = True
    POINTS = "person_id"
    KIND = Kind.PEOPLE
    TITLE = "责任人"

    person_id: Mapped[int] = reference("责任人", Kind.PERSON, "people.id", required=True)

    @declared_attr
    def person(cls) -> Mapped[Person]:
        """Who it is."""
        return relationship()


class UnitPart(Part):
    """One of the units a record names (配合单位)."""

    __abstract__ = True
    POINTS = "unit_id"
    KIND = Kind.UNITS
    TITLE = "配合单位"

    unit_id: Mapped[int] = reference("配合单位", Kind.UNIT, "units.id", required=True)

    @declared_attr
    def unit(cls) -> Mapped[Unit]:
        """Which it is."""
        return relationship()


class CategoryPart(Part):
    """One of the categories a record counts in as well (并列类别)."""

    __abstract__ = True
    POINTS = "category_id"
    KIND = Kind.CATEGORIES
    TITLE = "并列类别"

    category_id: Mapped[int] = reference("并列类别", Kind.CATEGORY, "categories.id", required=True)

    @declared_attr
    def category(cls) -> Mapped[Category]:
        """Which it is."""
        return relationship()


class QuantityPart(Part):
    """What is to be brought, counted: 路灯 12 盏."""

    __abstract__ = True
    KIND = Kind.QUANTITIES
    BECAME = ("done",)
    TITLE = "建设数量"

    name: Mapped[str] = short_text("内容", length=40, required=True)
    amount: Mapped[Decimal] = mapped_column(Thousandths(), info={"field": Field("数量", Kind.NUMBER, required=True)})
    unit: Mapped[str] = short_text("单位", length=20, required=True)
    done: Mapped[Decimal | None] = mapped_column(Thousandths(), info={"field": Field("已完成", Kind.NUMBER)})


class FundingPart(Part):
    """Money from one source, planned and spent."""

    __abstract__ = True
    KIND = Kind.FUNDING
    TITLE = "资金来源"

    source: Mapped[str] = short_text("资金来源", length=40, required=True)
    planned: Mapped[Decimal | None] = money("计划", unit="万元")
    actual: Mapped[Decimal | None] = money("实际", unit="万元")


class MilestonePart(Part):
    """What must be reached by a day on the way to the end (时间节点)."""

    __abstract__ = True
    KIND = Kind.MILESTONES
    BECAME = ("reached_on", "given")
    TITLE = "时间节点"

    due: Mapped[date | None] = day("节点时间")
    text: Mapped[str] = long_text("节点要求", required=True)
    raw: Mapped[str | None] = short_text("节点原文", length=100)
    evidence: Mapped[str | None] = short_text("佐证材料", help="到期要拿得出的东西，如 中标通知书")
    reached_on: Mapped[date | None] = day("完成日期")
    given: Mapped[str | None] = short_text("已交佐证", help="拿出来的是什么，如 中标通知书（6月28日）")


class PartTables:
    """The tables in which the parts of one model are kept, where nothing is to be said of them but what sort they are."""

    def __init__(self, stem: str, column: str, target: str) -> None:
        """Names of tables begin with `stem`; their `column` points at the record's, `target` is "table.id"."""
        self._stem, self._column, self._target = stem, column, target

    def of(self, sort: type[Part], label: str, **options: Any) -> Any:
        """The field of that label with what is said of it, kept in a table of such parts: livelihood_people."""
        table = f"{self._stem}_{sort.KIND}"
        said: dict[str, Any] = {
            "__doc__": f"{sort.TITLE} of one record of {self._target.removesuffix('.id')}.",
            "__module__": __name__,
            "__tablename__": table,
            self._column: part_of(self._target, index=not sort.POINTS),
        }
        if sort.POINTS:
            said["__table_args__"] = each_once(self._column, sort.POINTS)
        made = type(table.title().replace("_", ""), (sort,), said)
        return parts(f"{made.__name__}.position", Field(label, sort.KIND, **options), of=made)
