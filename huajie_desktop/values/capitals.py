"""Amounts and days in capitals, as receipts and solemn texts want them.

Source: 支付结算办法 annex 1 (正确填写票据和结算凭证的基本规定).
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_PLAIN = "〇一二三四五六七八九"
_LARGEST = Decimal(10) ** 16
_CENT = Decimal("0.01")


def amount_in_capitals(amount: Decimal) -> str:
    """壹仟肆佰零玖元伍角 for 1409.50 (元, rounded to 分): 整 after 元 alone. Raises ValueError from 10^16 on."""
    cents = abs(amount).quantize(_CENT, ROUND_HALF_UP)
    if cents >= _LARGEST:
        raise ValueError(f"{amount} 元太大，写不成大写")
    whole, part = divmod(int(cents * 100), 100)
    sign = "负" if amount < 0 and cents else ""
    yuan = f"{_whole(whole)}元" if whole or not part else ""
    return sign + yuan + _part(part, whole)


def currency_in_capitals(amount: Decimal) -> str:
    """The same behind 人民币, without a gap, so that nothing can be written between."""
    return f"人民币{amount_in_capitals(amount)}"


def day_in_capitals(day: date) -> str:
    """二〇二一年二月二十五日, with 〇 and not 零."""
    year = "".join(_PLAIN[int(digit)] for digit in str(day.year))
    return f"{year}年{_counted(day.month)}月{_counted(day.day)}日"


def _whole(number: int) -> str:
    """A whole number in groups of four digits; one 零 stands for any run of zeros between digits."""
    if number == 0:
        return "零"
    words, gap, group = "", False, 0
    while number:
        number, four = divmod(number, 10000)
        if four:
            words = _four(four) + _GROUPS[group] + ("零" if gap and words else "") + words
        gap = four < 1000 if four else gap or bool(words)
        group += 1
    return words


def _four(number: int) -> str:
    words, gap = "", False
    for place in range(4):
        number, digit = divmod(number, 10)
        if digit:
            words = _DIGITS[digit] + _PLACES[place] + ("零" if gap and words else "") + words
        gap = digit == 0
    return words


def _part(part: int, whole: int) -> str:
    """角 and 分 behind that many whole 元; 零 stands where a digit between them is nothing: 元零玖分, 拾元零伍角."""
    if not part:
        return "整"
    jiao, fen = divmod(part, 10)
    gap = "零" if whole and (not jiao or whole % 10 == 0) else ""
    return gap + (f"{_DIGITS[jiao]}角" if jiao else "") + (f"{_DIGITS[fen]}分" if fen else "")


def _counted(number: int) -> str:
    """一 to 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_PLAIN[tens]}十") + (_PLAIN[ones] if ones else "")
