"""What stands half typed in a form, kept so that a power cut does not take it; no history, gone once saved."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from db.clock import local_time, utc_now
from db.models import Draft
from db.opening import writing
from huajie_desktop.errors import Problem, storage_problems
from huajie_desktop.seat import Seat, SeatSession


@dataclass(frozen=True)
class HalfTyped:
    """A form as it was left: where it stands (page, subject), its heading, the record's texts before, and what was typed."""

    page: str
    subject: Mapping[str, Any]
    title: str
    before: Mapping[str, str]  # by field key, as the form showed the record
    texts: Mapping[str, str]  # by field key, as typed
    name: str = ""  # told apart by this; given when kept first
    at: datetime = datetime.min  # local time it was kept last

    @property
    def typed(self) -> dict[str, str]:
        """The fields that were typed in, with their texts."""
        return {key: text for key, text in self.texts.items() if text != self.before.get(key, "")}


def keep(seat: Seat, half: HalfTyped) -> str:
    """Keeps a form of the person at the desk under its name, a new one where it has none; returns the name. Raises Problem."""
    with storage_problems(str(seat.folder)), writing(seat.sessions) as session:
        name = half.name or _free_name(session, _who(seat), half)
        parts = {part: getattr(half, part) for part in ("page", "subject", "title", "before", "texts")}
        value = json.dumps(parts, ensure_ascii=False)
        session.merge(Draft(person_uid=_who(seat), name=name, at=utc_now(), value=value))
    return name


def drafts(session: SeatSession) -> list[HalfTyped]:
    """What whoever sits here left half typed, the latest first."""
    found = session.scalars(
        select(Draft).where(Draft.person_uid == session.seat.author.uid).order_by(Draft.at.desc(), Draft.name)
    )
    return [HalfTyped(**json.loads(kept.value), name=kept.name, at=local_time(kept.at)) for kept in found]


def drop(seat: Seat, name: str) -> None:
    """Forgets a half typed form of the person at the desk. Raises Problem."""
    with storage_problems(str(seat.folder)), writing(seat.sessions) as session:
        session.execute(delete(Draft).where(Draft.person_uid == _who(seat), Draft.name == name))


def _who(seat: Seat) -> str:
    """Whose drafts they are; a command types nothing."""
    if seat.author.uid is None:
        raise Problem("命令不保留没有输完的内容。")
    return seat.author.uid


def _free_name(session: SeatSession, person_uid: str, half: HalfTyped) -> str:
    """A name nothing else is kept under: a form begun anew must not overwrite one left by a power cut."""
    taken = set(session.scalars(select(Draft.name).where(Draft.person_uid == person_uid)))
    stem = f"{half.page} {json.dumps(half.subject, sort_keys=True)}"[:70]
    return next(name for number in range(len(taken) + 1) if (name := f"{stem} {number}" if number else stem) not in taken)
