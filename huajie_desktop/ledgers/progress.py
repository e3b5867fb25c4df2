"""月度进展台账: what units report of their tasks month by month; each row belongs to a task of the checklist."""

from collections.abc import Mapping

from sqlalchemy import inspect, select

from db.ledgers.progress import Progress
from db.models import Task, Unit
from huajie_desktop.declared.ledger import Check, Count, Ledger, Ratio, Values
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.seat import SeatSession
from huajie_desktop.values.text import fold


def check(values: Values) -> Mapping[str, str]:
    """A share lies between nothing and all; money spent is no debt."""
    percent, invested = values.get("percent"), values.get("invested")
    faults = {}
    if percent is not None and not 0 <= percent <= 100:
        faults["percent"] = "完成比例应在 0 到 100 之间"
    if invested is not None and invested < 0:
        faults["invested"] = "已完成投资不能是负数，没有就空着"
    return faults


def settle(session: SeatSession, record: Progress) -> Mapping[str, str]:
    """Finds the task a report is of, by unit and name as they are now; it must be on the checklist."""
    if record.task_id is None or inspect(record).attrs.title.history.has_changes():
        wanted = (Task.campaign_id == session.seat.campaign_id, Task.unit_id == record.unit_id)
        tasks = session.execute(select(Task.id, Task.title).where(*wanted).order_by(Task.id))
        found = next((task_id for task_id, title in tasks if fold(title) == fold(record.title)), None)
        if found is None:
            return {"title": _not_listed(record.title)}
        record.task_id = found
    others = select(Progress.id).where(Progress.task_id == record.task_id, Progress.month == record.month)
    if record.id is not None:
        others = others.where(Progress.id != record.id)
    if session.scalar(others) is not None:
        return {"month": "这项任务这个月的进展已经有了，请在原来那一条上修改"}
    return {}


def among_tasks(session: SeatSession) -> Check:
    """The same of read rows, whose unit is a name: every row must be of a task on the checklist."""
    tasks = select(Unit.name, Task.title).join(Unit, Unit.id == Task.unit_id).where(Task.campaign_id == session.seat.campaign_id)
    known = {(unit, fold(title)) for unit, title in session.execute(tasks)}

    def look(values: Values) -> Mapping[str, str]:
        title, unit = values.get("title"), values.get("unit")
        return {"title": _not_listed(title)} if title and unit and (unit, fold(title)) not in known else {}

    return look


def _not_listed(title: str) -> str:
    return f"任务清单里没有这个单位的“{title[:40]}”，请按清单改正名称，或先把任务加进清单"


LEDGER = Ledger(
    key="progress",
    title="月度进展台账",
    title_words=("进展", "进度情况", "推进情况", "完成情况", "落实情况"),
    model=Progress,
    columns=("unit", "title", "month", "stage", "percent", "invested", "summary", "state"),
    groups=(
        ("", ("unit", "title", "month", "stage", "percent", "invested", "summary", "problems", "next_steps")),
    ),
    name="title",
    identity=("unit", "title", "month"),
    place="unit",
    indicators=(
        Count("填报数", unit="条"),
        Count("已完成", lambda record: record.stage == "done", unit="条"),
        Ratio("完成率", "已完成", "填报数"),
    ),
    breakdowns=("unit", "month", "stage"),
    filters=("unit", "month", "stage"),
    check=check,
    settle=settle,
    against=among_tasks,
    each_of="tasks",
    month="month",
    life=REVIEW,
)  # fmt: skip
