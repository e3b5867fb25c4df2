"""Money by its source, planned and spent, as clerks write it: 镇补 5万 实际 3万; 镇补5万,村自筹3万."""

import re
from decimal import Decimal
from typing import NamedTuple

from huajie_desktop.values.money import parse_money
from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.quantities import CUT
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import trim, with_points

_PARTS = pattern(r"[、，；;\n+＋]+|,(?!\d{3}(?!\d))")
_AMOUNT = r"[约¥￥]?\s*\d[\d,]*(?:\.\d+)?\s*[余多]?\s*(?:亿|千万|百万|万|千)?(?:元|块)?(?:左右)?"
_LINE = pattern(
    rf"(?P<source>.*?)\s*(?:[:：(（]?\s*(?:计划\s*)?(?P<planned>{_AMOUNT})\s*[)）]?)?"
    rf"(?:\s*[(（]?\s*(?:实际|实到|已?到位|已用|实付|已?支出)\s*[:：]?\s*(?P<actual>{_AMOUNT})\s*[)）]?)?"
)
_TWO = pattern(
    r"\d\s*[余多]?\s*(?:亿|千万|百万|万|千|元|块)|(?<![A-Za-z\d.])(?!20\d\d$)\d[\d.]*$"
)  # in a source: a second amount
_APART = pattern(rf"\D+{_AMOUNT}")
_WAN = Decimal(10000)
_SOURCE = 40  # characters


class Source(NamedTuple):
    """One source of money with what is planned and what was spent, in 元."""

    name: str
    planned: Decimal | None = None
    actual: Decimal | None = None

    @property
    def words(self) -> str:
        """As a clerk types it; read back it is the same."""
        parts = [self.name]
        if self.planned is not None:
            parts.append(_in_wan(self.planned))
        if self.actual is not None:
            parts.append(f"实际 {_in_wan(self.actual)}")
        return " ".join(parts)


class Sources(NamedTuple):
    """The sources in the order written, and what is doubtful about them."""

    items: tuple[Source, ...]
    doubt: str = ""


def parse_funding(text: str) -> Sources:
    """Reads sources with their amounts (万元 where no unit is said). Raises Unreadable: no source, no amount."""
    items: list[Source] = []
    doubt = ""
    for part in _parts(text):
        found = _LINE.fullmatch(part)
        name = trim(found["source"]) if found else part
        planned, doubt = _amount(found["planned"] if found else None, doubt)
        actual, doubt = _amount(found["actual"] if found else None, doubt)
        if not name and items and planned is None and items[-1].actual is None:  # 镇补5万，实际3万
            items[-1] = items[-1]._replace(actual=actual)
            continue
        _refuse_unclear(part, name, amounts=(planned, actual))
        items.append(Source(name, planned, actual))
        if planned is None and actual is None and re.search(r"\d", name):
            doubt = doubt or f"“{part[:20]}”里没有读出金额，请核对"
    return Sources(tuple(items), doubt)


def _parts(text: str) -> list[str]:
    """The sources apart; a blank parts them where an amount stands on both sides of it: 镇补5万 村自筹3万."""
    parts = list[str]()
    for part in filter(None, map(trim, _PARTS.split(with_points(text)))):
        pieces = part.split()
        named = all(_APART.fullmatch(piece) and not re.match("实|到位|已|计划|支出", piece) for piece in pieces)
        parts += pieces if named else [part]
    return parts


def _refuse_unclear(part: str, name: str, amounts: tuple[Decimal | None, ...]) -> None:
    if not name:
        raise Unreadable(f"“{part[:20]}”没有写资金从哪里来，请写成 镇补 5万")
    if len(name) > _SOURCE:
        raise Unreadable(f"“{part[:20]}…”太长，请写成 镇补 5万，每个来源一行")
    if any(amount is not None for amount in amounts) and _TWO.search(name):
        raise Unreadable(f"“{part[:20]}”里有几个金额，请用、分开，如 镇补5万、自筹3万")
    if any(amount is not None for amount in amounts) and CUT.search(name):
        raise Unreadable(f"“{part[:20]}”的金额读不出来，请写一个数，如 镇补 5万")


def _amount(text: str | None, doubt: str) -> tuple[Decimal | None, str]:
    if text is None:
        return None, doubt
    money = parse_money(text)
    if money.amount is None:
        raise Unreadable(money.doubt)
    return money.amount * _WAN, doubt or money.doubt


def _in_wan(yuan: Decimal) -> str:
    return f"{(yuan / _WAN).normalize() + Decimal(0):f}万"
