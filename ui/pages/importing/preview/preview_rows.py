"""The rows of the preview: the table with its filters, and finding the next one to look at."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QCheckBox, QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.checks import DUPLICATE
from huajie_desktop.receiving.previews import FilePreview, PreviewRow
from huajie_desktop.work.task_ledger import TASKS
from ui.desk.preferences import Preferences
from ui.lists.tables import ListTable
from ui.pages.importing.preview.leftovers import Leftovers
from ui.pages.importing.preview.preview_words import (
    RowLine,
    is_problem,
    row_cell,
    row_columns,
    row_tint,
    tab_counts,
    tabs_of,
    wanted_rows,
)
from ui.widgets.building import across, put, upright
from ui.widgets.filters import Tabs


class RowList(QWidget):
    """All rows of the chosen files; tabs and filter stand in `filters`, to be put above everything."""

    moved = Signal()  # another row has the cursor
    chosen = Signal()  # the selection changed
    opened = Signal()  # Enter or double click

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.rows: list[PreviewRow] = []
        self._files: Sequence[FilePreview] = ()
        self._year = 0
        self._ledger: Ledger | None = TASKS  # what all rows shown are, None where they differ
        self._looks: tuple[object, ...] = (TASKS.key, False, False, False)  # by which the columns were chosen
        self.tabs = Tabs(tabs_of(TASKS), spare=True)
        self.tabs.chosen.connect(self._on_filtered)
        self.problems = QCheckBox("只看有问题的")
        self.problems.setToolTip("只看有错误、要决定和请核对的行（Ctrl+E）")
        self.problems.setShortcut(QKeySequence("Ctrl+E"))
        self.problems.toggled.connect(self._on_filtered)
        columns, spare = row_columns(TASKS)
        self.table = ListTable("preview", columns, self._fetch, row_cell, preferences, spare=spare, tint=row_tint)
        self.table.moved.connect(self._on_moved)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self._on_opened)
        self.table.empty.say("这里没有行", "换一个文件，或者看“全部”。")
        self.leftovers = Leftovers(preferences)
        self.filters = across(spacing=8)
        put(self.filters, (self.tabs, 1), self.problems)
        put(upright(self, (16, 0, 16, 0), 0), (self.table, 1), self.leftovers)
        self.setFocusProxy(self.table)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """What can be done with the selected rows."""
        self.table.set_menu(actions)

    def show_files(self, files: Sequence[FilePreview], year: int, *, keep_rows: bool = False) -> None:
        """Shows the rows of these files; with `keep_rows` those in sight stay, whatever the filter says of them now."""
        self._files, self._year = files, year
        self.rows = [row for file in files for row in file.rows]
        self._show_kind()
        self.tabs.show_counts(tab_counts(self.rows))
        self.problems.setText(f"只看有问题的 {sum(map(is_problem, self.rows))}")
        self.leftovers.show_files(files)
        if keep_rows:
            self.table.view.viewport().update()
            return
        place = self.table.view.currentIndex().row()
        self.table.show_ids(wanted_rows(self.rows, self.tabs.key, self.problems.isChecked()))
        if self.table.current_id() is None and self.table.model.ids:
            self.table.put_cursor(min(max(place, 0), len(self.table.model.ids) - 1))

    def _show_kind(self) -> None:
        """Columns and words for what the files hold."""
        held = {file.ledger.key: file.ledger for file in self._files if file.rows} or {TASKS.key: TASKS}
        ledger = next(iter(held.values())) if len(held) == 1 else None
        changes = any((row.target is not None and (row.changes or row.removed)) or row.candidates for row in self.rows)
        problems = any(map(is_problem, self.rows))
        looks = ledger and ledger.key, changes, problems, len(self._files) > 1
        if looks != self._looks:
            self._ledger, self._looks = ledger, looks
            self.table.show_columns(*row_columns(ledger, changes=changes, problems=problems, several=looks[-1]))
            self.tabs.show_words(tabs_of(ledger))

    def show_everything(self, *, problems: bool) -> None:
        """Resets the filters; with `problems` only the rows to look at are shown."""
        self.tabs.select(None)
        self.problems.setChecked(problems)
        self.forget_place()

    def forget_place(self) -> None:
        """Lets cursor and selection go, before other rows come."""
        self.table.view.clearSelection()
        self.table.view.setCurrentIndex(QModelIndex())

    def current(self) -> PreviewRow | None:
        """The row with the cursor."""
        place = self.table.current_id()
        return self.rows[place] if place is not None and place < len(self.rows) else None

    def selected(self) -> list[PreviewRow]:
        """The selected rows, in the order of the table."""
        return [self.rows[place] for place in self.table.selected_ids()]

    def twins(self) -> list[PreviewRow]:
        """The second and later rows of the same record."""
        return [row for row in self.rows if not row.skipped and any(issue.rule == DUPLICATE for issue in row.record.issues)]

    def next_problem(self) -> PreviewRow | None:
        """The next row of the table to look at: faults all around, doubts only further down."""
        places, current = list(self.table.model.ids), self.table.current_id()
        start = places.index(current) + 1 if current in places else 0
        below = (place for place in places[start:] if is_problem(self.rows[place]))
        above = (place for place in places[:start] if self.rows[place].status == "error" and place != current)
        place = next(below, next(above, None))
        return None if place is None else self.rows[place]

    def go_to(self, row: PreviewRow) -> bool:
        """Puts the cursor on a row; False if it is not in the table."""
        return self.table.go_to(self.rows.index(row))

    def _fetch(self, ids: Sequence[int]) -> list[RowLine]:
        return [RowLine(place, self.rows[place], self._year) for place in ids if place < len(self.rows)]

    @Slot()
    def _on_filtered(self) -> None:
        self.show_files(self._files, self._year)
        self.moved.emit()

    @Slot(object)
    def _on_moved(self, _place: object) -> None:
        self.moved.emit()

    @Slot(object)
    def _on_opened(self, _place: object) -> None:
        self.opened.emit()
