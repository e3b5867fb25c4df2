"""Keying amounts and counts in a second time, without the first entry in sight; where the two differ the clerk decides."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QDialog, QPushButton, QRadioButton, QWidget

from db.fields import Field
from huajie_desktop.records import twice
from ui.desk.desk import Desk
from ui.forms.editors import make_editor
from ui.forms.form_body import FieldBox
from ui.forms.walk import GoingOn
from ui.theme import scaled
from ui.widgets.building import FLUSH, across, as_caption, flowing, make_label, put, upright
from ui.widgets.dialogs import Dialog, room_for
from ui.widgets.scrolled import Scrolled

_words = partial(make_label, wrap=True)

_WIDTH = 460  # px at 100 %


class SecondEntry(Dialog):
    """Asks for the fields again; `texts` afterwards are what holds. Enter goes on, arrows choose, Esc goes back to the form."""

    def __init__(self, parent: QWidget, desk: Desk, fields: Mapping[str, Field], first: Mapping[str, str]) -> None:
        super().__init__(parent)
        self._desk, self._fields, self._first = desk, fields, first
        self.texts: dict[str, str] = {}
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}  # the first and the second entry of what differs
        self.boxes = {key: FieldBox(field, make_editor(field, {}, desk)) for key, field in fields.items()}
        self.setWindowTitle("再录一遍")
        self.setMinimumWidth(scaled(_WIDTH))
        self._title = _words("请再录一遍金额和数量", "groupTitle")
        self._hint = _words("看着原始材料再录一遍，和第一遍对照。回车到下一格，Esc 回到表单。", "quiet")
        self._inside = upright(spacing=12)
        self._going = GoingOn(self)
        self._going.gone.connect(self._step)
        for box in self.boxes.values():
            self._going.watch(box.editor)
            self._inside.addWidget(box)
        self._go = QPushButton("对照")
        self._go.setProperty("kind", "primary")
        self._go.setToolTip("和第一遍对照（回车）")
        self._go.clicked.connect(self._on_go)
        self._back = QPushButton("回到表单")
        self._back.setToolTip("不保存，回到表单（Esc）")
        self._back.clicked.connect(self.reject)
        self._arrange()
        next(iter(self.boxes.values())).editor.setFocus()

    def _arrange(self) -> None:
        buttons = flowing(spacing=8)
        buttons.addStretch(1)
        for button in (self._go, self._back):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        body = QWidget()
        put(upright(body, FLUSH, 12), self._title, self._hint, self._inside, 1)
        put(upright(self, (24, 20, 24, 20), 16), (Scrolled(body, scaled(_WIDTH - 48)), 1), buttons)

    @Slot()
    def _on_go(self) -> None:
        if self.choices:
            for key, (first, _second) in self.choices.items():
                self.texts[key] = self._first[key] if first.isChecked() else self._typed(key)
            self.accept()
            return
        with self._desk.reading() as session:
            differing = [key for key in self.boxes if not self._agrees(session, key)]
        self.texts = {key: self._first[key] for key in self.boxes if key not in differing}
        if differing:
            self._show_differences(differing)
        else:
            self.accept()

    def _agrees(self, session: object, key: str) -> bool:
        return twice.agree(session, self._fields[key], self._first[key], self._typed(key))  # type: ignore[arg-type]

    def _typed(self, key: str) -> str:
        return self.boxes[key].editor.value()

    def _show_differences(self, keys: list[str]) -> None:
        """Puts both entries side by side; the second is chosen until the clerk says otherwise."""
        self._title.setText(f"有 {len(keys)} 处两遍不一样")
        self._hint.setText("左右方向键选哪一遍是对的，回车到下一处。都不对就按 Esc 回到表单重填。")
        for key, box in self.boxes.items():
            box.hide()
            if key in keys:
                self._inside.addWidget(self._difference(key))
        self._go.setText("按选的保存")
        self._go.setToolTip("按选中的保存（回车）")
        self.resize(self.sizeHint().boundedTo(room_for(self)))  # what is asked now takes another height
        next(iter(self.choices.values()))[1].setFocus()

    def _difference(self, key: str) -> QWidget:
        field = self._fields[key]
        holder, group = QWidget(), QButtonGroup(self)
        column = upright(holder, FLUSH, 4)
        column.addWidget(_words(field.label_with_unit, "fieldLabel"))
        line = across(spacing=24)
        made = []
        for word, text in (("第一遍", self._first[key]), ("第二遍", self._typed(key))):
            choice = QRadioButton(as_caption(f"{word}：{text.strip() or '（空）'}"))
            self._going.watch_choice(choice)
            group.addButton(choice)
            line.addWidget(choice)
            made.append(choice)
        line.addStretch(1)
        column.addLayout(line)
        made[1].setChecked(True)
        self.choices[key] = (made[0], made[1])
        return holder

    @Slot(QObject, int)
    def _step(self, watched: QObject, step: int) -> None:
        """On to the next field or difference, or back; behind the last one all is compared, or kept."""
        stops: list[tuple[QWidget, ...]] = list(self.choices.values()) or [(box.editor,) for box in self.boxes.values()]
        place = next(place for place, stop in enumerate(stops) if watched in stop) + step
        if place == len(stops):
            self._on_go()
            return
        if place < 0:
            return
        chosen = [widget for widget in stops[place] if isinstance(widget, QRadioButton) and widget.isChecked()]
        (chosen or stops[place])[0].setFocus(Qt.FocusReason.TabFocusReason)


def key_in_again(parent: QWidget, desk: Desk, fields: Mapping[str, Field], first: Mapping[str, str]) -> dict[str, str] | None:
    """Asks for these fields a second time; the texts that hold, None when the clerk goes back to the form."""
    dialog = SecondEntry(parent, desk, fields, first)
    try:
        return dialog.texts if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()
