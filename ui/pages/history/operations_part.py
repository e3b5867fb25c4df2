"""Everything that was done: a list of operations with filters, and what the one under the cursor changed."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from huajie_desktop import office
from huajie_desktop.journal import past
from huajie_desktop.journal.history import OperationLine
from huajie_desktop.journal.row_words import kinds
from ui.desk.desk import Desk
from ui.lists.filter_bar import FilterBar
from ui.lists.lines import LineColumn, tints_of, words_of
from ui.lists.tables import ListTable
from ui.theme import scaled
from ui.widgets.building import FLUSH, make_label, put, upright
from ui.widgets.changed_fields import ChangesView
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip
from ui.widgets.panes import Panes

_COLUMNS = (
    LineColumn("at", "时间", 150, word=lambda line: f"{line.at:%Y-%m-%d %H:%M}"),
    LineColumn("actor", "谁", 120),
    LineColumn("title", "做了什么", 300, word=lambda line: line.label),
    LineColumn("rows", "记录", 70, numeric=True),
    LineColumn(
        "state",
        "情况",
        90,
        word=lambda line: "已撤销" if line.undone else "有效",
        tint=lambda line: "grey" if line.undone else "green",
    ),
)
_WIDE = 600  # px at 100 % from which a step stands beside the list
_TINTS = {past.MADE: "green", past.CHANGED: "blue", past.GONE: "red"}
_ENTRIES = (
    LineColumn("kind", "种类", 90),
    LineColumn("title", "名称", 200),
    LineColumn("how", "怎样", 80, tint=lambda line: _TINTS[line.how]),
)
_PERIODS = {0: "今天", 6: "近 7 天", 29: "近 30 天"}  # days back -> word


class OperationsPart(QWidget):
    """The operations, the newest first, and beside them the records of one, before and after."""

    chosen = Signal()  # the cursor stands on another operation

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        chips = {"actor": Chip("谁"), "since": Chip("时间"), "kind": Chip("种类")}
        chips["since"].set_choices([Choice(days, word) for days, word in _PERIODS.items()])
        chips["kind"].set_choices([Choice(table, word) for table, word in kinds(desk.catalogue).items()])
        self.filters = FilterBar(chips, "做了什么，如 导入、退回", "看全部操作")
        self.filters.search.setToolTip("按做了什么里的文字找（Ctrl+F）")
        self.filters.changed.connect(self._reload)
        for action in (self.filters.find_action, self.filters.clear_action):
            self.addAction(action)
        self.table = ListTable(
            "operations", _COLUMNS, self._fetch, words_of(_COLUMNS), desk.preferences, spare=("rows", "actor"),
            tint=tints_of(_COLUMNS),
        )  # fmt: skip
        self.table.view.setSelectionMode(self.table.view.SelectionMode.SingleSelection)
        self.table.moved.connect(self._on_moved)
        self.entries = ListTable(
            "entries",
            _ENTRIES,
            self._fetch_entries,
            words_of(_ENTRIES),
            desk.preferences,
            tint=tints_of(_ENTRIES),
            spare=("kind", "how"),
        )
        self.entries.view.setSelectionMode(self.entries.view.SelectionMode.SingleSelection)
        self.entries.moved.connect(self._on_entry_moved)
        self.entries.empty.say("选中一步", "这里列出它改动了哪些记录。", picture="history")
        self.changes = ChangesView()
        self._heading = make_label(name="groupTitle", wrap=True)
        self._arrange()
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        details = QSplitter()
        details.setOrientation(details.orientation().Vertical)
        details.setChildrenCollapsible(False)
        details.addWidget(self.entries)
        details.addWidget(self.changes)
        details.setSizes([scaled(240), scaled(260)])
        side = QWidget()
        put(upright(side, (16, 0, 0, 0), 8), self._heading, (details, 1))
        put(upright(self, FLUSH, 8), self.filters, (Panes((self.table, 7), (side, 4), least=_WIDE), 1))

    @property
    def line(self) -> OperationLine | None:
        """The operation with the cursor."""
        found: OperationLine | None = None
        row = self.table.view.currentIndex().row()
        if self.table.current_id() is not None:
            found = self.table.model.line(row)
        return found

    def refresh(self) -> None:
        """Reads the operations anew."""
        with self._desk.reading() as session:
            self.filters.chips["actor"].set_choices([Choice(name, name) for name in office.actors(session)])
        self._reload()

    @Slot()
    def _reload(self) -> None:
        values = self.filters.values
        days, actor, kind = values["since"], values["actor"], values["kind"]
        wanted = past.Wanted(
            text=self.filters.text,
            actor=str(actor) if actor is not None else None,
            since=self._desk.today - timedelta(days=days) if isinstance(days, int) else None,
            kind=str(kind) if kind is not None else None,
        )
        with self._desk.reading() as session:
            ids = past.operation_ids(session, wanted)
        if self.filters.narrowed:
            self.table.empty.say("没有符合条件的操作", "换一个条件，或者清除条件。", self.filters.clear_action, "search")
        else:
            self.table.empty.say("还没有做过什么", "每次改动都会记在这里。", picture="history")
        newest = self.table.view.currentIndex().row() <= 0
        self.table.show_ids(ids)
        self.filters.show_hits(len(ids), 1)
        if len(ids) and (newest or self.table.current_id() is None):
            self.table.put_cursor(0)
        self._on_moved(self.table.current_id())

    def _fetch(self, ids: Sequence[int]) -> list[OperationLine]:
        with self._desk.reading() as session:
            return past.operation_lines(session, ids)

    def _fetch_entries(self, ids: Sequence[int]) -> list[past.EntryLine]:
        with self._desk.reading() as session:
            return past.entry_lines(session, ids)

    @Slot(object)
    def _on_moved(self, operation_id: int | None) -> None:
        line = self.line
        self._heading.setText(f"{line.label}" if line else "")
        with self._desk.reading() as session:
            ids = past.entry_ids(session, operation_id or 0)
        self.entries.show_ids(ids)
        if len(ids):
            self.entries.put_cursor(0)
        self._on_entry_moved(self.entries.current_id())
        self.chosen.emit()

    @Slot(object)
    def _on_entry_moved(self, entry_id: int | None) -> None:
        with self._desk.reading() as session:
            changes = past.entry_changes(session, entry_id) if entry_id is not None else []
        self.changes.show_changes(changes, "" if entry_id is None else "没有可以显示的改动。")
