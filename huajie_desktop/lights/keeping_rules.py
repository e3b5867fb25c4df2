"""The office's own rules for lights: a new edition from a day on; those of before hold for the days before it."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from db.acts import Act
from db.journal import Changes
from db.models import LightRules
from huajie_desktop.errors import FieldErrors
from huajie_desktop.lights.rules import BOUNDS, faults_of
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.values.spoken_days import in_words

DAY = "valid_from"


def keep_edition(seat: Seat, valid_from: date, numbers: Mapping[str, int]) -> Changes:
    """Keeps an edition of all the rules (by the names of BOUNDS) from a day on; one of that very day is corrected.

    No day that has passed gets other rules, so that what a month's end showed stays. Raises FieldErrors, by rule or DAY.
    """
    with seat.operation(Act.ARRANGE, f"亮灯规则自{in_words(valid_from)}起") as running:
        session = running.session
        faults = faults_of(numbers) | _against(session, valid_from)
        if faults:
            raise FieldErrors(faults)
        kept = session.scalar(select(LightRules).where(LightRules.valid_from == valid_from)) or LightRules(valid_from=valid_from)
        for name in BOUNDS:
            setattr(kept, name, numbers[name])
        session.add(kept)
    return running.changes


def _against(session: SeatSession, valid_from: date) -> dict[str, str]:
    today, last = session.seat.today(), session.scalar(select(func.max(LightRules.valid_from)))
    if valid_from < today:
        return {DAY: f"起用日期不能早于今天（{in_words(today)}），过去的亮灯不改。"}
    if last is not None and valid_from < last:
        return {DAY: f"已经有一版自{in_words(last)}起用的规则，起用日期不能比它早。"}
    return {}
