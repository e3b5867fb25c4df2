"""Makes the PDF files: all pledges or slips in one file or one file per unit, and the report."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from huajie_desktop.documents.content import (
    Content,
    DossierContent,
    ForcesContent,
    PledgeContent,
    RemindersContent,
    ReportContent,
    SlipContent,
    printed_texts,
)
from huajie_desktop.documents.dossier import lay_out_dossier
from huajie_desktop.documents.drawing import Part, draw
from huajie_desktop.documents.files import name_files, write_files
from huajie_desktop.documents.fonts import check_characters, load_face
from huajie_desktop.documents.forces import lay_out_forces
from huajie_desktop.documents.page import Page
from huajie_desktop.documents.pledge import NothingToPrint, lay_out_pledge
from huajie_desktop.documents.reminders import lay_out_reminders
from huajie_desktop.documents.report import lay_out_report
from huajie_desktop.documents.slip import lay_out_slip
from huajie_desktop.jobs import Job

Target = Path | BinaryIO


@dataclass(frozen=True, slots=True)
class Printed:
    """One document that was made: its unit ("" for the report), pages, and the SHA-256 of what it says."""

    unit: str
    pages: int
    sha256: str


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


_PLEDGE = _Kind("承诺书", lay_out_pledge)
_SLIP = _Kind("承诺交办单", lay_out_slip)
_REPORT = _Kind("任务进展情况报告", lay_out_report)
_FORCES = _Kind("专班一览表", lay_out_forces)
_REMINDERS = _Kind("催报清单", lay_out_reminders)
_DOSSIER = _Kind("一事一档", lay_out_dossier)


def write_pledges(contents: Sequence[PledgeContent], target: Target, job: Job | None = None) -> list[Printed]:
    """All pledges in one file with a bookmark for each unit; raises a Problem and leaves no file."""
    return _write_one(_PLEDGE, contents, target, job)


def write_pledge_files(contents: Sequence[PledgeContent], folder: Path, job: Job | None = None) -> list[Printed]:
    """One file per unit, `倪宅村承诺书.pdf`; all of them or, with a Problem, none."""
    return _write_each(_PLEDGE, contents, folder, job)


def write_slips(contents: Sequence[SlipContent], target: Target, job: Job | None = None) -> list[Printed]:
    """All assignment slips in one file with a bookmark for each unit; raises a Problem and leaves no file."""
    return _write_one(_SLIP, contents, target, job)


def write_slip_files(contents: Sequence[SlipContent], folder: Path, job: Job | None = None) -> list[Printed]:
    """One file per unit, `倪宅村承诺交办单.pdf`; all of them or, with a Problem, none."""
    return _write_each(_SLIP, contents, folder, job)


def write_report(content: ReportContent, target: Target, job: Job | None = None) -> Printed:
    """The year's report; raises a Problem and leaves no file."""
    return _write_one(_REPORT, [content], target, job)[0]


def write_forces(content: ForcesContent, target: Target, job: Job | None = None) -> Printed:
    """The overview of the task forces; raises a Problem and leaves no file."""
    return _write_one(_FORCES, [content], target, job)[0]


def write_reminders(content: RemindersContent, target: Target, job: Job | None = None) -> Printed:
    """The list to remind units by; raises a Problem and leaves no file."""
    return _write_one(_REMINDERS, [content], target, job)[0]


def write_dossiers(contents: Sequence[DossierContent], target: Target, job: Job | None = None) -> list[Printed]:
    """The dossiers of tasks in one file with a bookmark for each; raises a Problem and leaves no file."""
    return _write_one(_DOSSIER, contents, target, job)


def digest(content: Content) -> str:
    """The SHA-256 of everything a document says that is not its wording: it changes with any task on it."""
    text = "\n".join(f"{record}\t{value}" for record, value in printed_texts(content))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def lines_of(contents: Sequence[PledgeContent]) -> Iterator[TextLine]:
    """The pledges' lines as they stand on paper, for a bare canvas to write the same ones (benchmark `pledges-254`)."""
    pages = (page for part, _ in _lay_out(_PLEDGE, contents, None) for page in part.pages)
    for number, page in enumerate(pages):
        for text in [*page.texts, *([page.number] if page.number else [])]:
            yield TextLine(number, text.x, text.y, load_face(text.style).fontName, text.size, text.text)


def _write_one(kind: _Kind, contents: Sequence[Content], target: Target, job: Job | None) -> list[Printed]:
    done = list(_lay_out(kind, contents, job))
    data = draw([part for part, _ in done], title=_title(kind, contents), author=contents[0].township)
    _report(job, len(contents), len(contents), "保存文件")
    if isinstance(target, Path):
        write_files({target: data})
    else:
        target.write(data)
    return [printed for _, printed in done]


def _write_each(kind: _Kind, contents: Sequence[Content], folder: Path, job: Job | None) -> list[Printed]:
    done = list(_lay_out(kind, contents, job))
    paths = name_files(folder, [part.name for part, _ in done])
    files: dict[Path, bytes] = {}
    for number, (path, (part, _), content) in enumerate(zip(paths, done, contents, strict=True)):
        _report(job, number, len(contents), f"生成{part.name}")
        files[path] = draw([part], title=_title(kind, [content]), author=content.township)
    _report(job, len(contents), len(contents), "保存文件")
    write_files(files)
    return [printed for _, printed in done]


def _lay_out(kind: _Kind, contents: Sequence[Content], job: Job | None) -> Iterator[tuple[Part, Printed]]:
    """Check every character of every document first, then set one after the other."""
    if not contents:
        raise NothingToPrint("所选范围", kind.name)
    check_characters(text for content in contents for text in printed_texts(content))
    for number, content in enumerate(contents):
        unit = _owner(content)
        _report(job, number, len(contents), f"排版{unit}{kind.name}")
        pages = kind.lay_out(content)
        yield Part(f"{unit}{kind.name}", pages), Printed(unit, len(pages), digest(content))


def _title(kind: _Kind, contents: Sequence[Content]) -> str:
    first = contents[0]
    unit = _owner(first) if len(contents) == 1 else ""
    return f"{first.township}{unit}{first.year}年{kind.name}"


def _owner(content: Content) -> str:
    """Whose document it is: a unit, a task, or nobody's in particular."""
    match content:
        case PledgeContent() | SlipContent():
            return content.unit
        case DossierContent():
            return content.title
    return ""


def _report(job: Job | None, done: int, total: int, text: str) -> None:
    if job:
        job.step(done, total, text)
