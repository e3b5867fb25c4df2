"""What could not be made among other papers: whose it is, why, and the task that has to be mended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from huajie_desktop.errors import Problem
from huajie_desktop.faults import record_fault
from huajie_desktop.typesetting.content import PaperContent
from huajie_desktop.typesetting.fonts import Missing, MissingGlyphs, missing_in
from huajie_desktop.typesetting.wording import Wording

_NAMED = 5  # papers a sentence names
_SEEN = 20  # places the page in a preview names
_GETA = "〓"  # what printers set where a character is missing
_HELP = "装一款有这个字的字体（字体文件也可以放进数据文件夹下的“fonts”）"
_OURS = "排这一份时程序出了错，不是您写错了什么。"
_PAGE = Wording("没有制作", "{标题}\n\n" + "".join(f"　　{{{line}}}\n" for line in range(_SEEN + 3)))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One paper that was left out: what it is about, why, the unit whose tasks all wait for approval, the task to be mended."""

    about: str
    fault: Problem
    unit_id: int | None = None
    task_id: int | None = None
    missing: tuple[Missing, ...] = ()  # characters no face has, with the places they stand in

    @property
    def why(self) -> str:
        """The reason in one line."""
        if not self.missing:
            return str(self.fault).partition("\n")[0]
        first, *more = self.missing
        return f"{first}，没有一种字体有这个字" + (f"，另有 {len(more)} 处" if more else "") + "。"


def in_words(folder: Path, fault: Exception) -> Problem:
    """Why a paper could not be set: as it is told, or, of a fault of our own, where the log in `folder` has it."""
    return fault if isinstance(fault, Problem) else Problem(record_fault(folder, fault, _OURS))


def look_through(content: PaperContent, task_ids: Sequence[int]) -> tuple[list[Missing], int | None]:
    """What no face can draw of a paper, and the first task it stands in; `task_ids` are those on it, one a row of its table."""
    missing = missing_in(content.texts())
    if not missing or len(task_ids) < 2:
        return missing, next(iter(task_ids), None)
    records = [record for table in content.tables.values() for record in table.records]
    rows = dict(zip(records, task_ids, strict=True)) if len(records) == len(task_ids) else {}
    found = (rows[record] for record in rows if any(one.record.startswith(record) for one in missing))
    return missing, next(found, None)


def faults_of(left: Sequence[LeftOut], made: int) -> list[Problem]:
    """What is said of those that were left out, `made` others being made."""
    rare = [one for one in left if one.missing]
    said: list[Problem] = [
        Problem(f"{one.about}没有制作，其余 {made} 份不受影响：{one.fault}") for one in left if not one.missing
    ]
    if rare:
        who = "、".join(one.about for one in rare[:_NAMED]) + ("等" if len(rare) > _NAMED else "")
        others = f"{who} {len(rare)} 份没有制作，其余 {made} 份不受影响"
        said.append(MissingGlyphs(_all_missing(rare), others=others))
    return said


def refuse(left: Sequence[LeftOut]) -> Problem:
    """What is raised where nothing could be made at all."""
    if not left:
        return Problem("选中的已经不在了，没有制作。请回到列表重新选择。")
    missing = _all_missing(left)
    if missing:
        return MissingGlyphs(missing)
    words = [str(one.fault) if one.about in str(one.fault) else f"{one.about}没有制作：{one.fault}" for one in left[:_NAMED]]
    return Problem("\n".join(dict.fromkeys(words)))


def page_of(one: LeftOut, like: PaperContent) -> PaperContent:
    """What stands in a preview in the place of a paper that was left out: why, where, and what to do."""
    places = [f"{number}．{found}" for number, found in enumerate(one.missing[:_SEEN], 1)] or [one.why]
    advice = f"请改用规范字，或{_HELP}，再预览一次。" if one.missing else "改好以后再预览一次。"
    lines = ["这一份不会打印，也不会编号；其余各份照常制作。", "原因：" if one.missing else "", *places, advice]
    fields = {"标题": f"{one.about}{like.kind}没有制作"} | dict.fromkeys(map(str, range(_SEEN + 3)), "")
    fields |= {str(place): line for place, line in enumerate(filter(None, lines))}
    shown = {label: _drawable(text) for label, text in fields.items()}
    return replace(like, owner=_drawable(one.about), wording=_PAGE, fields=shown, tables={}, needed="")


def _all_missing(left: Iterable[LeftOut]) -> list[Missing]:
    return [found for one in left for found in one.missing]


def _drawable(text: str) -> str:
    """The text with a geta where no face has the character."""
    unknown = {ord(found.character): _GETA for found in missing_in([("", text)])}
    return text.translate(unknown)
