"""What is written into one column of the selected rows at once: the same text, that of the cell above or beside it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from db.fields import SEVERAL_ITEMS, Field
from huajie_desktop.jobs import Job
from huajie_desktop.records import bulk, entry
from huajie_desktop.records.bulk import Written
from huajie_desktop.records.personal_marks import MARK
from huajie_desktop.records.replacing import Place, replace_at
from huajie_desktop.records.retyping import copy_across, retype
from huajie_desktop.seat import Seat
from ui.desk.desk import MANY, Desk
from ui.forms.sources import LedgerSource
from ui.lists.rows import Column
from ui.lists.tables import ListTable
from ui.widgets.buttons import ALONE, add_action

_EACH = 50  # records with a text of their own; more are written in the background
_NAMED = 3  # records that were left, named in the sentence itself
_LONGEST = 20  # characters of a text in a sentence


class SelectedCells(QObject):
    """Ctrl+D and Ctrl+R as in a spreadsheet, and whatever else is for several rows; each is one step that can be taken back."""

    def __init__(self, desk: Desk, source: LedgerSource, table: ListTable) -> None:
        super().__init__(table)
        self._desk, self._source, self._table = desk, source, table
        down = "把选中几行里最上面一行的这一格，写进下面选中的各行；只选一行时照抄上一行"
        right = "把左边那一格的内容写进选中各行的这一格；两格要是同一种内容"
        self.fill_down = add_action(table.view, "向下填充", "Ctrl+D", "", down, self._on_down, context=ALONE)
        self.fill_right = add_action(table.view, "向右填充", "Ctrl+R", "", right, self._on_right, context=ALONE)

    def field(self) -> Field | None:
        """The field of the column with the cursor; None where nothing can be written there, which is said."""
        index = self._table.view.currentIndex()
        if not index.isValid() or not self._table.selected_ids():
            self._desk.say("info", "请先选中要写的行，把光标放在要写的那一列。")
            return None
        column = self._table.model.columns[index.column()]
        if (field := self._source.fields.get(column.key)) is None:
            self._desk.say("info", why_not(column))
        return field

    def write(self, field: Field, text: str, ids: Sequence[int] | None = None) -> None:
        """Writes a text into that column of those records (None: of the selected ones); locked and refused ones are left and
        named. Raises FieldErrors where the text says nothing there.
        """
        ids = self._table.selected_ids() if ids is None else ids
        if field.key == self._source.name or field.kind in SEVERAL_ITEMS:
            self.write_each(field, dict.fromkeys(ids, text))
            return
        word = " ".join(text.split())
        word = word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…"
        done = f"{{count}} 项的{field.label}{f'改为“{word}”' if word else '清空'}"
        self._run(len(ids) > MANY, done, bulk.set_field, ids, self._source.ledger, field.key, text)

    def write_each(self, field: Field, texts: Mapping[int, str]) -> None:
        """Writes into that column of each record (by id) a text of its own, as one step."""
        typed = {record_id: {field.key: text} for record_id, text in texts.items()}
        done = f"{{count}} 项的{field.label}改好"
        self._run(len(typed) > _EACH, done, retype, typed, self._source.ledger, f"批量修改{field.label}")

    def replace(self, places: Sequence[Place], called: str) -> None:
        """Changes those texts, as one step."""
        done = "{count} 项的文字替换好"
        self._run(len(places) > _EACH, done, replace_at, places, self._source.ledger, called)

    def _run(self, background: bool, done: str, service: Callable[..., Written], *arguments: Any) -> None:
        if background:
            work = partial(_work, service, self._desk.seat, arguments)
            self._desk.start(f"修改 {len(arguments[0])} 项", work, partial(self._on_done, done))
        elif (written := self._desk.do(service, *arguments)) is not None:
            self._tell(done, written)

    def _on_done(self, done: str, written: Written) -> None:
        self._desk.take(written)
        self._tell(done, written)

    def _tell(self, done: str, written: Written) -> None:
        """Says what was written and what was left, with 撤销 beside it."""
        said = f"已把 {done.format(count=written.done)}" if written.done else "没有需要改的"
        if written.left:
            named = "、".join(f"{left.called}（{left.why}）" for left in written.left[:_NAMED])
            more = f"等 {len(written.left)} 项" if len(written.left) > _NAMED else ""
            said += f"；没有改：{named}{more}"
        said += f"。请再看一眼：{written.doubt}" if written.doubt and written.done else "。"
        details = "\n".join(f"{left.called}：{left.why}" for left in written.left)
        offers = (self._desk.take_back,) if written.done else ()
        self._desk.say("warning" if written.left or "再看" in said else "done", said, details, offers)

    @Slot()
    def _on_down(self) -> None:
        field, ids = self.field(), self._table.selected_ids()
        if field is None:
            return
        if len(ids) == 1:
            rows = [record_id for record_id in self._table.model.ids if record_id >= 0]
            ids = rows[max(rows.index(ids[0]) - 1, 0) : rows.index(ids[0]) + 1]
        if len(ids) < 2:
            self._desk.say("info", "上面没有可以照抄的行。")
            return
        with self._desk.reading() as session:
            text = entry.texts_of(session, self._source.ledger, ids[0])[field.key]
        self._desk.ask(partial(self.write, field, text, ids[1:]))

    @Slot()
    def _on_right(self) -> None:
        if (field := self.field()) is None or (left := self._left_of(field)) is None:
            return
        ids, done, called = self._table.selected_ids(), f"{{count}} 项的{field.label}改好", f"批量修改{field.label}"
        self._run(len(ids) > _EACH, done, copy_across, ids, self._source.ledger, left.key, field.key, called)

    def _left_of(self, field: Field) -> Field | None:
        """The field of the column left of the cursor; None where it says another kind of thing, which is said."""
        view, columns = self._table.view, self._table.model.columns
        places = [place for place in range(view.currentIndex().column()) if not view.isColumnHidden(place)]
        if not places:
            self._desk.say("info", "左边没有可以照抄的格子。")
            return None
        left = self._source.fields.get(columns[places[-1]].key)
        if left is None or (left.kind, left.choices) != (field.kind, field.choices):
            label = columns[places[-1]].label
            self._desk.say("info", f"左边的“{label}”和“{field.label}”不是同一种内容，没有填充。")
            return None
        return left


def why_not(column: Column) -> str:
    """Why nothing can be typed into a column."""
    return "要标记请按 Alt+M。" if column.key == MARK else f"“{column.label}”由程序填写，不能直接修改。"


def _work(service: Callable[..., Written], seat: Seat, arguments: tuple[Any, ...], job: Job) -> Written:
    return service(seat, *arguments, job=job)
