"""What the clerk of the demo adds to its tasks before they are handed out: milestones with what proves them, and quantities."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from sqlalchemy import select

from db.base import table_of
from db.log import Act
from db.models import Milestone, Quantity
from db.rows import reserve_ids
from huajie_desktop.demo.demo_cast import Cast
from huajie_desktop.demo.demo_fates import LAST, Fate, working
from huajie_desktop.seat import Running
from huajie_desktop.work.review import unlock
from huajie_desktop.work.task_ledger import TASKS

_COUNTED = re.compile(r"([\u4e00-\u9fff]{2})(\d+)(平方米|公里|盏|处|座|株|户|亩|张|场|次|米)")
_PROVED = {2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4)}  # which of the usual milestones a task with so many has
_SHARES = (0, 0, 2, 3, 2, 4)  # how many a task has, by the dice: others are proved by a file


class Reach(NamedTuple):
    """One milestone: when it is reached and what proves it."""

    milestone: int
    task: int
    on: date
    proof: str


class Counted(NamedTuple):
    """One quantity of a task, of which some is done month by month."""

    quantity: int
    amount: Decimal


def divide(cast: Cast, found: Sequence[Fate]) -> tuple[list[Reach], dict[int, Counted]]:
    """Opens the tasks, gives most of them milestones and quantities, and has them approved again; by task what is counted."""
    ids = [fate.task.id for fate in found]
    unlock(cast.clerk, ids, str(cast.said["dividing"]))
    with cast.clerk.operation(Act.CHANGE, "分解时间节点和建设数量（演示）") as running:
        there = running.session.scalars(select(Milestone).order_by(Milestone.due)).all()
        divided = {one.task_id for one in there}
        bare = [fate for fate in found if fate.task.id not in divided]
        ready = {fate.task.id: fate.ready for fate in found}
        reaches = [Reach(one.id, one.task_id, min(one.due or LAST, ready[one.task_id]), one.evidence or "") for one in there]
        reaches += _add_milestones(running, cast, bare)
        counted = _add_quantities(running, bare)
    cast.reviewed(TASKS, ids)
    return reaches, counted


def _add_milestones(running: Running, cast: Cast, bare: Iterable[Fate]) -> list[Reach]:
    steps = [(fate.task.id, *step) for fate in bare for step in _steps(cast.said["milestones"], fate, cast.dice)]
    marks = reserve_ids(running.connection, table_of(Milestone), len(steps))
    rows = [(mark, *step[:-1]) for mark, step in zip(marks, steps, strict=True)]
    running.insert(Milestone, ("id", "task_id", "position", "text", "evidence", "due"), rows)
    return [Reach(mark, step[0], step[-1], step[3]) for mark, step in zip(marks, steps, strict=True)]


def _add_quantities(running: Running, bare: Iterable[Fate]) -> dict[int, Counted]:
    """What a task's content counts (路灯27盏), by task."""
    told = [(fate.task.id, said) for fate in bare if (said := _COUNTED.search(fate.task.content))]
    new = reserve_ids(running.connection, table_of(Quantity), len(told))
    rows = [(one, task, 0, said[1], Decimal(said[2]), said[3]) for one, (task, said) in zip(new, told, strict=True)]
    running.insert(Quantity, ("id", "task_id", "position", "name", "amount", "unit"), rows)
    return {row[1]: Counted(row[0], row[4]) for row in rows}


def _steps(usual: Sequence[Sequence[str]], fate: Fate, dice: Random) -> list[tuple[int, str, str, date, date]]:
    """The milestones of a task: place, words, what proves it, when it is due, when it is reached."""
    count = 0 if fate.task.ongoing else dice.choice(_SHARES)
    if not count:
        return []
    found = []
    for number, which in enumerate(_PROVED[count], 1):
        due = fate.handed + (fate.task.due - fate.handed) * number / count
        reached = fate.received + (fate.ready - fate.received) * number / count
        slip = timedelta(dice.randint(-6, 14 if fate.slow else 3)) if number < count else timedelta(0)
        reached = working(max(min(reached + slip, fate.ready), fate.received + timedelta(1)))
        found.append((number - 1, usual[which][0], usual[which][1], due, min(reached, fate.ready)))
    return found
