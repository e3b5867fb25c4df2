"""The bar above a list: a search, filters as chips, one button that clears them, and the count of hits beside them."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import icon, scaled
from ui.widgets.building import FLUSH, as_tip, flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.filters import Chip

_PAUSE = 150  # ms without a key before the list is searched


class FilterBar(QWidget):
    """What was typed and chosen; what that means is said by whoever owns the list. Ctrl+F searches, Ctrl+Shift+F clears."""

    changed = Signal()

    def __init__(self, chips: Mapping[str, Chip], hint: str, clear_tip: str, aside: Collection[str] = ()) -> None:
        """The chips `aside` stand in a line of their own, which is folded while none of them is used."""
        super().__init__()
        self.setAccessibleName("查找")
        self.chips = dict(chips)
        for chip in self.chips.values():
            chip.chosen.connect(self._announce)
        self.search = QLineEdit()
        self.search.setPlaceholderText(hint)
        self.search.setToolTip(as_tip(f"{hint}：按文字、拼音或拼音首字母找，如 lz、lizhuang 找李庄；没有的按读音找（Ctrl+F）"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(scaled(120))
        self.search.setMaximumWidth(scaled(280))
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._on_typed)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._announce)
        self.find_action = add_action(self, "搜索", "Ctrl+F", "", "在列表里找", self._on_find, context=WINDOW)
        self.clear_action = add_action(self, "清除条件", "Ctrl+Shift+F", "", clear_tip, self.clear, context=WINDOW)
        self._hits = make_label(name="quiet")
        self.by_sound = False  # whether nothing is written so, and what is listed only sounds so
        self._aside = {key: self.chips[key] for key in aside}
        self._second = QWidget()
        self._second.hide()
        self._arrange()
        self.clear_action.setVisible(False)

    def _arrange(self) -> None:
        line, second, rows = flowing(spacing=8), flowing(self._second, FLUSH, 8), upright(self, FLUSH, 8)
        line.addWidget(self.search, 3)
        for key, chip in self.chips.items():
            (second if key in self._aside else line).addWidget(chip)
        if self._aside:
            self.more_action = add_action(
                self, "更多条件", "Ctrl+Shift+M", "", "展开或收起少用的条件", self._on_more, context=WINDOW
            )
            line.addWidget(ActionButton(self.more_action, "link"))
        put(line, ActionButton(self.clear_action, "link"), 1, self._hits)
        second.addStretch(1)
        put(rows, line, self._second)

    @property
    def text(self) -> str:
        """The words searched for."""
        return self.search.text().strip()

    @property
    def values(self) -> dict[str, object]:
        """What was chosen, by the chip's key; None for any."""
        return {key: chip.value for key, chip in self.chips.items()}

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text) or any(value is not None for value in self.values.values())

    @property
    def in_part(self) -> bool:
        """Whether not all there is is listed."""
        return self.narrowed

    @property
    def words(self) -> str:
        """What was typed and chosen, in words."""
        chosen = [chip.text().replace("&&", "&") for chip in self.chips.values() if chip.value is not None]
        return "、".join(([f"“{self.text}”"] if self.text else []) + chosen)

    def show_wanted(self, text: str, values: Mapping[str, object]) -> None:
        """Shows words and choices (those not named: any) and announces them."""
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)
        for key, chip in self.chips.items():
            chip.set_value(values.get(key))
        self._announce()

    def show_hits(self, hits: int, selected: int, whole: int | None = None, beyond: int = 0) -> None:
        """Says how many records (of the `whole`) are listed, how many of them are selected, and how many `beyond` them."""
        if self.by_sound:
            said = f"没有“{self.text[:12]}”，按读音找到 {hits} 项"
        else:
            said = f"已筛选：{hits}/{whole} 项" if self.in_part and whole is not None else f"共 {hits} 项"
        if selected > 1 or (selected and beyond):
            said += f"，已选 {selected} 项"
        if beyond:
            said += f"，另有 {beyond} 项选中的被筛掉了"
        self._hits.setText(said)
        self._hits.setToolTip(as_tip(f"现在的条件：{self.words}" if self.in_part else ""))

    @Slot()
    def clear(self) -> None:
        """Takes all conditions away."""
        self.show_wanted("", {})

    @Slot()
    def _announce(self) -> None:
        self._pause.stop()
        self.clear_action.setVisible(self.in_part)
        if any(chip.value is not None for chip in self._aside.values()):
            self._second.show()
        self.changed.emit()

    @Slot()
    def _on_more(self) -> None:
        self._second.setVisible(self._second.isHidden())
        if self._second.isVisible():
            next(iter(self._aside.values())).setFocus()

    @Slot()
    def _on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._pause.start()
