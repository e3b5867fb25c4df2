"""Buttons: each one shows an action, so that button, menu and shortcut never say different things."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ui.theme import icon, scaled
from ui.widgets.building import as_tip

WINDOW = Qt.ShortcutContext.WindowShortcut
INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
ALONE = Qt.ShortcutContext.WidgetShortcut  # in the very widgets that have the action, such as a table with it in its menu
STEP = QEvent.Type(QEvent.registerEventType())  # sent to the window before a step is taken there
_KEYS = {
    "Return": "回车",
    "Space": "空格",
    "Backspace": "退格",
    "PgDown": "PgDn",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
}


def take_step(part: QWidget) -> None:
    """Tells the window of a part that the clerk goes on: what was said of the step before no longer stands."""
    QApplication.sendEvent(part.window(), QEvent(STEP))


class _Action(QAction):
    """An action that is a step in the window its part belongs to."""

    def __init__(self, picture: QIcon, text: str, owner: QObject) -> None:
        super().__init__(picture, text, owner)
        self.triggered.connect(self._on_triggered)  # first of all, so that what the step says stands afterwards

    @Slot()
    def _on_triggered(self) -> None:
        owner = self.parent()
        if isinstance(owner, QWidget):
            take_step(owner)


def add_action(
    owner: QObject, text: str, keys: str, picture: str, tip: str, slot: Any, *, context: Qt.ShortcutContext = INSIDE
) -> QAction:
    """A new action of a part with icon, keys and tip; `context` says where the focus must be for the keys to count."""
    action = _Action(icon(picture) if picture else QIcon(), text, owner)
    action.setProperty("picture", picture)
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(context)
    action.setStatusTip(tip)
    action.triggered.connect(slot)
    if isinstance(owner, QWidget):
        owner.addAction(action)
    return action


class ActionButton(QPushButton):
    """A push button for an action; kinds: "" (usual), primary (one a page), plain, link."""

    def __init__(self, action: QAction, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action, self._shown, self._folded = action, True, False
        picture = action.property("picture")
        self.setIcon(icon(picture, "surface") if picture and kind == "primary" else action.icon())
        self.setProperty("kind", kind)
        self.setIconSize(QSize(scaled(18), scaled(18)))
        self.setAutoDefault(False)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        action = self._action
        self.setText(f" {action.text()}" if not self.icon().isNull() else action.text())  # room between icon and word
        self.setToolTip(as_tip(tip_of(action)))
        self.setEnabled(action.isEnabled())
        if action.isVisible() != self._shown:  # a button without a parent must not be shown: it would be a window
            self._shown = action.isVisible()
            self._show()

    @property
    def action(self) -> QAction:
        """What it does."""
        return self._action

    @property
    def wanted(self) -> bool:
        """Whether there is anything to be done with it."""
        return self._shown

    def fold(self, folded: bool) -> None:
        """Hides it where its action is offered elsewhere."""
        if folded != self._folded:
            self._folded = folded
            self._show()

    def _show(self) -> None:
        self.setVisible(self._shown and not self._folded)


def tip_of(action: QAction) -> str:
    """The tool tip of an action with its shortcut behind."""
    keys = worded_keys(action)
    tip = action.statusTip() or action.text()
    return f"{tip}（{keys}）" if keys else tip


def worded_keys(action: QAction) -> str:
    """The keys of an action as they are called here: Ctrl+回车."""
    return "、".join(_worded(shortcut.toString()) for shortcut in action.shortcuts())


def _worded(keys: str) -> str:
    *held, last = keys.split("+") if not keys.endswith("+") else [*keys[:-2].split("+"), "+"]
    return "+".join(filter(None, (*held, _KEYS.get(last, last))))
