"""The bars above and below the page: the menu, whose data this is, search, who is at the desk; what happened last, and undo."""

from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from db.acts import reverse_of
from resources import product_name
from ui.shell.commands import Commands
from ui.theme import icon, scaled
from ui.widgets.building import across, as_caption, as_tip, put
from ui.widgets.buttons import ActionButton, tip_of, worded_keys
from ui.widgets.elided import ElidedButton, ElidedLabel

_FIGURES = 360  # px at 100 % that sums keep: words give way before a figure is cut


class TopBar(QFrame):
    """The menu's button, township and year, the search box, the person at the desk."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.office = ElidedLabel(product_name(), "officeName")
        self.search = QLineEdit()
        self.search.setObjectName("searchBox")
        self.search.setPlaceholderText("搜索任务、村、人（Ctrl+K）")
        self.search.setToolTip(as_tip(tip_of(commands.search)))
        self.search.setMinimumWidth(scaled(120))
        self.search.setMaximumWidth(scaled(340))
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.person = QPushButton()
        self.person.setProperty("kind", "plain")
        self.person.setIcon(icon("user"))
        self.person.setIconSize(QSize(scaled(18), scaled(18)))
        self.person.setToolTip(as_tip(tip_of(commands.person)))
        self.person.clicked.connect(commands.person.trigger)
        self.person.hide()
        self.menu = ActionButton(commands.menu, "plain")
        self._arrange()

    def _arrange(self) -> None:
        put(across(self, (8, 0, 16, 0), 12), self.menu, self.office, 1, (self.search, 12), 1, self.person)

    def show_person(self, name: str) -> None:
        """Who is at the desk."""
        self.person.setText(as_caption(name))
        self.person.show()


class StatusBar(QFrame):
    """What was done last and when, where the data is; undo and redo beside it."""

    def __init__(self, undo: QAction, redo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self._undo_action, self._redo_action = undo, redo
        self._happened, self._place, self._copied = ElidedLabel(), ElidedLabel(), ElidedLabel()
        self._counted = ElidedLabel(least=_FIGURES)
        self._undo, self._redo = ElidedButton(), ElidedButton()
        line = across(self, (18, 0, 12, 0), 8)
        put(line, self._happened, self._place, self._copied, 1, self._counted)
        self._happened.hide()
        for button, action in ((self._undo, undo), (self._redo, redo)):
            button.clicked.connect(action.trigger)
            button.hide()
            line.addWidget(button)

    def show_place(self, text: str, tip: str, copied: str) -> None:
        """Where the data lies, and when everything was copied last."""
        self.show_copied(copied)
        self._place.setText(text)
        self._place.setToolTip(as_tip(tip))

    def show_copied(self, text: str) -> None:
        """When everything was copied last."""
        self._copied.setText(f"· {text}" if text else "")

    def show_counted(self, words: str) -> None:
        """What the rows of the list in sight come to."""
        self._counted.setText(words)
        self._counted.setToolTip(as_tip(words))

    def show_done(self, label: str, at: datetime) -> None:
        """What was kept last; nothing where another year is looked at, or what is known of the data is another thing now."""
        if not label:
            return
        self._happened.setText(f"已保存 {at:%H:%M} · {_shortened(label, 60)} ·")
        self._happened.show()

    def show_steps(self, undoable: str | None, redoable: str | None) -> None:
        """Names the steps that can be taken back and done again."""
        for button, action, words in (
            (self._undo, self._undo_action, undoable and reverse_of(undoable)),
            (self._redo, self._redo_action, redoable and f"恢复 {redoable}"),
        ):
            action.setEnabled(words is not None)
            button.setVisible(words is not None)
            button.setText(as_caption(_shortened(words or "")))
            button.setToolTip(as_tip(f"{words}（{worded_keys(action)}）"))

    def room_beside_steps(self) -> int:
        """How many px at its left are free of the steps that can be taken back and done again."""
        line = self.layout()
        if line is not None:
            line.activate()  # a step may just have come
        return min((button.x() for button in (self._undo, self._redo) if not button.isHidden()), default=self.width())


def _shortened(label: str, most: int = 27) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"
