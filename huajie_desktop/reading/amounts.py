"""Amounts that are far from all others of their file: 元 among 万元, or the other way. No cell alone shows that."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median_low

from db.fields import Kind
from huajie_desktop.declared.ledger import Ledger, once_each
from huajie_desktop.reading.read_record import WARNING, ReadRecord
from huajie_desktop.values.shown import in_unit

_FAR = 1000  # times more or less than is usual
_FEWEST = 4  # amounts, of which three say what is usual
_ENOUGH = 1000  # amounts that say what is usual in a long column


def check_amounts(records: Sequence[ReadRecord], ledger: Ledger) -> None:
    """Complains of amounts a thousand times as large or small as is usual in a file, whose tables alone may be small."""
    for key, place in _money_of(ledger):
        amounts = [float(amount) for record in records if (amount := record.slots[place])]
        if len(amounts) < _FEWEST:
            continue
        usual = median_low(amounts[:: len(amounts) // _ENOUGH + 1])
        low, high = usual / _FAR, usual * _FAR
        if low < min(amounts) and max(amounts) < high:
            continue
        unit = ledger.fields[key].unit
        for record in records:
            amount = record.slots[place]
            if not amount or low < amount < high or any(issue.field == key for issue in record.issues):
                continue
            more = amount >= high
            times = float(amount) / usual if more else usual / float(amount)
            others = f"（别的多在{in_unit(Decimal(str(usual)), unit):f}{unit}上下）"
            record.complain(key, WARNING, f"比表里其他金额{'大' if more else '小'}{times:.0f}倍{others}，请核对单位是元还是万元")


@once_each
def _money_of(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    return tuple((key, place) for key, place in ledger.places.items() if ledger.fields[key].kind == Kind.MONEY)
