"""议定事项台账: what meetings decided; each becomes a task and stays linked to it."""

from collections.abc import Mapping

from db.sources import Decision
from huajie_desktop.declared.facets import Becomes, Count, Figures, Form, Listing, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.declared.presets import TODAY


def check(values: Values) -> Mapping[str, str]:
    """It is to be done after the meeting."""
    met, due = values.get("met_on"), values.get("due")
    return {"due": f"落实期限不能早于会议日期（{met.isoformat()}）"} if met and due and due < met else {}


DECISIONS = Ledger(
    key="decisions", title="议定事项台账", model=Decision, name="title", place="unit",
    shown=Listing(
        columns=("met_on", "meeting", "title", "unit", "person", "due", "force", "state"), filters=("unit", "force"),
    ),
    form=Form(
        groups=(("", ("meeting", "met_on", "title", "content", "unit", "person", "due", "force")),),
        filled=(("met_on", TODAY),), files=True,
    ),
    sheets=Sheets(identity=("meeting", "met_on", "title"), title_words=("议定事项", "例会决定", "会议决定"), titled=True),
    rules=Rules(check=check),
    figures=Figures(day="met_on", breakdowns=("unit",), indicators=(Count("议定事项数", unit="项"),),
        sentence="例会议定事项{议定事项数}。"),
    life=REVIEW,
    becomes=Becomes(
        "decision_id", {
            "title": "title", "content": "content", "unit": "unit", "responsible": "person", "due": "due", "force": "force",
        },
    ),
)  # fmt: skip
