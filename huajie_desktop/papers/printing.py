"""Makes the PDF files: papers of one kind in one file or one file each."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import BinaryIO, NamedTuple

from huajie_desktop.collecting import collecting_later
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.typesetting.content import PaperContent
from huajie_desktop.typesetting.drawing import Part, draw
from huajie_desktop.typesetting.files import name_files, write_files
from huajie_desktop.typesetting.fonts import check_characters, face_of, load_face
from huajie_desktop.typesetting.looks import POSTERS, Look
from huajie_desktop.typesetting.page import Page
from huajie_desktop.typesetting.paper import NothingToPrint, larger_sheet, lay_out_paper
from huajie_desktop.typesetting.pdf_a import About
from huajie_desktop.typesetting.tiling import tile
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


def draw_papers(
    contents: Sequence[PaperContent], target: Path, *, separate: bool, two_sided: bool = False, job: Job | None = None
) -> Drawn:
    """Papers of one kind for the file `target`, with `separate` one file for each owner in that folder. Raises Problem.

    In one file for printing on both sides a paper of odd pages is followed by a blank one, so that the next begins in front.
    """
    return (_draw_each if separate else _draw_one)(contents, target, job, two_sided=two_sided)


def write_papers(contents: Sequence[PaperContent], target: Target, job: Job | None = None) -> list[Printed]:
    """All papers of one kind in one file with a bookmark for each; raises a Problem and leaves no file."""
    if isinstance(target, Path):
        return _written(_draw_one(contents, target, job))
    drawn = _draw_one(contents, Path(), job)
    target.writelines(drawn.files.values())
    return drawn.printed


def write_paper_files(contents: Sequence[PaperContent], folder: Path, job: Job | None = None) -> list[Printed]:
    """One file for each owner, `倪宅村承诺书.pdf`; all of them or, with a Problem, none."""
    return _written(_draw_each(contents, folder, job))


def digest(content: PaperContent) -> str:
    """The SHA-256 of everything a document says, its wording too: it changes with any task on it."""
    facts = content.facts or content.texts()
    text = "\n".join(f"{record}\t{value}" for record, value in facts) + content.wording.text
    found, data = hashlib.sha256(), text.encode("utf-8", "surrogatepass")
    for start in range(0, len(data), _PIECE):
        found.update(data[start : start + _PIECE])
    return found.hexdigest()


def lines_of(contents: Sequence[PaperContent]) -> Iterator[TextLine]:
    """The papers' lines as they stand on paper, for a bare canvas to write the same ones (benchmark `pledges-254`)."""
    pages = (page for part, _ in _lay_out(contents, None) for page in part.pages)
    for number, page in enumerate(pages):
        for text in [*page.texts, *page.notes, *([page.number] if page.number else [])]:
            yield TextLine(number, text.x, text.y, load_face(face_of(text.style)).fontName, text.size, text.text)


def _draw_one(contents: Sequence[PaperContent], target: Path, job: Job | None, *, two_sided: bool = False) -> Drawn:
    done = _lay_out(contents, job, two_sided=two_sided)
    parts = [part for part, _ in done]
    if two_sided and _of_two_sides(contents[0]):
        parts = [*map(_evened, parts[:-1]), parts[-1]]
    data = _drawn(parts, _about(contents))
    _report(job, len(contents), len(contents), "保存文件")
    return Drawn({target: data}, [printed for _, printed in done])


def _draw_each(contents: Sequence[PaperContent], folder: Path, job: Job | None, *, two_sided: bool = False) -> Drawn:
    done = _lay_out(contents, job, two_sided=two_sided)
    paths = name_files(folder, [part.name for part, _ in done])
    files, faults = dict[Path, bytes](), dict[int, Exception]()
    for number, (path, (part, _), content) in enumerate(zip(paths, done, contents, strict=True)):
        _report(job, number, len(contents), f"生成{part.name}")
        try:
            files[path] = draw([part], _about([content]))
        except Exception as error:  # a fault in one must not stop the others
            faults[number] = error
    _refuse(faults, len(contents))
    _report(job, len(contents), len(contents), "保存文件")
    return Drawn(files, [printed for _, printed in done])


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


def _lay_out(contents: Sequence[PaperContent], job: Job | None, *, two_sided: bool = False) -> list[tuple[Part, Printed]]:
    """Check every character of every document first, then set one after the other.

    Raises Undrawable for what could not be set of several, once the others are.
    """
    if not contents:
        raise NothingToPrint("所选范围", "文书")
    check_characters(text for content in contents for text in content.texts())
    done, faults = [], dict[int, Exception]()
    with collecting_later():
        for number, content in enumerate(contents):
            name = f"{content.owner}{content.kind}"
            _report(job, number, len(contents), f"排版{name}")
            try:
                pages = lay_out_paper(content)
            except Exception as error:  # what is wrong with one, be it a fault of our own, must not stop the others
                faults[number] = error
                continue
            count = len(pages)
            if content.handling.tiled:
                pages = tile(pages, content.handling.tiled)
            sheets = ceil(count / 2) if two_sided and _of_two_sides(content) else len(pages)
            done.append((Part(name, pages), Printed(content.owner, count, digest(content), sheets, _advice(content, count))))
    _refuse(faults, len(contents))
    return done


def _drawn(parts: Sequence[Part], about: About) -> bytes:
    """All parts in one file; where that fails, each is tried alone, to know which."""
    try:
        return draw(parts, about)
    except Exception:
        faults = {number: fault for number, part in enumerate(parts) if (fault := _fault_of(part))}
        _refuse(faults, len(parts))
        raise


def _fault_of(part: Part) -> Exception | None:
    try:
        draw([part], About("", ""))
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
