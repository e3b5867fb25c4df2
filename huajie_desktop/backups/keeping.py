"""Copying to all places at once: this computer's own, and the second one while it is there."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from huajie_desktop.backups.copying import NotCopied, Source, copy_everything, is_new
from huajie_desktop.backups.file_store import sizes_in
from huajie_desktop.backups.manifest import read_files
from huajie_desktop.backups.second_place import note_seen, second_place
from huajie_desktop.backups.shelf import OWN, Copy, copies_in
from huajie_desktop.jobs import Job
from huajie_desktop.occasions import Occasion


class Kept(NamedTuple):
    """What became of it: the copies made, what could not be, whether the second place was there and this computer's holds all."""

    occasion: Occasion
    copies: list[Copy]
    refused: list[NotCopied]
    second: bool = False
    own: bool = False

    @property
    def refusal(self) -> str:
        """What could not be copied and, where that is so, that this computer has a good copy; "" where all went well."""
        good = "这台电脑上的备份已经做好，检查过，完好。" if self.own else ""
        return "".join(map(str, self.refused)) + good if self.refused else ""


def places(data: Path) -> list[Path]:
    """Where copies of a data folder can stand now; a data folder that is gone is not made anew for them."""
    second = second_place(data)
    own = [data / OWN] if data.is_dir() else []
    return [*own, *([second.place] if second is not None and second.is_there else [])]


def keep(source: Source, occasion: Occasion, today: date, job: Job | None = None, *, only_new: bool = False) -> Kept:
    """A copy at every place that is there; with `only_new` only where something was done since the last one. Raises Cancelled."""
    made = Kept(occasion, [], [])
    for place in places(source.data):
        outside = place != source.data / OWN
        try:
            if not only_new or is_new(source, place):
                made.copies.append(copy_everything(source, place, occasion, job))
        except NotCopied as refused:
            made.refused.append(refused)
        else:
            made = made._replace(own=made.own or not outside)
            if outside:
                note_seen(source.data, today)
        made = made._replace(second=made.second or outside)
    return made


def all_copies(data: Path) -> list[Copy]:
    """Every copy of all places that are there, the newest first."""
    found = [copy for place in places(data) for copy in copies_in(place)]
    return sorted(found, key=lambda copy: copy.made, reverse=True)


def lost_files(copies: Iterable[Copy]) -> dict[Path, int]:
    """How many files of each copy its place no longer has, by its folder; one look at names and sizes, which is quick."""
    stores: dict[Path, dict[str, int]] = {}
    lost: dict[Path, int] = {}
    for copy in copies:
        if copy.manifest is not None and copy.manifest.files:
            with suppress(OSError):  # a stick that is pulled meanwhile
                if copy.store not in stores:
                    stores[copy.store] = sizes_in(copy.store)
                there, files = stores[copy.store], read_files(copy.folder)
                missing = None if files is None else sum(there.get(file.digest) != file.size for file in files)
                lost[copy.folder] = copy.manifest.files if missing is None else missing
    return lost


def last_good(data: Path) -> Copy | None:
    """The newest copy against which nothing speaks."""
    return next((copy for copy in all_copies(data) if not copy.fault), None)
