"""The data folders the ill treatment begins from, each made once the real way and then copied."""

import gzip
import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

from db.backup import Moment
from huajie_desktop import demo
from huajie_desktop.application import Application
from huajie_desktop.backups.copying import Source
from huajie_desktop.backups.keeping import keep
from huajie_desktop.folders import DATABASE
from huajie_desktop.occasions import Occasion
from huajie_desktop.papers.making import Order, make
from huajie_desktop.receiving import importing, intake
from huajie_desktop.township import seating
from huajie_desktop.work import attachments
from huajie_desktop.work.checklist import TaskFilter, task_ids
from huajie_desktop.work.review import approve

TODAY = date(2021, 3, 1)
CLERK = demo.CLERK
OLDER = Path(__file__).parents[1] / "data" / "older"
SENT = 6  # workbooks that are there already; the rest come in while the program suffers


class Grounds(NamedTuple):
    """Where each kind of work begins: data folders by name, and the workbooks still to come."""

    office: Path  # tasks sent, some approved, pledges made once, files on a task, one copy
    older: Path  # of the oldest schema
    sheets: list[Path]
    papers: Path  # the pledges as they were made once
    photo: Path
    tasks: int  # of the office


def make_grounds(folder: Path) -> Grounds:
    """Makes all of them below a folder."""
    office, papers, photo = folder / "office", folder / "papers", folder / "photo.jpg"
    photo.write_bytes(b"\xff\xd8" + bytes(range(256)) * 400)
    data = Application.create(office, today=lambda: TODAY)
    seat = seating.set_up(data, "花街镇", 2021, CLERK)
    files = demo.demo_files()
    intake.apply(seat, importing.preview(seat, files[:SENT]))
    with seat.reading() as session:
        sent = task_ids(session, TaskFilter(), today=TODAY)
    approve(seating.come_in(data, demo.REVIEWER), sent)
    attachments.add(seat, sent[0], [photo])
    make(seat, Order("pledge"), papers / "pledge", separate=True)
    with Moment(data.engine) as moment:
        keep(Source(office, moment), Occasion.HAND, TODAY)
    data.close()
    older = folder / "older"
    shutil.copytree(OLDER / "0002", older)
    (older / DATABASE).write_bytes(gzip.decompress((OLDER / "0002.db.gz").read_bytes()))
    return Grounds(office, older, files[SENT : SENT + 4], papers, photo, len(sent))
