"""Lists beside the form that are looked at: a unit's people, what it went through, and all the roles of a person."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.seat import SeatSession
from huajie_desktop.township.organisation import PersonLine, people_lines
from huajie_desktop.township.roles import Role, roles_of
from huajie_desktop.township.unit_changes import ChangeLine, change_lines
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.widgets.building import upright

_PEOPLE = (
    LineColumn("title", "姓名", 130),
    LineColumn("posts", "职务", 240),
    LineColumn("tasks", "负责任务（项）", 120, numeric=True),
)
_CHANGES = (
    LineColumn("on", "日期", 110),
    LineColumn("kind", "变更", 80),
    LineColumn("title", "内容", 260),
)
_ROLES = (
    LineColumn("role", "角色", 150),
    LineColumn("title", "单位、专班或事项", 260),
    LineColumn("term", "时间", 180),
)


class ListPart(QWidget):
    """A list of a unit's or person's lines; Enter goes where a line leads."""

    opened = Signal(object)  # the line

    def __init__(
        self,
        desk: Desk,
        name: str,
        columns: Sequence[LineColumn],
        load: Callable[[SeatSession, int], Sequence[PersonLine | ChangeLine | Role]],
        empty: tuple[str, str],
        *,
        stretch: str = "title",
    ) -> None:
        super().__init__()
        self._desk, self._load = desk, load
        self._record_id: int | None = None
        spare = [column.key for column in reversed(columns) if column.key != stretch]  # the last gives way first
        self.table = LinesTable(name, columns, desk.preferences, stretch=stretch, spare=spare)
        self.table.empty.say(*empty, picture="people")
        self.table.opened.connect(self._on_opened)
        column = upright(self, (0, 8, 0, 0))
        column.addWidget(self.table)
        self.setFocusProxy(self.table)

    def show_record(self, _ledger: Ledger, record_id: int | None) -> None:
        """Shows the lines of that unit or person."""
        self._record_id = record_id
        self.refresh()

    def refresh(self) -> None:
        """Reads the lines anew."""
        if self._record_id is not None:
            with self._desk.reading() as session:
                self.table.show_lines(self._load(session, self._record_id))

    def may_leave(self) -> bool:
        """Nothing is typed here."""
        return True

    @Slot(object)
    def _on_opened(self, _line_id: object) -> None:
        if (line := self.table.current_line()) is not None:
            self.opened.emit(line)


def people_part(desk: Desk) -> ListPart:
    """The people of a unit with their posts there."""
    hint = ("这个单位还没有人", "按 Ctrl+Shift+N 新增人员，或从表格导入。")
    return ListPart(desk, "organisation-people", _PEOPLE, people_lines, hint, stretch="posts")


def changes_part(desk: Desk) -> ListPart:
    """What a unit went through."""
    hint = ("没有变更", "更名、并入别的单位或拆分时，按日期记在这里；那一天以前的文书仍用原来的名称。")
    return ListPart(desk, "organisation-changes", _CHANGES, change_lines, hint)


def roles_part(desk: Desk) -> ListPart:
    """All the roles of a person."""
    hint = ("还没有担任什么", "职务、专班、牵头和负责的任务都会列在这里。")
    return ListPart(desk, "organisation-roles", _ROLES, roles_of, hint)
