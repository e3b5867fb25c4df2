"""How a deadline is shown: short in lists, in full on paper."""

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


def due_in_full(due: date | None, precision: str | None, ongoing: bool) -> str:
    """The deadline on paper: 2021年8月31日前, 2021年8月底前, 2021年底前, 全年持续推进."""
    if ongoing:
        return "全年持续推进"
    if due is None:
        return ""
    match precision:
        case "year":
            return f"{due.year}年底前"
        case "month" | "quarter" | "half_year":
            return f"{due.year}年{due.month}月底前"
        case _:
            return f"{due.year}年{due.month}月{due.day}日前"
