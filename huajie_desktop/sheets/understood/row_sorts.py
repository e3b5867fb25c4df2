"""Tells what a row of a table is: a record, or a total, section, note, signature, repeated header, example."""

import re
from itertools import pairwise

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.raw import Cell
from huajie_desktop.values.categories import looks_like_section
from huajie_desktop.values.text import fold, is_blank, without_brackets

TOTAL, SECTION, NOTE, SIGNATURE, REPEATED, EXAMPLE, NUMBERS, UNFILLED, FURTHER, EMPTIED, UNSAID = (
    "合计",
    "章节",
    "说明",
    "签名",
    "重复表头",
    "示例",
    "列号",
    "只有序号",
    "合并行",
    "整行清空",
    "没有填写",
)
_TOTAL = re.compile(
    r"(?:本页|本类|本村|本表|全镇|全村|全年|分类|以上|各村)?(?:小计|合计|总计|共计|累计|总和)(?:[:：].*|\d.*|共.*|[(].*)?"
)
_COUNTED = re.compile(r".{0,8}(?:小计|合计|总计)")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填写说明|填报要求|填表要求|附注|注意|注意事项|提示|要求|温馨提示)\d?[:：、.,].*|[※*★].*|以下空白.*|(?:填表|填报|填写)(?:说明|须知).*|注\d.*"
)
_SIGNATURE = re.compile(
    r".{0,12}(?:填表|填报|审核|制表|经办|审批|分管|单位负责|村书记|书记|主任|负责|签字|签名|签章|盖章|联系|报送|上报|填写|复核|编制|日期|时间|电话|统计|监督|承诺)(?:人|领导|电话|日期|时间|单位)?(?:签名|签字|签章|盖章)?[:：].*"
)
_EXAMPLE = re.compile(r"(?:填写)?(?:示例|样例|举例|范例|例|例如|样表)(?:[:：].*|\d*)?")
_EXAMPLE_NAMED = re.compile(r"[(\[【](?:填写)?(?:示例|样例|举例|范例|例)[)\]】].*|(?:填写)?(?:示例|样例|范例|例)[:：].*")
_COLUMN_NUMBER = re.compile(r"[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-z])[)]?")
_LABEL = re.compile(
    r".{0,6}(?:(?:填表|填报|审核|制表|经办|审批|复核|编制|上报)人|电话|签字|签名|签章|盖章|(?:填表|填报|上报)(?:日期|时间)):?"
)
_NUMERAL = re.compile(r"[(]?第?[一二三四五六七八九十]{1,3}(?:[)]|部分)?[、.]?")
_COUNT = re.compile(r"共?计?\d{1,4}[项件个条]")
_DAY = re.compile(r"20\d\d年\d{0,2}月\d{0,2}日|20\d\d[-./]\d{1,2}[-./]\d{1,2}")
_NAME = re.compile(r"(?![以续附第])[\u4e00-\u9fff]{2,8}")
STARTS = frozenset("合小总共累本注备说填审制一二三四五六七八九十(（第※*★示例样举联负附以温提要分全各签盖村书主报上经单【[")


def is_total(texts: list[str]) -> bool:
    """Whether one of the first filled cells says 小计, 合计, 总计."""
    words = [fold(text) for text in texts[:3]]
    if any(_TOTAL.fullmatch(word) for word in words[:2]):
        return True
    return bool(words) and _COUNTED.fullmatch(words[0]) is not None and (len(texts) < 4 or any(_is_number(t) for t in texts))


def is_note(texts: list[str], in_notes: bool) -> bool:
    """Whether a row is a note: 注:…, ※…, or a line that follows one."""
    if _NOTE.fullmatch(re.sub(r"\s+", "", fold(texts[0]))) and len(texts) <= 2:
        return True
    return in_notes and len(texts) == 1


def is_signature(texts: list[str]) -> bool:
    """Whether a row is the footer with 填表人: 审核人: 联系电话:, or these words and what they name in cells side by side."""
    words = [fold(text) for text in texts]
    marked = sum(1 for word in words if _SIGNATURE.fullmatch(without_brackets(word)) or _SIGNATURE.fullmatch(word))
    if _LABEL.fullmatch(without_brackets(words[0])) and len(words) % 2 == 0 and len(words[0]) < 12:
        return all(_LABEL.fullmatch(without_brackets(word)) for word in words[2::2])
    return marked > 0 and marked * 2 >= len(words) and len(words[0]) <= 120


def is_example(texts: list[str]) -> bool:
    """Whether a row only shows how to fill in the table."""
    return _EXAMPLE.fullmatch(without_brackets(fold(texts[0])) or fold(texts[0]).strip("()")) is not None


def names_example(text: str) -> bool:
    """Whether the name of a record says that it only shows how to fill in the table: （示例）村道硬化."""
    return _EXAMPLE_NAMED.fullmatch(fold(text)) is not None


def is_numbering(texts: list[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3) or 1 2 3."""
    words = [fold(text).strip("()") for text in texts]
    if len(words) < 3 or not all(_COLUMN_NUMBER.fullmatch(word) for word in words):
        return False
    numbers = [int(word) for word in words if word.isdigit()]
    return not numbers or (len(numbers) == len(words) and all(one < other for one, other in pairwise(numbers)))


def is_section(texts: list[str], first: str) -> bool:
    """Whether a row is a heading of its own: one text, numbered like 一、 or (二)."""
    return len(set(map(fold, texts))) == 1 and looks_like_section(first)


def is_numeral(text: str) -> bool:
    """Whether a serial cell numbers a heading: 一, (二), 三、."""
    return _NUMERAL.fullmatch(fold(text)) is not None


def is_count(text: str, money: bool) -> bool:
    """Whether a cell beside a heading only counts or sums up what stands below: 共3项, and 71.7 in the column of money."""
    return _COUNT.fullmatch(fold(text)) is not None or (money and _is_number(text)) or is_blank(text)


def is_full_day(text: str) -> bool:
    """Whether a text is a day with its year, also with blanks to be filled in by hand: 2021年2月20日, 2021年 月 日."""
    return _DAY.fullmatch(fold(text)) is not None


def is_short_name(text: str) -> bool:
    """Whether a line may be the bare name of a category: a few Chinese characters and no punctuation."""
    return _NAME.fullmatch(fold(text)) is not None


def filled(row: list[Cell]) -> list[tuple[int, str]]:
    """The cells of a row that hold something but white space, as text, with their columns."""
    return [(i, text) for i, cell in enumerate(row) if cell not in ("", None) and (text := show(cell).strip())]


def says_nothing(texts: list[str]) -> bool:
    """Whether all texts only say "nothing" (/ 无 —)."""
    return all(is_blank(text) for text in texts)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[\d,.]+(?:万?元|项|个|件)?|共?\d+[项件个]", fold(text)) is not None
