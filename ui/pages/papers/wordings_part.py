"""The words of the papers: a text with fields, beside it what it looks like; every version is kept, the shipped one returns."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from huajie_desktop.drafts import HalfTyped
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.papers import wordings
from huajie_desktop.papers.paper_kinds import WORDINGS, kind_of_wording
from huajie_desktop.papers.samples import own_fields, print_sample
from huajie_desktop.typesetting.fonts import MissingGlyphs
from huajie_desktop.typesetting.wording import BadWording, Wording, shipped_wording
from ui.desk.desk import Desk
from ui.forms.drafts import FILLED_AGAIN
from ui.forms.keeping import Keeper
from ui.pages.papers.wording_marks import TOLD, Tinted, marks_of
from ui.pdf.document import PdfPages
from ui.pdf.view import PdfView
from ui.theme import scaled
from ui.widgets.building import FLUSH, across, as_tip, flowing, legible, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action, take_step
from ui.widgets.dialogs import Leaving, ask_leaving
from ui.widgets.panes import Panes
from ui.widgets.steady import Combo

_PAGE, _TEXT = "papers", "text"
_WIDE, _EDITOR = 640, 200  # px at 100 % from which the sample stands beside the words, and how high these are at least
_PAUSE = 400  # ms after the last key before the preview is made anew


class WordingPart(QWidget):
    """Choose a template, change its words, look, save."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kept = ""  # what is in use
        self._keeper = Keeper(self, desk, self._half)
        self.names = Combo()
        self.names.setAccessibleName("哪份文书的措辞")
        for name, title in WORDINGS.items():
            self.names.addItem(title, name)
        self.names.setMaxVisibleItems(len(WORDINGS))
        self.names.activated.connect(self._on_name)
        self.versions = Combo()
        self.versions.setAccessibleName("以前的版本")
        self.versions.activated.connect(self._on_version)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("措辞")
        self._tinted = Tinted(self.text.document())
        self.text.textChanged.connect(self._on_typed)
        self.fields = QListWidget()
        self.fields.setAccessibleName("字段和版式，回车插入")
        self.fields.itemActivated.connect(self._on_field)
        self.save = add_action(self, "保存", "Ctrl+S", "save", "存为新版本，以后制作的文书用它", self._on_save)
        self.undo_typing = add_action(self, "放弃改动", "Esc", "close", "回到正在用的措辞", self._on_give_up)
        self.reset = add_action(
            self, "恢复随程序的措辞", "Ctrl+Shift+D", "return", "换回随程序的措辞，改过的版本还在", self._on_reset
        )
        self.fault = make_label(name="fieldError", wrap=True)
        self.view = PdfView()
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._on_pause)
        self._arrange()
        self.setFocusProxy(self.text)

    def _arrange(self) -> None:
        above = flowing(spacing=8)
        put(above, self.names, self.versions, 1)
        below = flowing(spacing=8)
        for action, kind in ((self.save, "strong"), (self.undo_typing, "plain"), (self.reset, "plain")):
            below.addWidget(ActionButton(action, kind))
        below.addStretch(1)
        words = make_label(TOLD, "quiet", wrap=True)
        fields = QWidget()
        put(upright(fields, FLUSH), make_label("字段和版式", "quiet"), (self.fields, 1))
        fields.setFixedWidth(scaled(168))
        editing = across(spacing=8)
        put(editing, (self.text, 1), fields)
        left = QWidget()
        put(upright(left, (0, 0, 8, 0), 8), above, (editing, 1), self.fault, below, words)
        right = QFrame()
        right.setObjectName("side")
        put(upright(right, (8, 0, 0, 0)), (self.view, 1))
        both = Panes((left, 5), (right, 4), least=_WIDE)
        self.text.setMinimumHeight(scaled(_EDITOR))
        self.view.setMinimumWidth(scaled(220))
        put(upright(self, FLUSH), (both, 1))

    @property
    def name(self) -> str:
        """The template that is shown."""
        return str(self.names.currentData())

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.text.toPlainText() != self._kept

    def refresh(self) -> None:
        """Reads the template anew, unless it is being changed."""
        if not self.changed:
            self._load()

    def _load(self) -> None:
        with self._desk.reading() as session:
            self._kept = wordings.current(session, self.name).text.rstrip("\n")
            past = wordings.versions(session, self.name)
        self.versions.clear()
        self.versions.addItem("正在用的版本", self._kept)
        for line in past:
            self.versions.addItem(legible(f"第 {line.version} 版　{line.when} {line.by}"), line.text.rstrip("\n"))
        self.versions.addItem("随程序的措辞", shipped_wording(self.name).text.rstrip("\n"))
        kind = kind_of_wording(self.name)
        self.fields.clear()
        for mark in marks_of(kind):
            item = QListWidgetItem(mark.name)
            item.setToolTip(as_tip(mark.tip))
            item.setData(Qt.ItemDataRole.UserRole, mark.text)
            self.fields.addItem(item)
        self.text.setPlainText(self._kept)
        self._on_typed()

    def may_leave(self) -> bool:
        """Whether what was typed may go: saved first, left as a draft, or not at all."""
        if not self.changed:
            return True
        answer = ask_leaving(self, self._called, aside=True)
        if answer is Leaving.SAVE:
            self._on_save()
        elif answer is Leaving.ASIDE and self._keeper.set_aside():
            self._load()
        return not self.changed

    def show_wording(self, name: str) -> None:
        """Goes to a template; what was left typed in it, and is to go on, is filled in."""
        self.names.setCurrentIndex(self.names.findData(name))
        self._load()
        half = self._desk.going_on
        if half is not None and (half.page, half.subject) == (_PAGE, self._subject):
            self._desk.going_on = None
            self.text.setPlainText(half.texts[_TEXT])
            self._keeper.take_over(half.name)
            self._desk.say("info", FILLED_AGAIN)

    @property
    def _called(self) -> str:
        return f"{self.names.currentText()}的措辞"

    @property
    def _subject(self) -> dict[str, str]:
        return {"wording": self.name}

    def _half(self, name: str) -> HalfTyped:
        return HalfTyped(_PAGE, self._subject, self._called, {_TEXT: self._kept}, {_TEXT: self.text.toPlainText()}, name)

    @Slot()
    def _on_name(self) -> None:
        take_step(self)
        self._load()
        self._keeper.offer_left(_PAGE, self._subject)

    @Slot()
    def _on_version(self) -> None:
        self.text.setPlainText(str(self.versions.currentData()))
        self.text.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        self.save.setEnabled(self.changed)
        self.undo_typing.setEnabled(self.changed)
        self.names.setEnabled(not self.changed)  # one template at a time
        self.reset.setEnabled(self._kept != shipped_wording(self.name).text.rstrip("\n"))
        try:
            wordings.check(self.name, self.text.toPlainText())
            self.fault.setText("")
        except Problem as problem:
            self.fault.setText(str(problem))
        self._pause.start()
        if self.changed or self._keeper.name:
            self._keeper.typed()

    @Slot(QListWidgetItem)
    def _on_field(self, item: QListWidgetItem) -> None:
        self.text.insertPlainText(item.data(Qt.ItemDataRole.UserRole))
        self.text.setFocus()

    @Slot()
    def _on_save(self) -> None:
        self._desk.jobs.when_idle(self._keep)  # a sample may just be made

    def _keep(self) -> None:
        typed = self.text.toPlainText()
        if self._desk.do(wordings.save, self.name, typed) is not None:
            self._kept = typed
            self._keeper.drop()
            self._load()
            self._desk.say("done", f"“{self.names.currentText()}”的措辞已保存，以后制作的文书用它；以前的文书不变。")

    @Slot()
    def _on_give_up(self) -> None:
        self._keeper.drop()
        self._load()

    @Slot()
    def _on_reset(self) -> None:
        if self._desk.do(wordings.reset, self.name) is not None:
            self._load()
            self._desk.say("done", f"“{self.names.currentText()}”已换回随程序的措辞，改过的版本还在“以前的版本”里。")

    @Slot()
    def _on_pause(self) -> None:
        if not self.isVisible():
            return
        if self._desk.jobs.busy:
            self._pause.start()
            return
        words = Wording(self.name, self.text.toPlainText())
        with self._desk.reading() as session:
            own = own_fields(session, self.name, self._desk.today)
        self._desk.start("预览措辞", lambda job: _sample(words, own, job), self._on_sample, apart=True)

    def _on_sample(self, content: bytes | None) -> None:
        if content is not None:
            page = self.view.page
            self.view.show_pages(PdfPages([content]))
            self.view.go_to(page)


def _sample(words: Wording, own: Mapping[str, str], job: Job) -> bytes | None:
    """The sample's PDF; nothing while the wording has a fault, which stands below the text."""
    try:
        return print_sample(words, job, own)
    except (BadWording, MissingGlyphs):
        return None
