"""The office's rules for lights: what each number means, its bounds, and which edition holds on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple


class Bound(NamedTuple):
    """What one rule is called, in which unit it counts, and between which numbers it must lie."""

    label: str
    unit: str
    least: int
    most: int


BOUNDS: Mapping[str, Bound] = {
    "soon_days": Bound("离完成时限还有多少天起亮蓝灯", "天", 0, 90),
    "behind_points": Bound("比序时进度落后多少以上亮黄灯", "个百分点", 0, 100),
    "silent_days": Bound("持续推进的任务多少天没有进展亮黄灯", "天", 1, 366),
    "receive_days": Bound("交办后几个工作日内签收", "个工作日", 0, 30),
    "report_day": Bound("每月进展最晚几日报送", "日", 1, 31),
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
