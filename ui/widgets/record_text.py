"""A record to read: labels and values to walk through with the arrow keys, what changed on top, nothing to type."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from db.fields import Field, Kind
from huajie_desktop.declared.facets import Groups
from huajie_desktop.journal.row_words import Difference
from ui.theme import scaled
from ui.widgets.building import make_label, upright

_LABEL = 104  # px at 100 % of the labels: seven characters stand on one line
_EMPTY = "（空）"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FieldLine(QFrame):
    """One field: its label and what it says, or what it said and says; below, a remark such as a query."""

    def __init__(self, key: str, label: str, texts: Sequence[str], remark: str = "") -> None:
        super().__init__()
        self.key, self.texts = key, tuple(texts)
        self.setObjectName("fieldLine")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid = QGridLayout(self)
        grid.setContentsMargins(scaled(8), scaled(5), scaled(8), scaled(5))
        grid.setHorizontalSpacing(scaled(12))
        grid.setVerticalSpacing(scaled(4))
        grid.setColumnMinimumWidth(0, scaled(_LABEL))
        name = _label(label, "quiet")
        name.setFixedWidth(scaled(_LABEL))
        grid.addWidget(name, 0, 0)
        for place, text in enumerate(texts, 1):
            changed = len(texts) > 1
            grid.addWidget(_label(text or _EMPTY, ("oldText", "newText")[place - 1] if changed and text else "value"), 0, place)
            grid.setColumnStretch(place, 1)
        if remark:
            grid.addWidget(_label(remark, "remark"), 1, 1, 1, len(texts))


class RecordView(QFrame):
    """Shows a record's texts under their labels, group by group; empty fields are left out."""

    left = Signal()  # Esc: back to the list
    menu_asked = Signal(str, QPoint)  # a field by its key, where on the screen: what can be done about it

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.lines: list[FieldLine] = []
        self.heading = make_label(name="groupTitle", wrap=True)
        self.note = make_label(markup=True)
        self.note.setWordWrap(True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = upright(self, (12, 12, 8, 8), 6)
        for label in (self.heading, self.note):
            label.setContentsMargins(scaled(8), 0, 0, 0)
            column.addWidget(label)
        column.addWidget(self._scroll, 1)

    @property
    def key(self) -> str:
        """The field with the cursor, "" where the cursor is elsewhere."""
        focused = self.window().focusWidget()  # also while a question stands before the window
        return next((line.key for line in self.lines if line is focused), "")

    def show_record(
        self, heading: str, note: str, groups: Groups, fields: Mapping[str, Field], texts: Mapping[str, str],
        changes: Sequence[Difference] | None = None, remarks: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Shows one record; `note` (rich text) stands under the heading, `changes` (None: nothing to compare with) on top."""
        self.heading.setText(heading)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.lines = []
        body = QWidget()
        body.setObjectName("pageBody")
        column = upright(body, (0, 4, 8, 0), 0)
        if changes is not None:
            self._add_changes(column, changes)
        for group, keys in groups:
            said = [key for key in keys if _says(fields[key], texts.get(key, "")) or (remarks or {}).get(key)]
            if group and said:
                column.addWidget(_title(group))
            for key in said:
                self._add(column, FieldLine(key, fields[key].label, (_with_unit(fields[key], texts.get(key, "")),),
                                            (remarks or {}).get(key, "")))  # fmt: skip
        column.addStretch(1)
        self._scroll.setWidget(body)

    def clear(self, hint: str) -> None:
        """Shows nothing but a hint."""
        self.show_record("", f'<span style="color:#5F5A54">{hint}</span>', (), {}, {})

    def go_to(self, key: str) -> None:
        """Puts the cursor on a field, the first line where there is no such."""
        line = next((line for line in self.lines if line.key == key), self.lines[0] if self.lines else None)
        if line is not None:
            line.setFocus()

    def _add_changes(self, column: QVBoxLayout, changes: Sequence[Difference]) -> None:
        column.addWidget(
            _title(f"和上次审核时相比，改了 {len(changes)} 处（原来 → 现在）" if changes else "和上次审核时相比，没有改动")
        )
        for change in changes:
            self._add(column, FieldLine(change.key, change.label, (change.old, change.new)))
        if changes:
            rule = QFrame()
            rule.setObjectName("hairline")
            column.addSpacing(scaled(8))
            column.addWidget(rule)

    def _add(self, column: QVBoxLayout, line: FieldLine) -> None:
        line.installEventFilter(self)
        self.lines.append(line)
        column.addWidget(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, FieldLine):
            return False
        if event.type() == QEvent.Type.FocusIn:
            self._scroll.ensureWidgetVisible(watched, 0, scaled(24))
        if event.type() == QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            watched.setFocus()
            self.menu_asked.emit(watched.key, event.globalPos())
            return True
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._took_key(watched, event.key())

    def _took_key(self, line: FieldLine, key: int) -> bool:
        """Arrows go from field to field; the scroll area would take them for itself."""
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _STEPS:
            place = self.lines.index(line) + _STEPS[Qt.Key(key)]
            self.lines[max(0, min(len(self.lines) - 1, place))].setFocus()
        return key == Qt.Key.Key_Escape or key in _STEPS


def _says(declared: Field, text: str) -> bool:
    return bool(text) and not (declared.kind == Kind.FLAG and text == "否")


def _with_unit(declared: Field, text: str) -> str:
    return f"{text} {declared.unit}" if declared.unit and text.replace(".", "").isdigit() else text


def _title(text: str) -> QLabel:
    made = make_label(text, "groupTitle")
    made.setContentsMargins(scaled(8), scaled(10), 0, scaled(2))
    return made


def _label(text: str, name: str) -> QLabel:
    made = make_label(text, name, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return made
