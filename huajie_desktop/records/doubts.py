"""Doubts (待核对) about what was read or typed: kept with the record until somebody has looked, or the field says otherwise."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from db.base import table_of
from db.clock import utc_now
from db.doubts import LONGEST
from db.images import CHUNK, Row, among
from db.log import Act
from db.models import Doubt, JournalEntry
from db.net import images_of
from db.personal import hide_numbers
from db.rows import reserve_ids
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.records.leaving import Partly
from huajie_desktop.records.lines import Line
from huajie_desktop.seat import Running, Seat, SeatSession, visible
from huajie_desktop.values.text import clean

_LINE, _PLACE = 200, 255  # characters of what stood there, and of where
_ASKS, _QUOTED = "请", re.compile("“[^”]*”")  # what wants something of a person says so; what else is said only tells
_STEP = 1000  # doubts between two looks at the job


class Doubtful(NamedTuple):
    """What is doubted of a field before it is kept, in words: what stood there, what was read, where; if it was looked at."""

    field: str
    text: str
    stood: str = ""
    taken: str = ""
    cell: str = ""
    settled: bool = False


class DoubtLine(NamedTuple):
    """One open doubt as shown."""

    id: int
    field: str
    text: str
    stood: str
    taken: str
    cell: str

    @property
    def words(self) -> str:
        """What is to be looked at, with what stood in the sheet where the doubt does not say so."""
        beside = f"（表里写的是“{self.stood}”）" if self.stood and self.stood not in self.text else ""
        return self.text + beside


def asks_somebody(words: str) -> bool:
    """Whether words want something of a person; what they quote does not."""
    return _ASKS in _QUOTED.sub("", words)


def has_doubts(ledger: Ledger) -> ColumnElement[bool]:
    """The condition of a listing for records with open doubts (“待核对”)."""
    model: Any = ledger.model
    uid: ColumnElement[str] = model.uid
    return uid.in_(select(Doubt.owner_uid).where(Doubt.owner_kind == table_of(model).name, Doubt.settled_at.is_(None)))


def doubts_of(session: SeatSession, ledger: Ledger, record_id: int) -> list[DoubtLine]:
    """The open doubts about a record, as they were raised."""
    return [
        DoubtLine(doubt_id, field, text, stood or "", taken or "", cell or "")
        for _, doubt_id, field, text, stood, taken, cell in _open(session, ledger, [record_id])
    ]


def doubted_fields(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> dict[int, list[str]]:
    """By record the keys of the fields it has open doubts about; records without are left out."""
    found: dict[int, list[str]] = {}
    for record_id, _id, field, *_ in _open(session, ledger, ids):
        if field not in found.setdefault(record_id, []):
            found[record_id].append(field)
    return found


def mark_doubted(session: SeatSession, ledger: Ledger, lines: Sequence[Line]) -> list[Line]:
    """The lines of a list, those with open doubts marked with a word at their name."""
    found = doubted_fields(session, ledger, [line.id for line in lines])
    marks = {ledger.name: Doubt.TITLE}
    return [line._replace(doubted=found[line.id], marks=marks) if line.id in found else line for line in lines]


def any_doubted(session: SeatSession, ledger: Ledger) -> bool:
    """Whether any record that is looked at has open doubts."""
    found = select(table_of(ledger.model).c.id).where(*visible(session.seat, ledger.model), has_doubts(ledger)).limit(1)
    return session.scalar(found) is not None


def raise_doubts(running: Running, ledger: Ledger, found: Mapping[int, Iterable[Doubtful]], batch_id: int | None = None) -> None:
    """Keeps what is doubted of records (by id) within a running operation; numbers that mean a person are hidden."""
    session, kind, model = running.session, table_of(ledger.model).name, ledger.model
    session.flush()
    ids, uids = list(found), dict[int, str]()
    for start in range(0, len(ids), CHUNK):
        rows = session.execute(select(model.id, model.uid).where(among(model.id, ids[start : start + CHUNK])))
        uids.update((record_id, uid) for record_id, uid in rows)
    raised = [(uids[record_id], doubt) for record_id, doubts in found.items() for doubt in doubts]
    if not raised:
        return
    own = reserve_ids(session.connection(), table_of(Doubt), len(raised))
    columns = ("id", "owner_kind", "owner_uid", "field", "text", "stood", "taken", "cell", "batch_id", "settled_by", "settled_at")
    by = running.author.name, utc_now()
    running.insert(
        Doubt,
        columns,
        [
            (number, kind, uid, doubt.field, *_kept(ledger, doubt), batch_id, *(by if doubt.settled else (None, None)))
            for number, (uid, doubt) in zip(own, raised, strict=True)
        ],
    )


def _kept(ledger: Ledger, doubt: Doubtful) -> tuple[str, str | None, str | None, str | None]:
    """The texts of a doubt as they are kept; of personal data only that it is doubted."""
    declared = ledger.fields.get(doubt.field)
    stood, taken = ("", "") if declared is not None and declared.private else (doubt.stood, doubt.taken)
    text, stood, taken, cell = (" ".join(hide_numbers(clean(said)).split()) for said in (doubt.text, stood, taken, doubt.cell))
    return text[:LONGEST], stood[:_LINE] or None, taken[:_LINE] or None, cell[-_PLACE:] or None


def settle_changed(running: Running, ledger: Ledger, changed: Mapping[int, Collection[str]]) -> None:
    """Those fields of those records (by id) say something else now: what was doubted of them is past."""
    lines = _open(running.session, ledger, list(changed))
    _settle(running, [doubt_id for record_id, doubt_id, field, *_ in lines if field in changed[record_id]])


def take_up(
    running: Running, ledger: Ledger, texts: Mapping[int, Mapping[str, str]], said: Mapping[int, Mapping[str, str]]
) -> None:
    """Records (by id) have new texts by field: what was doubted of these is past, and what was `said` of them now is kept
    where it wants something of somebody."""
    settle_changed(running, ledger, texts)
    asked = {record_id: [key for key, words in found.items() if asks_somebody(words)] for record_id, found in said.items()}
    raise_doubts(
        running,
        ledger,
        {at: [Doubtful(key, said[at][key], texts[at][key]) for key in keys if key in texts[at]] for at, keys in asked.items()},
    )


def hand_on(running: Running, ledger: Ledger, copies: Mapping[int, int], without: Collection[str] = ()) -> None:
    """What is doubted of records is doubted of what was copied from them, new id by old, but for what is not copied."""
    found: dict[int, list[Doubtful]] = {}
    for record_id, _id, field, text, stood, taken, cell in _open(running.session, ledger, list(copies)):
        if field not in without:
            found.setdefault(copies[record_id], []).append(Doubtful(field, text, stood or "", taken or "", cell or ""))
    raise_doubts(running, ledger, found)


def go_back(running: Running, ledger: Ledger, record_id: int, fields: Collection[str], operation_id: int) -> None:
    """Those fields say again what they said after that operation: what is doubted now is past, what was doubted then is open."""
    model: Any = ledger.model
    past = select(Doubt.id).join(model, model.uid == Doubt.owner_uid).where(model.id == record_id, Doubt.field.in_(fields))
    past = past.where(Doubt.settled_at.is_not(None))
    entries = select(JournalEntry.record_id, JournalEntry.before, JournalEntry.after).order_by(JournalEntry.id).where(
        JournalEntry.kind == table_of(Doubt).name, JournalEntry.record_id.in_(past), JournalEntry.operation_id <= operation_id
    )  # fmt: skip
    then: dict[int, Row] = {}
    for doubt_id, *images in running.session.execute(entries):
        then[doubt_id] = {**then.get(doubt_id, {}), **(images_of(table_of(Doubt), *images)[1] or {})}
    settle_changed(running, ledger, {record_id: fields})
    again = [doubt_id for doubt_id, row in then.items() if row["settled_at"] is None]
    running.update(Doubt, {doubt_id: {"settled_by": None, "settled_at": None} for doubt_id in again})


def settle_seen(running: Running, ledger: Ledger, ids: Sequence[int], seen: Collection[int]) -> None:
    """Settles those open doubts of records which somebody had before her eyes."""
    _settle(running, [doubt_id for _, doubt_id, *_ in _open(running.session, ledger, ids) if doubt_id in seen])


def settle(seat: Seat, ids: Sequence[int], ledger: Ledger, job: Job | None = None, *, field: str = "") -> Partly:
    """Somebody has looked: the open doubts of those records, or those about one field, are settled. Raises Problem, Cancelled."""
    with seat.operation(Act.CHECK, "核对无误") as running:
        lines = [line for line in _open(running.session, ledger, ids) if field in ("", line[2])]
        if not lines:
            raise Problem(f"选中的{ledger.noun}没有待核对的内容，没有改动。")
        records = len({line[0] for line in lines})
        running.call(f"核对无误：{ledger.counted(records)}，{len(lines)} 处")
        _settle(running, [line[1] for line in lines], job)
    return Partly.of(running.changes, records, ())


def settle_saying(running: Running, begun: str, held: str = "") -> None:
    """What those doubts ask that begin with such words, and hold the others, has been answered elsewhere."""
    session = running.session
    for ledger in session.seat.catalogue.values():
        model: Any = ledger.model
        asked = select(Doubt.id).join(model, model.uid == Doubt.owner_uid).where(*visible(session.seat, ledger.model))
        asked = asked.where(Doubt.settled_at.is_(None), Doubt.text.startswith(begun, autoescape=True))
        _settle(running, list(session.scalars(asked.where(Doubt.text.contains(held, autoescape=True)))))


def _settle(running: Running, doubt_ids: Sequence[int], job: Job | None = None) -> None:
    values = {"settled_by": running.author.name, "settled_at": utc_now()}
    for start in range(0, len(doubt_ids), _STEP):
        if job:
            job.step(start, len(doubt_ids), f"核对 {start}/{len(doubt_ids)}")
        running.update(Doubt, {doubt_id: dict(values) for doubt_id in doubt_ids[start : start + _STEP]})


def _open(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Record, id, field and texts of the open doubts about those records."""
    model: Any = ledger.model
    columns = select(model.id, Doubt.id, Doubt.field, Doubt.text, Doubt.stood, Doubt.taken, Doubt.cell)
    statement = columns.join(Doubt, Doubt.owner_uid == model.uid).where(Doubt.settled_at.is_(None)).order_by(Doubt.id)
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), CHUNK):
        found += map(tuple, session.execute(statement.where(model.id.in_(ids[start : start + CHUNK]))))
    return found
