"""The first minutes of an office, once: whose data it is, and which units it has."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from huajie_desktop.township.shipped import PATTERN_NAME
from huajie_desktop.township.village_names import Offered
from ui.lists.offered_units import OfferedUnits
from ui.shell.start import NOTICE, RESTORE, Sheet, sheet_label
from ui.theme import scaled
from ui.widgets.building import put, upright
from ui.widgets.choice import Choice, ChoiceEdit
from ui.widgets.dialogs import room_for
from ui.widgets.steady import Spin
from ui.widgets.township_line import TownshipLine

_WIDE, _HIGH, _AROUND = 720, 400, 290  # px at 100 %
_PATTERN = f"{PATTERN_NAME}（三个板块 15 个类别）"


class Beginning(NamedTuple):
    """What was said at the first start; `categories` None: those of the shipped pattern."""

    township: str
    code: str
    year: int
    name: str
    categories: tuple[str, ...] | None


class FirstStart(Sheet):
    """Asks once for township, year and categories, and for the name of who sits here; or brings back a copy."""

    agreed = Signal(object)  # Beginning
    restore_asked = Signal()

    def __init__(self, year: int) -> None:
        super().__init__("开始使用", "选好乡镇、写上姓名就可以开始；类别可以以后再设。", "开始使用", _WIDE)
        self._township = TownshipLine()
        self._year = Spin()
        self._year.setRange(2000, 2100)
        self._year.setValue(year)
        self._name = QLineEdit()
        self._name.setPlaceholderText("如 张三")
        self._name.setMaxLength(40)
        self._categories = ChoiceEdit(new_allowed=True)
        self._categories.set_choices([Choice(PATTERN_NAME, _PATTERN)])
        self._categories.setPlaceholderText("可以空着；几个用、分开；↓ 选现成的")
        self.add_field("township", "乡镇（街道）名称", self._township)
        right = upright(spacing=8)
        put(right, (self._township.offered, 1), sheet_label(NOTICE, "caption"))
        self._beside.addLayout(right, 1)
        self.add_field("name", "您的姓名", self._name)
        self.add_field("year", "年度", self._year)
        self.add_field("categories", "任务类别", self._categories)
        self.button.clicked.connect(self._on_agreed)
        self.restore = self.add_button(RESTORE, "以前用过、有备份的，从 U 盘或磁盘里恢复")
        self.restore.clicked.connect(self.restore_asked)
        self._township.taken.connect(self._name.setFocus)
        self._name.returnPressed.connect(self._categories.setFocus)
        self._year.lineEdit().returnPressed.connect(self._categories.setFocus)
        self._categories.returnPressed.connect(self.button.click)
        self.first = self._township

    @Slot()
    def _on_agreed(self) -> None:
        self._township.settle()
        name = self._name.text().strip()
        if not name:
            self.show_errors({"name": "请填写您的姓名，每次改动都会记上这个名字"})
            return
        said = self._categories.text().strip()
        names = tuple(filter(None, re.split(r"[、，,；;\s]+", said)))
        if figures := next((called for called in names if called.isdigit()), ""):
            self.show_errors({"categories": f"“{figures}”是数字，不像类别的名称；年度写在上面一格"})
            return
        categories = None if said == _PATTERN else names
        self.agreed.emit(Beginning(self._township.text().strip(), self._township.code, self._year.value(), name, categories))


class FirstVillages(Sheet):
    """Offers the villages of the township that was chosen, or waits for a column of names; once, behind the first start."""

    agreed = Signal(object, object)  # those to be made, and those that are kept ones
    left = Signal()

    def __init__(self, township: str, offered: Sequence[Offered], pasted: Callable[[str], Sequence[Offered]]) -> None:
        super().__init__(
            f"{township}的村和居委会", "勾上的建成单位，名称、代码和别名都会填好；以后在“组织”页还能增减。", "建立这些单位", _WIDE
        )
        self.units = OfferedUnits(pasted)
        self.units.setMinimumHeight(min(scaled(_HIGH), room_for(self).height() - scaled(_AROUND)))
        self._fields.addWidget(self.units)
        self.units.counted.connect(self._on_counted)
        self.units.agreed.connect(self._on_agreed)
        self.button.clicked.connect(self._on_agreed)
        self.later = self.add_button("以后再建", "先进去看看；首页和“组织”页都能再建")
        self.later.clicked.connect(self.left)
        self.first = self.units
        self.units.show_offered(offered)

    @Slot(int)
    def _on_counted(self, count: int) -> None:
        self.button.setEnabled(count > 0)
        self.button.setText(f"建立 {count} 个单位" if count else "建立这些单位")

    @Slot()
    def _on_agreed(self) -> None:
        if self.units.make or self.units.same:
            self.agreed.emit(self.units.make, self.units.same)
        else:
            self.left.emit()
