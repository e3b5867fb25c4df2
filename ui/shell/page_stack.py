"""The pages on top of each other, each built on its first visit."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.desk.page import Page
from ui.pages import PAGES, make_page

if TYPE_CHECKING:
    from ui.desk.desk import Desk


class PageStack(QStackedWidget):
    """Pages by their keys, and now and then a widget alone in their place."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self.shut = ""  # the page a job was started from, until it has ended

    def page_now(self, key: str, desk: "Desk") -> Page:
        """A page as things are now: built if it was never visited, filled anew after a change."""
        if key not in self.pages:
            self.pages[key] = make_page(next(entry for entry in PAGES if entry.key == key), desk)
            self.addWidget(self.pages[key])
            self._stale.add(key)
        if key in self._stale and desk.ask(partial(self._refresh, key)):
            self._stale.discard(key)
        return self.pages[key]

    def _refresh(self, key: str) -> bool:
        self.pages[key].refresh(None)
        return True

    def let_age(self, shown: str) -> None:
        """Something changed: all pages but the one shown are filled anew when they are next visited."""
        self._stale = set(self.pages) - {shown}

    def shut_page(self, key: str) -> None:
        """Lets nothing be done on a page while a job works for it; the others are there to be read."""
        if key in self.pages:
            self.shut = key
            self.pages[key].setEnabled(False)

    def open_page(self) -> str:
        """Opens what was shut, and says which page it is; "" for none."""
        key, self.shut = self.shut, ""
        if key in self.pages:
            self.pages[key].setEnabled(True)
        return key

    def show_alone(self, widget: QWidget) -> None:
        """Shows a widget that is no page."""
        self.addWidget(widget)
        self.setCurrentWidget(widget)
        widget.setFocus()

    def free(self, alone: QWidget | None) -> None:
        """Frees what was shown alone; pages stay."""
        if alone is not None and alone not in self.pages.values():
            self.removeWidget(alone)
            alone.deleteLater()
