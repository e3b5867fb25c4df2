"""A person's own marks in a list: put on the selected rows by a key, a column while there are any, a filter."""

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Slot

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.lines import Line
from huajie_desktop.records.personal_marks import ANY, MARK, MARKS, mark_records, marks_at, marks_of
from huajie_desktop.seat import SeatSession
from ui.desk.desk import Desk
from ui.lists.rows import Tint, state_tint
from ui.widgets.buttons import WINDOW, add_action
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip, ChoiceList

if TYPE_CHECKING:
    from ui.lists.record_list import RecordList

_NONE = "none"
_TINTS = {MARKS[key]: key if key in ("red", "yellow", "green", "blue") else "grey" for key in MARKS}


class MarkColumn(NamedTuple):
    """The column of the marks."""

    key: str = MARK
    label: str = "标记"
    width: int = 96
    numeric: bool = False
    sortable: bool = False


def mark_chip() -> Chip:
    """The filter."""
    made = Chip("标记")
    made.set_choices([Choice(ANY, "有标记"), *(Choice(key, word) for key, word in MARKS.items())])
    return made


def tints_of(ledger: Ledger) -> Tint:
    """The colours of marks, beside their words, of where records stand in their lives, and of choices declared with colours."""
    words = {life.column: {state.word: state.colour for state in life.states.values()} for life in ledger.lives}
    for key, colours in ledger.shown.tints.items():
        words[key] = {ledger.fields[key].choices[value]: colour for value, colour in colours.items()}

    def tint(line: Any, key: str) -> str | None:
        if key == MARK:
            return _TINTS.get(line.cells.get(MARK, ""))
        return words[key].get(line.cells.get(key, "")) if key in words else state_tint(line, key)

    return tint


def with_marks(session: SeatSession, ledger: Ledger, lines: list[Line]) -> list[Line]:
    """The lines with the words of their marks."""
    found = marks_at(session, ledger, [line.id for line in lines])
    for line in lines:
        line.cells[MARK] = MARKS.get(found.get(line.id, ""), "")
    return lines


class OwnMarks(QObject):
    """Puts marks on rows; whether any are there says whether the column is shown."""

    def __init__(self, desk: Desk, ledger: Ledger, listing: "RecordList") -> None:
        super().__init__(listing)
        self._desk, self._ledger, self._listing = desk, ledger, listing
        tip = "给选中的做个记号：星标、颜色、以后再看。只有自己看得到，不算修改"
        self.action = add_action(listing, "标记", "Alt+M", "", tip, self._on_asked, context=WINDOW)
        self._list = ChoiceList(listing.filters, "标记")
        self._list.chosen.connect(self._on_chosen)

    def any(self) -> bool:
        """Whether there are marks."""
        with self._desk.reading() as session:
            return bool(marks_of(session, self._ledger))

    @Slot()
    def _on_asked(self) -> None:
        if not self._listing.table.selected_ids():
            self._desk.say("info", "请先选中要标记的行。")
            return
        choices = [*(Choice(key, word) for key, word in MARKS.items()), Choice(_NONE, "去掉标记")]
        self._list.open_at(choices, None)

    @Slot(object)
    def _on_chosen(self, key: str) -> None:
        ids, mark = self._listing.table.selected_ids(), None if key == _NONE else key
        if self._desk.do(mark_records, ids, self._ledger, mark) is None:  # why not was told
            return
        self._listing.columns.load()
        self._listing.reload()
        self._listing.table.setFocus()
        said = f"已标记 {len(ids)} 项：{MARKS[mark]}" if mark else f"已去掉 {len(ids)} 项的标记"
        self._desk.say("info", f"{said}。只有您自己看得到，要换按 Alt+M。")
