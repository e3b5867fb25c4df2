"""What stands on papers of a kind, taken from the kept records and from what the clerk says."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from db.ledgers.progress import Progress
from db.models import Campaign, Task, Unit
from db.organisation import VILLAGE_KINDS
from db.reports import MONTHS
from huajie_desktop.errors import Problem
from huajie_desktop.office import is_demo
from huajie_desktop.papers import wordings
from huajie_desktop.papers.facts import Facts, field_facts, force_facts, progress_facts, row_facts, score_facts, task_facts
from huajie_desktop.papers.handling import handling_of
from huajie_desktop.papers.items import proofs, tasks_with_items
from huajie_desktop.papers.left_out import LeftOut
from huajie_desktop.papers.loop_tables import month_content, owed_table
from huajie_desktop.papers.paper_kinds import PLEDGES, PaperKind, Per
from huajie_desktop.papers.paper_tables import force_table, progress_table, rate_of, score_table, task_table
from huajie_desktop.papers.said import dated_fields, day_borne
from huajie_desktop.papers.scoring import full_marks, scored_in
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.owing import owed_by
from huajie_desktop.township.unit_names import names_on, paper_day, township_fields
from huajie_desktop.typesetting.content import Item, PaperContent, TableContent, word_amount
from huajie_desktop.typesetting.looks import Handling
from huajie_desktop.typesetting.wording import BLANK, HAND_DAY, Wording
from huajie_desktop.values.capitals import currency_in_capitals
from huajie_desktop.year.forces import overview

_FEW = 5  # units named in a sentence
_NONE = Problem("还没有已确认的任务。请先审核通过任务。")


@dataclass(frozen=True, slots=True)
class Subject:
    """One paper to be: what stands on it, the unit it is for, the tasks on it, what it is about in the register."""

    content: PaperContent
    unit_id: int | None
    task_ids: tuple[int, ...]
    about: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all papers of one making share."""

    session: SeatSession
    kind: PaperKind
    year: Campaign
    names: Mapping[int, str]
    said: Mapping[str, str]  # by label, worded
    words: Wording | None  # instead of the templates in use
    day: date
    left: list[LeftOut]  # what there is nothing to print of
    handling: Handling

    @property
    def township(self) -> str:
        return self.names[self.year.township_id]

    def content(
        self, owner: str, template: str, fields: Mapping[str, str], table: TableContent | None, facts: Facts = ()
    ) -> PaperContent:
        """One paper; `facts` are what its table says for the digest."""
        demo, kind = is_demo(self.session), self.kind
        common = {
            "镇": self.township, "年份": str(self.year.year), "编号": "", "文号": "", **dated_fields(self.kind, self.day),
            "活动": campaign_name(self.year, demo=demo),
            **township_fields(self.township),
        }  # fmt: skip
        words = self.words or wordings.current(self.session, template)
        whole = {**common, **fields, **self.said, **kind.phrases_of(self.said)}
        return PaperContent(
            kind.title, self.township, self.year.year, owner, words, whole, {kind.table: table} if table else {},
            kind.table if kind.needed else "", kind.sized(self.said)[0], kind.counted, note="演示数据" if demo else "",
            facts=(*field_facts(kind, owner, whole, words.text), *facts), handling=self.handling,
        )  # fmt: skip


def gather(
    session: SeatSession,
    kind: PaperKind,
    ids: Collection[int] | None,
    said: Mapping[str, str],
    today: date,
    *,
    words: Wording | None = None,
    left: list[LeftOut] | None = None,
) -> list[Subject]:
    """The papers of a kind for those units or tasks (None: all that have something), in the order of the tree.

    `said` is worded already (see `word_said`); `words` replaces the template in use. Units without an approved task and tasks
    that are not approved are added to `left`. Raises Problem where there is nothing to print at all.
    """
    year, names = session.campaign, names_on(session, paper_day(session.campaign.year, today))
    frame = _Frame(
        session,
        kind,
        year,
        names,
        _filled(kind, said),
        words,
        day_borne(kind, said, today),
        [] if left is None else left,
        handling_of(kind, said),
    )
    match kind.per:
        case Per.UNIT:
            return list(_reminders(frame, ids) if kind.key == "reminder" else _for_units(frame, ids))
        case Per.TASK:
            return list(_for_tasks(frame, ids or ()))
    return [_for_year(frame)]


def campaign_name(year: Campaign, *, demo: bool) -> str:
    """2021年“三五”大比拼, marked where the data is made up."""
    return f"{year.year}年{year.name}" + ("（演示数据）" if demo else "")


def _filled(kind: PaperKind, said: Mapping[str, str]) -> dict[str, str]:
    """What the clerk said of every label asked for; what is filled in by hand on the sheet gets its blank."""
    values = {asked.label: said.get(asked.label, "") for asked in kind.asked}
    blanks = {"监督电话": BLANK, "擂台场次": BLANK} | dict.fromkeys(("交办日期", "评分日期", "检查时间", "公示日期"), HAND_DAY)
    return {label: value or blanks.get(label, "") for label, value in values.items()}


def _for_units(frame: _Frame, ids: Collection[int] | None) -> Iterator[Subject]:
    found = tasks_with_items(frame.session, frame.names, whole=frame.kind.key == "unit_list")
    by_unit: dict[int, list[tuple[int, Item]]] = {}
    for task, item in found:
        by_unit.setdefault(task.unit_id, []).append((task.id, item))
    wanted = select(Unit).order_by(Unit.position, Unit.id)
    if ids is not None:
        wanted = wanted.where(Unit.id.in_(ids))
    elif frame.kind.table:
        wanted = wanted.where(Unit.id.in_(by_unit))
    else:
        wanted = wanted.where(Unit.kind != "township")  # who sends it
    units = frame.session.scalars(wanted).all()
    if frame.kind.table:
        empty = [unit for unit in units if unit.id not in by_unit]
        _refuse_empty([frame.names[unit.id] for unit in empty], units)
        frame.left.extend(LeftOut(frame.names[unit.id], _NONE, unit.id) for unit in empty)
        units = [unit for unit in units if unit.id in by_unit]
    for unit in units:
        tasks = by_unit.get(unit.id, [])
        yield _for_unit(frame, unit, [item for _id, item in tasks], tuple(task_id for task_id, _item in tasks))


def _reminders(frame: _Frame, ids: Collection[int] | None) -> Iterator[Subject]:
    """A letter to each unit that owes something; of those that were named the others are left out."""
    owed = owed_by(frame.session, frame.day, ids)
    if not owed:
        raise Problem("没有欠办的事项，不用催办，没有制作催办单。")
    fault = Problem("没有欠办的事项，不用催办。")
    frame.left.extend(LeftOut(frame.names[unit_id], fault, unit_id) for unit_id in ids or () if unit_id not in owed)
    for unit_id, of_it in owed.items():
        name, table = frame.names[unit_id], owed_table(of_it, frame.day)
        fields = {"单位": name, "项数": str(len(of_it)), "责任领导": "", "责任人": ""}
        yield Subject(frame.content(name, frame.kind.wordings[0], fields, table, row_facts(table)), unit_id, (), name)


def _refuse_empty(empty: Sequence[str], units: Sequence[Unit]) -> None:
    if len(empty) == len(units):
        who = "、".join(empty[:5]) or "各单位"
        raise Problem(f"{who}还没有已确认的任务，没有制作任何文书。请先审核通过任务。")


def _for_unit(frame: _Frame, unit: Unit, items: Sequence[Item], task_ids: tuple[int, ...]) -> Subject:
    name, kind = frame.names[unit.id], frame.kind
    fields = {
        "单位": name,
        "项数": str(len(items)),
        "责任领导": _joined(item.lead for item in items),
        "责任人": _joined(person for item in items for person in item.responsible),
    }
    if kind.key == "poster":
        fields["承诺名称"] = "干事承诺" if unit.kind in VILLAGE_KINDS else "工作承诺"
    template = PLEDGES.get(unit.kind, "pledge-office") if kind.key == "pledge" else kind.sized(frame.said)[1]
    table, facts = (task_table(kind.table, items), task_facts(kind.table, items)) if kind.table else (None, ())
    return Subject(frame.content(name, template, fields, table, facts), unit.id, task_ids if table else (), name)


def _for_tasks(frame: _Frame, ids: Collection[int]) -> Iterator[Subject]:
    found = list(tasks_with_items(frame.session, frame.names, ids=ids, whole=True))
    frame.left.extend(_unapproved(frame, set(ids) - {task.id for task, _item in found}))
    for task, item in found:
        fields = {
            "单位": item.unit, "任务编号": item.number, "任务名称": item.title, "目标要求": item.content,
            "类别": "、".join(item.categories), "启动时间": item.start, "完成时限": item.due_text, "办结日期": item.finished,
            "责任人": "、".join(item.responsible), "责任领导": item.lead,
            "计划投资": f"{word_amount(item.investment)}万元" if item.investment is not None else "",
            "计划投资大写": currency_in_capitals(task.investment) if task.investment is not None else "",
            "进展情况": item.progress, "存在问题": item.problems, "下步打算": item.next_steps,
            "佐证材料": (files := proofs(frame.session, task.id)), "佐证件数": str(len(files.splitlines())) if files else "　　",
        }  # fmt: skip
        owner, about = f"{item.unit}{item.title[:40]}", f"{item.unit}《{item.title}》"
        content = frame.content(owner, frame.kind.wording_of(frame.said.values()), fields, None)
        yield Subject(content, task.unit_id, (task.id,), about[:200])


def _unapproved(frame: _Frame, ids: Collection[int]) -> Iterator[LeftOut]:
    fault = Problem("还没有确认。请先审核通过。")
    for task in frame.session.scalars(select(Task).where(Task.id.in_(ids)).order_by(Task.id)):
        yield LeftOut(f"{frame.names[task.unit_id]}《{task.title}》", fault, task.unit_id, task.id)


def _for_year(frame: _Frame) -> Subject:
    session = frame.session
    if not frame.kind.table:  # says what the clerk says and nothing of the records
        return Subject(frame.content("", frame.kind.wordings[0], {}, None), None, (), "全镇")
    tasks = list(tasks_with_items(session, frame.names, whole=frame.kind.key == "checklist"))
    items = [item for _task, item in tasks]
    below: Mapping[str, TableContent] = {}
    fields = {"项数": str(len(items)), "单位数": str(len({item.unit for item in items}))}
    match frame.kind.key:
        case "checklist":
            table, facts = task_table(frame.kind.table, items), task_facts(frame.kind.table, items)
        case "forces":
            rows = overview(session)
            table, facts = force_table(rows), force_facts(rows)
        case "score":
            units, subjects = _villages(frame), scored_in(session, frame.year)
            table = score_table(units, subjects, full_marks(frame.said["分值"], subjects))
            facts = score_facts(units, subjects)
        case "month":
            table, below, further = month_content(session, frame.said["月份"], frame.said["幅面"])
            facts = row_facts(table, *below.values())
            fields |= further
        case _:
            table, facts, further = _progress(frame, [task for task, _item in tasks])
            fields |= further
    content = frame.content("", frame.kind.sized(frame.said)[1], fields, table, facts)
    if frame.kind.needed and not table.rows:
        raise Problem(_NOTHING.get(frame.kind.key, "还没有已确认的任务，没有制作。请先审核通过任务。"))
    content = replace(content, tables={**content.tables, **below})
    return Subject(content, None, tuple(task.id for task, _item in tasks) if frame.kind.key == "checklist" else (), "全镇")


_NOTHING = {"forces": "还没有专班，一览表没有制作。请先新增专班。", "score": "还没有村，评分表没有制作。请先到“组织”页面添加村。"}


def _villages(frame: _Frame) -> list[str]:
    found = select(Unit.id).where(Unit.kind.in_(VILLAGE_KINDS), Unit.closed_on.is_(None)).order_by(Unit.position, Unit.id)
    return [frame.names[unit_id] for unit_id in frame.session.scalars(found)]


def _progress(frame: _Frame, tasks: Sequence[Task]) -> tuple[TableContent, Facts, dict[str, str]]:
    """Progress of the month that was asked for: by unit, and in all."""
    month = next((key for key, word in MONTHS.items() if word == frame.said["月份"]), "")
    reported = select(Progress.task_id, func.coalesce(Progress.stage, "underway")).where(Progress.month == month)
    stages = {task_id: stage for task_id, stage in frame.session.execute(reported)}
    by_unit: dict[int, list[str | None]] = {}
    for task in tasks:
        by_unit.setdefault(task.unit_id, []).append(stages.get(task.id))
    rows = [(frame.names[unit_id], _counts(found)) for unit_id, found in by_unit.items()]
    sums = _counts([stage for found in by_unit.values() for stage in found])
    silent = [name for name, counts in rows if not counts[1]]
    counted = dict(zip(("已报项数", "完成项数", "推进项数", "受阻项数"), map(str, sums[1:5]), strict=True))
    told = [(name, *map(str, counts)) for name, counts in rows]
    facts = progress_facts(told, ("合　　计", *map(str, sums)))
    return (
        progress_table(rows, sums),
        facts,
        {
            **counted,
            "完成率": rate_of(sums),
            "未报单位": "、".join(silent) or "无",
            "报送情况": _silence(silent),
        },
    )


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


def _joined(names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(name for name in names if name))
