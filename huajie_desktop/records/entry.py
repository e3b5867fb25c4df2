"""One record of any ledger in the form: every field as the text a clerk types, read by the parsers of the import, and saved."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, inspect, select

from db.base import Record
from db.belonging import children_of
from db.fields import Field, Kind
from db.images import CHUNK
from db.journal import Changes
from db.log import Act
from db.models import Entry
from db.personal import hide_numbers
from db.words.searching import search_text
from huajie_desktop.declared.bounds import check_of
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors
from huajie_desktop.jobs import Job
from huajie_desktop.reading.filling import recheck, setters_of
from huajie_desktop.reading.known import known_office
from huajie_desktop.reading.read_record import ERROR, ReadRecord
from huajie_desktop.records.doubts import take_up
from huajie_desktop.records.leaving import Partly, left_of, refuse_all
from huajie_desktop.records.listing import TARGETS, part_words
from huajie_desktop.records.locking import lock_of, refuse_locked, states_of
from huajie_desktop.records.meanwhile import Seen, bring_together
from huajie_desktop.records.naming import Names, called
from huajie_desktop.records.newcomers import look_over
from huajie_desktop.records.parts import apart
from huajie_desktop.records.references import used_entries, uses
from huajie_desktop.records.writing import write_fields
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.values.shown import full
from huajie_desktop.values.text import trim


@dataclass
class Saved:
    """A saved record, what the saving touched, and what the clerk should look at again, by field."""

    record_id: int
    changes: Changes
    doubts: dict[str, str] = field(default_factory=dict)


def texts_of(session: SeatSession, ledger: Ledger, record_id: int) -> dict[str, str]:
    """A kept record as the texts a clerk would type, by field key of the form."""
    record = session.get_one(ledger.model, record_id)
    texts = {}
    for key, declared in ledger.form_fields.items():
        if key in ledger.parts:
            texts[key] = part_words(session, ledger, key, [record_id], apart=apart(declared)).get(record_id, "")
            continue
        value = ledger.value(record, key)
        if target := TARGETS.get(declared.kind):
            texts[key] = "" if value is None else called(session, session.get_one(target, value))
        else:
            texts[key] = full(declared, value)
    return texts


def to_copy(ledger: Ledger, texts: Mapping[str, str]) -> dict[str, str]:
    """What another record of the same content begins with: all that is typed but what is done once the rest is settled."""
    own = {key for life in ledger.lives for key in life.stays_open}
    return {key: text for key, text in texts.items() if text.strip() and key not in own}


def read_form(
    session: SeatSession, ledger: Ledger, texts: Mapping[str, str], typed: Collection[str]
) -> tuple[ReadRecord, dict[str, str]]:
    """The texts as a record and, by field, what the clerk should look at again; `typed` are the keys typed just now.

    Raises FieldErrors for what cannot be kept.
    """
    known = known_office(session, ledger)
    record = ReadRecord.typed(ledger)
    messages: dict[str, str] = {}
    for key, declared in _in_order(ledger).items():
        text = trim(texts.get(key, ""))
        if text:
            recheck(record, key, text, known, fresh=key in typed)
        elif declared.required:
            messages[key] = f"请填写{declared.label}"
        if declared.max_length and len(text) > declared.max_length:
            messages[key] = f"{declared.label}不能超过 {declared.max_length} 个字，现在 {len(text)} 个"
    doubts = _doubts(ledger, record, messages)
    there = {item.name for item in known.units}
    for key, declared in ledger.form_fields.items():
        value = record.get(key)
        if value is None and declared.required:
            messages.setdefault(key, f"请填写{declared.label}")
        elif declared.kind == Kind.UNIT and value and value not in there:
            doubts.setdefault(key, f"“{value}”原来不在单位表里，已按新科室加入")
    messages.update(check_of(ledger)(record))
    if messages:
        raise FieldErrors(messages)
    against = ledger.rules.look_against(session)(record)
    return record, {**against, **ledger.rules.look(record), **doubts}


def read_changes(
    session: SeatSession, ledger: Ledger, now: Mapping[str, str], changes: Mapping[str, str]
) -> tuple[ReadRecord, dict[str, str], dict[str, str]]:
    """A record that says `now`, and what is changed of it, read as `read_form` does; the third are sentences about whom the
    change would take up, by field. Raises FieldErrors.
    """
    record, doubts = read_form(session, ledger, {**now, **changes}, changes.keys())
    wrong, fresh = look_over(session, ledger, record, changes.keys(), now)
    if wrong:
        raise FieldErrors(wrong)
    return record, doubts, fresh


def _in_order(ledger: Ledger) -> Mapping[str, Field]:
    """The form's fields in the order in which they are read: what a deadline says of others goes before they speak themselves."""
    return {key: ledger.form_fields[key] for key in setters_of(ledger) if key in ledger.form_fields}


def _doubts(ledger: Ledger, record: ReadRecord, messages: dict[str, str]) -> dict[str, str]:
    """What was noted of the texts: faults go to the messages, as in a form does a unit nobody knows."""
    doubts: dict[str, str] = {}
    for issue in record.issues:
        if issue.severity == ERROR or ledger.fields[issue.field].kind == Kind.UNIT:
            messages.setdefault(issue.field, issue.message)
        else:
            doubts.setdefault(issue.field, issue.message)
    return doubts


def seen(session: SeatSession, ledger: Ledger, record_id: int) -> Seen:
    """A kept record as it is shown to whoever is going to change it."""
    return Seen(session.get_one(ledger.model, record_id).version, texts_of(session, ledger, record_id))


def save(
    seat: Seat, ledger: Ledger, record_id: int | None, texts: Mapping[str, str], *, seen: Seen | None = None, **given: Any
) -> Saved:
    """Keeps the form as a new record (None) or changes of that one what `texts` say otherwise than it does; `seen` is the
    record as it was shown.

    `given` are columns nobody types, e.g. whose post it is. Raises FieldErrors, ChangedMeanwhile, Problem for a locked field.
    """
    with seat.operation(Act.CHANGE if record_id else Act.ENTER, f"{'修改' if record_id else '新增'}{ledger.noun}") as running:
        session = running.session
        kept: Any = session.get_one(ledger.model, record_id) if record_id else ledger.model(**given)
        now = texts_of(session, ledger, record_id) if record_id else {}
        changes = bring_together(session, kept, now, texts, seen, ledger.form_fields) if record_id else texts
        record, doubts, fresh = read_changes(session, ledger, now, changes)
        name = hide_numbers(str(record.title or ""))[:60]
        running.call(f"{'修改' if record_id else '新增'}{ledger.noun}“{name}”")
        keys = changes.keys() & ledger.form_fields.keys() if record_id else ledger.form_fields.keys()
        if record_id:
            refuse_locked(session, ledger, kept, keys, name)
        else:
            begin(session, ledger, kept)
        with session.no_autoflush:
            write(session, ledger, kept, record, keys)
        session.add(kept)  # only now: looking names up may flush
        session.flush()
        saved: int = kept.id
        ledger.followed(session, [saved], keys)
        take_up(running, ledger, {saved: {key: texts.get(key, "") for key in keys}}, {saved: doubts})
    return Saved(saved, running.changes, {**fresh, **doubts})


def begin(session: SeatSession, ledger: Ledger, record: Record) -> None:
    """Puts a new record into the year worked on and at the beginning of its lives."""
    if isinstance(record, Entry):
        record.campaign_id = session.seat.campaign_id
    for column, state in ledger.fresh.items():
        setattr(record, column, state)


def write(session: SeatSession, ledger: Ledger, kept: Any, record: ReadRecord, keys: Collection[str]) -> None:
    """Puts those fields of a read record into a kept one. Raises FieldErrors for what does not go with the other records."""
    write_fields(Names(session), ledger, kept, record, keys)
    if messages := ledger.rules.settle(session, kept):
        raise FieldErrors(messages)
    make_findable(ledger, kept)


def delete(seat: Seat, ids: Sequence[int], ledger: Ledger, job: Job | None = None) -> Partly:
    """Removes records that are not approved, with all that hangs on them; they rest in the recycle bin. The others are left.

    What others point at (a unit, a person) can only be closed. Raises Problem where none can be removed.
    """
    with seat.operation(Act.DELETE, f"删除{ledger.noun} {len(ids)} 项") as running:
        against: dict[int, str] = {}
        for start in range(0, len(ids), CHUNK):
            if job:
                job.step(start, len(ids), f"删除 {start}/{len(ids)}")
            against |= _remove_what_can_go(running.session, ledger, ids[start : start + CHUNK])
        left = left_of(running.session, ledger, {record_id: against[record_id] for record_id in ids if record_id in against})
        if left and len(left) == len(ids):
            refuse_all(left, ledger, "没有删除")
        running.call(f"删除{ledger.noun} {len(ids) - len(left)} 项")
    return Partly.of(running.changes, len(ids) - len(left), left)


def remove(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> None:
    """The same within a running operation, at most CHUNK records, all of them. Raises Problem naming the first that cannot go."""
    against = _remove_what_can_go(session, ledger, ids)
    if left := left_of(session, ledger, dict([next(iter(against.items()))] if against else ())):
        refuse_all(left, ledger, "没有删除")


def _remove_what_can_go(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> dict[int, str]:
    """Removes those of the records that can be; by id what is against the others."""
    model: Any = ledger.model
    used = used_entries(session, model, ids) if ledger.reviewed else {}
    found: dict[int, str] = {}
    for kept in session.scalars(select(model).where(model.id.in_(ids))).all():
        lock = lock_of(ledger, states_of(ledger, kept))
        why = f"{lock.word}，没有删除。{lock.first()}" if lock.keys else _locked_child(session, ledger, kept.id)
        why = why or _used(used.get(kept.id, {}) if ledger.reviewed else uses(session, model, kept.id))
        if why:
            found[kept.id] = why
        else:
            session.delete(kept)
    return found


def _locked_child(session: SeatSession, ledger: Ledger, record_id: int) -> str:
    """What is against a removal as it would take along what is locked."""
    for child in children_of(ledger.model):
        model: Any = child.model
        if (of := session.seat.catalogue.of(model)) is None:
            continue
        for life in of.lives:
            column, own = getattr(model, life.column), getattr(model, child.column) == record_id
            counts = select(column, func.count()).where(own, column.in_(life.locking)).group_by(column)
            for state, count in session.execute(counts):
                lock = lock_of(of, {life.column: state})
                told = f"的{model.TITLE}有 {count} 条{lock.word}，不能一起删除，没有删除。"
                return told + lock.first(what=f"这些{model.TITLE}")
    return ""


def _used(used: Mapping[str, int]) -> str:
    words = "、".join(f"{word} {count} 条" for word, count in used.items())
    return f"还在使用（{words}），没有删除。不再用的可以停用。" if used else ""


def make_findable(ledger: Ledger, kept: Record) -> None:
    """Renews the words and initials a record is found by."""
    if ledger.is_searched:
        words = [getattr(kept, ledger.fields[key].name) for key in (ledger.name, *ledger.shown.found_by)]
        kept.search = finder(ledger)(words)  # type: ignore[attr-defined]


def finder(ledger: Ledger) -> Callable[[Iterable[Any]], str]:
    """What makes of a record's words the text a search looks through, as long as its column."""
    length = inspect(ledger.model).columns["search"].type.length  # type: ignore[attr-defined]

    def findable(words: Iterable[Any]) -> str:
        return search_text(*(str(word)[:200] for word in words if word))[:length]

    return findable
