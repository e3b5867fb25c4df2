"""The ledgers (台账): the records of each, and the figures they make; nothing here knows any of them."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db.acts import Act
from db.base import table_of
from db.journal import Changes
from db.models import Category, FollowUp, Person, Query, Unit
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.jobs import Job
from huajie_desktop.papers.what_became import write_became
from huajie_desktop.seat import Seat
from huajie_desktop.work.giving import become, source_texts
from ui.desk.desk import Desk
from ui.desk.exporting import export_shown
from ui.desk.page import Page
from ui.desk.saving_paper import save_paper
from ui.forms.give_dialog import ask_and_give
from ui.lists.chosen_actions import ChosenActions
from ui.lists.record_list import RecordList
from ui.pages.ledgers.indicators_part import LedgerFigures
from ui.pages.ledgers.ledger_list import ledger_list
from ui.pages.ledgers.offered_steps import OfferedSteps
from ui.pages.ledgers.report_grid import ReportGrid
from ui.widgets.building import FLUSH, flowing, put, upright
from ui.widgets.counted import KEYS, TIP, WORD
from ui.widgets.filters import Tabs
from ui.widgets.stack import Stack

_RECORDS, _FIGURES = "records", "figures"


class LedgersPage(Page):
    """One ledger at a time: its list with the form, or its indicators."""

    TITLE = "台账"

    def __init__(self, desk: Desk, parent: QWidget | None = None, ledgers: Mapping[str, Ledger] | None = None) -> None:
        super().__init__(desk, parent)
        self._ledgers = ledgers = ledgers or desk.catalogue.ledgers
        self._panes: dict[str, LedgerPane] = {}
        self.reports: ReportGrid | None = None  # shown in place of the list
        self._resting: list[QAction] = []  # the list's actions meanwhile
        self._make_actions()
        self.chooser = Tabs({key: ledger.title.removesuffix(self.TITLE) for key, ledger in ledgers.items()}, tips=False)
        self.chooser.chosen.connect(self._on_ledger)
        self._stack = Stack()
        self.body.addWidget(self.chooser)
        self.chooser.setVisible(len(ledgers) > 1)
        self.body.addWidget(self._stack, 1)
        self._show_ledger(next(iter(ledgers)))

    def _make_actions(self) -> None:
        self.figures = self.add_action("清单／指标", "Ctrl+G", "report", "在清单和指标之间切换", self._on_figures)
        self.only = self.add_action(WORD, KEYS, "", TIP, self._on_only)
        self._actions = ChosenActions(self, "记录", self._shown)
        self.delete, self.send_back = self._actions.add("delete"), self._actions.add(Act.RETURN)
        self.withdraw, self.unlock = self._actions.add(Act.WITHDRAW), self._actions.add(Act.UNLOCK)
        self.check = self._actions.add("check")
        self.steps = OfferedSteps(self, self._shown)
        self.bring_in = self.add_action("导入", "Ctrl+I", "import", "从表格导入到这个台账", self._on_import, "plain")
        self.export = self.add_action("导出", "Ctrl+E", "export", "把列出的记录按现在的列导出为表格", self._on_export, "plain")
        listed = "列出的各件转为了哪些任务、办得怎样，做成 PDF 或 Word 文档"
        self.outcome = self.add_action("办理情况表…", "Ctrl+P", "print", listed, self._on_outcome, "plain")
        tip = "选中的各建一项任务，交给它写明的单位；只选一条时可以选多个单位"
        self.become = self.add_action("转为任务", "Ctrl+Shift+0", "submit", tip, self._on_become, "")
        tip = "像电子表格一样按单位录入一个月的进展，旁边有上次的比例"
        self.grid = self.add_action("表格录入", "Ctrl+Shift+N", "list", tip, self._on_grid, "")
        self.submit = self._actions.add(Act.SUBMIT)
        self.moves = self._actions.add_moves(self._ledgers.values())
        self.new = self.add_action("新增", "Ctrl+N", "plus", "录入一条新记录", self._on_new, "primary")

    @property
    def pane(self) -> "LedgerPane":
        """The ledger that is shown."""
        pane = self._stack.currentWidget()
        assert isinstance(pane, LedgerPane)
        return pane

    def _shown(self) -> RecordList:
        return self.pane.list

    def _show_ledger(self, key: str) -> None:
        if key not in self._panes:
            made = LedgerPane(self.desk, self._ledgers[key], self.new, self.only)
            review = (self.submit, self.withdraw, self.send_back, self.unlock, self.check)
            made.list.table.set_menu([self.new, *review, *self.moves, self.become, self.delete])
            made.chosen.connect(self._on_chosen)
            self._panes[key] = made
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._panes[key])
        self.chooser.select(key)
        ledger = self._ledgers[key]
        self.title.setText(ledger.title if len(self._ledgers) == 1 else self.TITLE)
        self._actions.show_for(ledger)
        self.steps.show_for(ledger)
        self.only.setVisible(ledger.reviewed)
        for action in (self.become, self.outcome):
            action.setVisible(ledger.becomes is not None)
        self.grid.setVisible(bool(ledger.sheets.each_of))
        self.figures.setEnabled(bool(ledger.figures.indicators))
        self.setFocusProxy(self.pane)
        self._on_chosen()

    def refresh(self, changes: Changes | None) -> None:
        """Reads the shown ledger anew; the others when they are shown again."""
        self.pane.refresh(changes)
        if self.reports is not None:
            self.reports.refresh(changes)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a ledger ("ledger") and there what its list shows: "id", "new", "state", "text", "values"."""
        self._show_list()
        if subject.get("ledger", self.pane.ledger.key) != self.pane.ledger.key:
            if not self.pane.may_leave():
                return
            self._show_ledger(subject["ledger"])
            self.refresh(None)
        if subject.get("grid"):
            self._show_grid(subject.get("unit"), subject.get("month"))
        else:
            self.pane.show_records(subject)

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.pane.may_leave()

    def may_close(self) -> bool:
        """Asks if something typed as a table would be lost."""
        return self.reports is None or self.reports.give_up()

    # what is shown in place of the list

    def _show_grid(self, unit_id: int | None = None, month: str | None = None) -> None:
        self._show_list()
        self.reports = ReportGrid(self.desk, self.pane.ledger)
        self.reports.left.connect(self._show_list)
        self.chooser.hide()
        self._stack.hide()
        self._resting = [action for action in self.actions() if action.isVisible()]
        for action in self._resting:
            action.setVisible(False)
        self.body.addWidget(self.reports, 1)
        self.setFocusProxy(self.reports)
        self.title.setText(f"{self.pane.ledger.title}：表格录入")
        self.reports.open(unit_id, month)

    @Slot()
    def _show_list(self) -> None:
        if self.reports is None:
            return
        for action in self._resting:
            action.setVisible(True)
        self.body.removeWidget(self.reports)
        self.reports.hide()
        self.reports.deleteLater()
        self.reports, self._resting = None, []
        self.chooser.setVisible(len(self._ledgers) > 1)
        self._stack.show()
        self._show_ledger(self.pane.ledger.key)
        self.refresh(None)
        self.pane.setFocus()

    # what is done

    @Slot()
    def _on_grid(self) -> None:
        if self.pane.may_leave():
            self._show_grid()

    @Slot(object)
    def _on_ledger(self, key: str) -> None:
        if self.pane.may_leave():
            self._show_ledger(key)
            self.refresh(None)
        else:
            self.chooser.select(self.pane.ledger.key)

    @Slot()
    def _on_chosen(self) -> None:
        ids = self.pane.selected_ids()
        self._actions.enable(ids)
        self.steps.enable(ids)
        self.become.setEnabled(bool(ids))

    @Slot()
    def _on_figures(self) -> None:
        self.pane.turn()

    @Slot()
    def _on_only(self) -> None:
        self.desk.count_approved_only(self.only.isChecked())

    @Slot()
    def _on_new(self) -> None:
        self.pane.show_records({"new": True})

    @Slot()
    def _on_import(self) -> None:
        self.desk.visit("import", {"ledger": self.pane.ledger.key})

    @Slot()
    def _on_become(self) -> None:
        ids, ledger = self.pane.selected_ids(), self.pane.ledger
        if ids[1:]:
            self._actions.do_with(become, "转为任务", ids)
        elif ids and self.may_leave():
            with self.desk.reading() as session:
                texts = source_texts(session, ledger, ids[0])
            ask_and_give(self, self.desk, texts, (ledger, ids[0]))

    @Slot()
    def _on_outcome(self) -> None:
        seat, ledger, ids = self.desk.seat, self.pane.ledger, list(self.pane.list.table.ids)
        save_paper(self.desk, self, f"{ledger.noun}办理情况表", partial(_write_outcome, seat, ledger, ids))

    @Slot()
    def _on_export(self) -> None:
        shown = self.pane.list
        export_shown(self.desk, self, self.pane.ledger, shown.table.ids, shown.columns.keys)


def _write_outcome(seat: Seat, ledger: Ledger, ids: Sequence[int], target: Path, job: Job) -> int:
    return write_became(seat, ledger, ids, target, job)


class LedgerPane(QWidget):
    """One ledger: under 清单 its list with the form, under 指标 its figures (where it has any)."""

    chosen = Signal()  # the selection changed, or there is none now

    def __init__(self, desk: Desk, ledger: Ledger, new: QAction, only: QAction) -> None:
        super().__init__()
        self.ledger = ledger
        self.list = ledger_list(desk, ledger, new)
        self._concerned = {table_of(model).name for model in (ledger.model, Unit, Category, Person, Query, FollowUp)}
        self.list.chosen.connect(self.chosen)
        self.figures = LedgerFigures(desk, ledger, only) if ledger.figures.indicators else None
        self.tabs = Tabs({_RECORDS: "清单", _FIGURES: "指标"}, tips=False)
        self.tabs.chosen.connect(self._on_tab)
        self._stack = Stack()
        self._stack.addWidget(self.list)
        if self.figures is not None:
            self.figures.part_asked.connect(self.show_records)
            self._stack.addWidget(self.figures)
        line = flowing()
        put(line, self.tabs, 1, self.list.above)
        put(upright(self, FLUSH, 8), line, (self._stack, 1))
        self.tabs.setVisible(self.figures is not None)  # not before: without a parent it would be a window
        self.setFocusProxy(self.list)

    def refresh(self, changes: Changes | None) -> None:
        """Reads list and figures anew."""
        if changes is None or self._concerned & changes.touched.keys():
            self.list.load()
        if self.figures is not None:
            self.figures.refresh(changes)

    def selected_ids(self) -> list[int]:
        """The records selected in the list, none while the figures are shown."""
        return self.list.table.selected_ids() if self._stack.currentWidget() is self.list else []

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.list.beside.leave()

    @Slot(object)
    def show_records(self, subject: Mapping[str, Any]) -> None:
        """Shows the list, and in it what is asked for."""
        self.tabs.select(_RECORDS)
        self._on_tab(_RECORDS)
        self.list.show_subject(subject)

    def turn(self) -> None:
        """From the list to the figures and back."""
        key = _RECORDS if self.tabs.key == _FIGURES else _FIGURES
        self.tabs.select(key)
        self._on_tab(key)

    @Slot(object)
    def _on_tab(self, key: str) -> None:
        shown: QWidget = self.figures if key == _FIGURES and self.figures is not None else self.list
        self._stack.setCurrentWidget(shown)
        self.list.above.setVisible(shown is self.list and self.list.beside.shows_list)
        self.setFocusProxy(shown)
        shown.setFocus()
        self.chosen.emit()
