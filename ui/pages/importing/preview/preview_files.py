"""The files of the preview: one line each, and a card about the chosen one with its unit to be corrected."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from huajie_desktop.receiving.previews import FilePreview, Preview
from ui.desk.desk import Desk
from ui.lists.lines import LinesTable
from ui.pages.importing.preview.preview_words import FILE_COLUMNS, FileLine, count_words, file_line
from ui.theme import COLOURS, scaled
from ui.widgets.building import FLUSH, as_tip, make_label, put, upright
from ui.widgets.buttons import ActionButton
from ui.widgets.choice import Choice, ChoiceEdit
from ui.widgets.steady import Combo

_label = partial(make_label, "", wrap=True, copied=True)  # notices quote what villages wrote

_ALL = 0
_RECOGNISED = "按标题和表头认出来的；认错了请改，文件会按改的重新读"
_ASKED = "读成（请选定；没错也选一下）"
_SAID = "您指定的；改了文件会重新读"


class FileList(QWidget):
    """Chooses one file or all; `map_action` and `drop_action` are for the chosen one."""

    chosen = Signal()
    unit_said = Signal(str)
    kind_said = Signal(str)  # key of a ledger

    def __init__(self, desk: Desk, map_action: QAction, drop_action: QAction) -> None:
        super().__init__()
        self._preview: Preview | None = None
        self.map_action, self.drop_action = map_action, drop_action
        self.table = LinesTable("preview-files", FILE_COLUMNS, desk.preferences)
        self.table.set_menu([map_action, drop_action])
        self.table.moved.connect(self._on_moved)
        self.unit = ChoiceEdit()
        self.unit.setPlaceholderText("选择单位")
        self.unit.setToolTip("这个文件是哪个单位的？输入文字、拼音或首字母")
        self.unit.picked.connect(self._on_unit)
        self.unit.returnPressed.connect(self._on_unit)
        self._words = _label("quiet")
        self._problem = _label("fieldError")
        self._notices = _label("fieldLabel")
        self._kind_label = _label("fieldLabel")
        self.kind = Combo()
        for ledger in desk.catalogue.values():
            self.kind.addItem(ledger.title, ledger.key)
        self.kind.setAccessibleName("这个文件是什么表")
        self.kind.activated.connect(self._on_kind)
        self._unit_label = _label("fieldLabel")
        self._unit_label.setText("填报单位")
        self._card = self._make_card()
        put(upright(self, FLUSH, 0), (self.table, 3), (self._card, 2))  # shares, so that the list neither shrinks nor scrolls

    @property
    def file(self) -> FilePreview | None:
        """The chosen file, None for all of them."""
        number = self.table.current_id() or _ALL
        files = self._preview.files if self._preview else []
        return files[number - 1] if 0 < number <= len(files) else None

    def set_units(self, units: Sequence[Choice]) -> None:
        """The units there are to choose from."""
        self.unit.set_choices(units)

    def show_preview(self, preview: Preview) -> None:
        """Shows the files of a preview; the chosen one stays chosen."""
        self._preview = preview
        total = FileLine(_ALL, "全部文件", "", "grey")
        self.table.show_lines([total, *(file_line(number, file) for number, file in enumerate(preview.files, 1))])
        if self.table.current_id() is None:
            self.table.put_cursor(0)
        self._show_card()

    def select_all_files(self) -> None:
        """Chooses all files."""
        self.table.go_to(_ALL)

    def go_to(self, file: FilePreview) -> None:
        """Chooses a file."""
        if self._preview is not None and file in self._preview.files:
            self.table.go_to(self._preview.files.index(file) + 1)

    def _make_card(self) -> QScrollArea:
        body = QWidget()
        body.setObjectName("pageBody")
        column = self._inside = QVBoxLayout(body)
        column.setContentsMargins(scaled(8), scaled(12), scaled(8), scaled(8))
        column.setSpacing(scaled(6))
        mapping = ActionButton(self.map_action, "link")  # above what may scroll: messages name it
        kind, unit = (self._kind_label, self.kind), (self._unit_label, self.unit)
        for widget in (mapping, self._words, self._problem, *kind, *unit, self._notices):
            column.addWidget(widget)
        column.setAlignment(mapping, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        return scroll

    def _show_card(self) -> None:
        file = self.file
        self._card.widget().setVisible(file is not None)
        self.map_action.setEnabled(file is not None and bool(file.read.mappable))
        self.drop_action.setEnabled(file is not None)
        if file is None:
            return
        self._words.setText(count_words(file) or f"没有{file.ledger.noun}")
        self._problem.setText(file.read.problem or "")
        self._problem.setVisible(bool(file.read.problem))
        self.unit.setText(file.unit or file.read.unit or "")
        self.kind.setCurrentIndex(self.kind.findData(file.ledger.key))
        self._kind_label.setText(_ASKED if file.doubt else "读成")
        self.kind.setToolTip(as_tip(_SAID if file.asked else _RECOGNISED))
        several = file.unit is None and len({row.record.unit for row in file.rows}) > 1
        self.unit.setPlaceholderText("每行各有单位" if several else "选择单位")
        for widget in (self._unit_label, self.unit):
            widget.setVisible(bool(file.read.mappable) and file.ledger.place is not None)
        readable = bool(file.read.mappable) or file.read.digest != ""
        self.kind.setVisible(readable)
        self._kind_label.setVisible(readable)
        notices = [f"这个文件 {file.imported} 已导入过"] * bool(file.imported) + file.all_notices
        self._notices.setText("\n".join(notices))
        self._notices.setStyleSheet(f"color: {COLOURS['yellow']}")
        self._notices.setVisible(bool(notices))

    @Slot(object)
    def _on_moved(self, _number: object) -> None:
        self._show_card()
        self.chosen.emit()

    @Slot(int)
    def _on_kind(self, _place: int) -> None:
        if self.file is not None and (self.file.doubt or self.kind.currentData() != self.file.ledger.key):
            self.kind_said.emit(self.kind.currentData())

    @Slot()
    def _on_unit(self) -> None:
        file, name = self.file, self.unit.text().strip()
        if file is not None and name and name != (file.unit or file.read.unit):
            self.unit_said.emit(name)
