"""Makes the PDF files: papers of one kind in one file or one file each, the report, dossiers."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from huajie_desktop.collecting import collecting_later
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.papers.dossier_pages import lay_out_dossier
from huajie_desktop.papers.report_pages import lay_out_report
from huajie_desktop.typesetting.content import Content, DossierContent, PaperContent, ReportContent, printed_texts
from huajie_desktop.typesetting.drawing import Part, draw
from huajie_desktop.typesetting.files import name_files, write_files
from huajie_desktop.typesetting.fonts import check_characters, face_of, load_face
from huajie_desktop.typesetting.page import Page
from huajie_desktop.typesetting.paper import NothingToPrint, lay_out_paper

Target = Path | BinaryIO
# Bytes hashed at once: over 2047 the library lets go of the interpreter, for so short a time that the window never gets its turn.
_PIECE = 2000


@dataclass(frozen=True, slots=True)
class Printed:
    """One document that was made: its unit ("" for the report), pages, and the SHA-256 of what it says."""

    unit: str
    pages: int
    sha256: str


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


class _Kind(NamedTuple):
    """How one kind of document is made and called."""

    name: str
    lay_out: Callable[..., list[Page]]


_REPORT = _Kind("任务进展情况报告", lay_out_report)
_DOSSIER = _Kind("一事一档", lay_out_dossier)


def draw_papers(contents: Sequence[PaperContent], target: Path, *, separate: bool, job: Job | None = None) -> Drawn:
    """Papers of one kind for the file `target`, with `separate` one file for each owner in that folder. Raises Problem."""
    return (_draw_each if separate else _draw_one)(_paper(contents), contents, target, job)


def write_papers(contents: Sequence[PaperContent], target: Target, job: Job | None = None) -> list[Printed]:
    """All papers of one kind in one file with a bookmark for each; raises a Problem and leaves no file."""
    return _write_one(_paper(contents), contents, target, job)


def write_paper_files(contents: Sequence[PaperContent], folder: Path, job: Job | None = None) -> list[Printed]:
    """One file for each owner, `倪宅村承诺书.pdf`; all of them or, with a Problem, none."""
    return _written(_draw_each(_paper(contents), contents, folder, job))


def write_report(content: ReportContent, target: Target, job: Job | None = None) -> Printed:
    """The year's report; raises a Problem and leaves no file."""
    return _write_one(_REPORT, [content], target, job)[0]


def write_dossiers(contents: Sequence[DossierContent], target: Target, job: Job | None = None) -> list[Printed]:
    """The dossiers of tasks in one file with a bookmark for each; raises a Problem and leaves no file."""
    return _write_one(_DOSSIER, contents, target, job)


def digest(content: Content) -> str:
    """The SHA-256 of everything a document says, its wording too: it changes with any task on it."""
    facts = content.facts if isinstance(content, PaperContent) else ()
    text = "\n".join(f"{record}\t{value}" for record, value in facts or printed_texts(content))
    if isinstance(content, PaperContent):
        text += content.wording.text
    found, data = hashlib.sha256(), text.encode("utf-8", "surrogatepass")
    for start in range(0, len(data), _PIECE):
        found.update(data[start : start + _PIECE])
    return found.hexdigest()


def lines_of(contents: Sequence[PaperContent]) -> Iterator[TextLine]:
    """The papers' lines as they stand on paper, for a bare canvas to write the same ones (benchmark `pledges-254`)."""
    pages = (page for part, _ in _lay_out(_paper(contents), contents, None) for page in part.pages)
    for number, page in enumerate(pages):
        for text in [*page.texts, *page.notes, *([page.number] if page.number else [])]:
            yield TextLine(number, text.x, text.y, load_face(face_of(text.style)).fontName, text.size, text.text)


def _paper(contents: Sequence[PaperContent]) -> _Kind:
    return _Kind(contents[0].kind if contents else "文书", lay_out_paper)


def _write_one(kind: _Kind, contents: Sequence[Content], target: Target, job: Job | None) -> list[Printed]:
    if isinstance(target, Path):
        return _written(_draw_one(kind, contents, target, job))
    drawn = _draw_one(kind, contents, Path(), job)
    target.writelines(drawn.files.values())
    return drawn.printed


def _draw_one(kind: _Kind, contents: Sequence[Content], target: Path, job: Job | None) -> Drawn:
    done = _lay_out(kind, contents, job)
    data = _drawn([part for part, _ in done], title=_title(kind, contents), author=contents[0].township)
    _report(job, len(contents), len(contents), "保存文件")
    return Drawn({target: data}, [printed for _, printed in done])


def _draw_each(kind: _Kind, contents: Sequence[Content], folder: Path, job: Job | None) -> Drawn:
    done = _lay_out(kind, contents, job)
    paths = name_files(folder, [part.name for part, _ in done])
    files, faults = dict[Path, bytes](), dict[int, Exception]()
    for number, (path, (part, _), content) in enumerate(zip(paths, done, contents, strict=True)):
        _report(job, number, len(contents), f"生成{part.name}")
        try:
            files[path] = draw([part], title=_title(kind, [content]), author=content.township)
        except Exception as error:  # a fault in one must not stop the others
            faults[number] = error
    _refuse(faults, len(contents))
    _report(job, len(contents), len(contents), "保存文件")
    return Drawn(files, [printed for _, printed in done])


def _written(drawn: Drawn) -> list[Printed]:
    write_files(drawn.files)
    return drawn.printed


def _lay_out(kind: _Kind, contents: Sequence[Content], job: Job | None) -> list[tuple[Part, Printed]]:
    """Check every character of every document first, then set one after the other.

    Raises Undrawable for what could not be set of several, once the others are.
    """
    if not contents:
        raise NothingToPrint("所选范围", kind.name)
    check_characters(text for content in contents for text in printed_texts(content))
    done, faults = [], dict[int, Exception]()
    with collecting_later():
        for number, content in enumerate(contents):
            unit = _owner(content)
            _report(job, number, len(contents), f"排版{unit}{kind.name}")
            try:
                pages = kind.lay_out(content)
            except Exception as error:  # what is wrong with one, be it a fault of our own, must not stop the others
                faults[number] = error
                continue
            done.append((Part(f"{unit}{kind.name}", pages), Printed(unit, len(pages), digest(content))))
    _refuse(faults, len(contents))
    return done


def _drawn(parts: Sequence[Part], *, title: str, author: str) -> bytes:
    """All parts in one file; where that fails, each is tried alone, to know which."""
    try:
        return draw(parts, title=title, author=author)
    except Exception:
        faults = {number: fault for number, part in enumerate(parts) if (fault := _fault_of(part))}
        _refuse(faults, len(parts))
        raise


def _fault_of(part: Part) -> Exception | None:
    try:
        draw([part], title="", author="")
    except Exception as error:  # handed back for whoever asked
        return error
    return None


def _refuse(faults: Mapping[int, Exception], count: int) -> None:
    """Raises what is wrong with the only document as it is, with some of `count` an Undrawable."""
    if faults:
        raise faults[0] if count == 1 else Undrawable(faults)


def _title(kind: _Kind, contents: Sequence[Content]) -> str:
    first = contents[0]
    unit = _owner(first) if len(contents) == 1 else ""
    return f"{first.township}{unit}{first.year}年{kind.name}"


def _owner(content: Content) -> str:
    """Whose document it is: a unit, a task, or nobody's in particular."""
    match content:
        case PaperContent():
            return content.owner
        case DossierContent():
            return content.title
    return ""


def _report(job: Job | None, done: int, total: int, text: str) -> None:
    if job:
        job.step(done, total, text)
