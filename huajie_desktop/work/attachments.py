"""Files of any record (照片、扫描件、文档): hung on it, or on the part of it they prove; their contents are copied."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import func, select

from db.attachments import ATTACHMENT_KINDS
from db.belonging import Part, parts_of
from db.clock import local_time
from db.hanging import hanging_on
from db.journal import Changes
from db.log import Act
from db.models import Attachment, Occurrence, Record, Task
from db.part_kinds import MilestonePart
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.journal.row_words import RowWords
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.work.kept_contents import copy_out, discard, fault_of, keep_all, path_of, suffix_of

LARGEST = 1 << 30  # bytes of one file
Proof = tuple[type[Record], int]  # which part of its record a file proves: a milestone, an occurrence
_PHOTOS = frozenset([".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".heic", ".heif"])
_SCANS = frozenset([".pdf", ".tif", ".tiff", ".ofd"])
_DOCUMENTS = frozenset(
    [
        ".doc", ".docx", ".wps", ".odt", ".rtf", ".txt", ".xls", ".xlsx", ".xlsm", ".et", ".ods", ".csv", ".ppt", ".pptx",
        ".dps", ".odp", ".md", ".html", ".htm", ".xml", ".eml",
    ]
)  # fmt: skip


class AttachmentLine(NamedTuple):
    """One file as listed: what it is called, its kind's word, its size in bytes, what it proves, and whether it is there."""

    id: int
    name: str
    kind: str
    size: int
    belongs: str  # the occurrence's day or the milestone's words, "" for the task itself
    added: str  # when and by whom
    fault: str  # "" or why it cannot be opened


class Added(NamedTuple):
    """What adding files changed, and which were there already: what they are called now, and under which name they lie."""

    changes: Changes
    already: tuple[tuple[str, str], ...]


class Lost(NamedTuple):
    """A file that is gone or no longer what was added, and what the record it hangs on is called."""

    id: int
    record: str
    name: str
    why: str


def kind_of(name: str) -> str:
    """The kind (key of ATTACHMENT_KINDS) a file's name tells by its last ending: 报告.pdf.exe is other."""
    suffix = suffix_of(name)
    kinds = (("photo", _PHOTOS), ("scan", _SCANS), ("document", _DOCUMENTS))
    return next((kind for kind, suffixes in kinds if suffix in suffixes), "other")


def add(
    seat: Seat,
    record_id: int,
    paths: Sequence[Path],
    kind: str | None = None,
    *,
    of: type[Record] = Task,
    proves: Proof | None = None,
    job: Job | None = None,
) -> Added:
    """Copies the files into the data folder and hangs them on the record, all or none. Raises Problem, Cancelled."""
    _refuse(paths)
    fresh: list[Path] = []
    already: list[tuple[str, str]] = []
    try:
        digests = keep_all(seat.folder, paths, fresh, job or Silent())
        with seat.operation(Act.CHANGE, f"添加附件 {len(paths)} 个") as running:
            session = running.session
            record = session.get(of, record_id)
            if record is None:
                raise Problem(f"这条{of.TITLE}已经不在了，附件没有添加。")
            place = {"owner_kind": of.__tablename__, "owner_uid": record.uid, **_proving(session, proves)}
            same = [getattr(Attachment, name) == value for name, value in place.items()]
            known = {digest: name for digest, name in session.execute(select(Attachment.digest, Attachment.name).where(*same))}
            for path, (digest, size) in zip(paths, digests, strict=True):
                if digest in known:
                    already.append((path.name, known[digest]))
                    continue
                known[digest] = path.name
                session.add(
                    Attachment(
                        **place, name=path.name[-255:], kind=kind or kind_of(path.name), digest=digest, size=size,
                        added_at=running.moment, added_by=seat.author.name,
                    )
                )  # fmt: skip
            running.call(f"添加附件 {len(paths) - len(already)} 个")
        return Added(running.changes, tuple(already))
    except BaseException:
        for path in fresh:
            discard(path)
        raise


def remove(seat: Seat, ids: Sequence[int]) -> Changes:
    """Takes files off their task; their content stays, since the step can be taken back."""
    with seat.operation(Act.CHANGE, f"移除附件 {len(ids)} 个") as running:
        for item in running.session.scalars(select(Attachment).where(Attachment.id.in_(ids))):
            running.session.delete(item)
    return running.changes


def assign(seat: Seat, ids: Sequence[int], proves: Proof | None) -> Changes:
    """Says what files prove: an occurrence, a milestone, or (None) the record as a whole."""
    with seat.operation(Act.CHANGE, f"附件 {len(ids)} 个改用途") as running:
        place = _proving(running.session, proves)
        for item in running.session.scalars(select(Attachment).where(Attachment.id.in_(ids))):
            item.proves_kind, item.proves_uid = place["proves_kind"], place["proves_uid"]
    return running.changes


def _proving(session: SeatSession, proves: Proof | None) -> dict[str, str | None]:
    if proves is None:
        return {"proves_kind": None, "proves_uid": None}
    model, part_id = proves
    return {"proves_kind": model.__tablename__, "proves_uid": session.get_one(model, part_id).uid}


def uses(session: SeatSession, record_id: int, *, of: type[Record] = Task) -> dict[Proof | None, str]:
    """What a file of the record can prove, in words: its milestones, the days it falls due on."""
    found: dict[Proof | None, str] = {None: f"整项{of.TITLE}"}
    for part in provable(of):
        model: Any = part.model
        kept = select(model).where(getattr(model, part.column) == record_id).order_by(model.id)
        found |= {(model, item.id): _use(item) for item in session.scalars(kept)}
    return found


def provable(of: type[Record]) -> list[Part]:
    """The kinds of parts of such a record that a file can prove."""
    return [part for part in parts_of(of) if issubclass(part.model, MilestonePart | Occurrence)]


def _use(item: MilestonePart | Occurrence) -> str:
    if isinstance(item, Occurrence):
        return f"周期事项：{item.due.isoformat()}"
    return f"节点：{item.evidence or item.text}"[:40]


def lines(session: SeatSession, folder: Path, record_id: int, *, of: type[Record] = Task) -> list[AttachmentLine]:
    """The files of a record in the order they were added; a quick look says whether they are there."""
    found = session.scalars(select(Attachment).where(hanging_on(Attachment, of, [record_id])).order_by(Attachment.id)).all()
    proved: dict[str, str] = {}
    for part in provable(of) if any(item.proves_uid for item in found) else ():
        model: Any = part.model
        kept = session.scalars(select(model).where(getattr(model, part.column) == record_id))
        proved.update((item.uid, _belongs(item)) for item in kept)
    return [
        AttachmentLine(
            item.id, item.name, ATTACHMENT_KINDS.get(item.kind, item.kind), item.size, proved.get(item.proves_uid or "", ""),
            f"{local_time(item.added_at):%Y-%m-%d} {item.added_by}", _fault(folder, item),
        )
        for item in found
    ]  # fmt: skip


def open_path(session: SeatSession, folder: Path, attachment_id: int) -> Path:
    """The file to be opened. Raises Problem when it is gone."""
    item = session.get(Attachment, attachment_id)
    if item is None:
        raise Problem("这个附件已经不在了。")
    if fault := _fault(folder, item):
        raise Problem(f"附件“{item.name}”打不开：{fault}。请从备份里找回 {path_of(folder, item.digest, item.name)}，或重新添加。")
    return path_of(folder, item.digest, item.name)


def save_copy(folder: Path, source: Path, target: Path, job: Job | None = None) -> None:
    """Writes a kept content to where the clerk wants it, whole or not at all. Raises Problem, Cancelled."""
    if target.resolve().is_relative_to(folder.resolve()):
        raise Problem("不能存进数据文件夹，没有另存。请换一个文件夹。")
    copy_out(source, target, job or Silent())


def totals(session: SeatSession) -> tuple[int, int]:
    """How many files belong to tasks, and how many bytes their contents take, each content once."""
    count = session.scalar(select(func.count(Attachment.id))) or 0
    contents = select(Attachment.digest, Attachment.size).distinct().subquery()
    return count, int(session.scalar(select(func.sum(contents.c.size))) or 0)  # a server gives sums as decimals


def missing(session: SeatSession, folder: Path, *, thorough: bool = False, job: Job | None = None) -> list[Lost]:
    """The files that are gone or altered; `thorough` reads every content again. Raises Cancelled."""
    found, items, words = [], session.scalars(select(Attachment).order_by(Attachment.id)).all(), RowWords(session)
    for place, item in enumerate(items):
        if job:
            job.step(place, len(items), f"检查附件 {place}/{len(items)}")
        if why := _fault(folder, item, thorough=thorough):
            found.append(Lost(item.id, words.name_by(item.owner_kind, item.owner_uid), item.name, why))
    return found


def _belongs(item: MilestonePart | Occurrence) -> str:
    return f"{item.due.month}-{item.due.day} 周期事项" if isinstance(item, Occurrence) else f"节点：{item.text[:40]}"


def _fault(folder: Path, item: Attachment, *, thorough: bool = False) -> str:
    return fault_of(path_of(folder, item.digest, item.name), item.digest, item.size, thorough=thorough)


def _refuse(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise Problem(f"找不到文件“{path}”，附件没有添加。")
        if not path.is_file():
            raise Problem(f"“{path.name}”是文件夹，附件没有添加。请选择里面的文件，或先压缩成一个文件。")
        if (size := path.stat().st_size) > LARGEST:
            raise Problem(f"“{path.name}”有 {size / LARGEST:.1f} GB，超过 1 GB，附件没有添加。请先压缩或截取需要的部分。")
