"""What is half typed in a form: kept while it is typed, told at the next start, filled in again or dropped."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QDialog, QListWidget, QWidget

from huajie_desktop import drafts
from huajie_desktop.drafts import HalfTyped
from ui.desk.desk import Desk
from ui.forms.forms import RecordForm
from ui.forms.keeping import Keeper, forget, go_on, when
from ui.theme import scaled
from ui.widgets.building import flowing, legible, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.dialogs import Dialog

FILLED_AGAIN = "已填回上次没有保存的内容，请看过后保存。"


class DraftKeeper(Keeper):
    """Keeps what is typed in one form until it is saved or given up, and fills in what was left of it."""

    def __init__(self, form: RecordForm, desk: Desk) -> None:
        super().__init__(form, desk, self._of_form)
        self._form = form
        self._page = ""
        self._subject: Mapping[str, Any] = {}
        form.typed.connect(self.typed)
        form.settled.connect(self.drop)
        for box in form.boxes.values():
            box.editor.installEventFilter(self)

    @property
    def can_keep(self) -> bool:
        """Whether there is a page where what is typed is found again."""
        return bool(self._page)

    def put_aside(self) -> bool:
        """Leaves what is typed as a draft and says so once the next thing is shown; the form is as it was before."""
        if not self.set_aside():
            return False
        self._form.set_texts(self._form.before)
        return True

    def follow(self, page: str, subject: Mapping[str, Any]) -> None:
        """The form shows this record from here on; what was left half typed of it, and is to go on, is filled in."""
        another = (page, subject) != (self._page, self._subject)
        self._page, self._subject = page, subject
        if another and self._desk.going_on is None:
            self.offer_left(page, subject)
        half = self._desk.going_on
        if half is not None and (half.page, half.subject) == (page, subject):
            self._desk.going_on = None
            changed = {key for key in half.typed if self._form.before.get(key, "") != half.before.get(key, "")}
            self._form.saw(half.before)
            self._form.type_in(half.typed)
            self.take_over(half.name)
            QTimer.singleShot(0, self._on_filled)
            if changed:
                labels = "、".join(self._form.label_of(key) for key in self._form.boxes if key in changed)
                self._desk.say("warning", f"已填回上次的内容，还没有保存。这条记录后来改动过：{labels}。请核对后再保存。")
            else:
                self._desk.say("info", FILLED_AGAIN)

    @Slot()
    def _on_filled(self) -> None:
        self._form.focus()  # the page may have put the keys elsewhere

    def _of_form(self, name: str) -> HalfTyped | None:
        form = self._form
        if not self._page:
            return None
        texts, title = form.texts() if form.changed else form.before, form.heading.text()
        if self._subject.get("new"):
            title = " ".join(filter(None, (title, next(filter(None, map(str.strip, texts.values())), "")[:20])))
        return HalfTyped(self._page, self._subject, title, form.before, texts, name)


class DraftsLeft(QObject):
    """What the clerk at the desk left half typed before: told at the start, and listed when asked for."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._one: HalfTyped | None = None
        self._resume = add_action(self, "继续填写", "", "", "打开原来的页面，接着填写", self._on_resume)
        self._remove = add_action(self, "丢掉", "", "", "不要了", self._on_remove)
        self._back = add_action(self, "撤销", "", "undo", "还是留着", self._on_back)
        self._list = add_action(self, "继续填写或丢掉…", "", "", "列出上次没有保存的内容", self.show_list)

    def left(self) -> list[HalfTyped]:
        """What was left and stands in no form now, the latest first."""
        with self._desk.reading() as session:
            return [half for half in drafts.drafts(session) if half.name not in self._desk.typing]

    def tell(self) -> None:
        """Says in the strip what was left, if anything."""
        left = self.left()
        if len(left) == 1:
            self._one = left[0]
            offers = [self._resume, self._remove]
            self._desk.say("info", f"上次没有保存的“{left[0].title}”还在（{when(left[0])}）。", offers=offers)
        elif left:
            self._desk.say("info", f"上次有 {len(left)} 份没有保存的内容。", offers=[self._list])

    @Slot()
    def _on_resume(self) -> None:
        if self._one is not None:
            go_on(self._desk, self._one)

    @Slot()
    def _on_remove(self) -> None:
        if self._one is not None:
            forget(self._desk, self._one.name)
            self._desk.say("done", f"已丢掉没有保存的“{self._one.title}”。", offers=[self._back])

    @Slot()
    def _on_back(self) -> None:
        if self._one is not None and self._desk.ask(partial(drafts.keep, self._desk.seat, self._one)) is not None:
            self.tell()

    @Slot()
    def show_list(self) -> None:
        """Lists all that was left: go on with one, or drop it."""
        left = self.left()
        if not left:
            self._desk.say("info", "没有留下未保存的内容。")
            return
        dialog = DraftList(self._window, self._desk, left)
        try:
            if dialog.exec() == QDialog.DialogCode.Accepted and dialog.chosen is not None:
                go_on(self._desk, dialog.chosen)
        finally:
            dialog.deleteLater()


class DraftList(Dialog):
    """The forms left half typed; Enter goes on with one, Del drops it, Ctrl+Z brings back what was dropped last."""

    def __init__(self, parent: QWidget, desk: Desk, left: Sequence[HalfTyped]) -> None:
        super().__init__(parent)
        self._desk, self._left = desk, list(left)
        self._dropped: list[HalfTyped] = []
        self.chosen: HalfTyped | None = None
        self.setWindowTitle("没有保存的内容")
        self.setMinimumSize(scaled(520), scaled(320))
        hint = make_label("这些是填到一半没有保存的。继续填写会打开原来的页面，内容还是没有保存的样子。", "quiet", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("popupList")
        self._fill(0)
        self.list.itemActivated.connect(self._on_go_on)
        self.resume = add_action(self, "继续填写", "Return", "edit", "打开原来的页面，接着填写", self._on_go_on)
        self.remove = add_action(self, "丢掉", "Del", "delete", "不要这一份了，可以撤销", self._on_remove)
        self.back = add_action(self, "撤销", "Ctrl+Z", "undo", "把刚才丢掉的放回来", self._on_back)
        self.back.setEnabled(False)
        self.leave = add_action(self, "关闭", "Esc", "close", "留着，以后再说", self.reject)
        buttons = flowing()
        put(buttons, ActionButton(self.resume, "strong"), ActionButton(self.remove), ActionButton(self.back))
        put(buttons, 1, ActionButton(self.leave, "plain"))
        put(upright(self, (24, 20, 24, 20), 12), hint, (self.list, 1), buttons)

    @Slot()
    def _on_go_on(self) -> None:
        if self._left:
            self.chosen = self._left[self.list.currentRow()]
            self.accept()

    def _fill(self, row: int) -> None:
        self.list.clear()
        self.list.addItems([legible(f"{half.title} · {when(half)}") for half in self._left])
        self.list.setCurrentRow(min(row, len(self._left) - 1))

    @Slot()
    def _on_remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self._dropped.append(self._left.pop(row))
            forget(self._desk, self._dropped[-1].name)
            self._fill(row)
        self.back.setEnabled(bool(self._dropped))

    @Slot()
    def _on_back(self) -> None:
        if self._dropped and self._desk.ask(partial(drafts.keep, self._desk.seat, self._dropped[-1])) is not None:
            self._left.insert(0, self._dropped.pop())
            self._fill(0)
        self.back.setEnabled(bool(self._dropped))
