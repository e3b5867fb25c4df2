"""Milestones as a unit ticks them off in its report: 完成招标 完成：6月25日 已交：中标通知书, one a line."""

import datetime as dt
from typing import NamedTuple

from huajie_desktop.values.dates import parse_due
from huajie_desktop.values.milestones import split_evidence
from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import fold, trim
from huajie_desktop.values.time_expressions import DAY, Found, find_times

TICKED, OPEN = "☑", "□"
_TICKS, _BOXES = "☑☒✓✔√■✅", "□☐"
_DONE = pattern(r"(?:^|[\s,，;。(（【])完成(?:日期|时间|于)?\s*[:：]\s*")
_GIVEN = pattern(r"[\s,，;。(（【]*已交(?:佐证|材料|佐证材料)?\s*[:：]\s*")
_SAYS_DONE = pattern(
    r"(?:均|全部|都)?已经?(?:按期|按时|如期|全部|提前)?(?:完成|办结|做完|竣工)(?!\s*[:：\d%])|完成了|(?<=日)(?:前)?完成$"
)
_ENDING = pattern(r"[\s,，;。(（]*(?:已经?)?[于在]?$")  # before the day: 已于
_BEGINNING = pattern(r"^(?:[之以]?前)?(?:已经?)?(?:按期|按时|如期)?(?:完成|办结)(?:了|[)）。.]*$)")  # behind it
_EDGES = " \t\u3000,，;；。.:：()（）【】-—"
_LONGEST, _TOLD = 200, 3  # characters of what was handed in, and doubts that are told


class Reached(NamedTuple):
    """One milestone that was reached: what it asks for, on which day, and what was handed in for it."""

    text: str
    on: dt.date
    given: str | None = None

    @property
    def words(self) -> str:
        """As a clerk types it; read back it is the same."""
        return f"{TICKED} {self.text} 完成：{self.on.isoformat()}" + (f" 已交：{self.given}" if self.given else "")


class Ticked(NamedTuple):
    """The milestones reached in the order written, and what is doubtful about the first lines that leave a doubt."""

    items: tuple[Reached, ...]
    doubt: str = ""

    @property
    def words(self) -> str:
        """All of them, one a line."""
        return "\n".join(item.words for item in self.items)


def to_tick(text: str) -> str:
    """A milestone still to be reached, as a line to be filled in: the day behind 完成：, what is handed in behind 已交：."""
    return f"{OPEN} {text} 完成： 已交："


def parse_reached(text: str, year: int) -> Ticked:
    """Reads the lines that say a milestone was reached, and on which day; lines left to be filled in say nothing.

    A line that says so without a day that can be read is a doubt and no milestone reached.
    """
    items, doubts = list[Reached](), list[str]()
    for line in filter(None, map(trim, text.replace("；", "\n").replace(";", "\n").splitlines())):
        try:
            if found := _read(line, year):
                items.append(found)
        except Unreadable as problem:
            doubts.append(str(problem))
    return Ticked(tuple(items), "；".join(doubts[:_TOLD]))


def _read(line: str, year: int) -> Reached | None:
    bare = line.lstrip(_TICKS + _BOXES + _EDGES)
    marked = any(sign in line[: len(line) - len(bare)] for sign in _TICKS)
    said = _GIVEN.split(bare, maxsplit=1)
    given = _given(said[1]) if len(said) > 1 else None
    parts = _DONE.split(said[0], maxsplit=1)
    if len(parts) > 1:
        day = parts[1].strip(_EDGES)
        if not day and not given and not marked:
            return None
        return Reached(_asked(parts[0], year, line), _day(day, year, line), given)
    return _said_freely(said[0], year, line, given, marked=marked)


def _said_freely(said: str, year: int, line: str, given: str | None, *, marked: bool) -> Reached:
    """A line in a unit's own words: 完成招标 6月25日, √完成招标（6月25日完成）."""
    text = fold(said)
    days = [found for found in _times(text, year, line) if found.precision == DAY]
    if len(days) > 1 and not days[0].begin:
        del days[0]  # by when it was due
    planned = not days or not days[0].begin  # a day before all else is by when it is due
    if not marked and planned and not _SAYS_DONE.search(text):
        raise Unreadable(f"“{line[:20]}”看不出完成了哪个节点，请写成“完成招标 完成：6月25日”")
    if len(days) != 1:
        raise Unreadable(f"“{line[:20]}”没有写哪一天完成，没有记为完成，请写成“完成招标 完成：6月25日”")
    before, behind = text[: days[0].begin], text[days[0].end :]
    asked = _ENDING.sub("", before) + _BEGINNING.sub("", behind)
    return Reached(_asked(asked, year, line), days[0].last, given)


def _times(text: str, year: int, line: str) -> list[Found]:
    try:
        return find_times(text, year)
    except ValueError:
        raise Unreadable(f"“{line[:20]}”里的日子不存在，没有记为完成") from None


def _asked(text: str, year: int, line: str) -> str:
    """What the milestone asks for, without its day and what must be shown then."""
    said = trim(text)
    first = next(iter(_times(fold(said), year, line)), None)
    if first and not first.begin and fold(said[: first.end]) == fold(said)[: first.end]:
        said = said[first.end :]
    asked, _evidence = split_evidence(said.strip(_EDGES))
    if not (asked := asked.strip(_EDGES)):
        raise Unreadable(f"“{line[:20]}”没有写是哪个节点")
    return asked


def _day(text: str, year: int, line: str) -> dt.date:
    if not text:
        raise Unreadable(f"“{line[:20]}”没有写哪一天完成，没有记为完成，请在“完成：”后面写上日期")
    found = parse_due(text, year)
    if found.precision not in ("", DAY):
        raise Unreadable(f"“{text[:20]}”没有写到日，没有记为完成，请写成 6月25日")
    return found.day


def _given(text: str) -> str | None:
    said = trim(text).rstrip("。;；,，")
    if len(said) > _LONGEST:
        raise Unreadable(f"已交的佐证最多写 {_LONGEST} 个字，现在 {len(said)} 个")
    return said or None
