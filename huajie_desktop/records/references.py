"""What points at a record, whichever table it stands in: counted before a deletion, turned to another record by a merge."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, UniqueConstraint, func, select

from db.base import Base, Record, table_of
from db.belonging import children_of, models_by_table, parts_of
from db.hanging import hanging_tables
from db.models import Campaign, Entry, Post
from huajie_desktop.seat import Running, SeatSession

_ENDS = ("finished_on", "closed_on", "until", "visited_on")  # the day from which a record of a campaign is done with
_SAME = {Post: ("person_id", "unit_id", "title", "since", "until")}  # what makes two lines one where no constraint says it


class Pointer(NamedTuple):
    """One column of a table that points at a kind of record, and its words: 责任人, 任务的牵头领导."""

    model: type[Record]
    column: str
    words: str

    @property
    def at(self) -> Any:
        """The column itself."""
        return table_of(self.model).c[self.column]


def pointers(target: type[Record]) -> list[Pointer]:
    """Every column that points at records of that kind."""
    found = []
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Record):
            table = table_of(mapper.class_)
            keys = [key.parent.name for key in table.foreign_keys if key.column.table is table_of(target)]
            found += [Pointer(mapper.class_, name, _words(mapper.class_, name)) for name in keys]
    return sorted(found, key=lambda pointer: (table_of(pointer.model).name, pointer.column))


def _words(model: type[Record], column: str) -> str:
    declared = model.FIELDS.get(column)
    return f"{model.TITLE}的{declared.label}" if declared and issubclass(model, Entry) else model.TITLE


def uses(session: SeatSession, target: type[Record], record_id: int) -> dict[str, int]:
    """How many records point at that one, by words; empty where it may be deleted."""
    counted: dict[str, int] = {}
    for pointer in pointers(target):
        count = session.scalar(select(func.count()).where(pointer.at == record_id)) or 0
        if count:
            counted[pointer.words] = counted.get(pointer.words, 0) + count
    return counted


def used_entries(session: SeatSession, target: type[Record], ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Which of those entries others stand on, and how many by words; what goes with an entry does not count."""
    along = {part.model for part in (*parts_of(target), *children_of(target))}
    found: dict[int, dict[str, int]] = {}
    for pointer in pointers(target):
        if pointer.model not in along:
            counted = select(pointer.at, func.count()).where(pointer.at.in_(ids)).group_by(pointer.at)
            for record_id, count in session.execute(counted):
                found.setdefault(record_id, {})[pointer.words] = count
    return found


def unfinished(pointer: Pointer, year: int) -> list[ColumnElement[bool]] | None:
    """What narrows a pointer to work still to be done in campaigns of that year and later; None where it is no such work.

    What waits to be dealt with goes along whatever its year.
    """
    if (still := _still_open(pointer.model, year)) is not None:
        return still
    for key in table_of(pointer.model).foreign_keys:
        owner = models_by_table().get(key.column.table.name)
        if owner is not None and (still := _still_open(owner, year)) is not None:
            return [key.parent.in_(select(table_of(owner).c.id).where(*still))]
    return None


def _still_open(model: type[Record], year: int) -> list[ColumnElement[bool]] | None:
    columns = table_of(model).c
    if issubclass(model, Entry) and model.UNFINISHED:
        return [columns.state.in_(model.UNFINISHED)]
    end = next((columns[name] for name in _ENDS if name in columns), None)
    if end is None or "campaign_id" not in columns:
        return None
    return [end.is_(None), columns.campaign_id.in_(select(Campaign.id).where(Campaign.year >= year))]


def turn(running: Running, pointer: Pointer, old: int, new: int, where: Sequence[ColumnElement[bool]] = ()) -> list[int]:
    """Turns what points at `old` to `new`; lines that then say the same become one. Returns the ids of the rows concerned."""
    running.session.flush()
    table, session = table_of(pointer.model), running.session
    rows = [dict(row) for row in session.execute(select(table).where(pointer.at == old, *where).order_by(table.c.id)).mappings()]
    twins: dict[int, int] = {}
    for names in _keys(pointer.model):
        if pointer.column in names:
            others = [name for name in names if name != pointer.column]
            present = session.execute(select(table).where(pointer.at == new).order_by(table.c.id)).mappings()
            by_rest = {tuple(row[name] for name in others): row["id"] for row in present}
            twins.update((row["id"], twin) for row in rows if (twin := by_rest.get(tuple(row[name] for name in others))))
    running.update(pointer.model, {row["id"]: {pointer.column: new} for row in rows if row["id"] not in twins})
    for row_id, twin in twins.items():
        _join(running, pointer.model, row_id, twin)
    session.expire_all()
    return [row["id"] for row in rows]


def turn_hanging(running: Running, model: type[Record], old: int, new: int) -> None:
    """Hangs on `new` what hangs on `old`, which is about to go: files, questions."""
    session = running.session
    session.flush()
    uids: dict[int, str] = {i: uid for i, uid in session.execute(select(model.id, model.uid).where(model.id.in_((old, new))))}
    for table, pairs, _content in hanging_tables():
        for pair in pairs:
            ids = session.scalars(select(table.c.id).where(table.c[pair.uid] == uids[old])).all()
            running.update(models_by_table()[table.name], {i: {pair.uid: uids[new]} for i in ids})


def _keys(model: type[Record]) -> Iterator[tuple[str, ...]]:
    """The sets of columns in which two rows of a table never agree."""
    for constraint in table_of(model).constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(column.name for column in constraint.columns)
    if model in _SAME:
        yield _SAME[model]


def _join(running: Running, model: type[Record], old: int, new: int) -> None:
    """Makes two rows one: the better place of both, and all that points at either."""
    table, session = table_of(model), running.session
    if "position" in table.c:
        places = session.scalars(select(table.c.position).where(table.c.id.in_((old, new))))
        running.update(model, {new: {"position": min(places)}})
    for pointer in pointers(model):
        turn(running, pointer, old, new)
    turn_hanging(running, model, old, new)
    session.expire_all()
    session.delete(session.get_one(model, old))
    session.flush()
