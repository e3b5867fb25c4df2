"""The years there are, the one that is worked on, and the next one made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.fields import Field, Kind
from db.journal import Changes
from db.models import Campaign, Setting, Task
from huajie_desktop.application import Application
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.records.asking import read_asked
from huajie_desktop.settings import CAMPAIGN, keep_rule
from huajie_desktop.township.office import campaign
from huajie_desktop.year.carrying import Carrying

ANEW, SHIFTED = "anew", "shifted"
_DAYS = {ANEW: "清空重新报", SHIFTED: "推后一年"}
ASKED = {
    field.name: field
    for field in (
        Field("新年度", Kind.NUMBER, "year", required=True, help="如 2022"),
        Field("活动名称", Kind.TEXT, "name", required=True, max_length=60),
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


@dataclass
class Made:
    """A new year: what was touched and how many tasks were carried over."""

    campaign_id: int
    tasks: int
    changes: Changes


def lines(session: Session) -> list[YearLine]:
    """The years, the newest first."""
    current = campaign(session).id
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


def switch_to(app: Application, campaign_id: int) -> Changes:
    """Works on another year from now on; every page, paper and command follows."""
    with app.reading() as session:
        wanted = session.get_one(Campaign, campaign_id)
        newest = session.scalar(select(func.max(Campaign.year)))
    return keep_rule(app, CAMPAIGN, "" if wanted.year == newest else str(wanted.id), f"切换到 {wanted.year} 年度")


def proposal(session: Session) -> dict[str, str]:
    """What the form for the next year says at first."""
    old = campaign(session)
    name = old.name.replace(str(old.year), str(old.year + 1))
    return {"year": str(old.year + 1), "name": name, "carry": "是", "days": _DAYS[ANEW], "forces": "是"}


def read(app: Application, texts: Mapping[str, str]) -> Wishes:
    """The form for the next year, read and checked. Raises FieldErrors."""
    values = read_asked(app, ASKED, texts)
    with app.reading() as session:
        fault = _fault_of(session, values["year"])
    if fault:
        raise FieldErrors({"year": fault})
    return Wishes(values["year"], values["name"], bool(values["carry"]), values["days"] == SHIFTED, bool(values["forces"]))


def next_year(app: Application, wishes: Wishes, job: Job | None = None) -> Made:
    """Makes a new year from the one worked on and goes there, as one step that can be undone. Raises Problem, Cancelled."""
    with app.operation(f"建立 {wishes.year} 年度") as running:
        session = running.session
        if fault := _fault_of(session, wishes.year):
            raise Problem(f"{fault}。没有改动任何数据。")
        old = campaign(session)
        new = Campaign(year=wishes.year, name=wishes.name, township_id=old.township_id, number_pattern=_moved(old, wishes.year))
        session.add(new)
        session.flush()
        carrying = Carrying(running, old, new)
        carrying.take_structure()
        if wishes.forces:
            carrying.take_forces()
        tasks = 0
        if wishes.carry:
            tasks = carrying.take_tasks(shift=wishes.shift, today=app.today(), job=job or Silent())
            running.call(f"建立 {wishes.year} 年度，转入 {tasks} 项任务")
        _go_there(session, new)
    return Made(new.id, tasks, running.changes)


def _go_there(session: Session, new: Campaign) -> None:
    """The newest year is worked on where no other was chosen; a choice made before gives way."""
    chosen = session.scalar(select(Setting).where(Setting.name == CAMPAIGN))
    newest = session.scalar(select(func.max(Campaign.year))) == new.year
    if not newest:
        chosen = chosen or Setting(name=CAMPAIGN)
        chosen.value = str(new.id)
        session.add(chosen)
    elif chosen is not None:
        chosen.value = ""


def _fault_of(session: Session, year: int) -> str:
    if not 2000 <= year <= 2100:
        return "年度应在 2000 到 2100 之间"
    if session.scalar(select(Campaign.id).where(Campaign.year == year)) is not None:
        return f"{year} 年度已经建立过了"
    return ""


def _moved(old: Campaign, year: int) -> str | None:
    return old.number_pattern and old.number_pattern.replace(str(old.year), str(year))
