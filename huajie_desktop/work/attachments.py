"""Files of any record (照片、扫描件、文档): copied into the data folder under their content's digest, once each."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import func, select

from db.attachments import ATTACHMENT_KINDS
from db.belonging import Part, parts_of
from db.clock import local_time, utc_now
from db.hanging import hanging_on
from db.journal import Changes
from db.log import Act
from db.models import Attachment, Occurrence, Record, Task
from db.part_kinds import MilestonePart
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.journal.row_words import RowWords
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.typesetting.files import NotWritten

LARGEST = 1 << 30  # bytes of one file
FOLDER = "attachments"
Proof = tuple[type[Record], int]  # which part of its record a file proves: a milestone, an occurrence
_PIECE = 1 << 20  # bytes read at once
_PHOTOS = frozenset([".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".heic", ".heif"])
_SCANS = frozenset([".pdf", ".tif", ".tiff", ".ofd"])
_PROGRAMS = frozenset(
    [
        ".exe", ".com", ".bat", ".cmd", ".msi", ".scr", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".jar", ".lnk",
        ".reg", ".sh", ".dll", ".desktop",
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


class Lost(NamedTuple):
    """A file that is gone or no longer what was added, and what the record it hangs on is called."""

    id: int
    record: str
    name: str
    why: str


def path_of(folder: Path, digest: str, name: str) -> Path:
    """Where the content with that digest lies in a data folder; the suffix of its name stays, so that it can be opened."""
    return folder / FOLDER / digest[:2] / (digest + _suffix(name))


def kind_of(name: str) -> str:
    """The kind (key of ATTACHMENT_KINDS) a file's name tells."""
    suffix = _suffix(name)
    return "photo" if suffix in _PHOTOS else "scan" if suffix in _SCANS else "document"


def add(
    seat: Seat,
    record_id: int,
    paths: Sequence[Path],
    kind: str | None = None,
    *,
    of: type[Record] = Task,
    proves: Proof | None = None,
    job: Job | None = None,
) -> Changes:
    """Copies the files into the data folder and hangs them on the record, all or none. Raises Problem, Cancelled."""
    _refuse(paths)
    fresh: list[Path] = []
    try:
        digests = _keep_all(seat.folder, paths, fresh, job or Silent())
        with seat.operation(Act.CHANGE, f"添加附件 {len(paths)} 个") as running:
            session = running.session
            record = session.get(of, record_id)
            if record is None:
                raise Problem(f"这条{of.TITLE}已经不在了，附件没有添加。")
            place = {"owner_kind": of.__tablename__, "owner_uid": record.uid, **_proving(session, proves)}
            same = [getattr(Attachment, name) == value for name, value in place.items()]
            known = set(session.scalars(select(Attachment.digest).where(*same)))
            for path, (digest, size) in zip(paths, digests, strict=True):
                if digest in known:
                    continue
                known.add(digest)
                session.add(
                    Attachment(
                        **place, name=path.name[-255:], kind=kind or kind_of(path.name), digest=digest, size=size,
                        added_at=utc_now(), added_by=seat.author.name,
                    )
                )  # fmt: skip
        return running.changes
    except BaseException:
        for path in fresh:
            _discard(path)
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
            f"{local_time(item.added_at):%Y-%m-%d} {item.added_by}", _fault(folder, item, thorough=False),
        )
        for item in found
    ]  # fmt: skip


def open_path(session: SeatSession, folder: Path, attachment_id: int) -> Path:
    """The file to be opened. Raises Problem when it is gone."""
    item = session.get(Attachment, attachment_id)
    if item is None:
        raise Problem("这个附件已经不在了。")
    if fault := _fault(folder, item, thorough=False):
        raise Problem(f"附件“{item.name}”打不开：{fault}。请从备份里找回 {path_of(folder, item.digest, item.name)}，或重新添加。")
    return path_of(folder, item.digest, item.name)


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


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if len(suffix) <= 12 and suffix[1:].isalnum() else ""


def _belongs(item: MilestonePart | Occurrence) -> str:
    return f"{item.due.month}-{item.due.day} 周期事项" if isinstance(item, Occurrence) else f"节点：{item.text[:40]}"


def _fault(folder: Path, item: Attachment, *, thorough: bool) -> str:
    path = path_of(folder, item.digest, item.name)
    try:
        if path.stat().st_size != item.size:
            return "文件内容被改动过"
        return "文件内容被改动过" if thorough and _digest(path) != item.digest else ""
    except FileNotFoundError:
        return "文件不见了"
    except OSError as error:
        return f"文件读不出（{error.strerror or '原因不明'}）"


def _refuse(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise Problem(f"找不到文件“{path}”，附件没有添加。")
        if not path.is_file():
            raise Problem(f"“{path.name}”是文件夹，附件没有添加。请选择里面的文件，或先压缩成一个文件。")
        if path.suffix.lower() in _PROGRAMS:
            raise Problem(f"“{path.name}”是程序，打开会运行，不能作为附件，没有添加。")
        if (size := path.stat().st_size) > LARGEST:
            raise Problem(f"“{path.name}”有 {size / LARGEST:.1f} GB，超过 1 GB，附件没有添加。请先压缩或截取需要的部分。")


def _keep_all(folder: Path, paths: Sequence[Path], fresh: list[Path], job: Job) -> list[tuple[str, int]]:
    """Copies contents that are not kept yet, noting them in `fresh`; digest and size of each."""
    total, done, kept = sum(path.stat().st_size for path in paths), 0, []
    for path in paths:

        def step(read: int, name: str = path.name, before: int = done) -> None:
            job.step((before + read) * 100 // max(total, 1), 100, f"复制 {name}")

        digest, size, added = _keep(folder, path, step)
        if added:
            fresh.append(path_of(folder, digest, path.name))
        kept.append((digest, size))
        done += size
    job.step(100, 100, "保存")
    return kept


def _keep(folder: Path, source: Path, step: Callable[[int], None]) -> tuple[str, int, bool]:
    """Copies one content beside its place and puts it there; digest, size, and whether it was not kept before."""
    waiting = ""
    try:
        (folder / FOLDER).mkdir(exist_ok=True)
        with source.open("rb") as reading:
            handle, waiting = tempfile.mkstemp(".tmp", "", folder / FOLDER)
            with os.fdopen(handle, "wb") as writing:
                digest, size = hashlib.sha256(), 0
                while piece := reading.read(_PIECE):
                    step(size)
                    digest.update(piece)
                    size += writing.write(piece)
                writing.flush()
                os.fsync(writing.fileno())
        target = path_of(folder, digest.hexdigest(), source.name)
        if added := not _same(target, size, digest.hexdigest()):
            target.parent.mkdir(exist_ok=True)
            os.chmod(waiting, 0o444)  # whoever opens it must not change it there
            with suppress(FileNotFoundError):
                os.chmod(target, 0o666)  # Windows replaces no read-only file
            os.replace(waiting, target)
            waiting = ""
    except OSError as error:
        raise _told(folder, source, error) from error
    finally:
        if waiting:
            _discard(Path(waiting))
    return digest.hexdigest(), size, added


def _told(folder: Path, source: Path, error: OSError) -> Problem:
    if error.filename and Path(error.filename) == source:
        return Problem(f"“{source.name}”读不出：{error.strerror or '原因不明'}。附件没有添加。请检查文件，或换一份再试。")
    return NotWritten(folder / FOLDER, error)


def _same(path: Path, size: int, digest: str) -> bool:
    return path.exists() and path.stat().st_size == size and _digest(path) == digest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _discard(path: Path) -> None:
    with suppress(OSError):
        os.chmod(path, 0o666)
        path.unlink()
