"""Where the records of a form come from: how one is read, saved and called, and on which page it is found again."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from db.base import Record
from db.fields import Field, Kind
from db.journal import Changes
from huajie_desktop.declared.ledger import NUMBER, Ledger
from huajie_desktop.records import entry
from huajie_desktop.records.doubts import DoubtLine, doubts_of, settle
from huajie_desktop.records.entry import Saved
from huajie_desktop.records.locking import UNLOCKED, Lock, lock_of, states_of
from huajie_desktop.records.meanwhile import Seen
from huajie_desktop.seat import Seat, SeatSession
from ui.forms.choices import choices_of
from ui.forms.form_body import Groups
from ui.widgets.badge import dotted
from ui.widgets.choice import Choice

_LONGEST = 30  # characters of a name that is a whole sentence, as in a question


class Source:
    """What a form asks of whoever keeps its records; the office's own kinds say what is otherwise with them."""

    model: type[Record]
    noun: str  # what one record is called
    name: str  # key of the field that names one
    groups: Groups
    fields: Mapping[str, Field]
    usual: int | None = None  # groups that are not folded away, None for all
    page: str  # key of the page where a record is found again, empty where none shows it
    where: Mapping[str, Any] = MappingProxyType({})  # what that page must be told beside the record
    filled: Mapping[str, str] = MappingProxyType({})  # texts a new record begins with
    carried: tuple[str, ...] = ()  # keys of what the next new record takes over from the one before
    by_name: bool = True  # whether messages call a record by its name
    gone: str = ""  # the note on what was typed of a record that is gone; none: it is headed as a new one

    def seen(self, session: SeatSession, record_id: int) -> Seen:
        """A record as it is shown to whoever is going to change it."""
        raise NotImplementedError

    def save(
        self, seat: Seat, record_id: int | None, texts: Mapping[str, str], *, seen: Seen | None = None, **given: Any
    ) -> Saved:
        """Keeps a new record (None), or what `texts` change of one; `given` are columns nobody types."""
        raise NotImplementedError

    def doubts(self, session: SeatSession, record_id: int) -> Sequence[DoubtLine]:  # noqa: ARG002
        """What is still to be looked at of a record; nothing unless it can be read from a sheet."""
        return ()

    def check(self, seat: Seat, record_id: int, key: str) -> Changes:
        """Somebody looked at what was doubted of one of its fields."""
        raise NotImplementedError

    def lock(self, record: Record) -> Lock:  # noqa: ARG002
        """What of a kept record cannot be changed where it stands; nothing unless a kind says otherwise."""
        return UNLOCKED

    def note(self, record: Record) -> tuple[str, Sequence[str]]:  # noqa: ARG002
        """Where a record stands, as rich text, and what else is said of it above the form, as it is."""
        return "", ()

    def choices(self, session: SeatSession) -> Mapping[Kind, Sequence[Choice]]:
        """What there is to choose from."""
        return choices_of(session)

    def called(self, texts: Mapping[str, str]) -> str:
        """A record in a message."""
        return f"“{texts[self.name].strip()}”" if self.by_name else f"这条{self.noun}"

    def asked_about(self, texts: Mapping[str, str]) -> str:
        """A record in the question whether what was typed of it may go."""
        name = texts.get(self.name, "").strip()
        return (name if self.by_name else name[:_LONGEST]) or f"新{self.noun}"


class LedgerSource(Source):
    """The records of any ledger."""

    by_name = False
    gone = "这条记录已经不在台账里，保存后是一条新记录。"

    def __init__(self, ledger: Ledger, page: str) -> None:
        self.ledger, self.page = ledger, page
        self.model, self.noun, self.name = ledger.model, ledger.noun, ledger.name
        self.groups, self.fields, self.usual = ledger.form.groups, ledger.form_fields, ledger.form.usual
        self.filled = dict(ledger.form.filled)
        self.where = {"ledger": ledger.key}

    def lock(self, record: Record) -> Lock:
        return lock_of(self.ledger, states_of(self.ledger, record))

    def note(self, record: Record) -> tuple[str, Sequence[str]]:
        states = self.ledger.stands(record).items()
        fresh = {life.column: life.states[life.fresh] for life in self.ledger.further_lives}
        words = [dotted(state.word, state.colour) for column, state in states if state is not fresh.get(column)]
        return " · ".join(words), (getattr(record, NUMBER, None) or "", *self.ledger.said_of(record))

    def doubts(self, session: SeatSession, record_id: int) -> Sequence[DoubtLine]:
        return doubts_of(session, self.ledger, record_id)

    def check(self, seat: Seat, record_id: int, key: str) -> Changes:
        return settle(seat, [record_id], self.ledger, field=key)

    def seen(self, session: SeatSession, record_id: int) -> Seen:
        return entry.seen(session, self.ledger, record_id)

    def save(
        self, seat: Seat, record_id: int | None, texts: Mapping[str, str], *, seen: Seen | None = None, **given: Any
    ) -> Saved:
        return entry.save(seat, self.ledger, record_id, texts, seen=seen, **given)
