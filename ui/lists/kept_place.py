"""Where a list was left: its filters, order and groups, the selected rows and the cursor; there again after a restart."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Slot

from huajie_desktop.errors import Problem
from huajie_desktop.settings import habit, keep_habit
from ui.desk.desk import Desk
from ui.lists.tables import ListTable

_PAUSE = 1000  # ms after a change of the filters until they are kept
_MOST = 2000  # selected records that are kept for the next start


class Placed(Protocol):
    """A list as this sees it."""

    table: ListTable

    def way(self) -> dict[str, Any]:
        """How it is looked at, in plain values."""

    def take_way(self, way: Mapping[str, Any]) -> None:
        """Looks at it so, reading nothing yet."""


class KeptPlace(QObject):
    """Keeps it for the person at the desk: at once within the sitting, with the data for the next one."""

    def __init__(self, desk: Desk, listing: Placed, name: str) -> None:
        """`name` tells lists apart."""
        super().__init__(listing.table)
        self._desk, self._listing, self._name = desk, listing, f"place/{name}"
        self._rows: Mapping[str, Any] = {}  # what is to be selected once the rows are there
        self._known = False
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.keep)
        desk.leaving.connect(self.keep)

    def find(self) -> None:
        """Takes up how the list was left, the first time it is filled."""
        if self._known:
            return
        self._known = True
        kept = self._desk.kept.get(self._name)
        if kept is None:
            with self._desk.reading() as session:
                kept = habit(session, self._name, dict) or {}
        if kept.get("year") == self._desk.seat.campaign_id and _alike(kept, self._place()):
            self._listing.take_way(kept["way"])
            self._rows = kept

    def find_rows(self) -> None:
        """Goes on at the rows where the list was left, once they are there."""
        rows, self._rows = self._rows, {}
        if rows:
            table = self._listing.table
            table.chosen_rows.choose(rows["selected"], rows["current"], max(0, table.view.currentIndex().column()))
            table.view.executeDelayedItemsLayout()  # the scroll bar does not know of the rows yet
            table.view.verticalScrollBar().setValue(rows["scrolled"])

    def note(self) -> None:
        """Remembers the place for this sitting, as when the list goes out of sight."""
        if self._known:
            self._desk.kept[self._name] = self._place()

    def _place(self) -> dict[str, Any]:
        table = self._listing.table
        return {
            "year": self._desk.seat.campaign_id,
            "way": self._listing.way(),
            "selected": table.selected_ids()[:_MOST],
            "current": table.current_id(),
            "scrolled": table.view.verticalScrollBar().value(),
        }

    def keep_soon(self) -> None:
        """The list is looked at in another way."""
        if self._known:
            self._pause.start()

    @Slot()
    def keep(self) -> None:
        """Keeps the place with the data."""
        self._pause.stop()
        if self._listing.table.isVisible():
            self.note()
        if (kept := self._desk.kept.get(self._name)) is not None:
            with suppress(Problem):  # a habit: nobody is told that it was not kept
                keep_habit(self._desk.seat, self._name, kept)


def _alike(kept: Any, now: Any) -> bool:
    """Whether a kept place says the same things as one does now; an older or a newer program may have kept another."""
    if not isinstance(now, dict):
        return True
    return isinstance(kept, dict) and kept.keys() == now.keys() and all(_alike(kept[key], now[key]) for key in now)
