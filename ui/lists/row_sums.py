"""What the rows of a list come to, for the status bar: how many are selected and what their amounts add up to."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.listing import Wanted
from huajie_desktop.records.sums import Sum, sums_but, sums_of, sums_of_all
from huajie_desktop.seat import SeatSession
from ui.desk.desk import Desk
from ui.lists.tables import ListTable

_PAUSE = 150  # ms without a change before anything is added up: keys that walk through the list wait for nothing
_SHOWN = 3  # sums in a line at most


class RowSums(QObject):
    """Adds up while its list is in sight: over the selected rows where there are several, else over all that are listed."""

    def __init__(
        self, desk: Desk, ledger: Ledger, table: ListTable,
        keys: Callable[[], Sequence[str]], wanted: Callable[[], Wanted],
    ) -> None:  # fmt: skip
        """`keys` are the columns shown, `wanted` is what the listed records were looked for by."""
        super().__init__(table)
        self._desk, self._ledger, self._table, self._keys, self._wanted = desk, ledger, table, keys, wanted
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.add_up)
        table.chosen.connect(self.begin)

    @Slot()
    def begin(self) -> None:
        """Something changed: adds up when nothing more does."""
        if self._table.isVisible():
            self._pause.start()

    def leave(self) -> None:
        """The list is out of sight."""
        self._pause.stop()
        self._desk.counted.emit("")

    @Slot()
    def add_up(self) -> None:
        """Says it now."""
        if self._desk.damage or not self._table.isVisible():  # blank rather than wrong
            self._desk.counted.emit("")
            return
        ids = self._table.selected_ids()
        several = len(ids) > 1
        with self._desk.reading() as session:
            found = self._over(session, ids if several else self._table.ids)
        self._desk.counted.emit(_words(f"选中 {len(ids)} 项" if several else f"列出 {self._table.count} 项", found))

    def _over(self, session: SeatSession, ids: list[int]) -> list[Sum]:
        """The sums over those of the listed records."""
        ledger, keys, count = self._ledger, self._keys(), self._table.count
        if len(ids) == count:
            return sums_of_all(session, ledger, keys, self._wanted())
        if len(ids) * 2 < count:
            return sums_of(session, ledger, keys, ids)
        chosen = set(ids)
        return sums_but(session, ledger, keys, self._wanted(), [i for i in self._table.ids if i not in chosen])


def _words(count: str, found: Sequence[Sum]) -> str:
    return " · ".join([count, *(one.words for one in found[:_SHOWN])])
