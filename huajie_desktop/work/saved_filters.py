"""Conditions of the checklist under a name: those everybody has, and those a person kept for herself."""

from collections.abc import Mapping
from dataclasses import asdict, fields

from huajie_desktop.errors import FieldErrors
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.settings import habit, keep_habit
from huajie_desktop.values.text import trim
from huajie_desktop.work.checklist import TaskFilter

_HABIT = "filters/tasks"
_LONGEST = 20  # characters of a name


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


def own(session: SeatSession) -> dict[str, TaskFilter]:
    """What whoever sits here kept, by name, in the order of keeping."""
    known = {field.name for field in fields(TaskFilter)}
    kept: Mapping[str, Mapping[str, object]] = habit(session, _HABIT) or {}
    return {
        name: TaskFilter(**{key: value for key, value in said.items() if key in known})  # type: ignore[arg-type]
        for name, said in kept.items()
    }


def keep(seat: Seat, name: str, wanted: TaskFilter) -> None:
    """Keeps the conditions for the person at the desk under a name, in place of her own of that name. Raises FieldErrors."""
    name = _checked(seat, name)
    with seat.reading() as session:
        kept = own(session)
    _write(seat, {**kept, name: wanted})


def rename(seat: Seat, before: str, name: str) -> None:
    """Gives a kept filter another name; its place stays. Raises FieldErrors."""
    name = _checked(seat, name)
    with seat.reading() as session:
        kept = own(session)
    if name != before and name in kept:
        raise FieldErrors({"name": f"已经有叫“{name}”的筛选了，请换一个名称"})
    _write(seat, {name if found == before else found: wanted for found, wanted in kept.items()})


def remove(seat: Seat, name: str) -> None:
    """Forgets a kept filter."""
    with seat.reading() as session:
        kept = own(session)
    kept.pop(name, None)
    _write(seat, kept)


def _checked(seat: Seat, name: str) -> str:
    name = trim(name)
    if not name:
        raise FieldErrors({"name": "请给这组条件起个名称"})
    if len(name) > _LONGEST:
        raise FieldErrors({"name": f"名称不能超过 {_LONGEST} 个字，现在 {len(name)} 个"})
    if name in built_in(seat.author.name):
        raise FieldErrors({"name": f"“{name}”是程序自带的筛选，请换一个名称"})
    return name


def _write(seat: Seat, kept: Mapping[str, TaskFilter]) -> None:
    nothing = asdict(TaskFilter())
    said = {name: {key: value for key, value in asdict(wanted).items() if value != nothing[key]} for name, wanted in kept.items()}
    keep_habit(seat, _HABIT, said)
