"""Making templates: which kind, which month, for which units, into which folder; all in one go."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QWidget,
)

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.jobs import Job
from huajie_desktop.sending import templates
from ui.desk.desk import Desk
from ui.theme import restyle
from ui.widgets.building import across, make_label, put, upright
from ui.widgets.dialogs import Dialog, give_size
from ui.widgets.steady import Combo

_PLACE = "templates"
_HINT = "每个单位一个文件，带上已经录入的内容和下拉选项；填好发回后，改了哪里一目了然。"


class TemplatesDialog(Dialog):
    """What templates are to be made."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger, month: int, chosen: Sequence[int] | None = None) -> None:
        super().__init__(parent)
        self._desk, self._chosen = desk, chosen
        self.setWindowTitle("填报模板")
        give_size(self, 520, 560)
        self.kind, self.month = Combo(), Combo()
        for item in desk.catalogue.values():
            self.kind.addItem(item.title, item.key)
        for number in range(1, 13):
            self.month.addItem(f"{number}月", number)
        self.kind.setCurrentIndex(self.kind.findData(ledger.key))
        self.month.setCurrentIndex(month - 1)
        self.each, self.whole = QRadioButton("每个单位一个文件"), QRadioButton("全镇一张空表")
        self.units = QListWidget()
        self.units.setAccessibleName("要做模板的单位")
        self._all, self._none = QPushButton("全选"), QPushButton("全不选")
        self._arrange()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.each.toggled.connect(self._show)
        self._all.clicked.connect(self._on_all)
        self._none.clicked.connect(self._on_none)
        self.each.setChecked(True)
        self._on_kind()

    def _arrange(self) -> None:
        line = across()
        put(line, make_label("表格"), (self.kind, 1), self.month)
        picks = across()
        for widget in (self.each, self.whole):
            picks.addWidget(widget)
        put(picks, 1, self._all, self._none)
        hint = make_label(_HINT, "quiet", wrap=True)
        box = QDialogButtonBox()
        self.make = box.addButton("选择文件夹并生成", QDialogButtonBox.ButtonRole.AcceptRole)
        restyle(self.make, kind="primary")
        box.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        put(upright(self, (24, 20, 24, 20), 12), hint, line, picks, (self.units, 1), box)

    @property
    def ledger(self) -> Ledger:
        """The kind of list."""
        return self._desk.catalogue[self.kind.currentData()]

    @property
    def unit_ids(self) -> list[int]:
        """The units that are ticked."""
        items = (self.units.item(row) for row in range(self.units.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    @Slot()
    def _on_kind(self) -> None:
        self.units.clear()
        divided = self.ledger.place is not None
        with self._desk.reading() as session:
            found = templates.units_for(session, self.ledger) if divided else []
            for unit in found:
                item = QListWidgetItem(unit.name, self.units)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setData(Qt.ItemDataRole.UserRole, unit.id)
                ticked = self._chosen is None or unit.id in self._chosen
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.each.setEnabled(divided)
        (self.each if divided else self.whole).setChecked(True)
        self._show()

    @Slot()
    def _show(self) -> None:
        each = self.each.isChecked()
        self.month.setVisible(bool(self.ledger.sheets.month) and each)
        for widget in (self.units, self._all, self._none):
            widget.setEnabled(each)

    @Slot()
    def _on_all(self) -> None:
        self._tick(Qt.CheckState.Checked)

    @Slot()
    def _on_none(self) -> None:
        self._tick(Qt.CheckState.Unchecked)

    def _tick(self, state: Qt.CheckState) -> None:
        for row in range(self.units.count()):
            self.units.item(row).setCheckState(state)


def make_templates(
    desk: Desk, parent: QWidget, ledger: Ledger, month: int | None = None, chosen: Sequence[int] | None = None
) -> None:
    """Asks what templates are to be made and where, and makes them in the background."""
    dialog = TemplatesDialog(parent, desk, ledger, month or desk.today.month, chosen)
    try:
        agreed = dialog.exec()
        kind, ids, of_month, each = dialog.ledger, dialog.unit_ids, dialog.month.currentData(), dialog.each.isChecked()
    finally:
        dialog.deleteLater()
    if not agreed:
        return
    if each and not ids:
        desk.say("warning", "没有选单位，没有生成模板。")
        return
    folder = QFileDialog.getExistingDirectory(parent, "模板存到", desk.preferences.place(_PLACE))
    if not folder:
        return
    desk.preferences.remember_place(_PLACE, folder)
    seat, target = desk.seat, Path(folder)

    def done(made: Sequence[Path]) -> None:
        desk.say("done", f"已生成 {len(made)} 个模板，在 {target}。填好后在“导入”页导入。")

    def work(job: Job) -> Sequence[Path]:
        if each:
            return templates.write_templates(seat, kind, target, ids, of_month, job)
        templates.write_template(seat, kind, target / f"{kind.title}（模板）.xlsx")
        return [target]

    desk.start(f"生成 {len(ids) if each else 1} 个模板", work, done)
