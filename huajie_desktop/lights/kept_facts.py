"""What lights are judged by, read from what is kept: days of tasks, their steps, reports, milestones, decided extensions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select

from db.clock import local_time, utc_now
from db.images import CHUNK, among
from db.ledgers.progress import Progress
from db.models import Extension, LightRules, Milestone, Operation, Step, Task
from huajie_desktop.lights.late import clock_warning
from huajie_desktop.lights.light import Light, light_of
from huajie_desktop.lights.rules import BOUNDS, Edition, Rules, rules_on
from huajie_desktop.lights.task_facts import DueChange, Ending, Pause, Reported, TaskFacts
from huajie_desktop.lights.task_facts import Milestone as Mark
from huajie_desktop.lights.workdays import official
from huajie_desktop.seat import SeatSession

_LATELY = 200  # operations whose days are compared with the computer's


def lights_of(session: SeatSession, ids: Sequence[int], day: date) -> dict[int, Light]:
    """The light of each of those tasks as it was on that day, by the rules that held then."""
    rules, workdays = rules_on(editions(session), day), official()
    return {task_id: light_of(facts, day, rules, workdays) for task_id, facts in facts_of(session, ids).items()}


def editions(session: SeatSession) -> list[Edition]:
    """The township's rules, oldest first."""
    kept = session.scalars(select(LightRules).order_by(LightRules.valid_from))
    return [Edition(one.valid_from, Rules(**{name: getattr(one, name) for name in BOUNDS})) for one in kept]


def clock_doubt(session: SeatSession) -> str:
    """The sentence that the computer's clock stands before what was entered lately; "" where it does not.

    Before any of the last entries, not the last alone: a clock that lost its battery would else be believed after one entry.
    """
    lately = select(Operation.at).order_by(Operation.id.desc()).limit(_LATELY).subquery()
    last = session.scalar(select(func.max(lately.c.at)))
    return clock_warning(local_time(utc_now()).date(), local_time(last).date()) if last else ""


def facts_of(session: SeatSession, ids: Sequence[int]) -> dict[int, TaskFacts]:
    """What is known of those tasks, by id; reports count whatever their review says, as they were made."""
    first_day = date(session.seat.year, 1, 1)
    found: dict[int, TaskFacts] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        changes, marks, reports, steps = (
            _changes(session, chunk),
            _marks(session, chunk),
            _reports(session, chunk),
            _steps(session, chunk),
        )
        columns = (Task.id, Task.start, Task.due, Task.ongoing, Task.handed_on, Task.received_on, Task.finished_on)
        for task_id, begin, due, ongoing, handed, received, finished in session.execute(
            select(*columns).where(among(Task.id, chunk))
        ):
            found[task_id] = TaskFacts(
                first_day, begin, due, bool(ongoing), changes[task_id], handed, received, tuple(_pauses(steps[task_id])),
                marks[task_id], reports[task_id], tuple(_endings(steps[task_id], finished)),
            )  # fmt: skip
    return found


def _gathered(rows: Iterable[Any]) -> Mapping[int, tuple[Any, ...]]:
    """What the rows (id of a task, fact) say of each task."""
    found = defaultdict[int, tuple[Any, ...]](tuple)
    for task_id, fact in rows:
        found[task_id] += (fact,)
    return found


def _changes(session: SeatSession, ids: Sequence[int]) -> Mapping[int, tuple[DueChange, ...]]:
    asked = (Extension.task_id, Extension.decided_on, Extension.before)
    kept = session.execute(
        select(*asked).where(among(Extension.task_id, ids), Extension.state == "granted").order_by(Extension.id)
    )
    return _gathered((task_id, DueChange(decided, before)) for task_id, decided, before in kept if decided)


def _marks(session: SeatSession, ids: Sequence[int]) -> Mapping[int, tuple[Mark, ...]]:
    said = (Milestone.task_id, Milestone.due, Milestone.reached_on, Milestone.text)
    kept = session.execute(select(*said).where(among(Milestone.task_id, ids)).order_by(Milestone.position))
    return _gathered((task_id, Mark(due, reached, text)) for task_id, due, reached, text in kept if due)


def _reports(session: SeatSession, ids: Sequence[int]) -> Mapping[int, tuple[Reported, ...]]:
    said = (Progress.task_id, Progress.month, Progress.reported_on, Progress.percent, Progress.stage)
    kept = session.execute(select(*said).where(among(Progress.task_id, ids)).order_by(Progress.month))
    year = session.seat.year
    return _gathered(
        (task_id, Reported(day or _last_of(year, int(month)), percent, stage, date(year, int(month), 1)))
        for task_id, month, day, percent, stage in kept
    )


def _steps(session: SeatSession, ids: Sequence[int]) -> Mapping[int, tuple[tuple[date, str], ...]]:
    kept = session.execute(select(Step.task_id, Step.on, Step.handling).where(among(Step.task_id, ids)).order_by(Step.id))
    return _gathered((task_id, (on, handling)) for task_id, on, handling in kept)


def _pauses(steps: Sequence[tuple[date, str]]) -> Iterable[Pause]:
    for (on, handling), after in pairwise((*steps, (None, ""))):
        if handling == "suspended" and on is not None:
            yield Pause(on, after[0])


def _endings(steps: Sequence[tuple[date, str]], finished: date | None) -> Iterable[Ending]:
    """Each sign-off with the day it was opened again; a task that is finished and not signed off ends there as well."""
    signed = False
    for (on, handling), after in pairwise((*steps, (None, ""))):
        if handling == "signed_off" and on is not None:
            signed = after[0] is None
            yield Ending(finished if signed and finished else on, on, after[0])
    if finished is not None and not signed:
        yield Ending(finished)


def _last_of(year: int, month: int) -> date:
    """The last day of a month: when an older report was made, which did not say."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
