"""The rules of the office: each with one sentence that says what it means; changed at once, and taken back like anything."""

from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from huajie_desktop import settings
from ui.desk.desk import Desk
from ui.theme import scaled
from ui.widgets.building import as_tip, make_label, put, upright


class _Rule(NamedTuple):
    name: str
    otherwise: str  # what holds until the office has said something
    explanation: str


_RULES = (
    _Rule(settings.FOUR_EYES, "", "谁录入或最后改动的记录，就不能由谁自己审核通过，须换一个人审核。"),
    _Rule(settings.TWICE, "", "保存时，新填或改过的金额和数量要再录一遍；两遍不一样的并排显示，由录入的人定。"),
    _Rule(
        settings.PUNCTUATION,
        "1",
        "半角标点、直引号、全角数字在文书上印成规范的样子，记录不改；关掉后照录入的印。",
    ),
    _Rule(
        settings.ESCALATE_ANSWERED,
        "",
        "督查单过期没有办结的自动升级；期限内已反馈、等办公室复核的平时不升，勾上后也升。",
    ),
    _Rule(settings.APPROVED_ONLY, "1", "首页、台账指标和报告里的数字只算审核通过的记录；关掉后，草稿和待审核的也算。"),
)


class RulesPart(QWidget):
    """One box to tick for each rule."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.boxes: dict[str, QCheckBox] = {}
        heading = make_label("办公室的规矩", "groupTitle")
        hint = make_label("对这份数据的所有人都有效。每次改动都有记录，也可以撤销（Ctrl+Z）。", "quiet")
        column = upright(self, (0, 8, 0, 0), 4)
        put(column, heading, hint)
        for said in _RULES:
            self._add(column, said)
        column.addStretch(1)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def _add(self, column: QVBoxLayout, said: _Rule) -> None:
        box = self.boxes[said.name] = QCheckBox(settings.label_of(said.name))
        box.setToolTip(as_tip(said.explanation))
        box.setObjectName(said.name)
        box.clicked.connect(self._on_clicked)
        words = make_label(said.explanation, "quiet", wrap=True)
        words.setMaximumWidth(scaled(640))
        words.setContentsMargins(scaled(28), 0, 0, 0)
        column.addSpacing(scaled(12))
        put(column, box, words)

    def refresh(self) -> None:
        """Reads the rules anew."""
        with self._desk.reading() as session:
            for said in _RULES:
                self.boxes[said.name].setChecked(settings.rule(session, said.name, said.otherwise) == "1")

    @Slot()
    def _on_clicked(self) -> None:
        box = self.sender()
        assert isinstance(box, QCheckBox)
        if self._desk.do(settings.keep_rule, box.objectName(), "1" if box.isChecked() else "0") is None:
            self.refresh()  # it was not kept
