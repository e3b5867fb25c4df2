"""What a ledger (台账) means beside its model: columns, form, identity, indicators, check. Tasks and people are such, too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement

from db.base import Entry, Record
from db.fields import Field, fields_of

Groups = tuple[tuple[str, tuple[str, ...]], ...]  # heading, field keys
Where = Callable[[Any], ColumnElement[bool]]  # model -> condition


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


def no_faults(_values: Mapping[str, Any]) -> Mapping[str, str]:
    """The check of a ledger without rules across fields."""
    return {}


@dataclass(frozen=True, slots=True)
class Ledger:
    """One kind of record as it is listed, typed, imported, counted; keys are those of the declared fields."""

    key: str
    title: str  # 矛盾纠纷调处台账
    model: type[Record]
    columns: tuple[str, ...]  # of the list until a person chooses others
    groups: Groups
    name: str  # key of what names a record in messages
    identity: tuple[str, ...]  # keys by which an imported row is known again
    place: str | None = None  # key of the unit a record counts for
    day: str | None = None  # key of the day a record counts on
    indicators: tuple[Indicator, ...] = ()
    breakdowns: tuple[str, ...] = ()  # keys the indicators are told apart by, beside the month
    filters: tuple[str, ...] = ()  # keys offered as filters above the list
    check: Callable[[Mapping[str, Any]], Mapping[str, str]] = no_faults  # values by key -> message by key
    fields: Mapping[str, Field] = field(init=False, repr=False, compare=False)  # all declared, by key

    def __post_init__(self) -> None:
        declared = {found.key: found for found in fields_of(self.model).values()}
        object.__setattr__(self, "fields", declared)
        asked = [
            self.name,
            *self.columns,
            *self.identity,
            *self.breakdowns,
            *self.filters,
            *(k for _, ks in self.groups for k in ks),
        ]
        asked += [item.key for item in self.indicators if isinstance(item, Sum)] + [k for k in (self.place, self.day) if k]
        for key in asked:
            if key not in declared:
                raise ValueError(f"台账“{self.title}”的声明有误：{self.model.__name__} 没有字段 {key}")
        counts = {item.label for item in self.indicators if isinstance(item, Count)}
        for item in self.indicators:
            if isinstance(item, Ratio) and not {item.part, item.whole} <= counts:
                raise ValueError(f"台账“{self.title}”的声明有误：指标“{item.label}”用到了没有声明的计数")

    @property
    def reviewed(self) -> bool:
        """Whether its records go through review."""
        return issubclass(self.model, Entry)

    @property
    def noun(self) -> str:
        """What one record is called: 任务, 矛盾纠纷."""
        return self.model.TITLE

    @property
    def form_fields(self) -> dict[str, Field]:
        """The form's fields by key, in the form's order."""
        return {key: self.fields[key] for _heading, keys in self.groups for key in keys}
