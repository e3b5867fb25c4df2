"""One piece of work of the real program in a process of its own, saying what it was told is kept: `python -m tests.torture.job`."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from db.backup import Moment
from huajie_desktop.application import Application
from huajie_desktop.backups.bringing_back import bring_back
from huajie_desktop.backups.copying import Source
from huajie_desktop.backups.keeping import all_copies, keep
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history
from huajie_desktop.occasions import Occasion
from huajie_desktop.papers.making import Order, make
from huajie_desktop.receiving import importing, intake
from huajie_desktop.seat import Seat
from huajie_desktop.sending.open_export import export_everything
from huajie_desktop.sending.templates import write_templates
from huajie_desktop.township import seating
from huajie_desktop.work import attachments
from huajie_desktop.work.checklist import TaskFilter, task_ids
from huajie_desktop.work.review import approve
from huajie_desktop.work.task_ledger import TASK_REVIEW, TASKS
from tests.torture.grounds import CLERK, TODAY

KEPT, REFUSED, BEGUN = "kept", "refused", "begun"  # what a line of the child begins with
Work = Callable[[Path, Path, list[Path]], Iterator[str]]


def opened(data: Path) -> Seat:
    """The clerk before the data of a folder."""
    return seating.come_in(Application.open(data, today=lambda: TODAY), CLERK)


def take_in(data: Path, _out: Path, files: list[Path]) -> Iterator[str]:
    """Imports workbooks one after the other."""
    seat = opened(data)
    for file in files:
        result = intake.apply(seat, importing.preview(seat, [file]))
        yield str(result.changes.operation_id)
    seat.data.close()


def take_back(data: Path, out: Path, files: list[Path]) -> Iterator[str]:
    """Imports a workbook and takes it back."""
    seat = opened(data)
    result = intake.apply(seat, importing.preview(seat, files[:1]))
    yield str(result.changes.operation_id)
    yield str(history.undo(seat, [result.changes.operation_id]).operation_id)
    seat.data.close()


def approve_all(data: Path, out: Path, files: list[Path]) -> Iterator[str]:
    """Imports a workbook; another person approves it."""
    seat = opened(data)
    result = intake.apply(seat, importing.preview(seat, files[:1]))
    yield str(result.changes.operation_id)
    with seat.reading() as session:
        waiting = task_ids(session, TaskFilter(state=TASK_REVIEW.waiting), today=TODAY)
    yield str(approve(seating.come_in(seat.data, "李四"), waiting).operation_id)
    seat.data.close()


def papers(data: Path, out: Path, _files: list[Path]) -> Iterator[str]:
    """Makes the slips of all units, new ones, and the pledges once more where they were before."""
    seat = opened(data)
    for kind in ("slip", "pledge"):
        outcome = make(seat, Order(kind), out / kind, separate=True)
        for fault in outcome.faults:
            raise fault
        yield str(outcome.changes.operation_id or 0)
    seat.data.close()


def templates(data: Path, out: Path, _files: list[Path]) -> Iterator[str]:
    """Writes the templates of all units."""
    seat = opened(data)
    write_templates(seat, TASKS, out)
    yield "0"
    seat.data.close()


def everything(data: Path, out: Path, _files: list[Path]) -> Iterator[str]:
    """Writes all data with its files."""
    seat = opened(data)
    export_everything(seat, out / "everything")
    yield "0"
    seat.data.close()


def attach(data: Path, out: Path, files: list[Path]) -> Iterator[str]:
    """Hangs files on a task."""
    seat = opened(data)
    with seat.reading() as session:
        first = task_ids(session, TaskFilter(), today=TODAY)[-1]
    for file in files:
        yield str(attachments.add(seat, first, [file]).changes.operation_id or 0)
    seat.data.close()


def migrate(data: Path, _out: Path, _files: list[Path]) -> Iterator[str]:
    """Opens data of an older program."""
    Application.open(data, today=lambda: TODAY).close()
    yield "0"


def back_up(data: Path, _out: Path, files: list[Path]) -> Iterator[str]:
    """Does something and keeps a copy of everything."""
    seat = opened(data)
    result = intake.apply(seat, importing.preview(seat, files[:1]))
    yield str(result.changes.operation_id)
    with Moment(seat.engine) as moment:
        for refused in keep(Source(data, moment), Occasion.HAND, TODAY).refused:
            raise refused
    yield "0"
    seat.data.close()


def restore(data: Path, _out: Path, _files: list[Path]) -> Iterator[str]:
    """Brings the newest copy back."""
    bring_back(all_copies(data)[0], data)
    yield "0"


WORKS: dict[str, Work] = {
    "import": take_in, "undo": take_back, "approve": approve_all, "papers": papers, "templates": templates,
    "everything": everything, "attach": attach, "migration": migrate, "backup": back_up, "restore": restore,
}  # fmt: skip


def _say(*words: str) -> None:
    os.writev(1, [(" ".join(words) + "\n").encode()])  # no call that is broken: what is said here was so


def main() -> int:
    """Reads what to do; every line that was said is true whatever comes after it."""
    name, data, out, *files = sys.argv[1:]
    _say(BEGUN)
    try:
        for told in WORKS[name](Path(data), Path(out), [Path(file) for file in files]):
            _say(KEPT, told)
    except Problem as problem:
        _say(REFUSED, str(problem).replace("\n", " "))
    return 0


if __name__ == "__main__":
    sys.exit(main())
