"""Making papers: which kind, for whom, what stands on them; looked at, printed or saved."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QDir, Signal, Slot
from PySide6.QtGui import QAction, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from huajie_desktop.declared.presets import filled_in
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job
from huajie_desktop.papers import making
from huajie_desktop.papers.making import Order, Outcome
from huajie_desktop.papers.paper_kinds import KINDS, PaperKind, Per
from huajie_desktop.papers.said import usual
from huajie_desktop.papers.subject_lines import subject_lines
from huajie_desktop.typesetting import faces
from huajie_desktop.typesetting.looks import Look
from ui.desk.desk import Desk
from ui.desk.papers_made import say_made
from ui.forms.asked_form import AskedForm
from ui.pages.papers.as_word import AsWord
from ui.pages.papers.giving_papers import ask_target, count_in_words, make_and_print, sent_in_words
from ui.pages.papers.subjects import SubjectTable
from ui.pdf.asking_printer import Chosen, agreed, ask_printer
from ui.pdf.document import PageSize
from ui.pdf.printing import Sent
from ui.pdf.shelf import PaperShelf
from ui.theme import scaled
from ui.widgets.building import FLUSH, as_tip, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action, take_step
from ui.widgets.empty import EmptyState
from ui.widgets.panes import Panes
from ui.widgets.stack import Stack
from ui.widgets.steady import Combo

_COUNTED = {Per.UNIT: "个单位", Per.TASK: "项任务", Per.YEAR: "份"}
_KEY = "papers"  # where files were put last
_LEFT = 640  # px at 100 %
_TIP = {True: "先看一遍：真的版面、页数和缺字，不编号", False: "先勾选要制作的单位或任务"}
_TWO_SIDED = "勾选：做在一个 PDF 里的每一份都从正面开始，奇数页的后面补一张空白页；海报和奖状总是单面"
_HEADS = {Per.UNIT: ("单位", "类型"), Per.TASK: ("任务", "单位"), Per.YEAR: ("范围", "")}
_EMPTY = {
    Per.UNIT: "导入或录入任务并审核通过后，就能在这里制作文书。",
    Per.TASK: "这种文书一项任务一份。任务审核通过后列在这里。",
    Per.YEAR: "",
}
_SEPARATE = "不勾选：全部做在一个文件里，每份一个书签。勾选：每份一个文件，同名的旧文件会被替换"
_AS_TYPED = "不勾选：半角标点、直引号、全角数字印成规范的样子，记录本身不改。勾选：这一次照录入的印"


class MakingPart(QWidget):
    """At the left what is to be made, at the right how it looks."""

    left_waiting = Signal()  # files of papers that are registered could not be put in place

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._year = 0
        self.kinds = _kinds()
        self.kinds.activated.connect(self._on_kind)
        self.search = _search()
        self.search.textChanged.connect(self._on_find)
        self.subjects = SubjectTable()
        self.subjects.ticked.connect(self._on_ticked)
        self.asked = AskedForm(desk)
        self.separate = _tick("每份一个文件", _SEPARATE)
        self.two_sided = _tick("双面打印", _TWO_SIDED, ticked=True)
        self.as_typed = _tick("标点照录入的印", _AS_TYPED)
        self.as_word = AsWord(self.separate)
        self.preview = add_action(self, "预览", "F9", "search", _TIP[True], self._on_preview)
        self.print = add_action(self, "打印…", "Ctrl+P", "print", "编号、登记，并送到打印机", self._on_print)
        self.make = add_action(self, "保存…", "Ctrl+Shift+S", "save", "编号、登记，并存成 PDF 或 Word 文档", self._on_make)
        self.all = add_action(self, "全选", "Ctrl+Shift+A", "tick", "勾选全部能制作的", self._on_all)
        self.none = add_action(self, "全不选", "Ctrl+Shift+E", "close", "去掉全部勾选", self._on_all)
        self.to_review = add_action(self, "去审核", "Ctrl+Shift+R", "review", "到“审核”页面确认任务", self._on_review)
        self.shelf = PaperShelf(desk, "勾选后点“预览”，在这里一页页看，也可以直接打印或保存。", "pledge")
        self._count = make_label(name="quiet")
        self.faces = make_label(name="caption", wrap=True)
        self.faces.setToolTip("在“设置”的“文书字体”里改")
        self._empty = EmptyState()
        self._arrange()
        self.setFocusProxy(self.subjects)

    def _arrange(self) -> None:
        above = flowing(spacing=8)
        put(above, self.kinds, (self.search, 1), 0, self.as_typed, self.two_sided, self.separate, self.as_word)
        below = flowing()
        put(below, (self._count, 1), ActionButton(self.all, "link"), ActionButton(self.none, "link"))
        self._layers = Stack()
        self._layers.addWidget(self.subjects)
        self._layers.addWidget(self._empty)
        left = QWidget()
        left.setMaximumWidth(scaled(_LEFT))
        put(upright(left, (0, 0, 16, 0), 8), above, (self._layers, 3), below, (self.asked, 3), self.faces)
        upright(self, FLUSH).addWidget(Panes((left, 6), (self.shelf, 5)))

    @property
    def buttons(self) -> tuple[tuple[QAction, str], ...]:
        """What stands beside the page's title while the part is shown, with the kinds of the buttons."""
        return (self.preview, ""), (self.make, ""), (self.print, "primary")

    @property
    def kind(self) -> PaperKind:
        """The kind of paper that is to be made."""
        return KINDS[self.kinds.currentData()]

    def choose(self, key: str, ids: Collection[int] | None = None, said: Mapping[str, str] | None = None) -> None:
        """Goes to a kind of paper; with `ids` only these are ticked, and what was `said` elsewhere by label is filled in."""
        if key != self.kind.key:
            self.kinds.setCurrentIndex(self.kinds.findData(key))
            self._on_kind()
        if ids is not None:
            self.search.clear()
            self.subjects.tick(ids)
            _say_wanting(self._desk, len(set(ids)), len(self.subjects.ticked_ids()))
        self.asked.fill(said or {})

    def refresh(self) -> None:
        """Lists anew what papers of the kind can be made for."""
        kind = self.kind
        with self._desk.reading() as session:
            lines = subject_lines(session, kind)
            words = {**usual(session, kind), **filled_in(kind.preset, self._desk.today)}
            self._year = session.seat.year
        self.shelf.kind = kind.key
        (what, called), by_unit = _HEADS[kind.per], kind.per is Per.UNIT
        ticked = kind.per is Per.YEAR or (by_unit and bool(kind.table))
        self.subjects.show_lines(lines, what=what, kind=called, counted=by_unit and bool(kind.table), ticked=ticked)
        self.search.setVisible(kind.per is Per.TASK)
        self.two_sided.setEnabled(kind.look is Look.OFFICIAL)
        self._on_find(self.search.text() if kind.per is Per.TASK else "")
        self.asked.ask(kind, words)
        self._empty.say("还没有任务", _EMPTY[kind.per], self.to_review, "pledge")
        self._layers.setCurrentIndex(0 if lines else 1)
        self._on_ticked()

    def _order(self) -> Order:
        ids = None if self.kind.per is Per.YEAR else self.subjects.ticked_ids()
        said, sign_by = self.asked.texts(), self.asked.sign_by()
        return Order(self.kind.key, ids, said, sign_by, self.as_typed.isChecked(), self.two_sided.isChecked())

    @Slot()
    def _on_kind(self) -> None:
        take_step(self)  # what was said spoke of another kind
        self.subjects.forget()
        self.refresh()

    @Slot(str)
    def _on_find(self, text: str) -> None:
        self.subjects.show_only(text.strip())

    @Slot()
    def _on_ticked(self) -> None:
        count, kind = len(self.subjects.ticked_ids()), self.kind
        if kind.per is Per.UNIT and kind.table:
            self._count.setText(f"已选 {count} 个单位，{self.subjects.ticked_tasks()} 项已确认的任务")
        else:
            self._count.setText(f"已选 {count} {_COUNTED[kind.per]}")
        for action in (self.preview, self.print, self.make):
            action.setEnabled(count > 0)
        self.preview.setStatusTip(_TIP[count > 0])

    @Slot()
    def _on_all(self) -> None:
        self.subjects.tick_all(self.sender() is self.all)

    @Slot()
    def _on_review(self) -> None:
        self._desk.visit("review")

    def _started(self, title: str, work: Callable[[Job], Any], then: Callable[[Any], object]) -> None:
        """Runs it in the background; what is wrong with the fields is said beside them before."""
        seat, order = self._desk.seat, self._order()
        try:
            said = making.check_order(seat, order)
        except FieldErrors as errors:
            self.asked.show_errors(errors.messages)
            return
        self.asked.show_errors({})
        self.asked.show_warnings(making.warned(seat, order, said))
        self._desk.start(title, work, then)

    def _looked_at(self, then: Callable[[Any], object]) -> None:
        order, seat = self._order(), self._desk.seat
        self._started(f"预览{self.kind.title}", lambda job: making.preview(seat, order, job=job), then)

    @Slot()
    def _on_preview(self) -> None:
        self._looked_at(self._on_previewed)

    def _on_previewed(self, made: tuple[bytes, Outcome]) -> None:
        content, outcome = made
        self._say_faces()
        told = f"，另有 {len(outcome.left)} 页写明没有制作的" if outcome.left else ""
        self.shelf.show_content(content, f"预览：{count_in_words(outcome)}{told}", draft=True)
        _say(self._desk, "info", f"{count_in_words(outcome)}。这是预览，还没有编号；打印或保存时编号并登记。", outcome)

    @Slot()
    def _on_print(self) -> None:
        """Looks at them first: how many sheets it takes is told before any is printed."""
        self._looked_at(self._on_counted)

    def _on_counted(self, made: tuple[bytes, Outcome]) -> None:
        self._on_previewed(made)
        kind, size = self.kind, PageSize(*making.sheet_size(self.kind, self.asked.texts()))
        sides = self.two_sided.isChecked() and kind.look is Look.OFFICIAL
        chosen = ask_printer(self, self._desk.preferences, kind.key, size, two_sided=sides, told=count_in_words(made[1]))
        if chosen is not None:
            self.print_on(*chosen)

    def print_on(self, printer: QPrinter, paper: QPageSize | None = None) -> None:
        """Makes what is ticked and prints it, each page on its own paper or all on `paper`."""
        order, seat, title = self._order(), self._desk.seat, f"打印{self.kind.title}"
        if agreed(self, Chosen(printer, paper), [PageSize(*making.sheet_size(self.kind, order.said))]):
            self._started(title, lambda job: make_and_print(seat, order, printer, paper, job), self._on_printed)

    def _on_printed(self, made: tuple[Outcome, bytes, Sent | Problem]) -> None:
        outcome, content, sent = made
        self._say_faces()
        self._desk.take(outcome)
        self.refresh()
        self.shelf.show_content(content, count_in_words(outcome))
        _say(self._desk, *sent_in_words(outcome, sent), outcome)

    @Slot()
    def _on_make(self) -> None:
        separate, folder = self.separate.isChecked(), self._desk.preferences.place(_KEY) or QDir.homePath()
        if target := ask_target(self, f"{self._year}年", self.kind.title, folder, separate=separate):
            order, seat = self._order(), self._desk.seat
            self._desk.preferences.remember_place(_KEY, str(target if separate else target.parent))
            work = partial(making.make, seat, order, target, separate=separate, ending=self.as_word.ending)
            count = len(self.subjects.ticked_ids())
            self._started(f"制作{self.kind.title} {count} 份", lambda job: work(job=job), self._on_made)

    def _say_faces(self) -> None:
        """Which faces were used; they are loaded by then."""
        with self._desk.reading() as session:
            self.faces.setText(faces.say_faces(faces.apply_faces(session)))

    def _on_made(self, outcome: Outcome) -> None:
        self._say_faces()
        self._desk.take(outcome)
        self.refresh()
        if not outcome.files:
            self.left_waiting.emit()
            _say(self._desk, "error", "", outcome)
            return
        self.shelf.show_files(outcome.files)
        _say(self._desk, "done", f"已制作 {count_in_words(outcome)}，保存在 {outcome.files[0].parent}。", outcome)
        self.shelf.view.setFocus()


def _say_wanting(desk: Desk, wished: int, ticked: int) -> None:
    if not ticked:
        desk.say("warning", "选中的任务还没有确认，做不了文书。请先审核通过。")
    elif wished > ticked:
        desk.say("warning", f"选中的 {wished} 项里有 {wished - ticked} 项还没有确认，没有勾选。请先审核通过。")


def _say(desk: Desk, kind: str, sentence: str, outcome: Outcome) -> None:
    looked = "".join(outcome.warnings.values())
    kind = "warning" if looked and kind != "error" else kind
    say_made(desk, kind, looked + "\n".join((sentence, *outcome.advice[:2])), len(outcome.printed), outcome.left, outcome.refused)


def _kinds() -> Combo:
    kinds = Combo()
    kinds.setAccessibleName("文书种类")
    for kind in KINDS.values():
        kinds.addItem(kind.title, kind.key)
    kinds.setMaxVisibleItems(len(KINDS))
    return kinds


def _search() -> QLineEdit:
    search = QLineEdit()
    search.setPlaceholderText("查找任务或单位")
    search.setClearButtonEnabled(True)
    return search


def _tick(text: str, tip: str, *, ticked: bool = False) -> QCheckBox:
    box = QCheckBox(text)
    box.setChecked(ticked)
    box.setToolTip(as_tip(tip))
    return box
