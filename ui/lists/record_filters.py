"""The filters above the records of one ledger: words, the values it declares as filters, and the state its tabs say."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from sqlalchemy import ColumnElement

from db.images import among
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.doubts import any_doubted, has_doubts
from huajie_desktop.records.listing import Wanted
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision import todo
from ui.desk.desk import Desk
from ui.forms.choices import values_of
from ui.lists.filter_bar import FilterBar
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip

_DOUBTED, _LEFT, _TODO = "doubted", "left", "todo"  # filters every list has, in sight only where there is something to filter by


class RecordFilters(FilterBar):
    """What part of one ledger is looked at; whoever has further chips says what they mean in `conditions`."""

    def __init__(
        self, desk: Desk, ledger: Ledger, chips: Mapping[str, Chip], hint: str, clear_tip: str, aside: Collection[str] = ()
    ) -> None:
        own = {_DOUBTED: Chip("待核对"), _LEFT: Chip("留下的"), _TODO: Chip("只看")}
        own[_DOUBTED].set_choices([Choice(True, "还没有核对的")])
        for chip in own.values():
            chip.hide()
        super().__init__({**chips, **own}, hint, clear_tip, aside)
        self._todo = todo.words(ledger.model)
        self._offer_todo("")
        self._desk, self._ledger = desk, ledger
        self._state: str | None = None

    @property
    def state(self) -> str | None:
        """The state asked for, None for any."""
        return self._state

    @property
    def state_column(self) -> str:
        """Where that state stands."""
        return self._ledger.life.column if self._ledger.life else "state"

    @property
    def in_part(self) -> bool:
        return self.narrowed or self.state is not None

    @property
    def words(self) -> str:
        life = self._ledger.life
        state = life.words[self.state] if life is not None and self.state is not None else ""
        return "、".join(filter(None, (state, super().words)))

    @Slot()
    def clear(self) -> None:
        """Takes all conditions away but the state; that, too, where it is the only one."""
        if self.narrowed:
            self.clear_narrowing()
        else:
            self.set_state(None)

    def clear_narrowing(self) -> None:
        """Takes all conditions away but the state."""
        self.show_wanted("", {})

    def way(self) -> dict[str, Any]:
        """The conditions in plain values, to be kept."""
        return {"text": self.text, "values": self.values, "state": self.state}

    def take_way(self, way: Mapping[str, Any]) -> None:
        """Shows conditions as they were kept."""
        self._state = way["state"]
        self.show_wanted(way["text"], way["values"])

    @Slot(object)
    def set_state(self, state: str | None) -> None:
        """Changes the state asked for, nothing else."""
        self._state = state
        self._announce()

    def wanted_in(self, session: SeatSession) -> Wanted:
        """What is asked for, as the lists take it."""
        values = self.values
        asked = {key: values[key] for key in self._ledger.shown.filters} | (
            {self.state_column: self.state} if self._ledger.reviewed else {}
        )
        return Wanted(self.text, asked, self.conditions(session))

    def conditions(self, _session: SeatSession) -> tuple[ColumnElement[bool], ...]:
        """What the chips beyond the declared filters ask for."""
        return ()

    def further(self, session: SeatSession) -> tuple[ColumnElement[bool], ...]:
        """What the filters every list has ask for: records to be looked at, those an operation left, those of the work queue."""
        model: Any = self._ledger.model
        left, asked = self.chips[_LEFT].value, self.chips[_TODO].value
        found = [has_doubts(self._ledger)] if self.chips[_DOUBTED].value else []
        if isinstance(left, tuple):
            found.append(among(model.id, left))
        if isinstance(asked, str):
            found.append(todo.condition(session, asked))
        return tuple(found)

    @property
    def further_narrowed(self) -> bool:
        """Whether one of these is used."""
        return any(self.chips[key].value is not None for key in (_DOUBTED, _LEFT, _TODO))

    def load_doubted(self, session: SeatSession) -> None:
        """Offers the filter for what is to be looked at while there is such."""
        chip = self.chips[_DOUBTED]
        chip.setVisible(any_doubted(session, self._ledger) or chip.value is not None)

    def show_left(self, ids: Sequence[int]) -> None:
        """Shows just those records, which an operation on many left as they were."""
        self.chips[_LEFT].set_choices([Choice(tuple(sorted(ids)), f"{len(ids)} 项")])
        self._show_alone(_LEFT, tuple(sorted(ids)))

    def show_todo(self, key: str) -> None:
        """Shows just the records a number of the work queue counts."""
        self._show_alone(_TODO, key)

    def _show_alone(self, chip: str, value: object) -> None:
        """Shows what one chip asks for, whatever was asked for before."""
        self._state = None
        self.show_wanted("", {chip: value})

    def show_hits(self, hits: int, selected: int, whole: int | None = None, beyond: int = 0) -> None:
        super().show_hits(hits, selected, whole, beyond)
        self._offer_todo(f" {hits} 项")

    def _offer_todo(self, counted: str) -> None:
        """What can be asked for of the work queue, with how many are listed."""
        self.chips[_TODO].set_choices([Choice(key, f"{word}{counted}") for key, word in self._todo.items()])

    @Slot()
    def _announce(self) -> None:
        for key in (_LEFT, _TODO):
            self.chips[key].setVisible(self.chips[key].value is not None)
        super()._announce()

    def load_choices(self) -> None:
        """Reads what there is to choose from."""
        with self._desk.reading() as session:
            self.load_doubted(session)
            for key in self._ledger.shown.filters:
                self.chips[key].set_choices(values_of(session, self._ledger.fields[key]))

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows what another page sent the clerk here for: words ("text"), a state ("state"), values by key ("values"), or
        just those records ("ids").
        """
        if ids := subject.get("ids"):
            self.show_left(ids)
            return
        self._state = subject.get("state") if self._ledger.reviewed else None
        self.show_wanted(subject.get("text", ""), subject.get("values", {}))


def declared_chips(ledger: Ledger) -> dict[str, Chip]:
    """A chip for each filter the ledger declares."""
    return {key: Chip(ledger.fields[key].label) for key in ledger.shown.filters}
