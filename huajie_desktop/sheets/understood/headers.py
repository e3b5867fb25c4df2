"""Recognises header words: which field of a ledger a column is, by the declared labels and aliases, exactly or by likeness."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable
from typing import NamedTuple

from db.fields import FILLED_IN, SEVERAL_ITEMS, SEVERAL_NAMES, Kind
from db.words.readings import initials
from huajie_desktop.declared.ledger import Ledger, once_each
from huajie_desktop.reading.checks import required_of
from huajie_desktop.reading.filling import DIMENSION
from huajie_desktop.values.dates import leading_due
from huajie_desktop.values.text import bracketed, fold, header_word

SERIAL, NODE_DAY, NODE_TEXT = "serial", "milestone_day", "milestone_text"
SURE, LIKELY = 0.85, 0.7
_SOUNDING = 3  # characters, from which on a word is known by its sound
_LONGEST = 20  # characters; what is longer is no header word
_OTHERS = {
    DIMENSION: (
        "板块", "所属板块", "三个五", "维度", "工作板块", "领域",
    ),
    SERIAL: (
        "序号", "编号", "项次", "序", "号", "no", "任务编号", "项目编号", "行号",
    ),
    NODE_DAY: (
        "节点时间", "节点日期", "阶段时间", "节点时限", "分步时间", "进度时间", "节点", "推进时间", "阶段时限",
    ),
    NODE_TEXT: (
        "节点内容", "阶段目标", "节点目标", "节点任务", "工作节点", "节点要求", "阶段任务", "分步内容", "推进内容",
        "阶段内容", "进度目标", "进度内容", "节点安排",
    ),
    "": (
        "联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "资金来源", "联村干部", "工作片", "所在片",
        "所属片", "配合单位", "协办单位", "配合科室", "参与单位", "进展情况", "进度情况", "完成情况", "存在问题", "下步打算",
        "下步计划", "是否完成", "得分", "分值", "签收人", "签字", "联系人", "职务", "地点", "建设地点", "项目地点", "自然村",
        "工作动态", "完成投资", "已完成投资", "考核办法", "评分标准", "牵头部门意见", "问题", "困难", "填表时间", "填报时间",
        "单位性质", "数量", "附件", "建设性质", "审核意见", "验收人", "位置", "地址", "具体位置", "路段", "所在地", "亮灯",
    ),
}  # fmt: skip
_ELSEWHERE = (
    "姓名", "性别", "年龄", "民族", "学历", "身份证号", "身份证号码", "家庭住址", "住址", "出生年月", "政治面貌", "职务", "岗位",
    "办公电话", "手机号码", "微信", "邮箱", "科室", "部门", "村名", "个数", "项数", "任务数", "完成数", "完成率", "占比", "比例",
    "总数", "合计", "小计", "排名", "得分", "金额", "投资额", "时间", "日期", "时间节点", "阶段", "单价", "数量", "规格", "型号",
)  # fmt: skip
_ANY = frozenset(("名称", "清单", "标题"))  # words that name nothing without another one
_GROUPS = frozenset(
    [
        "时间节点",
        "责任落实",
        "进度安排",
        "工作安排",
        "时间安排",
        "投资情况",
        "资金安排",
        "年度目标",
        "基本情况",
        "责任",
        "任务",
        "项目",
        "工作进度",
        "阶段目标",
        "节点",
        "投资",
        "资金",
        "序时进度",
        "责任分工",
        "完成节点",
        "分季度目标",
        "工作节点",
        "季度安排",
        "进度计划",
        "计划进度",
        "实施计划",
        "节点安排",
        "季度目标",
        "目标进度",
    ]
)
_NODE_WORDS = frozenset(["内容", "目标", "任务", "工作", "要求", "工作内容", "具体内容", "工作目标", "目标任务"])
_SEVERAL = SEVERAL_NAMES | SEVERAL_ITEMS | FILLED_IN | {Kind.LONG_TEXT}  # kinds of which one more column says one thing more
_NUMBERED = re.compile(r"(?<=\D)(?:[1-9]|[一二三四])$")  # 责任人2
_DIVIDED = re.compile(r"\s*[\\＼╲/／]\s*|\n[ \u3000]{2,}|[ \u3000]{3,}\n?")  # between the words of a corner cell
_STROKE = re.compile(r"[\\＼╲]")
_MONEY_UNIT = re.compile(r"(?:亿|千万|百万|万|千)?元")
_PERIOD = re.compile(
    r"(?:20\d\d年)?(?:第?[一二三四1-4]季度?|q[1-4]|[上下]半年|\d{1,2}月(?:份|底|末)?|\d{1,2}[-—~至]\d{1,2}月(?:份|底)?)(?:末|底)?"
    r"(?:目标|任务|进度|计划|内容|安排|节点|完成)*"
)


_YEAR = re.compile(r"20\d\d年(?:度|底|末)?")
_AMOUNTS = re.compile(r"投资|资金|金额|经费|预算")  # groups whose columns are amounts
_GOALS = re.compile(r"目标|节点|进度|安排|计划")  # groups whose columns are milestones
_NOTED = 0.95  # likeness of a header word with a note below it


class Match(NamedTuple):
    """What a header word was taken for: a field, one of the auxiliary columns or "" (known, but none), and how alike it is."""

    field: str | None
    likeness: float


class Vocabulary:
    """The header words of one ledger: what a column is called, and what a table of such records must and should have."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.fields = ledger.form_fields
        self.money = tuple(ledger.keys_of(Kind.MONEY))
        self.category, self.milestones, self.deadline = (
            next(iter(ledger.keys_of(kind)), "") for kind in (Kind.CATEGORY, Kind.MILESTONES, Kind.DEADLINE)
        )  # the fields whose values rows and columns of a sheet may give in ways of their own
        self.several = frozenset(ledger.keys_of(*_SEVERAL))  # fields more columns than one may say something of
        needed = [key for key, _message in required_of(ledger)]
        self.filled = {key: text for key, text in ledger.form.filled if key in needed}  # what an empty one is read as
        self.expected = ledger.sheets.expected or tuple(key for key in needed if key != ledger.place)
        self.helpful = frozenset((*ledger.sheets.expected, ledger.place)) if ledger.sheets.expected else frozenset(self.fields)
        likely = ledger.sheets.likely or tuple(self.fields)
        self._likely = self._taken(likely)
        self.words = self._taken((*(key for key in self.fields if key not in likely), *likely))
        headings = frozenset(fold(heading) for heading, _ in ledger.form.groups if heading)
        self._groups = _GROUPS if self.milestones else headings
        self._plain: dict[str, Match] = {}
        self._near: dict[str, Match] = {}

    def _taken(self, keys: Iterable[str]) -> dict[str, str]:
        """Folded words to these fields and to the auxiliary columns; a declared word goes before an auxiliary one."""
        unused = ((DIMENSION,) if not self.category else ()) + ((NODE_DAY, NODE_TEXT) if not self.milestones else ())
        words = {fold(word): kind for kind, others in _OTHERS.items() if kind not in unused for word in others}
        for key in sorted(keys, key=lambda key: key != self.milestones):  # 时间节点 over one column is a deadline
            declared = self.fields.get(key)
            said = (declared.label, *declared.aliases) if declared else ()
            words.update({form: key for word in said for form in (fold(word), header_word(word))})
        return words

    def match(self, text: str) -> Match:
        """The field a header cell names, by its words or by likeness. Brackets (options, units) and white space do not count."""
        if text not in self._near:
            self._near[text] = self._match(text)
        return self._near[text]

    def match_words(self, text: str) -> Match:
        """As `match` without likeness: quick enough to ask of every cell of a small sheet."""
        if text not in self._plain:
            found = self._match_words(header_word(text))
            self._plain[text] = self._first_line(text, found) if "\n" in text and found.likeness < 1 else found
        return self._plain[text]

    def is_group(self, text: str) -> bool:
        """Whether a header cell may stand over several columns (时间节点, 责任落实)."""
        return header_word(text) in self._groups

    @property
    def sectioned(self) -> bool:
        """Whether lists of such records come in sections or with milestones in their columns and rows."""
        return bool(self.category or self.milestones)

    def is_period(self, text: str, over: str = "") -> bool:
        """Whether a header cell names a part of the year, so that its column holds milestones (一季度, 1-3月, 上半年).

        `over` is what stands above: amounts by month are no milestones, years are some under 年度目标.
        """
        word, group = header_word(text), header_word(over)
        if not self.milestones or _AMOUNTS.search(group):
            return False
        return _PERIOD.fullmatch(word) is not None or (_YEAR.fullmatch(word) is not None and _GOALS.search(group) is not None)

    def is_corner(self, text: str) -> bool:
        """Whether a header cell is divided by a line, with a word for what stands beside it and one for the rows below."""
        parts = [self.match_words(part) for part in _DIVIDED.split(text.strip()) if part.strip()]
        named = {part.field for part in parts if part.likeness == 1}
        if re.search("[/／]", text) and SERIAL not in named:  # 项目/类别 is one head or the other
            return False
        drawn = _STROKE.search(text) is not None or self.match_words(text).likeness < 1
        return len(parts) == len(named) == 2 and drawn and not named.isdisjoint((self.ledger.name, SERIAL))

    def match_node(self, group: str, text: str) -> str | None:
        """What a plain word is under a group for milestones (时间节点 over 时间 and 内容), None if nothing."""
        over, word = header_word(group), header_word(text)
        if not self.milestones or over not in _GROUPS or not re.search(r"节点|进度|安排|计划", over):
            return None
        if word in ("时间", "日期", "节点", "时限", "月份"):
            return NODE_DAY
        return NODE_TEXT if word in _NODE_WORDS else None

    def _match(self, text: str) -> Match:
        found = self.match_words(text)
        word = header_word(text)
        if found.field is not None or not 2 <= len(word) <= _LONGEST:
            return found
        near = difflib.get_close_matches(word, self._likely, 1, 0.75) or self._sounding(word)
        if not near:
            return found
        return Match(self._likely[near[0]], round(difflib.SequenceMatcher(None, word, near[0]).ratio() * 0.95, 2))

    def _first_line(self, text: str, found: Match) -> Match:
        """What the first line of a header cell names, where those below are a note on it (任务名称, 不超过20字)."""
        first, *notes = [line for line in text.split("\n") if line.strip()] or [""]
        named = self._match_words(header_word(first))
        noted = notes and all(self._match_words(header_word(line)).field is None for line in notes)
        return Match(named.field, _NOTED) if named.likeness == 1 and noted else found

    def _sounding(self, word: str) -> list[str]:
        """Words of which some characters were typed wrong by their sound: 责任认, 完成实现."""
        if len(word) < _SOUNDING:
            return []
        sound, half = initials(word), len(word) // 2
        alike = (known for known in self._likely if len(known) == len(word) and initials(known) == sound)
        return [known for known in alike if sum(one != other for one, other in zip(word, known, strict=True)) <= half][:1]

    def _match_words(self, word: str) -> Match:
        if word in self.words:
            return Match(self.words[word], 1.0)
        if not 2 <= len(word) <= _LONGEST:
            return Match(None, 0.0)
        one_of_several, first = _NUMBERED.sub("", word), re.split(r"[及和与/]", word)[0]
        either = [part for part in word.split("/") if self._likely.get(part)]  # 联系人/负责人
        named = next((part for part in (one_of_several, *either, first) if part != word and part in self._likely), "")
        return Match(self._likely[named], 0.95) if named else self._compound(word)

    def _compound(self, word: str) -> Match:
        """What a Chinese compound is stands at its end: 任务完成时间 is a time."""
        words = self._likely
        sizes = range(len(word) - 1, max(len(word) - 1, 3) // 2, -1)
        starts = ((size, i) for size in sizes for i in range(len(word) - size, -1, -1))
        parts = [part for size, i in starts if words.get(part := word[i : i + size], SERIAL) != SERIAL]
        inside = max(parts, key=lambda w: (word.endswith(w), len(w)), default="")
        if inside:  # 地块名称 is a name, but of what
            return Match(words[inside], SURE if word.endswith(inside) and inside not in _ANY else LIKELY)
        ends = any(words.get(word[-size:]) == self.ledger.name and word[-size:] not in _ANY for size in (2, 3, 4))
        return Match(self.ledger.name, LIKELY) if ends else Match(None, 0.0)  # 乡村振兴巩固提升任务


@once_each
def vocabulary(ledger: Ledger) -> Vocabulary:
    """The header words of a ledger."""
    return Vocabulary(ledger)


def header_words(ledgers: Iterable[Ledger]) -> frozenset[str]:
    """The folded header words of all these, and what else townships write over columns; no single characters."""
    return frozenset(_ELSEWHERE).union(*(_telling_words(ledger) for ledger in ledgers))


@once_each
def _telling_words(ledger: Ledger) -> frozenset[str]:
    return frozenset(word for word in vocabulary(ledger).words if len(word) > 1)


def period_end(text: str, year: int) -> dt.date | None:
    """The last day of the part of the year a header names."""
    due, _ = leading_due(header_word(text), year)
    return due.day if due else None


def is_part_of_calendar(text: str) -> bool:
    """Whether a header cell names a month, a quarter or a year, whatever its column holds."""
    word = header_word(text)
    return _PERIOD.fullmatch(word) is not None or _YEAR.fullmatch(word) is not None


def is_share(text: str, over: str) -> bool:
    """Whether a column holds the part of an amount that falls in a month or year: 2022年 under 分年投资."""
    return is_part_of_calendar(text) and _AMOUNTS.search(header_word(over)) is not None


def money_units(text: str) -> list[str]:
    """The units of money a header or a line above the table states: 万元, 元, 亿元; none, one, or those to be chosen from."""
    word = fold(text)
    behind = word[-3:] if word.endswith("元") else ""
    for part in (*bracketed(word), *word.split("/")[1:], *re.findall(r"单位[:为](\S{1,5})", word), behind):
        if found := [f"{part}元"] if part in ("万", "亿") else _MONEY_UNIT.findall(part):
            return list(dict.fromkeys(found))
    return []


def money_unit(text: str) -> str:
    """The one unit of money a text states, "" where it states none, or leaves it open."""
    found = money_units(text)
    return found[0] if len(found) == 1 else ""
