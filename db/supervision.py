"""Supervision: notices and their answers, inspections and what they found, random draws for them."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Entry, Record
from db.fields import Kind, choice, day, long_text, reference, short_text
from db.organisation import Unit
from db.types import key_to

LEVELS = {"remind": "提醒", "warn": "警告", "listed": "挂牌督办"}  # 三色督查单: blue, orange, red
NOTICE_STATES = {
    "draft": "草稿", "issued": "待反馈", "answered": "已反馈", "accepted": "已办结", "escalated": "已升级",
    "summoned": "列入约谈",
}  # fmt: skip


class Notice(Entry):
    """One notice to one unit, mostly about one of its tasks, with its term and its answer."""

    __tablename__ = "notices"
    TITLE = "督查单"
    UNFINISHED = ("draft", "issued", "answered", "summoned")

    number: Mapped[str | None] = short_text("编号", length=40)
    state: Mapped[str] = choice("办理状态", NOTICE_STATES)
    level: Mapped[str] = choice("督查级别", LEVELS, aliases=("通知单类型", "级别"))
    unit_id: Mapped[int] = reference(
        "承办单位", Kind.UNIT, "units.id", required=True, aliases=("责任单位", "被督查单位", "单位", "村名")
    )
    title: Mapped[str] = short_text("督查事项", required=True, aliases=("督办事项", "事项", "任务名称"))
    task_id: Mapped[int | None] = mapped_column(key_to("tasks.id"), index=True)
    follows_id: Mapped[int | None] = mapped_column(key_to("notices.id"), index=True)  # the one whose term passed
    issued_on: Mapped[date] = day("发出日期", required=True, aliases=("发文日期",))
    term: Mapped[date] = day("办理期限", required=True, next_year=True, aliases=("反馈期限", "整改期限"))
    grounds: Mapped[str | None] = long_text("督查情况", aliases=("存在问题", "立项依据"))
    demand: Mapped[str | None] = long_text("办理要求", aliases=("整改要求",))
    answer: Mapped[str | None] = long_text("反馈情况", aliases=("办理情况", "反馈内容"))
    answered_on: Mapped[date | None] = day("反馈日期", aliases=("反馈时间",))
    closed_on: Mapped[date | None] = day("办结日期")
    return_reason: Mapped[str | None] = short_text("复核意见")

    unit: Mapped[Unit] = relationship()


class Draw(Record):
    """One draw: the pool and what came out of it are kept line by line, as they were that day."""

    __tablename__ = "draws"
    TITLE = "随机抽取"

    campaign_id: Mapped[int] = mapped_column(key_to("campaigns.id"), index=True)
    title: Mapped[str] = short_text("抽取事项", required=True)
    drawn_on: Mapped[date] = day("抽取日期", required=True)
    seed: Mapped[str] = short_text("种子", length=64, required=True)
    method: Mapped[str] = short_text("方法", length=40, required=True)
    pool: Mapped[str] = long_text("抽取范围", required=True)
    drawn: Mapped[str] = long_text("抽取结果", required=True)


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


FINDING_STATES = {"draft": "待交办", "handed": "整改中", "answered": "待复核", "closed": "已销号"}


class Finding(Entry):
    """One thing an inspection found wrong, until it is put right."""

    __tablename__ = "findings"
    TITLE = "督查问题"
    UNFINISHED = ("draft", "handed", "answered")

    number: Mapped[str | None] = short_text("编号", length=40)
    state: Mapped[str] = choice("整改状态", FINDING_STATES)
    unit_id: Mapped[int] = reference("整改单位", Kind.UNIT, "units.id", required=True, aliases=("责任单位", "单位", "村名"))
    title: Mapped[str] = short_text("发现问题", required=True, aliases=("问题描述", "问题"))
    task_id: Mapped[int | None] = mapped_column(key_to("tasks.id"), index=True)
    inspection_id: Mapped[int | None] = mapped_column(key_to("inspections.id"), index=True)
    found_on: Mapped[date] = day("发现日期", required=True, aliases=("检查日期", "检查时间"))
    demand: Mapped[str | None] = long_text("整改要求")
    term: Mapped[date | None] = day("整改期限", next_year=True, aliases=("整改时限",))
    handed_on: Mapped[date | None] = day("交办日期")
    answer: Mapped[str | None] = long_text("整改情况说明", aliases=("整改情况", "整改措施", "整改结果"))
    answered_on: Mapped[date | None] = day("反馈日期")
    closed_on: Mapped[date | None] = day("销号日期", aliases=("复查日期",))
    return_reason: Mapped[str | None] = short_text("复核意见", aliases=("复查意见",))

    unit: Mapped[Unit] = relationship()
