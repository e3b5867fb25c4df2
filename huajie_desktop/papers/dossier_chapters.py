"""The chapters of a task's dossier: each what is kept of one side of it, as a table, with the papers the contents name."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from db.clock import local_time
from db.fields import in_wan
from db.hanging import hanging_on
from db.ledgers.progress import Progress
from db.models import Milestone, Occurrence, Paper, PaperTask, Query, Task
from db.papers import PAPER_KINDS
from db.reports import MONTHS, STAGES
from huajie_desktop.papers.paper_kinds import KINDS
from huajie_desktop.papers.register import STATES, state_of
from huajie_desktop.seat import SeatSession
from huajie_desktop.typesetting.content import TableContent, word_amount, word_day
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.work.task_ledger import TASKS

SIZE = 10.5  # 5号
_C = Align.CENTRE
DAY = 30  # mm: 2026年11月28日 on one line
_PROMISED, _CHECKED, _CLOSED = ("pledge", "slip"), ("notice", "rectification", "extension"), ("signoff",)
_WITHHELD = ("拟办意见",)  # what stays within the office


class Filed(NamedTuple):
    """One line of the contents: what it is called, its number, its day."""

    name: str
    number: str
    day: str


class Chapter(NamedTuple):
    """One chapter: its title, its table, and what of it the contents name one by one (nothing: the chapter itself)."""

    title: str
    table: TableContent
    filed: tuple[Filed, ...] = ()


def promised(session: SeatSession, task_id: int, today: date) -> Chapter:
    """Pledges and assignment slips the task stands on, by the register."""
    return _registered("承诺与交办", session, task_id, today, _PROMISED)


def closed(session: SeatSession, task_id: int, today: date) -> Chapter:
    """Requests for sign-off, by the register."""
    return _registered("验收销号", session, task_id, today, _CLOSED)


def _registered(title: str, session: SeatSession, task_id: int, today: date, kinds: Sequence[str]) -> Chapter:
    papers = list(_papers(session, task_id, kinds))
    columns = (
        Column("文书", 25, _C), Column("文号", 27, _C), Column("制作", DAY, _C), Column("发出", DAY, _C),
        Column("签回", DAY, _C), Column("情况", 14),
    )  # fmt: skip
    rows = [
        (
            PAPER_KINDS[paper.kind],
            paper.number or "",
            f"{_on(paper)}\n{paper.made_by}",
            day_words(paper.handed_on),
            _signed(paper),
            _state(paper, today),
        )
        for paper in papers
    ]
    return Chapter(title, table_of(columns, rows), _filed(papers))


def checked(session: SeatSession, task_id: int, today: date) -> Chapter:
    """Notices, demands to mend and requests for more time, with what they say and whether they came back."""
    papers = list(_papers(session, task_id, _CHECKED))
    columns = Column("文书", 29, _C), Column("发文", DAY, _C), Column("内容", 67), Column("签回与情况", DAY, _C)
    rows = [
        (
            f"{PAPER_KINDS[paper.kind]}\n{paper.number or ''}".strip(), _on(paper), _content(paper),
            "\n".join(filter(None, (_signed(paper), _state(paper, today), paper.remarks))),
        )
        for paper in papers
    ]  # fmt: skip
    return Chapter("督查与整改", table_of(columns, rows), _filed(papers))


def steps(session: SeatSession, task_id: int, _today: date) -> Chapter:
    """Milestones, and the days a recurring task fell due."""
    columns = Column("时间", 32, _C), Column("节点要求", 56), Column("佐证材料或办理情况", 42), Column("完成", DAY, _C)
    marks = session.scalars(select(Milestone).where(Milestone.task_id == task_id).order_by(Milestone.position))
    rows = [(day_words(item.due) or item.raw or "", item.text, _proof(item), day_words(item.reached_on)) for item in marks]
    days = session.scalars(select(Occurrence).where(Occurrence.task_id == task_id).order_by(Occurrence.due))
    rows += [(word_day(item.due), "周期办理", item.note or "", day_words(item.done_on) or "没有登记办理") for item in days]
    return Chapter("时间节点与周期事项", table_of(columns, rows))


def _proof(mark: Milestone) -> str:
    """What is to prove it, and what was given."""
    return "\n".join(filter(None, (mark.evidence, f"已交：{mark.given}" if mark.given else "")))


def months(session: SeatSession, task_id: int, _today: date) -> Chapter:
    """What the unit reported month by month, as it was reported."""
    columns = (
        Column("月份", 13, _C), Column("完成情况", 25, _C), Column("进展情况", 48), Column("存在问题", 35),
        Column("下步打算", 35),
    )  # fmt: skip
    found = session.scalars(select(Progress).where(Progress.task_id == task_id).order_by(Progress.month))
    rows = [
        (MONTHS[item.month], _stage(item), *(text or "" for text in (item.summary, item.problems, item.next_steps)))
        for item in found
    ]
    return Chapter("月度进展", table_of(columns, rows))


def _stage(item: Progress) -> str:
    invested = "" if item.invested is None else f"投资{word_amount(in_wan(item.invested))}万元"
    percent = "" if item.percent is None else f"{item.percent}%"
    return "\n".join(filter(None, (STAGES[item.stage] if item.stage else "", percent, invested)))


def questions(session: SeatSession, task_id: int, _today: date) -> Chapter:
    """What was asked about the task in review, and the answers."""
    columns = (
        Column("栏目", 22, _C),
        Column("疑问", 42),
        Column("提出", DAY, _C),
        Column("答复", 38),
        Column("答复人", 24, Align.NAMES),
    )
    found = session.scalars(select(Query).where(hanging_on(Query, Task, [task_id])).order_by(Query.id))
    rows = [
        (
            TASKS.fields[item.field].label if item.field in TASKS.fields else "全部", item.text,
            f"{item.asked_by}\n{word_day(local_time(item.asked_at).date())}", item.answer or "没有答复", item.answered_by or "",
        )
        for item in found
    ]  # fmt: skip
    return Chapter("疑问与答复", table_of(columns, rows))


def _papers(session: SeatSession, task_id: int, kinds: Iterable[str]) -> Iterator[Paper]:
    statement = select(Paper).join(PaperTask, PaperTask.paper_id == Paper.id)
    yield from session.scalars(statement.where(PaperTask.task_id == task_id, Paper.kind.in_(kinds)).order_by(Paper.id))


def _filed(papers: Iterable[Paper]) -> tuple[Filed, ...]:
    return tuple(Filed(f"{PAPER_KINDS[paper.kind]}（登记情况）", paper.number or "", _on(paper)) for paper in papers)


def _content(paper: Paper) -> str:
    """What the clerk said when it was made, as far as the register kept it."""
    said = json.loads(paper.said, strict=False)
    labels = [asked.label for asked in KINDS[paper.kind].asked if asked.label not in _WITHHELD]
    return "\n".join(f"{label}：{_worded(said[label])}" for label in labels if said.get(label, "").strip())


def _worded(text: str) -> str:
    """A day in the form the program keeps it as official documents write it; anything else as it was typed."""
    try:
        return word_day(date.fromisoformat(text))
    except ValueError:
        return text


def _signed(paper: Paper) -> str:
    return "\n".join(filter(None, (day_words(paper.signed_on), paper.signed_by)))


def _state(paper: Paper, today: date) -> str:
    state = STATES[state_of(paper, today)]
    return f"{state}：{paper.outdated_why}" if paper.outdated_why else state


def _on(paper: Paper) -> str:
    return word_day(local_time(paper.made_at).date())


def day_words(day: date | None) -> str:
    """2021年8月31日, nothing where there is none."""
    return word_day(day) if day else ""


def table_of(columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> TableContent:
    """A chapter's table."""
    return TableContent(columns, tuple(rows), size=SIZE)
