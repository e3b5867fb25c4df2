"""What units were called on a day: a renaming leaves everything before its day under the old name."""

from datetime import date

from sqlalchemy import select

from db.models import Unit, UnitChange
from huajie_desktop.seat import SeatSession


def names_on(session: SeatSession, on: date) -> dict[int, str]:
    """What every unit was called on that day, by id."""
    names: dict[int, str] = {unit_id: name for unit_id, name in session.execute(select(Unit.id, Unit.name))}
    later = select(UnitChange.unit_id, UnitChange.name_before).where(UnitChange.kind == "renamed", UnitChange.on > on)
    for unit_id, name in session.execute(later.order_by(UnitChange.on.desc(), UnitChange.id.desc())):
        names[unit_id] = name  # the first renaming after that day is met last
    return names


def paper_day(year: int, today: date) -> date:
    """The day whose names stand on papers of a campaign: today, or the last day of its year once that is over."""
    return min(today, date(year, 12, 31))
