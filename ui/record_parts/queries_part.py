"""The queries about one record: what was asked, what was answered; answered and closed by keys."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.phrases import ANSWERING, ASKING
from huajie_desktop.work import queries
from huajie_desktop.work.queries import WHOLE, QueryLine
from ui.desk.desk import Desk
from ui.forms.usual_phrases import UsualPhrases
from ui.lists.lines import LineColumn, LinesTable
from ui.widgets.building import flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action
from ui.widgets.dialogs import ask_words

_STATES = {"open": ("等答复", "red"), "answered": ("已答复", "yellow"), "closed": ("已关闭", "green")}
_COLUMNS = (
    LineColumn("about", "关于", 100),
    LineColumn("text", "疑问", 180),
    LineColumn("state", "情况", 100, word=lambda line: _STATES[line.state][0], tint=lambda line: _STATES[line.state][1]),
)


class QueriesPart(QWidget):
    """Lists the queries of a record; F4 asks, Enter or F6 answers, F7 closes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ledger: Ledger | None = None
        self._record_id: int | None = None
        self.ask_action = add_action(self, "提出疑问", "F4", "plus", "就这条记录提一个疑问", self._on_ask)
        self.answer_action = add_action(self, "答复", "F6", "edit", "答复选中的疑问", self._on_answer)
        self.close_action = add_action(self, "关闭疑问", "F7", "done", "问题已经解决，关闭选中的疑问", self._on_close)
        self.table = LinesTable("queries", _COLUMNS, desk.preferences, stretch="text")
        self.table.set_menu([self.ask_action, self.answer_action, self.close_action])
        self.table.opened.connect(self._on_answer)
        self.table.chosen.connect(self._on_chosen)
        self.table.empty.say(
            "没有疑问", "看到不清楚的地方，可以在这里提出疑问；没有关闭的疑问会挡住审核通过。", self.ask_action, "info"
        )
        self._words = make_label(wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._arrange()
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        buttons = flowing(spacing=8)
        for action, kind in ((self.answer_action, "strong"), (self.close_action, ""), (self.ask_action, "plain")):
            buttons.addWidget(ActionButton(action, kind))
        buttons.addStretch(1)
        put(upright(self, (20, 12, 20, 12), 8), (self.table, 1), self._words, buttons)

    def show_record(self, ledger: Ledger, record_id: int | None) -> None:
        """Reads the queries of a record anew."""
        self._ledger, self._record_id = ledger, record_id
        lines: list[QueryLine] = []
        if record_id is not None:
            with self._desk.reading() as session:
                lines = queries.query_lines(session, ledger, record_id)
        self.table.show_lines(lines)
        if lines and self.table.current_id() is None:
            self.table.put_cursor(0)
        self._on_chosen()

    def ask(self, field: str, text: str = "") -> None:
        """Asks about a field by its key ("": the whole record), which says `text` now."""
        if self._ledger is None or self._record_id is None:
            return
        label = self._ledger.fields[field].label if field else WHOLE
        words = ask_words(
            self,
            f"对“{label}”提出疑问",
            f"现在写的是：{text}" if text else "录入的人会看到并答复。",
            "提出",
            queries.LONGEST,
            self._phrases(ASKING),
        )
        if words is not None:
            self._conclude(self._desk.do(queries.ask, self._ledger, self._record_id, field, words))

    def _phrases(self, place: str) -> partial[UsualPhrases]:
        return partial(UsualPhrases, self._desk, place)

    def _conclude(self, changes: Changes | None) -> None:
        if changes is not None and self._ledger is not None:
            self.show_record(self._ledger, self._record_id)

    @Slot()
    def _on_chosen(self) -> None:
        line: QueryLine | None = self.table.current_line()
        still_open = line is not None and line.state != "closed"
        self.answer_action.setEnabled(still_open)
        self.close_action.setEnabled(still_open)
        self.ask_action.setEnabled(self._record_id is not None)
        self._words.setVisible(line is not None)
        if line is not None:
            said = [f"{line.asked_by} {line.asked_at:%m-%d %H:%M} 问：{line.text}"]
            said += [f"{line.answered_by} 答：{line.answer}"] if line.answer else []
            said += [f"{line.closed_by} 已关闭"] if line.closed_by else []
            self._words.setText("\n".join(said))

    @Slot()
    def _on_ask(self) -> None:
        self.ask("")

    @Slot()
    def _on_answer(self) -> None:
        line: QueryLine | None = self.table.current_line()
        if line is None or line.state == "closed":
            return
        words = ask_words(self, "答复疑问", f"{line.asked_by} 问：{line.text}", "答复", queries.LONGEST, self._phrases(ANSWERING))
        if words is not None:
            self._conclude(self._desk.do(queries.answer, line.id, words))

    @Slot()
    def _on_close(self) -> None:
        line: QueryLine | None = self.table.current_line()
        if line is not None and self._ledger is not None:
            self._conclude(self._desk.do(queries.close, self._ledger, line.id))
