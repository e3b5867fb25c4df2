"""矛盾纠纷调处台账: disputes taken up for mediation; 成功率 = 成功数 ÷ 调处数 (article of 2021-12)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from db.ledgers.dispute import Dispute
from huajie_desktop.declared.facets import Count, Figures, Form, Listing, Ratio, Rules, Sheets, Sum, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.declared.presets import TODAY

_SHORTEST = 4  # characters; what is no longer is a word for a kind of dispute
_QUARREL = re.compile(
    "纠纷|矛盾|争议|争吵|吵架|口角|打架|殴打|打伤|受伤|赔偿|索赔|欠款|欠薪|拖欠|拒付|讨要|不服|侵占|占用|漏水|相邻|离婚|赡养|抚养|彩礼"
    "|继承|借款|债务|工资|边界|因"
)


def check(values: Values) -> Mapping[str, str]:
    """Days in their order, from taking up to closing to revisiting."""
    accepted, closed, revisited = values.get("accepted_on"), values.get("closed_on"), values.get("revisited_on")
    faults = {}
    if accepted and closed and closed < accepted:
        faults["closed_on"] = f"结案日期不能早于受理日期（{accepted.isoformat()}）"
    if closed and revisited and revisited < closed:
        faults["revisited_on"] = f"回访日期不能早于结案日期（{closed.isoformat()}）"
    return faults


def reads_like_dispute(text: str) -> bool:
    """Whether a text tells what people fell out over."""
    return len(text) > _SHORTEST and _QUARREL.search(text) is not None


LEDGER = Ledger(
    key="disputes",
    title="矛盾纠纷调处台账",
    model=Dispute,
    name="summary",
    place="village",
    shown=Listing(
        columns=("number", "accepted_on", "kind", "village", "summary", "result", "level", "amount", "mediator", "state"),
        filters=("kind", "village", "level", "result"),
        found_by=("party_a", "party_b"),
        previewed=("accepted_on", "kind", "village", "summary", "result", "level", "amount", "mediator"),
    ),
    form=Form(
        groups=(
            (
                "",
                (
                    "accepted_on", "kind", "village", "level", "summary", "party_a", "party_b", "people", "amount", "mediator",
                    "result", "closed_on",
                ),
            ),
            ("受理", ("number", "source", "unit", "lead")),
            (
                "甲方",
                (
                    "party_a_sex", "party_a_age", "party_a_ethnicity", "party_a_occupation", "party_a_phone",
                    "party_a_address",
                ),
            ),
            (
                "乙方",
                (
                    "party_b_sex", "party_b_age", "party_b_ethnicity", "party_b_occupation", "party_b_phone",
                    "party_b_address",
                ),
            ),
            ("调解", ("measures", "recorder", "steadying", "overseer", "overseen_by")),
            ("协议与履行", ("agreement", "agreement_number", "confirmed", "performance")),
            ("回访", ("revisited_on", "revisitor", "revisit", "remarks")),
        ),
        usual=1,
        filled=(("level", "一般"), ("accepted_on", TODAY)),
    ),
    sheets=Sheets(
        identity=("accepted_on", "village", "summary"),
        title_words=("矛盾", "纠纷", "调解", "调处"),
        reads_like=reads_like_dispute,
        beside=("party_a", "mediator", "result", "kind"),
    ),
    rules=Rules(check=check),
    figures=Figures(
        day="accepted_on",
        indicators=(
            Count("调处数", unit="起"),
            Count("成功数", lambda record: record.result == "success", unit="起"),
            Ratio("成功率", "成功数", "调处数"),
            Sum("涉及金额", "amount", floor=Decimal(100_000)),
            Count("重大", lambda record: record.level == "major", unit="起"),
            Count("重特大", lambda record: record.level == "extraordinary", unit="起"),
        ),
        breakdowns=("kind", "village"),
        sentence="共调处矛盾纠纷{调处数}，其中重大矛盾纠纷{重大}，重特大纠纷{重特大}，涉及金额共计{涉及金额}，调解成功率{成功率}。",
    ),
    # an agreement is kept, and the parties are called on again, after the mediation was confirmed
    life=replace(REVIEW, stays_open=("performance", "revisited_on", "revisitor", "revisit")),
)  # fmt: skip
