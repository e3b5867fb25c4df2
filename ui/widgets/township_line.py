"""Where the township is typed: by name, syllables or initials, with the townships of the country below it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from huajie_desktop.township.divisions import Division, divisions
from ui.theme import scaled
from ui.widgets.building import legible
from ui.widgets.suggestions import SOUNDS_SO

_ROW, _ROWS = 32, 4  # px at 100 %, and how many rows are in sight
_MOST = 60  # townships
_MORE = "还有更多，请再写上县或市的名称"
_HINT = ("写名称、拼音或首字母都找得到：", "清溪镇　清溪　qingxi　qx", "再写上县或市的名称，找得更准：", "韶山 清溪")


class TownshipLine(QLineEdit):
    """A line and the list `offered` below it; ↑ and ↓ move in the list, Enter and Tab take its row, which says the code."""

    taken = Signal()  # Enter: on to the next field

    def __init__(self) -> None:
        super().__init__()
        self.code = ""  # of the township that was taken; "" where it is in no list
        self._settled = ""  # the name that was taken
        self.setMaxLength(60)
        self.setPlaceholderText("如 清溪镇，或拼音 qx")
        self.offered = QListWidget()
        self.offered.setObjectName("popupList")
        self.offered.setAccessibleName("乡镇")
        self.offered.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offered.setMinimumHeight(scaled(_ROW) * _ROWS)
        self.offered.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.offered.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offered.itemClicked.connect(self._on_clicked)
        self.textEdited.connect(self._on_edited)
        self._on_edited("")

    def settle(self) -> None:
        """Takes the row with the cursor, unless what stands in the line was taken already."""
        row = self.offered.currentItem()
        if self.text().strip() and self.text() != self._settled and row is not None:
            self._take(row)

    def say(self, name: str, code: str) -> None:
        """Fills the line with a township that is known."""
        self.setText(name)
        self._settled, self.code = name, code
        self.offered.clear()
        found = divisions().township(code) if code else None
        self._add(f"✓ {name}　{found.where}" if found else f"✓ {name}", found)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.code = self._settled = ""
        self.offered.clear()
        typed = text.strip()
        if not typed:
            for row, words in enumerate(_HINT):
                self.offered.addItem(words)
                self.offered.item(row).setFlags(Qt.ItemFlag.NoItemFlags)
            return
        hits = divisions().find(typed, _MOST + 1)
        heard = any(found.by_sound for found in hits)
        for found in hits[:_MOST]:
            self._add(f"{found.name}　{found.where}{f'　{SOUNDS_SO}' if heard else ''}", found)
        self._add(f"都不是，就用“{typed}”（村名自己填）", None)
        if heard and not typed.isascii():  # who writes characters may mean just these
            self.offered.insertItem(0, self.offered.takeItem(self.offered.count() - 1))
        if len(hits) > _MOST:
            self.offered.addItem(_MORE)
            self.offered.item(self.offered.count() - 1).setFlags(Qt.ItemFlag.NoItemFlags)
        self.offered.setCurrentRow(0)

    def _add(self, words: str, found: Division | None) -> None:
        row = QListWidgetItem(legible(words))
        row.setData(Qt.ItemDataRole.UserRole, found)
        self.offered.addItem(row)

    def _take(self, row: QListWidgetItem) -> None:
        found: Division | None = row.data(Qt.ItemDataRole.UserRole)
        self.say(found.name if found else self.text().strip(), found.code if found else "")

    @Slot(QListWidgetItem)
    def _on_clicked(self, row: QListWidgetItem) -> None:
        if self.text() != self._settled:
            self._take(row)
            self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
        if event.key() in steps:
            last = self.offered.count() - 1
            self.offered.setCurrentRow(min(last, max(0, self.offered.currentRow() + steps[Qt.Key(event.key())])))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.settle()
            if self._settled:
                self.taken.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.settle()
        super().focusOutEvent(event)
