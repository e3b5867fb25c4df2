"""Shares in per cent: 80%, 66.67%, 完成80%, 八成, 百分之八十, and a bare 0.8, which a cell without a format leaves open."""

from decimal import ROUND_HALF_UP, Decimal

from huajie_desktop.values.numbers import INEXACT, NUMBER, Count, one_number, refuse_too_large, whole
from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import chinese_number
from huajie_desktop.values.times_for_figures import says_time

_PLAIN = pattern(r"(\d{1,9}(?:\.\d+)?)(%)?")
_WORDED = pattern(
    rf"(?:已?(?:完成|到位|达到?|进度|完成率|形象|推进到?|总)*:?)?(?P<about>大?约|近|[超逾]过?)?(?P<words>百分之)?{NUMBER}(?P<sign>%)?(?P<more>{INEXACT})?"
)
_TENTHS = pattern(r"(?:已?完成|大?约|近|超)*([一二两三四五六七八九])成(半)?(?:左右|以上|多)?")


def parse_share(text: str, label: str, *, bare: bool = False) -> Count:
    """Reads a share in whole per cent; `bare` says that it is the number of a cell and no text.

    `label` is what messages call it. Raises Unreadable for anything else.
    """
    raw, word = one_number(text, label)
    if found := _PLAIN.fullmatch(word):
        return _plain(raw, Decimal(found[1]), said=found[2] is not None, bare=bare)
    if says_time(word):
        raise Unreadable(f"“{raw}”是时间，不是比例，{label}请写一个整数")
    share = _worded(raw, word, label)
    refuse_too_large(raw, share, label)
    return share


def _plain(raw: str, number: Decimal, *, said: bool, bare: bool) -> Count:
    part = not said and 0 < number <= 1 and "." in raw
    if not said and number == 1 and (bare or not part):  # all of it where the others are 0.8, a hundredth where they are 80
        return Count(1, f"“{raw}”按1%读，请核对是不是100%")
    percent = int((number * 100 if part else number).to_integral_value(ROUND_HALF_UP))
    return Count(percent, f"“{raw}”按{percent}%读，请核对" if part or number != percent else "")


def _worded(raw: str, word: str, label: str) -> Count:
    if tenths := _TENTHS.fullmatch(word):
        share = (chinese_number(tenths[1]) or 0) * 10 + (5 if tenths[2] else 0)
        return Count(share, f"“{raw}”按{share}%读，请核对{label}")
    found = _WORDED.fullmatch(word)
    if found is None:
        raise Unreadable(f"“{raw}”不是数字，{label}请写一个整数")
    number = whole(found["number"])
    if number is None:
        raise Unreadable(f"“{raw}”不是整数，{label}请写一个整数")
    if found["about"] or found["more"]:
        return Count(number, f"“{raw}”不是准确数，按{number}%读，请核对{label}")
    signed = found["sign"] or found["words"]
    return Count(number, f"“{raw}”按1%读，请核对是不是100%" if number == 1 and not signed else "")
