"""How a month went, for the bulletin (月度通报) and its page: by unit and by category, in all, and beside the month before."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from db.models import Category, Dimension, FurtherCategory, Task, Unit
from huajie_desktop.lights.kept_facts import editions
from huajie_desktop.lights.rules import Rules, rules_on
from huajie_desktop.lights.workdays import official
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.bulletin_line import SUMMED, Line
from huajie_desktop.supervision.known_tasks import Asked, known_tasks
from huajie_desktop.supervision.supervised_counts import supervised
from huajie_desktop.values.time_expressions import month_end

Place = tuple[int | None, int | None]  # a unit and a category


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A month as of `day`, its end or an earlier day; units in the order of the tree, categories as they are ordered.

    A task counts in each of its categories and once in `whole`; what is about no task counts for its unit alone. `before` is the
    whole as of the end of the month before, None in January.
    """

    day: date
    rules: Rules  # those that held that day
    units: tuple[Line, ...]
    categories: tuple[Line, ...]
    whole: Line
    before: Line | None


def bulletin_of(session: SeatSession, day: date, *, approved_only: bool = True) -> Bulletin:
    """The month of that day, as of that day: what is dated later counts for nothing. Its year is the one on the table."""
    held = editions(session)
    asked = Asked(day, rules_on(held, day), official(), approved_only)
    units, categories, whole = _lines(session, asked)
    earlier = day.replace(day=1) - timedelta(days=1)
    then = asked._replace(day=earlier, rules=rules_on(held, earlier))
    before = _lines(session, then)[2] if earlier.year == session.seat.year else None
    return Bulletin(day, asked.rules, tuple(units), tuple(categories), whole, before)


def counted_on(year: int, month: int, until: date) -> date:
    """The day a month is counted on: its end, or `until` where that is earlier, but no day before it begins."""
    end = month_end(year, month)
    return max(min(end, until), end.replace(day=1))


def _lines(session: SeatSession, asked: Asked) -> tuple[list[Line], list[Line], Line]:
    units, categories = _empty_units(session), _empty_categories(session)
    whole = Line(None, "合计")
    for (unit_id, category_id), line in _counted(session, asked).items():
        for group in (units[unit_id], categories[category_id], whole):
            group.add(line)
    for (_unit, category_id), line in _counted_further(session, asked).items():
        categories[category_id].add(line)
    for unit_id, line in supervised(session, asked.day, by_category=False):
        units[unit_id].add(line)
        whole.add(line)
    for category_id, line in supervised(session, asked.day, by_category=True):
        categories[category_id].add(line)
    return [one for one in units.values() if one.says], [one for one in categories.values() if one.says], whole


def _empty_units(session: SeatSession) -> dict[int | None, Line]:
    found = session.execute(select(Unit.id, Unit.name).order_by(Unit.position, Unit.id))
    return {unit_id: Line(unit_id, name) for unit_id, name in found}


def _empty_categories(session: SeatSession) -> dict[int | None, Line]:
    found = session.execute(
        select(Category.id, Category.name)
        .join(Dimension, Dimension.id == Category.dimension_id)
        .where(Dimension.campaign_id == session.seat.campaign_id)
        .order_by(Dimension.position, Category.position, Category.id)
    )
    return {category_id: Line(category_id, name) for category_id, name in found} | {None: Line(None, "未分类")}


def _counted(session: SeatSession, asked: Asked) -> dict[Place, Line]:
    """The counts of tasks by unit and first category, each task once."""
    rows = known_tasks(session, asked).subquery()
    return _summed(session, select(rows.c.unit_id, rows.c.category_id), rows.c)


def _counted_further(session: SeatSession, asked: Asked) -> dict[Place, Line]:
    """The counts of tasks by their further categories."""
    mine = select(FurtherCategory.task_id).join(Task).where(Task.campaign_id == session.seat.campaign_id)
    if session.scalar(mine.limit(1)) is None:
        return {}
    rows = known_tasks(session, asked).where(Task.id.in_(mine)).subquery()
    places = select(rows.c.unit_id, FurtherCategory.category_id).join(rows, rows.c.id == FurtherCategory.task_id)
    return _summed(session, places, rows.c)


def _summed(session: SeatSession, places: Select[Any], rows: Any) -> dict[Place, Line]:
    sums = (
        func.count(), func.sum(rows.due_came), func.sum(rows.in_time), func.sum(rows.percent), func.count(rows.percent),
        func.sum(rows.planned), func.sum(rows.spent), func.sum(rows.unreported), func.sum(rows.unreceived),
    )  # fmt: skip
    statement = places.add_columns(rows.light, *sums).group_by(*places.selected_columns, rows.light)
    cells = dict[Place, Line]()
    for unit_id, category_id, light, *values in session.execute(statement):
        said = {name: value for name, value in zip(SUMMED, values, strict=True) if value}
        cells.setdefault((unit_id, category_id), Line(None, "")).add(
            Line(None, "", **said, lights=Counter({light: said["tasks"]}))
        )
    return cells
