"""Shares in per cent as sheets hold them: 80%, 66.67%, and a bare 0.8, which a cell without a format leaves open."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from huajie_desktop.values.text import fold

_SHARE = re.compile(r"(\d{1,9}(?:\.\d+)?)(%)?")


class Share(NamedTuple):
    """A share in whole per cent and what is doubtful about it."""

    percent: int
    doubt: str = ""


def parse_share(text: str, *, bare: bool) -> Share | None:
    """Reads a share; `bare` says that it is the number of a cell and no text. None for what is no plain number."""
    found = _SHARE.fullmatch(fold(text))
    if not found:
        return None
    number, part = Decimal(found[1]), bare and not found[2]
    part = part and 0 < number <= 1  # of 1; a bare 1 is all of it more often than a hundredth
    whole = int((number * 100 if part else number).to_integral_value(ROUND_HALF_UP))
    sure = number == whole and not part
    return Share(whole, "" if sure else f"“{text[:20]}”按{whole}%读，请核对")
