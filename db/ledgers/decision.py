"""The ledger of decisions (例会议定事项): what a meeting decided, who does it by when; they become tasks and stay linked."""

from datetime import date

from sqlalchemy.orm import Mapped, relationship

from db.base import Entry
from db.fields import Kind, day, long_text, reference, short_text
from db.forces import TaskForce
from db.organisation import Unit


class Decision(Entry):
    """One thing a meeting decided."""

    __tablename__ = "decisions"
    TITLE = "议定事项"

    meeting: Mapped[str] = short_text("会议名称", required=True, aliases=("会议",))
    met_on: Mapped[date] = day("会议日期", required=True, aliases=("会议时间", "召开时间"))
    title: Mapped[str] = short_text("议定事项", required=True, aliases=("会议议定事项", "决定事项"))
    content: Mapped[str | None] = long_text("具体要求")
    unit_id: Mapped[int] = reference("落实单位", Kind.UNIT, "units.id", required=True, aliases=("责任单位", "承办单位", "单位"))
    person: Mapped[str | None] = short_text("落实人", aliases=("责任人",))
    due: Mapped[date | None] = day("落实期限", aliases=("完成时限",))
    force_id: Mapped[int | None] = reference("专班", Kind.FORCE, "task_forces.id")

    unit: Mapped[Unit] = relationship()
    force: Mapped[TaskForce | None] = relationship()
