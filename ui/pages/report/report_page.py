"""How the year and its months stand in figures, and the status report and the bulletin made of them."""

import io
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QDir, Slot
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from db.organisation import UNIT_KINDS
from huajie_desktop import settings
from huajie_desktop.errors import FieldErrors
from huajie_desktop.jobs import Job
from huajie_desktop.papers import reporting
from huajie_desktop.papers.printing import Printed
from huajie_desktop.papers.reporting import REPORT, make_report
from huajie_desktop.records.lines import Total
from huajie_desktop.seat import Seat
from huajie_desktop.typesetting.table import even_figures
from huajie_desktop.work import figures
from ui.desk.asking_file import ask_document
from ui.desk.desk import Desk
from ui.desk.page import Page
from ui.forms.asked_form import AskedForm
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.report.bulletin_part import BulletinPart
from ui.pdf.shelf import PaperShelf
from ui.theme import scaled
from ui.widgets.building import flowing, put, upright
from ui.widgets.counted import KEYS, TIP, WORD, ActionBox
from ui.widgets.filters import Tabs
from ui.widgets.panes import Panes
from ui.widgets.stack import Stack

_KEY = "report"
_BY_UNIT, _MONTHLY = "unit", "bulletin"
_LEFT = 596  # px at 100 %
_COLUMNS = (
    LineColumn("title", "名称", 160),
    LineColumn("group", "归属", 110),
    LineColumn("tasks", "任务", 72, numeric=True),
    LineColumn("approved", "已确认", 72, numeric=True),
    LineColumn("investment", "投资（万元）", 116, numeric=True),
)


class _Line(NamedTuple):
    id: int
    title: str
    group: str
    tasks: str
    approved: str
    investment: str


class ReportPage(Page):
    """Figures at the left, the finished report at the right; the bulletin behind a tab of its own."""

    TITLE = "报告"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._year = 0
        self.preview = self.add_action("预览", "F9", "search", "先看一遍，不存成文件", self._on_preview, "")
        self.make = self.add_action(
            "制作报告…", "Ctrl+P", "report", "存成 PDF 或 Word 文档，PDF 做好后可以预览和打印", self._on_make, "primary"
        )
        self.only = self.add_action(WORD, KEYS, "", TIP, self._on_only)
        self.tabs = Tabs({None: "按类别", _BY_UNIT: "按单位", _MONTHLY: "月度通报"}, tips=False)
        self.tabs.chosen.connect(self._on_tab)
        self.table = LinesTable("report", _COLUMNS, desk.preferences, spare=("group", "investment"), many=True)
        self.asked = AskedForm(desk)
        self.shelf = PaperShelf(desk, "点“预览”或“制作报告…”，报告在这里一页页看；做好的也可以直接打印。", "report")
        self.bulletin = BulletinPart(desk)
        for action, kind in self.bulletin.buttons:
            self.add_button(action, kind)
        self._box = ActionBox(self.only)
        self._stack = Stack()
        self._stack.addWidget(self._report())
        self._stack.addWidget(self.bulletin)
        above = flowing()
        put(above, (self.tabs, 1), self._box)
        put(self.body, above, (self._stack, 1))
        self._show()

    def _report(self) -> QWidget:
        left = QWidget()
        left.setMaximumWidth(scaled(_LEFT))
        put(upright(left, (0, 0, 16, 0), 8), (self.table, 2), (self.asked, 3))
        return Panes((left, 6), (self.shelf, 5))

    def show_subject(self, subject: Any) -> None:
        """A tab by its key: the bulletin of the month ("bulletin"), figures by unit ("unit")."""
        self.tabs.select(subject)
        self._on_tab(subject)

    def _show(self) -> None:
        monthly = self.tabs.key == _MONTHLY
        self._stack.setCurrentIndex(int(monthly))
        self._box.setVisible(not monthly)
        self.setFocusProxy(self.bulletin if monthly else self.table)
        for action in (self.preview, self.make, self.only):
            action.setVisible(not monthly)
        for action, _kind in self.bulletin.buttons:
            action.setVisible(monthly)

    def refresh(self, _changes: Changes | None) -> None:
        """Counts anew; blank where the data is known to be damaged."""
        if self.desk.damage:
            self.subtitle.setText("")
            self._enable(False)
            self.table.empty.say("数据有损坏，数字先不显示", "请到“设置”的“备份”，用最近一份好的备份恢复。", picture="report")
            self.table.show_lines([])
            self.bulletin.show_damaged()
            return
        if self.tabs.key == _MONTHLY:
            self.bulletin.refresh()
        with self.desk.reading() as session:
            self._year = session.seat.year
            alone = settings.approved_only(session)
            by = figures.by_unit if self.tabs.key == _BY_UNIT else figures.by_category
            usual = reporting.usual(session)
            totals, whole = by(session, approved_only=alone), figures.whole(session, approved_only=alone)
        self.only.setChecked(alone)
        if alone:
            self.table.empty.say("还没有已确认的任务", "审核通过任务后，这里是各类别、各单位的数字。", picture="report")
        else:
            self.table.empty.say("还没有任务", "导入或录入任务后，这里是各类别、各单位的数字。", picture="report")
        counted = f"只统计已确认的任务 {whole.tasks} 项" if alone else f"任务 {whole.tasks} 项 · 已确认 {whole.approved} 项"
        self.subtitle.setText(f"{self._year} 年 · {counted}")
        self.asked.ask(REPORT, usual)
        self._enable(whole.tasks > 0)
        self.table.show_lines(_lines(totals, whole) if whole.tasks else [])

    @Slot()
    def _on_only(self) -> None:
        self.desk.count_approved_only(self.only.isChecked())

    @Slot(object)
    def _on_tab(self, _key: object) -> None:
        self._show()
        self.refresh(None)

    def _enable(self, able: bool) -> None:
        for action in (self.preview, self.make):
            action.setEnabled(able)

    def _sound(self) -> dict[str, str] | None:
        """What was typed, by label; None where it cannot be read, which is then said beside the fields."""
        said = self.asked.texts()
        try:
            reporting.check_asked(self.desk.seat, said)
        except FieldErrors as errors:
            self.asked.show_errors(errors.messages)
            return None
        self.asked.show_errors({})
        return said

    @Slot()
    def _on_preview(self) -> None:
        if (said := self._sound()) is not None:
            seat = self.desk.seat
            self.desk.start("预览报告", lambda job: _previewed(seat, said, job), self._on_previewed)

    def _on_previewed(self, made: tuple[bytes, Printed]) -> None:
        content, printed = made
        self.shelf.show_content(content, f"预览：共 {printed.pages} 页", draft=True)
        self.shelf.view.setFocus()

    @Slot()
    def _on_make(self) -> None:
        said = self._sound()
        if said is None:
            return
        folder = self.desk.preferences.place(_KEY) or QDir.homePath()
        target = ask_document(self, "保存报告", folder, f"{self._year}年任务进展情况报告")
        if target is None:
            return
        self.desk.preferences.remember_place(_KEY, str(target.parent))
        seat = self.desk.seat
        self.desk.start("制作报告", lambda job: (make_report(seat, target, job, said=said), target), self._on_made)

    def _on_made(self, made: tuple[Printed, Path]) -> None:
        printed, target = made
        self.shelf.show_files([target])
        self.desk.say("done", f"报告已做好，共 {printed.pages} 页，保存在 {target.parent}。")
        self.shelf.view.setFocus()


def _previewed(seat: Seat, said: dict[str, str], job: Job) -> tuple[bytes, Printed]:
    """The report as it would be made, in no file."""
    target = io.BytesIO()
    printed = make_report(seat, target, job, said=said)
    return target.getvalue(), printed


def _lines(totals: list[Total], whole: Total) -> list[_Line]:
    """A line for each total, the whole below them; amounts with equally many decimals, as the report has them."""
    named = [(number, total, UNIT_KINDS.get(total.group, total.group)) for number, total in enumerate(totals, 1)]
    lines = [*named, (0, whole, "")]
    amounts = even_figures([f"{total.investment.normalize():f}" if total.investment else "" for _id, total, _group in lines])
    return [
        _Line(number, total.name, group, str(total.tasks), str(total.approved), amount)
        for (number, total, group), amount in zip(lines, amounts, strict=True)
    ]
