"""Conditions of the checklist under a name: those everybody has, and those a person kept for herself."""

from collections.abc import Collection
from dataclasses import asdict, fields

from huajie_desktop.named_habits import NamedHabits
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.work.checklist import TaskFilter


def built_in(actor: str) -> dict[str, TaskFilter]:
    """What every office looks for, by name; `actor` is who looks."""
    return {
        "本周到期": TaskFilter(due="this_week"),
        "已过时限": TaskFilter(due="overdue"),
        "没有时限": TaskFilter(due="none"),
        "未落实责任人": TaskFilter(nobody=True),
        "重点工程": TaskFilter(key_project=True),
        "有疑问": TaskFilter(queried=True),
        "待我修改（退回）": TaskFilter(state="returned", author=actor),
    }


def _reserved(seat: Seat) -> Collection[str]:
    return built_in(seat.author.name)


_SHELF = NamedHabits("filters/tasks", "筛选", _reserved)
rename, remove = _SHELF.rename, _SHELF.remove


def own(session: SeatSession) -> dict[str, TaskFilter]:
    """What whoever sits here kept, by name, in the order of keeping."""
    known = {field.name for field in fields(TaskFilter)}
    return {
        name: TaskFilter(**{key: value for key, value in said.items() if key in known})
        for name, said in _SHELF.own(session).items()
    }


def keep(seat: Seat, name: str, wanted: TaskFilter) -> None:
    """Keeps the conditions for the person at the desk under a name, in place of her own of that name. Raises FieldErrors."""
    nothing = asdict(TaskFilter())
    _SHELF.keep(seat, name, {key: value for key, value in asdict(wanted).items() if value != nothing[key]})
