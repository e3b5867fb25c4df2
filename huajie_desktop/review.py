"""Review: draft -> submitted -> approved or returned, many at once; only an approved task has a number."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.choices import STATES
from db.images import CHUNK, Row
from db.journal import Changes, OperationSession
from db.models import Category, Dimension, Task
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.numbering import take_numbers, task_number
from huajie_desktop.office import campaign, township

# What may follow what; the same table rules buttons and services.
FOLLOWING = {
    "draft": ("submitted",),
    "submitted": ("approved", "returned", "draft"),
    "returned": ("submitted",),
    "approved": ("returned",),
}
_STEP = 1000  # tasks between two looks at the job
REQUIRED_TO_SUBMIT = {"category_id": "类别", "due": "完成时限"}


def submit(app: Application, ids: Sequence[int], job: Job | None = None) -> Changes:
    """Hands drafts and returned tasks in for review. Raises Problem naming what is missing."""
    with app.operation(f"提交审核 {len(ids)} 项") as running:
        rows = _movable(running.session, ids, "submitted")
        for row in rows:
            missing = [label for name, label in REQUIRED_TO_SUBMIT.items() if row[name] is None]
            if missing:
                raise Problem(f"任务“{row['title']}”还缺{'、'.join(missing)}，没有提交。请补全后再提交。")
        _write(running, {row["id"]: {"state": "submitted", "return_reason": None} for row in rows}, job)
    return running.changes


def withdraw(app: Application, ids: Sequence[int], job: Job | None = None) -> Changes:
    """Takes submitted tasks back to draft."""
    with app.operation(f"撤回 {len(ids)} 项") as running:
        rows = _movable(running.session, ids, "draft")
        _write(running, {row["id"]: {"state": "draft"} for row in rows}, job)
    return running.changes


def approve(app: Application, ids: Sequence[int], job: Job | None = None) -> Changes:
    """Approves submitted tasks and numbers them in the order given, category by category."""
    with app.operation(f"审核通过 {len(ids)} 项") as running:
        session = running.session
        rows = _movable(session, ids, "approved")
        numbers = _numbers(session, [row for row in rows if row["number"] is None])
        values = {
            row["id"]: {"state": "approved", "return_reason": None, "number": row["number"] or numbers[row["id"]]} for row in rows
        }
        _write(running, values, job)
    return running.changes


def send_back(app: Application, ids: Sequence[int], reason: str, job: Job | None = None) -> Changes:
    """Returns tasks to whoever entered them, with the reason; an approved task keeps its number."""
    reason = reason.strip()
    if not reason:
        raise Problem("请写明退回原因，没有退回。")
    with app.operation(f"退回 {len(ids)} 项") as running:
        rows = _movable(running.session, ids, "returned")
        _write(running, {row["id"]: {"state": "returned", "return_reason": reason[:200]} for row in rows}, job)
    return running.changes


def _write(running: OperationSession, values: dict[int, Row], job: Job | None) -> None:
    ids = list(values)
    for start in range(0, len(ids), _STEP):
        if job:
            job.step(start, len(ids), f"写入 {start}/{len(ids)}")
        running.update(Task, {task_id: values[task_id] for task_id in ids[start : start + _STEP]})


def _movable(session: Session, ids: Sequence[int], state: str) -> list[dict[str, Any]]:
    columns = (Task.id, Task.title, Task.state, Task.number, Task.category_id, Task.due)
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        statement = select(*columns).where(Task.id.in_(ids[start : start + CHUNK]))
        found.update((row["id"], dict(row)) for row in session.execute(statement).mappings())
    rows = [found[task_id] for task_id in ids if task_id in found]
    if not rows:
        raise Problem("没有选中任务，没有改动。请先在列表中选择任务。")
    for row in rows:
        if state not in FOLLOWING[row["state"]]:
            raise Problem(f"任务“{row['title']}”现在是“{STATES[row['state']]}”，不能改为“{STATES[state]}”。没有改动任何任务。")
    return rows


def _numbers(session: Session, rows: Sequence[dict[str, Any]]) -> dict[int, str]:
    year, top = campaign(session), township(session)
    codes: dict[int, str] = {
        category_id: code for category_id, code in session.execute(select(Category.id, Category.code).join(Dimension))
    }
    by_category: dict[int, list[int]] = {}
    for row in rows:
        by_category.setdefault(row["category_id"], []).append(row["id"])
    given: dict[int, str] = {}
    for category_id, task_ids in by_category.items():
        taken = take_numbers(session, f"task:{year.year}:{codes[category_id]}", len(task_ids))
        given.update(
            (task_id, task_number(top, year, codes[category_id], number)) for task_id, number in zip(task_ids, taken, strict=True)
        )
    return given
