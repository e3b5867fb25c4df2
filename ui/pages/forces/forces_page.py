"""The task forces: who leads which, the form of one, and the tasks it leads."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from db.journal import Changes
from db.models import TaskForce
from huajie_desktop.jobs import Job
from huajie_desktop.papers.force_week import write_week
from huajie_desktop.seat import Seat
from huajie_desktop.year import campaigns, forces
from ui.desk.desk import Desk
from ui.desk.page import Page
from ui.desk.saving_paper import save_paper
from ui.forms.kept_form import KeptForm
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.forces.force_source import ForceSource
from ui.pages.forces.force_tasks import ForceTasks
from ui.pages.forces.overview import OverviewShelf
from ui.theme import scaled
from ui.widgets.building import FLUSH, upright
from ui.widgets.buttons import ALONE
from ui.widgets.panes import Panes
from ui.widgets.scrolled import Roomy
from ui.widgets.stack import Stack

_COLUMNS = (
    LineColumn("title", "专班", 200),
    LineColumn("commander", "指挥长", 110),
    LineColumn("category", "负责类别", 150),
    LineColumn("tasks", "任务", 72, numeric=True),
)


class ForcesPage(Page):
    """List, tasks and form."""

    TITLE = "专班"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._year = 0
        self._make_actions()
        self.table = LinesTable("forces", _COLUMNS, desk.preferences, spare=("category",))
        self.table.set_menu([self.new, self.take, self.up, self.down, self.delete])
        self.table.empty.say(
            "还没有专班", "先新增一个专班：写上名称、负责的类别和指挥长，再把这个类别的任务交给它。", self.new, "force"
        )
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        self.tasks = ForceTasks(desk, self.take, self.release)
        self.tasks.chosen.connect(self._show_actions)
        self.form = KeptForm(desk, ForceSource())
        self.form.setObjectName("side")
        self.form.keep()  # nothing is typed yet
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_left)
        lists = QSplitter(Qt.Orientation.Vertical)
        lists.setChildrenCollapsible(False)
        lists.addWidget(self.table)
        lists.addWidget(Roomy(self.tasks))
        lists.setSizes([scaled(280), scaled(320)])
        self._work = QWidget()
        upright(self._work, FLUSH).addWidget(Panes((lists, 5), (self.form, 4)))
        self.shelf = OverviewShelf(desk)
        self.shelf.made.connect(self._on_made)
        self._layers = Stack()
        self._layers.addWidget(self._work)
        self._layers.addWidget(self.shelf)
        self.body.addWidget(self._layers, 1)
        self._show_layer(self._work)

    def _make_actions(self) -> None:
        self.take = self.add_action(
            "接收本类别任务", "Ctrl+T", "submit", "把它负责的类别里还没有专班的任务都交给它", self._on_take
        )
        self.release = self.add_action("移出专班", "Ctrl+Shift+R", "return", "下面选中的任务不再由这个专班牵头", self._on_release)
        self.up = self.add_action("往前移", "Alt+Up", "up", "选中的专班往前移一位", self._on_up)
        self.down = self.add_action("往后移", "Alt+Down", "down", "选中的专班往后移一位", self._on_down)
        tip = "删除没有任务的专班，可以撤销"
        self.delete = self.add_action("删除", "Del", "delete", tip, self._on_delete, "plain", context=ALONE)
        self.make = self.add_action("打印专班一览表", "Ctrl+P", "print", "做成 PDF，预览后打印", self._on_make, "")
        tip = "这个专班的任务和亮灯、存在问题、议定事项，做成一份周例会用的材料"
        self.week = self.add_action("周例会材料…", "Ctrl+Alt+P", "report", tip, self._on_week, "plain")
        self.back = self.add_action("回到专班", "Esc", "return", "收起一览表", self._on_back, "")
        self.new = self.add_action("新增专班", "Ctrl+N", "plus", "录入一个新专班", self._on_new, "primary")

    # filling

    def refresh(self, _changes: Changes | None) -> None:
        """Reads the list anew, and the form unless something is being typed there."""
        with self.desk.reading() as session:
            rows, year = forces.rows(session), session.campaign
        self._year = year.year
        self.subtitle.setText(f"{year.year} 年 · {len(rows)} 个专班" if rows else "")
        self.form.load_choices()
        self.table.blockSignals(True)  # the form is being saved: it must not be asked to give way
        self.table.show_lines(rows)
        if self.table.current_id() is None:
            self.table.step(0)
        self.table.blockSignals(False)
        if self.form.record_id and self.form.record_id not in self.table.model.ids:
            self.form.lose_record()
        elif not self.form.changed:
            self._show_current()
        self._show_tasks()

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a task force ("id") or the form of a new one ("new")."""
        self._show_layer(self._work)
        if subject.get("new"):
            self._on_new()
        elif self.form.may_leave() and self.table.go_to(subject["id"]):
            self._show_current()
            self.form.focus()

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.form.may_leave()

    def _show_current(self) -> None:
        force_id = self.table.current_id()
        self.form.setVisible(force_id is not None)
        self.tasks.setVisible(force_id is not None)
        if force_id is not None:
            self.form.open_record(force_id)
        else:
            self.form.record_id = None

    def _show_tasks(self) -> None:
        self.tasks.show_force(self.form.record_id)
        self._show_actions()

    def _show_layer(self, layer: QWidget) -> None:
        self._layers.setCurrentWidget(layer)
        self.setFocusProxy(self.table if layer is self._work else self.shelf)
        self.back.setVisible(layer is self.shelf)
        self.back.setEnabled(layer is self.shelf)  # among the forms Esc is the form's own

    @Slot()
    def _show_actions(self) -> None:
        here = self.table.current_id() is not None
        for action in (self.up, self.down, self.delete, self.make, self.week):
            action.setEnabled(here)
        self.release.setEnabled(bool(self.tasks.table.selected_ids()))

    # the form

    @Slot(object)
    def _on_moved(self, force_id: int | None) -> None:
        if force_id != self.form.record_id and self.form.may_leave():
            self._show_current()
            self._show_tasks()

    @Slot(object)
    def _on_opened(self, _force_id: object) -> None:
        self.form.focus()

    @Slot()
    def _on_new(self) -> None:
        if self.form.may_leave():
            self.form.show()
            self.form.open_new()
            self._show_tasks()

    @Slot(object)
    def _on_saved(self, force_id: int) -> None:
        self.form.record_id = force_id
        self.table.go_to(force_id)
        self.tasks.show()
        self._show_tasks()

    @Slot()
    def _on_left(self) -> None:
        self._show_current()
        self._show_tasks()
        self.table.setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._show_layer(self._work)
        self.table.setFocus()

    # what is done with one

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        force_id = self.table.current_id()
        if force_id is not None:
            self.desk.do(campaigns.move, TaskForce, force_id, step)

    @Slot()
    def _on_delete(self) -> None:
        force_id = self.table.current_id()
        if force_id is not None and self.form.may_leave():
            self.form.keep()
            if self.desk.do(forces.delete_force, force_id) is not None:
                self.desk.done("已删除专班。")

    @Slot()
    def _on_take(self) -> None:
        force_id = self.form.record_id
        if force_id:
            seat = self.desk.seat
            self.desk.start("接收任务", lambda job: forces.take_category(seat, force_id, job), self.desk.take)

    @Slot()
    def _on_release(self) -> None:
        ids = self.tasks.table.selected_ids()
        self.desk.do_many(f"移出 {len(ids)} 项", forces.give, ids, None)

    @Slot()
    def _on_make(self) -> None:
        self.shelf.ask_and_make(self, self._year)

    @Slot()
    def _on_week(self) -> None:
        force_id = self.table.current_id()
        if force_id is not None:
            name = f"{self.table.current_line().title}周例会材料"  # type: ignore[union-attr]
            save_paper(self.desk, self, name, partial(_write_week, self.desk.seat, force_id))

    @Slot()
    def _on_made(self) -> None:
        self._show_layer(self.shelf)
        self.shelf.view.setFocus()


def _write_week(seat: Seat, force_id: int, target: Path, job: Job) -> int:
    return write_week(seat, force_id, target, job)
