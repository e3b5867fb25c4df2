"""How the year's tasks stand by the end of a month: of each what was reported last, and the counts a report gives of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from sqlalchemy import func, select, true

from db.ledgers.progress import Progress
from db.models import Campaign, Task
from db.reports import MONTHS
from huajie_desktop.seat import SeatSession
from huajie_desktop.typesetting.content import Item, sum_investment
from huajie_desktop.values.text import is_blank
from huajie_desktop.work.task_ledger import TASKS

_UNDERWAY = ("underway", "nearly")


class Reported(NamedTuple):
    """What a unit said of one task in one month, as it was reported."""

    month: str
    stage: str  # a key of db.reports.STAGES; one that says none is underway
    percent: int | None
    summary: str
    problems: str
    next_steps: str


class Standing(NamedTuple):
    """How one task stands: what was reported last (None: nothing ever), whether that was in the month itself."""

    stage: str  # a key of STAGES, "done" once it is finished, "" where nothing was ever reported
    latest: Reported | None
    reported: bool
    overdue: bool
    finished: bool


class Tally(NamedTuple):
    """What is counted of some tasks; done + underway + stuck + waiting + silent are all of them. Investment in 万元."""

    name: str
    tasks: int
    reported: int
    done: int
    underway: int
    stuck: int
    waiting: int
    silent: int
    overdue: int
    finished: int
    investment: Decimal

    @property
    def rate(self) -> Decimal:
        """Done of all in percent with one decimal."""
        return percent(self.done, self.tasks)


def percent(part: int, whole: int) -> Decimal:
    """A share in percent with one decimal; 0 of nothing."""
    return (Decimal(part * 100) / (whole or 1)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def standings(session: SeatSession, campaign: Campaign, month: int, day: date, *, approved_only: bool) -> dict[int, Standing]:
    """How each task of a campaign stood by the end of `month`, by its id; overdue and finished are counted on `day`."""
    counts = TASKS.settled(Task) if approved_only else true()
    latest: dict[int, Reported] = {}
    for task_id, found in _reports(session, campaign, month):
        latest[task_id] = found
    tasks = select(Task.id, Task.due, Task.finished_on).where(Task.campaign_id == campaign.id, counts)
    return {
        task_id: _standing(latest.get(task_id), due, finished_on, f"{month:02}", day)
        for task_id, due, finished_on in session.execute(tasks)
    }


def _reports(session: SeatSession, campaign: Campaign, month: int) -> Iterable[tuple[int, Reported]]:
    """What was reported up to that month, the earliest first; 无 is what a form wants filled in and says nothing."""
    columns = (Progress.percent, Progress.summary, Progress.problems, Progress.next_steps)
    found = (
        select(Progress.task_id, Progress.month, func.coalesce(Progress.stage, "underway"), *columns)
        .join(Task, Task.id == Progress.task_id)
        .where(Task.campaign_id == campaign.id, Progress.month <= f"{month:02}")
        .order_by(Progress.month)
    )
    for task_id, key, stage, share, *texts in session.execute(found):
        yield task_id, Reported(key, stage, share, *("" if not text or is_blank(text) else text for text in texts))


def _standing(latest: Reported | None, due: date | None, finished_on: date | None, month: str, day: date) -> Standing:
    finished = finished_on is not None and finished_on <= day
    stage = "done" if finished else latest.stage if latest else ""
    late = due is not None and due < day and not finished
    return Standing(stage, latest, latest is not None and latest.month == month, late, finished)


def tally(name: str, found: Sequence[Standing], items: Iterable[Item] = ()) -> Tally:
    """The counts over some tasks; `items` are the same tasks, whose investment is added up."""
    stages = [one.stage for one in found]
    return Tally(
        name, len(found), sum(one.reported for one in found), stages.count("done"), sum(map(stages.count, _UNDERWAY)),
        stages.count("stuck"), stages.count("waiting"), stages.count(""), sum(one.overdue for one in found),
        sum(one.finished for one in found), sum_investment(items),
    )  # fmt: skip


Placed = Sequence[tuple[Item, Standing]]


def tallies(placed: Placed, key: Callable[[Item], Sequence[str]], order: Iterable[str] = ()) -> list[Tally]:
    """The counts by `key`, those of `order` first, the others as they appear; a task counts under each of its keys."""
    groups: dict[str, list[tuple[Item, Standing]]] = {name: [] for name in order}
    for item, standing in placed:
        for name in key(item):
            groups.setdefault(name or "未分类", []).append((item, standing))
    return [tally(name, *_apart(group)) for name, group in groups.items() if group]


def whole(placed: Placed) -> Tally:
    """The counts over all, each task once."""
    return tally("合　　计", *_apart(placed))


def _apart(group: Placed) -> tuple[list[Standing], list[Item]]:
    return [standing for _item, standing in group], [item for item, _standing in group]


def month_name(month: int) -> str:
    """6月."""
    return MONTHS[f"{month:02}"]


def year_before(session: SeatSession) -> Campaign | None:
    """The township's campaign of the year before, if there is one."""
    year = session.campaign
    found = select(Campaign).where(Campaign.township_id == year.township_id, Campaign.year == year.year - 1)
    return session.scalar(found)


def first_by(found: Sequence[Tally], value: Callable[[Tally], Decimal | int], count: int) -> list[Tally]:
    """The first of those with a value above 0, the highest first, equal ones as they stand."""
    return sorted((one for one in found if value(one)), key=lambda one: -value(one))[:count]
