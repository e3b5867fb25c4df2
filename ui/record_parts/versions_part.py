"""The versions of one record: who changed what when, and bringing an earlier one back."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.journal.versions import Version, bring_back, versions
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.theme import scaled
from ui.widgets.building import put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.changed_fields import ChangesView


class _Line(NamedTuple):
    id: int
    version: Version


def _label(line: _Line) -> str:
    return f"{line.version.label}（已撤销）" if line.version.undone else line.version.label


_COLUMNS = (
    LineColumn("at", "时间", 110, word=lambda line: f"{line.version.at:%m-%d %H:%M}"),
    LineColumn("actor", "谁", 90, word=lambda line: line.version.actor),
    LineColumn("label", "做了什么", 150, word=_label),
    LineColumn("count", "改动", 60, numeric=True, word=lambda line: str(len(line.version.changes) or "")),
)


class HistoryPart(QWidget):
    """The versions, the newest first, and what each one changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ledger: Ledger | None = None
        self._record_id: int | None = None
        tip = "内容回到选中的这一步之后的样子，可以撤销"
        self.bring_back = add_action(self, "恢复到这一版", "Ctrl+Return", "undo", tip, self._on_bring_back)
        self.table = LinesTable("versions", _COLUMNS, desk.preferences, stretch="label", spare=("count", "actor"))
        self.table.set_menu([self.bring_back])
        self.table.moved.connect(self._on_moved)
        self.table.empty.say("还没有历史", "保存以后，每次改动都记在这里。", picture="history")
        self.changes = ChangesView()
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.changes)
        splitter.setSizes([scaled(220), scaled(260)])
        put(
            upright(self, (20, 12, 20, 12), 8),
            (splitter, 1),
            (ActionButton(self.bring_back, "strong"), 0, Qt.AlignmentFlag.AlignLeft),
        )
        self.setFocusProxy(self.table)

    def show_record(self, ledger: Ledger, record_id: int | None) -> None:
        """Reads the versions of a record anew; the cursor stands on the newest one."""
        self._ledger, self._record_id = ledger, record_id
        found: list[Version] = []
        if record_id is not None:
            with self._desk.reading() as session:
                found = versions(session, ledger, record_id)
        self.table.show_lines([_Line(version.operation_id, version) for version in found])
        if found:
            self.table.put_cursor(0)
        self._on_moved(self.table.current_id())

    @property
    def version(self) -> Version | None:
        """The version with the cursor."""
        line: _Line | None = self.table.current_line()
        return None if line is None else line.version

    @Slot(object)
    def _on_moved(self, _operation_id: object) -> None:
        version = self.version
        newest = self.table.view.currentIndex().row() <= 0
        self.bring_back.setEnabled(version is not None and version.there and not newest)
        if version is None:
            self.changes.show_changes(())
        else:
            gone = "这一步删除了它。" if not version.there else "这一步没有改动内容。"
            self.changes.show_changes(version.changes if version.there else (), gone)

    @Slot()
    def _on_bring_back(self) -> None:
        version = self.version
        if version is None or self._ledger is None or self._record_id is None:
            return
        changes = self._desk.do(bring_back, self._ledger, self._record_id, version.operation_id)
        if changes is None:
            return
        if changes.operation_id is None:
            self._desk.say("info", "这一版和现在的内容一样，没有改动。")
        else:
            self._desk.say("done", f"已恢复到 {version.at:%Y-%m-%d %H:%M} 的版本。恢复也可以撤销（Ctrl+Z）。")
            self.show_record(self._ledger, self._record_id)
