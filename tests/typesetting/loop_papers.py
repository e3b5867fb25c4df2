"""The papers of the closed loop beside the kinds of the register, made of whatever an office has."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from db.models import Draw, Step, Task, TaskForce
from db.supervision import LEVELS, Notice
from huajie_desktop.papers.dossier import make_dossiers
from huajie_desktop.papers.draw_sheet import write_draw
from huajie_desktop.papers.force_week import write_week
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.what_became import write_became
from huajie_desktop.seat import Seat
from huajie_desktop.work.giving import became

_EACH = 3  # of a sort: forces, draws, notices of a level, findings
_GONE_FURTHEST = (
    select(Step.task_id).join(Task, Task.id == Step.task_id).where(Task.signed_off_on.is_not(None))
    .group_by(Step.task_id).order_by(func.count().desc(), Step.task_id).limit(1)
)  # fmt: skip


def make_loop(seat: Seat, folder: Path, ending: str) -> Iterator[tuple[Path, bool]]:
    """Each paper with whether its sheets bear a code; what an office has none of is left out."""
    with seat.reading() as session:
        forces = session.scalars(select(TaskForce.id).order_by(TaskForce.id).limit(_EACH)).all()
        draws = session.scalars(select(Draw.id).order_by(Draw.id).limit(_EACH)).all()
    for number, force_id in enumerate(forces):
        write_week(seat, force_id, target := folder / f"week-{number}{ending}")
        yield target, False
    for number, draw_id in enumerate(draws):
        write_draw(seat, draw_id, target := folder / f"draw-{number}{ending}")
        yield target, False
    yield from _became(seat, folder, ending)
    yield from _of_records(seat, folder, ending)
    with seat.reading() as session:
        furthest = list(session.scalars(_GONE_FURTHEST))
    if furthest:
        make_dossiers(seat, furthest, target := folder / f"went{ending}")
        yield target, False


def _became(seat: Seat, folder: Path, ending: str) -> Iterator[tuple[Path, bool]]:
    for ledger in seat.catalogue.values():
        with seat.reading() as session:
            ids = list(session.scalars(select(ledger.model.id).order_by(ledger.model.id))) if ledger.becomes else []
            tasks = became(session, ledger, ids) if ids else {}
        if ids:
            assert tasks, f"{ledger.title}: nothing became a task"
            write_became(seat, ledger, ids, target := folder / f"became-{ledger.key}{ending}")
            yield target, False


def _of_records(seat: Seat, folder: Path, ending: str) -> Iterator[tuple[Path, bool]]:
    """Of every ledger that has a paper: of notices some of each level."""
    for ledger in seat.catalogue.values():
        if ledger.paper is None:
            continue
        numbered = select(ledger.model.id).where(ledger.column("number").is_not(None)).order_by(ledger.model.id).limit(_EACH)
        ways = {level: numbered.where(Notice.level == level) for level in LEVELS} if ledger.model is Notice else {"": numbered}
        for way, wanted in ways.items():
            with seat.reading() as session:
                ids = list(session.scalars(wanted))
            if ids:
                made = make(
                    seat,
                    Order(ledger.paper.kind, ids, ledger=ledger),
                    target := folder / f"{ledger.key}{way and f'-{way}'}{ending}",
                )
                assert not made.faults, [str(fault) for fault in made.faults]
                yield target, True
