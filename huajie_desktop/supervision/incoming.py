"""来文登记台账: documents that came in; what they ask becomes tasks and stays linked to them."""

from collections.abc import Mapping

from db.sources import Incoming
from huajie_desktop.declared.facets import Becomes, Count, Figures, Form, Listing, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.declared.presets import TODAY


def check(values: Values) -> Mapping[str, str]:
    """The term lies behind the day it came."""
    received, due = values.get("received_on"), values.get("due")
    return {"due": f"办理期限不能早于收文日期（{received.isoformat()}）"} if received and due and due < received else {}


INCOMING = Ledger(
    key="incoming", title="来文登记台账", model=Incoming, name="title", place="unit",
    shown=Listing(
        columns=("received_on", "number", "sender", "title", "unit", "due", "state"), filters=("unit",), found_by=("sender",),
    ),
    form=Form(
        groups=(("", ("title", "sender", "number", "received_on", "unit", "demand", "due")),), filled=(("received_on", TODAY),),
        files=True,
    ),
    sheets=Sheets(identity=("title", "sender", "received_on"), title_words=("来文登记", "收文登记"), titled=True),
    rules=Rules(check=check),
    figures=Figures(day="received_on", breakdowns=("unit",), indicators=(Count("来文数", unit="件"),),
        sentence="登记来文{来文数}。"),
    life=REVIEW,
    becomes=Becomes("incoming_id", {"title": "title", "content": "demand", "unit": "unit", "due": "due"}),
)  # fmt: skip
