"""What belongs to a task: who answers for it, units and categories beside its own, quantities, money, milestones, occurrences."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from db.base import Record
from db.choices import HANDLING
from db.fields import choice, day, short_text
from db.part_kinds import CategoryPart, FundingPart, MilestonePart, PersonPart, QuantityPart, UnitPart, each_once, part_of


class Responsibility(PersonPart):
    """One person answering for one task."""

    __tablename__ = "responsibilities"
    __table_args__ = each_once("task_id", "person_id")

    task_id: Mapped[int] = part_of("tasks.id", index=False)


class Cooperation(UnitPart):
    """A unit that helps with a task without answering for it (配合单位)."""

    __tablename__ = "cooperations"
    __table_args__ = each_once("task_id", "unit_id")

    task_id: Mapped[int] = part_of("tasks.id", index=False)


class FurtherCategory(CategoryPart):
    """A second category a task counts in as well (并列类别); totals over all tasks still count it once."""

    __tablename__ = "further_categories"
    __table_args__ = each_once("task_id", "category_id")

    task_id: Mapped[int] = part_of("tasks.id", index=False)


class Quantity(QuantityPart):
    """What a task is to bring, counted."""

    __tablename__ = "quantities"

    task_id: Mapped[int] = part_of("tasks.id")


class Funding(FundingPart):
    """Money for a task from one source."""

    __tablename__ = "funding"

    task_id: Mapped[int] = part_of("tasks.id")


class Milestone(MilestonePart):
    """What must be reached by a day on the way to a task's end."""

    __tablename__ = "milestones"

    task_id: Mapped[int] = part_of("tasks.id")


class Step(Record):
    """One move of a task on its way to the sign-off: on which day it came to stand where, by whom, and why if that was said."""

    __tablename__ = "task_steps"
    TITLE = "办理记录"

    task_id: Mapped[int] = part_of("tasks.id")
    on: Mapped[date] = day("日期", required=True)
    handling: Mapped[str] = choice("办理状态", HANDLING)
    by: Mapped[str | None] = short_text("办理人", length=40)
    reason: Mapped[str | None] = short_text("说明")


class Occurrence(Record):
    """One time a recurring task falls due (每周一检查), with when it was done and what was found."""

    __tablename__ = "occurrences"
    __table_args__ = (UniqueConstraint("task_id", "due"), Record.__table_args__)
    TITLE = "周期事项"

    task_id: Mapped[int] = part_of("tasks.id")
    due: Mapped[date] = day("应办日期", required=True)
    done_on: Mapped[date | None] = day("办理日期")
    note: Mapped[str | None] = short_text("办理情况")
