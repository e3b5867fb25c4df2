"""One task in the form: every field as the text a clerk types, checked by the parsers of the import, and saved."""

from collections.abc import Mapping, Set
from datetime import date

from db.fields import in_wan
from db.log import Act
from db.models import Task, Unit
from huajie_desktop.office import usual_list_kinds
from huajie_desktop.pinyin import search_text
from huajie_desktop.reading.read_record import ReadRecord
from huajie_desktop.records.entry import Saved, begin, read_form
from huajie_desktop.records.locking import refuse_locked
from huajie_desktop.records.meanwhile import Seen, bring_together
from huajie_desktop.records.naming import Names
from huajie_desktop.records.parts import worded
from huajie_desktop.records.writing import write_field
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.work import occurrences
from huajie_desktop.work.task_ledger import TASKS

_ALL = TASKS.form_fields.keys()
_PLANNED = ("start", "due", "recurrence")  # what the days of a recurring task follow from


def form_texts(session: SeatSession, task_id: int) -> dict[str, str]:
    """A task as the texts a clerk would type."""
    task = session.get_one(Task, task_id)
    return {
        "title": task.title,
        "content": task.content or "",
        "category": task.category.name if task.category else "",
        "unit": task.unit.name,
        "responsible": "、".join(link.person.name for link in task.responsible),
        "lead": task.lead.name if task.lead else "",
        "due": task.due_text or _day(task.due),
        "start": _day(task.start),
        "finished_on": _day(task.finished_on),
        "milestones": "\n".join(map(worded, task.milestones)),
        "recurrence": task.recurrence or "",
        "investment": f"{in_wan(task.investment):f}" if task.investment is not None else "",
        "cooperating": "、".join(link.unit.name for link in task.cooperating),
        "further": "、".join(link.category.name for link in task.further),
        "list_kind": task.list_kind.name if task.list_kind else "",
        "force": task.force.name if task.force else "",
        "key_project": "是" if task.key_project else "否",
        "quantities": "、".join(map(worded, task.quantities)),
        "funding": "\n".join(map(worded, task.funding)),
        "remarks": task.remarks or "",
    }


def seen(session: SeatSession, task_id: int) -> Seen:
    """A task as it is shown to whoever is going to change it."""
    return Seen(session.get_one(Task, task_id).version, form_texts(session, task_id))


def save_task(seat: Seat, task_id: int | None, texts: Mapping[str, str], *, seen: Seen | None = None) -> Saved:
    """Keeps the form as a new draft (None) or changes of that task what `texts` say otherwise than it does.

    `seen` is the task as it was shown. Raises FieldErrors, ChangedMeanwhile, or Problem for a locked field.
    """
    with seat.operation(Act.CHANGE if task_id else Act.ENTER, f"{'修改' if task_id else '新增'}任务") as running:
        session = running.session
        task = session.get_one(Task, task_id) if task_id else Task()
        now = form_texts(session, task_id) if task_id else {}
        changes = bring_together(session, task, now, texts, seen, TASKS.form_fields) if task_id else texts
        record, doubts = read_form(session, TASKS, {**now, **changes})
        running.call(f"{'修改' if task_id else '新增'}任务“{record.title}”")
        if task_id:
            refuse_locked(session, TASKS, task, changes.keys(), task.title)
        else:
            begin(session, TASKS, task)
        with session.no_autoflush:
            write_task(session, task, record, seat.today(), changes.keys() if task_id else _ALL)
        session.add(task)  # only now: looking names up may flush
        session.flush()
        saved = task.id
    return Saved(saved, running.changes, doubts)


def write_task(session: SeatSession, task: Task, record: ReadRecord, today: date, keys: Set[str] = _ALL) -> None:
    """Makes those fields of a task what the read record says, and all that follows from them."""
    names = Names(session)
    for key in TASKS.form_fields:  # in their order: people are looked for at the unit
        same_lead = key == "lead" and task.lead is not None and task.lead.name == record.lead  # wherever that person works
        if key in keys and not same_lead:
            write_field(names, TASKS, task, key, record)
    if task.list_kind_id is None:
        task.list_kind_id = usual_list_kinds(session)[session.get_one(Unit, task.unit_id).kind]
    if "title" in keys:
        task.search = search_text(task.title)
    if not keys.isdisjoint(_PLANNED):
        occurrences.plan(session, task, today)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
