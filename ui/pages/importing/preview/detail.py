"""One row of the preview field by field: what the cell says, what was read, what is wrong; and typing it right in place."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QWidget

from db.fields import Field, Kind
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.read_record import ERROR, WARNING, Issue
from huajie_desktop.receiving.previews import PreviewRow, status_words
from huajie_desktop.work.task_ledger import TASKS
from ui.desk.desk import Desk
from ui.forms.editors import LongEditor, make_editor
from ui.lists.read_rows import TINTS, note_of
from ui.pages.importing.preview.decisions import Decisions
from ui.pages.importing.preview.preview_words import issue_of, value_words
from ui.theme import COLOURS, restyle, scaled
from ui.widgets.badge import dotted
from ui.widgets.building import FLUSH, across, as_tip, make_label, put, upright
from ui.widgets.choice import Choice
from ui.widgets.popup import PASSING

_SHADES = {"error": "red", "warning": "yellow"}


class CellBox(QWidget):
    """One field of the row: label and cell address, the cell's text to be typed over, and below it what was read of it."""

    ticked = Signal()  # what is doubted was looked at

    def __init__(self, field: Field, editor: QWidget) -> None:
        super().__init__()
        self.editor = editor
        self._before = ""
        if isinstance(editor, QLineEdit):
            editor.setAlignment(Qt.AlignmentFlag.AlignLeft)
        label = make_label(f"{field.label}（{field.unit}）" if field.unit else field.label, "fieldLabel")
        label.setBuddy(editor)
        self._place = make_label(name="caption")
        self._read = make_label(name="fieldLabel")
        self._issue = make_label()
        for words in (self._read, self._issue):
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = across()
        put(top, label, 1, self._place)
        column = upright(self, FLUSH, 4)
        column.addLayout(top)
        self._tick = QPushButton("核对无误")
        self._tick.setProperty("kind", "link")
        self._tick.setToolTip(as_tip("看过了，照读到的导入（F8 一次核对选中行的全部）"))
        self._tick.clicked.connect(self.ticked)
        beside = across(spacing=8)
        put(beside, (self._issue, 1), (self._tick, 0, Qt.AlignmentFlag.AlignTop))
        column.addWidget(editor)
        column.addLayout(beside)
        column.addWidget(self._read)

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return self.editor.value()  # type: ignore[attr-defined, no-any-return]

    @property
    def changed(self) -> bool:
        """Whether the clerk typed something since the cell was shown."""
        return self.text != self._before

    @property
    def issue(self) -> str:
        """The sentence under the field, empty if nothing is wrong."""
        return self._issue.text()

    def show_cell(self, row: PreviewRow, name: str) -> None:
        """Shows one field of a row."""
        record = row.record
        stood, said = row.typed.get(name, (None, record.raw.get(name, "")))
        self.editor.set_value(said)  # type: ignore[attr-defined]
        self._before = self.text
        self._place.setText(record.cell(name) if name in record.letters else "表里没有这一列")
        value = value_words(row, name)
        lines = [f"原文：{stood.strip() or '（空）'}"] if stood is not None else []
        lines += [f"读作：{value}"] if value and value != said.strip() else []
        lines += (record.hints or {}).get(name, ())
        self._read.setText("\n".join(lines))
        self._read.setVisible(bool(lines))
        self._show_issue(row, issue_of(row, name))

    def _show_issue(self, row: PreviewRow, issue: Issue | None) -> None:
        checked = issue is not None and row.is_checked(issue)
        shade = "quiet" if checked else _SHADES[issue.severity] if issue else "text"
        self._issue.setText(f"已核对：{issue.message}" if issue and checked else issue.message if issue else "")
        self._tick.setVisible(issue is not None and issue.severity == WARNING and not checked)
        self._issue.setStyleSheet(f"color: {COLOURS[shade]}; font-size: {scaled(13)}px")
        self._issue.setVisible(issue is not None)
        restyle(self.editor, wrong=issue is not None and issue.severity == "error")


class RowDetail(QFrame):
    """The chosen row; Enter in a field reads the typed text again and goes on, Esc goes back to the table."""

    typed = Signal(str, str)  # field, text: read it again
    ticked = Signal(str)  # field: what is doubted of it was looked at
    gone_on = Signal()  # Enter: to the next thing to look at
    left = Signal()  # Esc

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("side")
        self.boxes: dict[str, CellBox] = {}
        self._ledger = TASKS
        self._choices: Mapping[Kind, Sequence[Choice]] = {}
        self._row: PreviewRow | None = None
        self._heading = make_label(name="groupTitle", wrap=True)
        self._note = make_label(markup=True)
        self._note.setWordWrap(True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        put(upright(self, (20, 8, 4, 0), 4), self._heading, self._note, (self._scroll, 1))
        self.decisions = Decisions()

    def set_choices(self, choices: Mapping[Kind, Sequence[Choice]]) -> None:
        """Builds the editors anew with the units, categories and people there are to choose from."""
        self._choices = choices
        self._build(self._ledger)
        self.show_row(self._row)

    def _build(self, ledger: Ledger) -> None:
        self._ledger = ledger
        body = QWidget()
        body.setObjectName("pageBody")
        column = upright(body, (0, 8, 16, 16), 14)
        self.decisions.setParent(None)
        column.addWidget(self.decisions)
        self.boxes = {}
        for name, field in ledger.form_fields.items():
            box = self.boxes[name] = CellBox(field, make_editor(field, self._choices, self._desk))
            box.editor.installEventFilter(self)
            box.ticked.connect(self._on_ticked)
            box.editor.gone_on.connect(self._on_gone_on)  # type: ignore[attr-defined]
            column.addWidget(box)
        column.addStretch(1)
        self._scroll.setWidget(body)

    def show_row(self, row: PreviewRow | None) -> None:
        """Shows a row; None shows a hint."""
        fresh, self._row = row is not self._row, row
        self._scroll.setVisible(row is not None)
        if row is None:
            self._heading.clear()
            self._note.setText(f'<span style="color:{COLOURS["quiet"]}">选中一行，这里逐项显示表里写的和读到的内容。</span>')
            return
        if row.file.ledger is not self._ledger:
            self._build(row.file.ledger)
        self._heading.setText(row.record.title or "（没有名称）")
        state = dotted(status_words(row.file.ledger)[row.status], TINTS[row.status])
        self._note.setText("<br>".join(filter(None, [f"{state} · {escape(row.where)}", escape(note_of(row))])))
        self.decisions.show_row(row)
        for name, box in self.boxes.items():
            box.setVisible(not row.removed)
            box.show_cell(row, name)
        body, inside = self._scroll.widget(), self._scroll.widget().layout()
        if inside is not None:
            body.setMinimumHeight(max(inside.totalHeightForWidth(self._scroll.viewport().width()), 0))
            body.resize(body.width(), max(body.minimumHeight(), self._scroll.viewport().height()))
            inside.activate()  # now, since the problem is scrolled to by where the boxes lie
        if fresh:
            self._scroll.verticalScrollBar().setValue(0)
            QTimer.singleShot(0, self, self._show_problem)  # what stands above may take its room only then

    @Slot()
    def _show_problem(self) -> None:
        if (name := self._first_problem()) and self.decisions.first() is None:
            self._scroll.ensureWidgetVisible(self.boxes[name], 0, scaled(24))

    def _first_problem(self) -> str:
        """The first faulty field, else the first doubtful one nobody looked at; empty if nothing is wrong."""
        row = self._row
        found = {name: issue for name in self.boxes if row is not None and (issue := issue_of(row, name))}
        grave = (name for name, issue in found.items() if issue.severity == ERROR)
        doubtful = (name for name, issue in found.items() if row is not None and not row.is_checked(issue))
        return next(grave, next(doubtful, ""))

    def focus_problem(self) -> bool:
        """Puts the focus into the first faulty field, else the first doubtful one, else the first; True if something is wrong."""
        if self._row is None:
            return False
        if (first := self.decisions.first()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if self._row.removed:
            return False
        name = self._first_problem()
        box = self.boxes[name or next(iter(self.boxes))]
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(box.editor, QLineEdit):
            box.editor.selectAll()
        self._scroll.ensureWidgetVisible(box, 0, scaled(24))
        return bool(name)

    def commit(self) -> None:
        """Takes what was typed and not yet read."""
        for box in self.boxes.values():
            self._take(box.editor)

    def _take(self, watched: QObject | None) -> None:
        for name, box in self.boxes.items():
            if box.editor is watched and box.changed:
                self.typed.emit(name, box.text)

    def _on_ticked(self) -> None:
        self.ticked.emit(next(name for name, box in self.boxes.items() if box is self.sender()))

    def _on_gone_on(self) -> None:
        self._take(self.sender())
        self.gone_on.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() not in PASSING:
            self._take(watched)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if getattr(watched, "list_open", False):
                return False  # the list of names takes it first and then says gone_on
            if isinstance(watched, LongEditor) and watched.wants_break():
                watched.break_line()
                return True
            self._take(watched)
            self.gone_on.emit()
            return True
        if event.key() == Qt.Key.Key_Escape and not getattr(watched, "list_open", False):
            self.left.emit()
            return True
        return False
