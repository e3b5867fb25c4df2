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
    number, said = Decimal(found[1]), found[2] is not None
    if not said and bare and number == 1:  # all of it where the others are 0.8, a hundredth where they are 80
        return Share(1, f"“{text[:20]}”按1%读，请核对是不是100%")
    part = not said and 0 < number <= 1 and "." in text
    whole = int((number * 100 if part else number).to_integral_value(ROUND_HALF_UP))
    return Share(whole, f"“{text[:20]}”按{whole}%读，请核对" if part or number != whole else "")
