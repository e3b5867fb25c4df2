"""What was done and taking it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from db.acts import reverse_of
from db.clock import local_time
from db.errors import ChangedSince
from db.journal import Author, Changes
from db.models import Campaign, JournalEntry, Operation
from db.personal import hide_numbers
from db.undo import later_operations
from db.undo import undo as undo_operations
from huajie_desktop.errors import Problem, storage_problems
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.seat import Seat, SeatSession


class OperationLine(NamedTuple):
    """One operation as shown: when (local time), who, what, whether it was taken back, and how many rows it changed."""

    id: int
    at: datetime
    actor: str
    label: str
    undone: bool
    rows: int = 0


class LaterChanges(Problem):
    """An operation cannot be taken back alone; `later` are the newer ones standing on it, oldest first."""

    def __init__(self, record: str, later: Sequence[OperationLine]) -> None:
        steps = "、".join(f"“{line.label}”" for line in later[:5]) + (f"等 {len(later)} 步" if len(later) > 5 else "")
        reason = f"此后的{steps}改动过它或者用到了它" if later else "它已被别的记录使用"
        super().__init__(f"不能撤销：{record}之后又有改动（{reason}）。没有改动任何数据。")
        self.later = list(later)


def size(session: SeatSession, operation_ids: Sequence[int]) -> int:
    """How many rows those operations changed."""
    statement = select(func.count()).select_from(JournalEntry).where(JournalEntry.operation_id.in_(operation_ids))
    return session.scalar(statement) or 0


def undo(seat: Seat, operation_ids: Sequence[int], *, with_later: bool = False, job: Job | None = None) -> Changes:
    """Takes operations back as one new operation; undoing an undo is a redo.

    Raises LaterChanges when rows were changed since; with `with_later` the newer operations are taken back too. Raises
    Problem for the first setting up, and for what changed nothing.
    """
    with seat.reading() as session:
        wanted = set(operation_ids)
        if not size(session, operation_ids):
            raise Problem("这一步没有改动数据（如导出），没有可以撤销的。")
        label = "、".join(map(reverse_of, session.scalars(select(Operation.label).where(Operation.id.in_(wanted)))))
        while with_later and (later := {found.id for found in later_operations(session, sorted(wanted))} - wanted):
            wanted |= later
        _refuse_set_up(session, wanted)
    try:
        with storage_problems(str(seat.folder)):
            author, step = Author(seat.author.name), (job or Silent()).step
            return undo_operations(seat.sessions, author, label[:200], sorted(wanted), step)
    except ChangedSince as error:
        with seat.reading() as session:
            later_lines = [operation_line(session.get_one(Operation, operation_id)) for operation_id in error.later]
        raise LaterChanges(error.record, later_lines) from error


def _refuse_set_up(session: SeatSession, operation_ids: set[int]) -> None:
    """Without township and year there is nothing left to work on."""
    brought = select(JournalEntry.record_id).where(
        JournalEntry.operation_id.in_(operation_ids), JournalEntry.kind == Campaign.__tablename__, JournalEntry.before.is_(None)
    )
    gone = set(session.scalars(brought))
    if gone and not set(session.scalars(select(Campaign.id))) - gone:
        raise Problem("这是最初的设置，撤销后就没有数据可用了。没有改动任何数据。")


def operation_line(found: Operation) -> OperationLine:
    """An operation as shown; its rows are not counted."""
    at = local_time(found.at)
    return OperationLine(found.id, at, found.actor, hide_numbers(found.label), found.undone_by_id is not None)
