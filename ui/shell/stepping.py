"""What the status bar offers and says: undo and redo, asking where later changes stand against it, and sums of rows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ui.shell.bars import StatusBar
from ui.shell.commands import Commands
from ui.widgets.dialogs import ask

if TYPE_CHECKING:
    from huajie_desktop.journal.history import LaterChanges
    from ui.desk.desk import Desk


class Stepping(QObject):
    """Takes the desk's last step back and forth."""

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window)
        self._window = window
        self._desk: Desk | None = None
        commands.undo.triggered.connect(self._on_undo)
        commands.redo.triggered.connect(self._on_redo)

    def follow(self, desk: "Desk") -> None:
        """The steps are this desk's from now on."""
        self._desk = desk
        desk.refused.connect(self._on_refused)
        desk.counted.connect(self._on_counted)

    def show_on(self, status: StatusBar) -> None:
        """Says on the status bar what can be undone and redone."""
        assert self._desk is not None
        undoable, redoable = self._desk.steps.undoable, self._desk.steps.redoable
        status.show_steps(undoable and undoable.label, redoable and redoable.label)

    @Slot()
    def _on_undo(self) -> None:
        if self._desk is not None:
            self._desk.undo()

    @Slot()
    def _on_redo(self) -> None:
        if self._desk is not None:
            self._desk.redo()

    @Slot(str)
    def _on_counted(self, words: str) -> None:
        bar = self._window.findChild(StatusBar)
        if bar is not None:
            bar.show_counted(words)

    @Slot(object)
    def _on_refused(self, refusal: "LaterChanges") -> None:
        assert self._desk is not None
        if ask(self._window, "要一并撤销之后的改动吗？", str(refusal), "一并撤销"):
            self._desk.undo_with_later()
