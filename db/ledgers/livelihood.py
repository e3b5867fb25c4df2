"""The ledger of livelihood projects (民生实事台账), and what units report of them month by month."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import DueEntry
from db.belonging import children
from db.fields import Kind, choice, count, day, deadline, long_text, money, reference, short_text
from db.organisation import Person, Unit
from db.part_kinds import FundingPart, MilestonePart, PartTables, PersonPart, QuantityPart
from db.reports import NAMES, Report
from db.types import key_to

FINISHED = {"done": "完成", "nearly": "基本完成", "open": "未完成"}
OWN = PartTables("livelihood", "project_id", "livelihood_projects.id")


class LivelihoodProject(DueEntry):
    """One project the township does for its people in the year (民生实事)."""

    __tablename__ = "livelihood_projects"
    TITLE = "民生实事"

    number: Mapped[str | None] = short_text("编号", length=40)
    title: Mapped[str] = short_text(
        "项目名称",
        required=True,
        aliases=(
            "实事项目", "实事名称", "工程名称", "项目", "民生实事", "民生实事项目", "民生实事名称", "民生项目", "惠民项目",
            "惠民实事", "为民实事", "为民办实事项目", "办实事项目", "实事清单", "工程项目", "建设项目", "实事工程",
        ),
    )  # fmt: skip
    background: Mapped[str | None] = long_text("项目背景", aliases=("实施背景", "项目由来", "立项依据"))
    content: Mapped[str | None] = long_text("建设内容", aliases=("主要内容", "实施内容", "建设规模", "建设内容及规模"))
    unit_id: Mapped[int] = reference(
        "实施主体", Kind.UNIT, "units.id", required=True, aliases=("实施单位", "责任单位", "建设单位", "单位", "村名", "行政村")
    )
    lead_id: Mapped[int | None] = reference("责任领导", Kind.PERSON, "people.id", aliases=("分管领导", "联系领导", "牵头领导"))
    responsible: Mapped[list[PersonPart]] = OWN.of(PersonPart, "责任人", aliases=("负责人", "项目负责人"), help="几个人用、分开")
    quantities: Mapped[list[QuantityPart]] = OWN.of(QuantityPart, "建设数量", aliases=("工程量", "数量"), help="如 路灯12盏")
    investment: Mapped[Decimal | None] = money("总投资", unit="万元", aliases=("总投资额", "项目总投资", "计划总投资"))
    planned: Mapped[Decimal | None] = money("年度计划投资", unit="万元", aliases=("年度投资", "本年计划投资", "年度投资计划"))
    spent: Mapped[Decimal | None] = money("完成投资", unit="万元", aliases=("已完成投资", "累计完成投资", "完成投资额"))
    funding: Mapped[list[FundingPart]] = OWN.of(
        FundingPart, "资金来源", aliases=("资金筹措",), help="每行一个：镇补 5万 实际 3万"
    )
    benefit: Mapped[str | None] = long_text("受益面", aliases=("受益范围", "受益对象", "受益人口", "受益群众"))
    start: Mapped[date | None] = day("开工日期", first_day=True, aliases=("开工时间", "动工时间", "计划开工时间", "启动时间"))
    due: Mapped[date | None] = deadline(
        "完成时限", begins="start", steps="milestones", aliases=("完成时间", "竣工时间", "完工时间", "竣工日期", "时间节点")
    )
    milestones: Mapped[list[MilestonePart]] = OWN.of(MilestonePart, "时间节点", help="每行一个：6月底 完成招标 佐证：中标通知书")
    stage: Mapped[str | None] = short_text("形象进度", aliases=("目前形象进度", "工程形象进度", "工程进度"))
    finished: Mapped[str | None] = choice("是否完成", FINISHED, required=False, aliases=("完成与否", "完成状态"))
    satisfied: Mapped[int | None] = count("满意票数", unit="票", aliases=("满意", "满意票"))
    nearly_satisfied: Mapped[int | None] = count("基本满意票数", unit="票", aliases=("基本满意", "基本满意票"))
    dissatisfied: Mapped[int | None] = count("不满意票数", unit="票", aliases=("不满意", "不满意票"))
    remarks: Mapped[str | None] = long_text("备注", aliases=("说明",))

    unit: Mapped[Unit] = relationship()
    lead: Mapped[Person | None] = relationship()
    reports: Mapped[list["LivelihoodProgress"]] = children("LivelihoodProgress.month")


class LivelihoodProgress(Report):
    """What a unit reports of one project for one month."""

    __tablename__ = "livelihood_progress"
    TITLE = "民生实事进展"
    OF = "project_id"

    title: Mapped[str] = short_text("项目名称", required=True, aliases=NAMES)
    project_id: Mapped[int] = mapped_column(key_to("livelihood_projects.id"))
