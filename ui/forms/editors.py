"""Editors, one for each kind of field; all hold the text a clerk types, so that the form decides nothing about validity."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from db.fields import Field, Kind
from db.words.searching import search_text
from huajie_desktop.values.recurrence import EXAMPLES
from ui.desk.desk import Desk
from ui.forms.day_editor import TIP, DayEditor
from ui.forms.line_editor import SumEditor
from ui.forms.usual_phrases import UsualPhrases
from ui.theme import scaled
from ui.widgets.building import as_tip
from ui.widgets.choice import Choice, ChoiceEdit
from ui.widgets.line import LineEditor

YES, NO = "是", "否"
WIDE = frozenset(
    {Kind.LONG_TEXT, Kind.MILESTONES, Kind.QUANTITIES, Kind.FUNDING, Kind.REACHED, Kind.BROUGHT}
)  # kinds that take the form's whole width
_SUM = "可以写算式，如 3+4.5、12*8"
_TIPS = {Kind.DAY: TIP, Kind.DEADLINE: TIP, Kind.MONEY: _SUM, Kind.NUMBER: _SUM}
NAMES = {Kind.PEOPLE: Kind.PERSON, Kind.UNITS: Kind.UNIT, Kind.CATEGORIES: Kind.CATEGORY}  # what several names are chosen from


class ChoiceEditor(ChoiceEdit):
    """One or several of known names; see ChoiceEdit."""

    def __init__(
        self, choices: Sequence[Choice], *, several: bool = False, new_allowed: bool = False, new_word: str = ""
    ) -> None:
        super().__init__(several=several, new_allowed=new_allowed, new_word=new_word)
        self.set_choices(choices)


class LongEditor(QPlainTextEdit):
    """Several lines; Alt+Enter breaks a line. In a `listing` Enter does so too, until the line is empty."""

    edited = Signal()
    gone_on = Signal()

    def __init__(self, lines: int, *, listing: bool = False) -> None:
        super().__init__()
        self._lines, self._listing, self._setting = lines, listing, False
        self.usual: UsualPhrases | None = None
        self.setTabChangesFocus(True)
        self.setSizeAdjustPolicy(QPlainTextEdit.SizeAdjustPolicy.AdjustIgnored)
        self.setFixedHeight(self.sizeHint().height())
        self.textChanged.connect(self._on_changed)

    def value(self) -> str:
        """The text as typed."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Shows a text; nothing to undo before it."""
        self._setting = True
        self.setPlainText(text)
        self._setting = False

    @Slot()
    def _on_changed(self) -> None:
        if not self._setting:
            self.edited.emit()

    def wants_break(self) -> bool:
        """Whether Enter starts a new line here rather than going on."""
        return self._listing and bool(self.textCursor().block().text().strip())

    def break_line(self) -> None:
        """Starts a new line at the cursor."""
        self.textCursor().insertText("\n")

    def drop_empty_line(self) -> None:
        """Takes away the empty line Enter was pressed on."""
        cursor = self.textCursor()
        if self._listing and not cursor.block().text() and cursor.position():
            cursor.deletePreviousChar()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def sizeHint(self) -> QSize:
        return QSize(scaled(200), self.fontMetrics().lineSpacing() * self._lines + scaled(22))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            idle_undo = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            if idle_undo or (event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)


class FlagEditor(QCheckBox):
    """Yes or no."""

    edited = Signal()
    gone_on = Signal()

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.clicked.connect(self.edited)

    def value(self) -> str:
        """是 or 否."""
        return YES if self.isChecked() else NO

    def set_value(self, text: str) -> None:
        """Ticked for 是."""
        self.setChecked(text == YES)


Editor = LineEditor | LongEditor | FlagEditor


def make_editor(
    field: Field, choices: Mapping[Kind, Sequence[Choice]], desk: Desk, choice: type[ChoiceEditor] = ChoiceEditor
) -> Editor:
    """The editor for a declared field; `choices` are the known units, categories and people, chosen from in a `choice`.

    The desk says what day it is, and which phrases are usual.
    """
    editor = _bare_editor(field, choices, desk, choice)
    if isinstance(editor, (QLineEdit, QPlainTextEdit)):
        editor.setPlaceholderText(field.help)
    if isinstance(editor, QLineEdit) and field.kind == Kind.MONEY:
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
    editor.setToolTip(as_tip("。".join(filter(None, (field.help, _TIPS.get(field.kind, ""))))))
    editor.setAccessibleName(field.label)
    return editor


def choices_said(field: Field) -> list[Choice]:
    """The choices of a field, found by what else they are called, too."""
    return [Choice(value, word, search_text(word, *field.also.get(value, ()))) for value, word in field.choices.items()]


def _bare_editor(field: Field, choices: Mapping[Kind, Sequence[Choice]], desk: Desk, choice: type[ChoiceEditor]) -> Editor:
    match field.kind:
        case Kind.UNIT | Kind.CATEGORY | Kind.LIST_KIND | Kind.FORCE:
            return choice(choices.get(field.kind, ()))
        case Kind.UNITS | Kind.CATEGORIES:
            return choice(choices.get(NAMES[field.kind], ()), several=True)
        case Kind.PERSON | Kind.PEOPLE:
            several = field.kind == Kind.PEOPLE
            return choice(choices.get(Kind.PERSON, ()), several=several, new_allowed=True, new_word="新增人员")
        case Kind.RECURRENCE:
            return choice([Choice(words, words, search_text(words)) for words in EXAMPLES], new_allowed=True)
        case Kind.CHOICE:
            return choice(choices_said(field))
        case Kind.LONG_TEXT:
            editor = LongEditor(2)
            editor.usual = UsualPhrases(desk, field.label, editor)
            return editor
        case Kind.DAY | Kind.DEADLINE:
            return DayEditor(desk, field.kind)
        case Kind.MONEY | Kind.NUMBER:
            return SumEditor(field.unit)
        case Kind.MILESTONES | Kind.FUNDING | Kind.REACHED | Kind.BROUGHT:
            return LongEditor(3 if field.kind == Kind.MILESTONES else 2, listing=True)
        case Kind.FLAG:
            return FlagEditor(field.label)
        case _:
            return LineEditor()
