"""What a task force brings to its weekly meeting: its tasks with lights, what stands in their way, what meetings decided."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from db.images import CHUNK, among
from db.ledgers.progress import Progress
from db.models import Decision, Task, TaskForce, Unit
from huajie_desktop.jobs import Job
from huajie_desktop.lights.kept_facts import lights_of
from huajie_desktop.lights.light import DONE, LOOKS, Light
from huajie_desktop.papers.printing import write_papers
from huajie_desktop.records.listing import record_lines
from huajie_desktop.seat import Seat, SeatSession, visible
from huajie_desktop.typesetting.content import PaperContent, TableContent, word_day
from huajie_desktop.typesetting.looks import Look
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.typesetting.wording import Block, Place, shipped_wording
from huajie_desktop.work.giving import became
from huajie_desktop.work.task_ledger import TASKS

_C = Align.CENTRE
_SIZE = 10.5  # 5号
_TASKS = (
    Column("任务", 52), Column("责任单位", 26, _C), Column("时限", 22, _C), Column("进度", 14, _C), Column("亮灯", 14, _C),
    Column("说明", 48),
)  # fmt: skip
_PROBLEMS = Column("任务", 44), Column("责任单位", 26, _C), Column("存在问题", 60), Column("下步打算", 50)
_DECISIONS = (
    Column("会议", 34), Column("日期", 22, _C), Column("议定事项", 56), Column("落实单位", 26, _C), Column("期限", 22, _C),
    Column("落实情况", 28, _C),
)  # fmt: skip
_NONE = {"任务表": "没有牵头任务。", "问题表": "没有报告存在问题。", "议定表": "没有议定事项。"}
_ORDER = {key: place for place, key in enumerate(LOOKS)}  # the worst first
_WHOLE = 100  # per cent of what is done, whatever was reported last


class WeekTask(NamedTuple):
    """One of its tasks: as listed, per cent as reported last (None: never; 100 once it is done), its light, its problems.

    Problems and next steps are those of the last report; what is done has none any more.
    """

    id: int
    title: str
    unit: str
    due: str
    percent: int | None
    light: Light
    problems: str
    next_steps: str


class WeekDecision(NamedTuple):
    """One thing a meeting decided for it, and what became of it in words."""

    meeting: str
    met_on: date
    title: str
    unit: str
    due: date | None
    became: str


class ForceWeek(NamedTuple):
    """How a task force stands on a day; tasks the worst light first."""

    name: str
    day: date
    tasks: Sequence[WeekTask]
    decisions: Sequence[WeekDecision]

    @property
    def lights(self) -> dict[str, int]:
        """How many tasks have each light, those that are there alone."""
        counts = dict.fromkeys(LOOKS, 0)
        for task in self.tasks:
            counts[task.light.key] += 1
        return {key: count for key, count in counts.items() if count}

    @property
    def percent(self) -> int | None:
        """The mean of what was reported, each task alike, in whole per cent; None where nothing was."""
        said = [task.percent for task in self.tasks if task.percent is not None]
        return round(sum(said) / len(said)) if said else None


def force_week(session: SeatSession, force_id: int, day: date) -> ForceWeek:
    """All of it as it is known on that day."""
    force = session.get_one(TaskForce, force_id)
    ids = list(session.scalars(select(Task.id).where(*visible(session.seat, Task), Task.force_id == force_id).order_by(Task.id)))
    lights, reports = lights_of(session, ids, day), _last_reports(session, ids)
    tasks = []
    for line in record_lines(session, TASKS, ids, ("title", "unit", "due")):
        title, unit, due = line.cells.values()
        tasks.append(WeekTask(line.id, title, unit, due, *_said(reports.get(line.id), lights[line.id])))
    tasks.sort(key=lambda task: _ORDER[task.light.key])
    return ForceWeek(force.name, day, tasks, _decisions(session, force_id, day))


def _said(report: Progress | None, light: Light) -> tuple[int | None, Light, str, str]:
    if light.key == DONE:
        return _WHOLE, light, "", ""
    if report is None:
        return None, light, "", ""
    return report.percent, light, report.problems or "", report.next_steps or ""


def _last_reports(session: SeatSession, ids: Sequence[int]) -> dict[int, Progress]:
    found: dict[int, Progress] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = among(Progress.task_id, ids[start : start + CHUNK])
        last = (
            select(Progress.task_id, func.max(Progress.month).label("month")).where(chunk).group_by(Progress.task_id).subquery()
        )
        reports = select(Progress).join(last, (last.c.task_id == Progress.task_id) & (last.c.month == Progress.month))
        found.update((report.task_id, report) for report in session.scalars(reports))
    return found


def _decisions(session: SeatSession, force_id: int, day: date) -> list[WeekDecision]:
    wanted = (*visible(session.seat, Decision), Decision.force_id == force_id)
    kept = session.execute(
        select(Decision, Unit.name).join(Unit, Unit.id == Decision.unit_id).where(*wanted).order_by(Decision.met_on, Decision.id)
    ).all()
    ledger = session.seat.catalogue.of(Decision)
    made = became(session, ledger, [decision.id for decision, _unit in kept]) if ledger else {}
    lights = lights_of(session, [task_id for ids in made.values() for task_id in ids], day)
    return [
        WeekDecision(
            one.meeting, one.met_on, one.title, unit, one.due,
            _together([lights[task_id] for task_id in made.get(one.id, ())]) or "还没有转为任务",
        )
        for one, unit in kept
    ]  # fmt: skip


def _together(lights: Sequence[Light]) -> str:
    """The light of what became one task, how many have which of what became many; the worst first."""
    if len(lights) == 1:
        return lights[0].word
    counts = Counter(light.key for light in lights)
    return "、".join(f"{LOOKS[key].word}{counts[key]}项" for key in LOOKS if counts[key])


def write_week(seat: Seat, force_id: int, target: Path, job: Job | None = None) -> int:
    """Writes the paper for the meeting to `target`, PDF or .docx by its ending; returns the pages. Raises Problem, Cancelled."""
    with seat.reading() as session:
        week, township = force_week(session, force_id, seat.today()), session.township.name
    tables = _tables(week)
    parts = {name: _shown(name, tables[name]) for name in _NONE}
    content = PaperContent(
        "专班周例会材料", township, seat.year, "", shipped_wording("force-week"), _fields(week), tables, parts=parts,
        look=Look.OFFICIAL, made_on=seat.today(),
    )  # fmt: skip
    return sum(printed.pages for printed in write_papers([content], target, job))


def _fields(week: ForceWeek) -> dict[str, str]:
    told = "、".join(f"{LOOKS[key].word}{count}项" for key, count in week.lights.items())
    mean = week.percent
    return {
        "专班": week.name,
        "日期": word_day(week.day),
        "件数": str(len(week.tasks)),
        "亮灯": f"，其中{told}" if told else "",
        "进度": "" if mean is None else f"已报进展的任务平均完成{mean}%。",
    }


def _tables(week: ForceWeek) -> dict[str, TableContent]:
    rows: dict[str, tuple[Sequence[Column], list[tuple[str, ...]]]] = {
        "任务表": (_TASKS, [
            (one.title, one.unit, one.due, "" if one.percent is None else f"{one.percent}%", one.light.word, one.light.why)
            for one in week.tasks
        ]),
        "问题表": (_PROBLEMS, [(one.title, one.unit, one.problems, one.next_steps) for one in week.tasks if one.problems]),
        "议定表": (_DECISIONS, [
            (one.meeting, one.met_on.isoformat(), one.title, one.unit, one.due.isoformat() if one.due else "", one.became)
            for one in week.decisions
        ]),
    }  # fmt: skip
    return {
        name: TableContent(tuple(columns), tuple(found), tuple(row[0] for row in found), _SIZE)
        for name, (columns, found) in rows.items()
    }


def _shown(name: str, table: TableContent) -> tuple[Block, ...]:
    """The table, or a line that says that there is nothing."""
    return (Block(Place.TABLE, (name,)),) if table.rows else (Block(Place.INDENTED, (_NONE[name],)),)
