"""What papers of a kind can be made for, with the latest paper made for each."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select

from db.clock import local_time
from db.models import Paper, PaperTask, Task, Unit
from db.organisation import UNIT_KINDS
from huajie_desktop.ordering import number_key
from huajie_desktop.papers.paper_kinds import PaperKind, Per
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.owing import owed_by
from huajie_desktop.work.task_ledger import TASK_REVIEW, TASKS


class SubjectLine(NamedTuple):
    """What a paper of a kind can be made for: a unit, a task or the whole; its tasks, and the latest paper made for it."""

    id: int
    name: str
    kind: str  # of the unit; a task's unit
    approved: int
    open: int
    number: str
    made_at: datetime | None
    outdated: str  # why the paper no longer says the truth
    unable: str = ""  # why there is nothing to print, a sentence

    @property
    def able(self) -> bool:
        """Whether there is something to print."""
        return not self.unable


def subject_lines(session: SeatSession, kind: PaperKind) -> list[SubjectLine]:
    """What papers of that kind can be made for, in the order of the tree."""
    match kind.per:
        case Per.UNIT:
            return _unit_lines(session, kind)
        case Per.TASK:
            return _task_lines(session, kind)
    approved = _count(session, TASK_REVIEW.counted)
    latest = _latest(session, kind).get(None)
    return [_line(0, "全镇", "", approved, _count(session, None) - approved, latest)]


def _unit_lines(session: SeatSession, kind: PaperKind) -> list[SubjectLine]:
    approved = func.coalesce(func.sum(case((TASKS.settled(Task), 1), else_=0)), 0)
    of_any = not (kind.table and kind.confirmed)  # whether a unit without a confirmed task can have one, too
    owing = None if kind.confirmed else owed_by(session, session.seat.today())
    of_year = and_(Task.unit_id == Unit.id, Task.campaign_id == session.seat.campaign_id)
    statement = (
        select(Unit.id, Unit.name, Unit.kind, approved, func.count(Task.id) - approved)
        .outerjoin(Task, of_year)
        .where(or_(Task.id.is_not(None), Unit.closed_on.is_(None) if of_any else Task.id.is_not(None)))
        .group_by(Unit.id, Unit.name, Unit.kind, Unit.position)
        .order_by(Unit.position, Unit.id)
    )
    latest = _latest(session, kind)

    def unable(unit_id: int, confirmed: int) -> str:
        if owing is not None:
            return "" if unit_id in owing else "没有欠办的事项，不用催办"
        return "" if confirmed or of_any else "还没有已确认的任务，先到“审核”页面通过"

    return [
        _line(unit_id, name, UNIT_KINDS[unit_kind], done, rest, latest.get(unit_id), unable(unit_id, done))
        for unit_id, name, unit_kind, done, rest in session.execute(statement)
    ]


def _task_lines(session: SeatSession, kind: PaperKind) -> list[SubjectLine]:
    papers = select(PaperTask.task_id, Paper).join(Paper, Paper.id == PaperTask.paper_id).where(Paper.kind == kind.key)
    latest = {task_id: paper for task_id, paper in session.execute(papers.order_by(Paper.id))}
    statement = (
        select(Task.id, Task.title, Unit.name, Task.number, Unit.position, Unit.id)
        .join(Unit, Unit.id == Task.unit_id)
        .where(Task.campaign_id == session.seat.campaign_id, TASKS.settled(Task))
        .order_by(Task.id)
    )
    found = sorted(session.execute(statement), key=lambda row: (row[4], row[5], number_key(row[3])))
    return [_line(task_id, title, unit, 1, 0, latest.get(task_id)) for task_id, title, unit, *_place in found]


def _line(subject_id: int, name: str, kind: str, approved: int, rest: int, paper: Paper | None, unable: str = "") -> SubjectLine:
    made_at = local_time(paper.made_at) if paper else None
    number, outdated = (paper.number or paper.code or "", paper.outdated_why or "") if paper else ("", "")
    return SubjectLine(subject_id, name, kind, approved, rest, number, made_at, outdated, unable)


def _latest(session: SeatSession, kind: PaperKind) -> dict[int | None, Paper]:
    made = select(Paper).where(Paper.kind == kind.key, Paper.campaign_id == session.seat.campaign_id).order_by(Paper.id)
    return {paper.unit_id: paper for paper in session.scalars(made)}


def _count(session: SeatSession, state: str | None) -> int:
    counted = select(func.count(Task.id)).where(Task.campaign_id == session.seat.campaign_id)
    return session.scalar(counted.where(Task.state == state) if state else counted) or 0
