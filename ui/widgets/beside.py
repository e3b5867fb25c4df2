"""A list with its record's card: side by side where there is room, one above the other or in turn where there is not."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.theme import scaled
from ui.widgets.scrolled import Roomy

_WIDE = 992  # px at 100 % from which they stand side by side (1200 px of window)
_ROOM = 400  # px at 100 % high, below which the card stands in place of the list
_CARD = 460  # px at 100 % a card is wide at most beside the list


class Beside(QSplitter):
    """The list, and the card while it is shown."""

    def __init__(self, listing: QWidget, card: QWidget) -> None:
        super().__init__()
        self._listing, self._card = listing, Roomy(card)
        self._above: list[QWidget] = []  # of the list
        self.setChildrenCollapsible(False)
        self.addWidget(listing)
        self.addWidget(self._card)
        self.setStretchFactor(0, 1)
        self._card.hide()

    def put(self, card: QWidget) -> None:
        """Takes a card that was not built until now in place of the empty one."""
        self._card.takeWidget().deleteLater()
        self._card.hold(card)
        card.hide()

    def hold(self, *above: QWidget) -> None:
        """Takes what stands above the list and belongs to it: where the card stands in place of the list, it goes as well."""
        self._above += above

    @property
    def shows_list(self) -> bool:
        """Whether the list stands here, and not the card in its place."""
        return not self._listing.isHidden()

    def show_card(self, shown: bool) -> None:
        """Shows the card with the list or leaves the list alone."""
        if shown == self._card.isHidden():
            self._card.setVisible(shown)
            self._card.widget().setVisible(shown)
            self._show_list(True)
            self._lay_out()

    def _lay_out(self) -> None:
        if self._card.isHidden():
            return
        beside = self.width() >= scaled(_WIDE)
        self.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self.insertWidget(1 if beside else 0, self._card)
        length = self.width() if beside else self.height()
        gone = sum(above.sizeHint().height() for above in self._above if above.isHidden())
        self._show_list(beside or length - gone >= scaled(_ROOM))
        card = min(scaled(_CARD), length // 2) if beside else length * 3 // 5
        self.setSizes([length - card, card] if beside else [card, length - card])

    def _show_list(self, shown: bool) -> None:
        for widget in (self._listing, *self._above):
            widget.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
