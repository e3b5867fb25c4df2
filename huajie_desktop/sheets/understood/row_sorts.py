"""Tells what a row of a table is: a record, or a total, section, note, signature, repeated header, example."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.raw import Cell
from huajie_desktop.values.categories import looks_like_section
from huajie_desktop.values.text import fold, is_blank, without_brackets

TOTAL, SECTION, NOTE, SIGNATURE, REPEATED, EXAMPLE, NUMBERS, EXPLAINED, UNFILLED, EMPTIED, UNSAID = (
    "合计",
    "章节",
    "说明",
    "签名",
    "重复表头",
    "示例",
    "列号",
    "填写要求",
    "只有序号",
    "整行清空",
    "没有填写",
)
_SUMS = "小计|合计|总计|共计|累计|总和|总数|总额|汇总|求和"
_FIGURED = "计数|平均|平均值|平均数|均值|最大值|最小值|最大|最小|乘积|标准偏差|方差|占比|比重"
_TOTAL = re.compile(
    r"(?:本页|上页|本类|本村|本表|本镇|全镇|全村|全年|全部|分类|以上|各村|各项|分项|总|[上下]半年|第?[一二三四]季度|\d{1,2}月份?)?"
    rf"(?:{_SUMS}|{_FIGURED})(?:数|值|项数|金额|投资|资金|任务)?(?:[:：].*|\d.*|共.*|[(].*)?|共计?\d+[项件条个].*|计[:：]?|其中[:,]?.{{0,12}}"
)
_ENGLISH_TOTAL = re.compile(r"(?:grand|sub)?-?totals?|sum|average|avg|count|max|min")
_BEHIND = re.compile(rf"(.{{1,20}})(?:{_SUMS}|{_FIGURED})[:：]?(?:\d.*|共\d.*)?")
_APART = re.compile(
    rf"\S.*\s+(?:{_SUMS}|{_FIGURED}|Total|Sum|Count|Average)[:：]?\s*", re.IGNORECASE
)  # Excel's own: 重点工作 汇总
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填写说明|填报要求|填表要求|附注|注意|注意事项|提示|要求|温馨提示)\d?[:：、.,].*|[※*★].*|[(\-—*=~]*(?:以下|此页|本页|此表|本表)(?:以下)?(?:为)?(?:空白|无正文|无内容|为空|完).*|[(\-—*=~]*(?:全文|本表|表格?|完|结束|完毕|end)+[)\-—*=~]*|(?:填表|填报|填写)(?:说明|须知).*|注\d.*"
)
_SIGNATURE = re.compile(
    r".{0,12}(?:填表|填报|审核|制表|经办|审批|分管|单位负责|村书记|书记|主任|负责|签字|签名|签章|盖章|联系|报送|上报|填写|复核|编制|日期|时间|电话|统计|监督|承诺)(?:人|领导|电话|日期|时间|单位)?(?:签名|签字|签章|盖章)?[:：].*"
)
_EXAMPLE_NAMED = re.compile(r"[(\[【](?:填写)?(?:示例|样例|举例|范例|例)[)\]】].*|(?:填写)?(?:示例|样例|范例|例)[:：].*")
_EXAMPLE = re.compile(
    r"(?:填写)?(?:示例|样例|举例|范例|例|例如|样表)(?:行|数据)?(?:[:：].*|\d*)?|[(【\[](?:填写)?(?:示例|样例|举例|范例|例|例如)[)】\]].*"
)
_SHOWN_ONLY = re.compile(
    r".*(?:本行|此行|该行|本条|此条)(?:仅|只)?(?:为|是|作)?.{0,4}(?:示例|样例|例子|举例|参考).*|.*(?:示例|样例).{0,6}(?:请|可)删除?.*"
)
_EXPLANATION = re.compile(
    r"[(【\[]?(?:必填|选填|可不填|非必填|不用填|不填|可空|必须填写|下拉选择|下拉|单选|多选|可多选|文本|文字|数字|整数|小数|日期|数值|自动生成|系统生成)(?:项|格式|型)?[)】\]]?[.;]?"
    r"|(?:必填|选填|可不填)[,;:(].*"
    r"|[(【\[]?(?:格式|如|例如|比如|例|示例|单位|填写|要求|说明|参照|参考|注)(?:为|是)?[:].*"
    r"|[(【\[]?(?:请|需|应|须|必须)?(?:按|填写?|从|选择?|输入|注明|写明|列明|精确到|不超过|不少于|限|控制在).*(?:填写?|选择?|格式|字|以内|名称|全称|内容|清楚|单位|要求|小数|日期|年|月|日)[)】\]]?.?"
    r"|(?:不超过|限)?\d{1,3}个?字(?:以内|之内|左右)?|[填写](?:写|上|清|明|全|真实)*(?:姓名|全称|全名|数字|规模|日期|时间|金额|名称|单位|职务)|如.{1,12}"
)
_COLUMN_NUMBER = re.compile(
    r"[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-z]|[甲乙丙丁戊己庚辛壬癸])[)]?|\d{1,2}=[\d+*/()-]+|栏次|列次|列号|栏号"
)
_FIGURE = re.compile(
    r"[-+约共¥]?计?(?:(?:[\d,.]+(?:%|‰|[万亿千百]?元?|项|个|件|条|户|人|处|座|盏|次|米|公里|千米|亩|平方米|平方|平米|吨|套|天|月)?)|#.*)[.,;]?"
    r"|(?:共?[\d,.]+[项件个条万元,;]+)+"
)
_LABEL = re.compile(
    r".{0,6}(?:(?:填表|填报|审核|制表|经办|审批|复核|编制|上报)人|电话|签字|签名|签章|盖章|(?:填表|填报|上报)(?:日期|时间)):?"
)
_NUMERAL = re.compile(r"[(]?第?[一二三四五六七八九十]{1,3}(?:[)]|部分)?[、.]?")
_COUNT = re.compile(r"共?计?\d{1,4}[项件个条]")
_DAY = re.compile(r"20\d\d年\d{0,2}月\d{0,2}日|20\d\d[-./]\d{1,2}[-./]\d{1,2}")
_NAME = re.compile(r"(?![以续附第])[\u4e00-\u9fff]{2,8}")
STARTS = frozenset(
    "合小总共计累本注备说填审制一二三四五六七八九十(（第※*★示例样举负联附以温提要分全各签盖村书主报上经单【[其平占均最乘方标"
    "如请不必选可格文数日下参按精限此完表结甲A1TtSsGg-—=~"
)


class Total(NamedTuple):
    """What says that a row sums up others: its cell (its place among those filled) and words, and what it sums up, if named."""

    place: int
    text: str
    of: str = ""
    certain: bool = True  # whether the words can hardly be the name of a record

    @property
    def plain(self) -> bool:
        """Whether it ends in a word that ends few other names."""
        return re.search(r"(?:小计|合计|总计)[:\d.共]*$", fold(self.text)) is not None

    @property
    def sums(self) -> bool:
        """Whether its amounts are sums of what stands above, no averages, shares or parts."""
        return not re.search(rf"{_FIGURED}|其中|半年|季度|\d月|average|avg|count|max|min", fold(self.text))


def total_among(texts: Sequence[str]) -> Total | None:
    """The total a row is by one of its first cells, if what stands beside it is no more than figures and one word."""
    for place, text in enumerate(texts[:2]):
        others = [other for number, other in enumerate(texts) if number != place and not (is_figure(other) or is_numeral(other))]
        if (found := _total(place, text)) and len(others) <= (1 if found.certain else 0):
            return found
    return None


def is_total(texts: Sequence[str]) -> bool:
    """Whether a row says 小计, 合计, 总计 and nothing of a record."""
    return total_among(texts) is not None


def says_total(texts: Sequence[str]) -> bool:
    """Whether one of the first cells says it for certain, whatever stands beside it."""
    return any((found := _total(place, text)) and found.certain for place, text in enumerate(texts[:2]))


def _total(place: int, text: str) -> Total | None:
    word = fold(text)
    if _TOTAL.fullmatch(word) or _ENGLISH_TOTAL.fullmatch(word.strip(":")):
        return Total(place, text)
    if behind := _BEHIND.fullmatch(word):
        return Total(place, text, behind[1], _APART.fullmatch(text.strip()) is not None)
    return None


def is_figure(text: str) -> bool:
    """Whether a cell says a number, an amount, a share, a count, a total again, or nothing."""
    word = fold(text)
    return _FIGURE.fullmatch(word) is not None or is_blank(text) or _TOTAL.fullmatch(word) is not None


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
    first = fold(texts[0])
    words = (first, without_brackets(first), first.strip("()"))
    return any(_EXAMPLE.fullmatch(word) for word in words) or any(_SHOWN_ONLY.fullmatch(fold(text)) for text in texts)


def is_explanation(texts: Sequence[str]) -> bool:
    """Whether most cells of a row say how to fill in their columns: 必填, 如：张三, 请填写全称, 格式：2021-08-31."""
    told = sum(1 for text in texts if _EXPLANATION.fullmatch(fold(text)))
    return (told >= 2 and told * 2 >= len(texts)) or (told == 1 and len(texts) == 1)


def names_example(text: str) -> bool:
    """Whether the name of a record says that it only shows how to fill in the table: （示例）村道硬化."""
    return _EXAMPLE_NAMED.fullmatch(fold(text)) is not None


def is_numbering(texts: list[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3) or 1 2 3."""
    words = [fold(text).strip("()") for text in texts]
    if len(words) < 3 or not all(_COLUMN_NUMBER.fullmatch(word) for word in words):
        return False
    numbers = [int(word.split("=")[0]) for word in words if word[0].isdigit()]
    rest = {word for word in words if not word[0].isdigit()} - {"栏次", "列次", "列号", "栏号", "甲", "乙", "丙"}
    return not numbers or (not rest and all(one < other for one, other in pairwise(numbers)))


def is_section(texts: list[str], first: str) -> bool:
    """Whether a row is a heading of its own: one text, numbered like 一、 or (二)."""
    return len(set(map(fold, texts))) == 1 and looks_like_section(first)


def is_numeral(text: str) -> bool:
    """Whether a serial cell numbers a heading: 一, (二), 三、."""
    return _NUMERAL.fullmatch(fold(text)) is not None


def is_count(text: str, money: bool) -> bool:
    """Whether a cell beside a heading only counts or sums up what stands below: 共3项, and 71.7 in the column of money."""
    return _COUNT.fullmatch(fold(text)) is not None or (money and is_figure(text)) or is_blank(text)


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
