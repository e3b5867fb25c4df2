"""Marks a person puts on records for herself: no content, so no new version and nothing in the history; kept by identity."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from db.images import CHUNK
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.seat import Seat, SeatSession, visible
from huajie_desktop.settings import habit, keep_habit

MARK = "mark"  # key of the column and the filter
ANY = "any"  # as a filter: whatever mark
MARKS: Mapping[str, str] = {
    "star": "星标", "red": "红", "yellow": "黄", "green": "绿", "blue": "蓝", "later": "以后再看",
}  # fmt: skip
_MOST = 5000  # records of a ledger a person can mark


def marks_of(session: SeatSession, ledger: Ledger) -> dict[str, str]:
    """The marks of whoever sits here, by identity of the record: keys of MARKS."""
    kept = habit(session, _habit(ledger), dict) or {}
    return {uid: mark for uid, mark in kept.items() if isinstance(mark, str) and mark in MARKS}


def marked(session: SeatSession, ledger: Ledger, mark: str) -> ColumnElement[bool]:
    """Records with that mark, or with any."""
    model: Any = ledger.model
    uids = [uid for uid, found in marks_of(session, ledger).items() if mark in (ANY, found)]
    return model.uid.in_(uids)  # type: ignore[no-any-return]


def marks_at(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> dict[int, str]:
    """The marks of those records by id."""
    kept = marks_of(session, ledger)
    return {record_id: kept[uid] for record_id, uid in _uids(session, ledger, ids).items() if uid in kept} if kept else {}


def mark_records(seat: Seat, ids: Sequence[int], ledger: Ledger, mark: str | None) -> int:
    """Marks those records, None: takes their marks away; returns how many. Raises Problem where it would be too many."""
    with seat.reading() as session:
        kept, uids = marks_of(session, ledger), _uids(session, ledger, ids).values()
    kept = {uid: found for uid, found in kept.items() if uid not in set(uids)}
    if mark is not None:
        kept.update(dict.fromkeys(uids, mark))
    if len(kept) > _MOST:
        raise Problem(f"每人最多标记 {_MOST} 项{ledger.noun}，这次没有标记。请先去掉一些不用的标记。")
    keep_habit(seat, _habit(ledger), kept)
    return len(uids)


def _habit(ledger: Ledger) -> str:
    return f"marks/{ledger.key}"


def _uids(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> dict[int, str]:
    model: Any = ledger.model
    own, found = visible(session.seat, model), dict[int, str]()
    for start in range(0, len(ids), CHUNK):
        asked = select(model.id, model.uid).where(model.id.in_(ids[start : start + CHUNK]), *own)
        found.update((record_id, uid) for record_id, uid in session.execute(asked))
    return found
