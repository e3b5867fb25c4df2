"""Lists of any kind of record from its declared fields: which records, in which order, and the words of their cells."""

from array import array
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, null, or_, select
from sqlalchemy.orm import aliased

from db.fields import Deadline, Field, Kind, fields_of
from db.images import CHUNK
from db.models import Category, Dimension, ListKind, Person, TaskForce, Unit
from db.words.searching import words_of
from db.words.sounding import Ear
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import Workflow
from huajie_desktop.ordering import name_key, text_key
from huajie_desktop.records.judged import judged_place
from huajie_desktop.records.lines import Line
from huajie_desktop.records.parts import ITEMS
from huajie_desktop.records.sought import sought
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.values.people import told_apart
from huajie_desktop.values.shown import brief, masked

TARGETS: Mapping[Kind, type[Any]] = {
    Kind.UNIT: Unit, Kind.CATEGORY: Category, Kind.PERSON: Person, Kind.LIST_KIND: ListKind, Kind.FORCE: TaskForce,
}  # fmt: skip
_WIDTHS = {
    Kind.LONG_TEXT: 260, Kind.REACHED: 200, Kind.BROUGHT: 140,
    Kind.DAY: 110, Kind.DEADLINE: 120, Kind.MONEY: 130, Kind.NUMBER: 90, Kind.FLAG: 80, Kind.CHOICE: 100,
    Kind.UNIT: 110, Kind.CATEGORY: 130,
}  # fmt: skip
_NAME, _STATE = 260, 90  # of the column a record is known by, and where it stands


class Column(NamedTuple):
    """One column of a list: its label, usual width in pixels at 100 %, whether it holds numbers and can be sorted by."""

    key: str
    label: str
    width: int
    numeric: bool = False
    sortable: bool = True


@dataclass(frozen=True)
class Wanted:
    """What part of a list is looked at: words, values by field key (id or stored choice), further conditions, and as of when."""

    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    conditions: tuple[ColumnElement[bool], ...] = ()
    ear: Ear = Ear.LETTER  # how the words are looked for
    day: date | None = None  # on which what is judged is judged; None: today


class Level(NamedTuple):
    """One thing records are put into order by: columns that say it, and what makes a key of their values, where one is needed."""

    columns: tuple[Any, ...]
    key: Callable[[Sequence[Any]], Any] | None = None

    def sorted(self, rows: Iterable[Sequence[Any]], at: int, *, descending: bool = False) -> list[Any]:
        """Rows in which the columns stand from `at` on; those without a value last, equal ones as they were."""
        there, without = list[Any](), list[Any]()
        end = at + len(self.columns)
        for row in rows:
            (without if row[at] is None else there).append(row)
        key = self.key or tuple
        return sorted(there, key=lambda row: key(row[at:end]), reverse=descending) + without


def columns_of(ledger: Ledger, keys: Sequence[str] | None = None, empty: Container[str] = ()) -> tuple[Column, ...]:
    """The columns of those keys (None: as declared) under the labels of the declared fields; `empty` ones have room for these."""
    return tuple(
        Column(
            key,
            (declared := ledger.fields[key]).label_with_unit,
            _heading(declared) if key in empty else _width(ledger, declared),
            declared.kind in (Kind.MONEY, Kind.NUMBER),
            key not in ledger.parts or declared.kind not in ITEMS,  # of several it goes by the first one
        )
        for key in keys or ledger.shown.columns
    )


def _width(ledger: Ledger, declared: Field) -> int:
    if declared.key == ledger.name and declared.max_length and declared.max_length > _NAME // 2:
        return _NAME
    if declared.name in ledger.life_columns and declared.choices:
        return _STATE
    widest = max(map(len, declared.choices.values()), default=0) if declared.kind is Kind.CHOICE else 0
    return max(_WIDTHS.get(declared.kind, 150), 16 * widest + 16, _heading(declared))


def _heading(declared: Field) -> int:
    return 13 * len(declared.label_with_unit) + 16


def record_ids(
    session: SeatSession, ledger: Ledger, wanted: Wanted, sort: str = "", descending: bool = False, *, group: str = ""
) -> "array[int]":
    """The ids of the records wanted, by a column's key or as declared by the ledger's place and then as entered.

    With `group` (a key) first by that one, upwards, those without it last.
    """
    model: Any = ledger.model
    statement = select(model.id).where(*conditions(session, ledger, wanted))
    levels: list[tuple[Level, bool]] = []
    for key, down in ((group, False), (sort or ledger.place, descending)):
        if key and (place := judged_place(session, ledger, key, wanted.day)) is not None:
            levels.append((Level((place,)), down))
        elif key:
            statement, level = joined_for(statement, ledger, key)
            levels.append((level, down))
    if any(level.key for level, _down in levels):
        return _put_in_order(session, statement.order_by(model.id), levels)
    parts = [part.desc() if down else part.asc() for level, down in levels for part in level.columns]
    return array("q", [row[0] for row in _fetched(session, statement.order_by(*(part.nulls_last() for part in parts), model.id))])


def _put_in_order(session: SeatSession, statement: Select[Any], levels: Sequence[tuple[Level, bool]]) -> "array[int]":
    """The same where a database has no such order: sorted here, by the last level first."""
    rows = _fetched(session, statement.add_columns(*(part for level, _down in levels for part in level.columns)))
    at = len(rows[0]) if rows else 0
    for level, down in reversed(levels):
        at -= len(level.columns)
        rows = level.sorted(rows, at, descending=down)
    return array("q", [row[0] for row in rows])


def _fetched(session: SeatSession, statement: Select[Any]) -> Sequence[Any]:
    """Straight from the driver: of 100,000 rows every layer shows."""
    found = session.connection().execute(statement).cursor
    assert found is not None
    return found.fetchall()


def joined_for(statement: Select[Any], ledger: Ledger, key: str) -> tuple[Select[Any], Level]:
    """The statement joined to what a field points at, and what puts records into the order of that field."""
    declared = ledger.fields[key]
    target: type[Any] | None
    if key in ledger.parts:
        model: Any = ledger.parts[key].model
        target, column = TARGETS[fields_of(model)[model.POINTS].kind], _first_of(ledger, key)
    else:
        target, column = TARGETS.get(declared.kind), ledger.column(key)
    if target is None:
        return statement, _own_order(declared, column)
    other = aliased(target)
    statement = statement.outerjoin(other, other.id == column)
    if target is Person:
        return statement, Level((other.name, other.id), lambda said: (name_key(said[0]), said[1]))
    if target is not Category:
        return statement, Level((other.position, other.id))
    dimension = aliased(Dimension)
    statement = statement.outerjoin(dimension, dimension.id == other.dimension_id)
    return statement, Level((dimension.position, other.position, other.id))


def _first_of(ledger: Ledger, key: str) -> Any:
    """What the first of a record's several points at."""
    part: Any = ledger.parts[key].model
    of_record = getattr(part, ledger.parts[key].column) == ledger.model.id
    return select(getattr(part, part.POINTS)).where(of_record).order_by(part.position).limit(1).scalar_subquery()


def _own_order(declared: Field, column: Any) -> Level:
    """Texts as people look for them, choices as they are declared, all else by its value."""
    if declared.kind is Kind.CHOICE:
        places = {value: place for place, value in enumerate(declared.choices)}
        return Level((column,), lambda said: places.get(said[0], len(places)))
    if declared.kind not in (Kind.TEXT, Kind.LONG_TEXT):
        return Level((column,))
    key = name_key if declared.person_name else text_key
    return Level((column,), lambda said: key(said[0]))


def state_counts(session: SeatSession, ledger: Ledger, wanted: Wanted, life: Workflow | None = None) -> dict[str, int]:
    """How many of the records wanted are in each state of a life (the review unless said), whatever state was asked for."""
    if (life := life or ledger.life) is None:
        return {}
    column = getattr(ledger.model, life.column)
    anyhow = replace(wanted, values={key: value for key, value in wanted.values.items() if key != life.column})
    statement = select(column, func.count()).where(*conditions(session, ledger, anyhow)).group_by(column)
    found = dict.fromkeys(life.states, 0)
    for stored, count in session.execute(statement):
        found[life.state(stored)] += count
    return found


def conditions(session: SeatSession, ledger: Ledger, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What `wanted` asks, as conditions on the ledger's table within the campaign."""
    model: Any = ledger.model
    parts = [*visible(session.seat, model), *wanted.conditions]
    parts += [_has(ledger, key, value) for key, value in wanted.values.items() if value is not None]
    parts += [_says(ledger, word, wanted.ear) for word in words_of(wanted.text)]
    return parts


def _has(ledger: Ledger, key: str, value: object) -> ColumnElement[bool]:
    """Records holding that value, or having it among several."""
    if part := ledger.parts.get(key):
        model: Any = part.model
        return ledger.model.id.in_(select(getattr(model, part.column)).where(getattr(model, model.POINTS) == value))
    return ledger.column(key) == value  # type: ignore[no-any-return]


def _says(ledger: Ledger, word: str, ear: Ear) -> ColumnElement[bool]:
    """Records saying the folded word, or pointing at a unit or person it names."""
    model: Any = ledger.model
    found = [sought(model, word, ear)]
    for key, declared in ledger.fields.items():
        if declared.kind in (Kind.UNIT, Kind.PERSON):
            target = TARGETS[declared.kind]
            found.append(ledger.column(key).in_(select(target.id).where(sought(target, word, ear))))
        elif declared.kind == Kind.PEOPLE:
            part: Any = ledger.parts[key].model
            named = select(getattr(part, ledger.parts[key].column)).join(Person, Person.id == part.person_id)
            found.append(model.id.in_(named.where(sought(Person, word, ear))))
    return or_(*found)


def record_lines(
    session: SeatSession, ledger: Ledger, ids: Sequence[int], keys: Sequence[str], *, open_names: bool = False
) -> list[Line]:
    """The lines of those records in order of `ids`, missing ones left out; personal data is masked unless `open_names`."""
    reader = _Reader(session, ledger, keys, open_names)
    lines: dict[int, Line] = {}
    for start in range(0, len(ids), CHUNK):
        lines.update(reader.read(list(ids[start : start + CHUNK])))
    return [lines[record_id] for record_id in ids if record_id in lines]


class _Reader:
    """Reads cells of the asked columns, a chunk of records at a time: one statement, and one more for each kind of part."""

    def __init__(self, session: SeatSession, ledger: Ledger, keys: Sequence[str], open_names: bool) -> None:
        self._session, self._ledger, self._open = session, ledger, open_names
        self._year = session.seat.year
        model: Any = ledger.model
        self._parts = [key for key in keys if key in ledger.parts]
        self._plain: list[tuple[str, int]] = []  # keys with where in a row their value stands, a deadline's first
        columns: list[Any] = [model.id, getattr(model, ledger.life.column) if ledger.life else model.id]
        joins = []
        for key in (key for key in keys if key not in ledger.parts):
            declared = ledger.fields[key]
            self._plain.append((key, len(columns)))
            if target := TARGETS.get(declared.kind):
                other = aliased(target)
                joins.append((other, other.id == ledger.column(key)))
                columns.append(other.name)
            else:
                columns += [getattr(model, name) for name in declared.columns]
        statement = select(*columns)
        for other, condition in joins:
            statement = statement.outerjoin(other, condition)
        self._statement = statement

    def read(self, ids: list[int]) -> dict[int, Line]:
        model: Any = self._ledger.model
        parts = {key: part_words(self._session, self._ledger, key, ids) for key in self._parts}
        lines = {}
        for row in self._session.execute(self._statement.where(model.id.in_(ids))):
            cells = {key: self._word(key, row, place) for key, place in self._plain}
            cells.update((key, words.get(row[0], "")) for key, words in parts.items())
            lines[row[0]] = Line(row[0], row[1] if self._ledger.reviewed else "", cells)
        return lines

    def _word(self, key: str, row: Any, place: int) -> str:
        declared, value = self._ledger.fields[key], row[place]
        if declared.further:
            value = Deadline(*row[place : place + len(declared.columns)])
        text = value or "" if declared.kind in TARGETS else brief(declared, value, self._year)
        return masked(declared.kind, text) if declared.private and not self._open else text


def part_words(session: SeatSession, ledger: Ledger, key: str, ids: Sequence[int], *, apart: str = "") -> dict[int, str]:
    """What hangs on those records under a field of several parts (people, units, quantities …), worded; at most CHUNK ids.

    `apart` stands between them instead of what does so in a line.
    """
    items = ITEMS.get(ledger.fields[key].kind)
    model: Any = ledger.parts[key].model
    owner = getattr(model, ledger.parts[key].column)
    statement: Any
    statement = select(owner, model) if items else names_of_parts(model, owner)
    said: dict[int, list[Any]] = {}
    for record_id, *one in session.execute(statement.where(owner.in_(ids)).order_by(owner, model.position)):
        said.setdefault(record_id, []).append(items.words(one[0]) if items else tuple(one))
    between = apart or (items.between if items else "、")
    return {record_id: between.join(texts if items else told_apart(texts)) for record_id, texts in said.items()}


def names_of_parts(part: Any, owner: Any) -> Select[Any]:
    """What parts point at by name, with the record they are of before it, and behind it the unit that tells people apart."""
    target: Any = TARGETS[fields_of(part)[part.POINTS].kind]
    unit: Any = aliased(Unit)
    statement = select(owner, target.name, unit.name if target is Person else null())
    statement = statement.join(target, target.id == getattr(part, part.POINTS))
    return statement.outerjoin(unit, unit.id == target.unit_id) if target is Person else statement
