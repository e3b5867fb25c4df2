"""A copy of everything, looked through before it counts, beside a plain copy of the very same files with fsync."""

import os
import random
import shutil
from pathlib import Path

from db.backup import Moment
from huajie_desktop.application import Application
from huajie_desktop.backups.copying import Source, copy_everything
from huajie_desktop.backups.file_store import files_of
from huajie_desktop.backups.shelf import OWN
from huajie_desktop.folders import DATABASE
from huajie_desktop.occasions import Occasion
from huajie_desktop.receiving import importing, intake
from huajie_desktop.township.seating import set_up
from huajie_desktop.work import attachments
from tests.bench.measure import Measure, Timed, stopwatch
from tests.bench.sheets import write_tasks

SIZE, PHOTO, TASKS = 200_000_000, 2_000_000, 5_000  # bytes in all, bytes of a photograph, tasks in the database


def _backup(folder: Path) -> tuple[Timed, Timed]:
    seat = set_up(Application.create(folder / "data"), "花街镇", 2021)
    intake.apply(seat, importing.preview(seat, [write_tasks(folder / "tasks.xlsx", TASKS)]))
    photos, noise = [], random.Random(7)
    for number in range((SIZE - (seat.folder / DATABASE).stat().st_size) // PHOTO):
        photos.append(folder / f"{number}.jpg")
        photos[-1].write_bytes(noise.randbytes(PHOTO))
    attachments.add(seat, 1, photos)
    for photo in photos:
        photo.unlink()
    place = seat.folder / OWN

    def ours() -> float:
        shutil.rmtree(place, ignore_errors=True)
        os.sync()
        with stopwatch() as seconds, Moment(seat.engine) as moment:
            copy_everything(Source(seat.folder, moment), place, Occasion.HAND)
        assert _size(place) > SIZE * 0.9, _size(place)
        return seconds[0]

    def peer() -> float:
        shutil.rmtree(place, ignore_errors=True)
        os.sync()
        with stopwatch() as seconds:
            for file in [seat.folder / DATABASE, *files_of(seat.folder)]:
                target = place / "peer" / file.relative_to(seat.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
                with target.open("rb+") as written:
                    os.fsync(written.fileno())
        assert _size(place) > SIZE * 0.9, _size(place)
        return seconds[0]

    return ours, peer


def _size(folder: Path) -> int:
    """The bytes of all files below."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


MEASURES = (Measure("backup", 2.5, 5, _backup),)
