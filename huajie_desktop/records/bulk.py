"""One field of many records set at once: first what would change and what is refused, then all of it as one operation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from db.fields import SEVERAL_ITEMS, Field, Kind
from db.images import CHUNK
from db.log import Act
from huajie_desktop.declared.bounds import check_of
from huajie_desktop.declared.facets import nothing_to_settle
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.reading.checks import comparable
from huajie_desktop.reading.filling import recheck
from huajie_desktop.reading.known import known_office
from huajie_desktop.reading.read_record import ERROR, ReadRecord
from huajie_desktop.records.doubts import take_up
from huajie_desktop.records.entry import make_findable
from huajie_desktop.records.kept import Values, kept_values
from huajie_desktop.records.leaving import Partly, left_of
from huajie_desktop.records.locking import locks_of
from huajie_desktop.records.naming import Names
from huajie_desktop.records.newcomers import NAMED, look_over
from huajie_desktop.records.writing import columns_of, write_fields
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.values.shown import brief, full
from huajie_desktop.values.text import trim

STATUSES = {"changes": "会改", "same": "不变", "refused": "不能改"}
_RULED = (Kind.DAY, Kind.DEADLINE, Kind.MONEY, Kind.NUMBER)  # kinds of fields that rules across fields look at
_STEP = 1000  # records between two looks at the job


class BulkLine(NamedTuple):
    """One record of the preview: old and new in words, key of STATUSES, and why it is refused."""

    id: int
    name: str
    old: str
    new: str
    status: str
    reason: str = ""

    @property
    def state(self) -> str:
        """The same as `status`, where a list asks for a state."""
        return self.status


@dataclass(frozen=True)
class Plan:
    """What setting a field would do, record by record; `doubt` is what the clerk should look at in the text."""

    ledger: Ledger
    key: str
    text: str
    lines: list[BulkLine]
    doubt: str = ""

    @property
    def counts(self) -> Counter[str]:
        """How many records there are of each status."""
        return Counter(line.status for line in self.lines)

    @property
    def ids(self) -> list[int]:
        """The records that would change."""
        return [line.id for line in self.lines if line.status == "changes"]


@dataclass
class Written(Partly):
    """What writing into many records changed and left, and what the clerk should look at again."""

    doubt: str = ""


def fields_of_many(ledger: Ledger) -> dict[str, Field]:
    """The fields that can be set for many records at once, by key: all of the form but the name and lists of parts."""
    return {
        key: declared for key, declared in ledger.form_fields.items() if key != ledger.name and declared.kind not in SEVERAL_ITEMS
    }


def plan(seat: Seat, ids: Sequence[int], ledger: Ledger, key: str, text: str, job: Job | None = None) -> Plan:
    """What setting that field to the typed text would change. Raises FieldErrors where the text cannot be read; Cancelled."""
    job, lines = job or Silent(), list[BulkLine]()
    with seat.reading() as session:
        record, doubt = _read(session, ledger, key, text)
        doubt = "；".join(filter(None, (doubt, _newcomers(session, ledger, key, record, ids))))
        year = known_office(session, ledger).year
        for start in range(0, len(ids), _STEP):
            job.step(start, len(ids), f"比较 {start}/{len(ids)}")
            lines += _lines(session, ledger, key, record, ids[start : start + _STEP], year)
    return Plan(ledger, key, text, lines, doubt)


def set_field(seat: Seat, ids: Sequence[int], ledger: Ledger, key: str, text: str, job: Job | None = None) -> Written:
    """Sets the field of those records; refused ones, and those that would not go with others, are left and named.

    Raises FieldErrors, Cancelled.
    """
    job, wanted = job or Silent(), plan(seat, ids, ledger, key, text, job)
    declared, changing = ledger.fields[key], wanted.ids
    against = {line.id: line.reason for line in wanted.lines if line.status == "refused"}
    with seat.operation(Act.CHANGE, f"批量修改{declared.label}") as running:
        record, doubt = _read(running.session, ledger, key, text)
        names = Names(running.session)
        by_object = key in ledger.parts or key in ledger.shown.found_by or ledger.rules.settle is not nothing_to_settle
        row = {} if by_object else columns_of(names, ledger, key, record)
        for start in range(0, len(changing), _STEP):
            job.step(start, len(changing), f"写入 {start}/{len(changing)}")
            chunk = changing[start : start + _STEP]
            if by_object:
                against |= _write_objects(running.session, names, ledger, key, record, chunk)
            else:
                running.update(ledger.model, {record_id: dict(row) for record_id in chunk})
        changing = [record_id for record_id in changing if record_id not in against]
        running.call(f"{_called(declared, text)}{len(changing)} 项"[:200])
        running.session.expire_all()  # what follows looks at what was written in plain rows
        ledger.followed(running.session, changing, {key})
        texts, said = ({record_id: {key: words} for record_id in changing} for words in (text, doubt))
        take_up(running, ledger, texts, said)
        left = left_of(running.session, ledger, against)
    return Written.of(running.changes, len(changing), left, doubt=wanted.doubt)


def _called(declared: Field, text: str) -> str:
    return f"批量修改{declared.label}为“{trim(text)}”" if trim(text) else f"批量清空{declared.label} "


def _read(session: SeatSession, ledger: Ledger, key: str, text: str) -> tuple[ReadRecord, str]:
    """The text as the form reads it, and what the clerk should look at again. Raises FieldErrors."""
    declared, text = ledger.fields[key], trim(text)
    record = ReadRecord.typed(ledger)
    if text:
        recheck(record, key, text, known_office(session, ledger), fresh=True)
    if declared.max_length and len(text) > declared.max_length:
        raise FieldErrors({key: f"{declared.label}不能超过 {declared.max_length} 个字，现在 {len(text)} 个"})
    for issue in record.issues:
        if issue.severity == ERROR or declared.kind == Kind.UNIT:
            raise FieldErrors({key: issue.message})
    if record[key] in (None, "", []) and declared.required:
        raise FieldErrors({key: f"{declared.label}不能空着"})
    doubts = [issue.message for issue in record.issues]
    return record, "；".join(doubts if text else [*doubts, f"没有写新的值，保存就是清空{declared.label}。"])


def _newcomers(session: SeatSession, ledger: Ledger, key: str, record: ReadRecord, ids: Sequence[int]) -> str:
    """Whom the change would take up. Raises FieldErrors where several are called so and none of them is meant for sure."""
    if ledger.fields[key].kind not in NAMED or record[key] in (None, []):
        return ""
    places = kept_values(session, ledger, [str(ledger.place)], ids) if ledger.place else ()
    said = dict[str, None]()
    for unit in dict.fromkeys(values[str(ledger.place)] for _, values in places):
        record.unit = unit
        wrong, doubts = look_over(session, ledger, record, {key}, {})
        if wrong:
            raise FieldErrors(wrong)
        said.update(dict.fromkeys(doubts.values()))
    shown = list(said)
    return "；".join(shown[:3]) + (f"……共 {len(shown)} 个单位" if len(shown) > 3 else "")


def _lines(session: SeatSession, ledger: Ledger, key: str, record: ReadRecord, ids: Sequence[int], year: int) -> list[BulkLine]:
    ruled = [other for other, declared in ledger.form_fields.items() if declared.kind in _RULED]
    keys = list(dict.fromkeys((ledger.name, key, *ruled)))
    locks = locks_of(session, ledger, ids, (key,))
    new = {key: record[key]}
    found = []
    for record_id, values in kept_values(session, ledger, keys, ids):
        old_words, new_words = _words(ledger, key, values, year), _words(ledger, key, new, year)
        line = BulkLine(record_id, str(values[ledger.name]), old_words, new_words, "changes")
        if comparable(values[key]) == comparable(new[key]):
            found.append(line._replace(status="same"))
        elif record_id in locks:
            found.append(line._replace(status="refused", reason=locks[record_id].told))
        elif fault := check_of(ledger)({**values, **new}):
            found.append(line._replace(status="refused", reason="；".join(fault.values())))
        else:
            found.append(line)
    return found


def _words(ledger: Ledger, key: str, values: Values, year: int) -> str:
    declared, value = ledger.fields[key], values[key]
    if declared.kind == Kind.DEADLINE:
        return brief(declared, value, year) if value else ""
    if declared.kind == Kind.CATEGORY:
        return value[1] if value else ""
    if isinstance(value, list | tuple):
        return "、".join(item[1] if isinstance(item, tuple) else str(item) for item in value)
    return full(declared, value)


def _write_objects(
    session: SeatSession, names: Names, ledger: Ledger, key: str, record: ReadRecord, ids: Sequence[int]
) -> dict[int, str]:
    """Sets what is not one column, or must go with other records; by id what is against those that it does not go with."""
    model: Any = ledger.model
    against: dict[int, str] = {}
    for start in range(0, len(ids), CHUNK):
        for kept in session.scalars(select(model).where(model.id.in_(ids[start : start + CHUNK]))).all():
            with session.no_autoflush:
                write_fields(names, ledger, kept, record, (key,))
                fault = ledger.rules.settle(session, kept)
                if not fault and key in ledger.shown.found_by:
                    make_findable(ledger, kept)
            if fault:
                against[kept.id] = "；".join(fault.values())
                session.expire(kept)
            elif ledger.rules.settle is not nothing_to_settle:
                session.flush()  # the next one is compared with it
        session.flush()
    return against
