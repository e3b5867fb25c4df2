"""A look into a copy before it is brought back: what is in it and what was done since. Nothing can be changed here."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialogButtonBox, QListWidget, QWidget

from huajie_desktop.application import Application
from huajie_desktop.backups.shelf import Copy
from huajie_desktop.backups.since import Since
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import Wanted, columns_of, record_ids, record_lines
from huajie_desktop.seat import Seat
from huajie_desktop.township.seating import by_command
from ui.desk.preferences import Preferences
from ui.lists.rows import record_cell
from ui.lists.tables import ListTable
from ui.widgets.building import as_title, legible, make_label, put, upright
from ui.widgets.dialogs import Dialog, give_size
from ui.widgets.filters import Tabs
from ui.widgets.scrolled import Scrolled
from ui.widgets.stack import Stack

_LATER = "later"
_SHOWN = 10  # kinds of records as tabs beside one another


class CopyView(Dialog):
    """The lists of a copy as they were, kind by kind. Raises Problem where the copy cannot be read; `let_go` it when done."""

    def __init__(self, parent: QWidget, preferences: Preferences, copy: Copy, since: Since | None) -> None:
        super().__init__(parent)
        self._data = Application.look_into(copy.database)
        self._seat: Seat = by_command(self._data)
        self.setWindowTitle(as_title(f"{copy.name} 的备份（只看不改）"))
        give_size(self, 980, 600)
        self._tables: dict[str, ListTable] = {}
        counts = {key: self._count(ledger) for key, ledger in self._seat.catalogue.items()}
        shown = [key for key, count in counts.items() if count][:_SHOWN]
        words = {key: f"{self._seat.catalogue[key].noun} {counts[key]}" for key in shown}
        self.tabs = Tabs({**words, _LATER: "之后又做了什么"}, tips=False)
        self.tabs.chosen.connect(self._on_tab)
        self.later = QListWidget()
        self.later.setAccessibleName("之后又做了什么")
        self.later.addItems(_later(since))
        self._stack = Stack()
        self._stack.addWidget(self.later)
        self._preferences = preferences
        box = QDialogButtonBox()
        box.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        said = f"这是 {copy.name} 备份时的样子，{self._seat.year} 年度。这里只能看，恢复以后才能改。"
        hint, row = make_label(said, "quiet", wrap=True), Scrolled(self.tabs)
        row.keep_one_line()
        put(upright(self, (16, 16, 16, 16), 8), hint, row, (self._stack, 1), box)
        self._on_tab(self.tabs.key)

    def let_go(self) -> None:
        """Closes the copy."""
        self.deleteLater()
        self._data.close()

    def _count(self, ledger: Ledger) -> int:
        with self._seat.reading() as session:
            return len(record_ids(session, ledger, Wanted()))

    @Slot(object)
    def _on_tab(self, key: str | None) -> None:
        if key == _LATER or key is None:
            self._stack.setCurrentWidget(self.later)
            return
        if key not in self._tables:
            self._tables[key] = self._table(self._seat.catalogue[key])
            self._stack.addWidget(self._tables[key])
        self._stack.setCurrentWidget(self._tables[key])
        self._tables[key].setFocus()

    def _table(self, ledger: Ledger) -> ListTable:
        columns = columns_of(ledger)
        keys = [column.key for column in columns]

        def fetch(ids: Sequence[int]) -> list[Line]:
            with self._seat.reading() as session:
                return record_lines(session, ledger, ids, keys)

        table = ListTable(
            f"copy-{ledger.key}", columns, fetch, record_cell, self._preferences, stretch=ledger.name, spare=keys[:0:-1]
        )
        with self._seat.reading() as session:
            table.show_ids(array("q", record_ids(session, ledger, Wanted())))
        table.put_cursor(0)
        return table


def _later(since: Since | None) -> list[str]:
    if since is None:
        return ["说不出：现在的数据不是从这份备份接着做下来的。"]
    if not since.steps:
        return ["这份备份之后没有别的操作。"]
    left = since.steps - len(since.labels)
    return [*map(legible, since.labels), *([f"……还有更早的 {left} 步"] if left else [])]
