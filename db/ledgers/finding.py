"""The ledger of findings (问题整改): 问题 → 交办 → 反馈 → 复核 → 销号, each with its time."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry
from db.fields import Kind, choice, day, long_text, reference, short_text
from db.organisation import Unit
from db.types import key_to

STANDINGS = {"draft": "待交办", "handed": "整改中", "answered": "待复核", "closed": "已销号"}


class Finding(Entry):
    """One thing an inspection found wrong, until it is put right."""

    __tablename__ = "findings"
    TITLE = "督查问题"

    number: Mapped[str | None] = short_text("编号", length=40)
    state: Mapped[str] = choice("整改情况", STANDINGS)
    unit_id: Mapped[int] = reference("整改单位", Kind.UNIT, "units.id", required=True, aliases=("责任单位", "单位", "村名"))
    title: Mapped[str] = short_text("发现问题", required=True, aliases=("问题描述", "问题"))
    task_id: Mapped[int | None] = mapped_column(key_to("tasks.id"), index=True)
    inspection_id: Mapped[int | None] = mapped_column(key_to("inspections.id"), index=True)
    found_on: Mapped[date] = day("发现日期", required=True, aliases=("检查日期", "检查时间"))
    demand: Mapped[str | None] = long_text("整改要求")
    term: Mapped[date | None] = day("整改期限", aliases=("整改时限",))
    handed_on: Mapped[date | None] = day("交办日期")
    answer: Mapped[str | None] = long_text("整改情况说明", aliases=("整改措施", "整改结果"))
    answered_on: Mapped[date | None] = day("反馈日期")
    closed_on: Mapped[date | None] = day("销号日期", aliases=("复查日期",))
    return_reason: Mapped[str | None] = short_text("复核意见", aliases=("复查意见",))

    unit: Mapped[Unit] = relationship()
