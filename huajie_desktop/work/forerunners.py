"""Tasks that go on from year to year: the entries of earlier years they were carried from, and what became of those."""

from collections.abc import Collection, Sequence

from sqlalchemy import CTE, select
from sqlalchemy.orm import aliased

from db.images import among
from db.models import Campaign, Task
from huajie_desktop.seat import SeatSession


def forerunners(ids: Sequence[int]) -> CTE:
    """Of each of those tasks (`task`) itself and all the entries of earlier years it was carried from (`older`)."""
    asked = select(Task.id.label("task"), Task.id.label("older"), Task.carried_from_id).where(among(Task.id, ids))
    line = asked.cte("forerunners", recursive=True)
    before = aliased(Task)
    back = select(line.c.task, before.id, before.carried_from_id).join(before, before.id == line.c.carried_from_id)
    return line.union_all(back)


def going_on(session: SeatSession, ids: Collection[int]) -> dict[int, int]:
    """Those of the tasks that were carried on, by id, with the newest entry each has up to the year worked on."""
    found: dict[int, int] = {}
    front = {task_id: task_id for task_id in ids}
    up_to = Campaign.year <= session.seat.year
    while front:
        kept = select(Task.carried_from_id, Task.id).join(Campaign, Campaign.id == Task.campaign_id)
        next_ones = session.execute(kept.where(among(Task.carried_from_id, list(front)), up_to).order_by(Task.id))
        front = {later: front[before] for before, later in next_ones if before is not None}
        found |= {first: later for later, first in front.items()}
    return found
