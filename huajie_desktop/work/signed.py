"""Papers that were made and what stands on them: a paper no longer says the truth once a task on it is unlocked."""

from collections.abc import Mapping

from sqlalchemy import select

from db.clock import utc_now
from db.images import CHUNK
from db.models import Paper, PaperTask
from huajie_desktop.seat import Running

_LONGEST = 200  # characters of a reason


def outdate(running: Running, tasks: Mapping[int, str], what: str) -> None:
    """Marks every paper in force on which one of those tasks (id -> title) stands, with what happened to it."""
    ids = list(tasks)
    why: dict[int, str] = {}
    for start in range(0, len(ids), CHUNK):
        statement = select(PaperTask.paper_id, PaperTask.task_id).join(Paper, Paper.id == PaperTask.paper_id)
        chunk = ids[start : start + CHUNK]
        for paper_id, task_id in running.session.execute(
            statement.where(PaperTask.task_id.in_(chunk), Paper.outdated_at.is_(None)).order_by(PaperTask.id)
        ):
            why.setdefault(paper_id, f"{what[: _LONGEST - 64]}（“{tasks[task_id][:60]}”）")
    now = utc_now()
    running.update(Paper, {paper_id: {"outdated_at": now, "outdated_why": words} for paper_id, words in why.items()})
