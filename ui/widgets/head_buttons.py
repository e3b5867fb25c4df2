"""The buttons beside a title: where they have too little room, those less used fold into 更多."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.theme import icon
from ui.widgets.building import FLUSH, flowing
from ui.widgets.buttons import ActionButton


class HeadButtons(QWidget):
    """Holds the buttons in one line; in further lines only where not even folding helps."""

    def __init__(self) -> None:
        super().__init__()
        self._line = flowing(self, FLUSH, 8)
        self._buttons: list[tuple[ActionButton, bool]] = []
        self._room = 0
        self._more = QPushButton("更多")
        self._more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
        self._more.setProperty("kind", "plain")
        self._more.setIcon(icon("down"))
        self._more.setToolTip("这一页还能做的事")
        self._more.clicked.connect(self._on_more)
        self._more.hide()
        self._line.addWidget(self._more)

    def add(self, button: ActionButton, *, folds: bool) -> None:
        """Adds a button behind the others; one that `folds` gives way first."""
        self._line.addWidget(button)
        self._buttons.append((button, folds))
        button.action.changed.connect(self._refold)

    def fold(self, room: int) -> None:
        """Shows as many as stand in so many px, folding the last of those that give way first."""
        self._room = room
        self._refold()

    @Slot()
    def _refold(self) -> None:
        shown = [button for button, _folds in self._buttons if button.wanted]
        giving = [button for button, folds in self._buttons if folds and button.wanted]
        width = {button: button.sizeHint().width() + self._line.spacing() for button in shown}
        needed, more = sum(width.values()), self._more.sizeHint().width() + self._line.spacing()
        folded: list[ActionButton] = []
        while giving and self._room and needed + (more if folded else 0) > self._room:
            folded.append(giving.pop())
            needed -= width[folded[-1]]
        for button, _folds in self._buttons:
            button.fold(button in folded)
        self._more.setVisible(bool(folded))
        self.setVisible(bool(shown))

    @Slot()
    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.addActions([button.action for button, _folds in self._buttons if button.wanted and button.isHidden()])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
