"""The parts of the year's campaign, all the office's to name: dimensions, categories, list kinds, the look of its numbers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from db.journal import Changes
from db.log import Act
from db.models import Campaign, Category, Dimension, ListKind, Task, TaskForce, Unit
from huajie_desktop.declared.facets import Form, Listing, Rules, Sheets
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.office import usual_list_kinds
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.township.shipped import own_pattern, reference_list_kinds
from huajie_desktop.work import figures
from huajie_desktop.work.numbering import fault_in, overlong

Part = Dimension | Category | ListKind | TaskForce
_STEP = 1000  # tasks between two looks at the job


class CategoryLine(NamedTuple):
    """One category with the tasks that count in it."""

    id: int
    dimension_id: int
    name: str
    tasks: int
    approved: int
    closed: bool


class DimensionLine(NamedTuple):
    """One dimension with its categories; a task in several of them counts once in `tasks`."""

    id: int
    name: str
    tasks: int
    categories: tuple[CategoryLine, ...]


class ListKindLine(NamedTuple):
    """One list kind with its tasks."""

    id: int
    title: str
    aliases: str
    tasks: int
    closed: bool


def outline(session: SeatSession) -> list[DimensionLine]:
    """The campaign's dimensions with their categories, closed ones too, and the number of tasks in each."""
    counts = figures.tasks_in(session)
    totals = {total.name: total.tasks for total in figures.by_dimension(session)}
    statement = select(Dimension).where(Dimension.campaign_id == session.seat.campaign_id).order_by(Dimension.position)
    return [
        DimensionLine(found.id, found.name, totals[found.name], tuple(_category_lines(found, counts)))
        for found in session.scalars(statement.options(joinedload(Dimension.categories))).unique()
    ]


def _category_lines(dimension: Dimension, counts: Mapping[int, tuple[int, int]]) -> Iterator[CategoryLine]:
    for item in dimension.categories:
        yield CategoryLine(item.id, dimension.id, item.name, *counts.get(item.id, (0, 0)), item.closed_on is not None)


def list_kind_lines(session: SeatSession) -> list[ListKindLine]:
    """The campaign's list kinds in order, closed ones too, with the number of tasks in each."""
    statement = (
        select(ListKind, func.count(Task.id))
        .outerjoin(Task, Task.list_kind_id == ListKind.id)
        .where(ListKind.campaign_id == session.seat.campaign_id)
        .group_by(ListKind.id)
        .order_by(ListKind.position, ListKind.id)
    )
    return [
        ListKindLine(kind.id, kind.name, kind.aliases or "", tasks, kind.closed_on is not None)
        for kind, tasks in session.execute(statement)
    ]


def unlisted(session: SeatSession) -> int:
    """How many tasks of the campaign are in no list, as those entered before there were list kinds."""
    statement = select(func.count()).where(Task.campaign_id == session.seat.campaign_id, Task.list_kind_id.is_(None))
    return session.scalar(statement) or 0


def move(seat: Seat, model: type[Part], record_id: int, step: int) -> Changes:
    """Moves a dimension, category, list kind or task force among its like: -1 forward, 1 back; at the end nothing happens."""
    with seat.operation(Act.ARRANGE, f"调整{model.TITLE}顺序") as running:
        session = running.session
        record: Any = session.get_one(model, record_id)
        line = list(_siblings(session, record))
        place = line.index(record)
        line.insert(min(len(line) - 1, max(0, place + step)), line.pop(place))
        for position, found in enumerate(line):
            found.position = position
    return running.changes


def close(seat: Seat, model: type[Category | ListKind], record_id: int, *, closed: bool = True) -> Changes:
    """Takes a category or list kind out of use from today, or back into use; what is in it stays as it is."""
    with seat.operation(Act.ARRANGE, f"{'停用' if closed else '恢复'}{model.TITLE}") as running:
        record: Any = running.session.get_one(model, record_id)
        running.call(f"{'停用' if closed else '恢复'}{model.TITLE}“{record.name}”")
        record.closed_on = seat.today() if closed else None
    return running.changes


def add_categories(seat: Seat, names: Sequence[str]) -> Changes:
    """Adds categories behind those of the last dimension, or under one of their own where there is none."""
    with seat.operation(Act.ARRANGE, f"新增类别{len(names)}个") as running:
        session = running.session
        last = session.scalars(
            select(Dimension).where(Dimension.campaign_id == session.seat.campaign_id).order_by(Dimension.position.desc())
        ).first()
        for dimension in own_pattern(names):
            if last is None:
                dimension.campaign_id = session.seat.campaign_id
                session.add(dimension)
                continue
            there = {item.name for item in last.categories}
            last.categories += [item for item in dimension.categories if item.name not in there]
    return running.changes


def sort_into_lists(seat: Seat, job: Job | None = None) -> Changes:
    """Puts tasks nobody said a list for into the usual one, making the three usual list kinds where there is none."""
    job = job or Silent()
    with seat.operation(Act.ARRANGE, "归入清单") as running:
        session = running.session
        year = session.campaign
        if session.scalar(select(ListKind.id).where(ListKind.campaign_id == year.id)) is None:
            session.add_all(reference_list_kinds(year.id))
            session.flush()
        usual = usual_list_kinds(session)
        statement = select(Task.id, Unit.kind).join(Unit, Unit.id == Task.unit_id).where(Task.campaign_id == year.id)
        tasks = {task_id: usual[kind] for task_id, kind in session.execute(statement.where(Task.list_kind_id.is_(None)))}
        if tasks and not any(tasks.values()):
            raise Problem("没有别名为“镇级”或“村级”的清单，不知道归到哪里，没有改动。请先给清单写上这样的别名。")
        ids = [task_id for task_id, kind_id in tasks.items() if kind_id is not None]
        for start in range(0, len(ids), _STEP):
            job.step(start, len(ids), f"归入清单 {start}/{len(ids)}")
            running.update(Task, {task_id: {"list_kind_id": tasks[task_id]} for task_id in ids[start : start + _STEP]})
        running.call(f"归入清单 {len(ids)} 项")
    return running.changes


def _siblings(session: SeatSession, record: Part) -> Sequence[Any]:
    model, owner = type(record), "dimension_id" if isinstance(record, Category) else "campaign_id"
    statement = select(model).where(getattr(model, owner) == getattr(record, owner))
    return session.scalars(statement.order_by(model.position, model.id)).all()


def _settle(session: SeatSession, record: Any) -> Mapping[str, str]:
    """Gives a new part its place behind its like, parts aliases by 、, and refuses a second one of the name."""
    if record.id is None and not isinstance(record, Category):
        record.campaign_id = session.seat.campaign_id
    if not isinstance(record, Dimension):
        record.aliases = "、".join(dict.fromkeys(filter(None, re.split(r"[、，,；;\s]+", record.aliases or "")))) or None
    others = [found for found in _siblings(session, record) if found.id != record.id]
    if record.id is None:
        record.position = 1 + max((found.position for found in others), default=-1)
    if any(found.name == record.name for found in others):
        return {"name": f"{record.TITLE}“{record.name}”已经有了"}
    return {}


def _settle_campaign(session: SeatSession, record: Campaign) -> Mapping[str, str]:
    """Numbers by the pattern must fit, whichever category and list a task is in."""
    fault = fault_in(record.number_pattern or "") if record.number_pattern else ""
    if not fault and record.number_pattern and overlong(session, record.number_pattern):
        fault = "这样编出来的编号太长，最多 40 个字，请缩短样式"
    return {"number_pattern": fault} if fault else {}


DIMENSIONS = Ledger(
    key="dimensions",
    title="板块",
    model=Dimension,
    name="name",
    shown=Listing(
        columns=("name",),
    ),
    form=Form(
        groups=(("", ("name",)),),
    ),
    sheets=Sheets(
        identity=("name",),
    ),
    rules=Rules(
        settle=_settle,
    ),
)
CATEGORIES = Ledger(
    key="categories",
    title="类别",
    model=Category,
    name="name",
    closes_by="closed_on",
    shown=Listing(
        columns=("name", "code", "aliases"),
        found_by=("aliases",),
    ),
    form=Form(
        groups=(("", ("name", "code", "aliases")),),
    ),
    sheets=Sheets(
        identity=("name",),
    ),
    rules=Rules(
        settle=_settle,
    ),
)
LIST_KINDS = Ledger(
    key="list_kinds",
    title="清单种类",
    model=ListKind,
    name="name",
    closes_by="closed_on",
    shown=Listing(
        columns=("name", "aliases"),
        found_by=("aliases",),
    ),
    form=Form(
        groups=(("", ("name", "aliases")),),
    ),
    sheets=Sheets(
        identity=("name",),
    ),
    rules=Rules(
        settle=_settle,
    ),
)
CAMPAIGN = Ledger(
    key="campaigns",
    title="年度",
    model=Campaign,
    name="name",
    shown=Listing(
        columns=("name", "number_pattern"),
    ),
    form=Form(
        groups=(("", ("name", "number_pattern")),),
    ),
    sheets=Sheets(
        identity=("name",),
    ),
    rules=Rules(
        settle=_settle_campaign,
    ),
)
