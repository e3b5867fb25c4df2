"""List kinds: what the office calls its lists, and the tasks in each."""

from typing import Any, NamedTuple

from PySide6.QtCore import Slot

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.office import OWN_WORD, VILLAGE_WORD
from huajie_desktop.year import campaigns
from huajie_desktop.year.campaigns import LIST_KINDS, ListKindLine
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.campaign.ordered_part import Chosen, OrderedPart
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
        tip = "给还没有写清单的任务归好，没有清单时先建市、镇、村三级"
        self.sort_in = add_action(self, "归入清单", "Ctrl+G", "list", tip, self._on_sort_in, context=WINDOW)
        self.table = LinesTable("list-kinds", _COLUMNS, desk.preferences, spare=("aliases",))
        self.table.set_menu([self.new, self.up, self.down, self.close_action, self.delete])
        self.table.empty.say("还没有清单种类", "建好市级、镇级、村级清单后，任务会按责任单位归进去。", self.sort_in)
        self.hold(_HINT, [self.sort_in, self.new], self.table, [LIST_KINDS])

    @property
    def chosen(self) -> Chosen | None:
        """The list kind the cursor is on."""
        line = self.table.current_line()
        return None if line is None else Chosen(LIST_KINDS, line.id, line.closed)

    def go_to(self, _ledger: Ledger, record_id: int) -> bool:
        """Puts the cursor on a list kind."""
        return self.table.go_to(record_id)

    def refresh(self) -> None:
        """Counts anew; what is being typed stays."""
        with self.desk.reading() as session:
            lines, unlisted = campaigns.list_kind_lines(session), campaigns.unlisted(session)
        self.sort_in.setText(f"归入清单（{unlisted} 项）" if unlisted else "归入清单")
        self.sort_in.setEnabled(bool(unlisted) or not lines)
        self.fill([_line(found) for found in lines])

    @Slot()
    def _on_new(self) -> None:
        self.begin(LIST_KINDS)

    @Slot()
    def _on_sort_in(self) -> None:
        if self.may_leave():
            self.desk.start("归入清单", self._sort_in, self.desk.take)

    def _sort_in(self, job: Any) -> Any:
        return campaigns.sort_into_lists(self.desk.seat, job)


def _line(found: ListKindLine) -> _Line:
    return _Line(found.id, found.title, found.aliases, str(found.tasks), "已停用" if found.closed else "使用中", found.closed)
