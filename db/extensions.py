"""The ledger of extensions (延期申请): a later day asked for before the due date, and what was decided."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry
from db.fields import Kind, choice, day, long_text, reference, short_text
from db.organisation import Unit
from db.types import key_to

DECISIONS = {"draft": "草稿", "asked": "待审批", "granted": "已同意", "refused": "未同意"}


class Extension(Entry):
    """One request for more time for one task; the decision alone changes the task's date."""

    __tablename__ = "extensions"
    TITLE = "延期申请"
    UNFINISHED = ("draft", "asked")

    number: Mapped[str | None] = short_text("编号", length=40)
    state: Mapped[str] = choice("审批情况", DECISIONS)
    unit_id: Mapped[int] = reference(
        "申请单位", Kind.UNIT, "units.id", required=True, aliases=("责任单位", "承办单位", "单位", "村名")
    )
    title: Mapped[str] = short_text("任务名称", required=True, aliases=("延期事项", "事项", "承诺事项", "项目名称"))
    task_id: Mapped[int] = mapped_column(key_to("tasks.id"), index=True)
    asked_on: Mapped[date] = day("申请日期", required=True, aliases=("申请时间",))
    before: Mapped[date | None] = day("原定时限", aliases=("原完成时限", "原时限"))
    wanted: Mapped[date] = day("申请延期至", required=True, next_year=True, aliases=("延期至", "拟延期至"))
    reason: Mapped[str] = long_text("延期原因", required=True, aliases=("延期理由", "申请理由"))
    standing: Mapped[str | None] = long_text("目前进展", aliases=("目前进展情况",))
    decided_on: Mapped[date | None] = day("审批日期")
    return_reason: Mapped[str | None] = short_text("审批意见")

    unit: Mapped[Unit] = relationship()
