"""Single bits of the database changed: it must be said, or change nothing that is shown."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from db.base import content_columns, table_of
from db.models import Base, Record
from huajie_desktop.application import Application
from huajie_desktop.backups.soundness import look_through
from huajie_desktop.errors import Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.township import seating
from huajie_desktop.work.figures import home
from tests.torture.grounds import CLERK, TODAY

SAID_AT_OPENING, SAID_BY_CHECK, SAID_WHILE_READING = "said at opening", "said by the check", "said while reading"
UNAFFECTED, SILENT, UNEXPECTED = "nothing shown changed", "silently wrong", "unexpected errors"
_CONTENT = tuple(mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record))


def flipped(office: Path, folder: Path, chance: random.Random, going: Callable[[], bool]) -> Counter[str]:
    """Outcomes of single flips, one after the other as long as `going` says so."""
    found: Counter[str] = Counter()
    data = folder / "flipped"
    shutil.copytree(office, data)
    whole = (data / DATABASE).read_bytes()
    truth = _shown(data)
    while going():
        for file in data.glob(f"{DATABASE}*"):
            file.unlink()
        place = chance.randrange(len(whole) * 8)
        broken = bytearray(whole)
        broken[place // 8] ^= 1 << (place % 8)
        (data / DATABASE).write_bytes(broken)
        found[_outcome(data, truth)] += 1
    return found


def _outcome(data: Path, truth: object) -> str:
    try:
        opened = Application.open(data, today=lambda: TODAY)
    except Problem:
        return SAID_AT_OPENING
    except Exception as error:  # what a flip may bring up is not known beforehand, and it is the finding
        return f"{UNEXPECTED}: {type(error).__name__}"
    try:
        if look_through(opened.engine):
            return SAID_BY_CHECK
        return UNAFFECTED if _read(opened) == truth else SILENT
    except Problem:
        return SAID_WHILE_READING
    except Exception as error:
        return f"{UNEXPECTED}: {type(error).__name__}"
    finally:
        opened.close()


def _shown(data: Path) -> object:
    opened = Application.open(data, today=lambda: TODAY)
    try:
        return _read(opened)
    finally:
        opened.close()


def _read(opened: Application) -> object:
    """Everything that is shown: what home counts, and every row of every kind of record."""
    seat = seating.come_in(opened, CLERK)
    with seat.reading() as session:
        counted = home(session, TODAY)
        return counted, [
            tuple(map(tuple, session.execute(select(*content_columns(table_of(model))).order_by(table_of(model).c.id))))
            for model in _CONTENT
        ]
