"""The year of work of make_0007.py with the program of schema 0008, and doubts of it: python make_0008.py CHECKOUT, see README.md."""

import shutil
import sys
import tempfile
from pathlib import Path

import make
import make_0006
import make_0007


def main(checkout: Path) -> None:
    """Works, takes the last five steps back and does them again, and keeps the database with what lay beside it."""
    sys.path[:0] = [str(checkout)]
    from huajie_desktop.application import Application

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        data = Application.create(folder, today=lambda: make.TODAY)
        seat = make_0006.work(data, Path(scratch))
        make_0007.send_back(seat, Path(scratch))
        last = [settle(seat), *make_0006.last_five(seat, Path(scratch))]
        data.close()
        make_0006.prove(shutil.copytree(folder, Path(scratch) / "again"), last)
        make.keep(folder, "0008", "0008")


def settle(seat) -> int:
    """The doubts of one task are looked at, those of the others stay open."""
    from sqlalchemy import select

    from db.models import Doubt, Task
    from huajie_desktop.records import doubts, entry
    from huajie_desktop.work.checklist import TaskFilter, task_ids
    from huajie_desktop.work.task_ledger import TASKS

    with seat.reading() as session:
        ids = task_ids(session, TaskFilter(), today=make.TODAY)
    for task_id in ids[-3:]:
        entry.save(seat, TASKS, task_id, {"milestones": "完成招标\n6月底 竣工"})
    with seat.reading() as session:
        owners = session.scalars(select(Task.id).join(Doubt, Doubt.owner_uid == Task.uid).where(Doubt.settled_at.is_(None))).all()
    assert len(set(owners)) > 1
    return doubts.settle(seat, sorted(set(owners))[:1], TASKS).operation_id


if __name__ == "__main__":
    main(Path(sys.argv[1]))
