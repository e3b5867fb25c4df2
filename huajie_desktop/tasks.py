"""One task in the form: every field as the text a clerk types, checked by the parsers of the import, and saved."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.fields import in_wan
from db.models import Category, Dimension, Milestone, Responsibility, Task
from huajie_desktop.application import Application
from huajie_desktop.entry import Saved, read_form
from huajie_desktop.errors import Problem
from huajie_desktop.naming import Names
from huajie_desktop.office import campaign
from huajie_desktop.pinyin import search_text
from huajie_desktop.registers import TASKS
from huajie_desktop.spreadsheets.records import ReadRecord


def form_texts(session: Session, task_id: int) -> dict[str, str]:
    """A task as the texts a clerk would type."""
    task = session.get_one(Task, task_id)
    return {
        "title": task.title,
        "content": task.content or "",
        "category": task.category.name if task.category else "",
        "unit": task.unit.name,
        "responsible": "、".join(link.person.name for link in task.responsible),
        "lead": task.lead.name if task.lead else "",
        "due": task.due_text or (task.due.isoformat() if task.due else ""),
        "start": task.start.isoformat() if task.start else "",
        "milestones": "\n".join(f"{item.raw or item.due or ''} {item.text}".strip() for item in task.milestones),
        "investment": f"{in_wan(task.investment):f}" if task.investment is not None else "",
        "remarks": task.remarks or "",
    }


def save_task(app: Application, task_id: int | None, texts: Mapping[str, str]) -> Saved:
    """Keeps the form as a new draft (None) or changes that task. Raises FieldErrors, or Problem for an approved one."""
    with app.reading() as session:
        record, doubts = read_form(session, TASKS, texts)
    with app.operation(f"{'修改' if task_id else '新增'}任务“{record.title}”"[:200]) as running:
        session = running.session
        if task_id is None:
            task = Task(campaign_id=campaign(session).id, state="draft")
        else:
            task = session.get_one(Task, task_id)
            if task.state == "approved":
                raise Problem(f"任务“{task.title}”已确认，不能直接修改。请先退回，改好后再提交审核。")
        with session.no_autoflush:
            _write(session, task, record)
        session.add(task)  # only now: looking names up may flush
        session.flush()
        saved = task.id
    return Saved(saved, running.changes, doubts)


def _write(session: Session, task: Task, record: ReadRecord) -> None:
    assert record.title is not None
    year, names = campaign(session), Names(session)
    unit_id = names.unit(record.unit or "")
    task.title, task.content, task.remarks = record.title, record.content, record.remarks or None
    task.unit_id, task.category_id = unit_id, _category_id(session, record)
    task.lead_id = names.person(record.lead, year.township_id) if record.lead else None
    task.start, task.due, task.ongoing = record.start, record.due, record.ongoing
    task.due_precision, task.due_text = record.due_precision or None, record.due_text[:100] or None
    task.investment = None if record.investment is None else record.investment * 10000
    task.search = search_text(record.title)
    _write_people(names, task, unit_id, list(dict.fromkeys(record.responsible)))
    _write_milestones(task, record)


def _write_people(known: Names, task: Task, unit_id: int, names: list[str]) -> None:
    if [link.person.name for link in task.responsible] == names:
        return
    present = {link.person.name: link for link in task.responsible}
    links = []
    for place, name in enumerate(names):
        link = present.get(name) or Responsibility(person_id=known.person(name, unit_id))
        link.position = place
        links.append(link)
    task.responsible = links


def _write_milestones(task: Task, record: ReadRecord) -> None:
    wanted = [(due, text, raw.strip()[:100] or None) for due, text, raw in record.milestones]
    if [(item.due, item.text, item.raw) for item in task.milestones] != wanted:
        task.milestones = [
            Milestone(due=due, text=text, raw=raw, position=place) for place, (due, text, raw) in enumerate(wanted)
        ]


def _category_id(session: Session, record: ReadRecord) -> int | None:
    if not record.category:
        return None
    statement = select(Category.id).join(Dimension).where(Category.name == record.category, Dimension.name == record.dimension)
    return session.scalars(statement).first()
