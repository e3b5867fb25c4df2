"""The list of tasks with what stands above it: states, filters, the columns each person chose, groups with subtotals."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.choices import STATES
from huajie_desktop.records.grouping import grouping_keys, groups_of
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import columns_of, record_lines
from huajie_desktop.records.registers import TASKS
from huajie_desktop.work import checklist
from ui.desk.desk import Desk
from ui.lists.columns import ChosenColumns
from ui.lists.filters import Chip, Tabs
from ui.lists.inplace import CellsInPlace
from ui.lists.rows import record_cell
from ui.lists.tables import ListTable
from ui.pages.checklist.task_filters import TaskFilters
from ui.pages.checklist.task_source import TaskSource
from ui.theme import scaled
from ui.widgets.buttons import ActionButton
from ui.widgets.choice import Choice

_SPARE = ("responsible", "investment", "category", "number")


class TaskList(QWidget):
    """All tasks, or those the filters let through; the page has the actions and the card beside."""

    chosen = Signal()  # the selection changed

    def __init__(self, desk: Desk, page: QWidget, new: QAction) -> None:
        super().__init__()
        self.setAccessibleName("列表")
        self._desk, self._new = desk, new
        self._sort = ("", False)
        self.tabs = Tabs({None: "全部", **STATES})
        self.tabs.chosen.connect(self._on_tab)
        self.groups = Chip("分组")
        self.groups.set_choices([Choice(key, label) for key, label in grouping_keys(TASKS).items()])
        self.groups.chosen.connect(self.reload)
        self.filters = TaskFilters(desk, page)
        self.filters.changed.connect(self.reload)
        self.table = ListTable("tasks", columns_of(TASKS), self.fetch, record_cell, desk.preferences, spare=_SPARE)
        self.table.chosen.connect(self._on_chosen)
        self.table.sorted.connect(self._on_sorted)
        self.columns = ChosenColumns(desk, TASKS, self.table, _SPARE)
        self.in_place = CellsInPlace(desk, TaskSource(), self.table)
        self.addAction(self.in_place.action)
        choose = self._action("选择列", "Ctrl+L", "选择列表显示哪些列，排好次序", self.columns.choose)
        self._action("分组", "Ctrl+U", "按单位、类别、领导等分组，带小计", self.groups.click)
        self._action("折叠全部组", "Ctrl+Shift+G", "折叠全部组，只看小计；再按一次展开", self._on_fold)
        top = QHBoxLayout()
        top.setSpacing(scaled(8))
        top.addWidget(self.tabs, 1)
        top.addWidget(self.groups)
        top.addWidget(ActionButton(choose, "plain"))
        self.above = QVBoxLayout()
        self.above.setSpacing(scaled(8))
        self.above.addLayout(top)
        self.above.addWidget(self.filters)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def _action(self, text: str, keys: str, tip: str, slot: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setStatusTip(tip)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def load(self) -> None:
        """Reads everything anew."""
        self.filters.load_choices()
        self.columns.load()
        self.reload()

    def show_wanted(self, wanted: checklist.TaskFilter) -> None:
        """Shows what another page sent the clerk here for."""
        self.tabs.select(wanted.state)
        self.filters.set_wanted(wanted)

    def fetch(self, ids: Sequence[int]) -> list[Line]:
        """The lines of those tasks in the chosen columns."""
        with self._desk.reading() as session:
            return record_lines(session, TASKS, ids, self.columns.keys)

    @property
    def ids(self) -> list[int]:
        """All tasks the filters let through, in the order of the list."""
        return self.table.ids

    @Slot()
    def reload(self) -> None:
        """Reads which tasks are listed."""
        wanted, today, group = self.filters.wanted, self._desk.today, self.groups.value
        with self._desk.reading() as session:
            ids = checklist.task_ids(session, wanted, *self._sort, today=today, group=str(group or ""))
            groups = groups_of(session, TASKS, checklist.wanted_of(wanted, today), str(group)) if group else ()
            counts = checklist.state_counts(session, wanted, today=today)
        self.tabs.select(wanted.state)
        self.tabs.show_counts({None: counts["all"], **counts})
        if self.filters.narrowed or wanted.state:
            self.table.empty.say("没有符合条件的任务", "换一个条件，或者清除条件看全部。", self.filters.clear_action, "search")
        else:
            self.table.empty.say("清单还是空的", "先导入各村报来的表格，或者自己录入第一项任务。", self._new)
        self.table.show_ids(ids, groups)

    @Slot(object)
    def _on_tab(self, state: str | None) -> None:
        self.filters.set_state(state)

    @Slot()
    def _on_fold(self) -> None:
        self.table.fold_all(not self.table.folded)

    @Slot(str, bool)
    def _on_sorted(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self.reload()

    @Slot()
    def _on_chosen(self) -> None:
        self.filters.show_hits(self.table.count, len(self.table.selected_ids()))
        self.chosen.emit()
