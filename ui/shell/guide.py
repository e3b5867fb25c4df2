"""The ways to all that can be done: search, menu and help, each listing what the page shown and the window offer now."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ui.desk.page import Page
from ui.pages import PAGES
from ui.shell.bars import TopBar
from ui.shell.commands import Commands
from ui.shell.menus import actions_of, make_menu, others_beside
from ui.shell.trail import Trail
from ui.widgets.building import as_caption

if TYPE_CHECKING:
    from ui.shell.help import HelpPanel
    from ui.shell.palette import Offer, Palette


class Guide(QObject):
    """The window tells it which page is shown."""

    visit_asked = Signal(str, object)  # page key, subject
    search_asked = Signal(str)

    def __init__(self, commands: Commands, bar: TopBar, beside: QWidget, holder: QWidget, find: Callable[..., Any]) -> None:
        """Help will stand in `beside`, at the right of the page."""
        super().__init__(holder)
        self._commands, self._bar, self._beside, self._holder, self._find = commands, bar, beside, holder, find
        self._key = ""
        self._page: Page | None = None
        self._menu: QMenu | None = None
        self.palette: Palette
        self.help: HelpPanel
        self._recent: list[QAction] = []
        self.trail = Trail(self, commands)
        self.trail.visit_asked.connect(self.visit_asked)
        commands.help.triggered.connect(self._on_help)
        commands.menu.triggered.connect(self._on_menu)

    def _make(self) -> None:
        """Search and help, which nobody needs before there is a page, and the first paint least of all."""
        from ui.shell.help import HelpPanel
        from ui.shell.palette import Palette

        self.palette = Palette(self._bar.search, self._holder, [entry.key for entry in PAGES], self._offer, self._find)
        self.palette.visit_asked.connect(self.visit_asked)
        self.palette.search_asked.connect(self.search_asked)
        self.help = HelpPanel()
        if (layout := self._beside.layout()) is not None:
            layout.addWidget(self.help)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self.palette.on_focus)
        self._commands.search.triggered.connect(self.palette.open)

    def show_page(self, key: str, page: Page) -> None:
        """This page is the one shown now."""
        if self._page is None:
            self._make()
        self._key, self._page = key, page
        self.trail.show_page(key, page)
        if not self.help.isHidden():
            self._fill_help()

    def take_room(self) -> None:
        """The window has another size: so has the help beside the page."""
        if self._page is not None:
            self.help.take_room()

    @property
    def menu(self) -> QMenu | None:
        """The menu opened last."""
        return self._menu

    def _offer(self) -> "Offer":
        from ui.shell.palette import Offer

        found = [found.action for found in actions_of(self._page) if found.usable] if self._page is not None else []
        others = others_beside(self._page, self._commands)
        return Offer(self._commands.pages, found + [action for action in others if action.isEnabled()])

    def _lately(self) -> list[QAction]:
        """An action for each of the records opened last, which goes there."""
        for action in self._recent:
            action.deleteLater()
        self._recent = []
        from ui.shell.palette import entry_of

        for entry in map(entry_of, self._find("", 0) if self._page is not None else ()):
            self._recent.append(QAction(as_caption(" · ".join(filter(None, (entry.title, entry.detail)))), self))
            self._recent[-1].setData(entry.target)
            self._recent[-1].triggered.connect(self._on_recent)
        return self._recent

    @Slot()
    def _on_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.visit_asked.emit(*action.data())

    @Slot()
    def _on_menu(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = make_menu(self._bar, self._page, self._commands, self._lately())
        self._menu.popup(self._bar.menu.mapToGlobal(QPoint(0, self._bar.menu.height())))
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._menu, down)  # marks the first entry; setActiveAction would open it, too

    @Slot()
    def _on_help(self) -> None:
        if self._page is None:
            return
        if not self.help.isHidden():
            self.help.close_panel()
        else:
            self._fill_help()
            self.help.open()

    def _fill_help(self) -> None:
        assert self._page is not None
        everywhere = [*self._commands.others, self._commands.menu, *self._commands.pages]
        self.help.show_help(self._key, self._page.TITLE, [found.action for found in actions_of(self._page)], everywhere)
