"""The recycle bin: what was deleted, and bringing it back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from db.base import table_of
from huajie_desktop.journal import recycle_bin
from huajie_desktop.journal.recycle_bin import Deleted
from ui.desk.desk import Desk
from ui.lists.filter_bar import FilterBar
from ui.lists.lines import LineColumn, words_of
from ui.lists.rows import no_tint
from ui.lists.tables import ListTable
from ui.widgets.building import FLUSH, put, upright
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip

_COLUMNS = (
    LineColumn("kind", "种类", 100),
    LineColumn("title", "名称", 300),
    LineColumn("at", "删除时间", 150, word=lambda line: f"{line.at:%Y-%m-%d %H:%M}"),
    LineColumn("actor", "谁删的", 140),
    LineColumn("label", "怎么删的", 220),
)


class BinPart(QWidget):
    """What was deleted, the latest first."""

    chosen = Signal()  # the selection changed

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        chip = Chip("种类")
        chip.set_choices([Choice(table_of(ledger.model).name, ledger.noun) for ledger in desk.catalogue.values()])
        self.filters = FilterBar({"kind": chip}, "名称或内容里的文字", "看回收站里的全部")
        self.filters.search.setToolTip("按记录里的文字找（Ctrl+F）")
        self.filters.changed.connect(self.refresh)
        for action in (self.filters.find_action, self.filters.clear_action):
            self.addAction(action)
        self.table = ListTable(
            "bin", _COLUMNS, self._fetch, words_of(_COLUMNS), desk.preferences, spare=("label", "actor"), tint=no_tint
        )
        self.table.chosen.connect(self._on_chosen)
        put(upright(self, FLUSH, 8), self.filters, (self.table, 1))
        self.setFocusProxy(self.table)

    @Slot()
    def refresh(self) -> None:
        """Reads the bin anew."""
        kind = self.filters.values["kind"]
        with self._desk.reading() as session:
            ids = recycle_bin.deleted_ids(session, self.filters.text, None if kind is None else str(kind))
        if self.filters.narrowed:
            self.table.empty.say("没有符合条件的记录", "换一个条件，或者清除条件。", self.filters.clear_action, "search")
        else:
            self.table.empty.say("回收站是空的", "删除的任务、人员、单位和台账记录都会放在这里，随时可以恢复。", picture="delete")
        self.table.show_ids(ids)
        if len(ids) and self.table.current_id() is None:
            self.table.put_cursor(0)

    def _fetch(self, ids: Sequence[int]) -> list[Deleted]:
        with self._desk.reading() as session:
            return recycle_bin.deleted_lines(session, ids)

    @Slot()
    def _on_chosen(self) -> None:
        self.filters.show_hits(len(self.table.model.ids), len(self.table.selected_ids()))
        self.chosen.emit()
