"""Who has sent what for a month and who has not: the list to remind units by, exported, printed, or answered with templates."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.receiving import who_sent
from huajie_desktop.receiving.who_sent import STATES, SendingLine
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.importing.templates_part import make_templates
from ui.pdf.shelf import PaperShelf
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.stack import Stack
from ui.widgets.steady import Combo

_PLACE = "export"
_TINTS = {"未报": "red", "部分": "yellow", "已报": "green"}


def _records(line: SendingLine) -> str:
    return str(line.records) if line.expected is None else f"{line.records}/{line.expected}"


_COLUMNS = (
    LineColumn("title", "单位", 120, word=lambda line: line.unit),
    LineColumn("state", "情况", 90, word=lambda line: STATES[line.state], tint=lambda line: _TINTS[STATES[line.state]]),
    LineColumn("records", "已录", 90, numeric=True, word=_records),
    LineColumn("at", "报送时间", 150, word=lambda line: f"{line.at:%Y-%m-%d %H:%M}" if line.at else ""),
    LineColumn("actor", "导入人", 90),
    LineColumn("files", "文件", 260, word=lambda line: "、".join(line.files)),
    LineColumn("contact", "联系人", 110),
)


class SendingsPart(QWidget):
    """One kind of list and one month: every unit with what it sent."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: list[SendingLine] = []
        self.kind, self.month = Combo(), Combo()
        for ledger in desk.catalogue.values():
            if ledger.place is not None:
                self.kind.addItem(ledger.title, ledger.key)
        for month in range(1, 13):
            self.month.addItem(f"{month}月", month)
        self.kind.setCurrentIndex(max(self.kind.findData("progress"), 0))
        self.month.setCurrentIndex(desk.today.month - 1)
        self.kind.setAccessibleName("什么表")
        self.month.setAccessibleName("哪个月")
        self.missing = QCheckBox("只看没报齐的")
        self.summary = make_label(wrap=True)
        self.export = add_action(
            self, "导出催报清单…", "Ctrl+Shift+X", "export", "没报齐的单位存成表格", self._on_export, context=WINDOW
        )
        self.print = add_action(
            self, "打印催报清单…", "Ctrl+Shift+I", "print", "做成 PDF，可以打印张贴", self._on_print, context=WINDOW
        )
        self.make = add_action(
            self, "给没报的做模板…", "Ctrl+Alt+M", "save", "给没报齐的单位各做一个填报模板", self._on_make, context=WINDOW
        )
        self.back = add_action(self, "回到列表", "Esc", "return", "从催报清单的预览回到列表", self._on_back, context=WINDOW)
        self.table = LinesTable("sendings", _COLUMNS, desk.preferences, spare=("files", "actor", "contact"), many=True)
        self.table.empty.say("没有要报的单位", "村居和有任务的科室会列在这里，请先在“组织”页加入单位。", picture="unit")
        self.shelf = PaperShelf(desk, "做好的催报清单在这里看，也可以直接打印。", "reminders")
        self._layers = Stack()
        self._layers.addWidget(self.table)
        self._layers.addWidget(self.shelf)
        self._arrange()
        for box in (self.kind, self.month):
            box.activated.connect(self._on_changed)
        self.missing.toggled.connect(self._on_changed)
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        line = flowing(spacing=8)
        for widget in (self.kind, self.month, self.missing):
            line.addWidget(widget)
        line.addStretch(1)
        for action in (self.back, self.make, self.export, self.print):
            line.addWidget(ActionButton(action))
        put(upright(self, FLUSH, 8), line, self.summary, (self._layers, 1))

    @property
    def ledger(self) -> Ledger:
        """The kind of list looked at."""
        return self._desk.catalogue[self.kind.currentData()]

    @property
    def of_month(self) -> int:
        """The month looked at."""
        return int(self.month.currentData())

    def refresh(self) -> None:
        """Looks again who has sent what."""
        with self._desk.reading() as session:
            self._lines = who_sent.sendings(session, self.ledger, self.of_month)
        shown = [line for line in self._lines if not self.missing.isChecked() or line.state != "sent"]
        self.summary.setText(who_sent.summary(self._lines, self._desk.today))
        self.table.show_lines(shown)
        behind = any(line.state != "sent" for line in self._lines)
        for action in (self.export, self.make):
            action.setEnabled(behind)
        self.print.setEnabled(bool(self._lines))
        self.back.setVisible(self._layers.currentWidget() is self.shelf)

    @Slot()
    def _on_changed(self) -> None:
        self._layers.setCurrentWidget(self.table)
        self.refresh()

    @Slot()
    def _on_back(self) -> None:
        self._on_changed()
        self.table.setFocus()

    @Slot()
    def _on_export(self) -> None:
        target = self._ask("Excel 表格 (*.xlsx);;CSV 文件 (*.csv)", ".xlsx")
        if target is not None:
            count = self._desk.do(who_sent.export_reminders, self.ledger, self.of_month, target)
            if count is not None:
                self._desk.say("done", f"催报清单已导出，{count} 个单位：{target}")

    @Slot()
    def _on_print(self) -> None:
        target = self._ask("PDF 文件 (*.pdf)", ".pdf")
        if target is None:
            return
        seat, ledger, month = self._desk.seat, self.ledger, self.of_month

        def done(_printed: object) -> None:
            self.shelf.show_files([target])
            self._layers.setCurrentWidget(self.shelf)
            self.back.setVisible(True)
            self.shelf.view.setFocus()

        self._desk.start("制作催报清单", lambda job: who_sent.make_reminders(seat, ledger, month, target, job), done)

    @Slot()
    def _on_make(self) -> None:
        missing = [line.id for line in self._lines if line.state != "sent"]
        make_templates(self._desk, self, self.ledger, self.of_month, missing)

    def _ask(self, kinds: str, ending: str) -> Path | None:
        preferences = self._desk.preferences
        name = f"{self.of_month}月{self.ledger.title.removesuffix('台账')}催报清单{ending}"
        place = preferences.place(_PLACE)
        chosen, _kind = QFileDialog.getSaveFileName(self, "保存到", str(Path(place) / name) if place else name, kinds)
        if not chosen:
            return None
        target = Path(chosen)
        preferences.remember_place(_PLACE, str(target.parent))
        return target if target.suffix else target.with_name(f"{target.name}{ending}")
