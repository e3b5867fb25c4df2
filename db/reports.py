"""What units report month by month of the records of a ledger: the sort of entry any ledger can be reported on with."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, relationship

from db.base import Entry
from db.fields import Kind, brought, choice, count, day, long_text, money, reached, reference, short_text
from db.organisation import Unit

MONTHS = {f"{month:02}": f"{month}月" for month in range(1, 13)}
NAMES = (  # of what is reported on
    "任务名称", "事项", "承诺事项", "项目名称", "工作任务", "任务", "项目", "事项名称", "重点任务", "主要任务", "重点工作任务",
    "工作事项", "任务事项", "攻坚任务", "督办事项", "整改事项", "实事项目", "工程名称",
)  # fmt: skip
STAGES = {"waiting": "未启动", "underway": "推进中", "nearly": "基本完成", "done": "已完成", "stuck": "受阻"}


class Report(Entry):
    """What one unit reports of one record for one month."""

    __abstract__ = True
    OF: ClassVar[str] = ""  # the column that says of which record, each once a month

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        """One report of a record for a month; the last ones of all are read from an index alone (`lights/standing.py`)."""
        last = ("campaign_id", cls.OF, "month", "reported_on", "stage", "percent")
        return (UniqueConstraint(cls.OF, "month"), Index(f"ix_{cls.__tablename__}_last", *last), Entry.__table_args__)

    unit_id: Mapped[int] = reference(
        "填报单位",
        Kind.UNIT,
        "units.id",
        required=True,
        takes_up="offices",
        aliases=("责任单位", "单位", "村名", "村居", "行政村", "单位名称"),
    )
    title: Mapped[str] = short_text("任务名称", required=True, aliases=NAMES)
    month: Mapped[str] = choice("月份", MONTHS, aliases=("填报月份", "月度", "所属月份"))
    reported_on: Mapped[date | None] = day("填报日期", aliases=("报送日期", "上报日期", "填表日期"))
    stage: Mapped[str | None] = choice(
        "完成情况",
        STAGES,
        required=False,
        in_words="summary",
        aliases=("进展状态", "是否完成", "状态", "办理状态", "目前状态"),
    )
    percent: Mapped[int | None] = count(
        "完成比例", unit="%", most=100, adds_up=False, aliases=("完成进度", "形象进度", "完成率", "进度")
    )
    invested: Mapped[Decimal | None] = money(
        "已完成投资",
        unit="万元",
        adds_up=False,  # month by month it is what was spent up to then
        aliases=(
            "完成投资", "累计完成投资", "累计投资", "已投入资金", "资金", "资金使用", "资金使用情况", "已用资金", "使用资金",
            "支出资金", "累计支出", "资金支出", "资金支付", "已支付资金",
        ),
    )  # fmt: skip
    summary: Mapped[str | None] = long_text(
        "进展情况", aliases=("工作进展", "目前进展", "进度情况", "落实情况", "工作动态", "本月进展", "进展")
    )
    reached: Mapped[str | None] = reached(
        "节点完成",
        lenient=True,
        aliases=("节点完成情况", "完成节点", "节点进展", "时间节点完成情况", "节点情况"),
        help="每行一个：完成招标 完成：6月25日 已交：中标通知书",
    )
    brought: Mapped[str | None] = brought(
        "数量完成",
        lenient=True,
        aliases=("数量完成情况", "完成数量", "工程量完成情况", "完成工程量", "建设数量完成情况", "工程量"),
        help="如 路灯 9／12盏，几样分行写",
    )
    problems: Mapped[str | None] = long_text("存在问题", aliases=("问题", "困难", "存在的问题", "问题和困难", "存在困难"))
    next_steps: Mapped[str | None] = long_text(
        "下步打算",
        aliases=(
            "下步计划", "下一步打算", "下一步计划", "下步工作", "下一步工作打算", "下一步", "下步", "下一步工作", "下一步措施",
            "下一步安排",
        ),
    )  # fmt: skip

    @declared_attr
    def unit(cls) -> Mapped[Unit]:
        """Who reports."""
        return relationship()
