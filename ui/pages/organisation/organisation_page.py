"""The organisation: the township's units and people as a tree, and beside it the unit or person chosen."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from db.models import Unit
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.seat import Seat
from huajie_desktop.sending.exporting import all_keys
from huajie_desktop.township import new_units, organisation
from huajie_desktop.township.divisions import divisions
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.township.village_names import Offered
from ui.desk.desk import Desk
from ui.desk.exporting import export_shown
from ui.desk.jobs import Job
from ui.desk.page import Page
from ui.pages.organisation.steps import StepRow
from ui.pages.organisation.tree import OrganisationTree
from ui.pages.organisation.tree_lines import Key
from ui.pages.organisation.unit_record import LEDGERS, RecordPane
from ui.pages.organisation.villages_dialog import VillagesDialog
from ui.widgets.building import FLUSH, put, upright
from ui.widgets.buttons import ActionButton
from ui.widgets.panes import Panes

_TREE, _RECORD = 5, 6  # shares of the width
_CONCERNED = {
    "units", "people", "posts", "memberships", "unit_changes", "campaigns", "settings", "responsibilities", "tasks",
    "task_forces", "force_members", "doubts",
}  # fmt: skip
_TREE_OF = _CONCERNED - {"responsibilities", "tasks", "task_forces", "force_members"}


class OrganisationPage(Page):
    """Tree and record."""

    TITLE = "组织"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._make_actions()
        self.tree = OrganisationTree()
        self.tree.foot.addWidget(ActionButton(self.villages, "link"))
        self.tree.moved.connect(self._on_moved)
        self.tree.opened.connect(self._on_opened)
        self.tree.closed_asked.connect(self._on_closed_asked)
        self.pane = RecordPane(desk)
        self.steps = StepRow(desk, self.pane)
        self.tree.set_menu([self.new_unit, self.new_person, *self.steps.actions_by_name.values()])
        self.pane.saved.connect(self._on_saved)
        self.pane.left.connect(self._on_left)
        self.pane.visit_asked.connect(self.desk.visit)
        hint = "左边按层级列出单位和人员；选中后在这里修改，也可以新增。还没有村的，先“取村”。"
        self.pane.empty.say("选中一个单位或一个人", hint, self.new_unit, "people")
        self._lay_out()
        self.setFocusProxy(self.tree)

    def _make_actions(self) -> None:
        self.import_units = self.add_action("导入单位", "Ctrl+I", "import", "从表格导入单位", self._on_import_units, "plain")
        self.import_people = self.add_action(
            "导入人员", "Ctrl+Shift+I", "import", "从表格导入人员", self._on_import_people, "plain"
        )
        self.export_units = self.add_action("导出单位", "Ctrl+E", "export", "把单位导出成表格", self._on_export_units, "plain")
        self.export_people = self.add_action(
            "导出人员", "Ctrl+Shift+E", "export", "把人员导出成表格", self._on_export_people, "plain"
        )
        self.villages = self.add_action(
            "取村", "Ctrl+Shift+V", "unit", "从行政区划取本乡镇的村和居委会，或粘贴一列名称", self._on_villages
        )
        self.new_person = self.add_action("新增人员", "Ctrl+Shift+N", "user", "在选中的单位里加一个人", self._on_new_person, "")
        self.new_unit = self.add_action(
            "新增单位", "Ctrl+N", "plus", "加一个科室、村、工作片或联盟", self._on_new_unit, "primary"
        )
        self.with_closed = self.add_action(
            "显示或隐藏已停用的", "Alt+T", "minus", "已停用的单位和人员列不列出来", self._on_with_closed
        )
        self.seek = self.add_action("查找", "Ctrl+F", "search", "在组织里找单位或人", self._on_find)

    def _lay_out(self) -> None:
        right = QWidget()
        put(upright(right, FLUSH, 0), self.steps, (self.pane, 1))
        self.body.addWidget(Panes((self.tree, _TREE), (right, _RECORD)), 1)

    # what is shown

    def refresh(self, changes: Changes | None) -> None:
        """Reads tree and record anew; what is being typed stays."""
        if changes is not None and not _CONCERNED & changes.touched.keys():
            return
        if changes is None or _TREE_OF & changes.touched.keys():
            self._load_tree()
        before = self.pane.key
        self.pane.refresh()
        if before is not None and self.pane.key is None and not self.pane.typing:
            self.tree.go_on()
        self.steps.show_for(self.pane.key)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a unit ("unit"), a person ("person"), a record of a register ("ledger" and "id"), or a new one ("new")."""
        if not self.pane.may_leave():
            return
        if subject.get("villages"):
            QTimer.singleShot(0, self.villages.trigger)  # when the page stands there
            return
        kind = {ledger.key: kind for kind, ledger in LEDGERS.items()}.get(subject.get("ledger", ""), "")
        key = next(((kind, subject[kind]) for kind in LEDGERS if kind in subject), None)
        if kind and subject.get("new"):
            self._show_new(kind)
        elif key or (kind and "id" in subject):
            self._go_to(key or (kind, subject["id"]))

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        return self.pane.may_leave()

    def _load_tree(self) -> None:
        with self.desk.reading() as session:
            root = organisation.tree(session, self.desk.today, closed=self.tree.with_closed.isChecked())
        self.tree.show_tree(root)

    def _go_to(self, key: Key) -> None:
        if not self.tree.go_to(key) and not self.tree.with_closed.isChecked():
            self.tree.with_closed.setChecked(True)  # it may be closed
            self.tree.go_to(key)
        if self.pane.key != key:
            self._show(key)

    def _show(self, key: Key | None) -> None:
        if key is None:
            self.pane.show_nothing()
        else:
            self.pane.show_record(key)

    def _show_new(self, kind: str) -> None:
        if not self.pane.may_leave():
            return
        key = self.tree.key
        with self.desk.reading() as session:
            above = session.get(Unit, key[1]) if key is not None and key[0] == "unit" else None
            name = above.name if above is not None and above.closed_on is None else ""
            texts = {"unit": name} if kind == "person" else {"parent": session.township.name}
        self.pane.show_new(kind, {field: text for field, text in texts.items() if text})

    # slots

    @Slot(object)
    def _on_moved(self, key: Key | None) -> None:
        if key == self.pane.key and key is not None:
            return
        if self.pane.may_leave():
            self._show(key)
        elif self.pane.key is not None:
            self.tree.go_to(self.pane.key)

    @Slot(object)
    def _on_opened(self, key: Key) -> None:
        if self.pane.key != key:
            self._on_moved(key)
        if self.pane.card is not None:
            self.pane.card.show_part(None)
            self.pane.card.form.focus()

    @Slot(bool)
    def _on_closed_asked(self, _shown: bool) -> None:
        self._load_tree()

    @Slot(object)
    def _on_saved(self, key: Key) -> None:
        self.pane.key = key
        self.tree.go_to(key)

    @Slot()
    def _on_left(self) -> None:
        self.steps.show_for(self.pane.key)
        self.tree.setFocus()

    @Slot()
    def _on_with_closed(self) -> None:
        self.tree.with_closed.toggle()

    @Slot()
    def _on_find(self) -> None:
        self.tree.search.setFocus()
        self.tree.search.selectAll()

    @Slot()
    def _on_new_unit(self) -> None:
        self._show_new("unit")

    @Slot()
    def _on_new_person(self) -> None:
        self._show_new("person")

    @Slot()
    def _on_villages(self) -> None:
        if self.pane.may_leave():
            self.desk.start("读行政区划", partial(_missing, self.desk.seat), self._offer)

    def _offer(self, found: tuple[str, str, Sequence[Offered]]) -> None:
        dialog = VillagesDialog(self, self.desk, *found)
        try:
            if dialog.exec():
                taken = self.desk.do(new_units.take, dialog.units.make, dialog.units.same, dialog.code)
                if taken is not None:
                    self.desk.done(f"已{taken.changes.label}。")
        finally:
            dialog.deleteLater()

    @Slot()
    def _on_import_units(self) -> None:
        self.desk.visit("import", {"ledger": UNITS.key})

    @Slot()
    def _on_import_people(self) -> None:
        self.desk.visit("import", {"ledger": PEOPLE.key})

    @Slot()
    def _on_export_units(self) -> None:
        self._export(UNITS)

    @Slot()
    def _on_export_people(self) -> None:
        self._export(PEOPLE)

    def _export(self, ledger: Ledger) -> None:
        with self.desk.reading() as session:
            ids = record_ids(session, ledger, Wanted())
        export_shown(self.desk, self, ledger, ids, all_keys(ledger))


def _missing(seat: Seat, _job: Job) -> tuple[str, str, Sequence[Offered]]:
    """The township, its code, and which of its villages are not kept; runs on the worker."""
    divisions()  # read here, not at the first key in the dialog
    with seat.reading() as session:
        name, code = session.township.name, session.township.code or ""
        return name, code, new_units.missing_villages(session, code)
