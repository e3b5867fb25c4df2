"""What every page is: a title with its buttons, a body, and when it is filled anew."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import scaled
from ui.widgets.building import flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.elided import ElidedLabel
from ui.widgets.head_buttons import HeadButtons
from ui.widgets.scrolled import Roomy

if TYPE_CHECKING:
    from db.journal import Changes
    from ui.desk.desk import Desk

MARGIN = 24  # px at 100 % between a page and its edge


class Page(QWidget):
    """One page of the window; built on its first visit, refreshed when shown after a change."""

    TITLE = ""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.title = make_label(self.TITLE, "pageTitle")
        self.subtitle = ElidedLabel(name="quiet")
        self._buttons = HeadButtons()
        self.body = upright(spacing=8)
        self._arrange()

    def _arrange(self) -> None:
        header, inside = flowing(spacing=12), QWidget()
        self.title.setMinimumHeight(scaled(36))
        put(header, self.title, (self.subtitle, 1), (self._buttons, 0))
        inside.setObjectName("pageBody")
        inside.setLayout(self.body)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._header = header
        put(upright(self, (MARGIN, 16, MARGIN, 16), 12), header, (Roomy(inside), 1))

    def add_action(
        self, text: str, keys: str, picture: str, tip: str, slot: Any, button: str | None = None,
        *, context: Qt.ShortcutContext = WINDOW,
    ) -> QAction:  # fmt: skip
        """A new action of this page, whose keys count everywhere unless said; with `button` also one beside the title."""
        action = add_action(self, text, keys, picture, tip, slot, context=context)
        if button is not None:
            self.add_button(action, button)
        return action

    def add_button(self, action: QAction, kind: str) -> None:
        """A button for an action beside the title; kinds as of ActionButton."""
        self._buttons.add(ActionButton(action, kind), folds=kind == "plain")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.title.sizeHint().width() + self.subtitle.minimumSizeHint().width() + 2 * self._header.spacing()
        self._buttons.fold(self.width() - 2 * scaled(MARGIN) - beside)

    def refresh(self, changes: "Changes | None") -> None:
        """Fills the page anew; `changes` says what one operation touched, None that anything may have changed."""

    def show_subject(self, subject: Any) -> None:
        """Shows what another page or the search sent the clerk here for."""

    def may_leave(self) -> bool:
        """Whether the clerk agrees to go elsewhere; asks if something typed would be lost."""
        return True

    def may_close(self) -> bool:
        """Whether the window may be closed; asked of every page that was built, shown or not."""
        return True
