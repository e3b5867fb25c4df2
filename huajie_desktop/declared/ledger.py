"""What a ledger (台账) means beside its model: columns, form, identity, indicators, check. Tasks and people are such, too."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, true

from db.acts import Act
from db.base import Record, table_of
from db.belonging import Part, parts_of
from db.fields import Deadline, Field, Kind, fields_of
from huajie_desktop.declared.facets import Becomes, Figures, Form, Listing, OnPaper, Rules, Sheets
from huajie_desktop.declared.life import OUTDATES, State, Workflow
from huajie_desktop.declared.mistakes import mistakes, refused
from huajie_desktop.seat import SeatSession

T = TypeVar("T")
NUMBER, SEARCH = "number", "search"  # what such a field or column is called in every ledger


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Ledger:
    """One kind of record as it is listed, typed, imported, counted; keys are those of the declared fields."""

    key: str
    title: str  # 矛盾纠纷调处台账
    model: type[Record]
    name: str  # key of what names a record in messages
    shown: Listing
    form: Form
    sheets: Sheets
    place: str | None = None  # key of the unit a record counts for
    rules: Rules = field(default_factory=Rules)
    figures: Figures = field(default_factory=Figures)
    paper: OnPaper | None = None  # which is made of its records
    subject: str = "ledger"  # what a page that shows one of its records is asked for: task, unit, person; else ledger
    closes_by: str = ""  # key of the day from which on a record is out of use
    counting: str = "{count} 条{noun}记录"  # how so many of its records are worded
    unsaid: bool = False  # whether messages of many need not say what its records are: where nothing else is said, it is these
    life: Workflow | None = None  # how its records go through review; lists and figures go by it
    further_lives: tuple[Workflow, ...] = ()  # what else they live through, in columns of their own
    about: str = ""  # the column that points at the task its records are about, where they are about one
    asked: str = ""  # what beginning such a record from its task is called: 申请延期; nothing where it is not begun there
    becomes: Becomes | None = None  # tasks, where its records ask for something
    fields: Mapping[str, Field] = field(init=False, repr=False)  # all declared, by key
    form_fields: dict[str, Field] = field(init=False, repr=False)  # those of the form by key, in its order
    parts: Mapping[str, Part] = field(init=False, repr=False)  # where the parts of fields with several are kept, by key
    places: Mapping[str, int] = field(init=False, repr=False)  # of the values a sheet or form can say, by key

    def __post_init__(self) -> None:
        parts = {part.name: part for part in parts_of(self.model)}
        found = {declared.key: declared for declared in fields_of(self.model).values()}
        object.__setattr__(self, "fields", found)
        object.__setattr__(self, "form_fields", {key: found[key] for key in self.form.keys if key in found})
        object.__setattr__(self, "parts", {key: parts[d.name] for key, d in found.items() if d.name in parts})
        said = (*self.form.keys, self.name, *self.sheets.identity, *filter(None, [self.place]))
        object.__setattr__(self, "places", {key: place for place, key in enumerate(dict.fromkeys(said))})
        for fault in mistakes(self):
            raise refused(self.title, fault)

    @property
    def reviewed(self) -> bool:
        """Whether its records go through review."""
        return self.life is not None

    @property
    def lives(self) -> tuple[Workflow, ...]:
        """All its records live through, the review first."""
        return (*((self.life,) if self.life else ()), *self.further_lives)

    @property
    def life_columns(self) -> frozenset[str]:
        """The columns that say where a record stands in its lives, not what it is."""
        return frozenset().union(*(life.columns for life in self.lives))

    @property
    def fresh(self) -> dict[str, str]:
        """Where a new record stands: state by column."""
        return {life.column: life.fresh for life in self.lives}

    @property
    def received(self) -> dict[str, str]:
        """Where one stands that was taken in complete from a sheet: in review it waits, else as any new one."""
        return self.fresh | {life.column: life.received for life in self.lives if life.received}

    def stands(self, record: Any) -> dict[str, State]:
        """Where a kept record stands in each of its lives, by their columns."""
        return {life.column: life.states[life.state(getattr(record, life.column))] for life in self.lives}

    def said_of(self, record: Any) -> list[str]:
        """What was written when it was sent back or otherwise moved with a reason: 退回原因：金额不对."""
        why = dict.fromkeys(name for life in self.lives for move in life.moves for name in move.explained)
        return [f"{self.fields[name].label}：{said}" for name in why if (said := getattr(record, name))]

    def life_of(self, verb: Act) -> Workflow:
        """The life in which something is done by hand. Raises KeyError where in none."""
        found = next((life for life in self.lives if life.of(verb)), None)
        if found is None:
            raise KeyError(f"{self.key}: {verb}")
        return found

    def locked(self, states: Mapping[str, Any]) -> frozenset[str]:
        """The keys of the fields a record locks that stands in those states (by column; what else is there is passed over)."""
        form = self.form_fields
        return frozenset().union(*(life.locked(states.get(life.column), form) for life in self.lives))

    def settled(self, model: Any) -> ColumnElement[bool]:
        """The condition under which a record counts where only what is settled in review does; all where there is none."""
        return getattr(model, self.life.column).in_((self.life.counted, *self.life.counted_too)) if self.life else true()

    @property
    def noun(self) -> str:
        """What one record is called: 任务, 矛盾纠纷."""
        return self.model.TITLE

    def column(self, key: str) -> Any:
        """The model's attribute a field stands on, for statements."""
        return getattr(self.model, self.fields[key].name)

    def value(self, record: Any, key: str) -> Any:
        """What a field of a kept record says: a stored value or id, a Deadline, or its parts."""
        declared = self.fields[key]
        if declared.further:
            return Deadline(*(getattr(record, name) for name in declared.columns))
        return getattr(record, declared.name)

    def keys_of(self, *kinds: Kind) -> list[str]:
        """The keys of the form's fields of these kinds, in its order."""
        return [key for key, declared in self.form_fields.items() if declared.kind in kinds]

    def followed(self, session: SeatSession, ids: Sequence[int], keys: Set[str]) -> None:
        """Does what follows from a change of those fields of those records, within the operation that made it."""
        if self.rules.follow is not None:
            self.rules.follow(session, ids, keys)

    @property
    def needed_keys(self) -> tuple[str, ...]:
        """What must be filled in before a record can be handed in."""
        said = self.life.needed if self.life else ()
        columns = self.life_columns
        return said or tuple(key for key, found in self.fields.items() if found.required and found.name not in columns)

    @property
    def outdates(self) -> bool:
        """Whether papers stand on its records, which no longer say the truth once one is changed."""
        return any(OUTDATES in life.effects for life in self.lives)

    def counted(self, count: int) -> str:
        """So many of its records in words: 3 项任务, 2 条矛盾纠纷记录."""
        return self.counting.format(count=count, noun=self.noun)

    @property
    def has_number(self) -> bool:
        """Whether its records have a number by which they are found, too."""
        return NUMBER in self.fields

    @property
    def gives_numbers(self) -> bool:
        """Whether its records get their number here, so that nobody types it."""
        return self.has_number and NUMBER not in self.form_fields

    @property
    def is_searched(self) -> bool:
        """Whether the words and initials its records are found by are kept with them."""
        return SEARCH in table_of(self.model).columns

    def done(self, word: str, count: int) -> str:
        """An operation on so many of its records in words: 撤回 3 项, 撤回矛盾纠纷 2 项."""
        return f"{word} {count} 项" if self.unsaid else f"{word}{self.noun} {count} 项"


def once_each(make: Callable[[Ledger], T]) -> Callable[[Ledger], T]:
    """What follows from a declaration, made once for each ledger and gone with it."""
    made: WeakKeyDictionary[Ledger, T] = WeakKeyDictionary()

    @wraps(make)
    def of(ledger: Ledger) -> T:
        found = made.get(ledger)
        if found is None:
            found = made[ledger] = make(ledger)
        return found

    return of
