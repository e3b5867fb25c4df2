"""What the status report says in sentences: how much was reported and done, who is ahead and who is late, what stands out."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from db.choices import STATES
from huajie_desktop.papers.report_figures import Placed, Standing, Tally, first_by, month_name
from huajie_desktop.papers.report_tables import Said, stage_words
from huajie_desktop.typesetting.content import Item
from huajie_desktop.typesetting.wording import Block, Place

_NAMED = 3  # units named as ahead or late
_TOLD = 4  # tasks of a dimension whose progress is told
_ORDER = ("done", "nearly", "underway", "stuck", "waiting")  # whose progress is told first
_ENDS = "。；;，,、 "  # what a reported sentence may end with
_SHARED = "注：有{count}项任务同时计入多个{title}，合计不重复计算。"


def of_reporting(month: int, all_of_it: Tally, missing: str) -> str:
    """How much was reported in the month, and `missing`, what the bulletin says of reports that ought to be there."""
    name, reported = month_name(month), all_of_it.reported
    said = f"各单位报送{name}进展{reported}项。" if reported else f"{name}没有单位报送进展。"
    return said + missing


def of_progress(all_of_it: Tally) -> str:
    """How the tasks stand by what was reported last."""
    if all_of_it.silent == all_of_it.tasks:
        return "全部任务都没有报过进展，完成情况无从统计。"
    parts = (
        ("推进中（含基本完成）", all_of_it.underway), ("受阻", all_of_it.stuck), ("未启动", all_of_it.waiting),
        ("没有报过进展", all_of_it.silent),
    )  # fmt: skip
    said = "".join(f"，{name}{count}项" for name, count in parts if count)
    return f"按各单位最近一次报送，已完成{all_of_it.done}项，完成率{all_of_it.rate}%{said}。"


def of_deadlines(all_of_it: Tally) -> str:
    """What is overdue by the recorded due dates and days of finishing."""
    return f"按登记的完成时限和办结日期，已登记办结{all_of_it.finished}项，逾期未办结{all_of_it.overdue}项。"


def of_the_best(units: Sequence[Tally]) -> str:
    """The units that have done most of theirs; nothing where nobody has done anything."""
    best = first_by(units, lambda one: one.rate, _NAMED)
    named = "，".join(f"{one.name}{one.rate}%（{one.done}／{one.tasks}项）" for one in best)
    return f"完成率居前的单位：{named}。" if named else ""


def of_the_late(units: Sequence[Tally]) -> str:
    """The units most of whose tasks are overdue; nothing where none is."""
    late = first_by(units, lambda one: one.overdue, _NAMED)
    named = "，".join(f"{one.name}{one.overdue}项" for one in late)
    return f"逾期未办结较多的单位：{named}。" if named else ""


def of_problems(month: int, count: int) -> str:
    """How many tasks something is in the way of."""
    name = month_name(month)
    return f"{name}各单位报告存在问题{count}项，具体如下。" if count else f"{name}没有单位报告存在问题。"


def of_plans(month: int, own: str, reported: Sequence[Said]) -> tuple[Block, ...]:
    """The office's own plans line by line, or that nobody reported any."""
    lines = [line.strip() for line in own.splitlines() if line.strip()]
    if not lines and not reported:
        lines = [f"{month_name(month)}没有单位报告下步打算。"]
    return tuple(Block(Place.INDENTED, (line,)) for line in lines)


def shared(items: Sequence[Item], title: str) -> str:
    """That some tasks count under several names, where some do."""
    keys = {"板块": lambda item: item.dimensions, "类别": lambda item: item.categories}
    count = sum(len(keys[title](item)) > 1 for item in items)
    return _SHARED.format(count=count, title=title) if count else ""


def of_review(states: dict[str, int], *, approved_only: bool) -> str:
    """What is counted, and how many tasks stand where in review: that is no progress."""
    others = "，".join(f"{STATES[state]}{count}项" for state, count in states.items() if count and state != "approved")
    if approved_only:
        return "统计口径：只统计已确认的任务。" + (f"另有未确认的任务没有计入：{others}。" if others else "")
    known = f"已确认{states.get('approved', 0)}项"
    return f"统计口径：统计全部任务，包括还没有确认的；其中{'，'.join(filter(None, (known, others)))}。"


def told(placed: Placed, month: int, dimensions: Sequence[str]) -> Iterator[Block]:
    """Of each dimension what units reported in the month, those furthest on first."""
    spoken = [(item, standing) for item, standing in placed if standing.reported and standing.latest and standing.latest.summary]
    if not spoken:
        return
    yield Block(Place.INDENTED, ("（三）主要进展",))
    order = {name: place for place, name in enumerate(dimensions)}
    spoken.sort(key=lambda one: (order.get(one[0].dimension, len(order)), *_first(one[1])))
    for name, group in groupby(spoken, key=lambda one: one[0].dimension):
        found = list(group)
        yield Block(Place.INDENTED, (f"{name or '未分类'}：{month_name(month)}有{len(found)}项任务写明了进展。",))
        for item, standing in found[:_TOLD]:
            yield Block(Place.INDENTED, (_sentence(item, standing),))


def _first(standing: Standing) -> tuple[int, int]:
    share = standing.latest.percent if standing.latest else None
    return _ORDER.index(standing.stage), -(share or 0)


def _sentence(item: Item, standing: Standing) -> str:
    words = standing.latest.summary.strip().replace("\n", "；") if standing.latest else ""
    stage = stage_words(standing).replace("\n", "")
    return f"{item.unit}“{item.title}”（{stage}）：{words.rstrip(_ENDS)}。"


def problems(placed: Placed) -> list[Said]:
    """What units reported in the month as in the way, as they reported it."""
    return [
        Said(item.unit, item.title, standing.latest.problems)
        for item, standing in placed
        if standing.reported and standing.latest and standing.latest.problems
    ]


def plans(placed: Placed) -> list[Said]:
    """What units reported in the month as their next steps."""
    return [
        Said(item.unit, item.title, standing.latest.next_steps)
        for item, standing in placed
        if standing.reported and standing.latest and standing.latest.next_steps
    ]
