"""The tasks of the demo through its year: handed out, received, reported on, put off, signed off."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from sqlalchemy import select

from db.log import Act
from db.models import Milestone, Notice, Quantity, Task, Unit
from db.organisation import VILLAGE_KINDS
from db.reports import MONTHS, STAGES
from huajie_desktop.demo.demo_cast import Cast
from huajie_desktop.demo.demo_fates import FIRST, LAST, Asked, Fate, Kept, fates, month_days, working
from huajie_desktop.demo.demo_plans import Counted, Reach, divide
from huajie_desktop.ledgers.progress import LEDGER as PROGRESS
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.extensions import EXTENSIONS
from huajie_desktop.work import attachments
from huajie_desktop.work.task_ledger import TASKS
from resources import path

_MISSING, _LATE = 0.06, 0.05  # of a unit's reports
_PROOF = "demo/佐证照片(演示).jpg"
_DESK_DAYS = (1, 4)  # on which what was done is ticked off, applied for and verified
_OPEN_NOTICES = ("issued", "answered")


class TaskYear:
    """What happens to the tasks day by day; `fates` say what, and services do it."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self._cast = cast
        with cast.clerk.reading() as session:
            self.fates = {fate.task.id: fate for fate in fates(_kept(session), seed)}
            self._investments = {task_id: planned for task_id, planned in session.execute(select(Task.id, Task.investment))}
        self._counted: dict[int, Counted] = {}
        self._proofs: set[int] = set()  # the tasks that are proved by a file and have none yet
        self._told: dict[int, int] = {}  # the highest per cent reported
        self._wanting: dict[int, None] = {}  # the tasks that are done and not applied for
        self._applied: set[int] = set()

    def begin(self) -> None:
        """Before the first task is handed out: milestones, and what is put down for the year."""
        reaches, self._counted = divide(self._cast, list(self.fates.values()))
        self._proofs = self.fates.keys() - {reach.task for reach in reaches}
        plan = self._cast.plan
        for reach in reaches:
            plan("reach", reach.on, reach)
        places = {unit: place for place, unit in enumerate(dict.fromkeys(fate.task.unit for fate in self.fates.values()))}
        for fate in self.fates.values():
            plan("hand", fate.handed, fate.task.id)
            plan("receive", fate.received, fate.task.id)
            plan("want", fate.ready, fate.task.id)
            if fate.asked:
                plan("ask", fate.asked.on, fate)
            if fate.pause:
                plan("suspend", fate.pause[0], fate.task.id)
                plan("resume", fate.pause[1], fate.task.id)
            self._plan_reports(fate, places[fate.task.unit])

    def _plan_reports(self, fate: Fate, unit_place: int) -> None:
        dice = self._cast.dice
        for month, day in enumerate(month_days(unit_place), FIRST.month + 1):
            luck = dice.random()
            if luck > _MISSING:
                on = working(day.replace(day=1) + timedelta(36)) if luck < _MISSING + _LATE else day
                self._cast.plan("report", on, (fate, month))

    def spend(self, day: date) -> None:
        """One working day."""
        cast, clerk = self._cast, self._cast.clerk
        cast.move(clerk, TASKS, Act.HAND, cast.due("hand", day))
        cast.move(clerk, TASKS, Act.RECEIVE, cast.due("receive", day))
        cast.move(clerk, TASKS, Act.RESUME, cast.due("resume", day))
        cast.move(clerk, TASKS, Act.SUSPEND, cast.due("suspend", day), cast.word("suspensions"))
        self._report(cast.due("report", day), day)
        self._put_off(day)
        if day.weekday() in _DESK_DAYS:
            self._reach(cast.due("reach", day))
            self._sign_off(day)

    # reports

    def _report(self, told: Iterable[tuple[Fate, int]], day: date) -> None:
        handlings = self._handlings()
        rows, done = list[dict[str, str]](), dict[int, dict[str, Decimal]]()
        for fate, month in told:
            if handlings[fate.task.id] not in ("handed", "underway"):
                continue
            share = self._told[fate.task.id] = max(fate.share(day), self._told.get(fate.task.id, 0))
            rows.append(self._row(fate, month, share, day))
            if counted := self._counted.get(fate.task.id):
                amount = (counted.amount * share / 100).quantize(Decimal(1), ROUND_DOWN)
                done[counted.quantity] = {"done": amount}
        ids = self._cast.type_in(self._cast.clerk, PROGRESS, rows)
        self._cast.reviewed(PROGRESS, ids)
        if done:
            with self._cast.clerk.operation(Act.CHANGE, "更新建设数量（演示）") as running:
                running.update(Quantity, done)

    def _row(self, fate: Fate, month: int, share: int, day: date) -> dict[str, str]:
        """One report as its unit types it."""
        word, task = self._cast.word, fate.task
        stuck = fate.slow and 20 < share < 80
        stage = "done" if share == 100 else "stuck" if stuck else "nearly" if share >= 90 else "underway"
        planned = self._investments[task.id]
        said = {
            "unit": task.unit, "title": task.title, "month": MONTHS[f"{month:02}"], "stage": STAGES[stage], "percent": str(share),
            "invested": f"{planned * share / 1_000_000:.2f}" if planned else "",
            "summary": word("done") if share == 100 else word("summaries", n=share),
            "problems": word("problems") if stuck or self._cast.dice.random() < 0.06 else "",
            "next_steps": word("next_steps") if stuck else "", "reported_on": day.isoformat(),
        }  # fmt: skip
        return {key: text for key, text in said.items() if text}

    def _reach(self, reached: list[Reach]) -> None:
        """Ticks milestones off with what proves them."""
        if reached:
            with self._cast.clerk.operation(Act.CHANGE, f"完成时间节点 {len(reached)} 个（演示）") as running:
                today = running.session.seat.today()
                said = f"（{today.month}月{today.day}日）"
                running.update(Milestone, {one.milestone: {"reached_on": today, "given": one.proof + said} for one in reached})

    # more time

    def _put_off(self, day: date) -> None:
        cast, asking = self._cast, [fate for fate in self._cast.due("ask", day) if fate.task.id not in self._wanting]
        rows = [_request(fate, fate.asked, day, cast) for fate in asking if fate.asked]
        ids = cast.type_in(cast.clerk, EXTENSIONS, rows)
        cast.move(cast.clerk, EXTENSIONS, Act.REQUEST, ids)
        for fate, request in zip(asking, ids, strict=True):
            if fate.asked:
                cast.plan("grant" if fate.asked.granted else "refuse", working(day, 2), request)
        cast.move(cast.reviewer, EXTENSIONS, Act.GRANT, cast.due("grant", day))
        cast.move(cast.reviewer, EXTENSIONS, Act.REFUSE, cast.due("refuse", day), cast.word("refusals"))

    # the end of a task

    def _sign_off(self, day: date) -> None:
        cast = self._cast
        for task_id in cast.move(cast.reviewer, TASKS, Act.REOPEN, cast.due("reopen", day), cast.word("reopenings")):
            cast.plan("want", working(day, 9), task_id)
        self._wanting |= dict.fromkeys(cast.due("want", day))
        self._apply(day)
        for task_id in cast.move(cast.reviewer, TASKS, Act.REJECT, cast.due("reject", day), cast.word("rejections")):
            cast.plan("want", working(day, 4), task_id)
        waiting = cast.due("verify", day)
        done = set(cast.move(cast.reviewer, TASKS, Act.VERIFY, waiting))
        for task_id in waiting:
            if task_id not in done:
                cast.plan("verify", working(day, 1), task_id)
            elif (reopened := self.fates[task_id].reopened) and reopened > day:
                cast.plan("reopen", reopened, task_id)

    def _apply(self, day: date) -> None:
        """Applies for the sign-off of what is done and has its evidence, but where a notice is still open."""
        cast, barred = self._cast, self._barred()
        able = [task for task in self._wanting if task not in barred]
        for task_id in self._proofs.intersection(able):
            attachments.add(cast.clerk, task_id, [path(_PROOF)])
        self._proofs.difference_update(able)
        for task_id in cast.move(cast.clerk, TASKS, Act.APPLY, able):
            del self._wanting[task_id]
            fails = self.fates[task_id].rejected and task_id not in self._applied
            self._applied.add(task_id)
            cast.plan("reject" if fails else "verify", working(day, cast.dice.randint(1, 3)), task_id)

    def _barred(self) -> set[int | None]:
        """The tasks with a notice nobody has closed."""
        with self._cast.clerk.reading() as session:
            return set(session.scalars(select(Notice.task_id).where(Notice.state.in_(_OPEN_NOTICES))))

    def _handlings(self) -> dict[int, str | None]:
        with self._cast.clerk.reading() as session:
            return {task_id: handling for task_id, handling in session.execute(select(Task.id, Task.handling))}


def _kept(session: SeatSession) -> list[Kept]:
    """The tasks as they are in the list before the year, in its order."""
    columns = (Task.id, Unit.name, Task.title, Task.content, Task.due, Task.ongoing, Unit.kind)
    found = session.execute(select(*columns).join(Unit, Unit.id == Task.unit_id).order_by(Task.id))
    return [
        Kept(task_id, unit, title, content or "", due or LAST, bool(ongoing), kind in VILLAGE_KINDS)
        for task_id, unit, title, content, due, ongoing, kind in found
    ]


def _request(fate: Fate, asked: Asked, day: date, cast: Cast) -> dict[str, str]:
    """One request for more time as its unit writes it."""
    return {
        "unit": fate.task.unit, "title": fate.task.title, "asked_on": day.isoformat(), "wanted": asked.wanted.isoformat(),
        "reason": cast.word("extension_reasons"), "standing": cast.word("summaries", n=fate.share(day)),
    }  # fmt: skip
