"""What an empty list says: what to do first, and the button to do it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import pixmap, scaled
from ui.widgets.building import make_label, upright
from ui.widgets.buttons import ActionButton

_LEAST, _MOST = 160, 520  # px at 100 % of the hint; the least a list can be, and what reads well

_HIGH = 160  # px at 100 % from which there is room for the picture


class EmptyState(QWidget):
    """A hint in the middle of an empty list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = make_label()
        self._heading = make_label(name="groupTitle")
        self._hint = make_label(name="quiet", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = upright(self, spacing=8)
        self._column.addStretch(2)
        for widget in (self._picture, self._heading, self._hint):
            self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(3)
        self._button: ActionButton | None = None

    def say(self, heading: str, hint: str, action: QAction | None = None, picture: str = "list") -> None:
        """Shows a heading, what to do, and a button for it."""
        self._picture.setPixmap(pixmap(picture, "disabled", 32))
        self._heading.setText(heading)
        self._hint.setText(hint)
        self._fit()
        if self._button is not None:
            self._column.removeWidget(self._button)
            self._button.deleteLater()
            self._button = None
        if action is not None:
            self._button = ActionButton(action)
            self._column.insertWidget(4, self._button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _fit(self) -> None:
        self._picture.setVisible(self.height() >= scaled(_HIGH))
        width = max(scaled(_LEAST), min(scaled(_MOST), self.width() - scaled(32)))
        self._hint.setFixedWidth(width)
        self._hint.setMinimumHeight(max(0, self._hint.heightForWidth(width)))  # the column would give it too little

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(_LEAST + 32), super().minimumSizeHint().height())  # not the width the hint happens to have

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
