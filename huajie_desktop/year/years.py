"""The years there are, and the next one made from the one on the table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import case, func, select

from db.fields import Field, Kind
from db.journal import Changes
from db.log import Act
from db.models import Campaign, Task
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.records.asking import read_asked
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.settings import CAMPAIGN, keep_habit
from huajie_desktop.township.shipped import PATTERN_NAME, shipped_pattern
from huajie_desktop.year.carrying import Carrying

SAME, SHIPPED, EMPTY = "same", "shipped", "empty"
_PATTERNS = {SAME: "照现在这一年", SHIPPED: f"{PATTERN_NAME}（15 个类别）", EMPTY: "空白，以后再设"}
ANEW, SHIFTED = "anew", "shifted"
_DAYS = {ANEW: "清空重新报", SHIFTED: "推后一年"}
ASKED = {
    field.name: field
    for field in (
        Field("新年度", Kind.NUMBER, "year", required=True, help="如 2022"),
        Field("活动名称", Kind.TEXT, "name", required=True, max_length=60),
        Field("板块和类别", Kind.CHOICE, "pattern", required=True, choices=_PATTERNS),
        Field("转入没有办结的任务", Kind.FLAG, "carry"),
        Field("转入任务的时限", Kind.CHOICE, "days", required=True, choices=_DAYS),
        Field("专班也照样建立", Kind.FLAG, "forces"),
    )
}


class YearLine(NamedTuple):
    """One year with its tasks and those of them that are not finished."""

    id: int
    year: int
    title: str
    tasks: int
    unfinished: int
    current: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the next year is to be made."""

    year: int
    name: str
    carry: bool = True
    shift: bool = False  # days of carried tasks move with the year instead of being set anew
    forces: bool = True
    pattern: str = SAME  # where dimensions and categories come from


@dataclass
class Made:
    """A new year: what was touched and how many tasks were carried over."""

    campaign_id: int
    tasks: int
    changes: Changes


def lines(session: SeatSession) -> list[YearLine]:
    """The years, the newest first."""
    current = session.seat.campaign_id
    unfinished = func.sum(case((Task.finished_on.is_(None), 1), else_=0))
    counts = {
        campaign_id: (tasks, rest)
        for campaign_id, tasks, rest in session.execute(
            select(Task.campaign_id, func.count(), unfinished).group_by(Task.campaign_id)
        )
    }
    return [
        YearLine(found.id, found.year, found.name, *counts.get(found.id, (0, 0)), found.id == current)
        for found in session.scalars(select(Campaign).order_by(Campaign.year.desc()))
    ]


def look_at(seat: Seat, campaign_id: int) -> Seat:
    """The same person before another year, who finds it there again next time; nobody else is moved."""
    with seat.reading() as session:
        moved = seat.in_year(session.get_one(Campaign, campaign_id))
    keep_habit(moved, CAMPAIGN, campaign_id)
    return moved


def after(seat: Seat, campaigns: Collection[int]) -> Seat:
    """Where the person sits after a step was taken back or done again that brought or took those campaigns."""
    with seat.reading() as session:
        years = {found.id: found for found in session.scalars(select(Campaign).order_by(Campaign.year))}
    there = [found for campaign_id, found in years.items() if campaign_id in campaigns]
    if there:
        return seat.in_year(there[-1])
    return seat if seat.campaign_id in years else seat.in_year([*years.values()][-1])


def proposal(session: SeatSession) -> dict[str, str]:
    """What the form for the next year says at first."""
    old = session.campaign
    name = old.name.replace(str(old.year), str(old.year + 1))
    return {
        "year": str(old.year + 1),
        "name": name,
        "pattern": _PATTERNS[SAME],
        "carry": "是",
        "days": _DAYS[ANEW],
        "forces": "是",
    }


def read(seat: Seat, texts: Mapping[str, str]) -> Wishes:
    """The form for the next year, read and checked. Raises FieldErrors."""
    values = read_asked(seat, ASKED, texts)
    with seat.reading() as session:
        fault = _fault_of(session, values["year"])
    if fault:
        raise FieldErrors({"year": fault})
    carry, shift, forces = bool(values["carry"]), values["days"] == SHIFTED, bool(values["forces"])
    return Wishes(values["year"], values["name"], carry, shift, forces, values["pattern"])


def next_year(seat: Seat, wishes: Wishes, job: Job | None = None) -> Made:
    """Makes a new year from the one worked on, as one step that can be undone; whoever wants to goes there.

    Raises Problem, Cancelled.
    """
    with seat.operation(Act.ARRANGE, f"建立 {wishes.year} 年度") as running:
        session = running.session
        if fault := _fault_of(session, wishes.year):
            raise Problem(f"{fault}。没有改动任何数据。")
        old = session.campaign
        new = Campaign(year=wishes.year, name=wishes.name, township_id=old.township_id, number_pattern=_moved(old, wishes.year))
        session.add(new)
        session.flush()
        carrying = Carrying(running, old, new)
        carrying.take_lists()
        if wishes.pattern == SAME:
            carrying.take_structure()
        else:
            carrying.begin_anew(shipped_pattern() if wishes.pattern == SHIPPED else [])
        if wishes.forces:
            carrying.take_forces()
        tasks = 0
        if wishes.carry:
            tasks = carrying.take_tasks(shift=wishes.shift, today=seat.today(), job=job or Silent())
            running.call(f"建立 {wishes.year} 年度，转入 {tasks} 项任务")
    return Made(new.id, tasks, running.changes)


def _fault_of(session: SeatSession, year: int) -> str:
    if not 2000 <= year <= 2100:
        return "年度应在 2000 到 2100 之间"
    if session.scalar(select(Campaign.id).where(Campaign.year == year)) is not None:
        return f"{year} 年度已经建立过了"
    return ""


def _moved(old: Campaign, year: int) -> str | None:
    return old.number_pattern and old.number_pattern.replace(str(old.year), str(year))
