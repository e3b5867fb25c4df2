"""Reads a line between the rows that names whose records stand below: 一、倪宅村, 【倪宅村】, 倪宅村任务清单（3项）."""

import re
from typing import NamedTuple

from huajie_desktop.reading.known import Known, KnownUnit
from huajie_desktop.values.text import fold, without_ordinal

_EDGES = "★☆◆◇●○■□▲△▼※*#·•>~=_—–-―:、,。.;|/ "
_CLOSED = (("【", "】"), ("[", "]"), ("〔", "〕"), ("《", "》"), ("<", ">"), ("「", "」"), ("(", ")"), ("“", "”"), ('"', '"'))
_DIGITS = re.compile(r"^\d{1,3}(?=[\u4e00-\u9fff])")
_LABEL = re.compile(
    r"(?:填报|报送|上报|填表|责任|承诺|所属|所在|牵头|实施|申报)?(?:单位|村居|村社|村名|村别|行政村|片区|社区|部门|科室|村|居|片)(?:名称)?(?:[(][^()]{0,6}[)])?[:为是]"
)
_LEADING = re.compile(r"^(?:以下|下面|下列)(?:内容|任务)?(?:为|是|属于)?|^附\d?:")
_FIGURES = re.compile(
    r"[,;:、(]*(?:共|合|总)?计?\d{1,4}[项件条个户](?:任务|承诺|工作|事项)?\)?|[,;:、(]*(?:计划)?(?:总)?(?:投资|资金|金额|概算)[:为]?[\d.,]+(?:万|亿)?元\)?"
)
_COUNT = re.compile(r"共?计?(\d{1,4})[项件条个](?!\w*目)")
_BETWEEN = "-—–―:：/·、,.()【】[]〔〕|之的"
_FILLER = re.compile(r"(?:20\d\d年?度?|第?[一二三四]季度|[上下]半年|任务|工作|承诺|项目|事项|清单|一览|台账|情况|部分|表|村级)*")
_LIST = re.compile(r".{0,16}(?:清单|一览表|台账|明细|明细表|情况表|计划表|任务表|工作表|统计表)")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,10}(?:村|社区|村委会|居委会|村民委员会|居民委员会|居民区)")
_NUMERAL = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:[、.,:]|[部篇]?分)")


class PlaceHeading(NamedTuple):
    """A line that says whose records stand below: the unit, None where nobody knows it, and a category named beside it."""

    text: str
    name: str
    unit: KnownUnit | None
    category: str = ""

    @property
    def stated(self) -> int | None:
        """How many records it says there are."""
        found = _COUNT.search(without_ordinal(fold(self.text)))
        return int(found[1]) if found else None


def read_heading(text: str, known: Known) -> PlaceHeading | None:
    """What such a line says; None for one that names no known unit, or says more than a heading does."""
    word = bare_name(text)
    if unit := known.unit_words.find(word):
        return PlaceHeading(text, unit.name, unit)
    if (split := known.unit_words.split(word)) is None:
        return None
    unit, rest = split
    rest = rest.strip(_BETWEEN)
    category = known.category_words.find_in_name(rest) if rest else None
    if category or _FILLER.fullmatch(rest) or _LIST.fullmatch(rest):
        return PlaceHeading(text, unit.name, unit, category.name if category else "")
    return None


def bare_name(text: str) -> str:
    """A heading without its number, marks, brackets around it, labels, counts and sums."""
    word, before = fold(text), ""
    while word != before:
        before = word
        word = _DIGITS.sub("", without_ordinal(word.strip(_EDGES)))
        word = _FIGURES.sub("", _LEADING.sub("", word))
        label = _LABEL.match(word)
        word = word[label.end() :] if label else word
        for opened, closed in _CLOSED:
            if word.startswith(opened) and word.find(closed, 1) == len(word) - 1:
                word = word[1:-1]
    return word


def is_label(text: str) -> bool:
    """Whether a cell only says that the next one names the unit (村名：)."""
    return _LABEL.fullmatch(fold(text).rstrip(":") + ":") is not None


def looks_like_place(text: str) -> bool:
    """Whether a heading reads like the name of a village, known or not."""
    return _PLACE.fullmatch(bare_name(text)) is not None


def style_of(text: str) -> str:
    """How a heading is numbered or marked, which those of one level share: 一、 (一) 【】; "" where it is not."""
    word = fold(text)
    if word[:1] in "【[〔《★☆◆◇●■▲":
        return word[:1]
    return "(" if re.match(r"[(][一二三四五六七八九十\d]{1,3}[)]", word) else "一" if _NUMERAL.match(word) else ""
