"""The sides of a ledger's declaration: how it is listed and typed, what sheets say of it, its rules, its figures."""

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from db.base import Record
from db.fields import POINTING, Kind
from huajie_desktop.seat import SeatSession

Groups = tuple[tuple[str, tuple[str, ...]], ...]  # heading, field keys
Where = Callable[[Any], ColumnElement[bool]]  # model -> condition
ByUnit = Callable[[SeatSession], Callable[[int], Any]]  # within a session, from the id of the unit a record counts for
Follow = Callable[[SeatSession, Sequence[int], Set[str]], None]  # ids of the records and the keys that changed


class Values(Protocol):
    """Values by field key, as read or as kept: names where a field points at something, amounts in 元."""

    def get(self, key: str, /) -> Any:
        """The value, None where nothing is said."""


Check = Callable[[Values], Mapping[str, str]]  # message by key


@dataclass(frozen=True, slots=True)
class Count:
    """How many records there are, or those that `where` admits."""

    label: str
    where: Where | None = None
    unit: str = "件"


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of an amount or number; on paper rounded down to whole `floor` with 余 behind (620余万元)."""

    label: str
    key: str
    floor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """One count in per cent of another, two places (article of 2021-12: 297 of 302 is 98.34 %); nothing where the whole is 0."""

    label: str
    part: str  # labels of counts of the same ledger
    whole: str


Indicator = Count | Sum | Ratio


class NamedUnits(Enum):
    """Which units its fields may name."""

    ANSWERING = "answering"  # those that can answer for something
    STANDING = "standing"  # all in force, natural villages and groups too, each by its own names alone
    GROUPS = "groups"  # working areas, alliances and belts


FEW = (Kind.CHOICE, Kind.FLAG, *POINTING)  # kinds with few values


def no_faults(_values: Values) -> Mapping[str, str]:
    """The check of a ledger without rules across fields."""
    return {}


def nothing_to_settle(_session: Session, _record: Record) -> Mapping[str, str]:
    """What a ledger asks of a record against the others where it asks nothing."""
    return {}


def nothing_decided(_session: Session, _record_id: int) -> Collection[str]:
    """The columns of a record only a decision changes, where there is none."""
    return ()


def nothing_against(_session: Session) -> Check:
    """What a ledger asks of read rows against kept records where it asks nothing."""
    return no_faults


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is judged of a record on a day and kept nowhere: one of some words, each with its colour, and why."""

    key: str  # of its column and its filter
    label: str
    words: Mapping[str, str]  # by what can be judged, in the order lists put it
    colours: Mapping[str, str]  # the window's names; `ticked` is a tick in place of a lamp
    of: Callable[[SeatSession, Sequence[int], date], Mapping[int, tuple[str, str]]]  # of a few records by id: what, and why
    column: Callable[[SeatSession, date], ColumnElement[str]]  # the same of any record, in a statement
    having: Callable[[SeatSession, date, str], ColumnElement[bool]]  # the condition that it is judged so


@dataclass(frozen=True, slots=True)
class Listing:
    """How records are listed and found."""

    columns: tuple[str, ...]  # of the list until a person chooses others
    filters: tuple[str, ...] = ()  # keys offered as filters above the list
    found_by: tuple[str, ...] = ()  # keys of further words a search finds a record by, beside its name and its numbers
    apart: tuple[str, ...] = ()  # keys of what tells records of one name apart in a search; none said: the place
    grouped: tuple[str, ...] = ()  # keys of what it can be grouped by beside what is typed and has few values
    previewed: tuple[str, ...] = ()  # keys of the columns of a preview; none said: those of the list that can be typed
    awaited: "Awaited | None" = None  # what is offered as a filter by its day: overdue, due today
    tints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by key the colour of each stored choice
    judged: "Judgement | None" = None  # stands behind the columns


@dataclass(frozen=True, slots=True)
class Becomes:
    """Tasks are made of what a record asks for: by which column they point back at it, and which of its texts they say by key."""

    link: str
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """How a record is typed."""

    groups: Groups
    usual: int | None = None  # how many groups the form shows at once; the others lie folded under 更多 (None: all shown)
    filled: tuple[tuple[str, str], ...] = ()  # texts by key a new record begins with
    files: bool = False  # whether photographs and other files are added beside the form

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its fields in order."""
        return tuple(key for _heading, keys in self.groups for key in keys)


@dataclass(frozen=True, slots=True)
class Sheets:
    """How records stand in workbooks, and are known again there."""

    identity: tuple[str, ...]  # keys by which an imported row is known again
    title_words: tuple[str, ...] = ()  # by which the title or name of a file says that it is of this ledger
    sent: tuple[str, ...] = ()  # keys of the columns units fill in, in their order; none said: all of the form
    each_of: str = ""  # key of the ledger each of whose records gets a row in a template of this one
    month: str = ""  # key of the choice of months a record reports of; what a sheet's title or name says counts for its rows
    expected: tuple[str, ...] = ()  # keys of the columns a sheet of such records should have; none said: what is required
    likely: tuple[str, ...] = ()  # keys whose headers are known by likeness, too; none said: all of the form
    telling: tuple[str, ...] = ()  # keys of the columns that make a row a record; none said: all but the place
    reads_like: Callable[[str], bool] | None = None  # whether a text reads like a record's name, by which its column is found
    beside: tuple[str, ...] = ()  # keys of the columns one of which must stand beside it then
    titled: bool = False  # whether only a title or name that says so makes a sheet one of these: its headers stand in others, too
    by_likeness: bool = False  # whether a row may be a kept record of nearly the same name; asked where it is not beyond doubt


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for a record: in itself, against the others, and what follows from a change."""

    check: Check = no_faults
    look: Check = no_faults  # the same for what may be right but should be looked at
    settle: Callable[[SeatSession, Any], Mapping[str, str]] = nothing_to_settle  # completes a record; message by key
    against: Callable[[SeatSession], Check] = nothing_against  # what `settle` will ask, of rows in a preview, names for ids
    look_against: Callable[[SeatSession], Check] = nothing_against  # the same for what should be looked at, also of what is typed
    named_units: NamedUnits = NamedUnits.ANSWERING
    by_unit: Mapping[str, ByUnit] = field(default_factory=dict)  # by key what a field says where nobody said it
    follow: Follow | None = None  # what follows from changes of records
    decided: Callable[[SeatSession, int], Collection[str]] = nothing_decided  # columns of a record only a decision changes


@dataclass(frozen=True, slots=True)
class OnPaper:
    """The paper that is made of each of its records, under the record's number, and how it is answered."""

    kind: str  # key of the kind of paper
    said: Callable[[SeatSession, Any], Mapping[str, Any]]  # what a record says by label of what that kind asks: texts and days
    fields: Callable[[SeatSession, Any], Mapping[str, str]]  # further fields of its wording, which its task would say otherwise
    term: str  # key of the day by which it is to be answered
    answer: tuple[str, str]  # keys of the answer and of its day


@dataclass(frozen=True, slots=True)
class Awaited:
    """By which day something is to be done about its records, and about which it still is."""

    day: str  # key
    open: Where


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of the records, and how a report words it."""

    day: str | None = None  # key of the day a record counts on
    indicators: tuple[Indicator, ...] = ()
    breakdowns: tuple[str, ...] = ()  # keys the indicators are told apart by, beside the month
    sentence: str = ""  # how a report words the indicators; a label in braces stands for its figure
