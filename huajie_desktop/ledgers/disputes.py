"""矛盾纠纷调处台账: disputes taken up for mediation; 成功率 = 成功数 ÷ 调处数 (article of 2021-12)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from db.ledgers.dispute import Dispute
from huajie_desktop.ledger import Count, Ledger, Ratio, Sum


def check(values: Mapping[str, Any]) -> Mapping[str, str]:
    """Days in their order: nothing is closed before it was taken up, nobody is revisited before it was closed."""
    accepted, closed, revisited = values.get("accepted_on"), values.get("closed_on"), values.get("revisited_on")
    faults = {}
    if accepted and closed and closed < accepted:
        faults["closed_on"] = f"结案日期不能早于受理日期（{accepted.isoformat()}）"
    if closed and revisited and revisited < closed:
        faults["revisited_on"] = f"回访日期不能早于结案日期（{closed.isoformat()}）"
    return faults


LEDGER = Ledger(
    key="disputes",
    title="矛盾纠纷调处台账",
    model=Dispute,
    columns=("number", "accepted_on", "kind", "village", "summary", "level", "mediator", "amount", "result", "state"),
    groups=(
        ("受理", ("accepted_on", "kind", "village", "source", "number", "level", "summary", "people", "amount")),
        (
            "当事人",
            (
                "party_a", "party_a_sex", "party_a_age", "party_a_ethnicity", "party_a_occupation", "party_a_phone",
                "party_a_address", "party_b", "party_b_sex", "party_b_age", "party_b_ethnicity", "party_b_occupation",
                "party_b_phone", "party_b_address",
            ),
        ),
        ("调解", ("unit", "lead", "mediator", "recorder", "measures", "steadying", "overseer")),
        ("结果", ("result", "agreement", "agreement_number", "performance", "closed_on", "confirmed")),
        ("回访", ("revisited_on", "revisitor", "revisit", "remarks")),
    ),
    name="summary",
    identity=("accepted_on", "village", "summary"),
    place="village",
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
    filters=("kind", "village", "level", "result"),
    check=check,
)  # fmt: skip
