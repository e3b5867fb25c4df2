"""The days a recurring task falls due (周期事项): planned when the task is saved, done one by one, counted when late."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from db.hanging import hanging_on
from db.journal import Changes
from db.log import Act
from db.models import Attachment, Campaign, Occurrence, Task
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.values.dates import parse_due
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.recurrence import parse_recurrence
from huajie_desktop.work.deadlines import unfinished

_NOTE = 200  # characters


class OccurrenceLine(NamedTuple):
    """One occurrence as listed: its number in the order of days, when due and done, what was found, how many files prove it."""

    id: int
    number: int
    due: date
    done_on: date | None
    note: str
    files: int
    late: bool  # not done though its day is past


def planned(recurrence: str | None, start: date | None, due: date | None, year: int, today: date) -> list[date]:
    """The days a task falls due on: from its start (else today, within the year) to its end (else the year's)."""
    if not recurrence:
        return []
    first = start or min(max(date(year, 1, 1), today), date(year, 12, 31))
    return list(parse_recurrence(recurrence).due_days(first, due or date(year, 12, 31)))


def plan(session: SeatSession, task: Task, today: date) -> None:
    """Gives the task the occurrences its recurrence wants. What is done, noted or proved stays; nothing is added before it."""
    present = {item.due: item for item in task.occurrences}
    first = task.start or min(present, default=None)
    wanted = set(planned(task.recurrence, first, task.due, session.get_one(Campaign, task.campaign_id).year, today))
    proved = _proved(session, list(present.values()))
    kept = {due for due, item in present.items() if item.done_on or item.note or item.uid in proved}
    last = max((due for due in kept if present[due].done_on), default=date.min)
    task.occurrences = [item for due, item in present.items() if due in wanted or due in kept]
    task.occurrences += [Occurrence(due=due) for due in sorted(wanted - present.keys()) if due > last]


def _proved(session: SeatSession, items: Sequence[Occurrence]) -> set[str | None]:
    """The identities of those that a file proves."""
    uids = [item.uid for item in items if item.uid]
    return set(session.scalars(select(Attachment.proves_uid).where(Attachment.proves_uid.in_(uids)))) if uids else set()


def lines(session: SeatSession, task_id: int, today: date) -> list[OccurrenceLine]:
    """The occurrences of a task by day; of a finished task none is late any more."""
    open_still = session.scalar(select(Task.id).where(Task.id == task_id, unfinished())) is not None
    files = select(Attachment.proves_uid, func.count()).where(hanging_on(Attachment, Task, [task_id]))
    counts: dict[str | None, int] = {uid: count for uid, count in session.execute(files.group_by(Attachment.proves_uid))}
    found = session.scalars(select(Occurrence).where(Occurrence.task_id == task_id).order_by(Occurrence.due))
    return [
        OccurrenceLine(
            item.id, number, item.due, item.done_on, item.note or "", counts.get(item.uid, 0),
            late=open_still and item.done_on is None and item.due < today,
        )
        for number, item in enumerate(found, 1)
    ]  # fmt: skip


def tasks_due(first: date, last: date) -> ColumnElement[bool]:
    """Unfinished tasks with an occurrence from `first` to `last` that is not done; a condition for lists of tasks."""
    still_open = select(Occurrence.task_id).where(Occurrence.done_on.is_(None), Occurrence.due.between(first, last))
    return and_(unfinished(), Task.id.in_(still_open))


def finish(seat: Seat, ids: Sequence[int], day: str, note: str) -> Changes:
    """Notes that occurrences were done on `day` (as typed; empty is today) and what was found. Raises FieldErrors."""
    done_on = day_typed(seat, day, "done_on", "办理日期")
    if len(note := note.strip()) > _NOTE:
        raise FieldErrors({"note": f"办理情况不能超过 {_NOTE} 个字，现在 {len(note)} 个"})
    with seat.operation(Act.CHANGE, f"周期事项办理 {len(ids)} 次") as running:
        for item in _open(running.session, ids):
            item.done_on, item.note = done_on, note or item.note
    return running.changes


def reopen(seat: Seat, ids: Sequence[int]) -> Changes:
    """Takes back that occurrences were done; what was noted stays."""
    with seat.operation(Act.CHANGE, f"周期事项改为未办 {len(ids)} 次") as running:
        for item in _open(running.session, ids):
            item.done_on = None
    return running.changes


def _open(session: SeatSession, ids: Collection[int]) -> list[Occurrence]:
    found = list(session.scalars(select(Occurrence).where(Occurrence.id.in_(ids))))
    if len(found) < len(set(ids)):
        raise Problem("这些周期事项里有的已经不在了，没有改动。请再看一遍这项任务的周期。")
    return found


def day_typed(seat: Seat, typed: str, key: str, label: str) -> date:
    """The day on which something was done, as typed; empty is today. Raises FieldErrors at `key`, also for a day to come."""
    if not typed.strip():
        return seat.today()
    with seat.reading() as session:
        year = session.seat.year
    try:
        day = parse_due(typed, year).day
    except Unreadable as problem:
        raise FieldErrors({key: str(problem)}) from None
    if day > seat.today():
        raise FieldErrors({key: f"{label}不能晚于今天（{seat.today().isoformat()}）"})
    return day
