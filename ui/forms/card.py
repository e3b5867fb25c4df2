"""One record whole: its form, and as tabs above it the further parts of the same record."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from huajie_desktop.declared.ledger import Ledger
from ui.forms.forms import RecordForm
from ui.widgets.building import FLUSH, put, upright
from ui.widgets.buttons import WINDOW, add_action
from ui.widgets.filters import Tabs
from ui.widgets.stack import Stack

_FORM = "内容"


class RecordCard(QFrame):
    """The form and, by their words, the parts; Alt+1 … go to them. Parts are read when they are looked at."""

    def __init__(self, form: RecordForm, parts: Mapping[str, Any], strip: Any = None) -> None:
        """`strip` stands above the tabs and is told which record is shown, like the parts."""
        super().__init__()
        self.setObjectName("side")
        self.setAccessibleName("这一条")
        self.form, self.strip = form, strip
        self._parts: dict[str | None, Any] = {None: form} | {word: part for word, part in parts.items()}
        self._shown: dict[str | None, tuple[Ledger, int | None]] = {}
        self._record: tuple[Ledger, int | None] | None = None
        words = {key: key or _FORM for key in self._parts}
        self.tabs = Tabs(words, tips={key: f"{word}（Alt+{place}）" for place, (key, word) in enumerate(words.items(), 1)})
        self.tabs.chosen.connect(self.show_part)
        self._stack = Stack()
        for key, part in self._parts.items():
            part.setAccessibleName(key or "表单")
            self._stack.addWidget(part)
        self.actions_of_parts = []
        for place, (key, word) in enumerate(words.items(), 1):
            tip = f"打开的这一条：{word}"
            self.actions_of_parts.append(add_action(self, f"看{word}", f"Alt+{place}", "", tip, self._on_key, context=WINDOW))
            self.actions_of_parts[-1].setData(key)
        self._back = add_action(self, "回到内容", "Esc", "", "回到这一条的表单", self._on_back)
        self._arrange()
        self.show_part(None)

    def _arrange(self) -> None:
        top = upright(margins=(20, 12, 20, 0), spacing=4)
        top.addWidget(self.form.heading)  # they stand above the tabs, for all parts
        top.addWidget(self.form.note)
        if self.strip is not None:
            top.addWidget(self.strip)
        top.addWidget(self.tabs)
        put(upright(self, FLUSH, 0), top, (self._stack, 1))

    @property
    def part(self) -> str | None:
        """The word of the part that is shown, None for the form."""
        return self.tabs.key

    def show_record(self, ledger: Ledger, record_id: int | None) -> None:
        """Says which record the parts belong to; one not kept yet (None) has its form alone."""
        same = self._record == (ledger, record_id)
        self._record = (ledger, record_id)
        self._shown.clear()
        if self.strip is not None:
            self.strip.show_record(ledger, record_id)
        self.tabs.setVisible(record_id is not None)
        for action in self.actions_of_parts:
            action.setEnabled(record_id is not None)
        self.show_part(self.part if same or record_id is not None else None)

    @Slot(object)
    def show_part(self, key: str | None) -> None:
        """Shows one part, read anew if the record is another since."""
        self.tabs.select(key)
        part: QWidget = self._parts[key]
        if key is not None and self._record is not None and self._shown.get(key) != self._record:
            self._shown[key] = self._record
            self._parts[key].show_record(*self._record)
        self._stack.setCurrentWidget(part)
        self.setFocusProxy(part)
        self._back.setEnabled(key is not None)  # in the form Esc is the form's own

    @Slot()
    def _on_back(self) -> None:
        self.show_part(None)
        self.form.focus()

    @Slot()
    def _on_key(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        if action.data() is None:
            self._on_back()
        else:
            self.show_part(action.data())
            part: QWidget = self._parts[action.data()]
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not part.isAncestorOf(QApplication.focusWidget() or self):  # nothing there takes it: the list is empty
                self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
