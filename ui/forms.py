"""The one form for all records: built from the fields' declarations, driven by the keyboard alone if wished."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from db.fields import Field, Kind
from ui.editors import WIDE, FlagEditor, LongEditor, make_editor
from ui.theme import COLOURS, icon, restyle, scaled
from ui.widgets.buttons import ActionButton
from ui.widgets.choice import Choice

_WIDTH = 640  # px at 100 %, at most
Groups = Sequence[tuple[str, Sequence[str]]]  # heading, field keys


class FieldBox(QWidget):
    """One field: label above, editor, error below."""

    def __init__(self, field: Field, editor: QWidget) -> None:
        super().__init__()
        self.editor = editor
        label = QLabel("" if isinstance(editor, FlagEditor) else _worded(field))
        label.setObjectName("fieldLabel")
        label.setBuddy(editor)
        self._error = QLabel()
        self._error.setObjectName("fieldError")
        self._error.setWordWrap(True)
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(label)
        column.addWidget(editor)
        column.addWidget(self._error)
        column.addStretch(1)

    @property
    def error(self) -> str:
        """What is wrong with the field, empty if nothing."""
        return self._error.text()

    def show_error(self, message: str) -> None:
        """Says what is wrong under the editor; empty takes it away."""
        if message != self._error.text():
            self._error.setText(message)
            self._error.setVisible(bool(message))
            restyle(self.editor, wrong=bool(message))

    def show_filled(self, filled: bool) -> None:
        """Marks the editor as filled in by the program, or no longer."""
        if bool(self.editor.property("filled")) != filled:
            restyle(self.editor, filled=filled)


class RecordForm(QFrame):
    """Editors in groups with the saving buttons below. It holds texts; whoever uses it saves them and shows the errors."""

    save_asked = Signal(bool)  # True: then open the next new one
    leave_asked = Signal()

    def __init__(self, groups: Groups, fields: Mapping[str, Field], choices: Mapping[Kind, Sequence[Choice]]) -> None:
        super().__init__()
        self.boxes: dict[str, FieldBox] = {}
        self._fields = fields
        self._before: dict[str, str] = {}
        self.heading = QLabel()
        self.heading.setObjectName("groupTitle")
        self.heading.setWordWrap(True)
        self.note = QLabel()  # what stands under the heading, e.g. the state
        self.note.setTextFormat(Qt.TextFormat.RichText)
        self.note.setWordWrap(True)
        self.note.hide()
        self.save_action = self._action("保存", "Ctrl+S", "save", "保存这条记录", self._on_save)
        self.next_action = self._action("保存并新增", "Ctrl+Return", "plus", "保存并接着录入下一条", self._on_next)
        self.leave_action = self._action("关闭", "Esc", "close", "不录了，回到列表", self.leave_asked)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body(groups, fields, choices))
        self._arrange()

    # texts

    def set_texts(self, texts: Mapping[str, str], filled: Collection[str] = ()) -> None:
        """Shows a record's texts by field key; `filled` are those the program filled in by itself."""
        for key, box in self.boxes.items():
            box.editor.set_value(texts.get(key, ""))  # type: ignore[attr-defined]
            box.show_error("")
            box.show_filled(key in filled)
        self._before = self.texts()
        self._scroll.verticalScrollBar().setValue(0)

    def texts(self) -> dict[str, str]:
        """What stands in the editors, by field key."""
        return {key: box.editor.value() for key, box in self.boxes.items()}  # type: ignore[attr-defined]

    @property
    def changed(self) -> bool:
        """Whether something was typed since the texts were set."""
        return self.texts() != self._before

    def keep(self) -> None:
        """Takes what stands there as saved."""
        self._before = self.texts()

    def show_errors(self, messages: Mapping[str, str]) -> None:
        """Puts each message under its field and the focus into the first; the texts stay as they are."""
        for key, box in self.boxes.items():
            box.show_error(messages.get(key, ""))
        first = next((key for key in self.boxes if key in messages), None)
        if first is not None:
            self.focus(first)

    def focus(self, key: str | None = None) -> None:
        """Puts the focus into a field, the first if none is named."""
        box = self.boxes[key] if key else next(iter(self.boxes.values()))
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(box, 0, scaled(24))

    def set_choices(self, choices: Mapping[Kind, Sequence[Choice]]) -> None:
        """Gives the editors the units, categories and people there are now."""
        for key, field in self._fields.items():
            kind = Kind.PERSON if field.kind == Kind.PEOPLE else field.kind
            if kind in choices:
                self.boxes[key].editor.set_choices(choices[kind])  # type: ignore[attr-defined]

    def set_locked(self, locked: bool) -> None:
        """Shows the record without letting it be changed."""
        self._scroll.widget().setEnabled(not locked)
        self.save_action.setEnabled(not locked)
        self.next_action.setEnabled(not locked)

    def show_note(self, note: str) -> None:
        """What stands under the heading (rich text)."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    # building

    def _action(self, text: str, keys: str, picture: str, tip: str, slot: object) -> QAction:
        action = QAction(icon(picture), text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setStatusTip(tip)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def _body(self, groups: Groups, fields: Mapping[str, Field], choices: Mapping[Kind, Sequence[Choice]]) -> QWidget:
        column = QVBoxLayout()
        column.setContentsMargins(scaled(20), scaled(4), scaled(20), scaled(16))
        column.setSpacing(scaled(12))
        for heading, keys in groups:
            if heading:
                title = QLabel(heading)
                title.setObjectName("groupTitle")
                column.addSpacing(scaled(4))
                column.addWidget(title)
            column.addLayout(self._grid([(key, fields[key]) for key in keys], choices))
        column.addStretch(1)
        body = QWidget()
        body.setObjectName("pageBody")
        body.setMaximumWidth(scaled(_WIDTH))
        body.setLayout(column)
        return body

    def _grid(self, fields: Sequence[tuple[str, Field]], choices: Mapping[Kind, Sequence[Choice]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(16))
        grid.setVerticalSpacing(scaled(12))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row, half = 0, 0
        for key, field in fields:
            box = self._box(key, field, choices)
            wide = field.kind in WIDE or (field.kind == Kind.TEXT and (field.max_length or 0) > 100)
            if wide and half:
                row, half = row + 1, 0
            grid.addWidget(box, row, half, 1, 2 if wide else 1)
            row, half = (row + 1, 0) if wide or half else (row, 1)
        return grid

    def _box(self, key: str, field: Field, choices: Mapping[Kind, Sequence[Choice]]) -> FieldBox:
        box = FieldBox(field, make_editor(field, choices))
        box.editor.installEventFilter(self)
        box.editor.edited.connect(self._on_edited)  # type: ignore[attr-defined]
        box.editor.gone_on.connect(self._on_gone_on)  # type: ignore[attr-defined]
        self.boxes[key] = box
        return box

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(scaled(20), scaled(10), scaled(20), scaled(10))
        buttons.setSpacing(scaled(8))
        buttons.addWidget(ActionButton(self.save_action, "strong"))
        buttons.addWidget(ActionButton(self.next_action))
        buttons.addStretch(1)
        buttons.addWidget(ActionButton(self.leave_action, "plain"))
        top = QVBoxLayout()
        top.setContentsMargins(scaled(20), scaled(12), scaled(20), scaled(4))
        top.setSpacing(scaled(4))
        top.addWidget(self.heading)
        top.addWidget(self.note)
        line = QFrame()
        line.setObjectName("hairline")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        column.addWidget(line)
        column.addLayout(buttons)

    # going through the fields

    def _go(self, editor: QObject, step: int) -> None:
        order = [box.editor for box in self.boxes.values()]
        place = order.index(editor) + step  # type: ignore[arg-type]
        if place >= len(order):
            self.save_asked.emit(True)  # Enter in the last field: this one is done, on to the next
        elif place >= 0:
            self.focus(list(self.boxes)[place])

    @Slot()
    def _on_gone_on(self) -> None:
        self._go(self.sender(), 1)

    @Slot()
    def _on_edited(self) -> None:
        for box in self.boxes.values():
            if box.editor is self.sender():
                box.show_filled(False)
                box.show_error("")

    @Slot()
    def _on_save(self) -> None:
        self.save_asked.emit(False)

    @Slot()
    def _on_next(self) -> None:
        self.save_asked.emit(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if isinstance(watched, LongEditor):
            if modifiers == Qt.KeyboardModifier.AltModifier or (not modifiers and watched.wants_break()):
                watched.break_line()
                return True
            if not modifiers:
                watched.drop_empty_line()
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        self._go(watched, -1 if modifiers else 1)
        return True


def _worded(field: Field) -> str:
    words = f"{field.label}（{field.unit}）" if field.unit else field.label
    return f'{words} <span style="color:{COLOURS["red"]}">*</span>' if field.required else words
