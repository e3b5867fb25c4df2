"""Units made many at a time: the villages a township has among the divisions, a column of names, names a sheet writes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import func, select

from db.journal import Changes
from db.log import Act
from db.models import Unit
from db.organisation import VILLAGE_KINDS
from db.words.sounding import sound_alike
from huajie_desktop.errors import Problem
from huajie_desktop.records.entry import make_findable
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.township.divisions import villages_of
from huajie_desktop.township.registers import UNITS
from huajie_desktop.township.village_names import Offered, everyday, from_name, with_room
from huajie_desktop.values.text import clean, fold

_HEADERS = frozenset(
    ("村", "村名", "村居", "村居名称", "行政村", "单位", "单位名称", "名称", "村（社区）", "村(社区)", "序号", "合计")
)
_LONGEST = 60  # characters of a name


class Taken(NamedTuple):
    """How many units were made, how many kept ones were completed, and what was touched."""

    made: int
    completed: int
    changes: Changes


def missing_villages(session: SeatSession, code: str) -> list[Offered]:
    """The villages of the township of that code that are not kept yet; those a kept one may be, under another name, say which."""
    kept = session.scalars(select(Unit).order_by(Unit.position, Unit.id)).all()
    known, codes = _words(kept), {unit.code for unit in kept if unit.code}
    listed = everyday(session.township.name, villages_of(code))
    fresh = [item for item in listed if item.code not in codes and known.isdisjoint(map(fold, (item.name, *item.aliases)))]
    told = {fold(word) for item in listed for word in (item.name, *item.aliases)}
    strangers = [unit for unit in kept if unit.kind in VILLAGE_KINDS and not unit.code and told.isdisjoint(_called(unit))]
    return [_beside(item, strangers) for item in fresh]


def pasted(session: SeatSession, text: str) -> list[Offered]:
    """Units after a column of names, as it comes from a spreadsheet; what is no name or kept already is left out."""
    names = dict.fromkeys(name for line in text.splitlines() if (name := _name_in(line)))
    return fitting(session, names)


def fitting(session: SeatSession, names: Iterable[str]) -> list[Offered]:
    """Units of those names that are not kept yet; one of the township's villages gets its everyday name and its code."""
    listed = {fold(word): item for item in everyday(session.township.name, villages_of(session.township.code or ""))
              for word in (item.name, *item.aliases)}  # fmt: skip
    known = _words(session.scalars(select(Unit)))
    found = {item.name: item for name in names for item in (listed.get(fold(name)) or from_name(name),)}
    return [item for item in found.values() if fold(item.name) not in known]


def take(seat: Seat, make: Sequence[Offered], same: Sequence[Offered] = (), code: str = "") -> Taken:
    """Makes units as one step, and gives kept ones (`same`: those they were near to) code and further names.

    `code` is that of the township, kept where none is. Raises Problem.
    """
    if not make and not same:
        raise Problem("没有勾选单位，没有改动。")
    with seat.operation(Act.ARRANGE, "新增单位") as running:
        session = running.session
        taken = _words(session.scalars(select(Unit)))
        place = session.scalar(select(func.max(Unit.position))) or 0
        fresh = [item for item in make if fold(item.name) not in taken]
        taken.update(fold(item.name) for item in fresh)
        for position, item in enumerate(fresh, place + 1):
            unit = _free(item, taken).unit()
            unit.parent_id, unit.position = session.seat.township_id, position
            make_findable(UNITS, unit)
            session.add(unit)
        session.township.code = session.township.code or code or None
        for item in same:
            _complete(session.get_one(Unit, item.near), _free(item, taken))
        running.call(_sentence([item.name for item in fresh], [item.near_name for item in same]))
    return Taken(len(fresh), len(same), running.changes)


def _sentence(made: Sequence[str], completed: Sequence[str]) -> str:
    words = f"新增 {len(made)} 个单位" if len(made) != 1 else f"新增单位“{made[0]}”"
    return "，".join([*([words] if made else ()), *([f"补全 {len(completed)} 个单位的代码和别名"] if completed else ())])


def _complete(unit: Unit, item: Offered) -> None:
    unit.code = unit.code or item.code or None
    words = dict.fromkeys((*unit.other_names(), item.name, *item.aliases))
    unit.aliases = "、".join(with_room(word for word in words if word != unit.name))
    make_findable(UNITS, unit)


def _free(item: Offered, taken: set[str]) -> Offered:
    """Without further names another unit has; they are taken from now on."""
    free = tuple(word for word in item.aliases if fold(word) not in taken)
    taken.update(map(fold, free))
    return replace(item, aliases=free)


def _words(units: Iterable[Unit]) -> set[str]:
    """All that units are called; a natural village is not its village."""
    return {word for unit in units for word in (_called(unit) if unit.kind != "hamlet" else (fold(unit.name),))}


def _called(unit: Unit) -> Iterator[str]:
    return map(fold, (unit.name, *unit.other_names()))


def _beside(item: Offered, strangers: Sequence[Unit]) -> Offered:
    near = next((unit for unit in strangers if _nearly(item.name, unit.name)), None)
    return item if near is None else replace(item, near=near.id, near_name=near.name)


def _nearly(name: str, other: str) -> bool:
    """Whether two names may be of one village: they sound alike, or share at least half of their characters in place."""
    one, two = (re.sub(r"(?:村|社区|居委会)$", "", word) or word for word in (name, other))
    if sound_alike(one, two, forgiving=True) or (min(len(one), len(two)) > 1 and (one in two or two in one)):
        return True
    return len(one) == len(two) and 2 * sum(a == b for a, b in zip(one, two, strict=True)) >= len(one) > 1


def _name_in(line: str) -> str:
    """The name on a pasted line: the first cell that is neither a number nor a header."""
    cells = (clean(cell).strip(" 　\"'、，,;；") for cell in line.split("\t"))
    return next((cell for cell in cells if _is_name(cell)), "")


def _is_name(cell: str) -> bool:
    return 1 < len(cell) <= _LONGEST and cell not in _HEADERS and re.search("[㐀-鿿]", cell) is not None
