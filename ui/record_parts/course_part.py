"""How a task went: its steps with day, person and reason, papers, extensions, notices; and why the rest cannot be done now."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.papers.task_course import CourseLine, course_of
from huajie_desktop.seat import SeatSession
from huajie_desktop.work.review import ways
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.widgets.building import make_label, put, upright

_COLUMNS = (
    LineColumn("on", "日期", 100),
    LineColumn("what", "事项", 90),
    LineColumn("state", "情况", 90, tint=lambda line: line.colour),
    LineColumn("said", "说明", 180),
)


class CoursePart(QWidget):
    """The course of the record, one line a step; Enter opens what stands elsewhere."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table = LinesTable("course", _COLUMNS, desk.preferences, stretch="said")
        self.table.opened.connect(self._on_opened)
        self.table.empty.say("还没有办理", "审核通过以后交办给责任单位；每一步办理、文书、延期和督查都列在这里。", picture="list")
        self.why = make_label(name="quiet", wrap=True)
        put(upright(self, (20, 12, 20, 12), 8), (self.table, 1), self.why)
        self.setFocusProxy(self.table)

    def show_record(self, ledger: Ledger, record_id: int | None) -> None:
        """Reads the course of a task anew."""
        lines: list[CourseLine] = []
        against: list[str] = []
        if record_id is not None:
            with self._desk.reading() as session:
                lines = course_of(session, record_id, self._desk.today)
                against = _against(session, ledger, record_id)
        self.table.show_lines(lines)
        self.why.setText("\n".join(against))
        self.why.setVisible(bool(against))

    @Slot(object)
    def _on_opened(self, line_id: int) -> None:
        line = self.table.lines[line_id]
        if line.page:
            self._desk.visit(line.page, dict(line.subject))


def _against(session: SeatSession, ledger: Ledger, record_id: int) -> list[str]:
    """Why not: of what starts from here each for itself, of all the rest in one sentence for each life."""
    found = [way for way in ways(session, ledger, record_id) if way.against]
    said = [f"{way.made.word}：{way.against.removeprefix('的')}" for way in found if way.near]
    stands = ledger.stands(session.get_one(ledger.model, record_id))
    for life in ledger.lives:
        rest = [way.made.word for way in found if way.life is life and not way.near]
        said += [f"现在是“{stands[life.column].word}”，不能{'、'.join(rest)}。"] if rest else []
    return said
