"""Sums typed where an amount belongs: 3+4.5, 12*8, (3+4)×2, 1200/4, 3万+5000元; read sign by sign, nothing is run.

A sheet holds what its own program worked out, so none is read there.
"""

import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import NamedTuple

from huajie_desktop.values.money import FACTORS
from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.text import fold, with_points
from huajie_desktop.values.times_for_figures import reads_as_day

_LONGEST = 100  # characters
_SIGNS = str.maketrans("×x✕·÷−—–", "***·/---")
_TOKEN = pattern(r"(?P<number>\d+(?:\.\d+)?|\.\d+)(?P<unit>[^\d\s.+\-*/()]{0,3})|(?P<sign>[+\-*/()])")
_GROUPS = pattern(r"(?<=\d),(?=\d{3}(?:\D|$))")
_OPERATOR = pattern(r"[+\-*/]")
_FINEST = Decimal("0.000001")
_PLACES = {"万元": _FINEST, "元": Decimal("0.01")}  # to 分


class _Term(NamedTuple):
    """An amount, with a unit of its own or a bare number."""

    amount: Decimal
    united: bool


class _NoSum(Exception):
    """The text is no sum that can be understood."""


def worked_out(text: str, unit: str) -> str | None:
    """What a typed sum comes to, as a number of the field's `unit` (万元, 元, 人); None for what is no sum, or none for sure.

    A figure that may as well be a day (8/15, 12-8) is none, unless = stands before it.
    """
    said = fold(unicodedata.normalize("NFKC", with_points(text))).translate(_SIGNS)
    asked = said.startswith("=")
    said = _GROUPS.sub("", said.strip("="))
    if len(said) > _LONGEST or not _OPERATOR.search(said) or (not asked and reads_as_day(said)):
        return None
    try:
        amount = _Sum(said, unit).value().amount.quantize(_PLACES.get(unit, _FINEST), ROUND_HALF_UP)
    except (_NoSum, InvalidOperation, DivisionByZero):  # no sum, by nothing, or too long a figure
        return None
    return None if amount < 0 else f"{amount.normalize() + Decimal(0):f}"


class _Sum:
    """Reads a sum: terms of factors, brackets first; without recursion deeper than its brackets."""

    def __init__(self, said: str, unit: str) -> None:
        self._units = _units(unit)
        self._tokens = list[_Term | str]()
        place = 0
        while place < len(said):
            found = _TOKEN.match(said, place)
            if found is None:
                raise _NoSum
            self._tokens.append(found["sign"] or self._term(found["number"], found["unit"]))
            place = found.end()
        self._place = 0

    def value(self) -> _Term:
        """What all of it comes to. Raises _NoSum, InvalidOperation, DivisionByZero."""
        found = self._added()
        if self._place < len(self._tokens):
            raise _NoSum
        return found

    def _term(self, number: str, unit: str) -> _Term:
        if unit not in self._units:
            raise _NoSum
        return _Term(Decimal(number) * self._units[unit], bool(unit))

    def _sign(self, signs: str) -> str:
        """The next sign if it is one of these, and goes past it."""
        token = self._tokens[self._place] if self._place < len(self._tokens) else ""
        if not isinstance(token, str) or not token or token not in signs:
            return ""
        self._place += 1
        return token

    def _added(self) -> _Term:
        found = self._multiplied()
        while sign := self._sign("+-"):
            more = self._multiplied()
            if more.united != found.united:  # 3万+5000: of what?
                raise _NoSum
            found = _Term(found.amount + (more.amount if sign == "+" else -more.amount), found.united)
        return found

    def _multiplied(self) -> _Term:
        found = self._single()
        while sign := self._sign("*/"):
            by = self._single()
            if by.united and (found.united or sign == "/"):
                raise _NoSum
            amount = found.amount * by.amount if sign == "*" else found.amount / by.amount
            found = _Term(amount, found.united or by.united)
        return found

    def _single(self) -> _Term:
        if self._sign("("):
            found = self._added()
            if not self._sign(")"):
                raise _NoSum
            return found
        token = self._tokens[self._place] if self._place < len(self._tokens) else ""
        if isinstance(token, str):
            raise _NoSum
        self._place += 1
        return token


def _units(unit: str) -> Mapping[str, Decimal]:
    """What a number may stand in, in the field's unit."""
    if unit in _PLACES:
        return {"": Decimal(1)} | {word: factor / FACTORS[unit] for word, factor in FACTORS.items() if word != "w"}
    return {"": Decimal(1), unit: Decimal(1)}
