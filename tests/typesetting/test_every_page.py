"""Every page of the demo and of an office as hard to print as any, looked at for what an office would send back."""

from pathlib import Path

from sqlalchemy import select

from db.models import Person, Unit
from huajie_desktop.demo import make_everything, open_demo
from huajie_desktop.papers.paper_kinds import KINDS
from huajie_desktop.seat import Seat
from tests.typesetting.checking import Known, Paper, faults_of
from tests.typesetting.reading_back import read_pdf
from tests.typesetting.stress import TITLED, draw_all, open_stress

_TITLED = tuple(KINDS[key].title for key in TITLED)
_UNCODED = ("任务进展情况报告", "一事一档", *(kind.title for kind in KINDS.values() if not kind.coded))


def test_no_page_of_the_stress_office_would_be_sent_back(tmp_path: Path) -> None:
    """The bounds of the office: units of 2 to 30 characters, 1 to 60 tasks, names of 2 to 12, money to 12 digits, rare characters."""
    seat = open_stress(tmp_path / "data")
    found, pages = [], 0
    for drawn in draw_all(seat, tmp_path):
        paper = drawn.paper
        pages += len(paper.sheets)
        found += [f"{drawn.name} {fault}" for fault in (*drawn.left, *faults_of(paper))]
    seat.data.close()
    assert pages >= 150
    assert not found, f"{len(found)}:\n" + "\n".join(found[:60])


def test_no_page_of_the_demo_would_be_sent_back(tmp_path: Path) -> None:
    seat = open_demo(tmp_path / "data")
    found, pages = [], 0
    for file in make_everything(seat, tmp_path / "out"):
        if file.suffix == ".pdf" and file.parent == tmp_path / "out":  # what lies in folders is the same, each paper alone
            paper = Paper(read_pdf(file.read_bytes()), _known(seat, file))
            pages += len(paper.sheets)
            found += [f"{file.stem} {fault}" for fault in faults_of(paper)]
    seat.data.close()
    assert pages >= 300
    assert not found, f"{len(found)}:\n" + "\n".join(found[:60])


def _known(seat: Seat, file: Path) -> Known:
    with seat.reading() as session:
        people = frozenset(name.partition("（")[0] for name in session.scalars(select(Person.name)))
        units = frozenset(name for name in session.scalars(select(Unit.name)) if len(name) < 7)
    return Known(people, units, titled=file.stem.startswith(_TITLED), coded=file.stem not in _UNCODED)
