"""The list of tasks: its filters, what stands beside a task's form, what an empty checklist says."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.desk.desk import Desk
from ui.lists.record_list import RecordList
from ui.pages.checklist.task_filters import TaskFilters
from ui.pages.checklist.task_source import TaskSource
from ui.record_parts.attachments_part import AttachmentsPart
from ui.record_parts.course_part import CoursePart
from ui.record_parts.follow_ups_part import FollowUpsPart
from ui.record_parts.light_part import LightPart
from ui.record_parts.occurrences_part import OccurrencesPart
from ui.record_parts.progress_part import ProgressPart
from ui.record_parts.queries_part import QueriesPart
from ui.record_parts.versions_part import HistoryPart

_PARTS = {
    "附件": AttachmentsPart, "周期": OccurrencesPart, "疑问": QueriesPart, "历史": HistoryPart, "进度": ProgressPart,
    "跟进": FollowUpsPart, "办理": CoursePart, "亮灯": LightPart,
}  # fmt: skip
_SPARE = ("responsible", "investment", "category", "number")
_EMPTY = ("清单还是空的", "先导入各村报来的表格，或者自己录入第一项任务。")


def task_list(desk: Desk, page: QWidget, new: QAction) -> RecordList:
    """All tasks, by their units; the keys of the filters count on the whole page."""
    return RecordList(
        desk, TaskSource(), TaskFilters(desk, page), new, _PARTS,
        sort="", spare=_SPARE, empty=_EMPTY, group_tip="按单位、类别、领导等分组，带小计",
    )  # fmt: skip
