"""The checklist: tasks, who answers for them, and their milestones."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Record
from db.campaign import Category
from db.fields import Field, Kind, choice, day, flag, long_text, money, reference, short_text
from db.organisation import Person, Unit

STATES = {"draft": "草稿", "submitted": "待审核", "returned": "退回", "approved": "已确认"}
PRECISIONS = {"day": "日", "ten_days": "旬", "month": "月", "quarter": "季", "half_year": "半年", "year": "年"}


class Task(Record):
    """One task of the year's checklist (事项)."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        Index("ix_tasks_campaign_id_state", "campaign_id", "state"),
        Record.__table_args__,
    )
    TITLE = "任务"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    number: Mapped[str | None] = short_text("编号", length=40)
    title: Mapped[str] = short_text("任务名称", required=True, aliases=("事项", "承诺事项", "项目名称", "工作任务"))
    content: Mapped[str | None] = long_text("建设内容及规模", aliases=("主要内容", "工作内容", "年度目标"))
    category_id: Mapped[int | None] = reference("类别", Kind.CATEGORY, "categories.id", aliases=("项目类别", "比拼项目"))
    unit_id: Mapped[int] = reference("责任单位", Kind.UNIT, "units.id", required=True, aliases=("责任科室", "村名"))
    lead_id: Mapped[int | None] = reference("牵头领导", Kind.PERSON, "people.id", aliases=("责任领导", "领办领导"))
    responsible: Mapped[list["Responsibility"]] = relationship(
        order_by="Responsibility.position",
        cascade="all, delete-orphan",
        info={"field": Field("责任人", Kind.PEOPLE, aliases=("责任人员", "负责人"), help="几个人用、分开")},
    )
    start: Mapped[date | None] = day("启动时间", aliases=("开工时间", "开始时间"))
    due: Mapped[date | None] = day("完成时限", aliases=("完成时间", "办结时限", "竣工时间"), help="如 8月底前、2021-08-31、全年")
    due_precision: Mapped[str | None] = choice("时限精度", PRECISIONS, required=False)
    due_text: Mapped[str | None] = short_text("时限原文", length=100)
    ongoing: Mapped[bool] = flag("持续推进")
    investment: Mapped[Decimal | None] = money("计划投资", unit="万元", aliases=("投资", "投资额", "资金"))
    milestones: Mapped[list["Milestone"]] = relationship(
        order_by="Milestone.position",
        cascade="all, delete-orphan",
        info={"field": Field("时间节点", Kind.MILESTONES, help="每行一个:6月底 完成招标")},
    )
    remarks: Mapped[str | None] = long_text("备注", aliases=("说明",))
    state: Mapped[str] = choice("状态", STATES, required=True)
    return_reason: Mapped[str | None] = short_text("退回原因")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batches.id"), index=True)
    search: Mapped[str] = mapped_column(String(600), default="")

    unit: Mapped[Unit] = relationship()
    category: Mapped[Category | None] = relationship()
    lead: Mapped[Person | None] = relationship()


class Responsibility(Record):
    """One person answering for one task; the first by position is the main one."""

    __tablename__ = "responsibilities"
    __table_args__ = (UniqueConstraint("task_id", "person_id"), Record.__table_args__)
    TITLE = "责任人"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    person_id: Mapped[int] = reference("责任人", Kind.PERSON, "people.id", required=True)
    position: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()


class Milestone(Record):
    """What must be reached by a day on the way to a task's end (时间节点)."""

    __tablename__ = "milestones"
    TITLE = "时间节点"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    due: Mapped[date | None] = day("节点时间")
    text: Mapped[str] = long_text("节点要求", required=True)
    raw: Mapped[str | None] = short_text("节点原文", length=100)
    position: Mapped[int] = mapped_column(default=0)
