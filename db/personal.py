"""Numbers that mean one person wherever they stand: citizen ID numbers (GB 11643-1999) and mobile numbers."""

import re

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])(?:([0-9]{17}[0-9Xx])|(1[3-9][0-9]([ -]?)[0-9]{4}\3[0-9]{4}))(?![0-9A-Za-z])")


def check_digit(digits: str) -> str:
    """The last sign of a citizen ID number whose first 17 digits these are."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True)) % 11]


def hide_numbers(text: str) -> str:
    """A free text with the middle of every such number hidden; what only looks like an ID number by its length stays."""
    return _NUMBERS.sub(_hidden, text) if len(text) >= 11 else text


def _hidden(found: re.Match[str]) -> str:
    number = found[0]
    if found[1] and number[17].upper() != check_digit(number):
        return number
    return f"{number[:3]}****{number[-4:]}"
