"""Every page of the demo and of an office as hard to print as any, looked at for what an office would send back."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from db.models import Person, Unit
from huajie_desktop.demo import make_everything, open_begun
from huajie_desktop.papers.paper_kinds import KINDS
from huajie_desktop.seat import Seat
from huajie_desktop.typesetting.files import PDF, WORD
from tests.typesetting.checking import Known, Paper, faults_of
from tests.typesetting.loop_papers import make_loop
from tests.typesetting.reading_back import read_pdf
from tests.typesetting.stress import TITLED, draw_all, open_stress
from tests.typesetting.word_files import has_writer, opened, pdf_words, printed, words_in

_TITLED = tuple(KINDS[key].title for key in TITLED)
_LOOP = (
    "week-0", "draw-0", "became-incoming", "became-decisions", "notices-remind", "notices-warn", "notices-listed", "findings", "went",
)  # fmt: skip
_UNCODED = ("任务进展情况报告", "一事一档", *(kind.title for kind in KINDS.values() if not kind.coded))


@pytest.fixture(scope="module")
def stress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    seat = open_stress(tmp_path_factory.mktemp("stress") / "data")
    yield seat
    seat.data.close()


def test_no_page_of_the_stress_office_would_be_sent_back(stress: Seat, tmp_path: Path) -> None:
    """The bounds of the office: units of 2 to 30 characters, 1 to 60 tasks, names of 2 to 12, money to 12 digits, rare characters."""
    found, pages, names = [], 0, set()
    for drawn in draw_all(stress, tmp_path):
        names.add(drawn.name)
        paper = drawn.paper
        pages += len(paper.sheets)
        found += [f"{drawn.name} {fault}" for fault in (*drawn.left, *faults_of(paper))]
    assert pages >= 150
    assert names >= set(_LOOP)
    assert not found, f"{len(found)}:\n" + "\n".join(found[:60])


@pytest.mark.skipif(not has_writer(), reason="LibreOffice Writer is not installed here")
def test_writer_prints_the_papers_of_the_closed_loop_on_as_many_pages_with_the_same_words(stress: Seat, tmp_path: Path) -> None:
    files = [[file for file, _coded in make_loop(stress, tmp_path, ending)] for ending in (PDF, WORD)]
    assert {file.stem for file in files[1]} == set(_LOOP)
    for stem, data in printed(files[1], tmp_path).items():
        ours, theirs = pdf_words(tmp_path / f"{stem}{PDF}"), pdf_words(data)
        assert abs(len(ours) - len(theirs)) <= 1, f"{stem}: {len(ours)} {len(theirs)}"
        if len(ours) == len(theirs):
            heads = _heads(tmp_path / f"{stem}{WORD}")
            assert Counter(_without(heads, ours)) == Counter(_without(heads, theirs)), stem


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Seat, list[Path]]]:
    """The demo's office and all files it makes but those in folders, which hold the same, each paper alone."""
    folder = tmp_path_factory.mktemp("demo")
    seat = open_begun(folder / "data")
    yield seat, [file for file in make_everything(seat, folder / "out") if file.parent == folder / "out"]
    seat.data.close()


def test_no_page_of_the_demo_would_be_sent_back(demo: tuple[Seat, list[Path]]) -> None:
    seat, files = demo
    found, pages = [], 0
    for file in files:
        if file.suffix == ".pdf":
            paper = Paper(read_pdf(file.read_bytes()), _known(seat, file))
            pages += len(paper.sheets)
            found += [f"{file.stem} {fault}" for fault in faults_of(paper)]
    assert pages >= 300
    assert not found, f"{len(found)}:\n" + "\n".join(found[:60])


@pytest.mark.skipif(not has_writer(), reason="LibreOffice Writer is not installed here")
def test_writer_gives_every_unit_of_the_demo_as_many_pages_as_the_pdf(demo: tuple[Seat, list[Path]], tmp_path: Path) -> None:
    """± 1 a unit and a file; blank backs are no pages of what is said."""
    files = [file for file in demo[1] if file.suffix == ".docx"]
    made = printed(files, tmp_path)
    for file in files:
        ours, theirs = _starts(file.with_suffix(".pdf")), _starts(made[file.stem])
        assert abs(sum(ours) - sum(theirs)) <= 1, f"{file.stem}: {sum(ours)} {sum(theirs)}"
        if len(ours) == len(theirs):  # else titles within a paper are counted there, too
            assert all(abs(one - other) <= 1 for one, other in zip(ours, theirs, strict=True)), file.stem


def _heads(file: Path) -> list[str]:
    return [words_in(row) for row in opened(file.read_bytes()).element.body.xpath("//w:tr[w:trPr/w:tblHeader]")]


def _without(heads: list[str], pages: list[str]) -> str:
    """The words without the heads of tables, which come back on each page a table goes on to."""
    said = "".join(pages)
    for head in heads:
        said = said.replace(head, "")
    return said


def _starts(data: Path | bytes) -> list[int]:
    """How many pages that say something each document of a file has."""
    with pypdfium2.PdfDocument(data) as document:
        says = [bool(page.get_textpage().get_text_range().strip()) for page in document]
        begins = [mark.get_dest().get_index() for mark in document.get_toc() if mark.level == 0]
        return [sum(says[one:following]) for one, following in pairwise([0, *begins[1:], len(says)])]


def _known(seat: Seat, file: Path) -> Known:
    with seat.reading() as session:
        people = frozenset(name.partition("（")[0] for name in session.scalars(select(Person.name)))
        units = frozenset(name for name in session.scalars(select(Unit.name)) if len(name) < 7)
    return Known(people, units, titled=file.stem.startswith(_TITLED), coded=file.stem not in _UNCODED)
