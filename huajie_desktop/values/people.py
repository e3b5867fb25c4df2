"""Names of people out of one cell: 倪成纲(书记)、王卫东 张　三. A post in brackets is dropped, 张　三 is one person."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import filterfalse
from typing import NamedTuple

from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import is_blank, trim

_SEPARATORS = re.compile(r"[、,，;；/／\\|+＋&。､]+")
_BRACKETS = re.compile(r"[(（\[【〔<][^()（）\[\]【】〔〕<>]*(?:[)）\]】〕>]|$)")
_PHONE = re.compile(r"1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[-—]?\d{7,8}|(?<!\d)\d{6,8}(?!\d)")
_POST = (
    r"(?:村|居|镇|乡|社区|党|总|第一|党总|党委|村委会|村委|村主任|联村)*(?:支部|支)?(?:副)?"
    r"(?:书记|主任|委员|会计|文书|组长|村长|镇长|站长|所长|队长|片长|报账员|网格员|干事|"
    r"妇女主席|妇联主席|主席|出纳|指挥长|科长|局长|社长)"
)
_POST_ONLY = re.compile(_POST)
_POST_BEFORE = re.compile(rf"^{_POST}(?=[\u4e00-\u9fff]{{2,3}}$)")
_POST_AFTER = re.compile(rf"(?<=^[\u4e00-\u9fff]{{2}}){_POST}$|(?<=^[\u4e00-\u9fff]{{3}}){_POST}$")
_LABEL = re.compile(r"(?:^|(?<=\s))[^\s:：]{1,8}[:：]")
_ORDINAL = re.compile(r"^\d{1,2}[.．、]")
_HAN = re.compile(r"[㐀-\u9fff\U00020000-\U0003ffff]")
_BODY = re.compile(
    r"两委|村委|居委|支委|干部|党员|全体|各村|各联|办公室|小组|人员|单位|成员|村民|支部|合作社|公司|有关|相关|待定|负责|分工|(?:党政|经发|城建|综治|农|党建|宣传|纪检|信访)办$"
)

_LONGEST = 40  # characters there is room for


class People(NamedTuple):
    """Names in the order written, and what is doubtful about them."""

    names: tuple[str, ...]
    doubt: str = ""


def parse_people(text: str) -> People:
    """Splits a cell into names. Raises Unreadable when there is none."""
    if is_blank(text):
        raise Unreadable("没有填写责任人，请补上姓名（几个人用顿号隔开）")
    names, doubt = _written(text)
    if not names:
        raise Unreadable(f"“{trim(text)[:20]}”里没有姓名，请补上责任人（几个人用顿号隔开）")
    if overlong := [name for name in names if len(name) > _LONGEST]:
        raise Unreadable(f"“{overlong[0][:20]}…”太长，不是人名，请核对（几个人用顿号隔开）")
    odd = next(filterfalse(_likely, names), "")
    if odd and not doubt:
        doubt = f"“{odd[:12]}”不像人名，请核对责任人"
    if "等" in text and any(name.endswith("等") for name in names):
        names = [name.removesuffix("等") if len(name) > 2 else name for name in names]
        doubt = f"写了“等”，姓名不全，按{_several(names)}读，请核对责任人"
    return People(tuple(dict.fromkeys(names)), doubt)


def told_apart(people: Sequence[tuple[str, str | None]]) -> list[str]:
    """People by name; of several of one name each with the unit they are of: 李强（倪宅村）."""
    bearers = Counter(name for name, _unit in people)
    return [f"{name}（{unit}）" if bearers[name] > 1 and unit else name for name, unit in people]


def _written(text: str) -> tuple[list[str], str]:
    """The names outside brackets, or those inside where only something too long for a name stands outside: that is doubtful."""
    names = _names(_BRACKETS.sub(" ", text) if _HAN.search(_BRACKETS.sub("", text)) else text)
    inside = [name for part in _BRACKETS.findall(text) for name in _names(part[1:].rstrip(")）]】〕>"))]
    if names and all(len(name) > 4 for name in names) and inside and all(map(_likely, inside)):
        return inside, f"姓名取自括号，按{_several(inside)}读，请核对"
    return names, ""


def _several(names: Sequence[str]) -> str:
    return "、".join(names[:4]) + (f"等 {len(names)} 人" if len(names) > 4 else "")


def _names(text: str) -> list[str]:
    text = _PHONE.sub(" ", unicodedata.normalize("NFKC", text) if _PHONE.search(unicodedata.normalize("NFKC", text)) else text)
    names: list[str] = []
    for part in _SEPARATORS.split(text):
        names += [name for word in _join_padded(_LABEL.sub(" ", part).split()) if (name := _bare(word))]
    return names


def _bare(word: str) -> str:
    """A word without posts written before or after the name; nothing when it is only a post or has no Han character."""
    word = _ORDINAL.sub("", trim(word)).strip(".:：·•-—()（）[]【】\"'“”*")
    if not _HAN.search(word) or _POST_ONLY.fullmatch(word):
        return ""
    return _POST_AFTER.sub("", _POST_BEFORE.sub("", word))


def _join_padded(words: list[str]) -> list[str]:
    """张 三 written with a gap is one person: single characters in a row belong together."""
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and _HAN.match(word):
            run.append(word)
            continue
        size = 2 if len(run) % 2 == 0 else 3
        joined += ["".join(run[i : i + size]) for i in range(0, len(run), size)]
        run = []
        if word:
            joined.append(word)
    return joined


def _likely(name: str) -> bool:
    return (2 <= len(name) <= 4 or "·" in name) and not _BODY.search(name) and not re.search(r"\d", name)
