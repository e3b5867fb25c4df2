"""Papers for the units: what stands on pledges, slips and the report, and the register of those that were made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from db.choices import STATES
from db.clock import local_time, utc_now
from db.fields import in_wan
from db.journal import Changes
from db.models import Campaign, Category, Dimension, Pledge, Responsibility, Task, Unit
from db.organisation import UNIT_KINDS
from db.papers import PAPER_KINDS
from huajie_desktop.application import Application
from huajie_desktop.documents.content import Item, PledgeContent, ReportContent, SlipContent, word_due
from huajie_desktop.documents.files import name_files
from huajie_desktop.documents.printing import (
    Printed,
    digest,
    write_pledge_files,
    write_pledges,
    write_report,
    write_slip_files,
    write_slips,
)
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.numbering import paper_number, take_numbers
from huajie_desktop.office import campaign, categories, is_demo, township

PaperContent = PledgeContent | SlipContent


_WRITERS: dict[tuple[str, bool], Callable[..., list[Printed]]] = {
    ("pledge", False): write_pledges,
    ("pledge", True): write_pledge_files,
    ("slip", False): write_slips,
    ("slip", True): write_slip_files,
}


class UnitLine(NamedTuple):
    """One unit as the papers page lists it: its approved and other tasks, and the latest paper of the kind asked for."""

    unit_id: int
    name: str
    kind: str
    approved: int
    open: int
    number: str
    made_at: datetime | None


@dataclass
class Outcome:
    """What was made: the documents page by page, the files, and what the register took up."""

    printed: list[Printed]
    files: list[Path]
    changes: Changes


def unit_lines(session: Session, kind: str) -> list[UnitLine]:
    """Units that have tasks, in the order of the tree, with their latest paper of that kind (pledge or slip)."""
    approved = func.sum(case((Task.state == "approved", 1), else_=0))
    statement = (
        select(Unit.id, Unit.name, Unit.kind, approved, func.count() - approved)
        .join(Task, Task.unit_id == Unit.id)
        .where(Task.campaign_id == campaign(session).id)
        .group_by(Unit.id, Unit.name, Unit.kind, Unit.position)
        .order_by(Unit.position, Unit.id)
    )
    papers = {paper.unit_id: paper for paper in session.scalars(select(Pledge).where(Pledge.kind == kind).order_by(Pledge.id))}
    lines = []
    for unit_id, name, unit_kind, done, rest in session.execute(statement):
        paper = papers.get(unit_id)
        made_at = local_time(paper.made_at) if paper else None
        lines.append(UnitLine(unit_id, name, UNIT_KINDS[unit_kind], done, rest, paper.number if paper else "", made_at))
    return lines


def make_papers(
    app: Application, kind: str, unit_ids: Sequence[int] | None, target: Path, *, separate: bool = False, job: Job | None = None
) -> Outcome:
    """Writes the pledges or slips of those units (None: all with approved tasks) and enters them in the register.

    `target` is one file, or with `separate` a folder. Raises Problem (nothing approved, a character no font has, a full
    disk); then no file is left and the register is unchanged.
    """
    label = {"pledge": "制作承诺书", "slip": "制作承诺交办单"}[kind]
    with app.operation(label) as running:
        session = running.session
        contents = _numbered(app, session, kind, _contents(session, kind, unit_ids))
        running.call(f"{label} {len(contents)} 份")
        printed = _WRITERS[kind, separate](contents, target, job)
    files = name_files(target, [f"{content.unit}{PAPER_KINDS[kind]}" for content in contents]) if separate else [target]
    return Outcome(printed, files, running.changes)


def make_report(app: Application, target: Path, job: Job | None = None) -> Printed:
    """Writes the status report of the year to `target`. Raises Problem when there is nothing to report."""
    with app.reading() as session:
        year = campaign(session)
        items = tuple(_items(session, None))
        if not items:
            raise Problem("清单里还没有任务，报告没有制作。请先导入或录入任务。")
        order = tuple(category.name for category in categories(session))
        content = ReportContent(township(session).name, year.year, _campaign_name(session, year), app.today(), items, order)
    return write_report(content, target, job)


def _contents(session: Session, kind: str, unit_ids: Sequence[int] | None) -> list[PaperContent]:
    year, top = campaign(session), township(session)
    by_unit: dict[str, list[Item]] = {}
    for item in _items(session, "approved"):
        by_unit.setdefault(item.unit, []).append(item)
    wanted = select(Unit).order_by(Unit.position, Unit.id)
    units = session.scalars(wanted if unit_ids is None else wanted.where(Unit.id.in_(unit_ids))).all()
    if unit_ids is None:
        units = [unit for unit in units if unit.name in by_unit]
    empty = [unit.name for unit in units if unit.name not in by_unit]
    if empty or not units:
        who = "、".join(empty[:5]) or "各单位"
        raise Problem(f"{who}还没有已确认的任务，没有制作任何文书。请先审核通过任务。")
    name = _campaign_name(session, year)
    if kind == "pledge":
        return [PledgeContent(top.name, year.year, name, unit.name, unit.kind, tuple(by_unit[unit.name])) for unit in units]
    issuer, remarks = f"{top.name}党委、政府", "演示数据" if is_demo(session) else ""
    return [
        SlipContent(top.name, year.year, name, unit.name, tuple(by_unit[unit.name]), issuer=issuer, remarks=remarks)
        for unit in units
    ]


def _campaign_name(session: Session, year: Campaign) -> str:
    return f"{year.year}年{year.name}" + ("（演示数据）" if is_demo(session) else "")


def _numbered(app: Application, session: Session, kind: str, contents: Iterable[PaperContent]) -> list[PaperContent]:
    """The same content keeps its number; new content gets the next one and a register entry."""
    year, top = campaign(session), township(session)
    ids = {name: unit_id for name, unit_id in session.execute(select(Unit.name, Unit.id))}
    known = {
        (unit_id, fingerprint): number
        for unit_id, fingerprint, number in session.execute(
            select(Pledge.unit_id, Pledge.digest, Pledge.number).where(Pledge.kind == kind, Pledge.campaign_id == year.id)
        )
    }
    numbered = []
    for content in contents:
        unit_id, fingerprint = ids[content.unit], digest(content)
        number = known.get((unit_id, fingerprint))
        if number is None:
            number = paper_number(top, year, kind, take_numbers(session, f"{kind}:{year.year}", 1)[0])
            made_at = utc_now()
            session.add(
                Pledge(campaign_id=year.id, unit_id=unit_id, kind=kind, number=number, items=len(content.items),
                       digest=fingerprint, made_at=made_at, made_by=app.actor)
            )  # fmt: skip
        numbered.append(replace(content, number=number))
    return numbered


def _items(session: Session, state: str | None) -> Iterable[Item]:
    statement = (
        select(Task)
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Category, Category.id == Task.category_id)
        .outerjoin(Dimension, Dimension.id == Category.dimension_id)
        .where(Task.campaign_id == campaign(session).id)
        .order_by(Unit.position, Unit.id, Dimension.position, Category.position, Task.number, Task.id)
        .options(
            joinedload(Task.unit),
            joinedload(Task.lead),
            joinedload(Task.category).joinedload(Category.dimension),
            selectinload(Task.responsible).joinedload(Responsibility.person),
        )
    )
    if state is not None:
        statement = statement.where(Task.state == state)
    return map(_item, session.scalars(statement))


def _item(task: Task) -> Item:
    investment: Decimal | None = None if task.investment is None else in_wan(task.investment)
    return Item(
        number=task.number or "",
        title=task.title,
        content=task.content or "",
        category=task.category.name if task.category else "",
        dimension=task.category.dimension.name if task.category else "",
        responsible=tuple(link.person.name for link in task.responsible),
        lead=task.lead.name if task.lead else "",
        due_text=word_due(task.due, task.due_precision or "day", task.ongoing),
        due=task.due,
        investment=investment,
        state=STATES[task.state],
        unit=task.unit.name,
    )
