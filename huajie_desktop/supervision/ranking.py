"""Who is ahead and who is behind in a bulletin, by one rule that the paper says, ties sharing their place."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from huajie_desktop.supervision.bulletin_line import Line

LEAST = 3  # tasks: of fewer one alone would turn a unit's share upside down
_NAMED = 3  # units that are named as the first and as the last
RULE = (
    "名次按正常率（按时办结的和在办没有亮黄灯、红灯的任务，占全部任务的比例，中止的不算）从高到低排，正常率相同的看办结率，"
    f"都相同的名次并列；任务不足{LEAST}项的单位一项任务就能左右比例，只列数字，不排名次。"
)


class Placed(NamedTuple):
    """A unit with its place, 1 for the best; those that share a place have the same."""

    place: int
    line: Line


class Ranking(NamedTuple):
    """The units that are ranked, the best first; the first and the last of them; those with too few tasks to be."""

    placed: tuple[Placed, ...]
    best: tuple[Placed, ...]
    worst: tuple[Placed, ...]  # the last one first
    small: tuple[Line, ...]


def ranked(units: Sequence[Line]) -> Ranking:
    """The places by RULE: best are the first above what all have together, worst the last below it; none where all are alike."""
    fair = [one for one in units if one.running >= LEAST]
    keys = sorted(map(_key, fair), reverse=True)
    placed = tuple(sorted((Placed(keys.index(_key(one)) + 1, one) for one in fair), key=lambda one: one.place))
    middle = Fraction(sum(one.in_order for one in fair), sum(one.running for one in fair) or 1)
    best = [one for one in placed if share(one.line) > middle]
    worst = [one for one in reversed(placed) if share(one.line) < middle]
    small = tuple(one for one in units if one.tasks and one.running < LEAST)
    return Ranking(placed, _first(best), _first(worst), small)


def _first(found: Sequence[Placed]) -> tuple[Placed, ...]:
    """The first three, and whoever shares the place of the third."""
    return tuple(one for one in found if one.place in {other.place for other in found[:_NAMED]})


def share(line: Line) -> Fraction:
    """What part of a unit's tasks is in order (正常率)."""
    return Fraction(line.in_order, line.running or 1)


def _key(line: Line) -> tuple[Fraction, Fraction]:
    return share(line), Fraction(line.done, line.running or 1)
