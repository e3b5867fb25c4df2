"""The two commands that make the letters larger and smaller, on every page and on one that stands alone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.shell.commands import Commands
from ui.theme import show_theme_at, text_size

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
        percent = text_size() + (10 if self.sender() is self._commands.larger else -10)
        window = self._window
        if window.desk is None or not window.current:  # a page alone, perhaps before there is a folder to remember it in
            show_theme_at(percent)
        elif window.may_leave(""):
            window.desk.show_text_at(percent)
