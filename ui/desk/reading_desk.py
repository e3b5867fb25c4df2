"""What a desk reads of the office: its title and counts, the first page's figures, what is found by a word."""

import contextlib
from contextlib import AbstractContextManager
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy import func, select

from db.checking import Finding
from db.models import Task
from huajie_desktop import office, settings
from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.records import finding
from huajie_desktop.records.lines import HomeFigures
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.supervision import todo
from huajie_desktop.values.spoken_days import in_words
from huajie_desktop.work import checklist, figures, glance, review


class ReadingDesk(QObject):
    """The side of a desk that changes nothing."""

    much = 20_000  # tasks of a year, from which on pages count aside
    looked = Signal()  # lights are shown as of another day

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seat = seat
        self._looked_back: date | None = None
        self.damage: list[Finding] = []  # what looking the data through has found: figures are blank then, not wrong

    @property
    def today(self) -> date:
        """The day everything is judged by."""
        return self.seat.today()

    @property
    def day(self) -> date:
        """The day lights are shown as of: today unless somebody looks back."""
        return self._looked_back or self.today

    def look_back(self, day: date | None) -> None:
        """Shows lights as they were on that day on every page, None and any day to come: as they are today."""
        self._looked_back = day if day is not None and day < self.today else None
        self.looked.emit()

    @property
    def catalogue(self) -> Catalogue:
        """The kinds of record there are."""
        return self.seat.catalogue

    def outline(self) -> tuple[str, dict[str, int]]:
        """The office's title (township, year and campaign) and the counts beside the pages, by page key."""
        with self.reading() as session:
            year = session.campaign
            title = f"{session.township.name} · {year.year} 年{year.name}"
            title += _made_up(session)
            counts = checklist.state_counts(session, checklist.TaskFilter(), today=self.today)
            lives = [
                (ledger, life)
                for ledger in self.catalogue.values()
                for life in ledger.lives
                if life is not self.catalogue.first.life
            ]
            waiting = sum(review.waiting(session, ledger, life) for ledger, life in lives)
        return title, {} if self.damage else {"checklist": counts["all"], "review": counts[REVIEW.waiting] + waiting}

    def home(self, job: Job | None = None) -> HomeFigures:
        """The figures of the first page. Raises Cancelled."""
        with self.reading() as session:
            return self._home_of(session, self.today, settings.approved_only(session), job or Silent())

    def counts_long(self) -> bool:
        """Whether there is so much that counting takes longer than a blink."""
        with self.reading() as session:
            own = Task.campaign_id == session.seat.campaign_id
            return (session.scalar(select(func.count()).select_from(Task).where(own)) or 0) > self.much

    def _home_of(self, session: SeatSession, day: date, approved: bool, job: Job) -> HomeFigures:
        """The figures of the first page, with the work queue."""
        job.step(0, 2, "数任务")
        found = figures.home(session, day, approved_only=approved)
        job.step(1, 2, "数今日待办")
        return found._replace(todo=todo.queue(session, day))

    @Slot()
    def keep_glance(self, ahead: int = 0) -> None:
        """Keeps what the first page shows for the next start, also as it is so many days `ahead` if nothing is done till then.

        Without it that start takes half a second longer.
        """
        if self.damage:
            return
        with contextlib.suppress(Problem), self.reading() as session:
            title, counts = self.outline()
            names, approved = office.actors(session), settings.approved_only(session)
            days = [self.today + timedelta(days=number) for number in range(ahead + 1)]
            found = [(day, self._home_of(session, day, approved, Silent())) for day in days]
            name, always = self.seat.author.name, bool(settings.rule(session, settings.STANDS_ON))
            glance.keep(self.seat, *(glance.Glance(name, day, title, counts, names, shown, always) for day, shown in found))

    def find(self, text: str, limit: int) -> list[finding.Found]:
        """Tasks, people, units and ledger records of that name or number, at most `limit` of each kind."""
        with self.reading() as session:
            return finding.find(session, text, limit)

    def reading(self) -> AbstractContextManager[SeatSession]:
        """A session for reading."""
        return self.seat.reading()


def _made_up(session: SeatSession) -> str:
    """What the title says of made-up data, with the day it stands on."""
    day = settings.rule(session, settings.STANDS_ON)
    stands = f"，停在{in_words(date.fromisoformat(day))}" if day else ""
    return f" · 演示数据{stands}" if office.is_demo(session) else ""
