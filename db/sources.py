"""Where tasks come from: incoming documents (来文) and what meetings decided (议定事项)."""

from datetime import date

from sqlalchemy.orm import Mapped, relationship

from db.base import Entry
from db.fields import Kind, day, long_text, reference, short_text
from db.forces import TaskForce
from db.organisation import Unit


class Incoming(Entry):
    """One document that came in, with what it asks and by when."""

    __tablename__ = "incoming"
    TITLE = "来文"

    number: Mapped[str | None] = short_text("来文文号", length=60, aliases=("文号",))
    title: Mapped[str] = short_text("来文标题", required=True, aliases=("文件标题", "文件名称"))
    sender: Mapped[str] = short_text("来文单位", required=True, aliases=("发文单位", "发文机关"))
    received_on: Mapped[date] = day("收文日期", required=True, aliases=("来文日期", "收文时间"))
    unit_id: Mapped[int | None] = reference("承办单位", Kind.UNIT, "units.id", aliases=("承办科室", "办理单位"))
    demand: Mapped[str | None] = long_text("办理要求", aliases=("拟办意见",))
    due: Mapped[date | None] = day("办理期限", aliases=("办结期限",))

    unit: Mapped[Unit | None] = relationship()


class Decision(Entry):
    """One thing a meeting decided."""

    __tablename__ = "decisions"
    TITLE = "议定事项"

    meeting: Mapped[str] = short_text("会议名称", required=True, aliases=("会议名",))
    met_on: Mapped[date] = day("会议日期", required=True, aliases=("会议时间", "召开时间"))
    title: Mapped[str] = short_text("议定事项", required=True, aliases=("会议议定事项", "决定事项"))
    content: Mapped[str | None] = long_text("具体要求")
    unit_id: Mapped[int] = reference("落实单位", Kind.UNIT, "units.id", required=True, aliases=("责任单位", "承办单位", "单位"))
    person: Mapped[str | None] = short_text("落实人", aliases=("责任人",))
    due: Mapped[date | None] = day("落实期限", aliases=("完成时限",))
    force_id: Mapped[int | None] = reference("专班", Kind.FORCE, "task_forces.id")

    unit: Mapped[Unit] = relationship()
    force: Mapped[TaskForce | None] = relationship()
