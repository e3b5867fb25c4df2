"""The menu of the window: made anew at each opening from the actions there are, so that none can be missing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

from ui.desk.page import Page
from ui.shell.commands import Commands
from ui.theme import icon
from ui.widgets.building import as_caption, as_tip
from ui.widgets.buttons import ALONE, tip_of, worded_keys

_INNER = (QLineEdit, QPlainTextEdit, QTextEdit, QMenu)  # widgets with actions of Qt's own
_OTHERS = "其他"
_PRESSED = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)  # of keys that are somebody's shortcut only the latter is seen


class Reachable(NamedTuple):
    """An action of a page with the part of the page it belongs to."""

    action: QAction
    owner: QWidget
    heading: str

    @property
    def usable(self) -> bool:
        """Whether it can be done now: an action of a part that is out of sight cannot."""
        return self.action.isEnabled() and self.action.isVisible() and self.owner.isVisible()


def actions_of(page: Page) -> Iterator[Reachable]:
    """Every action of the page, its own first, then those of its parts."""
    own = page.actions()
    yield from (Reachable(action, page, page.TITLE) for action in own)
    for action in page.findChildren(QAction):
        owner = action.parent()
        if isinstance(owner, QWidget) and not isinstance(owner, _INNER) and action not in own:
            yield Reachable(action, owner, _heading(owner, page))


def _heading(owner: QWidget, page: Page) -> str:
    part: QObject | None = owner
    while isinstance(part, QWidget) and part is not page:
        if name := part.accessibleName():
            return name
        part = part.parent()
    return _OTHERS


def make_menu(parent: QWidget, page: Page | None, commands: Commands, recent: Sequence[QAction] = ()) -> QMenu:
    """A menu of what the page and the window can do, and of the records opened last; what cannot be done now is grey."""
    menu = _menu(parent, "菜单")
    parts: dict[str, QMenu] = {}
    for found in _each_once(actions_of(page)) if page is not None else ():
        if found.heading not in parts:
            parts[found.heading] = _menu(menu, found.heading)
            menu.addMenu(parts[found.heading])
        _enter(parts[found.heading], found.action, found.usable)
    places = _menu(menu, "转到")
    menu.addMenu(places)
    _enter_all(places, commands.pages)
    if recent:
        lately = _menu(menu, "最近打开")
        lately.addActions(list(recent))
        menu.addMenu(lately)
    menu.addSeparator()
    _enter_all(menu, others_beside(page, commands))
    return menu


def others_beside(page: Page | None, commands: Commands) -> list[QAction]:
    """What the window can do but for going about; without what the page means by the same keys."""
    usable = [found.action for found in actions_of(page) if found.usable] if page else []
    claimed = {keys.toString() for action in usable for keys in action.shortcuts()}
    waiting = {action for action in commands.others if action.shortcutContext() == ALONE}
    return [action for action in commands.others if action not in waiting or action.shortcut().toString() not in claimed]


def _each_once(actions: Iterable[Reachable]) -> Iterable[Reachable]:
    """Of several forms out of which one is in sight the actions are the same: they stand once, for the one in sight."""
    kept: dict[tuple[str, str, str], Reachable] = {}
    for found in actions:
        same = (found.heading, found.action.text(), worded_keys(found.action))
        if same not in kept or (found.usable and not kept[same].usable):
            kept[same] = found
    return kept.values()


def _menu(parent: QWidget, title: str) -> QMenu:
    made = QMenu(title, parent)
    made.setToolTipsVisible(True)
    return made


def _enter_all(menu: QMenu, actions: Sequence[QAction]) -> None:
    for action in actions:
        _enter(menu, action, action.isEnabled())


def _enter(menu: QMenu, action: QAction, usable: bool) -> None:
    # an entry of its own, not the action: in a menu that would make its keys work where its part of the page is hidden
    drawn = icon(action.property("picture")) if action.icon().isNull() and action.property("picture") else action.icon()
    entry = menu.addAction(drawn, f"{as_caption(action.text())}\t{worded_keys(action)}")
    entry.setToolTip(as_tip(tip_of(action)))
    entry.setEnabled(usable)
    entry.setCheckable(action.isCheckable())
    entry.setChecked(action.isChecked())
    entry.triggered.connect(action.trigger)


class AltKey(QObject):
    """Watches a window for Alt pressed and let go with nothing between; as a key alone it cannot be a shortcut."""

    pressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._armed = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _PRESSED and isinstance(event, QKeyEvent):
            others = event.modifiers() & ~Qt.KeyboardModifier.AltModifier
            self._armed = event.key() == Qt.Key.Key_Alt and not others
        elif kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            alone, self._armed = self._armed and event.key() == Qt.Key.Key_Alt, False
            if alone:
                self.pressed.emit()
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.FocusOut):
            self._armed = False
        return False
