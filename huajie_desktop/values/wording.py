"""How a deadline is shown in lists; `documents.content` words it in full for paper."""

from datetime import date


def due_words(due: date | None, precision: str | None, ongoing: bool, year: int) -> str:
    """The deadline in a list: 8-31, 8月底, 年底, 持续推进; with the year where it is not the campaign's `year`."""
    if ongoing:
        return "持续推进"
    if due is None:
        return ""
    before = "" if due.year == year else f"{due.year}年"
    match precision:
        case "year":
            return f"{before}年底" if not before else f"{before}底"
        case "month" | "quarter" | "half_year":
            return f"{before}{due.month}月底"
        case _:
            return f"{due.month}-{due.day}" if not before else due.isoformat()
