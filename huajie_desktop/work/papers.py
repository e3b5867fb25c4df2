"""Papers for the units: what stands on pledges, slips and the report, and the register of those that were made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from db.choices import STATES
from db.clock import local_time, utc_now
from db.fields import in_wan
from db.journal import Changes
from db.models import Campaign, Category, Dimension, FurtherCategory, PaperTask, Pledge, Responsibility, Task, Unit
from db.organisation import UNIT_KINDS
from db.papers import PAPER_KINDS
from huajie_desktop import settings
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
from huajie_desktop.records.ledger_sections import ledger_sections
from huajie_desktop.township.office import campaign, categories, is_demo, township
from huajie_desktop.township.unit_names import names_on, paper_day
from huajie_desktop.year.numbering import paper_number, take_numbers

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
    outdated: str = ""  # why the paper no longer says the truth


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
    made = select(Pledge).where(Pledge.kind == kind, Pledge.campaign_id == campaign(session).id)
    papers = {paper.unit_id: paper for paper in session.scalars(made.order_by(Pledge.id))}
    lines = []
    for unit_id, name, unit_kind, done, rest in session.execute(statement):
        paper = papers.get(unit_id)
        made_at = local_time(paper.made_at) if paper else None
        number, outdated = (paper.number, paper.outdated_why or "") if paper else ("", "")
        lines.append(UnitLine(unit_id, name, UNIT_KINDS[unit_kind], done, rest, number, made_at, outdated))
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
        contents = _numbered(app, session, kind, _contents(session, kind, unit_ids, app.today()))
        running.call(f"{label} {len(contents)} 份")
        printed = _WRITERS[kind, separate](contents, target, job)
    files = name_files(target, [f"{content.unit}{PAPER_KINDS[kind]}" for content in contents]) if separate else [target]
    return Outcome(printed, files, running.changes)


def make_report(app: Application, target: Path, job: Job | None = None, *, approved_only: bool | None = None) -> Printed:
    """Writes the status report of the year to `target`, of approved tasks alone or of all (None: as the office has settled).

    Raises Problem when there is nothing to report.
    """
    with app.reading() as session:
        year = campaign(session)
        names = names_on(session, paper_day(year.year, app.today()))
        alone = settings.approved_only(session) if approved_only is None else approved_only
        items = tuple(item for _unit_id, item in _items(session, "approved" if alone else None, names))
        if not items and alone:
            raise Problem("还没有已确认的任务，报告没有制作。请先审核通过任务，或去掉“只统计已确认”。")
        if not items:
            raise Problem("清单里还没有任务，报告没有制作。请先导入或录入任务。")
        order = tuple(category.name for category in categories(session))
        top = names[year.township_id]
        ledgers, name = ledger_sections(session, names, approved_only=alone), _campaign_name(session, year)
        content = ReportContent(top, year.year, name, app.today(), items, order, alone, ledgers)
    return write_report(content, target, job)


def _contents(session: Session, kind: str, unit_ids: Sequence[int] | None, today: date) -> dict[int, PaperContent]:
    """What stands on the paper of each unit, by its id; units are called what they were called in that year."""
    year = campaign(session)
    names = names_on(session, paper_day(year.year, today))
    top, name = names[year.township_id], _campaign_name(session, year)
    by_unit: dict[int, list[Item]] = {}
    for unit_id, item in _items(session, "approved", names):
        by_unit.setdefault(unit_id, []).append(item)
    wanted = select(Unit).order_by(Unit.position, Unit.id)
    units = session.scalars(wanted if unit_ids is None else wanted.where(Unit.id.in_(unit_ids))).all()
    if unit_ids is None:
        units = [unit for unit in units if unit.id in by_unit]
    empty = [names[unit.id] for unit in units if unit.id not in by_unit]
    if empty or not units:
        who = "、".join(empty[:5]) or "各单位"
        raise Problem(f"{who}还没有已确认的任务，没有制作任何文书。请先审核通过任务。")
    if kind == "pledge":
        return {
            unit.id: PledgeContent(top, year.year, name, names[unit.id], unit.kind, tuple(by_unit[unit.id])) for unit in units
        }
    issuer, remarks = f"{top}党委、政府", "演示数据" if is_demo(session) else ""
    return {
        unit.id: SlipContent(top, year.year, name, names[unit.id], tuple(by_unit[unit.id]), issuer=issuer, remarks=remarks)
        for unit in units
    }


def _campaign_name(session: Session, year: Campaign) -> str:
    return f"{year.year}年{year.name}" + ("（演示数据）" if is_demo(session) else "")


def _numbered(app: Application, session: Session, kind: str, contents: Mapping[int, PaperContent]) -> list[PaperContent]:
    """The same content keeps its number; new content, and what stood on an outdated paper, gets the next one and is entered."""
    year, top = campaign(session), township(session)
    known = {
        (unit_id, fingerprint): number
        for unit_id, fingerprint, number in session.execute(
            select(Pledge.unit_id, Pledge.digest, Pledge.number).where(
                Pledge.kind == kind, Pledge.campaign_id == year.id, Pledge.outdated_at.is_(None)
            )
        )
    }
    numbered = []
    for unit_id, content in contents.items():
        fingerprint = digest(content)
        number = known.get((unit_id, fingerprint))
        if number is None:
            number = paper_number(top, year, kind, take_numbers(session, f"{kind}:{year.year}", 1)[0])
            paper = Pledge(campaign_id=year.id, unit_id=unit_id, kind=kind, number=number, items=len(content.items),
                           digest=fingerprint, made_at=utc_now(), made_by=app.actor)  # fmt: skip
            session.add(paper)
            session.flush()
            on_it = select(Task.id).where(Task.unit_id == unit_id, Task.campaign_id == year.id, Task.state == "approved")
            session.add_all(PaperTask(paper_id=paper.id, task_id=task_id) for task_id in session.scalars(on_it))
        numbered.append(replace(content, number=number))
    return numbered


def _items(session: Session, state: str | None, names: Mapping[int, str]) -> Iterable[tuple[int, Item]]:
    """The tasks in that state (None: all) as they stand on paper, with their units' ids; `names` are the units'."""
    statement = (
        select(Task)
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Category, Category.id == Task.category_id)
        .outerjoin(Dimension, Dimension.id == Category.dimension_id)
        .where(Task.campaign_id == campaign(session).id)
        .order_by(Unit.position, Unit.id, Dimension.position, Category.position, Task.number, Task.id)
        .options(
            joinedload(Task.lead),
            joinedload(Task.category).joinedload(Category.dimension),
            selectinload(Task.responsible).joinedload(Responsibility.person),
            selectinload(Task.further).joinedload(FurtherCategory.category).joinedload(Category.dimension),
        )
    )
    if state is not None:
        statement = statement.where(Task.state == state)
    return ((task.unit_id, _item(task, names[task.unit_id])) for task in session.scalars(statement))


def _item(task: Task, unit: str) -> Item:
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
        unit=unit,
        further=tuple((link.category.dimension.name, link.category.name) for link in task.further),
    )
