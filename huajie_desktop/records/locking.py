"""What of a record is locked by where it stands in its lives, what opens it, and how a change is refused."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from db.base import Entry
from db.images import CHUNK
from db.models import Campaign
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.seat import SeatSession


class Lock(NamedTuple):
    """The fields a record locks by their keys, the word of the state that does, and what is to be done first."""

    keys: frozenset[str] = frozenset()
    word: str = ""  # 已确认
    openers: tuple[str, ...] = ()  # words of the moves that open it: 退回, 解锁
    remedy: str = ""  # 请先退回，改好后再提交审核。

    def first(self, place: int = 0, what: str = "") -> str:
        """What is to be done first, by the opener at that place, as a sentence: 请先退回这些任务。"""
        return f"请先{self.openers[place]}{what}。" if self.openers else ""

    @property
    def told(self) -> str:
        """The state and what opens it, in few words: 已确认，先退回才能修改."""
        return f"{self.word}，先{self.openers[0]}才能修改" if self.openers else f"{self.word}，不能修改"


UNLOCKED = Lock()


def states_of(ledger: Ledger, record: Any) -> dict[str, str]:
    """Where a kept record stands: state by column of its lives."""
    return {life.column: getattr(record, life.column) for life in ledger.lives}


def lock_of(ledger: Ledger, states: Mapping[str, Any], keys: Collection[str] | None = None) -> Lock:
    """What a record in those states locks of those fields (None: of all), by the first of its lives that locks any."""
    wanted = ledger.form_fields.keys() if keys is None else frozenset(keys)
    locked = ledger.locked(states) & wanted
    for life in ledger.lives:
        state = life.state(states.get(life.column))
        if locked & life.locked(state, ledger.form_fields):
            return Lock(locked, life.words[state], tuple(move.word for move in life.openers(state)), life.remedy(state))
    return UNLOCKED


def locks_of(session: SeatSession, ledger: Ledger, ids: Sequence[int], keys: Collection[str]) -> dict[int, Lock]:
    """By id those of the records that lock any of those fields, and how."""
    if not ledger.lives:
        return {}
    model: Any = ledger.model
    columns, found, made = [life.column for life in ledger.lives], dict[int, Lock](), dict[tuple[str, ...], Lock]()
    statement = select(model.id, *(getattr(model, column) for column in columns))
    for start in range(0, len(ids), CHUNK):
        for record_id, *states in session.execute(statement.where(model.id.in_(ids[start : start + CHUNK]))):
            stands = tuple(states)
            if stands not in made:
                made[stands] = lock_of(ledger, dict(zip(columns, stands, strict=True)), keys)
            if made[stands].keys:
                found[record_id] = made[stands]
    return found


def refuse_locked(session: SeatSession, ledger: Ledger, kept: Any, keys: Collection[str], name: str) -> None:
    """Raises Problem for a change of locked fields, naming them, and of a record of another year than the one worked on."""
    if isinstance(kept, Entry) and (year := _other_year(session, kept)):
        raise Problem(f"{kept.TITLE}“{name}”是 {year} 年度的，没有保存。请先在“年度”页切换到那一年再修改。")
    lock = lock_of(ledger, states_of(ledger, kept), keys)
    if lock.keys:
        labels = "、".join(declared.label for key, declared in ledger.form_fields.items() if key in lock.keys)
        raise Problem(f"{ledger.noun}“{name}”{lock.word}，不能直接修改{labels}。{lock.remedy}")


def _other_year(session: SeatSession, kept: Entry) -> int | None:
    """The year in which alone a record can be changed; None: in this one, to which also belongs what an earlier one left open."""
    if kept.campaign_id == session.seat.campaign_id:
        return None
    year = session.get_one(Campaign, kept.campaign_id).year
    return None if kept.state in kept.UNFINISHED and year < session.seat.year else year
