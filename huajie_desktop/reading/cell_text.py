"""A raw cell as the parsers take it and as the eye sees it, and what reading one gives."""

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from huajie_desktop.reading.raw import DATE, ERROR, UNCACHED, Cell
from huajie_desktop.values.reading import Unreadable

FORMULA_ERROR = "公式出错（{}），没有读到内容，请直接填写"
NO_RESULT = "公式没有算出结果，请用 Excel 打开后保存一次，或直接填写"


class Outcome(NamedTuple):
    """A value and the doubt (or fault) about it; severity "" means none."""

    value: Any
    severity: str = ""
    message: str = ""


def plain(cell: Cell) -> str | int | float | dt.date:
    """A raw cell as the parsers take it. Raises Unreadable for a formula error or a formula without a result."""
    if cell.__class__ is not str:
        return ("是" if cell else "否") if isinstance(cell, bool) else "" if cell is None else cell
    text = str(cell)
    if not text.startswith("\0"):
        return text
    if text.startswith(ERROR):
        raise Unreadable(FORMULA_ERROR.format(text[2:22]))
    if text.startswith(UNCACHED):
        raise Unreadable(NO_RESULT)
    if text.startswith(DATE):
        try:
            return dt.datetime.fromisoformat(text[2:]) if "T" in text else dt.date.fromisoformat(text[2:])
        except ValueError:
            pass
    return text[2:]


def show(cell: Cell) -> str:
    """A raw cell as text for the eye: numbers without a needless .0, dates as 2021-08-31, errors as #REF!."""
    if cell.__class__ is str:
        text = str(cell)
        return text if not text.startswith("\0") else "公式无结果" if text.startswith(UNCACHED) else text[2:].replace("T", " ")
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    assert isinstance(cell, (int, float))
    said = repr(cell or 0)  # -0.0 as 0
    if not abs(cell) < 1e15 or cell.__class__ is int:
        return said
    return said[:-2] if said.endswith(".0") else format(Decimal(said), "f") if "e" in said else said
