"""The ways to all that can be done: search, menu and help, each listing what the page shown and the window offer now."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ui.desk.page import Page
from ui.pages import PAGES
from ui.shell.bars import TopBar
from ui.shell.commands import Commands
from ui.shell.help import HelpPanel
from ui.shell.menus import actions_of, make_menu
from ui.shell.palette import Offer, Palette


class Guide(QObject):
    """The window tells it which page is shown."""

    visit_asked = Signal(str, object)  # page key, subject
    search_asked = Signal(str)

    def __init__(self, commands: Commands, bar: TopBar, holder: QWidget, find: Callable[..., Any]) -> None:
        super().__init__(holder)
        self._commands, self._bar = commands, bar
        self._key = ""
        self._page: Page | None = None
        self._menu: QMenu | None = None
        self.palette = Palette(bar.search, holder, [entry.key for entry in PAGES], self._offer, find)
        self.palette.visit_asked.connect(self.visit_asked)
        self.palette.search_asked.connect(self.search_asked)
        self.help = HelpPanel()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self.palette.on_focus)
        commands.search.triggered.connect(self.palette.open)
        commands.help.triggered.connect(self._on_help)
        commands.menu.triggered.connect(self._on_menu)

    def show_page(self, key: str, page: Page) -> None:
        """This page is the one shown now."""
        self._key, self._page = key, page
        if not self.help.isHidden():
            self._fill_help()

    @property
    def menu(self) -> QMenu | None:
        """The menu opened last."""
        return self._menu

    def _offer(self) -> Offer:
        found = [found.action for found in actions_of(self._page) if found.usable] if self._page is not None else []
        return Offer(self._commands.pages, found + [action for action in self._commands.others if action.isEnabled()])

    @Slot()
    def _on_menu(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = make_menu(self._bar, self._page, self._commands)
        self._menu.popup(self._bar.menu.mapToGlobal(QPoint(0, self._bar.menu.height())))
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._menu, down)  # marks the first entry; setActiveAction would open it, too

    @Slot()
    def _on_help(self) -> None:
        if not self.help.isHidden():
            self.help.close_panel()
        elif self._page is not None:
            self._fill_help()
            self.help.open()

    def _fill_help(self) -> None:
        assert self._page is not None
        everywhere = [*self._commands.others, self._commands.menu, *self._commands.pages]
        self.help.show_help(self._key, self._page.TITLE, [found.action for found in actions_of(self._page)], everywhere)
