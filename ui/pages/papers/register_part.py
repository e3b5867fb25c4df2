"""The register of papers: scan one sheet after the other, see what is not back yet, keep who signed when."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QDir, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QLineEdit, QWidget

from db.words.searching import ear_for, holds, search_text
from huajie_desktop.papers import register
from huajie_desktop.papers.paper_ledger import PAPERS
from huajie_desktop.papers.register import STATES, RegisterLine, Scanned
from ui.desk.desk import Desk
from ui.forms.card import RecordCard
from ui.forms.kept_form import KeptForm
from ui.forms.sources import LedgerSource
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.papers.queued_papers import QueuedPapers
from ui.record_parts.answering import register_answer
from ui.record_parts.attachments_part import AttachmentsPart
from ui.record_parts.versions_part import HistoryPart
from ui.theme import scaled
from ui.widgets.building import FLUSH, as_tip, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.filters import Tabs
from ui.widgets.panes import Panes

PAGE = "papers"
_PLACE = "export"
_TINTS = {
    "待签回": "blue", "逾期未签": "red", "已签回": "green", "逾期签回": "yellow", "已变更": "yellow", "已制作": "grey",
    "制作中": "yellow",
}  # fmt: skip
_COLUMNS = (
    LineColumn("number", "编号", 170),
    LineColumn("kind", "文书", 110),
    LineColumn("about", "对象", 180),
    LineColumn("state", "情况", 96, word=lambda line: STATES[line.state], tint=lambda line: _TINTS[STATES[line.state]]),
    LineColumn("handed", "发出", 92),
    LineColumn("sign_by", "期限", 92),
    LineColumn("signed", "签回", 92),
    LineColumn("by", "签名人", 84),
    LineColumn("made", "制作", 170),
    LineColumn("given", "文件", 92),
)
_TABS = {
    None: "全部",
    "making": "制作中",
    "waiting": "待签回",
    "late": "逾期未签",
    "signed": "已签回",
    "signed_late": "逾期签回",
    "outdated": "已变更",
}
_LEAST = 140  # px at 100 % of the fields to type in: the line breaks before they are narrower
_HINT = "用扫码枪扫文书角上的二维码，或输入编号后按回车"


class RegisterPart(QWidget):
    """A field for the scanner above the list; beside it the chosen entry."""

    counted = Signal(int)  # papers that are not back yet

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: list[RegisterLine] = []
        self.scan = QLineEdit()
        self.scan.setPlaceholderText(_HINT)
        self.scan.setMinimumWidth(scaled(_LEAST))
        self.scan.setToolTip(as_tip(_HINT))
        self.scan.setAccessibleName("扫码")
        self.scan.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)  # what a scanner types is no pinyin
        self.scan.returnPressed.connect(self._on_scanned)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找编号、对象、签名人")
        self.search.setToolTip("查找编号、对象、签名人")
        self.search.setMinimumWidth(scaled(_LEAST))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_filter)
        self.tabs = Tabs(_TABS)
        self.tabs.chosen.connect(self._on_filter)
        self.queued = QueuedPapers(desk)
        self.queued.chosen.connect(self.refresh)
        self.to_scan = add_action(self, "扫码", "F8", "search", "到扫码框，一张接一张地扫", self._on_to_scan)
        self.hand_out = add_action(self, "登记发出", "Ctrl+Shift+G", "right", "选中的文书今天发出", self._on_hand_out)
        self.sign = add_action(self, "登记签回", "Ctrl+Shift+B", "pledge", "选中的文书今天签回", self._on_sign)
        self.export = add_action(self, "导出…", "Ctrl+Shift+X", "export", "把列出的文书存成表格", self._on_export)
        self.table = LinesTable(
            "register", _COLUMNS, desk.preferences, stretch="about", spare=("given", "made", "by", "sign_by", "handed"), many=True
        )
        self.table.set_menu([self.hand_out, self.sign])
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        self.form = KeptForm(desk, LedgerSource(PAPERS, PAGE))
        self.form.next_action.setVisible(False)
        self.form.next_action.setEnabled(False)
        self.form.left.connect(self._on_left)
        self.scans = AttachmentsPart(desk)
        self.card = RecordCard(self.form, {"扫描件": self.scans, "历史": HistoryPart(desk)})
        self._arrange()
        self.setFocusProxy(self.scan)
        for view in self.findChildren(QAbstractItemView):
            view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        typed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        return (typed and self.take_scanned(event)) or super().eventFilter(watched, event)  # type: ignore[arg-type]

    def take_scanned(self, event: QKeyEvent) -> bool:
        """Puts what a scanner types into its field, wherever on the page the focus is but in a field; whether it did."""
        text, held = event.text(), event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if held or not text.isprintable() or not text.strip():
            return False
        self.scan.setFocus()
        self.scan.insert(text)
        return True

    def _arrange(self) -> None:
        above = flowing(spacing=8)
        label = make_label("扫码")
        label.setBuddy(self.scan)
        put(above, label, (self.scan, 2), (self.search, 1))
        for action in (self.hand_out, self.sign, self.export):
            above.addWidget(ActionButton(action))
        asked = flowing(spacing=8)
        put(asked, (self.tabs, 1), self.queued)
        put(upright(self, FLUSH, 8), above, asked, (Panes((self.table, 3), (self.card, 2)), 1))

    @Slot()
    def refresh(self) -> None:
        """Reads the register anew; the entry that is shown stays, and what is being typed into it."""
        with self._desk.reading() as session:
            self._lines = register.register_lines(session, self._desk.today)
        self.queued.read()
        counts: dict[Any, int] = {key: sum(line.state == key for line in self._lines) for key in _TABS if key}
        self.tabs.show_counts({None: len(self._lines), **counts})
        self.counted.emit(counts["waiting"] + counts["late"])
        if self._lines:
            self.table.empty.say("没有这样的文书", "换一个条件，或清空查找。", picture="search")
        else:
            self.table.empty.say("还没有制作过文书", "在“制作”里打印或保存的每一份文书都登记在这里。", picture="pledge")
        self._on_filter()

    def _shown(self) -> list[RegisterLine]:
        typed, state = self.search.text(), self.tabs.key
        kept = self.queued.kept([line for line in self._lines if state is None or line.state == state])
        texts = [search_text(line.number, line.kind, line.about, line.by) for line in kept]
        ear = ear_for(texts, typed)
        return [line for line, text in zip(kept, texts, strict=True) if holds(text, typed, ear)]

    @Slot()
    @Slot(object)
    @Slot(str)
    def _on_filter(self, _said: object = None) -> None:
        lines = self._shown()
        self.table.show_lines(lines)
        if lines and self.table.current_id() is None:
            self.table.step(0)
        self.export.setEnabled(bool(lines))
        self._show_card()

    def show_todo(self, key: str | None) -> None:
        """Shows just the papers a number of the work queue counts, all for None."""
        self.search.clear()
        self.tabs.select(None)
        self.queued.set_value(key)
        self.refresh()

    def show_paper(self, paper_id: int) -> None:
        """Opens an entry, whatever the list is filtered by."""
        if paper_id not in {line.id for line in self._shown()}:
            self.show_todo(None)
        self.table.go_to(paper_id)
        self._show_card()

    def _show_card(self) -> None:
        line = self.table.current_line()
        for action in (self.hand_out, self.sign):
            action.setEnabled(line is not None)
        self.card.setVisible(line is not None)
        if line is None or (self.form.record_id == line.id and self.form.changed):
            return
        self.form.open_record(line.id)
        self.form.heading.setText(f"{line.about}{line.kind}")
        state = STATES[line.state] + (f"：{line.why}" if line.why else "")
        given = f" · {line.given}" if line.given else ""
        self.form.show_note(f"{line.number} · {state} · 制作 {line.made}{given}")
        self.card.show_record(PAPERS, line.id)

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.form.may_leave()

    @Slot(object)
    def _on_moved(self, _line: object) -> None:
        self._show_card()

    @Slot(object)
    def _on_opened(self, _line: object) -> None:
        self.form.focus()

    @Slot()
    def _on_left(self) -> None:
        self._show_card()
        self.table.setFocus()

    @Slot()
    def _on_to_scan(self) -> None:
        self.scan.setFocus()
        self.scan.selectAll()

    @Slot()
    def _on_scanned(self) -> None:
        """A scanner types the code and Enter: the field is ready for the next sheet at once."""
        typed = self.scan.text()
        self.scan.clear()
        if not typed.strip():
            return
        found: Scanned | None = self._desk.do(register.scan, typed)
        if found is None:
            return
        self.refresh()
        if found.paper_id is not None:
            self.show_paper(found.paper_id)
            self._desk.say("done" if found.holds else "warning", found.words)
        if found.record is not None:
            register_answer(self, self._desk, *found.record)
        self.scan.setFocus()

    @Slot()
    def _on_hand_out(self) -> None:
        self._note(register.hand_out)

    @Slot()
    def _on_sign(self) -> None:
        self._note(register.sign)

    def _note(self, service: Any) -> None:
        current = self.table.current_id()
        ids = list(self.table.selected_ids()) or ([] if current is None else [current])
        if ids and self.form.may_leave():
            self._desk.do(service, ids, self._desk.today)

    @Slot()
    def _on_export(self) -> None:
        word = _TABS[self.tabs.key]
        folder = self._desk.preferences.place(_PLACE) or QDir.homePath()
        proposed = str(Path(folder) / f"文书登记（{word}）.xlsx")
        chosen, _kind = QFileDialog.getSaveFileName(self, "导出文书登记", proposed, "Excel 工作簿 (*.xlsx);;CSV (*.csv)")
        if not chosen:
            return
        target = Path(chosen) if Path(chosen).suffix.lower() in (".xlsx", ".csv") else Path(f"{chosen}.xlsx")
        self._desk.preferences.remember_place(_PLACE, str(target.parent))
        count = self._desk.do(register.export, self._shown(), target)
        if count is not None:
            self._desk.say("done", f"已导出 {count} 份文书的登记，保存在 {target}。")
