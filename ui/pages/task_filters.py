"""The filters above a list of tasks: search, unit, category, deadline; the count of hits beside them."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from huajie_desktop import office
from huajie_desktop.checklist import DUE_FILTERS, TaskFilter
from ui.desk import Desk
from ui.theme import icon, scaled
from ui.widgets.buttons import ActionButton
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip

_PAUSE = 150  # ms without a key before the list is searched


class TaskFilters(QWidget):
    """What part of the checklist the clerk looks at."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.wanted = TaskFilter()
        self.search = QLineEdit()
        self.search.setPlaceholderText("名称、村、人、编号或拼音首字母")
        self.search.setToolTip("按文字或拼音首字母找，如 nz 找倪宅（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(scaled(280))
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._on_typed)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._on_searched)
        self._chips = {"unit_id": Chip("单位"), "category_id": Chip("类别"), "due": Chip("时限")}
        for chip in self._chips.values():
            chip.chosen.connect(self._on_chosen)
        self._chips["due"].set_choices([Choice(key, word) for key, word in DUE_FILTERS.items()])
        self.clear_action = QAction("清除条件", self)
        self.clear_action.setStatusTip("看全部任务")
        self.clear_action.setShortcut(QKeySequence("Ctrl+Shift+F"))
        self.clear_action.triggered.connect(self.clear)
        self._hits = QLabel()
        self._hits.setObjectName("quiet")
        self._arrange(parent)

    def _arrange(self, page: QWidget) -> None:
        find = QAction("搜索", page)
        find.setShortcut(QKeySequence("Ctrl+F"))
        find.triggered.connect(self._on_find)
        page.addAction(find)
        page.addAction(self.clear_action)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(scaled(8))
        line.addWidget(self.search)
        for chip in self._chips.values():
            line.addWidget(chip)
        self._clear = ActionButton(self.clear_action, "link")
        line.addWidget(self._clear)
        line.addStretch(1)
        line.addWidget(self._hits)
        self.clear_action.setVisible(False)

    def load_choices(self) -> None:
        """Reads the units and categories there are to choose from."""
        with self._desk.reading() as session:
            self._chips["unit_id"].set_choices([Choice(unit.id, unit.name, unit.search) for unit in office.units(session)])
            categories = office.categories(session)
            self._chips["category_id"].set_choices([Choice(item.id, item.name, item.search) for item in categories])

    def set_wanted(self, wanted: TaskFilter) -> None:
        """Shows a filter and announces it."""
        self.wanted = wanted
        self.search.blockSignals(True)
        self.search.setText(wanted.text)
        self.search.blockSignals(False)
        for name, chip in self._chips.items():
            chip.set_value(getattr(wanted, name))
        self._announce()

    def show_hits(self, hits: int, selected: int) -> None:
        """Says how many tasks are listed and how many of them are selected."""
        self._hits.setText(f"共 {hits} 项，已选 {selected} 项" if selected > 1 else f"共 {hits} 项")

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the state narrows the list."""
        return replace(self.wanted, state=None) != TaskFilter()

    @Slot()
    def clear(self) -> None:
        """Takes all conditions away but the state."""
        self.set_wanted(TaskFilter(state=self.wanted.state))

    def _announce(self) -> None:
        self.clear_action.setVisible(self.narrowed)
        self.changed.emit()

    @Slot()
    def _on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._pause.start()

    @Slot()
    def _on_searched(self) -> None:
        self.wanted = replace(self.wanted, text=self.search.text().strip())
        self._announce()

    @Slot(object)
    def _on_chosen(self, _value: object) -> None:
        values: dict[str, Any] = {name: chip.value for name, chip in self._chips.items()}
        self.wanted = replace(self.wanted, **values)
        self._announce()
