"""What the moves of a task's handling need and do: days, evidence, who verifies, the number of a sign-off."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import exists, select

from db.images import CHUNK, Row, among
from db.models import Attachment, Milestone, Notice, Step, Task
from huajie_desktop.declared.closed_loop import (
    ANOTHER,
    CLEARED,
    CONFIRMED,
    DAYS,
    EVIDENCED,
    HANDLING,
    NO_OPEN_NOTICE,
    NOTED,
    SIGNED_OFF,
)
from huajie_desktop.declared.life import LONGEST_REASON, Done, Effect, Rows
from huajie_desktop.lights.kept_facts import editions
from huajie_desktop.lights.rules import rules_on
from huajie_desktop.lights.workdays import official
from huajie_desktop.seat import Running, SeatSession
from huajie_desktop.work.forerunners import forerunners
from huajie_desktop.work.numbering import paper_number, take_numbers

_OPEN = ("issued", "answered", "summoned")  # notices nobody has closed


def _not_confirmed(session: SeatSession, _ledger: Any, _life: Any, made: Any, rows: Rows) -> Mapping[int, str]:
    ids = _ids(rows)
    open_ids = session.scalars(select(Task.id).where(among(Task.id, ids), Task.state != "approved"))
    return dict.fromkeys(open_ids, f"还没有审核通过，不能{made.called}。请先提交审核。")


def _without_evidence(session: SeatSession, _ledger: Any, _life: Any, made: Any, rows: Rows) -> Mapping[int, str]:
    """Each milestone reached with its evidence; where there is none, a file beside the task."""
    ids, against = _ids(rows), dict[int, str]()
    marks = session.execute(
        select(Milestone.task_id, Milestone.text, Milestone.reached_on, Milestone.given).where(among(Milestone.task_id, ids))
    ).all()
    for task_id, words, reached, given in marks:
        if reached is None or not given:
            lacking = "没有完成日期" if reached is None else "没有交佐证"
            against.setdefault(task_id, f"的节点“{words[:20]}”{lacking}，不能{made.called}。请先在节点里填上。")
    bare = set(ids) - {mark.task_id for mark in marks}
    filed = select(Task.id).where(among(Task.id, sorted(bare)), exists().where(Attachment.owner_uid == Task.uid))
    for task_id in bare - set(session.scalars(filed)):
        against[task_id] = f"没有佐证材料，不能{made.called}。请先添加照片或文件。"
    return against


def _has_open_notice(session: SeatSession, _ledger: Any, _life: Any, made: Any, rows: Rows) -> Mapping[int, str]:
    """Neither about the task nor about what it was in earlier years."""
    line = forerunners(_ids(rows))
    about = select(line.c.task, Notice.number).join(Notice, Notice.task_id == line.c.older).where(Notice.state.in_(_OPEN))
    found = session.execute(about).all()
    return {task_id: f"还有督查单{number or ''}没有办结，不能{made.called}。" for task_id, number in found}


def _applied_oneself(session: SeatSession, _ledger: Any, _life: Any, _made: Any, rows: Rows) -> Mapping[int, str]:
    author = session.seat.author
    own = session.scalars(select(Task.id).where(among(Task.id, _ids(rows)), Task.applied_by == author.uid))
    return dict.fromkeys(own, f"是您（{author.name}）申请销号的，要由别人核验。")


def _days(running: Running, tasks: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
    """The day of the move: handed, received or applied for, by where the tasks stand."""
    session = running.session
    today = session.seat.today()
    receive_by = official().add_working_days(today, rules_on(editions(session), today).receive_days)
    found: dict[int, Row] = {}
    for task_id, handling in _standing(session, list(tasks)):
        if handling == "handed":
            found[task_id] = {"received_on": today}
        elif handling == "underway":
            found[task_id] = {"applied_on": today, "applied_by": session.seat.author.uid}
        else:
            found[task_id] = {"handed_on": today, "receive_by": receive_by}
    return found


def _sign_off(running: Running, tasks: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
    """Day and number of the sign-off; when it was done is the day it was applied for, where nobody said another."""
    session, ids = running.session, list(tasks)
    today = session.seat.today()
    numbers = take_numbers(session, f"signed off {session.seat.campaign_id}", len(ids))
    done: dict[int, tuple[Any, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        said = select(Task.id, Task.finished_on, Task.applied_on).where(among(Task.id, ids[start : start + CHUNK]))
        done.update((task_id, (finished, applied)) for task_id, finished, applied in session.execute(said))
    return {
        task_id: {
            "signed_off_on": today, "signed_off_number": paper_number(session, "销", number),
            "finished_on": done[task_id][0] or done[task_id][1] or today,
        }
        for task_id, number in zip(ids, numbers, strict=True)
    }  # fmt: skip


def _clear(running: Running, tasks: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
    """What is not so any more: a task taken back was not handed, one taken up again is neither done nor signed off."""
    gone = {"finished_on": None, "signed_off_on": None, "applied_on": None, "applied_by": None}
    never = {"handed_on": None, "receive_by": None}
    standing = dict(_standing(running.session, list(tasks)))
    return {task_id: dict(never if standing[task_id] == "handed" else gone) for task_id in tasks}


def _noting(state: str) -> Done:
    """What notes the step of each record to a state, with its day, who took it and why."""

    def note(running: Running, tasks: Mapping[int, str], reason: str) -> None:
        session = running.session
        on, by = session.seat.today(), session.seat.author.name
        said = reason[:LONGEST_REASON] or None
        session.add_all(Step(task_id=task_id, on=on, handling=state, by=by, reason=said) for task_id in tasks)

    return note


def _standing(session: SeatSession, ids: Sequence[int]) -> list[tuple[int, str | None]]:
    found: list[tuple[int, str | None]] = []
    for start in range(0, len(ids), CHUNK):
        chunk = select(Task.id, Task.handling).where(among(Task.id, ids[start : start + CHUNK]))
        found += [(task_id, handling) for task_id, handling in session.execute(chunk)]
    return found


def _ids(rows: Rows) -> list[int]:
    return [row["id"] for row in rows]


TASK_HANDLING = replace(
    HANDLING,
    needs={
        CONFIRMED: _not_confirmed, EVIDENCED: _without_evidence, NO_OPEN_NOTICE: _has_open_notice, ANOTHER: _applied_oneself,
    },
    effects={
        DAYS: Effect(_days, writes=("handed_on", "receive_by", "received_on", "applied_on", "applied_by")),
        SIGNED_OFF: Effect(_sign_off, writes=("signed_off_on", "signed_off_number")),
        CLEARED: Effect(_clear),
        **{NOTED + state: Effect(_noting(state)) for state in HANDLING.states},
    },
)  # fmt: skip
