"""List kinds: what the office calls its lists, and the tasks in each."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import Slot

from huajie_desktop.office import OWN_WORD, VILLAGE_WORD
from huajie_desktop.year import campaigns
from huajie_desktop.year.campaigns import LIST_KINDS, ListKindLine
from ui.desk.desk import Desk
from ui.forms.kept_form import KeptForm
from ui.forms.sources import LedgerSource
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.campaign.ordered_part import PAGE, Chosen, OrderedPart
from ui.widgets.buttons import WINDOW, add_action

_COLUMNS = (
    LineColumn("title", "清单", 160),
    LineColumn("aliases", "别名", 200),
    LineColumn("tasks", "任务", 72, numeric=True),
    LineColumn("state", "情况", 90, tint=lambda line: "grey" if line.closed else "green"),
)
_HINT = f"没有写清单的任务，村和居委会的归到别名“{VILLAGE_WORD}”的清单，其余归到“{OWN_WORD}”。"


class _Line(NamedTuple):
    id: int
    title: str
    aliases: str
    tasks: str
    state: str
    closed: bool


class ListKindsPart(OrderedPart):
    """The list of list kinds and the form of one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "清单种类")
        self.new = add_action(self, "新增清单种类", "Ctrl+N", "plus", "新增一种清单", self._on_new, context=WINDOW)
        self.sort_in = add_action(
            self,
            "归入清单",
            "Ctrl+G",
            "list",
            "给还没有写清单的任务归好，没有清单时先建市、镇、村三级",
            self._on_sort_in,
            context=WINDOW,
        )
        self.table = LinesTable("list-kinds", _COLUMNS, desk.preferences, spare=("aliases",))
        self.table.set_menu([self.new, self.up, self.down, self.close_action, self.delete])
        self.table.empty.say("还没有清单种类", "建好市级、镇级、村级清单后，任务会按责任单位归进去。", self.sort_in)
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        self._form = KeptForm(desk, LedgerSource(LIST_KINDS, PAGE))
        self._form.keep()  # nothing is typed yet
        self._form.saved.connect(self._on_saved)
        self._form.left.connect(self._on_left)
        plain = [(self.up, "plain"), (self.down, "plain"), (self.close_action, "plain"), (self.delete, "plain")]
        self.arrange(_HINT, [*plain, (self.sort_in, ""), (self.new, "")], self.table, self._form)
        self.setFocusProxy(self.table)

    @property
    def chosen(self) -> Chosen | None:
        """The list kind the cursor is on."""
        line = self.table.current_line()
        return None if line is None else Chosen(LIST_KINDS, line.id, line.closed)

    @property
    def form(self) -> KeptForm:
        """The form of a list kind."""
        return self._form

    def refresh(self) -> None:
        """Counts anew; what is being typed stays."""
        with self.desk.reading() as session:
            lines, unlisted = campaigns.list_kind_lines(session), campaigns.unlisted(session)
        self.table.blockSignals(True)  # the form is being saved: it must not be asked to give way
        self.table.show_lines([_line(found) for found in lines])
        if self.table.current_id() is None:
            self.table.step(0)
        self.table.blockSignals(False)
        self.sort_in.setText(f"归入清单（{unlisted} 项）" if unlisted else "归入清单")
        self.sort_in.setEnabled(bool(unlisted) or not lines)
        if not self._form.changed:
            self.show_chosen()
        self.show_actions()

    def show_chosen(self) -> None:
        """Shows the list kind the cursor is on."""
        if found := self.chosen:
            self._form.open_record(found.id)
        else:
            self._form.open_new()

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a list kind by "id", or the form of a new one ("new")."""
        if subject.get("new"):
            self._on_new()
        elif self.table.go_to(subject["id"]):
            self.show_chosen()
            self._form.focus()

    @Slot(object)
    def _on_moved(self, _id: object) -> None:
        self.show_actions()
        if self.chosen is not None and self.may_leave():
            self.show_chosen()

    @Slot(object)
    def _on_opened(self, _id: object) -> None:
        self._form.focus()

    @Slot()
    def _on_new(self) -> None:
        if self.may_leave():
            self._form.open_new()

    @Slot()
    def _on_sort_in(self) -> None:
        if self.may_leave():
            self.desk.start("归入清单", self._sort_in, self.desk.take)

    def _sort_in(self, job: Any) -> Any:
        return campaigns.sort_into_lists(self.desk.seat, job)

    @Slot(object)
    def _on_saved(self, record_id: int) -> None:
        self.table.go_to(record_id)

    @Slot()
    def _on_left(self) -> None:
        self.show_chosen()
        self.table.setFocus()


def _line(found: ListKindLine) -> _Line:
    return _Line(found.id, found.title, found.aliases, str(found.tasks), "已停用" if found.closed else "使用中", found.closed)
