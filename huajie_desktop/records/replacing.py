"""Words replaced in the texts of many records: first every place with before and after, then the chosen ones as one step."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from db.fields import Kind
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.records.bulk import Written
from huajie_desktop.records.locking import locks_of
from huajie_desktop.records.retyping import retype
from huajie_desktop.seat import Seat, SeatSession

_WIDTHS = re.compile("[\\s!-~\u3000\uff01-\uff5e]+")  # signs there are in two widths
_AT_ONCE = 10_000  # ids a statement; SQLite takes 32,766 parameters at most
_ASKED = 200  # characters a database is asked for; SQLite refuses a pattern of 50,000 bytes
_NARROW = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}


class Place(NamedTuple):
    """One field of one record where the words stand; `reason` says why it cannot be changed, empty where it can."""

    record_id: int
    name: str
    key: str
    label: str
    before: str
    after: str
    reason: str = ""


def text_keys(ledger: Ledger) -> list[str]:
    """The fields words can be replaced in: texts of the form that are not personal."""
    return [key for key in ledger.keys_of(Kind.TEXT, Kind.LONG_TEXT) if not ledger.fields[key].private]


def replaced(text: str, sought: str, by: str, *, exact: bool) -> str:
    """The text with the words replaced, taken as they are; unless `exact`, full and half width are the same."""
    if exact or not sought:
        return text.replace(sought, by) if sought else text
    narrow, sought, made, at = text.translate(_NARROW), sought.translate(_NARROW), "", 0
    while (place := narrow.find(sought, at)) >= 0:
        made += text[at:place] + by
        at = place + len(sought)
    return made + text[at:]


def places_of(
    seat: Seat,
    ids: Sequence[int],
    ledger: Ledger,
    keys: Sequence[str],
    sought: str,
    by: str,
    *,
    exact: bool,
    job: Job | None = None,
) -> list[Place]:
    """Where the words stand in those fields of those records, in the order of `ids`. Raises Cancelled."""
    job, found = job or Silent(), list[Place]()
    with seat.reading() as session:
        for start in range(0, len(ids), _AT_ONCE):
            job.step(start, len(ids), f"查找 {start}/{len(ids)}")
            found += _in_chunk(session, ids[start : start + _AT_ONCE], ledger, keys, sought, by, exact)
    return found


def _in_chunk(
    session: SeatSession, ids: Sequence[int], ledger: Ledger, keys: Sequence[str], sought: str, by: str, exact: bool
) -> list[Place]:
    model: Any = ledger.model
    columns = [model.id, ledger.column(ledger.name), *(ledger.column(key) for key in keys)]
    asked = select(*columns).where(model.id.in_(ids))
    if sure := sought if exact else max(re.split(_WIDTHS, sought), key=len):  # no more than may be meant are read
        begun = sure[:_ASKED]
        asked = asked.where(or_(*(ledger.column(key).contains(begun, autoescape=True) for key in keys)))
    rows = {row[0]: row for row in session.execute(asked)}
    found = []
    for record_id, name, *texts in (rows[record_id] for record_id in ids if record_id in rows):
        for key, text in zip(keys, texts, strict=True):
            if text and (after := replaced(text, sought, by, exact=exact)) != text:
                found.append(Place(record_id, str(name or ""), key, ledger.fields[key].label, text, after))
    return _with_reasons(session, ledger, found)


def _with_reasons(session: SeatSession, ledger: Ledger, found: Sequence[Place]) -> list[Place]:
    """The places with what keeps them from being changed."""
    ids = list(dict.fromkeys(place.record_id for place in found))
    locks = {key: locks_of(session, ledger, ids, (key,)) for key in {place.key for place in found}}
    locked = [locks[place.key].get(place.record_id) for place in found]
    return [place._replace(reason=lock.told) if lock else place for place, lock in zip(found, locked, strict=True)]


def replace_at(seat: Seat, places: Sequence[Place], ledger: Ledger, called: str, job: Job | None = None) -> Written:
    """Changes those places as one step; what was changed since it was found is left and named. Raises Cancelled."""
    texts: dict[int, dict[str, str]] = {}
    before: dict[int, dict[str, str]] = {}
    for place in places:
        texts.setdefault(place.record_id, {})[place.key] = place.after
        before.setdefault(place.record_id, {})[place.key] = place.before
    return retype(seat, texts, ledger, called, job, before=before)
