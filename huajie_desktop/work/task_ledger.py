"""The checklist as a kind of record: its columns, form, checks, and what follows from changes; declared like any ledger."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace

from sqlalchemy import select

from db.fields import in_wan
from db.images import CHUNK
from db.models import Extension, Task, Unit
from huajie_desktop.declared.facets import Figures, Form, Listing, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import NUMBERS, OUTDATES, REVIEW, Effect
from huajie_desktop.office import usual_list_kinds
from huajie_desktop.seat import SeatSession
from huajie_desktop.values.text import fold
from huajie_desktop.values.works import reads_like_work
from huajie_desktop.work import occurrences
from huajie_desktop.work.numbering import number_approved
from huajie_desktop.work.signed import outdate
from huajie_desktop.work.signing_off import TASK_HANDLING
from huajie_desktop.work.task_light import LIGHT

_TAKEN_BACK = re.compile(
    r"(?:本|该|此)?(?:项目?|条|任务)?(?:已经?|拟|建议|暂时?)?(?:取消|作废|撤销|撤回|终止|暂缓|暂停|停止?|不再?(?:做|实施|建设|列入)|删除|删去|废弃)(?:了|实施|建设|任务|项目|本项)?[。.!]?"
)
_PLANNED = frozenset(("start", "due", "recurrence"))  # what the days of a recurring task follow from


def check_task(values: Values) -> Mapping[str, str]:
    """A task is not done before it begins."""
    finished = values.get("finished_on")
    start = values.get("start") if finished else None
    return {"finished_on": f"办结日期不能早于启动时间（{start.isoformat()}）"} if start and finished and start > finished else {}


def look_at_task(values: Values) -> Mapping[str, str]:
    """Money by source should add up to the planned investment, but sheets often name some only; a remark may take it back."""
    said = {}
    if (remarks := values.get("remarks")) and _TAKEN_BACK.fullmatch(fold(remarks)):
        said["remarks"] = f"备注写着“{remarks[:20]}”，是不是不做了？照原样读了，请核对"
    planned = [item.planned for item in values.get("funding") or () if item.planned is not None]
    investment = values.get("investment") if planned else None
    if investment is not None and sum(planned) != investment:
        sums = f"各来源计划合计 {in_wan(sum(planned)):f} 万元，计划投资是 {in_wan(investment):f} 万元"
        said["funding"] = f"{sums}，请核对"
    return said


def list_kind_by_unit(session: SeatSession) -> Callable[[int], int | None]:
    """The list kind of a task nobody said a list for, by its unit."""
    usual = usual_list_kinds(session)
    kinds: dict[int, str] = {unit_id: kind for unit_id, kind in session.execute(select(Unit.id, Unit.kind))}

    def of(unit_id: int) -> int | None:
        if unit_id not in kinds:  # made in this very operation
            kinds[unit_id] = session.get_one(Unit, unit_id).kind
        return usual[kinds[unit_id]]

    return of


def plan_occurrences(session: SeatSession, ids: Sequence[int], keys: Set[str]) -> None:
    """Tasks that recur fall due on other days now."""
    if keys.isdisjoint(_PLANNED):
        return
    for start in range(0, len(ids), CHUNK):
        recurring = Task.recurrence.is_not(None) | Task.occurrences.any()
        for task in session.scalars(select(Task).where(Task.id.in_(ids[start : start + CHUNK]), recurring)):
            occurrences.plan(session, task, session.seat.today())


def decided_due(session: SeatSession, task_id: int) -> Sequence[str]:
    """The columns of a due day that an extension was granted for: the decision alone changes it."""
    granted = select(Extension.id).where(Extension.task_id == task_id, Extension.state == "granted").limit(1)
    return ("due", "due_precision", "due_text", "ongoing") if session.scalar(granted) else ()


TASK_REVIEW = replace(
    REVIEW,
    needed=("category", "due"),
    stays_open=("finished_on",),  # when it was done is known only after it was confirmed
    effects={NUMBERS: Effect(number_approved, writes=("number",)), OUTDATES: Effect(outdate)},
)
TASKS = Ledger(
    key="tasks",
    title="任务清单",
    model=Task,
    name="title",
    place="unit",
    shown=Listing(
        columns=("number", "title", "category", "unit", "responsible", "due", "investment", "state"),
        filters=("unit", "category", "list_kind", "force"),
        grouped=("handling", "demand"),
        previewed=("title", "unit", "category", "responsible", "due", "investment"),
        judged=LIGHT,
    ),
    form=Form(
        groups=(
            ("", ("title", "content", "category", "unit", "due", "investment", "responsible", "lead")),
            ("时间", ("start", "finished_on", "milestones", "recurrence")),
            ("归口与配合", ("cooperating", "further", "list_kind", "force", "key_project")),
            ("数量与资金", ("quantities", "funding")),
            ("其他", ("remarks",)),
        ),
        usual=1,
        files=True,
    ),
    sheets=Sheets(
        identity=("unit", "title"),
        title_words=("任务", "承诺", "工作清单", "事项清单", "重点工作", "重点项目", "重点工程", "攻坚", "比拼"),
        sent=(
            "title", "category", "content", "investment", "funding", "start", "due", "responsible", "milestones", "quantities",
            "remarks",
        ),
        expected=("title", "content", "category", "responsible", "due", "investment"),
        likely=(
            "title", "content", "category", "unit", "lead", "responsible", "start", "due", "investment", "milestones", "remarks",
        ),
        telling=("title", "content", "lead", "responsible", "start", "due", "investment", "milestones"),
        reads_like=reads_like_work,
        beside=("responsible", "lead", "due"),
        by_likeness=True,
    ),
    rules=Rules(check=check_task, look=look_at_task, by_unit={"list_kind": list_kind_by_unit}, follow=plan_occurrences,
                decided=decided_due),
    figures=Figures(day="due"),
    subject="task",
    counting="{count} 项{noun}",
    unsaid=True,
    life=TASK_REVIEW,
    further_lives=(TASK_HANDLING,),
)  # fmt: skip
