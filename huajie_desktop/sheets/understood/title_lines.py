"""Tells the lines that stand over a table from the rows of the table before it, and a new list from the next page of one."""

import re
from collections.abc import Iterable, Sequence

from huajie_desktop.reading.raw import Cell
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.values.categories import looks_like_section
from huajie_desktop.values.text import fold, without_brackets, without_ordinal

_MOST = 4  # cells of a line over a table: 填报单位, 填报人, 填报日期, 单位：万元
_SAYS = re.compile(r"单位|清单|日期|村名|台账|名册|名单|一览|承诺|:")
_UNIT = re.compile(r"[村居社区会][)]?$")
_HEADS = re.compile(r"(?:清单|台账|名册|名单|一览表|表|情况)[)]?(?:[(].*[)])?$|填报单位|报送单位|单位:")
_SIGNED = re.compile(r"盖章|公章|签名|签字|填表人|审核人|制表人|经办人|负责人|书记|主任")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}(?:村|社区|居委会)(?![级民务庄里道内容居社镇])")
_NO_PLACES = frozenset(
    ("农村", "乡村", "本村", "我村", "全村", "各村", "行政村", "自然村", "新村", "镇村", "驻村", "联村", "包村", "到村")
)
_PAGE = re.compile(
    r"[(]?(?:续表?|接上[页表]|转下[页表]|续[前上]表)[一二三四五六七八九十\d]*[)]?|[(]?第[一二三四五六七八九十\d]+页,?(?:共\d+页)?[)]?"
)


def title_start(rows: Sequence[Sequence[Cell]], first: int, header: int) -> int:
    """The first of the title lines right above the header of a second table; what closes the table before is none of them.

    Rows are counted from 0; `first` is the first row of the table before.
    """
    start, apart = header, False
    left = next((column for column, _ in kinds.filled(list(rows[header]))), 0)
    for number in range(header - 1, first, -1):
        cells = kinds.filled(list(rows[number]))
        texts = [text for _, text in cells]
        beside = len(cells) == 1 and cells[0][0] > left and kinds.filled(list(rows[number - 1]))
        if not texts:
            apart = start < header
        elif not _is_title(texts) or (beside and _goes_on(texts[0])) or (apart and not _heads_any(texts)):
            break
        else:
            start, apart = number, False
    return start


def _heads_any(texts: Sequence[str]) -> bool:
    return any(_HEADS.search(fold(text)) for text in texts)


def _goes_on(text: str) -> bool:
    """Whether a line alone right below a row goes on it, for it says nothing of a title: a further name, more of a text."""
    word = fold(text)
    told = _SAYS.search(word) or _UNIT.search(word) or _HEADS.search(word) or _PAGE.fullmatch(word) or re.search(r"20\d\d", word)
    return not (told or looks_like_section(text) or names_place(text))


def _is_title(texts: Sequence[str]) -> bool:
    words = [fold(text) for text in texts]
    if len(texts) > _MOST or kinds.is_total(list(texts)) or kinds.is_note(list(texts), False) or kinds.is_example(list(texts)):
        return False
    if not any("单位" in word for word in words) and any(_SIGNED.search(word) for word in words):
        return False
    if len(texts) == 1 or all(_UNIT.search(word) for word in words):
        return True
    return not words[0].isdigit() and any(_SAYS.search(word) for word in words)  # records name villages, too


def new_texts(between: Iterable[Sequence[str]], before: Iterable[Sequence[str]]) -> list[str]:
    """What lines between two equal headers say that did not stand over the first one: not the same title again, nor 续表."""
    said = {_without_page(text) for line in before for text in line}
    return [text for line in between for text in line if (word := _without_page(text)) and word not in said]


def is_inner_heading(texts: Sequence[str]) -> bool:
    """Whether all that is said is the heading of a section within a list; one of another village heads a list of its own."""
    return len(texts) == 1 and looks_like_section(texts[0]) and not names_place(texts[0])


def names_place(text: str) -> bool:
    """Whether a title speaks of a village, be it known or not: 桃源村任务清单, 三、尚仁村（1项）."""
    return any(
        word[-2:] not in _NO_PLACES and word[-3:] not in _NO_PLACES
        for word in _PLACE.findall(without_brackets(without_ordinal(fold(text))))
    )


def _without_page(text: str) -> str:
    return _PAGE.sub("", fold(text))
