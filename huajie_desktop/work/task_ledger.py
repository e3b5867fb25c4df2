"""The checklist as a kind of record: its columns, form, checks; declared like any ledger."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db.fields import in_wan
from db.models import Task
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import NUMBERS, OUTDATES, REVIEW, Effect
from huajie_desktop.work.numbering import number_approved
from huajie_desktop.work.signed import outdate


def check_task(values: Mapping[str, Any]) -> Mapping[str, str]:
    """A task does not end before it begins."""
    start, due, finished = values.get("start"), values.get("due"), values.get("finished_on")
    faults = {}
    if start and due and start > due:
        faults["start"] = f"启动时间（{start.isoformat()}）不能晚于完成时限（{due.isoformat()}）"
    if start and finished and start > finished:
        faults["finished_on"] = f"办结日期不能早于启动时间（{start.isoformat()}）"
    return faults


def look_at_task(values: Mapping[str, Any]) -> Mapping[str, str]:
    """Money by source should add up to the planned investment, but sheets often name some sources only."""
    planned = [item.planned for item in values.get("funding") or () if item.planned is not None]
    investment = values.get("investment")
    if planned and investment is not None and sum(planned) != investment:
        sums = f"各来源计划合计 {in_wan(sum(planned)):f} 万元，计划投资是 {in_wan(investment):f} 万元"
        return {"funding": f"{sums}，请核对"}
    return {}


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
    columns=("number", "title", "category", "unit", "responsible", "due", "investment", "state"),
    groups=(
        ("", ("title", "content", "category", "unit", "due", "investment", "responsible", "lead")),
        ("时间", ("start", "finished_on", "milestones", "recurrence")),
        ("归口与配合", ("cooperating", "further", "list_kind", "force", "key_project")),
        ("数量与资金", ("quantities", "funding")),
        ("其他", ("remarks",)),
    ),
    usual=1,
    sent=(
        "title", "category", "content", "investment", "funding", "start", "due", "responsible", "milestones", "quantities",
        "remarks",
    ),
    name="title",
    subject="task",
    identity=("unit", "title"),
    place="unit",
    day="due",
    filters=("unit", "category", "list_kind", "force"),
    check=check_task,
    look=look_at_task,
    life=TASK_REVIEW,
)  # fmt: skip
