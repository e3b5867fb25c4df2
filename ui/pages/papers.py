"""Pledges and assignment slips: choose units, make the PDF, look at it, print it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from db.journal import Changes
from db.papers import PAPER_KINDS
from huajie_desktop.township import office
from huajie_desktop.work import papers
from ui.desk import Desk
from ui.page import Page
from ui.pdf.shelf import PaperShelf
from ui.pdf.units import UnitTable
from ui.theme import scaled
from ui.widgets.buttons import ActionButton
from ui.widgets.empty import EmptyState
from ui.widgets.filters import Tabs

_KEY = "papers"  # where files were put last
_LEFT = 640  # px at 100 %
_TIP = "为勾选的单位制作，做好后可以预览和打印"


class PapersPage(Page):
    """Makes the papers of the units."""

    TITLE = "承诺书"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._year = 0
        self.make = self.add_action("制作 PDF", self._on_make, picture="pledge", keys="Ctrl+P", tip=_TIP, button="primary")
        self.all = self.add_action("全选", self._on_all, keys="Ctrl+Shift+A", tip="勾选全部有已确认任务的单位")
        self.none = self.add_action("全不选", self._on_none, keys="Ctrl+Shift+E", tip="去掉全部勾选")
        self.to_review = self.add_action(
            "去审核", self._on_review, picture="review", keys="Ctrl+Shift+R", tip="到“审核”页面确认任务"
        )
        self.kinds = Tabs({None: PAPER_KINDS["pledge"], "slip": PAPER_KINDS["slip"]}, tips=False)
        self.kinds.chosen.connect(self._on_kind)
        self.units = UnitTable()
        self.units.ticked.connect(self._on_ticked)
        self.separate = QCheckBox("每个单位一个文件")
        self.separate.setToolTip("不勾选：全部做在一个 PDF 里，每个单位一个书签。勾选：每个单位一个 PDF，同名的旧文件会被替换")
        self._empty = EmptyState()
        self._empty.say("还没有任务", "导入或录入任务并审核通过后，就能在这里制作承诺书和承诺交办单。", self.to_review, "pledge")
        self._count = QLabel()
        self._count.setObjectName("quiet")
        self.shelf = PaperShelf(desk, "勾选单位，点“制作 PDF”，做好的文书在这里一页页看，也可以直接打印。")
        self._arrange_body()
        self.setFocusProxy(self.units)

    @property
    def kind(self) -> str:
        """Which paper is to be made: pledge or slip."""
        return self.kinds.key or "pledge"

    def _arrange_body(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self._count, 1)
        below.addWidget(ActionButton(self.all, "link"))
        below.addWidget(ActionButton(self.none, "link"))
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.units, 1)
        column.addLayout(below)
        column.addWidget(self.separate)
        self._layers = QStackedWidget()
        self._layers.addWidget(table)
        self._layers.addWidget(self._empty)
        left = QWidget()
        left.setMaximumWidth(scaled(_LEFT))
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, scaled(16), 0)
        inside.setSpacing(scaled(8))
        inside.addWidget(self.kinds)
        inside.addWidget(self._layers, 1)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(left, 6)
        line.addWidget(self.shelf, 5)
        self.body.addLayout(line, 1)

    def refresh(self, _changes: Changes | None) -> None:
        """Lists the units anew."""
        with self.desk.reading() as session:
            lines = papers.unit_lines(session, self.kind)
            self._year = office.campaign(session).year
        self.units.show_units(lines)
        self._layers.setCurrentIndex(0 if lines else 1)
        self._on_ticked()

    @Slot(object)
    def _on_kind(self, _key: object) -> None:
        self.refresh(None)

    @Slot()
    def _on_ticked(self) -> None:
        units = len(self.units.ticked_ids())
        self._count.setText(f"已选 {units} 个单位，{self.units.ticked_tasks()} 项已确认的任务")
        self.make.setEnabled(units > 0)
        self.make.setStatusTip(_TIP if units else "先勾选有已确认任务的单位")

    @Slot()
    def _on_all(self) -> None:
        self.units.tick_all(True)

    @Slot()
    def _on_none(self) -> None:
        self.units.tick_all(False)

    @Slot()
    def _on_review(self) -> None:
        self.desk.visit("review")

    @Slot()
    def _on_make(self) -> None:
        if target := self._ask_target():
            self.desk.preferences.remember_place(_KEY, str(target if self.separate.isChecked() else target.parent))
            ids, separate, kind = self.units.ticked_ids(), self.separate.isChecked(), self.kind
            work = partial(papers.make_papers, self.desk.app, kind, ids, target, separate=separate)
            self.desk.start(f"制作{PAPER_KINDS[kind]} {len(ids)} 份", lambda job: work(job=job), self._on_made)

    def _ask_target(self) -> Path | None:
        name, folder = PAPER_KINDS[self.kind], self.desk.preferences.place(_KEY) or QDir.homePath()
        if self.separate.isChecked():
            chosen = QFileDialog.getExistingDirectory(self, f"{name}放在哪个文件夹", folder)
        else:
            proposed = str(Path(folder) / f"{self._year}年{name}.pdf")
            chosen, _kind = QFileDialog.getSaveFileName(self, f"保存{name}", proposed, "PDF 文件 (*.pdf)")
        if not chosen:
            return None
        path = Path(chosen)
        return path if self.separate.isChecked() or path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")

    def _on_made(self, outcome: papers.Outcome) -> None:
        self.desk.take(outcome)
        self.refresh(None)
        pages = sum(printed.pages for printed in outcome.printed)
        self.shelf.show_files(outcome.files)
        self.desk.say("done", f"已制作 {len(outcome.printed)} 份，共 {pages} 页，保存在 {outcome.files[0].parent}。")
        self.shelf.view.setFocus()
