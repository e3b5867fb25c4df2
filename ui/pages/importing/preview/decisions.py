"""What a row changes, field by field old and new, with whose word counts; which kept record it is; whether it is over."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from huajie_desktop.receiving.previews import NEW, OURS, THEIRS, Change, PreviewRow
from ui.theme import COLOURS, scaled
from ui.widgets.building import FLUSH, make_label, put, upright

_label = partial(make_label, wrap=True, copied=True)

_EMPTY = "（空）"
_SIDES = {THEIRS: "用表里的", OURS: "用原来的"}
_BLANK_SIDES = {THEIRS: "清空", OURS: "保留"}
_LOCKED = "已确认，不会修改；要改请勾选上面的“已确认的也修改”，改后重新审核。"
_OF_BOTH = "：模板发出后两边都改过，请选"
_OF_BLANK = "：表里是空格子"
_LONGEST = 120  # characters of a value


class Decisions(QWidget):
    """The choices a row asks for, as radio buttons: Tab goes from field to field, arrow keys choose."""

    decided = Signal(str, str)  # field, THEIRS or OURS
    answered = Signal(int)  # id of the kept record, or NEW
    closed = Signal(bool)  # whether the kept record is over

    def __init__(self) -> None:
        super().__init__()
        self.groups: dict[str, QButtonGroup] = {}
        self._column = upright(self, (0, 4, 16, 4), 8)
        self._body: QWidget | None = None

    def show_row(self, row: PreviewRow | None) -> None:
        """Shows what is to be decided of a row; nothing where nothing is."""
        if self._body is not None:
            self._body.setParent(None)
            self._body.deleteLater()
        self.groups, self._body = {}, QWidget()
        inside = upright(self._body, FLUSH, 10)
        if row is not None and row.removed:
            self._ask_removed(inside, row)
        elif row is not None and row.candidates and (row.target is None or row.answer):
            self._ask_which(inside, row)
        if row is not None and not row.removed:
            for change in row.changes:
                self._show_change(inside, row, change)
        if row is not None and row.is_held and not row.file.preview.unlock:
            inside.addWidget(_label(_LOCKED, "fieldLabel"))
        self._column.addWidget(self._body)
        self.setVisible(inside.count() > 0)

    def _show_change(self, inside: QVBoxLayout, row: PreviewRow, change: Change) -> None:
        declared = row.file.ledger.fields[change.key]
        note = (
            f"：{change.elsewhere}写的不一样，请选"
            if change.elsewhere
            else _OF_BOTH
            if change.conflict
            else _OF_BLANK
            if change.blank
            else ""
        )
        shade = COLOURS["red"] if change.conflict else COLOURS["quiet"]
        lines = [f'<span style="color:{shade}">{escape(declared.label + note)}</span>']
        lines.append(f'<span style="color:{COLOURS["quiet"]}">原来 {_shown(change.old)}</span>')
        lines.append(f"表里 <b>{_shown(change.new)}</b>")
        said = _label("<br>".join(lines), "change", markup=True)
        put(
            inside,
            said,
            self._radios(change.key, _BLANK_SIDES if change.blank else _SIDES, row.side(change), f"{declared.label} "),
        )

    def _ask_which(self, inside: QVBoxLayout, row: PreviewRow) -> None:
        torn = row.candidates[0].by
        why = "模板里的编号和这一行写的对不上" if torn else f"{row.file.ledger.title}里有名称相近的"
        inside.addWidget(_label(f"{why}，这一行是哪一条？", "fieldLabel"))
        words = {str(found.id): found.words for found in row.candidates}
        chosen = None if row.answer is None else str(row.answer)
        inside.addLayout(self._radios("", {**words, str(NEW): "都不是，作为新增"}, chosen, "", across=False))

    def _ask_removed(self, inside: QVBoxLayout, row: PreviewRow) -> None:
        inside.addWidget(_label("模板里有这一条，发回的表里没有了。确实不做了才撤下，撤下的在回收站里还能找回。", "fieldLabel"))
        chosen = "close" if row.closing else "stay"
        inside.addLayout(self._radios("", {"stay": "保留", "close": "撤下"}, chosen, ""))

    def _radios(
        self, key: str, words: dict[str, str], chosen: str | None, before: str, *, across: bool = True
    ) -> QHBoxLayout | QVBoxLayout:
        line: QHBoxLayout | QVBoxLayout = QHBoxLayout() if across else QVBoxLayout()
        line.setSpacing(scaled(12 if across else 4))
        group = self.groups[key] = QButtonGroup(self._body)
        for value, word in words.items():
            button = QRadioButton(word)
            button.setAccessibleName(f"{before}{word}")
            button.setProperty("side", value)
            button.setChecked(value == chosen)
            group.addButton(button)
            line.addWidget(button)
        group.setObjectName(key)
        group.buttonClicked.connect(self._on_clicked)
        if across:
            line.addStretch(1)
        return line

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        key, value = str(button.group().objectName()), str(button.property("side"))
        if value in ("stay", "close"):
            self.closed.emit(value == "close")
        elif key:
            self.decided.emit(key, value)
        else:
            self.answered.emit(int(value))

    def first(self) -> QAbstractButton | None:
        """The button to begin with: the first of what is not decided yet."""
        groups: Sequence[QButtonGroup] = list(self.groups.values())
        open_ones = [group for group in groups if group.checkedButton() is None]
        return open_ones[0].buttons()[0] if open_ones else None


def _shown(text: str) -> str:
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return escape(short).replace("\n", "<br>") or _EMPTY
