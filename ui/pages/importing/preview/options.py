"""How the whole import is meant: new rows and changes or only one of them, empty cells, approved records."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from huajie_desktop.receiving.previews import BLANKS, MODES, Preview
from ui.widgets.building import FLUSH, across, as_tip, make_label
from ui.widgets.steady import Combo


class Options(QWidget):
    """One line above the rows; what does not arise in the preview is not asked."""

    told = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = _box(MODES, "导入方式：表里新的行和改过的行，要哪些")
        self.blank = _box(BLANKS, "表里空着、这里有内容的格子怎么办")
        self._blank_label = make_label()
        self.unlock = QCheckBox()
        self.unlock.setToolTip("已确认的记录也按表里的修改，改后变为待审核，所在的承诺书显示“已变更”")
        line = across(self, FLUSH, 8)
        label = make_label("导入方式", "quiet")
        label.setBuddy(self.mode)
        self._blank_label.setObjectName("quiet")
        self._blank_label.setBuddy(self.blank)
        for widget in (label, self.mode, self._blank_label, self.blank, self.unlock):
            line.addWidget(widget)
        line.addStretch(1)
        self.mode.activated.connect(self._on_told)
        self.blank.activated.connect(self._on_told)
        self.unlock.clicked.connect(self._on_told)

    def show_preview(self, preview: Preview) -> None:
        """Shows what was told of this preview, and how many cells and records it concerns."""
        blanks = locked = matched = 0
        for row in preview.rows:
            matched += row.target is not None
            locked += row.is_held
            blanks += sum(change.blank for change in row.changes)
        self.mode.setCurrentIndex(self.mode.findData(preview.mode))
        self.blank.setCurrentIndex(self.blank.findData(preview.blank))
        self.unlock.setChecked(preview.unlock)
        self._blank_label.setText(f"{blanks} 个空格子")
        self.unlock.setText(f"已确认的 {locked} 项也修改（改后重新审核）")
        for widget, arises in ((self._blank_label, blanks), (self.blank, blanks), (self.unlock, locked)):
            widget.setVisible(bool(arises))
        self.setVisible(bool(matched or locked))

    @Slot()
    def _on_told(self) -> None:
        self.told.emit()


def _box(words: Mapping[str, str], tip: str) -> QComboBox:
    made = Combo()
    for key, word in words.items():
        made.addItem(word, key)
    made.setToolTip(as_tip(tip))
    made.setAccessibleName(tip)
    return made
