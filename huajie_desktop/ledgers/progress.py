"""月度进展台账: what units report of their tasks month by month; each row belongs to a task of the checklist."""

from db.ledgers.progress import Progress
from huajie_desktop.declared.reports import reports_on
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.work.ticking import ticks

LEDGER = reports_on(
    TASKS,
    Progress,
    key="progress",
    title="月度进展台账",
    title_words=("进展", "进度情况", "推进情况", "完成情况", "落实情况"),
    rules=ticks(TASKS, Progress),
)
