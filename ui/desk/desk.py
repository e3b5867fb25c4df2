"""The opened office as the pages see it: reading, doing, taking back, telling. The one write path of the window."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from db.journal import Changes
from huajie_desktop import settings
from huajie_desktop.drafts import HalfTyped
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal import history
from huajie_desktop.records.finding import Found
from huajie_desktop.records.meanwhile import ChangedMeanwhile
from huajie_desktop.seat import Seat
from huajie_desktop.year import years
from ui.desk.jobs import Job, Jobs
from ui.desk.preferences import Preferences
from ui.desk.recent import Recent
from ui.desk.rescue import Rescue
from ui.desk.telling_desk import TellingDesk
from ui.desk.undo import Step, UndoStack
from ui.widgets.buttons import add_action
from ui.widgets.rescaling import ask_size, wanted_size

Said = str | Callable[[Any], object]  # what is said of a result, or who says it
MANY = 1000  # records; more are worked on in the background


def _work(operation: Callable[..., Any], seat: Seat, ids: Sequence[int], arguments: tuple[Any, ...], job: Job) -> Any:
    return operation(seat, ids, *arguments, job=job)


def undo_or_refusal(seat: Seat, operation_id: int, with_later: bool, job: Job | None) -> Changes | history.LaterChanges:
    """Takes an operation back, or returns what stands in the way; runs anywhere."""
    try:
        return history.undo(seat, [operation_id], with_later=with_later, job=job)
    except history.LaterChanges as refusal:
        return refusal


class Desk(TellingDesk):
    """What a page works with; every change goes through `do` or `start` and is announced by `changed`."""

    changed = Signal(object)  # Changes
    showed = Signal(str, object)  # page key and subject of the record a form shows now
    leaving = Signal()  # the window is about to close: what shall be there at the next start is kept now
    counted = Signal(str)  # what the rows of the list in sight come to, empty where none is
    refused = Signal(object)  # LaterChanges met by an undo
    restore_asked = Signal(object)  # Copy that shall take the place of what is open
    copied_by_hand = Signal(object)  # Kept

    def __init__(self, seat: Seat, preferences: Preferences, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(seat, parent)
        self.preferences = preferences
        self.jobs = jobs
        self.steps = UndoStack()
        self.kept: dict[str, Any] = {}  # by page key, what a page must not lose when it is built again
        self.going_on: HalfTyped | None = None  # to be filled into the form that shows its record next
        self.typing: set[str] = set()  # names of the drafts that stand in forms now
        self.rescue = Rescue(self)
        self.recent = Recent(self)
        self.take_back = add_action(self, "撤销", "", "undo", "撤销刚才做的这一步（Ctrl+Z）", self._on_take_back)
        self.copied = ""  # when everything was copied last, in words
        jobs.failed.connect(self._on_failed)

    def count_approved_only(self, alone: bool) -> None:
        """Settles for the office whether figures count approved records alone."""
        self.do(settings.keep_rule, settings.APPROVED_ONLY, "1" if alone else "0")

    def waiting(self) -> Problem | None:
        """Why nothing can be written now: a job is running, and may be writing for long; None while none is."""
        title = self.jobs.title
        words = f"正在{title}，这一步没有做，没有改动任何内容，填写的还在。请等它做完再做，或者先取消它。"
        return Problem(words) if title else None

    def look_at(self, campaign_id: int) -> None:
        """Puts another year of the township on this desk, and on no other; the person finds it there again."""
        if (wait := self.waiting()) is not None:
            self.tell(wait)
            return
        self.seat = years.look_at(self.seat, campaign_id)
        self.changed.emit(Changes(touched={"campaigns": {campaign_id}}))

    def find(self, text: str, limit: int) -> list[Found]:
        """What that names, at most `limit` of each kind; for no text what was opened last."""
        return super().find(text, limit) if text.strip() else self.recent.found()

    def do(self, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """Runs `operation(seat, …)` now, announces what it changed and returns its result; None if a Problem was told instead.

        FieldErrors pass to the caller: they belong beside the fields; and so does what others changed meanwhile. While a job
        runs pages are there to be read, and nothing is done.
        """
        if (wait := self.waiting()) is not None:
            self.tell(wait)
            return None
        try:
            result = operation(self.seat, *arguments, **options)
        except (FieldErrors, ChangedMeanwhile):
            raise
        except Problem as problem:
            self.tell(problem)
            return None
        self.take(result)
        return result

    def do_many(
        self,
        title: str,
        operation: Callable[..., Any],
        ids: Sequence[int],
        *arguments: Any,
        done: Said = "",
    ) -> None:
        """Like `do` for many records: in the background, with progress and a way out, where it takes longer than a blink.

        `done` is what is said afterwards, or who says it, told of the result.
        """
        if len(ids) > MANY:
            work = partial(_work, operation, self.seat, ids, arguments)
            self.start(title, work, partial(self._on_many, done))
        elif (result := self.do(operation, ids, *arguments)) is not None:
            self._say_done(done, result)

    def _on_many(self, done: Said, result: Any) -> None:
        self.take(result)
        self._say_done(done, result)

    def _say_done(self, done: Said, result: Any) -> None:
        if callable(done):
            done(result)
        elif done:
            self.done(done)

    def start(
        self, title: str, work: Callable[[Job], Any], then: Callable[[Any], object] | None = None, *, apart: bool = False
    ) -> None:
        """Runs `work(job)` in the background; its result goes to `then` on this thread (call `take` there if it changed data).

        The page it is started from is shut meanwhile, unless it is `apart` from it; all others can be read.
        """
        if self.jobs.busy:
            self.say("warning", "上一件事还没有做完，请等它完成或先取消。")
        else:
            self.jobs.start(title, work, then, apart=apart)

    def take(self, result: Any) -> None:
        """Announces the Changes a service returned (or carries as `.changes`) and puts them on the undo stack."""
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if changes and changes.operation_id is not None:
            self.steps.push(Step(changes.operation_id, changes.label))
            self.changed.emit(changes)

    def note(self, label: str) -> None:
        """Announces what stands in the history now though it changed no record: there is nothing to take back."""
        self.changed.emit(Changes(label=label))

    @Slot()
    def undo(self) -> None:
        """Takes back the last step done since the start."""
        if step := self.steps.undoable:
            self._revert(step, self.steps.undone)

    @Slot()
    def redo(self) -> None:
        """Does again what was taken back last."""
        if step := self.steps.redoable:
            self._revert(step, self.steps.redone)

    def undo_with_later(self) -> None:
        """Takes back the last step together with the newer ones that stand on it."""
        if step := self.steps.undoable:
            self._revert(step, self.steps.undone, with_later=True)

    def _revert(self, step: Step, moved: Callable[[Step], None], *, with_later: bool = False) -> None:
        if (wait := self.waiting()) is not None:
            self.tell(wait)
            return
        with self.reading() as session:
            many = history.size(session, [step.operation_id]) > MANY
        work = partial(undo_or_refusal, self.seat, step.operation_id, with_later)
        if many:
            self.start(f"撤销“{step.label}”", work, partial(self._on_reverted, step, moved))
            return
        try:
            self._on_reverted(step, moved, work(None))
        except Problem as problem:
            self.tell(problem)

    def _on_reverted(self, step: Step, moved: Callable[[Step], None], changes: Changes | history.LaterChanges) -> None:
        if isinstance(changes, history.LaterChanges):
            if changes.later:
                self.refused.emit(changes)
            else:
                self.tell(changes)
            return
        if changes.operation_id is not None:
            moved(Step(changes.operation_id, step.label))
        if years_touched := changes.touched.get("campaigns"):
            self.seat = years.after(self.seat, years_touched)
        self.changed.emit(changes)

    def ways_out(self, problem: Problem) -> Sequence[QAction]:
        return self.rescue.offers(problem)

    def done(self, sentence: str) -> None:
        """Says what the last step did, with 撤销 beside it; the sentence stands until the next step."""
        self.say("done", sentence, offers=(self.take_back,))

    @Slot()
    def _on_take_back(self) -> None:
        self.undo()

    def show_text_at(self, percent: int) -> None:
        """Shows everything in another text size (90 to 160 per cent) at the next turn; this computer remembers it."""
        ask_size(percent)
        self.preferences.text_size = wanted_size()
