"""What a few of the demo's tasks say beyond their sheet: a weekly check (article of 2021-12), money, milestones, a file."""

from sqlalchemy import select

from db.log import Act
from db.models import Task, Unit
from huajie_desktop.records.entry import save, texts_of
from huajie_desktop.seat import Seat
from huajie_desktop.work import attachments
from huajie_desktop.work.task_ledger import TASKS
from resources import path

_OPEN = 6  # occurrences left to be done
_MORE = {  # by unit and title
    ("平安建设办", "食安办四星级创建"): {"start": "3月1日", "recurrence": "每周一", "cooperating": "农业农村办"},
    ("美丽创建办", "美丽城镇三美融合综合体"): {
        "key_project": "是",
        "further": "集镇品质提升",
        "cooperating": "村镇建设办、倪宅村",
    },
    ("倪宅村", "穿村段路灯安装"): {
        "quantities": "路灯157盏",
        "funding": "镇补 30万 实际 12万\n村自筹 14万",
        "milestones": "4月底 完成招标 佐证：中标通知书\n6月底 竣工 佐证：验收单",
        "cooperating": "村镇建设办",
    },
}


def fill(seat: Seat) -> None:
    """Adds to the tasks, notes the first weeks of the weekly one as done, and attaches the sheet one village sent."""
    for (unit, title), texts in _MORE.items():
        with seat.reading() as session:
            task_id = session.scalars(select(Task.id).join(Unit).where(Unit.name == unit, Task.title == title)).one()
            before = texts_of(session, TASKS, task_id)
        save(seat, TASKS, task_id, {**before, **texts})
        if "recurrence" in texts:
            _do_most(seat, task_id)
        if unit == "倪宅村":
            attachments.add(seat, task_id, sorted(path("demo").glob("01*.xlsx")))


def _do_most(seat: Seat, task_id: int) -> None:
    with seat.operation(Act.CHANGE, "周期事项办理（演示）") as running:
        for item in running.session.get_one(Task, task_id).occurrences[:-_OPEN]:
            item.done_on, item.note = item.due, "检查 3 家，问题当场整改"
