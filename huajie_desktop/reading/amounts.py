"""Amounts that are far from all others of their file, or beyond all that is spent: 元 among 万元, or the other way."""

import re
from collections.abc import Sequence
from decimal import Decimal
from statistics import median_low

from db.fields import Kind
from huajie_desktop.declared.ledger import Ledger, once_each
from huajie_desktop.reading.read_record import WARNING, ReadRecord
from huajie_desktop.values.shown import in_unit

_FAR = 1000  # times more or less than is usual
_FEWEST = 3  # amounts, of which two say what is usual
_ENOUGH = 1000  # amounts that say what is usual in a long column
_MUCH, _TOO_MUCH = 10**8, 10**9  # 元; a bare number is doubted from here on where no unit is said, and where 万元 is
_SAID = re.compile("[万亿元]")


def check_amounts(records: Sequence[ReadRecord], ledger: Ledger) -> None:
    """Complains of amounts a thousand times as large or small as is usual in a file, whose tables alone may be small."""
    for key, place in _money_of(ledger):
        amounts = [float(amount) for record in records if (amount := record.slots[place])]
        unit = ledger.fields[key].unit
        if amounts and max(amounts) >= _MUCH and unit == "万元":
            _check_bare(records, key, place)
        if len(amounts) >= _FEWEST:
            _check_usual(records, key, place, amounts, unit)


def _check_usual(records: Sequence[ReadRecord], key: str, place: int, amounts: Sequence[float], unit: str) -> None:
    """Complains of amounts far from what is usual among these."""
    usual = median_low(amounts[:: len(amounts) // _ENOUGH + 1])
    low, high = usual / _FAR, usual * _FAR
    if low < min(amounts) and max(amounts) < high:
        return
    for record in records:
        amount = record.slots[place]
        if not amount or low < amount < high or any(issue.field == key for issue in record.issues):
            continue
        more = amount >= high
        times = float(amount) / usual if more else usual / float(amount)
        others = f"（别的多在{in_unit(Decimal(str(usual)), unit):f}{unit}上下）"
        record.complain(key, WARNING, f"比表里其他金额{'大' if more else '小'}{times:.0f}倍{others}，请核对单位是元还是万元")


def _check_bare(records: Sequence[ReadRecord], key: str, place: int) -> None:
    """Complains of bare numbers read as 万元 that come to more than a township spends: a whole column of 元 has no others."""
    for record in records:
        amount, text = record.slots[place], record.raw.get(key, "")
        stated = record.money_units.get(key, "")
        much = amount and stated in ("", "万元") and amount >= (_TOO_MUCH if stated else _MUCH)
        if much and not _SAID.search(text) and not any(issue.field == key for issue in record.issues):
            said = "" if stated else "没有写单位，"
            record.complain(key, WARNING, f"{said}“{text[:20]}”按{in_unit(amount, '万元'):f}万元读，请核对是不是元")


@once_each
def _money_of(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    return tuple((key, place) for key, place in ledger.places.items() if ledger.fields[key].kind == Kind.MONEY)
