"""The header of a list: widths remembered by column, sorting, order by dragging, and what gives way where it is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.desk.preferences import Preferences
from ui.lists.rows import Column
from ui.theme import scaled, text_size

_STRETCHED = 200  # px at 100 % the stretching column keeps before others give way


class ListHeader(QObject):
    """Looks after the columns of one view. Where none is spare, the list scrolls sideways."""

    sorted = Signal(str, bool)  # column key, descending
    ordered = Signal(object)  # column keys as the clerk dragged them

    def __init__(self, name: str, view: QTableView, preferences: Preferences, stretch: str) -> None:
        super().__init__(view)
        self._name, self._view, self._preferences, self._stretch_key = name, view, preferences, stretch
        self._columns: Sequence[Column] = ()
        self._spare: list[int] = []
        self._stretch = 0
        self._sort = ("", False)
        self._settling = False
        self._header = view.horizontalHeader()
        # the headers would ask every row whether the whole column is selected: 2 s at 100,000 rows
        nothing = QItemSelectionModel(view.model(), view)
        self._header.setSelectionModel(nothing)
        view.verticalHeader().setSelectionModel(nothing)
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._header.setSortIndicatorShown(True)
        self._header.sectionClicked.connect(self._on_clicked)
        self._header.sectionResized.connect(self._on_resized)
        self._header.sectionMoved.connect(self._on_moved, Qt.ConnectionType.QueuedConnection)

    def set_columns(self, columns: Sequence[Column], spare: Sequence[str]) -> None:
        """Takes over the columns the model shows now; the `spare` ones give way, the first one first, where it is narrow."""
        self._columns = columns
        keys = [column.key for column in columns]
        self._spare = [keys.index(key) for key in spare if key in keys]
        self._stretch = keys.index(self._stretch_key) if self._stretch_key in keys else len(keys) - 1
        kept = self._preferences.widths(self._name)
        self._widths = {column.key: kept.get(column.key, column.width) for column in columns}  # at 100 %
        self._settling = True
        for place, column in enumerate(columns):
            self._header.moveSection(self._header.visualIndex(place), place)
            self._header.setSectionHidden(place, False)
            self._header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self._header.resizeSection(place, scaled(self._widths[column.key]))
        self._settling = False
        self.fit(self._view.viewport().width())
        self._mark()

    def mark(self, key: str, descending: bool) -> None:
        """Puts the arrow at the column the list goes by."""
        self._sort = (key, descending)
        self._mark()

    def let_order(self) -> None:
        """Lets the columns be dragged; whoever listens to `ordered` shows them in the new order."""
        self._header.setSectionsMovable(True)

    @Slot(int)
    def fit(self, width: int) -> None:
        """Shares out the width of what shows rows; where the spare columns are not enough the others give way alike."""
        sizes = [scaled(self._widths[column.key]) for column in self._columns]
        sizes[self._stretch] = scaled(min(_STRETCHED, self._columns[self._stretch].width))
        missing = sum(sizes) - width
        for place in self._spare:
            self._header.setSectionHidden(place, missing > 0)
            missing -= sizes[place]
        words = self._shown_words()
        scrolls = missing > 0 and (not self._spare or sum(words.values()) > width)
        share = 1.0 if scrolls else min(1.0, width / (sum(sizes[place] for place in words) or 1))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._view.setHorizontalScrollBarPolicy(policy)
        self._settling = True
        mode = QHeaderView.ResizeMode.Interactive if scrolls else QHeaderView.ResizeMode.Stretch
        self._header.setSectionResizeMode(self._stretch, mode)
        for place, least in words.items():
            if scrolls or place != self._stretch:
                self._header.resizeSection(place, max(least, int(sizes[place] * share)))
        self._settling = False

    def _shown_words(self) -> dict[int, int]:
        """How many px the heading of each column takes that is shown, by its place."""
        shown = [place for place in range(len(self._columns)) if not self._header.isSectionHidden(place)]
        return {place: self._header.sectionSizeHint(place) for place in shown}

    def _mark(self) -> None:
        key, descending = self._sort
        place = next((place for place, column in enumerate(self._columns) if column.key == key), -1)
        self._header.setSortIndicator(place, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    @Slot(int)
    def _on_clicked(self, section: int) -> None:
        column = self._columns[section]
        if column.sortable:
            self._sort = (column.key, self._sort == (column.key, False))
            self._mark()
            self.sorted.emit(*self._sort)
        else:
            self._mark()  # Qt put its arrow there all the same

    @Slot(int, int, int)
    def _on_resized(self, section: int, _before: int, now: int) -> None:
        if self._settling or section == self._stretch or not self._view.isVisible() or not now:
            return
        key = self._columns[section].key
        if now != scaled(self._widths[key]):
            self._widths[key] = round(now * 100 / text_size())
            self._preferences.remember_widths(self._name, self._widths)

    @Slot(int, int, int)
    def _on_moved(self, _section: int, _before: int, _now: int) -> None:
        places = [self._header.logicalIndex(place) for place in range(len(self._columns))]
        if places != sorted(places):
            self.ordered.emit([self._columns[place].key for place in places])
