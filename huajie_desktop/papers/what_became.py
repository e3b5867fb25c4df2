"""The printed list of what became of what came in: each document or decision with the tasks made of it and how they go."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from db.models import Task
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.lights.kept_facts import lights_of
from huajie_desktop.papers.printing import write_papers
from huajie_desktop.records.listing import record_lines
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.typesetting.content import PaperContent, TableContent, word_day
from huajie_desktop.typesetting.looks import Look
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.typesetting.wording import shipped_wording
from huajie_desktop.work.giving import became
from huajie_desktop.work.signing_off import TASK_HANDLING
from huajie_desktop.work.task_ledger import TASKS

_C = Align.CENTRE
_SIZE = 10.5  # 5号
_KEYS = ("number", "unit", "due", "handling")


def write_became(seat: Seat, ledger: Ledger, ids: Sequence[int], target: Path, job: Job | None = None) -> int:
    """Writes the list of those records to `target`, PDF or .docx by its ending; returns the pages. Raises Problem, Cancelled."""
    if not ids:
        raise Problem("列表里没有记录，没有做办理情况表。请换一个条件。")
    with seat.reading() as session:
        rows = list(_rows(session, ledger, ids))
        made, township = became(session, ledger, ids), session.township.name
        tasks = [task_id for found in made.values() for task_id in found]
        closed = sum(1 for task_id in tasks if session.get_one(Task, task_id).handling == TASK_HANDLING.counted)
    columns = (
        Column("日期", 22, _C), Column(ledger.noun, 70), Column("任务编号", 40, _C), Column("责任单位", 30, _C),
        Column("完成时限", 24, _C), Column("办理", 20, _C), Column("亮灯", 16, _C),
    )  # fmt: skip
    fields = {
        "台账": ledger.noun, "日期": word_day(seat.today()), "件数": str(len(ids)), "任务数": str(len(tasks)),
        "销号数": str(closed),
    }  # fmt: skip
    table = TableContent(columns, tuple(rows), tuple(row[1] for row in rows), _SIZE)
    content = PaperContent(
        f"{ledger.noun}办理情况表", township, seat.year, "", shipped_wording("what-became"), fields, {"办理表": table},
        look=Look.OFFICIAL, made_on=seat.today(),
    )  # fmt: skip
    return sum(printed.pages for printed in write_papers([content], target, job))


def _rows(session: SeatSession, ledger: Ledger, ids: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """A row for each task, and one for what did not become any yet."""
    made, today = became(session, ledger, ids), session.seat.today()
    tasks = [task_id for found in made.values() for task_id in found]
    lights = lights_of(session, tasks, today)
    said = {line.id: line.cells for line in record_lines(session, TASKS, tasks, _KEYS)}
    shown = [key for key in (ledger.figures.day, ledger.name) if key]
    for line in record_lines(session, ledger, ids, shown):
        head = ("", *line.cells.values())[-2:]
        for task_id in made.get(line.id, ()):
            yield (*head, *said[task_id].values(), lights[task_id].word)
        if line.id not in made:
            yield (*head, "", "", "", "还没有转为任务", "")
