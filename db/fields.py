"""Field declarations: said once on a model, used by list, form, import, export, report and history alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from sqlalchemy import Boolean, Date
from sqlalchemy.orm import MappedColumn, mapped_column

from db.types import Line, Money, Whole, Words, key_to


class Kind(StrEnum):
    """What sort of value a field holds; parser, editor and printed form are chosen by it."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DAY = "day"
    MONEY = "money"
    FLAG = "flag"
    CHOICE = "choice"
    UNIT = "unit"
    CATEGORY = "category"
    PERSON = "person"
    PEOPLE = "people"
    MILESTONES = "milestones"
    NUMBER = "number"
    UNITS = "units"
    CATEGORIES = "categories"
    LIST_KIND = "list_kind"
    FORCE = "force"
    QUANTITIES = "quantities"
    FUNDING = "funding"
    REACHED = "reached"
    BROUGHT = "brought"
    RECURRENCE = "recurrence"
    DEADLINE = "deadline"
    PHONE = "phone"
    ID_NUMBER = "id_number"


POINTING = frozenset({Kind.UNIT, Kind.CATEGORY, Kind.PERSON, Kind.LIST_KIND, Kind.FORCE})  # kept as another record's id
SEVERAL_NAMES = frozenset({Kind.PEOPLE, Kind.UNITS, Kind.CATEGORIES})  # kept as parts that each point at another record
SEVERAL_ITEMS = frozenset({Kind.MILESTONES, Kind.QUANTITIES, Kind.FUNDING})  # kept as parts that each say something
FILLED_IN = frozenset({Kind.REACHED, Kind.BROUGHT})  # handed out with lines to be filled in, which say nothing until they are
ONE_LINE = frozenset({Kind.TEXT, Kind.PHONE, Kind.ID_NUMBER})  # text of one line


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field: its Chinese label, kind and everything a screen, sheet or page needs to know of it."""

    label: str
    kind: Kind
    name: str = ""
    required: bool = False
    unit: str = ""  # unit of the shown number, e.g. 万元
    aliases: tuple[str, ...] = ()  # other headers villages write for the same thing
    choices: Mapping[str, str] = field(default_factory=dict)  # stored value -> shown word
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by stored value, words for which it is offered, too
    help: str = ""  # one sentence shown beside the editor
    max_length: int | None = None
    private: bool = False  # personal data: masked in lists and exports unless the clerk asks for it in full
    takes_up: Literal["", "offices", "anything"] = ""  # which names of units nobody knew become new offices; the clerk is told
    lenient: bool = False  # whether what cannot be read in a sheet only leaves the field empty, with a doubt
    next_year: bool = False  # of a day: whether it may lie in the next year, too, without a doubt (a later day asked for)
    first_day: bool = False  # whether of a month or quarter the first day is meant, not the last
    person_name: bool = False  # whether it is the name of a person, who is found by its initials and written without blanks
    one_thing: bool = False  # whether several things numbered in one cell are doubted
    besides: str = ""  # key of a field whose value is not said a second time here
    further: tuple[str, ...] = ()  # attributes it is kept in beside the one it stands on
    begins: str = ""  # of a deadline: key of the day its text may give the beginning of (3月至8月)
    least: int = 0  # of a count: the smallest there can be
    most: int | None = None  # of a count: the largest, None: no end
    adds_up: bool = True  # of a count: whether the sum of several says anything; ages and shares do not
    steps: str = ""  # of a deadline: key of the milestones several deadlines in one cell are
    in_words: str = ""  # of a choice: key of the text that is meant where sentences stand below its header
    key: str = field(init=False)  # its name in sheets, forms and commands: that of what it refers to, without _id

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.name.removesuffix("_id"))

    def named(self, name: str) -> "Field":
        """The same declaration knowing the attribute it stands on."""
        return replace(self, name=name)

    @property
    def label_with_unit(self) -> str:
        """The label as a column's heading: 计划投资（万元）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def columns(self) -> tuple[str, ...]:
        """All attributes it is kept in."""
        return (self.name, *self.further)


class Deadline(NamedTuple):
    """What a deadline says: its last day, how exact that is (key of PRECISIONS), whether it goes on, and how it was written.

    In this order it is kept in the columns of its field.
    """

    day: date | None = None
    precision: str | None = None
    text: str | None = None
    ongoing: bool = False


def short_text(label: str, *, length: int = 200, required: bool = False, **options: Any) -> MappedColumn[Any]:
    """One line of text of at most `length` characters."""
    return _column(Line(length), Field(label, Kind.TEXT, required=required, max_length=length, **options))


def long_text(label: str, *, required: bool = False, **options: Any) -> MappedColumn[Any]:
    """Text of several lines."""
    return _column(Words(), Field(label, Kind.LONG_TEXT, required=required, **options))


def reached(label: str, **options: Any) -> MappedColumn[Any]:
    """Which milestones of what is reported on were reached, with day and evidence, one a line."""
    return _column(Words(), Field(label, Kind.REACHED, **options))


def brought(label: str, **options: Any) -> MappedColumn[Any]:
    """How much was brought of what is counted of what is reported on, one a line."""
    return _column(Words(), Field(label, Kind.BROUGHT, **options))


def day(label: str, **options: Any) -> MappedColumn[Any]:
    """A calendar day."""
    return _column(Date(), Field(label, Kind.DAY, **options))


def phone(label: str, *, length: int = 40, **options: Any) -> MappedColumn[Any]:
    """A telephone number, as text."""
    return _column(Line(length), Field(label, Kind.PHONE, max_length=length, **options))


def id_number(label: str, *, length: int = 18, **options: Any) -> MappedColumn[Any]:
    """A citizen's ID number (GB 11643-1999), as text."""
    return _column(Line(length), Field(label, Kind.ID_NUMBER, max_length=length, **options))


def deadline(label: str, **options: Any) -> MappedColumn[Any]:
    """A deadline in the office's words (8月底前, 全年); the model keeps it in `due_precision`, `due_text` and `ongoing`, too."""
    return _column(Date(), Field(label, Kind.DEADLINE, further=("due_precision", "due_text", "ongoing"), **options))


def money(label: str, *, unit: str = "元", **options: Any) -> MappedColumn[Any]:
    """An amount, kept in 元 and shown in `unit`."""
    return _column(Money(), Field(label, Kind.MONEY, unit=unit, **options))


def count(label: str, *, unit: str = "", **options: Any) -> MappedColumn[Any]:
    """A whole number counted in `unit`, e.g. 人."""
    return _column(Whole(), Field(label, Kind.NUMBER, unit=unit, **options))


def flag(label: str, **options: Any) -> MappedColumn[Any]:
    """Yes or no, no unless said."""
    return _column(Boolean(), Field(label, Kind.FLAG, **options), default=False, nullable=False)


def choice(label: str, choices: Mapping[str, str], *, required: bool = True, **options: Any) -> MappedColumn[Any]:
    """One of `choices` (stored value -> shown word)."""
    return _column(Line(40), Field(label, Kind.CHOICE, required=required, choices=choices, **options))


def recurrence(label: str, *, length: int = 40, **options: Any) -> MappedColumn[Any]:
    """How often something falls due, in the office's words (每月5日)."""
    return _column(Line(length), Field(label, Kind.RECURRENCE, max_length=length, **options))


def reference(label: str, kind: Kind, target: str, *, required: bool = False, **options: Any) -> MappedColumn[Any]:
    """Another record by id; `target` is "table.id"."""
    declared = Field(label, kind, required=required, **options)
    return mapped_column(key_to(target), nullable=not required, index=True, info={"field": declared})


def _column(kind: Any, declared: Field, **options: Any) -> MappedColumn[Any]:
    options.setdefault("nullable", not declared.required)
    return mapped_column(kind, info={"field": declared}, **options)


def fields_of(model: type[Any]) -> dict[str, Field]:
    """The declared fields of a model in order of declaration, by attribute name; relationships included."""
    declared: dict[str, Field] = model.FIELDS
    return declared


def in_wan(yuan: Decimal) -> Decimal:
    """Yuan as 万元 without trailing zeros (434000 -> 43.4, 800000 -> 80)."""
    wan = yuan / 10000
    return wan.quantize(Decimal(1)) if wan == wan.to_integral_value() else wan.normalize()
