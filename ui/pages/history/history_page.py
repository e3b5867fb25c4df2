"""History: everything that was done here, taking back an older step, and the recycle bin."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from huajie_desktop.journal import recycle_bin
from ui.desk.desk import Desk
from ui.desk.page import Page
from ui.desk.takeback import take_back
from ui.pages.history.bin_part import BinPart
from ui.pages.history.operations_part import OperationsPart
from ui.widgets.filters import Tabs
from ui.widgets.stack import Stack

BIN = "bin"


class HistoryPage(Page):
    """The operations, and what was deleted."""

    TITLE = "历史"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.switch = self.add_action("操作记录／回收站", "Ctrl+G", "history", "在操作记录和回收站之间切换", self._on_switch)
        self.undo = self.add_action("撤销这一步", "Ctrl+U", "undo", "把选中的这一步撤销，数据回到做它之前", self._on_undo, "")
        self.restore = self.add_action(
            "恢复", "Ctrl+Return", "undo", "把选中的记录连同附属内容放回原处", self._on_restore, "primary"
        )
        self.operations, self.bin = OperationsPart(desk), BinPart(desk)
        self.operations.table.set_menu([self.undo])
        self.operations.chosen.connect(self._on_chosen)
        self.bin.table.set_menu([self.restore])
        self.bin.chosen.connect(self._on_chosen)
        self.tabs = Tabs({None: "操作记录", BIN: "回收站"}, tips=False)
        self.tabs.chosen.connect(self._show)
        self._stack = Stack()
        self._stack.addWidget(self.operations)
        self._stack.addWidget(self.bin)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self._lay_open(None)

    def refresh(self, _changes: Changes | None) -> None:
        """Reads what is shown anew."""
        self._part.refresh()

    def show_subject(self, subject: Any) -> None:
        """A tab asked for by its key."""
        self._show(subject)

    @property
    def _part(self) -> OperationsPart | BinPart:
        return self.bin if self.tabs.key == BIN else self.operations

    @Slot(object)
    def _show(self, key: str | None) -> None:
        self._lay_open(key)
        self._part.refresh()
        self._part.setFocus()

    def _lay_open(self, key: str | None) -> None:
        self.tabs.select(key)
        self._stack.setCurrentWidget(self._part)
        self.setFocusProxy(self._part)
        self.undo.setVisible(key != BIN)
        self.restore.setVisible(key == BIN)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        line, selected = self.operations.line, self.bin.table.selected_ids()
        self.undo.setEnabled(self.tabs.key != BIN and line is not None and not line.undone and line.rows > 0)
        self.restore.setText(f"恢复 {len(selected)} 项" if len(selected) > 1 else "恢复")
        self.restore.setEnabled(self.tabs.key == BIN and bool(selected))

    @Slot()
    def _on_switch(self) -> None:
        self._show(None if self.tabs.key == BIN else BIN)

    @Slot()
    def _on_undo(self) -> None:
        if (line := self.operations.line) is not None:
            take_back(self.desk, self, line.id, line.label)

    @Slot()
    def _on_restore(self) -> None:
        ids = self.bin.table.selected_ids()
        done = f"已恢复 {len(ids)} 项。恢复也可以撤销（Ctrl+Z）。"
        self.desk.do_many(f"从回收站恢复 {len(ids)} 项", recycle_bin.restore_deleted, ids, done=done)
