"""Times that were typed or landed where an amount or a count belongs: 8月底前, 三季度, 8/15. They are no figures."""

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.text import fold

_TIME = pattern(r"\d[年月日号]|[一二三四五六七八九十]月|[年月季][底末初中]|季度|[上中下]旬|半年|全年|[今明后昨]天|元旦|国庆")
_MONEY = pattern(r"[万亿元圆块百千¥]")
_DAY = pattern(r"(\d{1,4})([./-])(\d{1,2})(?:\2(\d{1,2}))?")
_YEARS = range(2000, 2050)


def says_time(folded: str) -> bool:
    """Whether a folded text says when (8月底前, 三季度, 2021年) and nothing of money."""
    return _TIME.search(folded) is not None and not _MONEY.search(folded)


def reads_as_day(text: str) -> bool:
    """Whether figures may as well be a day or a month: 8/15, 12-8, 2021.8, 2021-03-01."""
    found = _DAY.fullmatch(fold(text))
    if found is None:
        return False
    first, sign, second, third = int(found[1]), found[2], int(found[3]), found[4]
    if first in _YEARS:
        return 1 <= second <= 12 and (third is None or 1 <= int(third) <= 31)
    return sign != "." and third is None and 1 <= first <= 12 and 1 <= second <= 31
