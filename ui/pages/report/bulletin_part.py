"""The monthly bulletin: how the month stands in figures, each a way to its tasks, and the paper made of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QDir, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db.reports import MONTHS
from huajie_desktop.declared.presets import filled_in
from huajie_desktop.errors import FieldErrors
from huajie_desktop.lights.light import BEHIND, LOOKS, NORMAL, OVERDUE, SOON, STOPPED, WAITING
from huajie_desktop.papers import making
from huajie_desktop.papers.bulletin_paper import proposed
from huajie_desktop.papers.bulletin_tables import rate
from huajie_desktop.papers.making import Order, Outcome
from huajie_desktop.papers.paper_kinds import KINDS
from huajie_desktop.papers.printing import counted as counted_pages
from huajie_desktop.papers.said import usual
from huajie_desktop.supervision.bulletin import Bulletin, bulletin_of, counted_on
from huajie_desktop.supervision.bulletin_line import Line
from huajie_desktop.supervision.ranking import RULE, ranked
from huajie_desktop.township.unit_names import names_on, paper_day
from huajie_desktop.typesetting.content import word_day
from huajie_desktop.typesetting.files import PDF, WORD, WORKBOOK
from huajie_desktop.work.task_ledger import TASK_REVIEW
from ui.desk.asking_file import ask_document
from ui.desk.desk import Desk
from ui.desk.papers_made import say_made
from ui.forms.asked_form import AskedForm
from ui.lists.lines import LineColumn, LinesTable
from ui.pdf.shelf import PaperShelf
from ui.theme import scaled
from ui.widgets.building import FLUSH, as_tip, flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, add_action
from ui.widgets.filters import Tabs
from ui.widgets.panes import Panes
from ui.widgets.steady import Combo

_KEY, _MONTH = "bulletin", "月份"
_UNIT, _CATEGORY = "unit", "category"
_LEFT = 760  # px at 100 %
# The month is chosen above the figures.
_KIND = replace(KINDS[_KEY], asked=tuple(one for one in KINDS[_KEY].asked if one.label != _MONTH))


class _Shown(NamedTuple):
    """One line of the table: what it is of (`key` is the unit's or category's id), and its figures."""

    id: int
    title: str
    key: int | None
    place: str
    figures: Line


def _figure(name: str, label: str, width: int) -> LineColumn:
    return LineColumn(name, label, width, numeric=True, word=lambda line: str(getattr(line.figures, name)))


def _light(key: str) -> LineColumn:
    colour = LOOKS[key].colour
    return LineColumn(
        key, LOOKS[key].word, 66, numeric=True, word=lambda line: str(line.figures.lights[key]),
        tint=lambda line: colour if line.figures.lights[key] else None,
    )  # fmt: skip


_COLUMNS = (
    LineColumn("title", "名称", 120), LineColumn("place", "名次", 54, numeric=True), _figure("tasks", "任务", 58),
    _figure("due", "到期", 58), _figure("done", "办结", 58), *map(_light, (OVERDUE, BEHIND, SOON, WAITING, NORMAL, STOPPED)),
    _figure("unreported", "本月未报", 78), _figure("unreceived", "未按期签收", 92), _figure("unanswered", "督查单未反馈", 106),
    _figure("findings", "问题未销号", 92), LineColumn("rate", "正常率 %", 78, numeric=True, word=lambda line: rate(line.figures)),
)  # fmt: skip


class BulletinPart(QWidget):
    """Figures and what the clerk says at the left, the paper at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._proposed: dict[str, str] = {}
        self._counted_on: date | None = None
        self.months = _months()
        self.months.activated.connect(self._on_month)
        self.tabs = Tabs({_UNIT: "按单位", _CATEGORY: "按类别"}, tips=False)
        self.tabs.chosen.connect(self._on_month)
        self.table = LinesTable("bulletin", _COLUMNS, desk.preferences, spare=("unreceived", "findings", "unanswered"))
        self.table.opened.connect(self._on_opened)
        self.asked = AskedForm(desk)
        self.shelf = PaperShelf(desk, "点“预览”，通报在这里一页页看；点“生成通报…”，PDF、Word 文档和表格一次做好。", "report")
        self.preview = add_action(self, "预览", "F9", "search", "先看一遍，不编号，不存成文件", self._on_preview, context=WINDOW)
        tip = "编号、登记，一次存成 PDF、Word 文档和表格（.xlsx），数字和这里的一样"
        self.make = add_action(self, "生成通报…", "Ctrl+P", "report", tip, self._on_make, context=WINDOW)
        self._day = make_label(name="quiet")
        self._rule = make_label(RULE, name="caption", wrap=True)
        left = QWidget()
        left.setMaximumWidth(scaled(_LEFT))
        above = flowing(spacing=8)
        put(above, self.months, self.tabs, (self._day, 1))
        put(upright(left, (0, 0, 16, 0), 8), above, (self.table, 3), self._rule, (self.asked, 3))
        upright(self, FLUSH).addWidget(Panes((left, 6), (self.shelf, 5)))
        self.setFocusProxy(self.table)

    @property
    def buttons(self) -> tuple[tuple[QAction, str], ...]:
        """What stands beside the page's title while the part is shown, with the kinds of the buttons."""
        return (self.preview, ""), (self.make, "primary")

    def refresh(self) -> None:
        """Counts the chosen month anew, at first the one the year on the table is in."""
        with self._desk.reading() as session:
            year, today = session.seat.year, session.seat.today()
            on = paper_day(year, today)
            if self.months.currentIndex() < 0:
                self.months.setCurrentIndex(on.month - 1)
            counted = bulletin_of(session, counted_on(year, self._month, on))
            names = names_on(session, on)
            words = {**usual(session, _KIND), **filled_in(_KIND.preset, today)}
        self._proposed = proposed(counted, names)
        self._counted_on = counted.day
        self._day.setText(f"截至{word_day(counted.day)}，已确认的任务 {counted.whole.tasks} 项")
        self.table.empty.say("还没有已确认的任务", "审核通过任务后，这里是这个月的数字，可以做成通报。", picture="report")
        self.table.show_lines(self._lines(counted, names))
        self.asked.ask(_KIND, words | self._proposed)
        for action in (self.preview, self.make):
            action.setEnabled(counted.whole.tasks > 0)

    def show_damaged(self) -> None:
        """No figures, as the data is known to be damaged."""
        self._day.setText("")
        self.table.empty.say("数据有损坏，数字先不显示", "请到“设置”的“备份”，用最近一份好的备份恢复。", picture="report")
        self.table.show_lines([])
        for action in (self.preview, self.make):
            action.setEnabled(False)

    @property
    def _month(self) -> int:
        return self.months.currentIndex() + 1

    def _lines(self, counted: Bulletin, names: Mapping[int, str]) -> list[_Shown]:
        if not counted.whole.tasks:
            return []
        places = {one.line.key: str(one.place) for one in ranked(counted.units).placed}
        if self.tabs.key == _UNIT:
            found = [(names[one.key or 0], places.get(one.key, "—"), one) for one in counted.units]
        else:
            found = [(one.name, "", one) for one in counted.categories]
        lines = [_Shown(number, title, one.key, place, one) for number, (title, place, one) in enumerate(found, 1)]
        return [*lines, _Shown(0, counted.whole.name, None, "", counted.whole)]

    @Slot()
    def _on_month(self) -> None:
        self.refresh()

    @Slot(object)
    def _on_opened(self, number: int) -> None:
        """Goes to the tasks a line counts; from a light's column to those with that light, as of the day they are counted on."""
        line = self.table.lines[number]
        if line.key is None and number:
            return
        said = {"state": TASK_REVIEW.counted} | ({str(self.tabs.key): line.key} if line.key else {})
        if (column := _COLUMNS[self.table.view.currentIndex().column()].key) in LOOKS:
            self._desk.look_back(self._counted_on)
            said["light"] = column
        self._desk.visit("checklist", said)

    def _order(self) -> Order | None:
        """What is to be made, said anew only where the clerk said it otherwise; None where it cannot be read."""
        texts = {label: text for label, text in self.asked.texts().items() if text != self._proposed.get(label)}
        order = Order(_KEY, None, {**texts, _MONTH: self.months.currentText()})
        try:
            said = making.check_order(self._desk.seat, order)
        except FieldErrors as errors:
            self.asked.show_errors(errors.messages)
            return None
        self.asked.show_errors({})
        self.asked.show_warnings(making.warned(self._desk.seat, order, said))
        return order

    @Slot()
    def _on_preview(self) -> None:
        if order := self._order():
            seat = self._desk.seat
            self._desk.start("预览通报", lambda job: making.preview(seat, order, job=job), self._on_previewed)

    def _on_previewed(self, made: tuple[bytes, Outcome]) -> None:
        content, outcome = made
        self.shelf.show_content(content, f"预览：{counted_pages(outcome.printed)}", draft=True)
        self.shelf.view.setFocus()

    @Slot()
    def _on_make(self) -> None:
        order = self._order()
        if order is None:
            return
        seat, folder = self._desk.seat, self._desk.preferences.place(_KEY) or QDir.homePath()
        target = ask_document(self, "保存通报", folder, f"{seat.year}年{order.said[_MONTH]}{KINDS[_KEY].title}")
        if target is None:
            return
        self._desk.preferences.remember_place(_KEY, str(target.parent))
        also = tuple(ending for ending in (PDF, WORD, WORKBOOK) if ending != target.suffix.lower())
        self._desk.start("生成通报", lambda job: making.make(seat, order, target, also=also, job=job), self._on_made)

    def _on_made(self, outcome: Outcome) -> None:
        self._desk.take(outcome)
        self.shelf.show_files([file for file in outcome.files if file.suffix.lower() == PDF])
        self.shelf.view.setFocus()
        names = "、".join(file.name for file in outcome.files)
        done = (
            f"通报已做好，{counted_pages(outcome.printed)}：{names}，保存在 {outcome.files[0].parent}。" if outcome.files else ""
        )
        say_made(self._desk, "done" if done else "error", done, len(outcome.printed), outcome.left, outcome.refused)


def _months() -> Combo:
    months = Combo()
    months.setAccessibleName(_MONTH)
    months.setToolTip(as_tip("哪个月的通报；数字截至那个月的最后一天，本月的截至今天"))
    for word in MONTHS.values():
        months.addItem(word)
    months.setMaxVisibleItems(len(MONTHS))
    months.setCurrentIndex(-1)
    return months
