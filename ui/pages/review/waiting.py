"""What waits for review in one ledger: filters and the list of submitted records."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Signal, Slot
from sqlalchemy import ColumnElement

from db.fields import Kind
from db.images import among
from huajie_desktop.declared.ledger import NUMBER, Ledger
from huajie_desktop.declared.life import Workflow
from huajie_desktop.records.doubts import mark_doubted
from huajie_desktop.records.lines import Line
from huajie_desktop.records.listing import Wanted, columns_of, record_lines
from huajie_desktop.seat import SeatSession
from huajie_desktop.work.queries import has_open, open_counts
from huajie_desktop.work.review import of_others
from ui.desk.desk import Desk
from ui.lists.record_filters import RecordFilters, declared_chips
from ui.lists.record_list import FilteredList
from ui.widgets.building import put, upright
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip

_QUERIES = "queries"  # column and filter of open queries
_MINE = "mine"  # filter of what whoever sits here may decide
_COLUMNS = 4  # of the ledger beside its name


class Waits(NamedTuple):
    """What waits for a decision in one life of the records of one ledger."""

    ledger: Ledger
    life: Workflow

    @property
    def key(self) -> str:
        """By which it is asked for: the ledger's, where it is its review."""
        return self.ledger.key if self.life is self.ledger.life else f"{self.ledger.key}.{self.life.column}"

    @property
    def word(self) -> str:
        """What it is called beside the others: 任务, 任务申请销号."""
        noun = self.ledger.noun
        return noun if self.life is self.ledger.life else f"{noun}{self.life.words[self.life.waiting]}"


class _QueryColumn:
    """How many queries of a record are open."""

    key, label, width, numeric, sortable = _QUERIES, "疑问", 64, True, False


class WaitingFilters(RecordFilters):
    """Of what was submitted the part that is looked at, by open queries, too."""

    def __init__(self, desk: Desk, waits: Waits) -> None:
        self._life, ledger = waits.life, waits.ledger
        chips = declared_chips(ledger) | {_QUERIES: Chip("疑问"), _MINE: Chip("谁来审核")}
        chips[_QUERIES].set_choices([Choice(True, "有疑问"), Choice(False, "没有疑问")])
        chips[_MINE].set_choices([Choice(True, "由您审核"), Choice(False, "要由别人审核")])
        super().__init__(desk, ledger, chips, "搜索", f"看全部等待审核的{ledger.noun}")

    @property
    def state(self) -> str | None:
        return self._life.waiting

    @property
    def state_column(self) -> str:
        return self._life.column

    @property
    def in_part(self) -> bool:
        return self.narrowed

    def conditions(self, session: SeatSession) -> tuple[ColumnElement[bool], ...]:
        queried, mine = self.values[_QUERIES], self.values[_MINE]
        found = [] if queried is None else [has_open(self._ledger) if queried else ~has_open(self._ledger)]
        if mine is not None:
            model: Any = self._ledger.model
            others = among(model.id, of_others(session, self._ledger, self._life))
            found.append(~others if mine else others)
        return tuple(found)

    def show_mine(self) -> None:
        """Shows just what whoever sits here may decide."""
        self._show_alone(_MINE, True)


class WaitingList(FilteredList):
    """The records of one ledger that wait for a decision in one of its lives."""

    moved = Signal(object)  # id of the record with the cursor, None when there is none
    filters: WaitingFilters

    def __init__(self, desk: Desk, waits: Waits) -> None:
        self.waits, ledger = waits, waits.ledger
        # what one chooses by stands in the first columns
        aside = {*ledger.life_columns, NUMBER, *ledger.parts, *ledger.keys_of(Kind.MONEY)}
        shown = [key for key in ledger.shown.columns if key not in aside]
        self._beside: tuple[int, Collection[int]] = (0, ())
        self._keys = tuple(dict.fromkeys([*shown[: _COLUMNS + 1], ledger.name]))
        self._asked = WaitingFilters(desk, waits)
        super().__init__(
            desk, ledger, self._asked, f"review-{waits.key}", (*columns_of(ledger, self._keys), _QueryColumn()),
            sort=ledger.figures.day if ledger.figures.day and ledger.place is None else "",
            spare=[key for key in reversed(self._keys) if key not in (ledger.name, ledger.place)],
        )  # fmt: skip
        for action in (self.filters.find_action, self.filters.clear_action):
            self.addAction(action)
        self.table.moved.connect(self.moved)
        put(upright(self, (0, 0, 16, 0), 8), self.filters, (self.table, 1))

    @Slot()
    def reload(self) -> None:
        """Reads the records anew."""
        noun = self.ledger.noun
        with self._desk.reading() as session:
            _, ids = self.look_for(session)
            self._count_whole(session, Wanted(values={self.waits.life.column: self.waits.life.waiting}), len(ids))
        if self.filters.narrowed:
            self.table.empty.say(f"没有符合条件的{noun}", "换一个条件，或者清除条件。", self.filters.clear_action, "search")
        else:
            self.table.empty.say(f"没有等待审核的{noun}", "提交审核的、或从表格导入的会出现在这里。", picture="review")
        self.table.show_ids(ids, filtered=self._filtered)
        if len(ids) and self.table.current_id() is None:
            self.table.put_cursor(0)
        self.moved.emit(self.table.current_id())
        self._on_chosen()

    def show_mine(self) -> None:
        """Shows just what whoever sits here may decide."""
        self._asked.show_mine()

    def show_seen(self, record_id: int, doubts: Collection[int]) -> None:
        """Says which record stands in full beside the list, with which doubts about it."""
        self._beside = record_id, doubts

    def seen(self, ids: Sequence[int]) -> Collection[int]:
        """The doubts about the one record that stands in full beside the list; of many nobody has seen them all."""
        return self._beside[1] if list(ids) == [self._beside[0]] else ()

    def give_way(self, _ids: Sequence[int], _gone: bool) -> None:
        """What is reviewed leaves the list, and the record beside it: the keys go back to the list."""
        self.table.setFocus()

    def fetch(self, ids: Sequence[int]) -> list[Line]:
        """The lines of those records, each with how many of its queries are open."""
        with self._desk.reading() as session:
            counts = open_counts(session, self.ledger, ids)
            lines = mark_doubted(session, self.ledger, record_lines(session, self.ledger, ids, self._keys))
        for line in lines:
            line.cells[_QUERIES] = str(counts.get(line.id, ""))
        return lines
