"""The records opened last, for whoever sits at the desk: kept by their identity, offered in the menu and the search."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from sqlalchemy import select

from db.base import Record
from huajie_desktop.errors import Problem
from huajie_desktop.records.finding import Found
from huajie_desktop.records.listing import record_lines
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.settings import habit, keep_habit

if TYPE_CHECKING:
    from ui.desk.desk import Desk

_HABIT = "recent"
_PAIR = 2  # key of the ledger and identity of the record
_MOST = 12


class Recent(QObject):
    """Remembers what is opened on one desk; kept when the window closes."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._kept: list[list[str]] | None = None  # key of the ledger and identity, the latest first; None: not read yet
        desk.leaving.connect(self._on_leaving)

    def note(self, record: Record) -> None:
        """This record is being looked at."""
        if (ledger := self._desk.catalogue.of(type(record))) is not None:
            one = [ledger.key, record.uid]
            self._kept = [one, *(other for other in self._read() if other != one)][:_MOST]

    def found(self) -> list[Found]:
        """Those that are still there, the latest first."""
        with self._desk.reading() as session:
            hits = [_found(session, *one) for one in self._read()]
        return [hit for hit in hits if hit is not None]

    def _read(self) -> list[list[str]]:
        if self._kept is None:
            with self._desk.reading() as session:
                kept = habit(session, _HABIT, list) or []
            self._kept = [one for one in kept if isinstance(one, list) and len(one) == _PAIR]
        return self._kept

    @Slot()
    def _on_leaving(self) -> None:
        if self._kept is not None:
            with suppress(Problem):  # a habit: nobody is told that it was not kept
                keep_habit(self._desk.seat, _HABIT, self._kept)


def _found(session: SeatSession, key: str, uid: str) -> Found | None:
    if (ledger := session.seat.catalogue.get(key)) is None:
        return None
    model: Any = ledger.model
    record_id = session.scalar(select(model.id).where(model.uid == uid, *visible(session.seat, model)))
    keys = [name for name in (ledger.name, ledger.place) if name]
    lines = [] if record_id is None else record_lines(session, ledger, [record_id], keys)
    if not lines:
        return None
    return Found(ledger.subject, key, lines[0].id, lines[0].cells[ledger.name], lines[0].cells.get(ledger.place or "", ""))
