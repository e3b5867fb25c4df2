"""The ledger of inspections (督查): what is planned, who went when, what was found on the whole."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry
from db.fields import Kind, day, long_text, reference, short_text
from db.organisation import Unit
from db.types import key_to


class Inspection(Entry):
    """One visit to one unit, planned and made."""

    __tablename__ = "inspections"
    TITLE = "督查检查"

    title: Mapped[str] = short_text("检查事项", required=True, aliases=("督查内容", "检查内容"))
    unit_id: Mapped[int] = reference("受检单位", Kind.UNIT, "units.id", required=True, aliases=("被检查单位", "检查对象", "单位"))
    planned_on: Mapped[date | None] = day("计划日期", aliases=("计划时间",))
    visited_on: Mapped[date | None] = day("检查日期", aliases=("检查时间", "督查时间"))
    place: Mapped[str | None] = short_text("检查地点", aliases=("地点",))
    inspectors: Mapped[str | None] = short_text("检查人员", aliases=("检查人", "督查人员"))
    result: Mapped[str | None] = long_text("检查结果", aliases=("检查情况",))
    draw_id: Mapped[int | None] = mapped_column(key_to("draws.id"), index=True)  # by which the unit was chosen

    unit: Mapped[Unit] = relationship()
