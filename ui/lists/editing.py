"""Editing in the cells of a table: the editor of the cell's field, opened by typing or F2, Enter down, Tab to the right."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QWidget
from shiboken6 import isValid

from db.fields import Field, Kind
from ui.desk.desk import Desk
from ui.forms.editors import NO, YES, ChoiceEditor, Editor, LongEditor, make_editor
from ui.theme import scaled
from ui.widgets.badge import CellDelegate
from ui.widgets.choice import Choice
from ui.widgets.line import LineEditor

_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SAVE = QKeySequence.StandardKey.Save
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_LEAST = 160  # px at 100 % an editor is wide


class CellChoice(ChoiceEditor):
    """A choice in a cell: Tab takes what the list offers, too."""

    turned = Signal(int)  # 1 for Tab, -1 for Shift+Tab
    everywhere = Signal()  # Ctrl+Enter

    def event(self, event: QEvent) -> bool:
        # here and not in the delegate's filter: while the list is open the keys do not pass there
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TABS:
            if self.list_open:
                self._take_current()
            self.turned.emit(_TABS[Qt.Key(event.key())])
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.list_open and _for_all(event):
            self._take_current()
            self.everywhere.emit()
            return True
        return super().event(event)


def cell_editor(field: Field, choices: Mapping[Kind, Sequence[Choice]], desk: Desk) -> Editor:
    """The editor of a field where it stands alone: yes or no is a choice there."""
    if field.kind == Kind.FLAG:
        return CellChoice([Choice(True, YES), Choice(False, NO)])
    return make_editor(field, choices, desk, CellChoice)


class EditingDelegate(CellDelegate):
    """Draws the cells and opens their editors; what was typed goes to whoever keeps it, nothing to the model."""

    typed = Signal(int, int, str)  # row, column, text
    typed_for_all = Signal(int, str)  # column, text: Ctrl+Enter, for all selected rows
    gone_on = Signal(int, int)  # an editor was closed: rows down, columns to the right

    def __init__(
        self, view: QWidget, desk: Desk, field_of: Callable[[int], Field | None], text_of: Callable[[_Index], str]
    ) -> None:
        super().__init__(view)
        self._desk = desk
        self.cursor = True
        self.many = False  # whether what is typed may be for all selected rows
        self.choices: Mapping[Kind, Sequence[Choice]] = {}
        self.replacing = False  # the next editor begins empty: it was opened by typing
        self._field_of, self._text_of = field_of, text_of
        self._open: QWidget | None = None

    @property
    def editor(self) -> QWidget | None:
        """The editor that is open."""
        return self._open if self._open is not None and isValid(self._open) else None

    def createEditor(self, parent: QWidget, _option: Any, index: _Index) -> QWidget:
        field = self._field_of(index.column())
        assert field is not None
        editor = cell_editor(field, self.choices, self._desk)
        editor.setParent(parent)
        editor.setAutoFillBackground(True)
        editor.gone_on.connect(self._on_gone_on)
        if isinstance(editor, CellChoice):
            editor.turned.connect(self._on_turned)
            editor.everywhere.connect(self._on_everywhere)
        self._open = editor
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        text, replacing, self.replacing = self._text_of(index), self.replacing, False
        if replacing and isinstance(editor, LineEditor):
            editor.begin_over(text)
        else:
            editor.set_value("" if replacing else text)  # type: ignore[attr-defined]

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:
        self._open = None
        super().destroyEditor(editor, index)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: _Index) -> None:
        self.typed.emit(index.row(), index.column(), editor.value())  # type: ignore[attr-defined]

    def updateEditorGeometry(self, editor: QWidget, option: Any, _index: _Index) -> None:
        room = option.rect
        room.setWidth(max(room.width(), scaled(_LEAST)))
        if isinstance(editor, LongEditor):
            room.setHeight(editor.sizeHint().height())
        editor.setGeometry(room)

    def _close(self, rows: int, columns: int) -> None:
        editor, self._open = self.editor, None
        if editor is not None:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.gone_on.emit(rows, columns)

    @Slot()
    def _on_gone_on(self) -> None:
        self._close(1, 0)

    @Slot(int)
    def _on_turned(self, columns: int) -> None:
        self._close(0, columns)

    @Slot()
    def _on_everywhere(self) -> None:
        editor, index = self.editor, self.parent().currentIndex()  # type: ignore[attr-defined]
        if editor is not None and self.many:
            text, self._open = editor.value(), None  # type: ignore[attr-defined]
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.typed_for_all.emit(index.column(), text)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(editor, QLineEdit):
            editor.end(False)  # the view has selected everything: F2 goes on behind what stands there
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(_SAVE):
            self._close(0, 0)  # what is being typed is part of what the key saves
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or getattr(editor, "list_open", False):
            return super().eventFilter(editor, event)
        if event.key() in _ENTER:
            self._on_enter(editor, event)
            return True
        if event.key() in _TABS:
            self._close(0, _TABS[Qt.Key(event.key())])
            return True
        return super().eventFilter(editor, event)

    def _on_enter(self, editor: QObject, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if isinstance(editor, LongEditor) and modifiers == Qt.KeyboardModifier.AltModifier:
            editor.break_line()
        elif _for_all(event):
            self._on_everywhere()
        elif not modifiers & Qt.KeyboardModifier.ControlModifier:
            self._close(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1, 0)


def _for_all(event: QKeyEvent) -> bool:
    return event.key() in _ENTER and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
