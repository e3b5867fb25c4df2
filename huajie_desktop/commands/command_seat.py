"""Where a command stands: its seat before the data, and the units it names."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from db.backup import Moment
from huajie_desktop.application import Application
from huajie_desktop.backups.copying import Source
from huajie_desktop.backups.keeping import keep
from huajie_desktop.errors import Problem
from huajie_desktop.lights.kept_facts import clock_doubt
from huajie_desktop.network import warning_of
from huajie_desktop.occasions import Occasion
from huajie_desktop.reading.known import known_office
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.township import seating
from huajie_desktop.township.shipped import demo_township


@contextmanager
def opened(folder: Path, *, new: bool = False, township: str = "") -> Iterator[Seat]:
    """A command's seat before the data; where there is none, `new` has it begun and says so: for `township`, or the demo's."""
    data = Application.create(folder) if new else Application.open(folder)
    data.copy_first = partial(_copy_first, data)
    try:
        if warning := warning_of(folder):
            print(warning, file=sys.stderr)
        if new and not seating.is_set_up(data):
            usual = demo_township()
            name, year = (township, data.today().year) if township else (usual.name, usual.year)
            seating.set_up(data, name, year)
            print(f"新建数据：{name} {year} 年（{folder}）", file=sys.stderr)
        seat = seating.by_command(data)
        with seat.reading() as session:
            if doubt := clock_doubt(session):
                print(doubt, file=sys.stderr)
        yield seat
    finally:
        data.close()


def _copy_first(data: Application, occasion: Occasion) -> None:
    """Copies everything as it is; where that cannot be the command goes on, and it is said."""
    if data.engine.dialect.name == "sqlite":  # a server is copied by whoever keeps it
        with Moment(data.engine) as moment:
            made = keep(Source(data.folder, moment), occasion, data.today(), only_new=True)
        for refused in made.refused:
            print(refused, file=sys.stderr)


def unit_named(session: SeatSession, name: str) -> int:
    """The id of the unit a command names by any of its spellings. Raises Problem."""
    found = known_office(session).unit_words.find(name)
    if found is None or found.id is None:
        raise Problem(f"没有“{name}”这个单位，没有生成模板。请检查单位名称。")
    return found.id
