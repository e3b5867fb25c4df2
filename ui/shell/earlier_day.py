"""Looking back: on every page lights are shown as they were on an earlier day, and a bar says so until today is come back to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame

from db.fields import Kind
from huajie_desktop.values.spoken_days import in_words, standing_day
from ui.forms.day_editor import DayEditor
from ui.theme import scaled
from ui.widgets.building import flowing, make_label, put
from ui.widgets.buttons import ActionButton, add_action

if TYPE_CHECKING:
    from ui.desk.desk import Desk

_ASKS = "看到哪一天的亮灯？写好日期按回车。"
_LATER = "{day}还没有到，亮灯只能看到今天为止。请写一个已经过去的日期。"
_SHOWS = "这里的亮灯是{day}的，不是今天的：那天以后的事都没有算，任务的其他内容还是现在的，报告和通报按各自写明的日期算。"


class EarlierDay(QFrame):
    """The bar over all pages: asks for the day, and says which one is shown."""

    def __init__(self, desk: "Desk", ask: QAction) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("earlierDay")
        self.words = make_label(wrap=True)
        self.editor = DayEditor(desk, Kind.DAY)
        self.editor.setAccessibleName("看到哪一天")
        self.editor.setFixedWidth(scaled(150))
        self.editor.returnPressed.connect(self._on_asked)
        ask.triggered.connect(self._on_ask)
        self.show_day = add_action(self, "看这一天", "", "search", "按这一天看亮灯（回车）", self._on_asked)
        self.back = add_action(self, "回到今天", "", "return", "亮灯又按今天的看", self._on_back)
        put(
            flowing(self, (24, 6, 24, 6), 12), (self.words, 1), self.editor, ActionButton(self.show_day, "plain"),
            ActionButton(self.back),
        )  # fmt: skip
        desk.looked.connect(self._tell)
        self.hide()

    @property
    def _looking_back(self) -> bool:
        return self._desk.day != self._desk.today

    @Slot()
    def _on_ask(self) -> None:
        self.words.setText(_SHOWS.format(day=in_words(self._desk.day)) if self._looking_back else _ASKS)
        self.editor.set_value(self._desk.day.isoformat())
        self.show()
        self.editor.setFocus()
        self.editor.selectAll()

    @Slot()
    def _on_asked(self) -> None:
        day = standing_day(self.editor.value(), self._desk.seat.year)
        if day is None:
            self.words.setText("看不懂这个日期，还是原来的亮灯。请写成 2021-06-30 或 6月30日。")
        elif day > self._desk.today:
            self.words.setText(_LATER.format(day=in_words(day)))
        else:
            self._desk.look_back(day)

    @Slot()
    def _on_back(self) -> None:
        self._desk.look_back(None)

    @Slot()
    def _tell(self) -> None:
        self.setVisible(self._looking_back)
        self.words.setText(_SHOWS.format(day=in_words(self._desk.day)))
