"""Two records of one person or of one unit made one, with everything that hangs on them; one step that can be taken back."""

from typing import Any

from sqlalchemy import or_, select

from db.base import Record, table_of
from db.journal import Changes
from db.log import Act
from db.models import Membership, Person, Unit, UnitChange
from db.organisation import SILENT_KINDS, UNIT_KINDS
from huajie_desktop.errors import FieldErrors
from huajie_desktop.occasions import Occasion
from huajie_desktop.records.doubts import settle_changed, settle_saying
from huajie_desktop.records.entry import make_findable
from huajie_desktop.records.newcomers import called_new
from huajie_desktop.records.references import pointers, turn, turn_hanging
from huajie_desktop.seat import Running, Seat, SeatSession
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.township.unit_changes import add_words
from huajie_desktop.township.unit_rules import line_above

_OWN = (
    "id",
    "name",
    "kind",
    "parent_id",
    "aliases",
    "closed_on",
    "position",
    "search",
)  # what the kept record never takes from the other


def merge_people(seat: Seat, kept_id: int, gone_id: int) -> Changes:
    """Makes two records of one person one; tasks both answer for count once. Raises FieldErrors (field "other").

    An import that took one of them up may have asked whether they are the same: that is answered.
    """
    if kept_id == gone_id:
        raise FieldErrors({"other": "请选另一条记录"})
    with seat.operation(Act.ARRANGE, "合并人员", Occasion.MERGE) as running:
        session = running.session
        kept, gone = session.get_one(Person, kept_id), session.get_one(Person, gone_id)
        running.call(f"合并人员“{gone.name}”到“{kept.name}”")
        settle_saying(running, _as_new(session, gone))
        settle_saying(running, _as_new(session, kept), f"“{gone.name}”")
        _merge(running, kept, gone)
        make_findable(PEOPLE, kept)
    return running.changes


def merge_units(seat: Seat, kept_id: int, gone_id: int) -> Changes:
    """Makes two records of one unit one, people of the same name too; the other's names become aliases. Raises FieldErrors."""
    with seat.operation(Act.ARRANGE, "合并单位", Occasion.MERGE) as running:
        session = running.session
        kept, gone = session.get_one(Unit, kept_id), session.get_one(Unit, gone_id)
        _refuse(session, kept, gone)
        running.call(f"合并单位“{gone.name}”到“{kept.name}”")
        words = (gone.name, *gone.other_names())
        _merge_namesakes(running, kept_id, gone_id)
        _drop_between(session, kept_id, gone_id)
        _merge(running, kept, gone)
        add_words(kept, words)
        make_findable(UNITS, kept)
    return running.changes


def _as_new(session: SeatSession, person: Person) -> str:
    return called_new(person.name, session.get_one(Unit, person.unit_id).name)


def _refuse(session: SeatSession, kept: Unit, gone: Unit) -> None:
    top = session.seat.township_id
    message = ""
    if kept.id == gone.id:
        message = "请选另一条记录"
    elif gone.id == top:
        message = f"“{gone.name}”是镇本级，请反过来，从它那里合并"
    elif kept.kind in SILENT_KINDS and gone.kind not in SILENT_KINDS:
        message = f"“{kept.name}”是{UNIT_KINDS[kept.kind]}，不能承担任务，请反过来合并"
    elif gone.id in line_above(session, kept.parent_id):
        message = f"“{gone.name}”是“{kept.name}”的上级单位，请反过来合并"
    if message:
        raise FieldErrors({"other": message})


def _merge_namesakes(running: Running, kept_id: int, gone_id: int) -> None:
    """A person an import took up at both records of a unit is one person."""
    session = running.session
    there = {name: person_id for name, person_id in session.execute(_people_at(kept_id))}
    for name, person_id in session.execute(_people_at(gone_id)).all():
        if name in there:
            _merge(running, session.get_one(Person, there[name]), session.get_one(Person, person_id))


def _people_at(unit_id: int) -> Any:
    return select(Person.name, Person.id).where(Person.unit_id == unit_id, Person.closed_on.is_(None)).order_by(Person.id)


def _drop_between(session: SeatSession, kept_id: int, gone_id: int) -> None:
    """What would then lead from a unit to itself, and what the mistaken record went through."""
    both = (kept_id, gone_id)
    member = select(Membership).where(Membership.unit_id.in_(both), Membership.group_id.in_(both))
    change = select(UnitChange).where(
        or_(UnitChange.unit_id == gone_id, (UnitChange.unit_id == kept_id) & (UnitChange.successor_id == gone_id))
    )
    for found in (*session.scalars(member), *session.scalars(change)):
        session.delete(found)
    session.flush()


def _merge(running: Running, kept: Record, gone: Record) -> None:
    """Turns all that points at the one to the other, fills what the kept record lacks, and removes the one.

    What was doubted of the one in a field that says what the kept record said is past.
    """
    session, model = running.session, type(kept)
    kept_id, gone_id = kept.id, gone.id
    names = list(table_of(model).c.keys())
    taken = {name for name in names if name not in _OWN and getattr(kept, name) is None and getattr(gone, name) != kept_id}
    ledger = UNITS if isinstance(kept, Unit) else PEOPLE
    kept_as_is = [key for key, of in ledger.fields.items() if of.name in names and of.name not in taken]
    settle_changed(running, ledger, {gone_id: kept_as_is})
    for pointer in pointers(model):
        turn(running, pointer, gone_id, kept_id)
    turn_hanging(running, model, gone_id, kept_id)
    for name in taken:
        setattr(kept, name, getattr(gone, name))
    if not getattr(gone, "closed_on", None):
        kept.closed_on = None  # type: ignore[attr-defined]
    session.delete(gone)
    session.flush()
