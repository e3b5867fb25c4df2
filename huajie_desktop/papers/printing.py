"""Makes the files, PDF or for a word processor: papers of one kind in one file or one file each."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil
from pathlib import Path
from typing import BinaryIO, NamedTuple

from huajie_desktop.collecting import collecting_later
from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.jobs import Job
from huajie_desktop.papers.workbook_of_tables import tables_of
from huajie_desktop.typesetting.content import PaperContent
from huajie_desktop.typesetting.drawing import Part, draw
from huajie_desktop.typesetting.files import PDF, WORD, WORKBOOK, name_files, write_files
from huajie_desktop.typesetting.fonts import check_characters, face_of, load_face
from huajie_desktop.typesetting.looks import POSTERS, Look
from huajie_desktop.typesetting.page import Page
from huajie_desktop.typesetting.paper import NothingToPrint, SetPaper, larger_sheet, set_paper
from huajie_desktop.typesetting.pdf_a import About
from huajie_desktop.typesetting.tiling import tile
from huajie_desktop.typesetting.word_file import WordPart, write_word
from huajie_desktop.typesetting.wording import before

Target = Path | BinaryIO
# Bytes hashed at once: over 2047 the library lets go of the interpreter, for so short a time that the window never gets its turn.
_PIECE = 2000


@dataclass(frozen=True, slots=True)
class Printed:
    """One document that was made: whose it is ("" for nobody in particular), pages, the SHA-256 of what it says, its sheets.

    `advice` is what a clerk may do better, "" mostly.
    """

    unit: str
    pages: int
    sha256: str
    sheets: int
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Documents as they will be written: the files by where they belong, and what was made, one by one."""

    files: dict[Path, bytes]
    printed: list[Printed]


class Undrawable(Problem):
    """Some of several documents could not be set or drawn: why, by their place in the order; also by a fault of our own."""

    def __init__(self, faults: Mapping[int, Exception]) -> None:
        super().__init__("\n".join(map(str, faults.values())))
        self.faults = dict(faults)


class TextLine(NamedTuple):
    """One printed line: page from 0, base line in points from the lower left corner, font as reportlab knows it."""

    page: int
    x: float
    y: float
    font: str
    size: float
    text: str


class _Done(NamedTuple):
    """One document that is set, not yet in a file: what it is called there, and what was made."""

    name: str
    paper: SetPaper
    printed: Printed


def draw_papers(
    contents: Sequence[PaperContent], target: Path, *, separate: bool, ending: str = PDF, also: Sequence[str] = (),
    two_sided: bool = False, job: Job | None = None,
) -> Drawn:  # fmt: skip
    """Papers of one kind for the file `target`, whose ending says what it is, or for one file each in that folder.

    Beside the one file come those of the same name that end in `also`, set once for all. `separate` files end in `ending`, PDF
    or WORD. In one PDF for printing on both sides a paper of odd pages is followed by a blank one, so that the next begins in
    front. Raises Problem.
    """
    done = _lay_out(contents, job, two_sided=two_sided)
    return _draw_each(done, target, ending, job) if separate else _draw_one(done, target, also, two_sided, job)


def write_papers(contents: Sequence[PaperContent], target: Target, job: Job | None = None) -> list[Printed]:
    """All papers of one kind in one file with a bookmark for each; raises a Problem and leaves no file."""
    if isinstance(target, Path):
        return _written(draw_papers(contents, target, separate=False, job=job))
    drawn = draw_papers(contents, Path(), separate=False, job=job)
    target.writelines(drawn.files.values())
    return drawn.printed


def write_paper_files(contents: Sequence[PaperContent], folder: Path, job: Job | None = None) -> list[Printed]:
    """One PDF for each owner, `倪宅村承诺书.pdf`; all of them or, with a Problem, none."""
    return _written(draw_papers(contents, folder, separate=True, job=job))


def digest(content: PaperContent) -> str:
    """The SHA-256 of everything a document says, its wording too: it changes with any task on it."""
    facts = content.facts or content.texts()
    text = "\n".join(map("\t".join, facts)) + content.wording.text
    found, data = hashlib.sha256(), text.encode("utf-8", "surrogatepass")
    for start in range(0, len(data), _PIECE):
        found.update(data[start : start + _PIECE])
    return found.hexdigest()


def lines_of(contents: Sequence[PaperContent]) -> Iterator[TextLine]:
    """The papers' lines as they stand on paper, for a bare canvas to write the same ones (benchmark `pledges-254`)."""
    pages = (page for one in _lay_out(contents, None) for page in one.paper.pages)
    for number, page in enumerate(pages):
        for text in [*page.texts, *page.notes, *([page.number] if page.number else [])]:
            yield TextLine(number, text.x, text.y, load_face(face_of(text.style)).fontName, text.size, text.text)


def _draw_one(done: Sequence[_Done], target: Path, also: Sequence[str], two_sided: bool, job: Job | None) -> Drawn:
    files = {target: _drawn(done, WORD if target.suffix.lower() == WORD else PDF, two_sided, job)}
    files |= {target.with_suffix(ending): _drawn(done, ending, two_sided, job) for ending in also}
    _report(job, len(done), len(done), "保存文件")
    return Drawn(files, [one.printed for one in done])


def _draw_each(done: Sequence[_Done], folder: Path, ending: str, job: Job | None) -> Drawn:
    paths = name_files(folder, [one.name for one in done], ending)
    files, faults = dict[Path, bytes](), dict[int, Exception]()
    for number, (path, one) in enumerate(zip(paths, done, strict=True)):
        _report(job, number, len(done), f"生成{one.name}")
        try:
            files[path] = _file_of([one], ending)
        except Exception as error:  # a fault in one must not stop the others
            faults[number] = error
    _refuse(faults, len(done))
    _report(job, len(done), len(done), "保存文件")
    return Drawn(files, [one.printed for one in done])


def _file_of(done: Sequence[_Done], ending: str, two_sided: bool = False, job: Job | None = None) -> bytes:
    """The file that holds those documents."""
    about = _about([one.paper.content for one in done])
    if ending == WORKBOOK:
        return tables_of([one.paper.content for one in done])
    if ending == PDF:
        parts = [Part(one.name, _as_printed(one.paper)) for one in done]
        if two_sided and _of_two_sides(done[0].paper.content):
            parts = [*map(_evened, parts[:-1]), parts[-1]]
        return draw(parts, about)
    documents = [WordPart(one.name, one.paper) for one in done]
    front = two_sided and _of_two_sides(done[0].paper.content)
    return write_word(
        documents, about, two_sided=front, step=lambda place: _report(job, place, len(done), f"写入{done[place].name}")
    )


def _as_printed(paper: SetPaper) -> Sequence[Page]:
    """Its pages, or the sheets they are put together from."""
    tiled = paper.content.handling.tiled
    return tile(paper.pages, tiled) if tiled else paper.pages


def counted(printed: Sequence[Printed]) -> str:
    """How many pages there are in all, and how many sheets they take where it is not as many: `共 65 页，双面 34 张`."""
    pages, sheets = sum(one.pages for one in printed), sum(one.sheets for one in printed)
    paper = "" if sheets == pages else f"，双面 {sheets} 张" if sheets < pages else f"，拼贴共 {sheets} 张"
    return f"共 {pages} 页{paper}"


def _advice(content: PaperContent, pages: int) -> str:
    """What to do about a poster that needs further sheets."""
    if pages == 1 or content.look not in POSTERS:
        return ""
    larger, now = larger_sheet(content), content.look.value[:2]
    better = f"选 {larger.value[:2]} 可以印在一张上" if larger else "可以分成几次公示，或者把目标要求写短一些"
    return f"{content.owner}的海报内容多，{now} 纸印成 {pages} 张，{better}。"


def _evened(part: Part) -> Part:
    """The document with a blank page behind an odd number of them, without number or code."""
    return part._replace(pages=[*part.pages, Page(part.pages[-1].form)]) if len(part.pages) % 2 else part


def _of_two_sides(content: PaperContent) -> bool:
    """Whether such a document may be printed on both sides of its sheets: nothing that hangs on a wall is."""
    return content.look is Look.OFFICIAL


def _written(drawn: Drawn) -> list[Printed]:
    write_files(drawn.files)
    return drawn.printed


def _lay_out(contents: Sequence[PaperContent], job: Job | None, *, two_sided: bool = False) -> list[_Done]:
    """Check every character of every document first, then set one after the other.

    Raises Undrawable for what could not be set of several, once the others are.
    """
    if not contents:
        raise NothingToPrint("所选范围", "文书")
    check_characters(chain.from_iterable(map(PaperContent.texts, contents)))
    done, faults = [], dict[int, Exception]()
    with collecting_later():
        for number, content in enumerate(contents):
            name = f"{content.owner}{content.kind}"
            _report(job, number, len(contents), f"排版{name}")
            try:
                paper = set_paper(content)
            except Exception as error:  # what is wrong with one, be it a fault of our own, must not stop the others
                faults[number] = error
                continue
            count, printed = len(paper.pages), len(_as_printed(paper))
            sheets = ceil(count / 2) if two_sided and _of_two_sides(content) else printed
            done.append(_Done(name, paper, Printed(content.owner, count, digest(content), sheets, _advice(content, count))))
    _refuse(faults, len(contents))
    return done


def _drawn(done: Sequence[_Done], ending: str, two_sided: bool, job: Job | None) -> bytes:
    """All documents in one file; where that fails, each is tried alone, to know which."""
    try:
        return _file_of(done, ending, two_sided, job)
    except Cancelled:
        raise
    except Exception:
        faults = {number: fault for number, one in enumerate(done) if (fault := _fault_of(one, ending))}
        _refuse(faults, len(done))
        raise


def _fault_of(one: _Done, ending: str) -> Exception | None:
    try:
        _file_of([one], ending)
    except Exception as error:  # handed back for whoever asked
        return error
    return None


def _refuse(faults: Mapping[int, Exception], count: int) -> None:
    """Raises what is wrong with the only document as it is, with some of `count` an Undrawable."""
    if faults:
        raise faults[0] if count == 1 else Undrawable(faults)


def _about(contents: Sequence[PaperContent]) -> About:
    """What a file says of itself, by the first of its documents."""
    first = contents[0]
    unit = first.owner if len(contents) == 1 else ""
    author = first.fields.get("署名") or first.township
    title = f"{before(first.township, unit)}{unit}{first.year}年{first.kind}"
    return About(title, author, first.kind, first.made_on)


def _report(job: Job | None, done: int, total: int, text: str) -> None:
    if job:
        job.step(done, total, text)
