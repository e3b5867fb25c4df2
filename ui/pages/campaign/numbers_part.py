"""How tasks are numbered: the pattern, and the next number of every category while it is typed."""

from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from huajie_desktop.records import entry
from huajie_desktop.work import numbering
from huajie_desktop.year.campaigns import CAMPAIGN
from ui.desk.desk import Desk
from ui.forms.desk_form import DeskForm
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.campaign.ordered_part import PAGE, CampaignPart
from ui.widgets.building import FLUSH, as_tip, flowing, make_label, put, upright

_COLUMNS = (
    LineColumn("dimension", "板块", 120),
    LineColumn("title", "类别", 180),
    LineColumn("number", "下一个编号", 220),
)


class _Line(NamedTuple):
    id: int
    dimension: str
    title: str
    number: str


_HINT = "审核通过时编号。已经编好的号不会改，也不会再用；改了样式，同一类别接着往下编。"
_PATTERN = "number_pattern"


class NumberPart(CampaignPart):
    """The name and the pattern of the campaign, with what they give."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "编号样式")
        self._campaign_id: int | None = None
        self.form = DeskForm(desk, CAMPAIGN.form.groups, CAMPAIGN.form_fields)
        self.form.keep()  # nothing is typed yet
        self.form.next_action.setVisible(False)
        self.form.next_action.setEnabled(False)
        self.form.save_asked.connect(self._on_save)
        self.form.leave_asked.connect(self._on_left)
        self.pattern = self.form.boxes[_PATTERN]
        self.pattern.editor.edited.connect(self._on_edited)
        self.table = LinesTable("next-numbers", _COLUMNS, desk.preferences, spare=("dimension",))
        self.table.empty.say("还没有类别", "先在“板块与类别”里加上类别，这里就能看到下一个编号。", picture="list")
        self.fields = [self._field(name, tip) for name, tip in numbering.FIELDS.items()]
        self.arrange(_HINT, [], self._listing(), self.form)
        self.setFocusProxy(self.form.boxes[_PATTERN].editor)

    def _field(self, name: str, tip: str) -> QPushButton:
        button = QPushButton(f"{{{name}}}")
        button.setProperty("kind", "chip")
        button.setToolTip(as_tip(f"在样式里插入：{tip}"))
        button.clicked.connect(self._on_field)
        return button

    def _listing(self) -> QWidget:
        holder = QWidget()
        line = flowing(spacing=8)
        words = make_label("可以用的内容", "quiet")
        line.addWidget(words)
        for button in self.fields:
            line.addWidget(button)
        line.addStretch(1)
        put(upright(holder, FLUSH, 8), line, (self.table, 1))
        return holder

    def refresh(self) -> None:
        """Reads the pattern anew unless it is being typed."""
        if not self.form.changed:
            with self.desk.reading() as session:
                year = session.campaign
                seen = entry.seen(session, CAMPAIGN, year.id)
            self._campaign_id = year.id
            self.form.show_kept(seen)
            self.form.set_texts({**seen.texts, _PATTERN: seen.texts[_PATTERN] or numbering.DEFAULT_PATTERN})
            self.form.heading.setText(f"{year.year} 年度")
            self.form.follow(PAGE, {"ledger": CAMPAIGN.key, "id": year.id})
        self._on_edited()

    def may_leave(self) -> bool:
        """Whether what was typed may go; asks only if something was typed."""
        if not self.form.may_leave_what_is_typed("编号样式"):
            return False
        self._on_edited()  # the numbers below are those of the pattern that stands there now
        return True

    def show_subject(self) -> None:
        """Puts the cursor into the pattern."""
        self.form.focus(_PATTERN)

    @Slot()
    def _on_edited(self) -> None:
        pattern = self.form.texts()[_PATTERN].strip() or numbering.DEFAULT_PATTERN
        with self.desk.reading() as session:
            fault = numbering.fault_in(pattern)
            numbers = [] if fault else numbering.next_numbers(session, pattern)
        self.pattern.show_error(fault)
        if not fault:
            self.table.show_lines([_Line(place, *found) for place, found in enumerate(numbers, 1)])

    @Slot()
    def _on_field(self) -> None:
        button, editor = self.sender(), self.pattern.editor
        assert isinstance(button, QPushButton)
        assert isinstance(editor, QLineEdit)
        editor.insert(button.text())
        editor.setFocus()
        self._on_edited()

    @Slot(bool)
    def _on_save(self, _then_next: bool) -> None:
        if (saved := self.form.save_by(entry.save, CAMPAIGN, self._campaign_id)) is not None:
            self.refresh()
            self.form.say_doubts("", saved)

    @Slot()
    def _on_left(self) -> None:
        self.form.discard()
        self.refresh()
