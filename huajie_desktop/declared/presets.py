"""What the program fills in where a declaration says 今天 or 本月: words of the day on which it is filled in."""

from collections.abc import Mapping
from datetime import date

TODAY, THIS_MONTH = "今天", "本月"


def filled_in(texts: Mapping[str, str], today: date) -> dict[str, str]:
    """The declared texts by key, with the day and month they stand for: 2021-03-10, 3月."""
    words = {TODAY: today.isoformat(), THIS_MONTH: f"{today.month}月"}
    return {key: words.get(text, text) for key, text in texts.items()}
