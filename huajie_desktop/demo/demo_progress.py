"""What the units of the demo report in three months: made up, and saying so in every sentence."""

from collections.abc import Iterator

from sqlalchemy import select

from db.ledgers.progress import Progress
from db.log import Act
from db.models import Task
from huajie_desktop.seat import Seat

_MONTHS = ("04", "05", "06")
_SILENT, _STUCK, _AHEAD, _WAITING = 9, 17, 5, 23  # every how manyth task


def fill(seat: Seat) -> None:
    """Adds the reports on all tasks, most of them further on each month, some stuck, some missing."""
    with seat.operation(Act.CHANGE, "月度进展（演示）") as running:
        tasks = running.session.scalars(select(Task).where(Task.campaign_id == seat.campaign_id).order_by(Task.id)).all()
        running.session.add_all(report for place, task in enumerate(tasks, 1) for report in _reports(place, task))


def _reports(place: int, task: Task) -> Iterator[Progress]:
    for step, month in enumerate(_MONTHS, 1):
        if (place + step) % _SILENT == 0:
            continue
        stage, percent = _stage(place, step)
        stuck = stage == "stuck"
        yield Progress(
            campaign_id=task.campaign_id, task_id=task.id, unit_id=task.unit_id, title=task.title, month=month, state="approved",
            stage=stage, percent=percent, summary=f"（演示）按计划推进，完成{percent}%。" if percent else None,
            problems="（演示）雨天较多，施工进度偏慢。" if stuck else None,
            next_steps="（演示）倒排工期，把耽误的时间抢回来。" if stuck else None,
        )  # fmt: skip


def _stage(place: int, step: int) -> tuple[str, int]:
    if place % _WAITING == 0:
        return "waiting", 0
    if place % _STUCK == 0:
        return "stuck", 10 * step
    percent = min(25 * step + place % 4 * 5 + (25 if place % _AHEAD == 0 else 0), 100)
    return ("done" if percent == 100 else "nearly" if percent >= 90 else "underway"), percent
