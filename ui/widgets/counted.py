"""The switch for what figures count, the same wherever figures stand: a box to tick that shows a page's action."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox

from ui.widgets.building import as_tip
from ui.widgets.buttons import tip_of

WORD, KEYS, TIP = "只统计已确认", "Ctrl+Shift+Q", "勾选：数字只算已确认的；不勾选：草稿、待审核和退回的也算。对所有人有效"


class ActionBox(QCheckBox):
    """A box to tick for an action that is on or off; the action says so, the box only shows it."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action.text())
        action.setCheckable(True)
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.setToolTip(as_tip(tip_of(self._action)))
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
