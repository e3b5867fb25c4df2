"""Task forces (专班): who leads and serves in them, which units send members, and which category they carry."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Record
from db.belonging import parts
from db.campaign import Category
from db.fields import Kind, choice, day, long_text, reference, short_text
from db.organisation import Person, Unit
from db.types import Line, key_to

ROLES = {"commander": "指挥长", "deputy": "副指挥长", "director": "办公室主任", "member": "成员", "contact": "联系人"}


class TaskForce(Record):
    """One task force of a campaign, usually one for each of the five actions (article of 2021-02)."""

    __tablename__ = "task_forces"
    __table_args__ = (UniqueConstraint("campaign_id", "name"), Record.__table_args__)
    TITLE = "专班"

    campaign_id: Mapped[int] = mapped_column(key_to("campaigns.id"))
    name: Mapped[str] = short_text("专班名称", length=60, required=True)
    category_id: Mapped[int | None] = reference("负责类别", Kind.CATEGORY, "categories.id")
    duties: Mapped[str | None] = long_text("主要任务")
    document_number: Mapped[str | None] = short_text("成立文号", length=60)
    since: Mapped[date | None] = day("成立日期")
    until: Mapped[date | None] = day("结束日期")
    position: Mapped[int] = mapped_column(default=0)
    search: Mapped[str] = mapped_column(Line(200), default="")

    category: Mapped[Category | None] = relationship()
    members: Mapped[list["ForceMember"]] = parts("ForceMember.position")
    member_units: Mapped[list["ForceUnit"]] = parts("ForceUnit.position")


class ForceMember(Record):
    """One person's role in a task force."""

    __tablename__ = "force_members"
    __table_args__ = (UniqueConstraint("force_id", "person_id", "role"), Record.__table_args__)
    TITLE = "专班成员"

    force_id: Mapped[int] = mapped_column(key_to("task_forces.id"))
    person_id: Mapped[int] = reference("姓名", Kind.PERSON, "people.id", required=True)
    role: Mapped[str] = choice("专班职务", ROLES)
    position: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()


class ForceUnit(Record):
    """A unit that sends members to a task force (成员单位)."""

    __tablename__ = "force_units"
    __table_args__ = (UniqueConstraint("force_id", "unit_id"), Record.__table_args__)
    TITLE = "成员单位"

    force_id: Mapped[int] = mapped_column(key_to("task_forces.id"))
    unit_id: Mapped[int] = reference("成员单位", Kind.UNIT, "units.id", required=True)
    position: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship()
