"""The office's rules for lights: what each number means, its bounds, and which edition holds on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from db.fields import Kind, fields_of
from db.light_rules import LightRules


class Bound(NamedTuple):
    """What one rule is called, in which unit it counts, and between which numbers it must lie."""

    label: str
    unit: str
    least: int
    most: int


BOUNDS: Mapping[str, Bound] = {
    name: Bound(declared.help, declared.unit, declared.least, declared.most or 0)
    for name, declared in fields_of(LightRules).items()
    if declared.kind == Kind.NUMBER
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers lights are judged by. Raises ValueError, with the sentence, for one outside its bounds."""

    soon_days: int = 7
    behind_points: int = 10
    silent_days: int = 31
    receive_days: int = 3
    report_day: int = 28  # of a shorter month its last day

    def __post_init__(self) -> None:
        wrong = faults_of({one.name: getattr(self, one.name) for one in fields(self)})
        if wrong:
            raise ValueError("；".join(wrong.values()))


class Edition(NamedTuple):
    """Rules as they hold from a day on."""

    valid_from: date
    rules: Rules


def faults_of(numbers: Mapping[str, int]) -> dict[str, str]:
    """What is wrong with numbers by the names of their rules, as sentences for the one who types them."""
    return {
        name: f"“{bound.label}”要在{bound.least}到{bound.most}{bound.unit}之间"
        for name, bound in BOUNDS.items()
        if name in numbers and not bound.least <= numbers[name] <= bound.most
    }


def rules_on(editions: Iterable[Edition], day: date) -> Rules:
    """Those of the edition that began last up to that day, of several of one day the last one; the usual ones before any."""
    holding = [edition for edition in editions if edition.valid_from <= day]
    return max(reversed(holding), key=lambda edition: edition.valid_from).rules if holding else Rules()
