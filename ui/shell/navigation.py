"""The navigation on the left: icon, word and count of every page."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QWidget

from ui.pages import PageEntry
from ui.theme import CAPTION, colour, font, pixmap, scaled
from ui.widgets.building import FLUSH, as_tip, upright
from ui.widgets.scrolled import Roomy

_WIDTH, _HEIGHT, _LEAST = 152, 40, 28  # px at 100 %


class Navigation(QFrame):
    """One button a page; the selected page is the only place with the accent beside the primary button."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[PageEntry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self._buttons = {entry.key: NavigationButton(entry) for entry in entries}
        self._group = QButtonGroup(self)
        inside = QWidget()
        inside.setObjectName("navigation")
        column = upright(inside, (0, 12, 0, 12))
        column.setSpacing(2)
        self._rows = rows = Roomy(inside)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        upright(self, FLUSH).addWidget(rows)
        for button in self._buttons.values():
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch(1)
        self.setFixedWidth(scaled(_WIDTH))
        self._group.buttonClicked.connect(self._on_clicked)

    def select(self, key: str) -> None:
        """Marks a page as the one shown."""
        self._buttons[key].setChecked(True)
        self._rows.ensureWidgetVisible(self._buttons[key])

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Shows a number beside pages, by key; none for 0."""
        for key, button in self._buttons.items():
            button.show_count(counts.get(key, 0))

    @Slot(QAbstractButton)
    def _on_clicked(self, button: "NavigationButton") -> None:
        self.chosen.emit(button.key)


class NavigationButton(QAbstractButton):
    """One entry, drawn by hand: a bar at the left and the accent when selected."""

    def __init__(self, entry: PageEntry) -> None:
        super().__init__()
        self.key = entry.key
        self._picture = entry.picture
        self._count = 0
        self.setText(entry.word)
        self.setToolTip(as_tip(f"{entry.word}（{entry.keys}）"))
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(scaled(_HEIGHT))

    def show_count(self, count: int) -> None:
        """The number at the right end, nothing for 0."""
        self._count = count
        self.setAccessibleName(f"{self.text()} {count}" if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(_WIDTH), scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, scaled(_LEAST))

    def enterEvent(self, _event: object) -> None:
        self.update()

    def leaveEvent(self, _event: object) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tint = "disabled" if not self.isEnabled() else "accent" if self.isChecked() else "text"
        if self.isChecked():
            painter.fillRect(self.rect(), colour("surface"))
            painter.fillRect(QRect(0, 0, scaled(3), self.height()), colour("accent"))
        elif self.underMouse() or self.hasFocus():
            painter.fillRect(self.rect(), colour("hover"))
        if self.hasFocus():
            painter.setPen(colour("text"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        side = scaled(20)
        picture = pixmap(self._picture, "quiet" if tint == "text" else tint)
        painter.drawPixmap(QRect(scaled(18), (self.height() - side) // 2, side, side), picture)
        painter.setPen(colour(tint))
        painter.setFont(font(bold=self.isChecked()))
        words = self.rect().adjusted(scaled(48), 0, -scaled(14), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._count:
            painter.setPen(colour("quiet"))
            painter.setFont(font(CAPTION))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._count))
