"""The ledger of notices (督查单): reminder, warning, listed; each answered within its term or followed by the next level."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry
from db.fields import Kind, choice, day, long_text, reference, short_text
from db.organisation import Unit
from db.types import key_to

LEVELS = {"remind": "提醒", "warn": "警告", "listed": "挂牌督办"}  # 三色督查单: blue, orange, red
STANDINGS = {
    "draft": "草稿", "issued": "待反馈", "answered": "已反馈", "accepted": "已办结", "escalated": "已升级", "summoned": "已约谈",
}  # fmt: skip


class Notice(Entry):
    """One notice to one unit, mostly about one of its tasks, with its term and its answer."""

    __tablename__ = "notices"
    TITLE = "督查单"

    number: Mapped[str | None] = short_text("编号", length=40)
    state: Mapped[str] = choice("办理情况", STANDINGS)
    level: Mapped[str] = choice("督查级别", LEVELS, aliases=("通知单类型", "级别"))
    unit_id: Mapped[int] = reference(
        "承办单位", Kind.UNIT, "units.id", required=True, aliases=("责任单位", "被督查单位", "单位", "村名")
    )
    title: Mapped[str] = short_text("督查事项", required=True, aliases=("督办事项", "事项", "任务名称"))
    task_id: Mapped[int | None] = mapped_column(key_to("tasks.id"), index=True)
    follows_id: Mapped[int | None] = mapped_column(key_to("notices.id"), index=True)  # the one whose term passed
    issued_on: Mapped[date] = day("发出日期", required=True, aliases=("发文日期",))
    term: Mapped[date] = day("办理期限", required=True, aliases=("反馈期限", "整改期限"))
    grounds: Mapped[str | None] = long_text("督查情况", aliases=("存在问题", "立项依据"))
    demand: Mapped[str | None] = long_text("办理要求", aliases=("整改要求",))
    answer: Mapped[str | None] = long_text("反馈情况", aliases=("办理情况", "反馈内容"))
    answered_on: Mapped[date | None] = day("反馈日期", aliases=("反馈时间",))
    closed_on: Mapped[date | None] = day("办结日期")
    return_reason: Mapped[str | None] = short_text("复核意见")

    unit: Mapped[Unit] = relationship()
