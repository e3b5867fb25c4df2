"""The ledger of mediated disputes (矛盾纠纷调处台账)."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped, relationship

from db.base import Entry
from db.fields import Kind, choice, count, day, flag, long_text, money, phone, reference, short_text
from db.organisation import Person, Unit

SOURCES = {
    "party": "当事人申请", "committee": "调委会主动调解", "police": "公安移交", "court": "法院委托", "department": "部门指定",
}  # fmt: skip
DISPUTE_KINDS = {
    "family": "婚姻家庭", "neighbours": "邻里", "housing": "房屋宅基地", "contract": "合同", "business": "生产经营",
    "damage": "损害赔偿", "labour": "劳动争议", "wages": "拖欠农民工工资", "forest": "山林土地", "expropriation": "征地拆迁",
    "pollution": "环境污染", "traffic": "道路交通事故", "medical": "医疗", "property": "物业", "consumer": "消费",
    "tourism": "旅游", "online": "电子商务", "village_affairs": "村务管理", "other": "其他",
}  # fmt: skip
LEVELS = {"ordinary": "一般", "larger": "较大", "major": "重大", "extraordinary": "重特大"}
ALSO_OF_KIND = {
    "labour": ("劳资", "工伤", "用工"), "wages": ("劳资", "欠薪", "讨薪"), "forest": ("土地", "山林", "承包地", "地界"),
    "expropriation": ("土地征收", "征收", "拆迁"), "housing": ("宅基地", "建房"), "family": ("离婚", "赡养", "继承"),
    "traffic": ("车祸",), "damage": ("人身损害", "财产损害"),
}  # fmt: skip
RESULTS = {"underway": "正在调解", "success": "成功", "failure": "不成功", "ended": "终止", "passed_on": "移交"}
ALSO_OF_RESULT = {"underway": ("调解中", "调处中", "化解中", "处理中", "未办结"), "ended": ("撤回",), "passed_on": ("转交",)}
AGREEMENTS = {"written": "书面", "oral": "口头"}
SEXES = {"male": "男", "female": "女"}


class Dispute(Entry):
    """One dispute taken up for mediation (矛盾纠纷)."""

    __tablename__ = "disputes"
    TITLE = "矛盾纠纷"

    number: Mapped[str | None] = short_text("编号", length=40, aliases=("案件编号", "卷宗号", "纠纷编号"))
    accepted_on: Mapped[date] = day(
        "受理日期", required=True, aliases=("受理时间", "登记日期", "调解日期", "发生时间", "排查日期")
    )
    source: Mapped[str | None] = choice("案件来源", SOURCES, required=False, aliases=("来源", "纠纷来源"))
    kind: Mapped[str] = choice("纠纷类型", DISPUTE_KINDS, also=ALSO_OF_KIND, aliases=("类型", "纠纷类别", "矛盾类型", "案件类型"))
    village_id: Mapped[int] = reference(
        "村（社）", Kind.UNIT, "units.id", required=True, aliases=("村", "村名", "行政村", "村社", "所属村", "发生地", "单位地点")
    )
    summary: Mapped[str] = long_text(
        "纠纷简要情况",
        required=True,
        aliases=(
            "简要情况", "纠纷简况", "矛盾纠纷简要情况", "矛盾纠纷简况及原因", "纠纷内容", "案情", "基本情况", "纠纷事由",
            "案由", "纠纷情况", "矛盾纠纷情况", "矛盾纠纷内容", "矛盾纠纷简况", "纠纷描述", "简要案情", "纠纷经过", "纠纷简介",
            "案件情况", "案件简要情况", "纠纷事项", "矛盾纠纷事项", "纠纷名称", "矛盾纠纷名称", "纠纷概况", "纠纷起因",
            "主要纠纷",
        ),
    )  # fmt: skip
    party_a: Mapped[str | None] = short_text(
        "甲方姓名", length=60, private=True, aliases=("当事人甲", "当事人甲姓名", "当事人", "申请人", "甲方")
    )
    party_a_sex: Mapped[str | None] = choice("甲方性别", SEXES, required=False, aliases=("当事人甲性别", "申请人性别"))
    party_a_ethnicity: Mapped[str | None] = short_text(
        "甲方民族", length=20, private=True, aliases=("当事人甲民族", "申请人民族")
    )
    party_a_age: Mapped[int | None] = count("甲方年龄", unit="岁", least=1, adds_up=False, aliases=("当事人甲年龄", "申请人年龄"))
    party_a_occupation: Mapped[str | None] = short_text("甲方职业", length=40, aliases=("当事人甲职业", "申请人职业"))
    party_a_phone: Mapped[str | None] = phone(
        "甲方联系方式",
        private=True,
        aliases=("甲方电话", "当事人甲联系方式", "当事人甲电话", "申请人联系方式", "申请人电话"),
    )
    party_a_address: Mapped[str | None] = short_text(
        "甲方住址", length=100, private=True, aliases=("当事人甲住址", "申请人住址", "当事人甲地址")
    )
    party_b: Mapped[str | None] = short_text(
        "乙方姓名", length=60, private=True, aliases=("当事人乙", "当事人乙姓名", "被申请人", "乙方")
    )
    party_b_sex: Mapped[str | None] = choice("乙方性别", SEXES, required=False, aliases=("当事人乙性别", "被申请人性别"))
    party_b_ethnicity: Mapped[str | None] = short_text(
        "乙方民族", length=20, private=True, aliases=("当事人乙民族", "被申请人民族")
    )
    party_b_age: Mapped[int | None] = count(
        "乙方年龄", unit="岁", least=1, adds_up=False, aliases=("当事人乙年龄", "被申请人年龄")
    )
    party_b_occupation: Mapped[str | None] = short_text("乙方职业", length=40, aliases=("当事人乙职业", "被申请人职业"))
    party_b_phone: Mapped[str | None] = phone(
        "乙方联系方式",
        private=True,
        aliases=("乙方电话", "当事人乙联系方式", "当事人乙电话", "被申请人联系方式", "被申请人电话"),
    )
    party_b_address: Mapped[str | None] = short_text(
        "乙方住址", length=100, private=True, aliases=("当事人乙住址", "被申请人住址", "当事人乙地址")
    )
    people: Mapped[int | None] = count("涉及人数", unit="人", least=1, aliases=("人数",))
    amount: Mapped[Decimal | None] = money("涉及金额", unit="元", aliases=("涉案金额", "金额", "标的额", "协议金额"))
    level: Mapped[str] = choice("等级", LEVELS, aliases=("纠纷等级", "风险等级"))
    unit_id: Mapped[int | None] = reference(
        "责任单位", Kind.UNIT, "units.id", takes_up="offices", aliases=("承办单位", "调处单位")
    )
    lead_id: Mapped[int | None] = reference("责任领导", Kind.PERSON, "people.id", aliases=("包案领导", "分管领导"))
    mediator_id: Mapped[int | None] = reference("调解员", Kind.PERSON, "people.id", aliases=("调解人", "调处人", "责任人"))
    recorder: Mapped[str | None] = short_text("记录人", length=40)
    measures: Mapped[str | None] = long_text("采取措施", aliases=("调处措施", "化解措施"))
    steadying: Mapped[str | None] = short_text("稳控责任人", length=40)
    overseer: Mapped[str | None] = short_text("督办单位", length=60)
    overseen_by: Mapped[str | None] = short_text("督办人", length=40)
    result: Mapped[str | None] = choice(
        "调解结果",
        RESULTS,
        required=False,
        also=ALSO_OF_RESULT,
        aliases=("调处结果", "化解情况", "调处情况", "结果", "调解情况"),
    )
    agreement: Mapped[str | None] = choice("协议形式", AGREEMENTS, required=False)
    agreement_number: Mapped[str | None] = short_text("协议编号", length=60)
    performance: Mapped[str | None] = short_text("履行情况")
    closed_on: Mapped[date | None] = day("结案日期", aliases=("办结日期", "化解日期", "办结时间", "结案时间", "化解时间"))
    revisited_on: Mapped[date | None] = day("回访日期")
    revisitor: Mapped[str | None] = short_text("回访人", length=40)
    revisit: Mapped[str | None] = short_text("回访情况", aliases=("群众反馈意见",))
    confirmed: Mapped[bool] = flag("司法确认")
    remarks: Mapped[str | None] = long_text("备注")

    village: Mapped[Unit] = relationship(foreign_keys="Dispute.village_id")
    unit: Mapped[Unit | None] = relationship(foreign_keys="Dispute.unit_id")
    lead: Mapped[Person | None] = relationship(foreign_keys="Dispute.lead_id")
    mediator: Mapped[Person | None] = relationship(foreign_keys="Dispute.mediator_id")
