"""The ledger of monthly progress (月度进展): what a unit reports of each of its tasks, month by month."""

from sqlalchemy.orm import Mapped, mapped_column

from db.reports import Report
from db.types import key_to


class Progress(Report):
    """What one unit reports of one task for one month."""

    __tablename__ = "progress"
    TITLE = "月度进展"
    OF = "task_id"

    task_id: Mapped[int] = mapped_column(key_to("tasks.id"))
