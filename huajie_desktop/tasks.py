"""One task in the form: every field as the text a clerk types, checked by the parsers of the import, and saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.fields import Field, fields_of, in_wan
from db.images import CHUNK
from db.journal import Changes
from db.models import Category, Dimension, Milestone, Person, Responsibility, Task, Unit
from huajie_desktop.application import Application
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.importing import known_office
from huajie_desktop.jobs import Job
from huajie_desktop.office import campaign
from huajie_desktop.pinyin import search_text
from huajie_desktop.spreadsheets.filling import recheck
from huajie_desktop.spreadsheets.records import ReadRecord

# The one form: headings with their fields, by key.
FORM_GROUPS = (
    ("做什么", ("title", "content", "category")),
    ("谁负责", ("unit", "responsible", "lead")),
    ("何时完成", ("due", "start", "milestones")),
    ("投资与备注", ("investment", "remarks")),
)


@dataclass
class SavedTask:
    """A saved task, what the saving touched, and what the clerk should look at again, by field."""

    task_id: int
    changes: Changes
    doubts: dict[str, str] = field(default_factory=dict)


def form_fields() -> dict[str, Field]:
    """The declarations of the form's fields by key, in the form's order."""
    by_key = {declared.key: declared for declared in fields_of(Task).values()}
    return {key: by_key[key] for _heading, keys in FORM_GROUPS for key in keys}


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


def read_form(session: Session, texts: Mapping[str, str]) -> tuple[ReadRecord, dict[str, str]]:
    """The texts as a record and, by field, what the clerk should look at again. Raises FieldErrors for what cannot be kept."""
    known = known_office(session)
    record = ReadRecord(sheet="", row=0, letters={}, raw={})
    messages: dict[str, str] = {}
    for key, declared in form_fields().items():
        text = texts.get(key, "").strip()
        if text:
            recheck(record, key, text, known)
        elif declared.required:
            messages[key] = f"请填写{declared.label}"
        if declared.max_length and len(text) > declared.max_length:
            messages[key] = f"{declared.label}不能超过 {declared.max_length} 个字，现在 {len(text)} 个"
    doubts: dict[str, str] = {}
    for issue in record.issues:
        if issue.severity == "error" or issue.field == "unit":
            messages.setdefault(issue.field, issue.message)
        else:
            doubts.setdefault(issue.field, issue.message)
    if messages:
        raise FieldErrors(messages)
    return record, doubts


def save_task(app: Application, task_id: int | None, texts: Mapping[str, str]) -> SavedTask:
    """Keeps the form as a new draft (None) or changes that task. Raises FieldErrors, or Problem for an approved one."""
    with app.reading() as session:
        record, doubts = read_form(session, texts)
    with app.operation(f"{'修改' if task_id else '新增'}任务“{record.title}”"[:200]) as running:
        session = running.session
        if task_id is None:
            task = Task(campaign_id=campaign(session).id, state="draft")
            session.add(task)
        else:
            task = session.get_one(Task, task_id)
            if task.state == "approved":
                raise Problem(f"任务“{task.title}”已确认，不能直接修改。请先退回，改好后再提交审核。")
        with session.no_autoflush:
            _write(session, task, record)
        session.flush()
        saved = task.id
    return SavedTask(saved, running.changes, doubts)


def delete_tasks(app: Application, ids: Sequence[int], job: Job | None = None) -> Changes:
    """Removes tasks that are not approved, with all that hangs on them; undo brings them back. Raises Problem."""
    with app.operation(f"删除任务 {len(ids)} 项") as running:
        session = running.session
        for start in range(0, len(ids), CHUNK):
            if job:
                job.step(start, len(ids), f"删除 {start}/{len(ids)}")
            for task in session.scalars(select(Task).where(Task.id.in_(ids[start : start + CHUNK]))):
                if task.state == "approved":
                    raise Problem(f"任务“{task.title}”已确认，不能删除。没有删除任何任务。请先退回。")
                session.delete(task)
    return running.changes


def _write(session: Session, task: Task, record: ReadRecord) -> None:
    assert record.title is not None
    year = campaign(session)
    unit_id = session.scalars(select(Unit.id).where(Unit.name == record.unit)).one()
    task.title, task.content, task.remarks = record.title, record.content, record.remarks or None
    task.unit_id, task.category_id = unit_id, _category_id(session, record)
    task.lead_id = _person_id(session, year.township_id, record.lead) if record.lead else None
    task.start, task.due, task.ongoing = record.start, record.due, record.ongoing
    task.due_precision, task.due_text = record.due_precision or None, record.due_text[:100] or None
    task.investment = None if record.investment is None else record.investment * 10000
    task.search = search_text(record.title)
    _write_people(session, task, unit_id, list(dict.fromkeys(record.responsible)))
    _write_milestones(task, record)


def _write_people(session: Session, task: Task, unit_id: int, names: list[str]) -> None:
    if [link.person.name for link in task.responsible] == names:
        return
    present = {link.person.name: link for link in task.responsible}
    links = []
    for place, name in enumerate(names):
        link = present.get(name) or Responsibility(person_id=_person_id(session, unit_id, name))
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


def _person_id(session: Session, unit_id: int, name: str) -> int:
    """The person of that name at that unit, taken up if new."""
    found = session.scalars(select(Person).where(Person.name == name, Person.unit_id == unit_id).order_by(Person.id)).first()
    if found is None:
        found = Person(name=name, unit_id=unit_id, search=search_text(name, name=True))
        session.add(found)
        session.flush()
    return found.id
