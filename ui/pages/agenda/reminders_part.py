"""Reminders: what each unit owes, as a letter to print and as a text to copy into WeChat or SMS."""

from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from huajie_desktop.supervision.owing import LONGEST, Owed, Reminder, reminders
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.theme import scaled
from ui.widgets.building import FLUSH, as_tip, flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.panes import Panes

_TINTS = {True: "red", False: "blue"}
_COLUMNS = (
    LineColumn("title", "单位", 110),
    LineColumn("number", "欠办", 64, numeric=True),
    LineColumn("state", "最急的", 150, tint=lambda line: _TINTS[line.late]),
    LineColumn("owed", "都有什么", 320),
)


class _Line(NamedTuple):
    """One unit that owes something, as the list shows it."""

    id: int
    title: str
    number: int
    state: str
    late: bool
    owed: str


class RemindersPart(QWidget):
    """Units at the left, the text of those chosen at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: dict[int, Reminder] = {}
        self._only: Collection[int] = ()  # units that were asked for, all for none
        self.until, self.contact = QLineEdit(), QLineEdit()
        for line, name, hint in ((self.until, "办理期限", "如 3月15日"), (self.contact, "联系人及电话", "写在最后，可以不写")):
            line.setAccessibleName(name)
            line.setPlaceholderText(hint)
            line.setToolTip(as_tip(f"{name}：{hint}"))
            line.setMinimumWidth(scaled(140))
            line.textChanged.connect(self._on_said)
        self.table = LinesTable("reminders", _COLUMNS, desk.preferences, stretch="owed", spare=("state",), many=True)
        self.table.chosen.connect(self._on_said)
        self.table.opened.connect(self._on_opened)
        self.table.empty.say("没有欠办的单位", "没有逾期、没有欠报、七天内也没有到期的，不用催办。", picture="done")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("催办文字")
        self.length = make_label(name="quiet", wrap=True)
        self.copy = add_action(self, "复制", "Ctrl+Shift+D", "copy", "把右边的文字复制下来，粘贴到微信或短信", self._on_copy,
                               context=WINDOW)  # fmt: skip
        self.everyone = add_action(self, "看全部单位", "Ctrl+Shift+F", "", "不只看从清单带来的单位", self._on_all, context=WINDOW)
        self.letter = add_action(self, "做催办单", "Ctrl+P", "print", "给选中的单位（没有选就是全部）各做一份催办单，编号登记",
                                 self._on_letter, context=WINDOW)  # fmt: skip
        self._arrange()
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        above, right = flowing(spacing=8), QWidget()
        put(above, make_label("办理期限"), self.until, make_label("联系人及电话"), (self.contact, 1),
            ActionButton(self.everyone, "link"), ActionButton(self.letter), ActionButton(self.copy, "primary"))  # fmt: skip
        put(upright(right, (12, 0, 0, 0), 8), (self.text, 1), self.length)
        put(upright(self, FLUSH, 8), above, (Panes((self.table, 6), (right, 5)), 1))

    def refresh(self) -> None:
        """Reads anew what is owed."""
        with self._desk.reading() as session:
            self._found = {one.unit_id: one for one in reminders(session, self._desk.today, self._only or None)}
        self.table.show_lines([_line(one) for one in self._found.values()])
        self.everyone.setVisible(bool(self._only))
        self._on_said()

    def show_units(self, ids: Collection[int]) -> None:
        """Shows just these units, all for none."""
        self._only = ids
        self.refresh()

    def chosen(self) -> list[Reminder]:
        """Those that are selected, all where none is."""
        ids = self.table.selected_ids()
        return [self._found[unit_id] for unit_id in ids if unit_id in self._found] or list(self._found.values())

    @Slot()
    @Slot(str)
    def _on_said(self, _text: str = "") -> None:
        texts = [one.message(self.until.text().strip(), self.contact.text().strip()) for one in self.chosen()]
        self.text.setPlainText("\n\n".join(texts))
        longest = max(map(len, texts), default=0)
        said = f"{len(texts)} 个单位，最长的一条 {longest} 字（不超过 {LONGEST} 字）" if texts else ""
        self.length.setText(said)
        for action in (self.copy, self.letter):
            action.setEnabled(bool(texts))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._desk.say("done", f"已复制 {len(self.chosen())} 个单位的催办文字，到微信或短信里粘贴。")

    @Slot(object)
    def _on_opened(self, unit_id: int) -> None:
        self._desk.visit("checklist", {"unit": unit_id})

    @Slot()
    def _on_all(self) -> None:
        self.show_units(())

    @Slot()
    def _on_letter(self) -> None:
        said = {line.accessibleName(): line.text().strip() for line in (self.until, self.contact)}
        self._desk.visit("papers", {"kind": "reminder", "ids": [one.unit_id for one in self.chosen()], "said": said})


def _line(found: Reminder) -> _Line:
    worst: Owed = found.owed[0]
    return _Line(found.unit_id, found.unit, len(found.owed), worst.sort.word, found.late, found.summary)
