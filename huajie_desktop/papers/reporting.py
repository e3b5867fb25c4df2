"""The year's status report: asked for, gathered from tasks, monthly reports and ledgers, written as a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from db.fields import Field, Kind
from db.models import Campaign, Task
from db.reports import MONTHS
from huajie_desktop import settings
from huajie_desktop.declared.presets import TODAY, filled_in
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job
from huajie_desktop.office import categories, dimensions, is_demo
from huajie_desktop.papers import report_loop
from huajie_desktop.papers import report_words as words
from huajie_desktop.papers.bulletin_tables import light_chart, light_table
from huajie_desktop.papers.bulletin_words import of_missing
from huajie_desktop.papers.gathering import campaign_name
from huajie_desktop.papers.items import tasks_with_items
from huajie_desktop.papers.ledger_sections import in_blocks, ledger_sections
from huajie_desktop.papers.paper_kinds import PaperKind, Per
from huajie_desktop.papers.printing import Printed, Target, write_papers
from huajie_desktop.papers.report_figures import Placed, Tally, month_name, standings, tallies, whole, year_before
from huajie_desktop.papers.report_tables import HUNDREDTH, compared, count_table, done_chart, list_table, said_table
from huajie_desktop.records.asking import read_asked
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.supervision.bulletin import Bulletin, bulletin_of
from huajie_desktop.township.unit_names import names_on, paper_day
from huajie_desktop.typesetting.content import PaperContent, TableContent, sum_investment, word_amount, word_day
from huajie_desktop.typesetting.faces import apply_faces
from huajie_desktop.typesetting.wording import Block, Place, Wording, shipped_wording
from huajie_desktop.values.time_expressions import month_end
from huajie_desktop.work.task_ledger import TASK_REVIEW

KIND = "任务进展情况报告"
WITH_LIST, WITHOUT_LIST = "附上", "不附"
_LONG = 120  # lines and rows; a report of more gets a table of contents
_WITH_CONTENTS = "#封页\n#目录\n#新页\n"
_LIST = "全部事项清单"
REPORT = PaperKind(  # asked for as the papers are, but neither numbered nor registered
    "report", Per.YEAR, "", ("report",),
    asked=(
        Field("主送", Kind.TEXT, "主送", required=True, max_length=200, help="报给谁，如 上级党委、政府"),
        Field("署名", Kind.TEXT, "署名", required=True, max_length=200),
        Field("成文日期", Kind.DAY, "成文日期", required=True),
        Field("月份", Kind.CHOICE, "月份", required=True, choices={word: word for word in MONTHS.values()}),
        Field("下步打算", Kind.LONG_TEXT, "下步打算", help="全镇的打算；各单位报的列在后面"),
        Field(_LIST, Kind.CHOICE, _LIST, required=True, choices={WITH_LIST: WITH_LIST, WITHOUT_LIST: WITHOUT_LIST}),
    ),
    usual={"主送": "{镇}党委、政府", "署名": "{镇}党政办公室", _LIST: WITH_LIST}, preset={"成文日期": TODAY},
)  # fmt: skip


def usual(session: SeatSession) -> dict[str, str]:
    """What stands in the form at first, by label: today, and the month the year on the table is in."""
    today = session.seat.today()
    day = max(paper_day(session.seat.year, today), date(session.seat.year, 1, 1))
    filled = filled_in(REPORT.preset, today) | {"月份": month_name(day.month)}
    return {label: text.replace("{镇}", session.township.name) for label, text in REPORT.usual.items()} | filled


def make_report(
    seat: Seat,
    target: Target,
    job: Job | None = None,
    *,
    said: Mapping[str, str] | None = None,
    approved_only: bool | None = None,
) -> Printed:
    """Writes the status report of the year to `target`, of approved tasks alone or of all (None: as the office has settled).

    `said` is what was typed by label of what REPORT asks, else the usual. Raises FieldErrors, and Problem when there is nothing
    to report.
    """
    values = check_asked(seat, said or {})
    with seat.reading() as session:
        apply_faces(session)
        alone = settings.approved_only(session) if approved_only is None else approved_only
        content = gather(session, values, approved_only=alone)
    return write_papers([content], target, job)[0]


def check_asked(seat: Seat, said: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, read, the usual where nothing was said. Raises FieldErrors, also for a day before the month spoken of."""
    with seat.reading() as session:
        texts = usual(session) | {label: text for label, text in said.items() if text.strip()}
    values = read_asked(seat, {asked.label: asked for asked in REPORT.asked}, texts)
    if values["成文日期"] < date(seat.year, _month(values), 1):
        raise FieldErrors({"成文日期": f"早于所报的{seat.year}年{values['月份']}，请改日期或月份"})
    return values


def _month(values: Mapping[str, Any]) -> int:
    return next(number for number in range(1, 13) if month_name(number) == values["月份"])


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all parts of one report share."""

    session: SeatSession
    month: int
    day: date  # what is overdue is counted on it
    alone: bool
    names: Mapping[int, str]

    def placed(self, campaign: Campaign, month: int, day: date) -> Placed:
        """The tasks of a campaign in the order of lists, each with how it stood by that month."""
        found = standings(self.session, campaign, month, day, approved_only=self.alone)
        state = TASK_REVIEW.counted if self.alone else None
        tasks = tasks_with_items(self.session, self.names, state=state, campaign=campaign)
        return [(item, found[task.id]) for task, item in tasks]


def gather(session: SeatSession, values: Mapping[str, Any], *, approved_only: bool) -> PaperContent:
    """The report by what was asked (`values` by label, read). Raises Problem where there is nothing to report."""
    year, today = session.campaign, session.seat.today()
    month = _month(values)
    on = paper_day(year.year, today)
    frame = _Frame(session, month, min(on, month_end(year.year, month), values["成文日期"]), approved_only, names_on(session, on))
    placed = frame.placed(year, month, frame.day)
    if not placed and approved_only:
        raise Problem("还没有已确认的任务，报告没有制作。请先审核通过任务，或去掉“只统计已确认”。")
    if not placed:
        raise Problem("清单里还没有任务，报告没有制作。请先导入或录入任务。")
    return _composed(frame, year, placed, values)


def _composed(frame: _Frame, year: Campaign, placed: Placed, values: Mapping[str, Any]) -> PaperContent:
    session, all_of_it = frame.session, whole(placed)
    by_unit = tallies(placed, lambda item: (item.unit,))
    by_category = tallies(placed, lambda item: item.categories, [one.name for one in categories(session)])
    by_dimension = tallies(placed, lambda item: item.dimensions, [one.name for one in dimensions(session)])
    problems, plans = words.problems(placed), words.plans(placed)
    counted = bulletin_of(session, frame.day, approved_only=frame.alone)
    ledgers, ledger_tables = in_blocks(ledger_sections(session, frame.names, approved_only=frame.alone))
    before, compared_tables = _comparisons(frame, year, all_of_it)
    tables = {
        "板块表": count_table("板块", by_dimension, all_of_it), "类别表": count_table("类别", by_category, all_of_it),
        "单位表": count_table("责任单位", by_unit, all_of_it), _LIST: list_table(placed, year.year),
        "亮灯表": light_table(counted, frame.names),
        "存在问题": said_table("存在问题", problems), "各单位打算": said_table("下步打算", plans),
        **compared_tables, **ledger_tables,
    }  # fmt: skip
    attached = values[_LIST] == WITH_LIST
    list_blocks = (Block(Place.ATTACHMENT, ("横版",)), Block(Place.TITLE, (_LIST,)), Block(Place.TABLE, (_LIST,)))
    parts = {
        "比较": before, "各板块进展": tuple(words.told(placed, frame.month, [one.name for one in by_dimension])),
        "问题表": (Block(Place.TABLE, ("存在问题",)),) if problems else (),
        "下步打算": words.of_plans(frame.month, values["下步打算"] or "", plans),
        "打算表": (Block(Place.TABLE, ("各单位打算",)),) if plans else (),
        "台账表": ledgers, "附件": list_blocks if attached else (),
    }  # fmt: skip
    charts = {
        "类别图": done_chart("图1　各类别任务完成情况", "类别", by_category),
        "单位图": done_chart("图2　各责任单位任务完成情况", "责任单位", by_unit),
        "亮灯图": light_chart(counted, "图3　亮灯情况"),
    }
    fields = {
        **_heads(frame, year, values), **_sentences(frame, placed, all_of_it, by_unit, counted),
        **report_loop.sentences(session, counted, year, approved_only=frame.alone),
        "台账标题": "台账情况" if ledgers else "", "附件名称": _LIST if attached else "",
        "问题概况": words.of_problems(frame.month, len(problems)),
    }  # fmt: skip
    content = PaperContent(
        KIND, fields["镇"], year.year, "", shipped_wording("report"), fields, tables, counted=False,
        note="演示数据" if is_demo(session) else "", parts=parts, charts=charts,
    )  # fmt: skip
    return _with_contents(content) if _length(content) > _LONG else content


def _heads(frame: _Frame, year: Campaign, values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "镇": frame.names[year.township_id], "年份": str(year.year), "活动": campaign_name(year, demo=is_demo(frame.session)),
        "月份": values["月份"], "主送": values["主送"], "署名": values["署名"], "成文日期": word_day(values["成文日期"]),
        "截至日期": word_day(frame.day), "统计范围": "已确认任务" if frame.alone else "任务",
    }  # fmt: skip


def _sentences(frame: _Frame, placed: Placed, all_of_it: Tally, units: Sequence[Tally], counted: Bulletin) -> dict[str, str]:
    items = [item for item, _standing in placed]
    return {
        "项数": str(all_of_it.tasks), "单位数": str(len(units)),
        "投资合计": word_amount(sum_investment(items).quantize(HUNDREDTH)),  # as in its tables
        "有投资项数": str(sum(item.investment is not None for item in items)),
        "报送情况": words.of_reporting(frame.month, all_of_it, of_missing(counted, frame.names)),
        "办理情况": words.of_progress(all_of_it),
        "逾期情况": words.of_deadlines(all_of_it), "先进单位": words.of_the_best(units), "滞后单位": words.of_the_late(units),
        "板块注": words.shared(items, "板块"), "类别注": words.shared(items, "类别"),
        "统计口径": words.of_review(_states(frame.session), approved_only=frame.alone),
    }  # fmt: skip


def _states(session: SeatSession) -> dict[str, int]:
    """How many tasks of the year stand where in review."""
    counted = select(Task.state, func.count()).where(Task.campaign_id == session.seat.campaign_id).group_by(Task.state)
    return {state: count for state, count in session.execute(counted)}


def _comparisons(frame: _Frame, year: Campaign, now: Tally) -> tuple[tuple[Block, ...], dict[str, TableContent]]:
    """With the month before and with the year before at the same time, as far as there are such."""
    found: list[tuple[str, TableContent]] = []
    if frame.month > 1:
        before = frame.placed(year, frame.month - 1, month_end(year.year, frame.month - 1))
        months = month_name(frame.month - 1), month_name(frame.month)
        found.append(("与上月比较", compared(whole(before), now, months)))
    if last := year_before(frame.session):
        day = min(month_end(last.year, frame.month), frame.day.replace(year=last.year, day=min(frame.day.day, 28)))
        then = whole(frame.placed(last, frame.month, day))
        found.append(("与上年同期比较", compared(then, now, (f"{last.year}年", f"{year.year}年"))))
    blocks = [
        Block(place, (text,))
        for number, (name, _table) in enumerate(found)
        for place, text in ((Place.INDENTED, f"（{'二三'[number]}）{name}"), (Place.TABLE, name))
    ]
    return tuple(blocks), dict(found)


def _length(content: PaperContent) -> int:
    """How long a document is in lines and rows, about."""
    rows = sum(len(table.rows) for table in content.tables.values())
    return rows + sum(len(text) // 28 + 1 for block in content.blocks() for text in block.parts)


def _with_contents(content: PaperContent) -> PaperContent:
    return replace(content, wording=Wording(content.wording.name, _WITH_CONTENTS + content.wording.text))
