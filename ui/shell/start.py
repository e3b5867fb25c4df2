"""The first minutes: whose data this is (once), and who is at the desk (at every start)."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ui.theme import restyle, scaled
from ui.widgets.building import across, as_tip, make_label, put, upright
from ui.widgets.choice import Choice, ChoiceEdit
from ui.widgets.steady import Spin

_label = partial(make_label, wrap=True)

_WIDTH = 400  # px at 100 %
_RESTORE = "从备份恢复…"
_NOTICE = "本程序只在这台电脑上保存数据，不联网。请勿录入国家秘密和工作秘密事项。"


class _Sheet(QWidget):
    """A heading, a few fields with their errors and one button, in the middle of the window."""

    def __init__(self, heading: str, text: str, verb: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._fields = upright(spacing=6)
        self._errors: dict[str, tuple[QWidget, QLabel]] = {}
        self._buttons: list[QWidget] = []
        self.first: QWidget  # where the keys go when the page is shown: no focus proxy, which Tab would always come back to
        self._row = across(spacing=8)
        self.button = self.first = self.add_button(verb, f"{verb}（回车）")
        self.button.setProperty("kind", "primary")
        column = upright(spacing=8)
        put(column, _label(heading, "pageTitle"), _label(text, "quiet"))
        column.addSpacing(scaled(8))
        column.addLayout(self._fields)
        column.addSpacing(scaled(8))
        self._row.addStretch(1)
        column.addLayout(self._row)
        self._holder = holder = QWidget()
        holder.setFixedWidth(scaled(_WIDTH))
        holder.setLayout(column)
        outer = upright(self)
        middle = QHBoxLayout()  # not an alignment: that would not ask the labels how high their text is at this width
        put(middle, 1, holder, 1)
        put(outer, 2, middle, 3)

    def add_button(self, verb: str, tip: str) -> QPushButton:
        """A button behind those there are; Enter presses the one with the focus."""
        made = QPushButton(verb)
        made.setToolTip(as_tip(tip))
        made.setAutoDefault(True)
        self._row.insertWidget(len(self._buttons), made)
        self._buttons.append(made)
        return made

    def add_field(self, key: str, label: str, editor: QWidget) -> None:
        """One editor with its label above and room for an error below."""
        error = _label("", "fieldError")
        error.hide()
        put(self._fields, _label(label, "fieldLabel"), editor, error)
        self._fields.addSpacing(scaled(6))
        self._errors[key] = (editor, error)

    def show_errors(self, messages: dict[str, str]) -> None:
        """Puts the messages under their fields and the focus into the first of them."""
        first = None
        for key, (editor, error) in self._errors.items():
            error.setText(messages.get(key, ""))
            error.setVisible(key in messages)
            restyle(editor, wrong=key in messages)
            first = first or (editor if key in messages else None)
        if first is not None:
            first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        stops = [editor for editor, _error in self._errors.values()] + self._buttons
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.first.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_holder"):  # e.g. another text size
            self._holder.setFixedWidth(scaled(_WIDTH))


class FirstStart(_Sheet):
    """Asks once for township and year, and for the name of who sits here; or brings back a copy made on another computer."""

    agreed = Signal(str, int, str)  # township, year, name
    restore_asked = Signal()

    def __init__(self, township: str, year: int) -> None:
        super().__init__(
            "开始使用", f"填好下面三项就可以开始。预设是{township} {year} 年，会自动建好各村、居委会和类别。", "开始使用"
        )
        self._township = QLineEdit(township)
        self._year = Spin()
        self._year.setRange(2000, 2100)
        self._year.setValue(year)
        self._name = QLineEdit()
        self._name.setPlaceholderText("如 张三")
        self._name.setMaxLength(40)
        self.add_field("township", "乡镇（街道）名称", self._township)
        self.add_field("year", "年度", self._year)
        self.add_field("name", "您的姓名", self._name)
        self._fields.addWidget(_label(_NOTICE, "caption"))
        self.button.clicked.connect(self._on_agreed)
        self.restore = self.add_button(_RESTORE, "以前用过、有备份的，从 U 盘或磁盘里恢复")
        self.restore.clicked.connect(self.restore_asked)
        self._township.returnPressed.connect(self._year.setFocus)
        self._year.lineEdit().returnPressed.connect(self._name.setFocus)
        self._name.returnPressed.connect(self.button.click)
        self.first = self._name

    @Slot()
    def _on_agreed(self) -> None:
        name = self._name.text().strip()
        if not name:
            self.show_errors({"name": "请填写您的姓名，每次改动都会记上这个名字"})
        else:
            self.agreed.emit(self._township.text().strip(), self._year.value(), name)


class SignIn(_Sheet):
    """Asks who is at the desk; the last name is there already, Enter suffices."""

    signed = Signal(str)

    def __init__(self, names: Sequence[str], last: str) -> None:
        super().__init__("您是哪一位？", "每次改动都会记上您的姓名。可以选用过的姓名，也可以直接输入。", "进入")
        self._name = ChoiceEdit(new_allowed=True)
        self._name.set_choices([Choice(name, name) for name in names])
        self._name.setText(last or (names[0] if names else ""))
        self._name.setMaxLength(40)
        self._name.returnPressed.connect(self._on_signed)
        self.add_field("name", "姓名", self._name)
        self._fields.addWidget(_label(_NOTICE, "caption"))
        self.button.clicked.connect(self._on_signed)
        self.first = self._name

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._name.selectAll()

    @Slot()
    def _on_signed(self) -> None:
        name = self._name.text().strip()
        if name:
            self.signed.emit(name)
        else:
            self.show_errors({"name": "请填写您的姓名"})


class Failed(_Sheet):
    """Shown when the data could not be opened: why, and what to do."""

    closed = Signal()
    restore_asked = Signal()

    def __init__(self, sentence: str) -> None:
        super().__init__("数据没有打开", sentence, "关闭")
        self.button.clicked.connect(self.closed)
        self.restore = self.add_button(_RESTORE, "用备份代替打不开的数据；打不开的会留着")
        self.restore.clicked.connect(self.restore_asked)
