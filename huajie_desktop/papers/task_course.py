"""The course of a task: every step of its handling with day, person and reason, its papers, and all that is about it."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import select

from db.models import Campaign, Paper, PaperTask, Step, Task
from db.papers import PAPER_KINDS
from huajie_desktop.declared.ledger import NUMBER, Ledger
from huajie_desktop.papers.register import STATES, state_of
from huajie_desktop.records.listing import record_lines
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.work.forerunners import forerunners
from huajie_desktop.work.giving import source_of
from huajie_desktop.work.signing_off import TASK_HANDLING

_COLOURS = {"signed": "green", "signed_late": "yellow", "late": "red", "waiting": "blue", "outdated": "yellow"}


class CourseLine(NamedTuple):
    """One thing in the course of a task: when, what, where it stands in a word with its colour, what was said, where it is found.

    `page` and `subject` lead to it; a step of the handling stands nowhere else and has none.
    """

    id: int
    on: date | None
    what: str
    state: str
    colour: str
    said: str
    page: str = ""
    subject: Mapping[str, Any] = MappingProxyType({})


def course_of(session: SeatSession, task_id: int, today: date) -> list[CourseLine]:
    """All of it, the earliest first; what has no day stands in front."""
    task = session.get_one(Task, task_id)
    found = [*_sources(session, task), *_earlier(session, task_id), *_steps(session, task_id), *_papers(session, task_id, today)]
    for ledger in session.seat.catalogue.values():
        if ledger.about:
            found += _about(session, ledger, task_id)
    found.sort(key=lambda line: line.on or date.min)
    return [line._replace(id=place) for place, line in enumerate(found, 1)]


def _sources(session: SeatSession, task: Task) -> Iterator[CourseLine]:
    source = source_of(session, task)
    if source is not None:
        ledger, record = source
        [line] = record_lines(session, ledger, [record.id], [ledger.name])
        found = _line(ledger, record, f"来自{ledger.noun}", line.cells[ledger.name])
        here = session.scalar(select(ledger.model.id).where(ledger.model.id == record.id, *visible(session.seat, ledger.model)))
        yield found if here else found._replace(page="", subject=MappingProxyType({}))  # of an earlier year: not on its page


def _earlier(session: SeatSession, task_id: int) -> Iterator[CourseLine]:
    """Its entries of earlier years: where they stood, which is to be looked at in their own year."""
    line = forerunners([task_id])
    years = select(Task, Campaign.year).join(line, line.c.older == Task.id).join(Campaign, Campaign.id == Task.campaign_id)
    for older, year in session.execute(years.where(Task.id != task_id).order_by(Campaign.year)):
        state = TASK_HANDLING.states[TASK_HANDLING.state(older.handling)]
        due = f"完成时限 {older.due.isoformat()}" if older.due else ""
        said = "，".join(filter(None, (older.number, due, "看它的办理情况请切换到那一年")))
        yield CourseLine(0, None, f"{year} 年度转入", state.word, state.colour, said)


def _steps(session: SeatSession, task_id: int) -> Iterator[CourseLine]:
    for step in session.scalars(select(Step).where(Step.task_id == task_id).order_by(Step.id)):
        state = TASK_HANDLING.states[TASK_HANDLING.state(step.handling)]
        said = "，".join(filter(None, (step.by, step.reason)))
        yield CourseLine(0, step.on, "办理", state.word, state.colour, said)


def _papers(session: SeatSession, task_id: int, today: date) -> Iterator[CourseLine]:
    """The papers it stands on: pledge and slip of a task know each other by it."""
    standing = select(Paper).join(PaperTask, PaperTask.paper_id == Paper.id).where(PaperTask.task_id == task_id)
    for paper in session.scalars(standing.order_by(Paper.id)):
        state = state_of(paper, today)
        signed = f"{paper.signed_on.isoformat()} 签回" if paper.signed_on else ""
        said = "，".join(filter(None, (paper.number, signed, paper.signed_by)))
        made = paper.made_at.date()
        word, colour = STATES[state], _COLOURS.get(state, "grey")
        yield CourseLine(0, made, PAPER_KINDS[paper.kind], word, colour, said, "papers", {"id": paper.id})


def _about(session: SeatSession, ledger: Ledger, task_id: int) -> Iterator[CourseLine]:
    """The records of a ledger about the task, in the words of its list."""
    model: Any = ledger.model
    entries = select(forerunners([task_id]).c.older)  # of earlier years it says what is still open
    about = select(model).where(*visible(session.seat, model), getattr(model, ledger.about).in_(entries)).order_by(model.id)
    kept = {record.id: record for record in session.scalars(about)}
    apart = {ledger.name, ledger.place, ledger.figures.day, NUMBER, *(life.column for life in ledger.lives)}
    keys = [key for key in ledger.shown.columns if key not in apart]
    for line in record_lines(session, ledger, list(kept), keys):
        said = [f"{ledger.fields[key].label} {line.cells[key]}" for key in keys if line.cells[key]]
        number = getattr(kept[line.id], NUMBER, None)
        yield _line(ledger, kept[line.id], ledger.noun, "，".join(filter(None, (number, *said))))


def _line(ledger: Ledger, record: Any, what: str, said: str) -> CourseLine:
    state = next(iter(ledger.stands(record).values()), None)
    day = getattr(record, ledger.fields[ledger.figures.day].name) if ledger.figures.day else None
    word, colour = (state.word, state.colour) if state else ("", "grey")
    return CourseLine(0, day, what, word, colour, said, "ledgers", {"ledger": ledger.key, "id": record.id})
