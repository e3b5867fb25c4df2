"""Recognises header words: which field a column is, by the aliases declared on the task's fields, exactly or by likeness."""

import datetime as dt
import difflib
import re
from functools import cache
from typing import NamedTuple

from db.checklist import Task
from db.fields import fields_of
from huajie_desktop.values.dates import leading_due
from huajie_desktop.values.text import bracketed, fold, without_brackets

FIELDS = ("title", "content", "category", "unit", "lead", "responsible", "start", "due", "investment", "milestones", "remarks")
DIMENSION, SERIAL, NODE_DAY, NODE_TEXT = "dimension", "serial", "milestone_day", "milestone_text"
SURE, LIKELY = 0.85, 0.7
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
        "单位性质", "数量", "附件", "建设性质", "审核意见", "验收人",
    ),
}  # fmt: skip
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
_MONEY_UNIT = re.compile(r"亿元|千元|万元|元")
_PERIOD = re.compile(
    r"(?:第?[一二三四1-4]季度?|q[1-4]|[上下]半年|\d{1,2}月(?:份|底|末)?|\d{1,2}[-—~至]\d{1,2}月(?:份|底)?)(?:末|底)?"
    r"(?:目标|任务|进度|计划|内容|安排|节点|完成)*"
)


class Match(NamedTuple):
    """What a header word was taken for: a field, one of the auxiliary columns or "" (known, but none), and how alike it is."""

    field: str | None
    likeness: float


@cache
def _words() -> dict[str, str]:
    """Folded header words to fields."""
    words = {fold(word): kind for kind, aliases in _OTHERS.items() for word in aliases}
    declared = fields_of(Task)
    for name in FIELDS:
        item = declared[name] if name in declared else declared[f"{name}_id"]
        words.update({fold(word): name for word in (item.label, *item.aliases)})
    return words | {"时间节点": "due"}


@cache
def raw_words() -> frozenset[str]:
    """Every header word as typed without frills, for a quick look whether a row may be a header."""
    return frozenset(_words())


@cache
def match_header(text: str) -> Match:
    """The field a header cell names, by its words or by likeness. Brackets (options, units) and white space do not count."""
    found = match_words(text)
    word = _clean(text)
    if found.field is not None or not 2 <= len(word) <= _LONGEST:
        return found
    near = difflib.get_close_matches(word, _words(), 1, 0.75)
    if not near:
        return found
    return Match(_words()[near[0]], round(difflib.SequenceMatcher(None, word, near[0]).ratio() * 0.95, 2))


@cache
def match_words(text: str) -> Match:
    """As match_header without likeness: quick enough to ask of every cell of a small sheet."""
    word, words = _clean(text), _words()
    if word in words:
        return Match(words[word], 1.0)
    if not 2 <= len(word) <= _LONGEST:
        return Match(None, 0.0)
    first = re.split(r"[及和与/]", word)[0]
    if first != word and first in words:
        return Match(words[first], 0.95)
    sizes = range(len(word) - 1, max(len(word) - 1, 3) // 2, -1)
    parts = [
        part for size in sizes for i in range(len(word) - size, -1, -1) if words.get(part := word[i : i + size], SERIAL) != SERIAL
    ]
    inside = max(parts, key=lambda w: (word.endswith(w), len(w)), default="")
    if inside:  # what a Chinese compound is stands at its end: 任务完成时间 is a time
        return Match(words[inside], SURE if word.endswith(inside) else LIKELY)
    return Match(None, 0.0)


def match_node(group: str, text: str) -> str | None:
    """What a plain word is under a group for milestones (时间节点 over 时间 and 内容): milestone_day, milestone_text or None."""
    over, word = _clean(group), _clean(text)
    if over not in _GROUPS or not re.search(r"节点|进度|安排|计划", over):
        return None
    if word in ("时间", "日期", "节点", "时限", "月份"):
        return NODE_DAY
    return NODE_TEXT if word in ("内容", "目标", "任务", "工作", "要求", "工作内容", "具体内容", "工作目标", "目标任务") else None


def is_group(text: str) -> bool:
    """Whether a header cell may stand over several columns (时间节点, 责任落实)."""
    return _clean(text) in _GROUPS


def is_period(text: str) -> bool:
    """Whether a header cell names a part of the year, so that its column holds milestones (一季度, 1-3月, 上半年)."""
    return _PERIOD.fullmatch(_clean(text)) is not None


def period_end(text: str, year: int) -> dt.date | None:
    """The last day of the part of the year a header names."""
    due, _ = leading_due(_clean(text), year)
    return due.day if due else None


def money_unit(text: str) -> str:
    """The unit of money a header or a line above the table states: 万元, 元, 亿元, or "" ."""
    word = fold(text)
    behind = word[-3:] if word.endswith("元") else ""
    for part in (*bracketed(word), *word.split("/")[1:], *re.findall(r"单位[:为](\S{1,3})", word), behind):
        if found := _MONEY_UNIT.search(part):
            return found[0]
    return ""


def _clean(text: str) -> str:
    word = fold(text)
    word = without_brackets(word) or word.strip("[]【】()〔〕")
    return re.sub(r"[/／](?:亿元|千元|万元|元)$|[*:#.、,。]|(?<=[资额算金])(?:万元|元)$", "", word)
