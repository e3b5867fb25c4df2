"""The tasks as the form of the checklist shows them."""

from huajie_desktop.work.task_ledger import TASKS
from ui.forms.sources import LedgerSource


class TaskSource(LedgerSource):
    """Tasks are called by their titles, and one entered after another mostly says the same of a few fields."""

    carried = ("category", "unit", "lead")
    by_name = True
    gone = "这项任务已经不在清单里，保存后是一项新任务。"

    def __init__(self) -> None:
        super().__init__(TASKS, "checklist")
        self.where = {}  # the page shows nothing else
