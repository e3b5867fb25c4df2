"""What belongs to a task beside people and milestones: other units and categories, quantities, money, occurrences."""

from datetime import date
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Record
from db.campaign import Category
from db.fields import Field, Kind, day, money, reference, short_text
from db.organisation import Unit
from db.types import Thousandths, key_to


class Cooperation(Record):
    """A unit that helps with a task without answering for it (配合单位)."""

    __tablename__ = "cooperations"
    __table_args__ = (UniqueConstraint("task_id", "unit_id"), Record.__table_args__)
    TITLE = "配合单位"

    task_id: Mapped[int] = mapped_column(key_to("tasks.id"))
    unit_id: Mapped[int] = reference("配合单位", Kind.UNIT, "units.id", required=True)
    position: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship()


class FurtherCategory(Record):
    """A second category a task counts in as well (并列类别); totals over all tasks still count it once."""

    __tablename__ = "further_categories"
    __table_args__ = (UniqueConstraint("task_id", "category_id"), Record.__table_args__)
    TITLE = "并列类别"

    task_id: Mapped[int] = mapped_column(key_to("tasks.id"))
    category_id: Mapped[int] = reference("并列类别", Kind.CATEGORY, "categories.id", required=True)
    position: Mapped[int] = mapped_column(default=0)

    category: Mapped[Category] = relationship()


class Quantity(Record):
    """What a task is to bring, counted: 路灯 12 盏."""

    __tablename__ = "quantities"
    TITLE = "建设数量"

    task_id: Mapped[int] = mapped_column(key_to("tasks.id"), index=True)
    name: Mapped[str] = short_text("内容", length=40, required=True)
    amount: Mapped[Decimal] = mapped_column(Thousandths(), info={"field": Field("数量", Kind.NUMBER, required=True)})
    unit: Mapped[str] = short_text("单位", length=20, required=True)
    position: Mapped[int] = mapped_column(default=0)


class Funding(Record):
    """Money for a task from one source, planned and spent."""

    __tablename__ = "funding"
    TITLE = "资金来源"

    task_id: Mapped[int] = mapped_column(key_to("tasks.id"), index=True)
    source: Mapped[str] = short_text("资金来源", length=40, required=True)
    planned: Mapped[Decimal | None] = money("计划", unit="万元")
    actual: Mapped[Decimal | None] = money("实际", unit="万元")
    position: Mapped[int] = mapped_column(default=0)


class Occurrence(Record):
    """One time a recurring task falls due (每周一检查), with when it was done and what was found."""

    __tablename__ = "occurrences"
    __table_args__ = (UniqueConstraint("task_id", "due"), Record.__table_args__)
    TITLE = "周期事项"

    task_id: Mapped[int] = mapped_column(key_to("tasks.id"), index=True)
    due: Mapped[date] = day("应办日期", required=True)
    done_on: Mapped[date | None] = day("办理日期")
    note: Mapped[str | None] = short_text("办理情况")
