"""The months looked at: from one to another, or the whole year."""

from collections.abc import Mapping

from huajie_desktop.records.indicators import Period
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip

FIRST, LAST = "first_month", "last_month"  # keys of the two chips


def month_chips() -> dict[str, Chip]:
    """Two filters, from which month and up to which."""
    chips = {FIRST: Chip("起月"), LAST: Chip("止月")}
    for chip in chips.values():
        chip.set_choices([Choice(month, f"{month}月") for month in range(1, 13)])
    return chips


def period_of(values: Mapping[str, object], year: int) -> Period | None:
    """The months chosen in that year, in whichever order; None where nothing is chosen."""
    first, last = values.get(FIRST), values.get(LAST)
    if first is None and last is None:
        return None
    months = sorted((int(str(first or 1)), int(str(last or 12))))
    return Period.of(year, *months)
