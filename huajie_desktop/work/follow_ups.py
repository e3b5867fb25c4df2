"""Follow-up notes (跟进记录): what was done about a record on a day; added, changed and taken away as one step each."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from db.hanging import hanging_on
from db.journal import Changes
from db.log import Act
from db.models import FollowUp
from db.personal import hide_numbers
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.values.text import clean, trim
from huajie_desktop.work.occurrences import day_typed

_LONGEST = 2000  # characters


class FollowUpLine(NamedTuple):
    """One note as listed."""

    id: int
    on: date
    words: str


def lines(session: SeatSession, ledger: Ledger, record_id: int) -> list[FollowUpLine]:
    """The notes on a record, the newest day first."""
    kept = select(FollowUp).where(hanging_on(FollowUp, ledger.model, [record_id]))
    found = session.scalars(kept.order_by(FollowUp.on.desc(), FollowUp.id.desc()))
    return [FollowUpLine(note.id, note.on, note.words) for note in found]


def add(seat: Seat, ledger: Ledger, record_id: int, day: str, words: str) -> Changes:
    """Keeps a note on a record, of `day` as typed (empty is today). Raises FieldErrors for "on" and "words", Problem."""
    on, words = _read(seat, day, words)
    with seat.operation(Act.CHANGE, f"跟进记录“{_short(words)}”") as running:
        record = running.session.get(ledger.model, record_id)
        if record is None:
            raise Problem(f"这条{ledger.noun}已经不在了，没有记下。")
        running.session.add(FollowUp(owner_kind=record.__tablename__, owner_uid=record.uid, on=on, words=words))
    return running.changes


def change(seat: Seat, note_id: int, day: str, words: str) -> Changes:
    """Puts other words, or another day, in place of a note's. Raises as `add` does."""
    on, words = _read(seat, day, words)
    with seat.operation(Act.CHANGE, f"修改跟进记录“{_short(words)}”") as running:
        (note,) = _notes(running.session, [note_id])
        note.on, note.words = on, words
    return running.changes


def remove(seat: Seat, ids: Sequence[int]) -> Changes:
    """Takes notes away. Raises Problem where one is gone already."""
    with seat.operation(Act.DELETE, f"删除跟进记录 {len(ids)} 条") as running:
        for note in _notes(running.session, ids):
            running.session.delete(note)
    return running.changes


def _notes(session: SeatSession, ids: Sequence[int]) -> list[FollowUp]:
    found = list(session.scalars(select(FollowUp).where(FollowUp.id.in_(ids))))
    if len(found) < len(set(ids)):
        raise Problem("这些跟进记录里有的已经不在了，没有改动。请再看一遍这条记录的跟进。")
    return found


def _read(seat: Seat, day: str, words: str) -> tuple[date, str]:
    text = trim(clean(words))
    if not text:
        raise FieldErrors({"words": "请写明跟进的情况"})
    if len(text) > _LONGEST:
        raise FieldErrors({"words": f"情况不能超过 {_LONGEST} 个字，现在 {len(text)} 个"})
    return day_typed(seat, day, "on", "跟进日期"), text


def _short(words: str) -> str:
    return hide_numbers(" ".join(words.split()))[:60]
