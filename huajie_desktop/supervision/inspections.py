"""督查检查台账: what is to be inspected, who went when, and what was found on the whole."""

from collections.abc import Mapping

from db.supervision import Inspection
from huajie_desktop.declared.facets import Awaited, Count, Figures, Form, Listing, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import REVIEW


def check(values: Values) -> Mapping[str, str]:
    """A result has a day."""
    return {"visited_on": "写了检查结果，请填写检查日期"} if values.get("result") and not values.get("visited_on") else {}


INSPECTIONS = Ledger(
    key="inspections", title="督查检查台账", model=Inspection, name="title", place="unit",
    shown=Listing(columns=("planned_on", "visited_on", "unit", "title", "inspectors", "result", "state"), filters=("unit",),
        awaited=Awaited("planned_on", lambda inspection: inspection.visited_on.is_(None))),
    form=Form(groups=(
        ("", ("title", "unit", "planned_on", "visited_on", "place", "inspectors", "result")),
    ), files=True),
    sheets=Sheets(identity=("unit", "title", "planned_on"), title_words=("督查检查", "检查计划", "督查计划"), titled=True),
    rules=Rules(check=check),
    figures=Figures(day="visited_on", breakdowns=("unit",), indicators=(
        Count("督查数", unit="次"), Count("已检查", lambda record: record.visited_on.is_not(None), unit="次"),
    ), sentence="共安排督查{督查数}，已检查{已检查}。"),
    life=REVIEW,
)  # fmt: skip
