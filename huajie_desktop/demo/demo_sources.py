"""Where the demo's tasks come from: documents that came in, what meetings decided, and notes of how it went on."""

from datetime import date
from typing import Any

from sqlalchemy import select

from db.log import Act
from db.models import Task
from huajie_desktop.demo.demo_cast import Cast
from huajie_desktop.records import entry
from huajie_desktop.supervision.decisions import DECISIONS
from huajie_desktop.supervision.incoming import INCOMING
from huajie_desktop.work import follow_ups
from huajie_desktop.work.task_ledger import TASKS

_FRIDAY, _NOTES = 4, 2  # how many notes are written at a week's end
_MEETING, _OFFICE = "（演示）工作例会", "美丽创建办"


class Sources:
    """What comes in from outside and from meetings, day by day, and is linked to the tasks it is about."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        for what in ("incoming", "decision"):
            for said in cast.said[what]:
                cast.plan(what, date.fromisoformat(said["on"]), said)

    def spend(self, day: date) -> None:
        """One working day."""
        for said in self._cast.due("incoming", day):
            self._take(INCOMING, said, {"sender": said["sender"], "received_on": day.isoformat(), "unit": _OFFICE}, "incoming_id")
        for said in self._cast.due("decision", day):
            self._take(DECISIONS, said, {"meeting": _MEETING, "met_on": day.isoformat(), "unit": _OFFICE}, "decision_id")
        if day.weekday() == _FRIDAY:
            self._note(day)

    def _take(self, ledger: Any, said: dict[str, str], further: dict[str, str], column: str) -> None:
        """Enters it, and links the tasks it is about."""
        made = entry.save(self._cast.clerk, ledger, None, {"title": said["title"], "due": said["due"], **further}).record_id
        self._cast.reviewed(ledger, [made])
        if not said["about"]:
            return
        with self._cast.clerk.operation(Act.CHANGE, f"关联任务到{ledger.noun}“{said['title'][:40]}”") as running:
            about = select(Task.id).where(Task.title.contains(said["about"]), getattr(Task, column).is_(None))
            running.update(Task, {task_id: {column: made} for task_id in running.session.scalars(about)})

    def _note(self, day: date) -> None:
        """A few words on a few of the tasks that are underway."""
        seat = self._cast.supervisor
        with seat.reading() as session:
            underway = session.scalars(select(Task.id).where(Task.handling == "underway").order_by(Task.id)).all()
        for task_id in self._cast.dice.sample(underway, min(_NOTES, len(underway))):
            follow_ups.add(seat, TASKS, task_id, day.isoformat(), self._cast.word("notes"))
