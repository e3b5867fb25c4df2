"""The month calendar: what falls due on which day, the things of the chosen day beside it, the month as a sheet of paper."""

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from huajie_desktop.lights.workdays import official
from huajie_desktop.supervision.due_days import DueOn, due_between, weeks_of
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.agenda.month_grid import MonthGrid
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.panes import Panes

_COLUMNS = (LineColumn("sort", "种类", 84), LineColumn("unit", "单位", 96), LineColumn("title", "事项", 220))
_WEEK = "一二三四五六日"


class _Line(NamedTuple):
    """One thing that is due as the list shows it."""

    id: int
    due: DueOn

    @property
    def sort(self) -> str:
        return self.due.sort

    @property
    def unit(self) -> str:
        return self.due.unit

    @property
    def title(self) -> str:
        return self.due.title


class MonthPart(QWidget):
    """The month at the left, the chosen day at the right; Enter goes from one to the other and on to the record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._due: dict[date, list[DueOn]] = {}
        self._read: tuple[int, int] = (0, 0)  # the month that was read
        self.grid = MonthGrid(desk.today)
        self.grid.chosen.connect(self._on_chosen)
        self.grid.opened.connect(self._on_opened)
        self.title, self.note, self.of_day = make_label(name="groupTitle"), make_label(name="quiet", wrap=True), make_label()
        self.back = add_action(self, "上一月", "Alt+PgUp", "left", "前一个月（PgUp 也可以）", self._on_back, context=WINDOW)
        self.forth = add_action(self, "下一月", "Alt+PgDown", "right", "后一个月（PgDn 也可以）", self._on_forth, context=WINDOW)
        self.now = add_action(self, "今天", "Ctrl+T", "", "回到今天", self._on_now, context=WINDOW)
        self.paper = add_action(self, "做成月历", "Ctrl+P", "print", "A4 或 A3 横版，打印或存成 PDF、Word", self._on_paper,
                                context=WINDOW)  # fmt: skip
        self.table = LinesTable("due-days", _COLUMNS, desk.preferences)
        self.table.opened.connect(self._on_record)
        self.table.empty.say("这一天没有到期的", "方向键换一天；有到期的日子写着几项。", picture="calendar")
        self._arrange()
        self.setFocusProxy(self.grid)

    def _arrange(self) -> None:
        above, left, right = flowing(spacing=8), QWidget(), QWidget()
        put(above, self.title, 1, *(ActionButton(action, "plain") for action in (self.back, self.now, self.forth)),
            ActionButton(self.paper))  # fmt: skip
        put(upright(left, (0, 0, 12, 0), 8), above, (self.grid, 1), self.note)
        put(upright(right, (12, 0, 0, 0), 8), self.of_day, (self.table, 1))
        upright(self, FLUSH).addWidget(Panes((left, 7), (right, 4)))

    def refresh(self) -> None:
        """Reads the month anew."""
        weeks = weeks_of(self.grid.day.year, self.grid.day.month)
        first, last = weeks[0][0], weeks[-1][-1]
        with self._desk.reading() as session:
            self._due = due_between(session, first, last)
        self._read = (self.grid.day.year, self.grid.day.month)
        self.grid.show_counts({day: len(found) for day, found in self._due.items()}, self._desk.today)
        number = sum(len(found) for day, found in self._due.items() if (day.year, day.month) == self._read)
        self.title.setText(f"{self.grid.day.year} 年 {self.grid.day.month} 月　{number} 项到期")
        self.note.setText(official().not_known(first, last) or "“休”是周末和放假，“班”是调休上班；只列还没有办结的。")
        self._show_day()

    def show_day(self, day: date) -> None:
        """Goes to a day."""
        self.grid.go_to(day)

    def _show_day(self) -> None:
        day = self.grid.day
        found = self._due.get(day, [])
        self.of_day.setText(f"{day.month} 月 {day.day} 日 星期{_WEEK[day.weekday()]}　{len(found)} 项")
        self.table.show_lines([_Line(number, due) for number, due in enumerate(found, 1)])

    @Slot(object)
    def _on_chosen(self, day: date) -> None:
        if (day.year, day.month) != self._read:
            self.refresh()
        else:
            self._show_day()

    @Slot(object)
    def _on_opened(self, _day: date) -> None:
        if self.table.count:
            self.table.put_cursor(0)
            self.table.setFocus()

    @Slot(object)
    def _on_record(self, _line: object) -> None:
        line = self.table.current_line()
        if line is not None:
            page = "checklist" if line.due.ledger == "tasks" else "ledgers"
            self._desk.visit(page, {"ledger": line.due.ledger, "id": line.due.record_id})

    @Slot()
    def _on_back(self) -> None:
        self.grid.go_by(-1)

    @Slot()
    def _on_forth(self) -> None:
        self.grid.go_by(1)

    @Slot()
    def _on_now(self) -> None:
        self.grid.go_to(self._desk.today)

    @Slot()
    def _on_paper(self) -> None:
        self._desk.visit("papers", {"kind": "month", "ids": None})
