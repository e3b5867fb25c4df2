"""Which records of a list are selected, by id; also those that a filter hides, with which nothing is done meanwhile."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange

from ui.lists.rows import ListModel
from ui.lists.table_view import TableView


class ChosenRows:
    """The selection of one view."""

    def __init__(self, view: TableView, model: ListModel) -> None:
        self._view, self._model = view, model
        self.beyond: set[int] = set()  # selected records a filter hides
        view.selected_anew.connect(self.beyond.clear)

    def ids(self) -> list[int]:
        """The ids of the selected rows, in the order of the list."""
        ids = self._model.ids
        parts = self._view.selectionModel().selection()
        ranges = sorted((parts.at(place).top(), parts.at(place).bottom()) for place in range(parts.size()))
        found = [record_id for top, bottom in ranges for record_id in ids[top : bottom + 1]]
        return [record_id for record_id in found if record_id >= 0] if self._model.heads else found

    def all_ids(self) -> Collection[int]:
        """Those beyond, too."""
        return self.beyond.union(self.ids()) if self.beyond else self.ids()

    def hide(self) -> None:
        """A filter is about to hide some of them."""
        self.beyond.update(self.ids())

    def settle(self) -> None:
        """What is listed is no longer beyond."""
        self.beyond.difference_update(self.ids())

    def keep(self, there: Callable[[list[int]], Collection[int]]) -> None:
        """Forgets those beyond that are no longer `there`."""
        if self.beyond:
            self.beyond.intersection_update(there(sorted(self.beyond)))

    def choose(self, ids: Collection[int], current: int | None, column: int) -> None:
        """Selects those that are listed, with the cursor in that record's cell."""
        model, view_model = self._view.selectionModel(), self._model
        places = {record_id: row for row, record_id in enumerate(view_model.ids)} if len(ids) > 1 else {}
        rows = [view_model.row_of(i) if len(ids) == 1 else places.get(i) for i in ids]
        selection, last = QItemSelection(), len(view_model.columns) - 1
        for top, bottom in _runs(sorted(row for row in rows if row is not None)):
            selection.append(QItemSelectionRange(view_model.index(top, 0), view_model.index(bottom, last)))
        row = view_model.row_of(current) if current is not None else None
        if row is not None:
            model.setCurrentIndex(view_model.index(row, column), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted row numbers as first and last of each unbroken run: a selection of many rows must stay a few ranges."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
