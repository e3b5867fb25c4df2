"""What is to be built, counted, as clerks write it: 路灯12盏、绿道1.5公里."""

import re
from decimal import Decimal
from typing import NamedTuple

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import CHINESE_DIGITS, chinese_number, trim, with_points

_PARTS = pattern(r"[、，；;\n]+|,(?!\d{3}(?!\d))")
_WIDTHS = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0E)} | {0x3000: " "}  # digits typed at full width
_MEASURES = "盏|公里|千米|平方米|立方米|米|个|座|处|条|块|亩|户|人|台|套|间|次|场|期|项|株|棵|吨|家|只|根|辆|支|名|村|所"
_COUNTED = pattern(
    r"(?P<name>.*?)[:：\s]*(?P<about>约|近)?\s*(?P<amount>\d[\d,]*(?:\.\d+)?)\s*(?P<more>余|多)?\s*(?P<unit>[^\d\s.,:：][^\d]*)"
)
_SPELLED = pattern(rf"(?P<name>.*?)(?P<about>约|近)?(?P<amount>[{CHINESE_DIGITS}]+)(?P<more>余|多)?(?P<unit>{_MEASURES})")
CUT = pattern(
    r"\d\s*(?:[^\w\s（()）]+|[eE]|至|到)\s*$|[-−－负]\s*$"
)  # 10- before 20, 12.. before 5: half of a number nobody can read
_ABOUT = pattern(r"(?:左右|上下|以上|以下|以内|[余多])$")
_AGAIN = pattern(rf"(?<=\d)(?P<unit>\s*(?:{_MEASURES}))\s*[(（][^()（）]*\d[^()（）]*[)）]$")  # 12盏(其中太阳能5盏)
_TWO = pattern(rf"\d\s*(?:{_MEASURES})|(?<![A-Za-z\d.])\d[\d.]*$")  # in a name: a second thing counted, or half of a number
_LARGEST = Decimal(10) ** 12
_NAME, _UNIT = 40, 20  # characters


class Quantity(NamedTuple):
    """One thing counted: 路灯, 12, 盏; up to three decimals."""

    name: str
    amount: Decimal
    unit: str

    @property
    def words(self) -> str:
        """As a clerk types it; read back it is the same."""
        between = " " if self.name[-1:].isdigit() else ""
        return f"{self.name}{between}{self.amount.normalize() + Decimal(0):f}{self.unit}"


class Quantities(NamedTuple):
    """The things counted in the order written, and what is doubtful about them."""

    items: tuple[Quantity, ...]
    doubt: str = ""


def parse_quantities(text: str) -> Quantities:
    """Reads things with their numbers and units. Raises Unreadable for a part without a number or unit."""
    items, doubt = [], ""
    for whole in filter(None, map(trim, _PARTS.split(with_points(text).translate(_WIDTHS)))):
        part = _AGAIN.sub(r"\g<unit>", whole)
        found = _COUNTED.fullmatch(part) or _SPELLED.fullmatch(part)
        if found is None:
            raise Unreadable(f"“{part[:20]}”里没有数量或单位，请写成 路灯12盏")
        items.append(_quantity(part, found))
        if found["about"] or found["more"] or _ABOUT.search(found["unit"].rstrip()):
            doubt = doubt or f"“{part[:20]}”不是准确数，按{items[-1].words}读，请核对数量"
        elif part != whole or _TWO.search(items[-1].name):
            doubt = doubt or f"“{whole[:20]}”里有几个数，按{items[-1].words}读，请核对数量"
    return Quantities(tuple(items), doubt)


def _quantity(part: str, found: re.Match[str]) -> Quantity:
    spelled = chinese_number(found["amount"])
    amount = Decimal(found["amount"].replace(",", "")) if spelled is None or found["amount"][0].isdigit() else Decimal(spelled)
    name, unit = trim(found["name"]).rstrip("（("), _ABOUT.sub("", trim(found["unit"]).rstrip("）)")) or found["unit"]
    if len(name) > _NAME or len(unit) > _UNIT:
        raise Unreadable(f"“{part[:20]}…”太长，请写成 路灯12盏，几样用、分开")
    if CUT.search(name) or not (unit[0].isalpha() or unit[0] in "㎡%°"):
        raise Unreadable(f"“{part[:20]}”的数量读不出来，请写一个数，如 路灯12盏")
    if amount > _LARGEST:
        raise Unreadable(f"“{part[:20]}”的数量太大，请核对")
    if amount != amount.quantize(Decimal("0.001")):
        raise Unreadable(f"“{part[:20]}”的数量请核对：最多三位小数")
    return Quantity(name, amount, unit)
