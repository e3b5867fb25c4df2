"""The checklist: tasks with all that is said of them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import DueEntry, Entry
from db.belonging import children, parts
from db.campaign import Category, ListKind
from db.choices import HANDLING
from db.fields import Field, Kind, choice, day, deadline, flag, long_text, money, recurrence, reference, short_text
from db.forces import TaskForce
from db.organisation import Person, Unit
from db.task_parts import Cooperation, Funding, FurtherCategory, Milestone, Occurrence, Quantity, Responsibility, Step
from db.types import Line, key_to
from db.uids import LENGTH


class Task(DueEntry):
    """One task of the year's checklist (事项)."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        Index("ix_tasks_campaign_id_state", "campaign_id", "state"),
        Entry.__table_args__,
    )
    TITLE = "任务"

    number: Mapped[str | None] = short_text("编号", length=40)
    title: Mapped[str] = short_text(
        "任务名称",
        required=True,
        one_thing=True,
        aliases=(
            "事项", "承诺事项", "项目名称", "工作任务", "任务", "项目", "事项名称", "任务事项", "工作事项", "承诺项目",
            "重点任务", "工作项目", "名称", "主要任务", "实事项目", "工程名称", "承诺事项名称", "重点工作任务", "工作名称",
            "任务内容名称", "民生实事项目", "具体事项", "工作任务名称", "我的承诺", "承诺任务", "承诺名称", "承诺清单",
            "任务清单", "任务项目", "任务标题", "任务主题", "事项标题", "标题", "工作标题", "工作项", "工作事项名称",
            "工作项目名称", "工作清单", "具体任务", "具体项目", "重点事项", "重点任务名称", "重点事项名称", "重点项目名称",
            "重点工作名称", "重点工作事项", "重点工作项目", "年度重点任务", "年度重点工作", "年度工作任务", "年度任务名称",
            "年度重点项目", "年度项目", "主要任务名称", "主要工作任务", "主要工作", "中心工作", "攻坚任务", "攻坚项目",
            "攻坚事项", "整改事项", "整改任务", "整改项目", "整改问题", "问题清单", "问题名称", "反馈问题", "问题事项",
            "督办事项", "督办任务", "督查事项", "交办事项", "交办任务", "待办事项", "待办任务", "包干事项", "领办事项",
            "领办项目", "实事名称", "民生实事", "民生实事名称", "民生项目", "惠民实事", "惠民项目", "为民实事", "为民办实事",
            "为民办实事项目", "办实事", "办实事项目", "实事清单", "项目清单", "事项清单", "清单事项", "清单名称", "工程项目",
            "工程项目名称", "建设项目", "建设项目名称", "建设工程", "工程项目清单", "创建项目", "创建任务", "创建名称",
            "创建事项", "改革事项", "改革任务", "服务事项", "服务项目", "履职事项", "职责事项", "工作要点", "任务要点",
            "活动名称", "活动项目",
        ),
    )  # fmt: skip
    content: Mapped[str | None] = long_text(
        "建设内容及规模",
        lenient=True,
        aliases=(
            "主要内容", "工作内容", "年度目标", "建设内容", "目标要求", "具体目标要求", "主要内容及目标", "工作目标",
            "目标任务", "具体内容", "内容", "工作要求", "任务内容", "建设规模", "具体要求", "年度目标任务", "内容与要求",
            "内容及要求", "具体措施", "工作措施", "项目内容", "承诺内容", "目标内容", "任务目标", "建设内容及目标", "项目概况",
            "实施内容", "工作任务及要求", "任务要求", "主要建设内容", "建设内容和规模", "具体目标", "目标", "主要目标",
            "建设任务", "年度任务", "工作内容及目标", "具体工作内容", "任务描述", "规模及内容", "主要工作内容", "内容及目标",
            "主要措施", "目标及要求", "工作举措", "具体举措", "主要举措", "重点举措", "推进举措", "推进措施", "整改措施",
            "整改要求", "整改目标", "实施措施", "落实措施", "工作计划", "承诺目标", "清单内容", "事项内容", "工作概述",
        ),
    )  # fmt: skip
    category_id: Mapped[int | None] = reference(
        "类别",
        Kind.CATEGORY,
        "categories.id",
        aliases=(
            "项目类别", "比拼项目", "所属类别", "比拼类别", "任务类别", "工作类别", "类型", "分类", "五大比拼", "项目类型",
            "承诺类别", "比拼内容", "所属分类", "任务类型", "大类", "事项类别", "工作类型", "类别名称", "所属比拼",
            "比拼分类", "任务分类", "工作分类", "事项类型",
        ),
    )  # fmt: skip
    unit_id: Mapped[int] = reference(
        "责任单位",
        Kind.UNIT,
        "units.id",
        required=True,
        takes_up="anything",
        aliases=(
            "责任科室", "村", "村名", "村别", "行政村", "村居", "所属村", "单位", "单位名称", "责任部门", "科室", "牵头单位",
            "牵头科室", "主办单位", "实施单位", "承办单位", "实施主体", "牵头部门", "责任村", "填报单位", "村社区",
            "村居名称", "行政村名称", "承诺单位", "主办科室", "责任主体", "承办科室", "村名称",
        ),
    )  # fmt: skip
    lead_id: Mapped[int | None] = reference(
        "牵头领导",
        Kind.PERSON,
        "people.id",
        lenient=True,
        aliases=(
            "责任领导", "领办领导", "分管领导", "包联领导", "挂钩领导", "联系领导", "牵头人", "镇领导", "班子成员",
            "牵头镇领导", "包干领导", "联村领导", "驻村领导",
        ),
    )  # fmt: skip
    responsible: Mapped[list[Responsibility]] = parts(
        "Responsibility.position",
        Field(
            "责任人",
            Kind.PEOPLE,
            aliases=(
                "责任人员", "负责人", "具体责任人", "承诺人", "具体负责人", "责任干部", "领办人", "第一责任人",
                "项目负责人", "直接责任人", "经办人", "责任人姓名", "责任人及职务", "责任者", "承办人", "村责任人",
                "落实人", "任务责任人", "主要责任人", "包干人", "牵头责任人", "实施责任人",
            ),
            help="几个人用、分开",
        ),
    )  # fmt: skip
    start: Mapped[date | None] = day(
        "启动时间",
        lenient=True,
        first_day=True,
        aliases=(
            "开工时间", "开始时间", "启动日期", "开工日期", "开始日期", "起始时间", "计划开工时间", "动工时间",
            "计划启动时间", "起始日期",
        ),
    )  # fmt: skip
    due: Mapped[date | None] = deadline(
        "完成时限",
        begins="start",
        steps="milestones",
        aliases=(
            "时间节点",
            "完成时间", "办结时限", "竣工时间", "计划完成时间", "完成期限", "截止时间", "截止日期", "完成日期", "时限",
            "办理时限", "时限要求", "完成时间节点", "预计完成时间", "要求完成时间", "时间要求", "期限", "目标时限",
            "计划竣工时间", "完工时间", "承诺完成时间", "承诺时限", "拟完成时间", "办结时间", "完成节点", "预期完成时间",
            "计划完成日期", "时间期限", "预计竣工时间", "竣工日期", "完成时间要求", "最迟完成时间",
            "截至日期", "截至时间", "结束时间", "结束日期",
        ),
        help="如 8月底前、8月31日、全年",
    )  # fmt: skip
    investment: Mapped[Decimal | None] = money(
        "计划投资",
        unit="万元",
        aliases=(
            "投资", "投资额", "资金", "预算投资", "总投资", "投资总额", "计划投资额", "预算", "项目投资", "估算投资",
            "投资估算", "概算投资", "投资金额", "资金预算", "预算金额", "计划资金", "所需资金", "预计投资", "投资规模",
            "预算资金", "项目资金", "资金投入", "投入资金", "金额", "项目预算", "总投资额", "计划总投资", "投资概算",
            "年度投资", "投资计划", "预计投资额", "预计资金", "投资预算", "预估投资", "概算", "计划投入",
        ),
    )  # fmt: skip
    milestones: Mapped[list[Milestone]] = parts(
        "Milestone.position",
        Field("时间节点", Kind.MILESTONES, lenient=True, help="每行一个：6月底 完成招标 佐证：中标通知书"),
    )
    remarks: Mapped[str | None] = long_text("备注", lenient=True, aliases=("说明", "备注说明", "附注", "其他", "其它", "备考"))
    cooperating: Mapped[list[Cooperation]] = parts(
        "Cooperation.position",
        Field(
            "配合单位",
            Kind.UNITS,
            lenient=True,
            takes_up="offices",
            besides="unit",
            aliases=("协办单位", "配合科室", "参与单位", "协助单位", "配合部门", "协办科室"),
            help="几个单位用、分开",
        ),
    )
    further: Mapped[list[FurtherCategory]] = parts(
        "FurtherCategory.position",
        Field("并列类别", Kind.CATEGORIES, lenient=True, besides="category", help="同时计入的其他类别，用、分开；总数只算一次"),
    )
    list_kind_id: Mapped[int | None] = reference(
        "清单", Kind.LIST_KIND, "list_kinds.id", lenient=True, aliases=("清单种类", "清单类别", "级别")
    )
    force_id: Mapped[int | None] = reference(
        "专班", Kind.FORCE, "task_forces.id", lenient=True, aliases=("工作专班", "所属专班", "责任专班")
    )
    key_project: Mapped[bool] = flag("重点工程", lenient=True, aliases=("是否重点工程", "重点项目", "是否重点项目"))
    quantities: Mapped[list[Quantity]] = parts(
        "Quantity.position",
        Field("建设数量", Kind.QUANTITIES, lenient=True, aliases=("工程量", "数量"), help="如 路灯12盏、绿道1.5公里"),
    )
    funding: Mapped[list[Funding]] = parts(
        "Funding.position",
        Field("资金来源", Kind.FUNDING, lenient=True, aliases=("资金筹措", "资金来源及金额"), help="每行一个：镇补 5万 实际 3万"),
    )
    recurrence: Mapped[str | None] = recurrence("周期", lenient=True, help="如 每周一、每月5日、每季度；到期各记一次")
    finished_on: Mapped[date | None] = day("办结日期", lenient=True)
    # what becomes of it once it is confirmed: written by its second life alone
    handling: Mapped[str | None] = choice("办理状态", HANDLING, required=False)
    handed_on: Mapped[date | None] = day("交办日期")
    receive_by: Mapped[date | None] = day("签收期限")
    received_on: Mapped[date | None] = day("签收日期")
    applied_on: Mapped[date | None] = day("申请销号日期")
    applied_by: Mapped[str | None] = mapped_column(Line(LENGTH))  # who applied, by identity; another verifies
    signed_off_on: Mapped[date | None] = day("销号日期")
    signed_off_number: Mapped[str | None] = short_text("销号编号", length=40)
    handling_reason: Mapped[str | None] = short_text("办理说明")
    demand: Mapped[str | None] = short_text(
        "统一交办"
    )  # what was given to several units in one step, by which they stand together
    incoming_id: Mapped[int | None] = mapped_column(key_to("incoming.id"), index=True)  # the document that asked for it
    decision_id: Mapped[int | None] = mapped_column(key_to("decisions.id"), index=True)  # the decision it carries out
    carried_from_id: Mapped[int | None] = mapped_column(key_to("tasks.id"), index=True)  # the task of the year before

    unit: Mapped[Unit] = relationship()
    category: Mapped[Category | None] = relationship()
    lead: Mapped[Person | None] = relationship()
    list_kind: Mapped[ListKind | None] = relationship()
    force: Mapped[TaskForce | None] = relationship()
    occurrences: Mapped[list[Occurrence]] = parts("Occurrence.due")
    progress: Mapped[list["Progress"]] = children(  # type: ignore[name-defined]  # noqa: F821  (a ledger, loaded after)
        "Progress.month"
    )
    steps: Mapped[list[Step]] = children("Step.id")
    extensions: Mapped[list["Extension"]] = children("Extension.id")  # type: ignore[name-defined]  # noqa: F821  (the same)
