"""The supervision of the demo's year: notices to whoever is late and their answers, visits and what they find."""

from contextlib import suppress
from datetime import date, timedelta

from sqlalchemy import select

from db.log import Act
from db.models import Notice, Task, Unit
from db.organisation import VILLAGE_KINDS
from db.supervision import LEVELS, Inspection
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.demo.demo_cast import Cast
from huajie_desktop.demo.demo_fates import working
from huajie_desktop.errors import Problem
from huajie_desktop.lights.light import BEHIND, OVERDUE
from huajie_desktop.lights.standing import has_light
from huajie_desktop.records import entry
from huajie_desktop.supervision.answers import answer
from huajie_desktop.supervision.draws import draw
from huajie_desktop.supervision.escalating import escalate
from huajie_desktop.supervision.findings import FINDINGS
from huajie_desktop.supervision.inspections import INSPECTIONS
from huajie_desktop.supervision.issuing import issue_about
from huajie_desktop.supervision.notice_ledger import NOTICES, OPEN

_DESK_DAYS = (1, 4)  # on which answers come in and are looked at
_TERMS = {"remind": 9, "warn": 8}  # days a unit has for its answer
_MEETING, _VISIT = 0, 2  # weekdays: Monday every other week, Wednesday once a month
_BEHIND = 2  # of those behind, how many get a notice at one meeting; of those overdue, all
_REST = timedelta(20)  # between a notice that was closed and the next about the same task


class Watch:
    """What the supervisor does day by day."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._known: set[tuple[int, str]] = set()  # notices, with where they stood, whose answer is put down
        self._noticed: dict[int, date] = {}  # by task its last notice
        self._villages: list[str] = []

    def spend(self, day: date) -> None:
        """One working day."""
        if day.weekday() in _DESK_DAYS:
            self._settle(NOTICES, day)
            self._settle(FINDINGS, day)
        if day.weekday() == _MEETING and day.isocalendar().week % 2 == 0:
            self._issue(day)
        if day.weekday() == _VISIT and 8 <= day.day <= 14:
            self._visit(day)
        if day.weekday() in _DESK_DAYS:
            self._expect_answers(day)

    def end(self, day: date) -> None:
        """The end of any day: what was not answered in its term goes up a level."""
        escalate(self._cast.supervisor, day)

    # notices

    def _issue(self, day: date) -> None:
        """To all that are overdue, and some that are behind; a second one is a warning."""
        dice, late = self._cast.dice, self._late(day, OVERDUE)
        behind = self._late(day, BEHIND)
        few = sorted(dice.sample(behind, min(_BEHIND, len(behind))))
        for grounds, tasks in zip(self._cast.said["grounds"], (few, late), strict=True):
            for level, warned in (("remind", False), ("warn", True)):
                about = [task for task in tasks if (task in self._noticed) == warned]
                if about:
                    term = (day + timedelta(_TERMS[level])).isoformat()
                    said = {"level": LEVELS[level], "term": term, "grounds": grounds, "demand": self._cast.word("demands")}
                    issue_about(self._cast.supervisor, about, said)
            self._noticed |= dict.fromkeys(tasks, day)

    def _late(self, day: date, light: str) -> list[int]:
        """The tasks underway with that light, without an open notice, and left in peace for a while."""
        with self._cast.supervisor.reading() as session:
            barred = set(session.scalars(select(Notice.task_id).where(Notice.state.in_(OPEN))))
            wanted = select(Task.id).where(Task.handling == "underway", has_light(session, day, light)).order_by(Task.id)
            tasks = [task for task in session.scalars(wanted) if task not in barred]
        return [task for task in tasks if self._noticed.get(task, date.min) <= day - _REST]

    def _expect_answers(self, day: date) -> None:
        """Puts down when the notices nobody has thought of yet will be answered, and those that never are."""
        cast = self._cast
        open_ones = select(Notice.id, Notice.state).where(Notice.state.in_(("issued", "summoned"))).order_by(Notice.id)
        with cast.supervisor.reading() as session:
            fresh = [(one, state) for one, state in session.execute(open_ones) if (one, state) not in self._known]
        self._known.update(fresh)
        for notice, state in fresh:
            if state == "summoned" or cast.dice.random() < 0.7:
                cast.plan("answer notices", day + timedelta(cast.dice.randint(2, 6)), notice)

    # answers, of notices and findings alike

    def _settle(self, ledger: Ledger, day: date) -> None:
        """What was to be answered is answered; what was answered is accepted, or sent back once."""
        cast = self._cast
        for one in cast.due(f"answer {ledger.key}", day):
            with suppress(Problem):  # it went up a level before
                answer(cast.clerk, ledger, one, cast.word("answers" if ledger is NOTICES else "corrected"))
                fails = cast.dice.random() < 0.12
                cast.plan(f"{'send back' if fails else 'accept'} {ledger.key}", working(day, cast.dice.randint(1, 2)), one)
        why = cast.word("unaccepted" if ledger is NOTICES else "not_corrected")
        for one in cast.move(cast.supervisor, ledger, Act.REJECT, cast.due(f"send back {ledger.key}", day), why):
            cast.plan(f"answer {ledger.key}", working(day, 1), one)
        cast.move(cast.supervisor, ledger, Act.ACCEPT, cast.due(f"accept {ledger.key}", day))

    # visits

    def _visit(self, day: date) -> None:
        """Three villages are drawn by the day as seed and visited; what is wrong there is to be put right."""
        cast, found = self._cast, list[int]()
        made = draw(cast.supervisor, {
            "title": cast.word("inspections"), "objects": "\n".join(self._all_villages()), "count": "3", "each": "2",
            "people": "\n".join(cast.said["inspectors"]), "planned_on": day.isoformat(), "seed": day.isoformat(),
        })  # fmt: skip
        with cast.supervisor.reading() as session:
            planned = select(Inspection.id, Unit.name).join(Unit, Unit.id == Inspection.unit_id)
            visits = session.execute(planned.where(Inspection.draw_id == made.draw_id).order_by(Inspection.id)).all()
        for inspection, unit in visits:
            seen = {"visited_on": day.isoformat(), "place": unit, "result": cast.word("inspected")}
            entry.save(cast.supervisor, INSPECTIONS, inspection, seen)
            for _number in range(cast.dice.randint(0, 2)):
                found.append(self._find(unit, day, inspection))
        cast.reviewed(INSPECTIONS, [inspection for inspection, _unit in visits])
        for one in cast.move(cast.supervisor, FINDINGS, Act.HAND, found):
            cast.plan("answer findings", day + timedelta(cast.dice.randint(3, 12)), one)

    def _find(self, unit: str, day: date, inspection: int) -> int:
        said = {
            "unit": unit, "title": self._cast.word("findings"), "found_on": day.isoformat(),
            "demand": "（演示）限期整改到位，附照片。", "term": (day + timedelta(14)).isoformat(),
        }  # fmt: skip
        return entry.save(self._cast.supervisor, FINDINGS, None, said, inspection_id=inspection).record_id

    def _all_villages(self) -> list[str]:
        if not self._villages:
            with self._cast.supervisor.reading() as session:
                kept = select(Unit.name).where(Unit.kind.in_(VILLAGE_KINDS), Unit.closed_on.is_(None)).order_by(Unit.position)
                self._villages = list(session.scalars(kept))
        return self._villages
