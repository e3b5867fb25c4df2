"""Papers that are numbered and registered while their files are not all in place: these wait in the data folder meanwhile.

A number is committed before a file that bears it is anywhere to be seen, so that none is given twice however the program ends;
what is left here after a kill or a refusal of the disk is offered to be written again, the same files with the same numbers.
"""

import io
import json
import os
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from db.models import Paper
from db.uids import new_uid
from huajie_desktop.errors import Problem
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.typesetting.files import NotWritten, write_files

FOLDER = "unwritten"
_ENDING = ".papers"  # of a file with the list as JSON in its first line, behind which the files follow as an archive


@dataclass(frozen=True, slots=True)
class Unwritten:
    """One making that is not finished: what lies in the data folder, where its files belong, whose papers were never written."""

    kept: Path
    targets: tuple[Path, ...]
    papers: tuple[str, ...]  # identities

    @property
    def place(self) -> Path:
        """The folder the files belong into."""
        return self.targets[0].parent


def keep(session: SeatSession, files: Mapping[Path, bytes], papers: Sequence[str]) -> Unwritten:
    """Lays the files by until they are in place, those of a step that was never committed go; `papers` are new in the register.

    Raises NotWritten.
    """
    folder = session.seat.folder / FOLDER
    for found in all_in(session.seat.folder):
        if not _registered(session, found.papers):
            drop(found)
    made = Unwritten(folder / f"{new_uid()}{_ENDING}", tuple(path.absolute() for path in files), tuple(papers))
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _write(made, _packed(files))
    except OSError as error:
        raise NotWritten(folder, error) from error
    return made


def unfinished(session: SeatSession) -> list[Unwritten]:
    """The makings of this data folder whose papers are in the register and whose files are not all in place, the oldest first."""
    return [found for found in all_in(session.seat.folder) if _registered(session, found.papers)]


def never_written(data: Path) -> set[str]:
    """The identities of papers that no file was ever finished of."""
    return {uid for found in all_in(data) for uid in found.papers}


def write_again(seat: Seat, unwritten: Unwritten) -> list[Path]:
    """Puts the files of a making where they belong, with the numbers they have; returns them. Raises NotWritten, Problem."""
    try:
        with zipfile.ZipFile(unwritten.kept) as packed:
            files = {target: packed.read(str(number)) for number, target in enumerate(unwritten.targets)}
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        drop(unwritten)
        raise Problem("没有写完的文件已经不在了，没有写出。请在“制作”里再做一次，内容没有变的编号不变。") from error
    write_files(files)
    finish(seat.folder, unwritten.papers)
    return list(files)


def finish(data: Path, papers: Collection[str]) -> None:
    """Notes that those papers are written; a making of which nothing is left goes."""
    written = set(papers)
    for found in all_in(data):
        left = tuple(uid for uid in found.papers if uid not in written)
        if not left:
            drop(found)
        elif left != found.papers:
            with suppress(OSError):  # then more than need be is offered again
                _write(replace(found, papers=left), found.kept.read_bytes().partition(b"\n")[2])


def drop(unwritten: Unwritten) -> None:
    """Lets a making go: its papers stay in the register, its files are not offered again."""
    with suppress(OSError):
        unwritten.kept.unlink(missing_ok=True)


def all_in(data: Path) -> Iterator[Unwritten]:
    """Everything laid by in a data folder, committed or not, the oldest first."""
    for path in sorted((data / FOLDER).glob(f"*{_ENDING}")):
        with suppress(OSError, ValueError, KeyError), path.open("rb") as file:
            said = json.loads(file.readline())
            yield Unwritten(path, tuple(map(Path, said["targets"])), tuple(said["papers"]))


def _registered(session: SeatSession, papers: Collection[str]) -> bool:
    return session.scalar(select(Paper.id).where(Paper.uid.in_(papers)).limit(1)) is not None


def _packed(files: Mapping[Path, bytes]) -> bytes:
    """The files as one, named by their place among them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, data in enumerate(files.values()):
            archive.writestr(str(number), data)
    return packed.getvalue()


def _write(unwritten: Unwritten, packed: bytes) -> None:
    said = {"targets": [str(path) for path in unwritten.targets], "papers": unwritten.papers}
    waiting = unwritten.kept.with_suffix(".tmp")
    with waiting.open("wb") as file:
        file.write(json.dumps(said).encode() + b"\n" + packed)
        file.flush()
        os.fsync(file.fileno())
    os.replace(waiting, unwritten.kept)
