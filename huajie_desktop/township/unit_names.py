"""What units were called on a day, as a renaming leaves everything before it under the old name; full names of who signs."""

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


def party_committee(township: str) -> str:
    """The full name of a township's party committee, as it signs: 中共…镇委员会, of a 街道 its 工作委员会."""
    return f"中共{township}{'工作' if township.endswith('街道') else ''}委员会"


def government(township: str) -> str:
    """The full name of a township's government, as it signs: …镇人民政府, of a 街道 its 办事处."""
    return f"{township}{'办事处' if township.endswith('街道') else '人民政府'}"


def township_fields(township: str) -> dict[str, str]:
    """The full names of who acts for a township; who takes a pledge are both, one a line."""
    both = party_committee(township), government(township)
    return {"党委": both[0], "政府": both[1], "接诺单位": "\n".join(both)}
