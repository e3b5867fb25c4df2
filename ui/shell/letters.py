"""The two commands that make the letters larger and smaller, on every page and on one that stands alone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.shell.commands import Commands
from ui.widgets.rescaling import ask_size, wanted_size

if TYPE_CHECKING:
    from ui.shell.window import Window


class Letters(QObject):
    """Ten per cent at a time."""

    def __init__(self, window: "Window", commands: Commands) -> None:
        super().__init__(window)
        self._window, self._commands = window, commands
        commands.larger.triggered.connect(self._on_size)
        commands.smaller.triggered.connect(self._on_size)

    @Slot()
    def _on_size(self) -> None:
        percent = wanted_size() + (10 if self.sender() is self._commands.larger else -10)
        if self._window.desk is None:  # perhaps before there is a folder to remember it in
            ask_size(percent)
        else:
            self._window.desk.show_text_at(percent)
