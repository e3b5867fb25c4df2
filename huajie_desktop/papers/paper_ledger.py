"""The register of papers as a kind of record: when a paper was handed out and came back, and who signed it."""

from collections.abc import Mapping

from db.models import Paper
from huajie_desktop.declared.facets import Form, Listing, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger


def check_paper(values: Values) -> Mapping[str, str]:
    """A paper does not come back before it was handed out."""
    handed, signed = values.get("handed_on"), values.get("signed_on")
    if handed and signed and signed < handed:
        return {"signed_on": f"签回日期不能早于发出日期（{handed.isoformat()}）"}
    return {}


PAPERS = Ledger(
    key="papers",
    title="文书登记",
    model=Paper,
    name="about",
    place="unit",
    shown=Listing(
        columns=("number", "kind", "about", "given_as", "handed_on", "sign_by", "signed_on", "signed_by"),
        filters=("kind",),
    ),
    form=Form(
        groups=(("签收", ("handed_on", "sign_by", "signed_on", "signed_by", "remarks")),),
    ),
    sheets=Sheets(
        identity=("number",),
    ),
    rules=Rules(
        check=check_paper,
    ),
)
