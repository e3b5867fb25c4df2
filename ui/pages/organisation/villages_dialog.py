"""The villages of the township to be taken from the divisions of the country, or pasted as a column of names."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from huajie_desktop.township.divisions import AS_OF
from huajie_desktop.township.new_units import missing_villages, pasted
from huajie_desktop.township.village_names import Offered
from ui.desk.desk import Desk
from ui.lists.offered_units import OfferedUnits
from ui.theme import restyle
from ui.widgets.building import as_title, make_label, put, upright
from ui.widgets.dialogs import Dialog, give_size
from ui.widgets.township_line import TownshipLine

_WIDTH, _HEIGHT = 780, 600  # px at 100 %
_HEADING = "取村：从行政区划里选，或粘贴一列名称"


class VillagesDialog(Dialog):
    """Which township it is, where that is not known, and its villages with ticks; `units` and `code` say what was chosen."""

    def __init__(self, parent: QWidget, desk: Desk, name: str, code: str, offered: Sequence[Offered]) -> None:
        super().__init__(parent)
        self.setWindowTitle(as_title(_HEADING))
        self._desk = desk
        self.units = OfferedUnits(self._pasted)
        self._township = None if code else TownshipLine()
        self._code = code
        column = upright(self, (24, 20, 24, 20), 8)
        note = f"{name}的村和居委会里还没有建的列在下面（{AS_OF} 年的行政区划）；已经有的不会重复。"
        column.addWidget(make_label(note, wrap=True))
        if self._township is not None:
            self._township.setText(name)
            self._township.taken.connect(self._on_township)
            self._township.offered.setMaximumHeight(self._township.offered.minimumHeight())
            put(column, make_label("是哪一个乡镇", "fieldLabel"), self._township, self._township.offered)
        column.addWidget(self.units, 1)
        box = QDialogButtonBox()
        self._yes = box.addButton("建立", QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        restyle(self._yes, kind="primary")
        self._yes.setAutoDefault(False)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.units.counted.connect(self._on_counted)
        self.units.agreed.connect(self._on_agreed)
        self.units.show_offered(offered)
        give_size(self, _WIDTH, _HEIGHT)
        if self._township is not None:
            self._township.textEdited.emit(name)
            self._township.setFocus()
        else:
            self.units.setFocus()

    @property
    def code(self) -> str:
        """Of the township that was chosen, "" where none was."""
        return self._code or (self._township.code if self._township is not None else "")

    def _pasted(self, text: str) -> Sequence[Offered]:
        with self._desk.reading() as session:
            return pasted(session, text)

    @Slot()
    def _on_township(self) -> None:
        with self._desk.reading() as session:
            self.units.show_offered(missing_villages(session, self.code))
        self.units.setFocus()

    @Slot(int)
    def _on_counted(self, count: int) -> None:
        self._yes.setEnabled(count > 0)
        self._yes.setText(f"建立 {count} 个单位" if count else "建立")

    @Slot()
    def _on_agreed(self) -> None:
        if self._yes.isEnabled():
            self.accept()
