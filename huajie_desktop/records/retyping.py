"""Other texts for many records at once, each its own: read as the form reads them, refused ones left and named, one operation."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.log import Act
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.records import entry
from huajie_desktop.records.bulk import Written
from huajie_desktop.records.doubts import take_up
from huajie_desktop.records.leaving import left_of
from huajie_desktop.records.locking import refuse_locked
from huajie_desktop.seat import Seat, SeatSession

_STEP = 20  # records between two looks at the job


def retype(
    seat: Seat,
    texts: Mapping[int, Mapping[str, str]],
    ledger: Ledger,
    called: str,
    job: Job | None = None,
    *,
    before: Mapping[int, Mapping[str, str]] | None = None,
) -> Written:
    """Gives the records (by id) those texts by field key; `called` is the operation, behind which the count is said.

    What cannot be read, is locked or gone is left as it was, and what no longer says what it did `before`. Raises Cancelled.
    """
    job, against, told = job or Silent(), dict[int, str](), dict[str, None]()
    new, doubted = dict[int, dict[str, str]](), dict[int, dict[str, str]]()
    with seat.operation(Act.CHANGE, called) as running:
        session, keys = running.session, set[str]()
        for place, (record_id, typed) in enumerate(texts.items()):
            if place % _STEP == 0:
                job.step(place, len(texts), f"写入 {place}/{len(texts)}")
            try:
                changed, said, taken_up = _retype_one(session, ledger, record_id, typed, (before or {}).get(record_id, {}))
            except Problem as problem:
                against[record_id] = str(problem)
                continue
            if changed:
                keys |= changed
                new[record_id] = {key: typed[key] for key in changed}
                doubted[record_id] = said
                told.update(dict.fromkeys([*taken_up, *said.values()]))
        session.flush()
        running.call(f"{called} {len(new)} 项")
        ledger.followed(session, [*new], keys)
        take_up(running, ledger, new, doubted)
        left = left_of(session, ledger, against)
    return Written.of(running.changes, len(new), left, doubt="；".join(told))


def copy_across(
    seat: Seat, ids: Sequence[int], ledger: Ledger, source: str, target: str, called: str, job: Job | None = None
) -> Written:
    """Writes into the field `target` of each record what its field `source` says, as `retype` does. Raises Cancelled."""
    job, texts = job or Silent(), dict[int, dict[str, str]]()
    with seat.reading() as session:
        for place, record_id in enumerate(ids):
            if place % _STEP == 0:
                job.step(place, len(ids), f"读取 {place}/{len(ids)}")
            texts[record_id] = {target: entry.texts_of(session, ledger, record_id)[source]}
    return retype(seat, texts, ledger, called, job)


def _retype_one(
    session: SeatSession, ledger: Ledger, record_id: int, typed: Mapping[str, str], before: Mapping[str, str]
) -> tuple[set[str], dict[str, str], list[str]]:
    """The keys that were changed, the doubts by key, and who would be taken up. Raises Problem; nothing is written then."""
    kept: Any = session.get(ledger.model, record_id)
    if kept is None:
        raise Problem("已经不在了")
    now = entry.texts_of(session, ledger, record_id)
    if any(now[key].strip() != text.strip() for key, text in before.items()):
        raise Problem("刚才被改过")
    changes = {key: text for key, text in typed.items() if text.strip() != now[key].strip()}
    if not changes:
        return set(), {}, []
    refuse_locked(session, ledger, kept, changes.keys(), now[ledger.name])
    record, doubts, fresh = entry.read_changes(session, ledger, now, changes)
    with session.no_autoflush:
        try:
            entry.write(session, ledger, kept, record, changes.keys())
        except FieldErrors:
            session.expire(kept)  # what does not go with the other records is not written with them
            raise
    session.flush()
    return set(changes), {key: said for key, said in doubts.items() if key in changes}, list(fresh.values())
