"""The monthly bulletin as a paper: its tables, charts and parts, and what it says for its digest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import func, select

from db.ledgers.progress import Progress
from db.models import Task
from huajie_desktop.papers.bulletin_tables import BEFORE, CATEGORIES, NOTICES, UNITS, charts, tables
from huajie_desktop.papers.bulletin_words import demands, problems
from huajie_desktop.papers.facts import Facts, progress_facts
from huajie_desktop.papers.report_figures import percent
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.bulletin import Bulletin
from huajie_desktop.typesetting.content import PaperContent, TableContent
from huajie_desktop.typesetting.wording import Block, Place

_FEW = 5  # units named in a sentence


def proposed(counted: Bulletin, names: Mapping[int, str]) -> dict[str, str]:
    """What the bulletin says where the clerk says nothing, by the label of the field."""
    return {"存在问题": problems(counted, names), "下步要求": demands(counted)}


def with_figures(content: PaperContent, counted: Bulletin, names: Mapping[int, str]) -> PaperContent:
    """The paper with the tables and charts of those counts; what its wording shows of them counts for the digest."""
    found, drawn = tables(counted, names), charts(counted, names)
    parts = {"比较": tuple(_beside(found)), "督查表": _shown(found, NOTICES)}
    words = content.wording.text
    facts = content.facts + _facts(words, found)
    return replace(content, tables={**content.tables, **found}, charts=drawn, parts=parts, facts=facts)


def _shown(found: Mapping[str, TableContent], name: str) -> tuple[Block, ...]:
    return (Block(Place.TABLE, (name,)),) if name in found and found[name].rows else ()


def _beside(found: Mapping[str, TableContent]) -> Iterator[Block]:
    if BEFORE in found:
        yield from (Block(Place.INDENTED, ("（二）与上月比较",)), *_shown(found, BEFORE))


def _facts(words: str, found: Mapping[str, TableContent]) -> Facts:
    """What the tables say that papers of the first edition had not: they are known by the names in the wording."""
    shown = {CATEGORIES: (CATEGORIES, UNITS), "比较": (BEFORE,), "督查表": (NOTICES,)}
    names = [name for word, group in shown.items() if f"{{{word}}}" in words for name in group if name in found]
    return tuple(
        (f" {name}{column.title}", text)
        for name in names
        for row in found[name].rows
        for column, text in zip(found[name].columns, row, strict=True)
    )


def of_reports(session: SeatSession, tasks: Sequence[Task], names: Mapping[int, str], month: int) -> tuple[dict[str, str], Facts]:
    """What bulletins of the first edition say, counted from the reports about that month alone; their wordings may be in use."""
    reported = select(Progress.task_id, func.coalesce(Progress.stage, "underway")).where(Progress.month == f"{month:02}")
    stages = {task_id: stage for task_id, stage in session.execute(reported)}
    by_unit: dict[int, list[str | None]] = {}
    for task in tasks:
        by_unit.setdefault(task.unit_id, []).append(stages.get(task.id))
    rows = [(names[unit_id], _counts(found)) for unit_id, found in by_unit.items()]
    sums = _counts([stage for found in by_unit.values() for stage in found])
    silent = [name for name, counts in rows if not counts[1]]
    told = [(name, *map(str, counts)) for name, counts in rows]
    fields = dict(zip(("已报项数", "完成项数", "推进项数", "受阻项数"), map(str, sums[1:5]), strict=True))
    said = {"完成率": str(percent(sums[2], sums[0])), "未报单位": "、".join(silent) or "无", "报送情况": _silence(silent)}
    return fields | said, progress_facts(told, ("合　　计", *map(str, sums)))


def _silence(names: Sequence[str]) -> str:
    """Who did not report, by name where few did not; the table shows the others."""
    if not names:
        return "各单位均已报送进展"
    few = "、".join(names) if len(names) <= _FEW else f"{'、'.join(names[:_FEW])}等"
    return f"{few}{len(names)}个单位尚未报送进展" + ("" if len(names) <= _FEW else "，名单见附件")


def _counts(stages: Sequence[str | None]) -> tuple[int, ...]:
    """Tasks, reported, done, underway (nearly done and waiting among them), stuck, missing."""
    done, stuck, missing = (sum(stage == word for stage in stages) for word in ("done", "stuck", None))
    reported = len(stages) - missing
    return len(stages), reported, done, reported - done - stuck, stuck, missing
