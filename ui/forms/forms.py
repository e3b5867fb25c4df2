"""The one form for all records: built from the fields' declarations, driven by the keyboard alone if wished."""

from collections.abc import Collection, Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from db.fields import Field, Kind
from ui.desk.desk import Desk
from ui.forms.editors import NAMES, NO, FlagEditor
from ui.forms.form_body import FormBody, Groups
from ui.forms.walk import Walk
from ui.theme import scaled
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action, tip_of
from ui.widgets.choice import Choice

_TWO = 336  # px at 100 % from which fields stand in two columns


class RecordForm(QFrame):
    """Editors in groups with the saving buttons below. It holds texts; whoever uses it saves them and shows the errors."""

    save_asked = Signal(bool)  # True: then open the next new one
    leave_asked = Signal()
    typed = Signal()
    settled = Signal()  # what was typed is saved, or gives way to something else

    def __init__(
        self,
        groups: Groups,
        fields: Mapping[str, Field],
        choices: Mapping[Kind, Sequence[Choice]],
        desk: Desk,
        usual: int | None = None,
    ) -> None:
        """The groups behind the first `usual` ones lie folded under 更多; None shows all."""
        super().__init__()
        self._fields = fields
        self._before: dict[str, str] = {}
        self._above: dict[str, str] = {}  # the record before this one
        self._unfolded = False  # by the clerk, so that it stays for the records to come
        self.heading = make_label(name="groupTitle", wrap=True)
        self.note = make_label(markup=True)  # what stands under the heading, e.g. the state
        self.note.setWordWrap(True)
        self.note.hide()
        self.save_action = add_action(self, "保存", "Ctrl+S", "save", "保存这条记录", self._on_save)
        self.next_action = add_action(self, "保存并新增", "Ctrl+Return", "plus", "保存并接着录入下一条", self._on_next)
        self.leave_action = add_action(self, "关闭", "Esc", "close", "不录了，回到列表", self.leave_asked)
        self.above_action = add_action(self, "同上", "F4", "copy", "照抄上一条的这一格，到下一格", self._on_above)
        self.more_action = add_action(self, "更多", "Ctrl+M", "down", "展开或收起少用的字段", self._on_more)
        self._body = FormBody(groups, usual, fields, choices, desk)
        self._body.name_keys(tip_of(self.more_action))
        self.more_action.setEnabled(bool(self._body.rare))
        self._body.fold_asked.connect(self.more_action.trigger)
        self.boxes = self._body.boxes
        for box in self.boxes.values():
            box.editor.edited.connect(self._on_edited)
        self._walk = Walk(self._body)
        self._walk.arrived.connect(self.focus)
        self._walk.ended.connect(self._on_next)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        self._arrange()

    # texts

    def set_texts(self, texts: Mapping[str, str], filled: Collection[str] = ()) -> None:
        """Shows a record's texts by field key; `filled` are those the program filled in by itself."""
        for key, box in self.boxes.items():
            box.editor.set_value(texts.get(key, ""))
            box.show_error("")
            box.show_filled(key in filled)
        self._above, self._before = self._before, self.texts()
        said = (key for key in self._body.rare if self._fields[key].kind != Kind.LIST_KIND)  # which is filled in by itself
        self._body.unfold(self._unfolded or any(self._before[key] not in ("", NO) for key in said))
        self._scroll.verticalScrollBar().setValue(0)
        self.settled.emit()

    def label_of(self, key: str) -> str:
        """What a field is called."""
        return self._fields[key].label

    def type_in(self, texts: Mapping[str, str]) -> None:
        """Puts texts into the editors as if a clerk had typed them: the form has changed."""
        for key in texts.keys() & self.boxes.keys():
            self.boxes[key].editor.set_value(texts[key])
            self.boxes[key].show_filled(False)
        if texts.keys() & self._body.rare:
            self._body.unfold(True)

    def texts(self) -> dict[str, str]:
        """What stands in the editors, by field key."""
        return {key: box.editor.value() for key, box in self.boxes.items()}

    def saw(self, texts: Mapping[str, str]) -> None:
        """What is typed from here on was typed when the record said this; a form of kept records minds it."""

    @property
    def before(self) -> dict[str, str]:
        """What the editors held when the record was shown or saved last."""
        return dict(self._before)

    @property
    def changed(self) -> bool:
        """Whether something was typed since the texts were set."""
        return self.texts() != self._before

    def keep(self) -> None:
        """Takes what stands there as saved."""
        self._before = self.texts()
        self.settled.emit()

    def ask_save(self, then_next: bool) -> None:
        """Asks whoever uses the form to save it."""
        self.save_asked.emit(then_next)

    def show_errors(self, messages: Mapping[str, str]) -> None:
        """Puts each message under its field and the focus into the first; the texts stay as they are."""
        for key, box in self.boxes.items():
            box.show_error(messages.get(key, ""))
        first = next((key for key in self.boxes if key in messages), None)
        if first is not None:
            self.focus(first)

    def focus(self, key: str | None = None) -> None:
        """Puts the focus into a field, the first open one if none is named; typing replaces what the program filled in there."""
        key = key or self._body.first
        if key in self._body.rare and not self._body.unfolded:
            self._body.unfold(True)
        box = self.boxes[key]
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if box.filled and not isinstance(box.editor, FlagEditor):
            box.editor.selectAll()
        self._scroll.ensureWidgetVisible(box, 0, scaled(24))

    def set_choices(self, choices: Mapping[Kind, Sequence[Choice]]) -> None:
        """Gives the editors the units, categories and people there are now."""
        for key, field in self._fields.items():
            kind = NAMES.get(field.kind, field.kind)
            if kind in choices:
                self.boxes[key].set_choices(choices[kind])

    def set_locked(self, keys: Collection[str]) -> None:
        """Shows those fields without letting them be changed; with all of them locked there is nothing to save."""
        self._body.lock(keys)
        for action in (self.save_action, self.next_action):
            action.setEnabled(bool(self._body.open_keys))

    def show_note(self, note: str, state: str = "") -> None:
        """What stands under the heading: words as they are, behind the word of a state (rich text)."""
        self.note.setText(" · ".join(filter(None, (state, escape(note)))))
        self.note.setVisible(bool(note or state))

    # building

    def _arrange(self) -> None:
        buttons = flowing(margins=(20, 10, 20, 10), spacing=8)
        put(
            buttons,
            ActionButton(self.save_action, "strong"),
            ActionButton(self.next_action),
            1,
            ActionButton(self.leave_action, "plain"),
        )
        top = upright(margins=(20, 12, 20, 4), spacing=4)
        put(top, self.heading, self.note)
        line = QFrame()
        line.setObjectName("hairline")
        put(upright(self, FLUSH, 0), top, (self._scroll, 1), line, buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._body.lay_out(2 if self.width() >= scaled(_TWO) else 1)

    # going through the fields

    @Slot()
    def _on_edited(self) -> None:
        for box in self.boxes.values():
            if box.editor is self.sender():
                box.show_filled(False)
                box.show_error("")
        self.typed.emit()

    @Slot()
    def _on_above(self) -> None:
        key = next((key for key in self._body.keys if self.boxes[key].editor.hasFocus()), "")
        if key and self._above.get(key):
            box = self.boxes[key]
            box.editor.set_value(self._above[key])
            box.show_error("")
            box.show_filled(True)
            self._walk.go(box.editor, 1)

    @Slot()
    def _on_more(self) -> None:
        self._unfolded = not self._body.unfolded
        within = [key for key in self._body.rare if self.boxes[key].editor.hasFocus()]
        self._body.unfold(self._unfolded)
        if self._unfolded:
            self.focus(next((key for key in self._body.keys if key in self._body.rare), None))
        elif within and self._body.keys:
            self.focus(self._body.keys[-1])

    @Slot()
    def _on_save(self) -> None:
        self.ask_save(False)

    @Slot()
    def _on_next(self) -> None:
        self.ask_save(True)
