"""Where somebody works: who it is, which township and year lie on the table, what day it is. Services get one first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Engine, and_, event, func, inspect, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria

from db.base import Entry, OfTownship, Record
from db.clock import NOW
from db.journal import Author, OperationSession, operation
from db.log import Act
from db.models import Campaign, Operation, Snapshot, Unit
from db.opening import refusals, writing
from huajie_desktop.errors import Problem, storage_problems
from huajie_desktop.occasions import Occasion
from huajie_desktop.values.text import clean

if TYPE_CHECKING:  # declarations say what they ask of a session, and the data is opened with them
    from huajie_desktop.application import Application
    from huajie_desktop.declared.catalogue import Catalogue


class SeatSession(Session):
    """A session that knows at which seat it was opened, and sees and makes what is of that seat's township alone."""

    def __init__(self, *arguments: Any, seat: "Seat", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.seat = seat

    @property
    def campaign(self) -> Campaign:
        """The year's campaign on the table. Raises Problem when somebody took it back meanwhile."""
        found = self.get(Campaign, self.seat.campaign_id)
        if found is None:
            raise Problem(f"{self.seat.year} 年度已经不在了，没有改动任何内容。请到“年度”页换一个年度。")
        return found

    @property
    def township(self) -> Unit:
        """The township's own unit."""
        return self.get_one(Unit, self.seat.township_id)


Running = OperationSession[SeatSession]


@dataclass(frozen=True)
class Seat:
    """One person's view of the open data; looking at another year is another seat and moves nobody else's."""

    data: "Application"
    author: Author
    township_id: int
    campaign_id: int
    year: int

    @property
    def folder(self) -> Path:
        """Where the data lies."""
        return self.data.folder

    @property
    def engine(self) -> Engine:
        """The database it is kept in."""
        return self.data.engine

    @property
    def catalogue(self) -> "Catalogue":
        """The kinds of record kept in it."""
        return self.data.catalogue

    def today(self) -> date:
        """The day everything is judged by."""
        return self.data.today()

    @property
    def sessions(self) -> sessionmaker[SeatSession]:
        """Sessions opened here; they keep their objects readable after the commit."""
        return sessionmaker(self.engine, class_=SeatSession, expire_on_commit=False, seat=self, info={NOW: self.data.now})

    @contextmanager
    def reading(self) -> Iterator[SeatSession]:
        """A session for reading only."""
        with storage_problems(str(self.folder)), refusals(), self.sessions() as session:
            yield session

    @contextmanager
    def operation(self, act: Act, label: str, copied: Occasion | None = None) -> Iterator[Running]:
        """One operation of whoever sits here: whole or not at all; `.changes` afterwards says what it touched.

        With `copied` everything as it is before is copied first, where somebody sees to that.
        """
        if copied is not None and self.data.copy_first is not None:
            self.data.copy_first(copied)
        with storage_problems(str(self.folder)), operation(self.sessions, self.author, act, label) as running:
            yield running

    def keep_snapshot(self, name: str, value: str) -> None:
        """Keeps what a page shows as of the last operation; see `glance`."""
        with storage_problems(str(self.folder)), writing(self.sessions) as session:
            last = session.scalar(select(func.max(Operation.id))) or 0
            session.merge(Snapshot(name=name, operation_id=last, value=value))

    def in_year(self, campaign: Campaign) -> "Seat":
        """The same person before another year of the township."""
        return replace(self, campaign_id=campaign.id, year=campaign.year)


def visible(seat: Seat, model: type[Record]) -> list[ColumnElement[bool]]:
    """What can be seen of a kind of record from a seat: every list starts from this.

    What was never dealt with in an earlier year is seen until it is.
    """
    columns: Any = model
    own = of_year(seat, model)
    if not issubclass(model, Entry) or not model.UNFINISHED:
        return own
    earlier = select(Campaign.id).where(Campaign.township_id == seat.township_id, Campaign.year < seat.year)
    return [or_(*own, and_(columns.state.in_(model.UNFINISHED), columns.campaign_id.in_(earlier)))]


def of_year(seat: Seat, model: type[Record]) -> list[ColumnElement[bool]]:
    """What of a kind of record is of the seat's year, or of its township where years do not part it: what figures count."""
    columns: Any = model
    if issubclass(model, OfTownship):
        return [columns.township_id == seat.township_id]
    if "campaign_id" in inspect(model).column_attrs:
        return [columns.campaign_id == seat.campaign_id]
    return []


@event.listens_for(SeatSession, "do_orm_execute")
def _see_own_township(state: ORMExecuteState) -> None:
    """Whatever is asked for, the rows of another township in the same database are not there."""
    if state.is_select and not state.is_column_load and not state.is_relationship_load:
        own: int = state.session.seat.township_id  # type: ignore[attr-defined]
        only = with_loader_criteria(OfTownship, lambda model: model.township_id == own, include_aliases=True)
        state.statement = state.statement.options(only)


@event.listens_for(SeatSession, "before_flush")
def _make_for_own_township(session: SeatSession, _context: object, _instances: object) -> None:
    """What is made at a seat is of its township."""
    for record in session.new:
        if isinstance(record, OfTownship) and record.township_id is None:
            record.township_id = session.seat.township_id


@event.listens_for(SeatSession, "before_flush")
def _keep_what_can_be_seen(session: SeatSession, _context: object, _instances: object) -> None:
    """Whatever a text came by, typed, read, said on a command line or taken from a file's name: it is kept clean."""
    for record in (*session.new, *session.dirty):
        for name, value in list(inspect(record).dict.items()):
            if value.__class__ is str and value != (cleaned := clean(value)):
                setattr(record, name, cleaned)
