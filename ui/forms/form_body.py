"""What a form shows: labelled editors in groups of two columns; the rarer groups lie folded under 更多."""

from collections.abc import Collection, Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from db.fields import Field, Kind
from ui.desk.desk import Desk
from ui.forms.editors import WIDE, ChoiceEditor, Editor, FlagEditor, make_editor
from ui.theme import COLOURS, icon, restyle, scaled
from ui.widgets.building import FLUSH, across, as_tip, make_label, put, upright
from ui.widgets.choice import Choice

_WIDTH = 640  # px at 100 %, at most
_NAMED = 4  # folded fields named on the button
Groups = Sequence[tuple[str, Sequence[str]]]  # heading, field keys


class FieldBox(QWidget):
    """One field: label above, editor, below it what is to be looked at and what is wrong."""

    ticked = Signal()  # what was to be looked at was

    def __init__(self, field: Field, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        words = "" if isinstance(editor, FlagEditor) else _worded(field)
        label = make_label(words, "fieldLabel", markup=field.required)
        label.setBuddy(editor)
        self._error = make_label(name="fieldError", wrap=True)
        self._error.hide()
        self._warning = make_label(name="doubt", wrap=True)
        self._warning.hide()
        self._doubt: QWidget | None = None
        self._column = upright(self, FLUSH, 4)
        put(self._column, label, editor, self._error, self._warning, 1)

    @property
    def error(self) -> str:
        """What is wrong with the field, empty if nothing."""
        return self._error.text()

    @property
    def filled(self) -> bool:
        """Whether what stands there was filled in by the program and not touched since."""
        return bool(self.editor.property("filled"))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """What there is to choose from."""
        if isinstance(self.editor, ChoiceEditor):
            self.editor.set_choices(choices)

    def show_error(self, message: str) -> None:
        """Says what is wrong under the editor; empty takes it away."""
        if message != self._error.text():
            self._error.setText(message)
            self._error.setVisible(bool(message))
            restyle(self.editor, wrong=bool(message))

    @property
    def warning(self) -> str:
        """What ought to be looked at, empty if nothing."""
        return self._warning.text()

    def show_warning(self, message: str) -> None:
        """Says under the editor what ought to be looked at, with nothing to be ticked; empty takes it away."""
        if message != self._warning.text():
            self._warning.setText(message)
            self._warning.setVisible(bool(message))

    def show_doubt(self, words: str) -> None:
        """Says under the editor what is still to be looked at, with a button for having done so; empty takes it away."""
        if words and self._doubt is None:
            self._doubt = QWidget()
            self._doubted = make_label(name="doubt", wrap=True)
            tick = QPushButton("核对无误")
            tick.setProperty("kind", "link")
            tick.setToolTip(as_tip("这一项看过了，照读到的留着（F8 一次核对这条记录的全部）"))
            tick.clicked.connect(self.ticked)
            line = across(self._doubt, FLUSH, 8)
            put(line, (self._doubted, 1), (tick, 0, Qt.AlignmentFlag.AlignTop))
            self._column.insertWidget(2, self._doubt)
        if self._doubt is not None:
            self._doubted.setText(words)
            self._doubt.setVisible(bool(words))

    def show_filled(self, filled: bool) -> None:
        """Marks the editor as filled in by the program, or no longer."""
        if self.filled != filled:
            restyle(self.editor, filled=filled)


class FormBody(QWidget):
    """The boxes of a form by field key; the groups behind the first `usual` ones (None: none) can be folded away."""

    fold_asked = Signal()  # the button 更多 was pressed

    def __init__(
        self,
        groups: Groups,
        usual: int | None,
        fields: Mapping[str, Field],
        choices: Mapping[Kind, Sequence[Choice]],
        desk: Desk,
    ) -> None:
        super().__init__()
        self.setObjectName("pageBody")
        self.setMaximumWidth(scaled(_WIDTH))
        self.boxes: dict[str, FieldBox] = {}
        self._fields, self._choices, self._desk = fields, choices, desk
        self._locked: frozenset[str] = frozenset()
        self._columns = 2
        self._grids: list[tuple[QGridLayout, Sequence[str]]] = []
        shown = groups if usual is None else groups[:usual]
        rare = groups[len(shown) :]
        self.rare = {key for _heading, keys in rare for key in keys}
        self._more = QPushButton()
        self._more.setProperty("kind", "row")
        self._more.clicked.connect(self.fold_asked)
        self._folded = QWidget()
        self._arrange(shown, rare)
        names = [fields[key].label for _heading, keys in rare for key in keys]
        self._names = "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
        self.unfold(False)

    @property
    def keys(self) -> list[str]:
        """The fields that can be reached now, in order."""
        return [key for key in self.open_keys if key not in self.rare or self.unfolded]

    @property
    def open_keys(self) -> list[str]:
        """The fields that can be changed, folded away or not, in order."""
        return [key for key in self.boxes if key not in self._locked]

    @property
    def first(self) -> str:
        """The field to begin with: the first that can be changed, rather one that is not folded away."""
        return next(iter(self.keys or self.open_keys or self.boxes))

    def lock(self, keys: Collection[str]) -> None:
        """Lets everything but those fields be changed."""
        self._locked = frozenset(keys)
        for key, box in self.boxes.items():
            box.setEnabled(key not in self._locked)

    @property
    def unfolded(self) -> bool:
        """Whether the rarer fields are shown."""
        return not self._folded.isHidden()

    @Slot(bool)
    def unfold(self, unfolded: bool) -> None:
        """Shows the rarer fields, or folds them away."""
        self._folded.setVisible(unfolded)
        self._more.setIcon(icon("down" if unfolded else "right"))
        self._more.setText(" 收起" if unfolded else f" 更多：{self._names}")
        if unfolded and (layout := self.layout()) is not None:  # at once, so that a field there can be scrolled to
            layout.activate()
            self.resize(self.width(), self.sizeHint().height())

    def name_keys(self, tip: str) -> None:
        """What the button's tool tip says."""
        self._more.setToolTip(as_tip(tip))

    def _arrange(self, shown: Groups, rare: Groups) -> None:
        column = upright(self, (20, 4, 20, 16), 12)
        self._add_groups(column, shown)
        put(column, (self._more, 0, Qt.AlignmentFlag.AlignLeft), self._folded, 1)
        inside = upright(self._folded, FLUSH, 12)
        self._add_groups(inside, rare)
        self._more.setVisible(bool(rare))

    def _add_groups(self, column: QVBoxLayout, groups: Groups) -> None:
        for heading, keys in groups:
            if heading:
                title = make_label(heading, "groupTitle")
                column.addSpacing(scaled(4))
                column.addWidget(title)
            column.addLayout(self._grid(keys))

    def _grid(self, keys: Sequence[str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(16))
        grid.setVerticalSpacing(scaled(12))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for key in keys:
            self.boxes[key] = FieldBox(self._fields[key], make_editor(self._fields[key], self._choices, self._desk))
        self._fill(grid, keys)
        self._grids.append((grid, keys))
        return grid

    def lay_out(self, columns: int) -> None:
        """Stands the fields in one column or in two."""
        if columns == self._columns:
            return
        self._columns = columns
        for grid, keys in self._grids:
            for key in keys:
                grid.removeWidget(self.boxes[key])
            self._fill(grid, keys)
            grid.setColumnStretch(1, 1 if columns > 1 else 0)
            grid.setHorizontalSpacing(scaled(16) if columns > 1 else 0)
        if (layout := self.layout()) is not None:  # at once: where it is out of sight nobody is told to make room
            layout.activate()
            self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    def _fill(self, grid: QGridLayout, keys: Sequence[str]) -> None:
        row, half = 0, 0
        for key in keys:
            field = self._fields[key]
            wide = field.kind in WIDE or (field.kind == Kind.TEXT and (field.max_length or 0) > 100) or self._columns == 1
            if wide and half:
                row, half = row + 1, 0
            grid.addWidget(self.boxes[key], row, half, 1, min(self._columns, 2) if wide else 1)
            row, half = (row + 1, 0) if wide or half else (row, 1)


def _worded(field: Field) -> str:
    words = f"{field.label}（{field.unit}）" if field.unit else field.label
    return f'{escape(words)} <span style="color:{COLOURS["red"]}">*</span>' if field.required else words
