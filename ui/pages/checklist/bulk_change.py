"""Setting one field of many records: what, to what, what would change, and only then the changing."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QRadioButton, QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors
from huajie_desktop.records import bulk, twice
from ui.desk.desk import MANY, Desk
from ui.desk.jobs import Job
from ui.forms.choices import choices_of
from ui.forms.editors import ChoiceEditor, FlagEditor
from ui.forms.form_body import FieldBox
from ui.forms.twice import key_in_again
from ui.forms.walk import GoingOn
from ui.lists.editing import cell_editor
from ui.lists.lines import LineColumn, LinesTable
from ui.widgets.building import FLUSH, across, flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.choice import Choice
from ui.widgets.filters import Tabs

_TINTS = {"changes": "green", "same": "grey", "refused": "yellow"}
_COLUMNS = (
    LineColumn("status", "情况", 90, word=lambda line: bulk.STATUSES[line.status], tint=lambda line: _TINTS[line.status]),
    LineColumn("name", "名称", 260),
    LineColumn("old", "原来", 200),
    LineColumn("new", "改为", 200),
    LineColumn("reason", "原因", 240),
)
_HINT = "先选要改的内容，写好新的值，回车看改动；没有问题再按 Ctrl+S 保存。{locked}"
_LEFT = "bulk"  # what the desk keeps of it: the field changed last, and a value that was typed and not saved
_NEXT = [QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+S")]  # each does what comes next: shows the changes, then saves them


class BulkChange(QWidget):
    """One change of many records, shown in place of the list."""

    left = Signal()

    def __init__(self, desk: Desk, ledger: Ledger, selected: Sequence[int], listed: Sequence[int]) -> None:
        super().__init__()
        self._desk, self._ledger = desk, ledger
        self._selected, self._listed = list(selected), list(listed)
        self.setAccessibleName("批量修改")
        self.plan: bulk.Plan | None = None
        self._fields = bulk.fields_of_many(ledger)
        self._make_actions()
        self.only = QRadioButton(f"选中的 {len(self._selected)} 项")
        self.every = QRadioButton(f"列出的全部 {len(self._listed)} 项")
        (self.only if len(self._selected) > 1 else self.every).setChecked(True)
        self.only.setEnabled(bool(self._selected))
        self.only.toggled.connect(self._forget)
        self.field = ChoiceEditor([Choice(key, declared.label) for key, declared in self._fields.items()])
        self.field.setPlaceholderText("要改的内容，如 完成时限")
        self.field.setToolTip("从列表里选，或者输入文字")
        self.field.textChanged.connect(self._on_field)
        self._going = GoingOn(self)
        self._going.gone.connect(self._on_gone_on)
        self._going.watch(self.field)
        self.box: FieldBox | None = None
        self.tabs = Tabs({None: "全部", **bulk.STATUSES})
        self.tabs.chosen.connect(self._show)
        self.table = LinesTable("bulk", _COLUMNS, desk.preferences, stretch="name", many=True)
        self.table.empty.say("还没有改动", _HINT.format(locked=_locked(ledger)), picture="edit")
        self._words = make_label(wrap=True)
        self._arrange()
        self._forget()
        self.setFocusProxy(self.field)

    def _make_actions(self) -> None:
        tips = "逐条看会改成什么，还不保存", "把列出的改动一次保存，可以撤销"
        self.look = add_action(self, "看改动", "", "search", tips[0], self._on_look, context=WINDOW)
        self.save = add_action(self, "保存改动", "", "save", tips[1], self._on_save, context=WINDOW)
        for action in (self.look, self.save):  # only one of them can be done at a time
            action.setShortcuts(_NEXT)
        self.leave = add_action(
            self, "关闭", "Esc", "close", "不改了，回到列表，写好的值下次还在", self._on_leave, context=WINDOW
        )

    def begin(self, key: str) -> None:
        """Begins with the field of the column the cursor was in; else with what was changed last, and with what was not saved."""
        last, text = self._desk.kept.get(_LEFT, ("", ""))
        chosen = key if key in self._fields else last
        if chosen not in self._fields:
            return
        self.field.setText(self._fields[chosen].label)
        assert self.box is not None
        if text and chosen == last:
            self.box.editor.set_value(text)
        if chosen == key or text:
            self._to_value()
        else:
            self.field.selectAll()

    def _to_value(self) -> None:
        """Puts the keys into the value, where typing replaces what stands there."""
        if self.box is not None:
            editor = self.box.editor
            editor.setFocus(Qt.FocusReason.TabFocusReason)
            if not isinstance(editor, FlagEditor):
                editor.selectAll()
            self.setFocusProxy(editor)

    def _arrange(self) -> None:
        label = make_label("改哪一项内容", "fieldLabel")
        what = upright(spacing=4)
        put(what, label, self.field, 1)
        self._value = upright()
        fields = across(spacing=16)
        put(fields, (what, 2), (self._value, 3))
        buttons = flowing(spacing=16)
        put(buttons, self.every, self.only, 1)
        for action, kind in ((self.leave, "plain"), (self.look, ""), (self.save, "primary")):
            buttons.addWidget(ActionButton(action, kind))
        put(upright(self, FLUSH, 8), buttons, fields, self.tabs, (self.table, 1), self._words)

    @property
    def key(self) -> str:
        """The field chosen, empty while none is."""
        return next((key for key, declared in self._fields.items() if declared.label == self.field.text().strip()), "")

    @property
    def ids(self) -> list[int]:
        """The records to be changed."""
        return self._selected if self.only.isChecked() else self._listed

    @Slot()
    def _on_field(self) -> None:
        if self.box is not None:
            self._value.removeWidget(self.box)
            self.box.deleteLater()
            self.box = None
        if key := self.key:
            with self._desk.reading() as session:
                editor = cell_editor(self._fields[key], choices_of(session), self._desk)
            self._going.watch(editor)
            editor.edited.connect(self._forget)
            self.box = FieldBox(self._fields[key], editor)
            self._value.addWidget(self.box)
            self.box.show()  # now: the next key may already be Tab
            self.setTabOrder(self.field, editor)
        self._forget()

    @Slot(QObject, int)
    def _on_gone_on(self, editor: QObject, step: int) -> None:
        """Enter: from the field to its value, from there to what would change; with Shift back."""
        if step < 0:
            self.field.setFocus()
        elif self.box is not None and editor is self.field:
            self._to_value()
        else:
            self._on_look()

    @Slot()
    def _forget(self) -> None:
        """What was worked out no longer holds."""
        self.plan = None
        self._show()

    @Slot()
    def _on_look(self) -> None:
        if self.box is None:
            self.field.setFocus()
            self.field.show_list()
            return
        text = self._agreed(self.box.editor.value())
        if text is None:
            return
        work = partial(bulk.plan, self._desk.seat, self.ids, self._ledger, self.key, text)
        if len(self.ids) > MANY:
            self._desk.start(f"比较 {len(self.ids)} 项", partial(_caught, work), self._on_planned)
        else:
            self._on_planned(_caught(work, None))

    def _agreed(self, text: str) -> str | None:
        """The text, keyed in a second time where the office asks for that; None if the clerk gave up."""
        with self._desk.reading() as session:
            asked = twice.fields_to_repeat(session, {self.key: self._fields[self.key]}, {}, {self.key: text})
        if not asked:
            return text
        held = key_in_again(self, self._desk, asked, {self.key: text})
        return None if held is None else held[self.key]

    def _on_planned(self, found: bulk.Plan | FieldErrors) -> None:
        if self.box is not None:
            self.box.show_error(str(found) if isinstance(found, FieldErrors) else "")
        self.plan = None if isinstance(found, FieldErrors) else found
        self._show()
        if self.plan is None:
            self._to_value()
            return
        self.table.step(0)
        self.table.setFocus()
        if not self.plan.ids:
            self._desk.say("info", f"这 {len(self.plan.lines)} 项都不用改或者不能改，原因写在每一行后面。")

    @Slot()
    def _show(self) -> None:
        lines = self.plan.lines if self.plan else []
        counts = self.plan.counts if self.plan else {}
        changing = len(self.plan.ids) if self.plan else 0
        self.tabs.show_counts({None: len(lines), **{status: counts.get(status, 0) for status in bulk.STATUSES}})
        self.table.show_lines([line for line in lines if self.tabs.key in (None, line.status)])
        self.save.setText(f"保存 {changing} 项改动" if changing else "保存改动")
        self.save.setEnabled(bool(changing))
        self.look.setEnabled(not changing)
        self._words.setText(self.plan.doubt if self.plan and self.plan.doubt else "")
        self._words.setVisible(bool(self._words.text()))

    @Slot()
    def _on_save(self) -> None:
        if self.plan is None:
            return
        found = self.plan
        done = partial(_say, self._desk, found, self._fields[found.key].label)
        self._desk.kept[_LEFT] = found.key, ""
        self.left.emit()
        self._desk.do_many(f"修改 {len(found.ids)} 项", bulk.set_field, found.ids, found.ledger, found.key, found.text, done=done)

    @Slot()
    def _on_leave(self) -> None:
        if self.box is not None and self.box.editor.value().strip():
            self._desk.kept[_LEFT] = self.key, self.box.editor.value()
        self.left.emit()


def _say(desk: Desk, found: bulk.Plan, label: str, written: bulk.Written) -> None:
    """Says how many were changed, and of those the preview did not refuse which were left all the same."""
    left = len(found.lines) - written.done
    done = f"已修改 {written.done} 项的{label}" + (f"，{left} 项没有改动" if left else "")
    if further := [one.words for one in written.left if one.id in found.ids]:
        desk.say("warning", f"{done}：{further[0]}", "\n".join(further), (desk.take_back,) if written.done else ())
    else:
        desk.done(f"{done}。")


def _locked(ledger: Ledger) -> str:
    """What is not changed because records are locked, as a sentence."""
    states = [life.states[state].word for life in ledger.lives for state in life.locking]
    names = [ledger.fields[key].label for life in ledger.lives for key in life.stays_open]
    but = f"（{'、'.join(names)}除外）" if names else ""
    return f"{'、'.join(states)}的不会改{but}。" if states else ""


def _caught(work: partial[bulk.Plan], job: Job | None) -> bulk.Plan | FieldErrors:
    """The plan, or what cannot be read of the text: that belongs beside the field."""
    try:
        return work(job=job)
    except FieldErrors as errors:
        return errors
