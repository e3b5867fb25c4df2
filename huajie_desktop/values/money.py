"""Amounts of money as clerks write them, read to 万元: 12.5, 约12.5万元, 125000元, 贰拾万元整."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import CHINESE_DIGITS, bracketed, chinese_number, fold, is_blank, with_points, without_brackets
from huajie_desktop.values.times_for_figures import says_time

FACTORS = {
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
    "千万元": Decimal(1000),
    "千万": Decimal(1000),
    "百万元": Decimal(100),
    "百万": Decimal(100),
    "万元": Decimal(1),
    "万": Decimal(1),
    "w": Decimal(1),
    "千元": Decimal("0.1"),
    "千": Decimal("0.1"),
    "百元": Decimal("0.01"),
    "元": Decimal("0.0001"),
    "块": Decimal("0.0001"),
    "圆": Decimal("0.0001"),
}
_UNIT = r"亿元?|千万元?|百万元?|万元?|w|千元?|百元|元|块|圆"
_AMOUNT = pattern(
    rf"(?P<sign>[-负])?(?P<yuan>¥)?(?P<number>\d+(?:\.\d+)?|\.\d+|[{CHINESE_DIGITS}]+)(?P<more>[余多])?(?P<unit>{_UNIT})?(?P<tail>整)?"
)
_D = f"[{CHINESE_DIGITS}]"
_CAPITALS = pattern(rf"(?:人民币:?)?(?:({_D}+)亿)?(?:({_D}+)万)?({_D}*)[元圆](?:[整正]|(?:零?({_D})角整?)?(?:零?({_D})分整?)?)")
_WORTH = (Decimal(10**8), Decimal(10**4), Decimal(1), Decimal("0.1"), Decimal("0.01"))  # of its groups, in 元
_RANGE = pattern(rf"\d(?:{_UNIT})?[-—–~至到]\d")
_APPROXIMATE = pattern(r"大?约|左右|大概|估算|预计|暂估|估计|上下")
_BOUND = pattern(r"以上|以下|以内|不超过|不少于|至少|不低于|最多|余|多万|多元|超过?")
_GROUPS = pattern(r"(?<=\d),(?=\d{3}(?:\D|$))")
_COMMA = pattern(r"(?<![\d.，,])(\d+)，(\d{1,2})(?![\d.，,])")  # the point of an input method in Chinese punctuation
_GAP = pattern(r"(?<=[\d.])\s+(?=\.?\d)")
_GROUPED = pattern(r"(?<![\d.])\d{1,3}(?:[^\S\n\r]\d{3})+(?!\d)(?!\s+\d)")  # 1 250 000
_SPOKEN = pattern(rf"([{CHINESE_DIGITS}]+)点([{CHINESE_DIGITS}]+)")
_FOREIGN = pattern(r"美元|美金|[$€£]|usd|hkd|港[币元]|欧元|eur|[日韩加澳台卢英][元币布镑]|jpy|gbp|外币")
_CURRENCY = pattern(r"(?:人民币|rmb|cny):?")
_CONDITION = pattern(r"待|未定|暂定|每|另|不含|不包括|取消|追加|增加|减少|调整|改为|原|/|[?]")
_LITTLE = Decimal("0.01")  # 万元; what is less is said in 万元 where somebody meant 元, or the other way
_ONE_WORD = pattern(rf"[\d.,'_:a-z]+(?:{_UNIT})?")  # 1e5, 12,5, 1.2.3: meant as one number
_MOST_SIGNED = 1000
_LIMIT = Decimal(10) ** 9  # 万元; more than any township spends, so a slip of the keyboard, and well within its column


class Money(NamedTuple):
    """An amount in 万元 (None: nothing said) and what is doubtful about it."""

    amount: Decimal | None
    doubt: str = ""


def parse_money(value: str | int | float | dt.date, unit: str = "") -> Money:
    """Reads an amount to 万元; `unit` is the header's (万元, 元; "" = not said, so 万元).

    Raises Unreadable for what is negative or a day.
    """
    if isinstance(value, dt.date):
        said = f"{value.month}-{value.day}"
        raise Unreadable(f"单元格里是日期（{said}），不是金额，可能被Excel改写了，请填写数字（万元）")
    if isinstance(value, (int, float)):
        return _scaled(repr(value), value, unit)
    if is_blank(value):
        return Money(None)
    raw = " ".join(value.split())
    grouped = _GROUPED.sub(lambda found: "".join(found[0].split()), value)
    if _GAP.search(grouped):
        return Money(None, f"“{raw[:20]}”的数字隔开了，看不出是一个数还是几个数，请填写总额（万元）")
    pointed = _COMMA.sub(r"\1.\2", with_points(grouped))
    text = _SPOKEN.sub(_in_figures, _GROUPS.sub("", fold(pointed).lstrip("'‘’").replace("−", "-")))
    if foreign := _FOREIGN.search(text):
        return Money(None, f"“{raw[:20]}”写的是{foreign[0]}，不是人民币，请折成人民币填写（万元）")
    if says_time(without_brackets(text)):
        raise Unreadable(f"“{raw[:20]}”是时间，不是金额，请填写数字（万元）")
    outside = without_brackets(text) + "".join(part for part in bracketed(text) if part in FACTORS)
    money = _from_text(raw, outside, unit)
    if money.amount is None or money.doubt:
        return money
    doubt = f"“{raw[:20]}”按{pointed.strip()[:20]}读，请核对金额" if _is_mended(value, pointed) else ""
    beside = _beside(bracketed(text))
    return money._replace(doubt=f"“{raw[:20]}”{beside}，{_reading(money.amount)}" if beside else doubt)


def _is_mended(value: str, pointed: str) -> bool:
    """Whether a figure was joined (1 250) or got its point (12，5) before it was read."""
    return _GROUPED.search(value) is not None or ("，" in value and "，" not in pointed)


def _beside(notes: list[str]) -> str:
    """What brackets say that may make an amount another one: a further number, 每年, 不含设计费; "" for nothing."""
    for note in notes:
        if re.search(r"\d", note):
            return "括号里还有数字"
        if note not in FACTORS and _CONDITION.search(note):
            return f"括号里写有“{note[:10]}”"
    return ""


def _in_figures(match: re.Match[str]) -> str:
    """十二点五 as 12.5; what is no number stays as it is."""
    whole, part = chinese_number(match[1]), [chinese_number(digit) for digit in match[2]]
    return f"{whole}.{''.join(map(str, part))}" if whole is not None and all(d is not None and d < 10 for d in part) else match[0]


def _scaled(text: str, number: float, unit: str) -> Money:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return Money(None, f"“{text}”读不出金额，请填写数字（万元）")
    if not amount.is_finite() or abs(amount) * FACTORS.get(unit, Decimal(1)) > _LIMIT:
        return Money(None, f"“{text[:20]}”太大，请核对金额（万元）")
    if number < 0:
        raise Unreadable(f"投资不能是负数（{_plain(amount)}），请填写正确的金额（万元）")
    if not unit and amount >= 10000:
        return Money(_tidy(amount), f"没有写单位，{_plain(amount)}按万元读，请核对是不是元")
    return Money(_tidy(amount * FACTORS.get(unit, Decimal(1))))


def _tidy(amount: Decimal) -> Decimal:
    """Exact value without trailing zeros and without an exponent."""
    return amount.normalize() + Decimal(0)


def _plain(amount: Decimal) -> str:
    return format(_tidy(amount), "f")


def _from_text(raw: str, text: str, unit: str) -> Money:
    unread = Money(None, f"“{raw[:20]}”读不出金额，请填写一个数字（万元）")
    if _RANGE.search(text):
        return unread._replace(doubt=f"“{raw[:20]}”是一个范围，请填写一个数字（万元）")
    if whole := _CAPITALS.fullmatch(text):  # 壹拾万柒仟元零伍角叁分: one amount, in as many words as it takes
        return _in_capitals(raw, whole)
    bare = _CURRENCY.sub("", _APPROXIMATE.sub("", text))
    amounts = [m for m in _AMOUNT.finditer(bare) if _number(m) is not None]
    if not amounts or "%" in bare:
        return unread
    exact = _AMOUNT.fullmatch(bare)
    chosen = exact or _choose(bare, amounts)
    if chosen is None:
        return unread._replace(doubt=_why_unread(raw, bare))
    if chosen["sign"] and (exact or chosen.start() == 0):
        raise Unreadable(f"投资不能是负数（“{raw[:20]}”），请填写正确的金额（万元）")
    money = _amount(chosen, unit)
    sure = exact and not chosen["more"]
    return money if sure or money.doubt else money._replace(doubt=_why(raw, bare, chosen, money.amount))


def _in_capitals(raw: str, match: re.Match[str]) -> Money:
    parts = [chinese_number(group or "零") for group in match.groups()]
    if None in parts:
        return Money(None, f"“{raw[:20]}”读不出金额，请填写一个数字（万元）")
    yuan = sum((Decimal(part or 0) * worth for part, worth in zip(parts, _WORTH, strict=True)), Decimal(0))
    return Money(_tidy(yuan * FACTORS["元"]))


def _why_unread(raw: str, text: str) -> str:
    if _ONE_WORD.fullmatch(text):
        return f"看不懂“{raw[:20]}”这个数，请填写一个数字（万元）"
    return f"“{raw[:20]}”里有几个金额，请填写总额（万元）"


def _why(raw: str, text: str, chosen: re.Match[str], amount: Decimal | None) -> str:
    inexact = "不是准确数，" if chosen["more"] or _BOUND.search(text) else ""
    return f"“{raw[:20]}”{inexact}{_reading(amount)}"


def _reading(amount: Decimal | None) -> str:
    return f"按{_plain(amount or Decimal(0))}万元读，请核对金额"


def _number(match: re.Match[str]) -> Decimal | None:
    word = match["number"]
    if word[0].isascii():
        return Decimal(word)
    number = chinese_number(word)
    return None if number is None or not (match["unit"] or match["tail"]) else Decimal(number)


def _choose(text: str, amounts: list[re.Match[str]]) -> re.Match[str] | None:
    """The one amount that counts among several: the result of a sum, the total, or the only one with a unit."""
    if len(amounts) == 1:
        return amounts[0]
    if "=" in text:
        return amounts[-1]
    if re.match(r"总|共|合计|投资", text):
        return amounts[0]
    return None


def _amount(match: re.Match[str], unit: str) -> Money:
    number = _number(match)
    assert number is not None
    if match["yuan"] and not match["unit"] and unit not in ("", "元"):
        return _signed(match[0], number, unit)
    own = match["unit"] or ("元" if match["yuan"] else "")
    if not own:
        return _scaled(str(number), float(number), unit)
    amount = number * FACTORS[own]
    if amount > _LIMIT:
        return Money(None, f"“{match[0]}”太大，请核对金额（万元）")
    unsure = unit != "元" and (own == "千" or Decimal(0) < amount < _LITTLE)
    return Money(_tidy(amount), f"“{match[0]}”{_reading(amount)}" if unsure else "")


def _signed(raw: str, number: Decimal, unit: str) -> Money:
    """¥ in a column of 万元 is a format as often as a unit: what no village spends in 万元 is 元, a small sum is doubted."""
    if number >= _MOST_SIGNED:
        return _scaled(str(number), float(number), "元")
    return _scaled(str(number), float(number), unit)._replace(doubt=f"“{raw[:20]}”写了¥，按{_plain(number)}{unit}读，请核对金额")
