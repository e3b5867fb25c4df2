"""What a database is called among all, and which one it was copied from, so that two that went apart can be told."""

import hashlib
import platform
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, sessionmaker

from db.clock import utc_now
from db.connecting import Place, is_server
from db.log import Database, Operation
from db.opening import faults, writing
from db.uids import new_uid


def know_place(sessions: sessionmaker[Session], place: Place) -> None:
    """Notes where the database is kept. One opened elsewhere than last is a copy from then on, since the other may go on."""
    with faults(), sessions() as session:
        if is_at(session, place):
            return  # most often; and whoever writes on a server is not waited for
    with writing(sessions) as session:
        here = _digest(session, place)
        known = itself(session)
        if known is None or (known.place and known.place != here):
            last = session.scalar(select(func.max(Operation.id))) or 0
            copied_from = known.uid if known else None
            session.add(Database(uid=new_uid(), copied_from=copied_from, at=utc_now(), operation_id=last, place=here))
        elif not known.place:
            known.place = here


def is_at(session: Session, place: Place) -> bool:
    """Whether the database knows that place for its own."""
    known = itself(session)
    return known is not None and known.place == _digest(session, place)


def itself(session: Session) -> Database | None:
    """What this database knows of itself."""
    return session.scalar(select(Database).order_by(Database.id.desc()).limit(1))


def lineage(session: Session) -> list[str]:
    """The identities of this database and all it was copied from, the first one first."""
    return list(session.scalars(select(Database.uid).order_by(Database.id)))


def call_it_a_copy(copy: Any) -> None:
    """Tells a copy, by the driver's connection to it, that it is one; an older schema knows no names."""
    if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'databases'").fetchone():
        return
    origin = copy.execute("SELECT uid FROM databases ORDER BY id DESC LIMIT 1").fetchone()
    last = copy.execute("SELECT coalesce(max(id), 0) FROM operations").fetchone()[0]
    if origin:
        copy.execute(
            "INSERT INTO databases (uid, copied_from, at, operation_id, place) VALUES (?, ?, ?, ?, '')",
            (new_uid(), origin[0], datetime.isoformat(utc_now(), sep=" "), last),
        )


def _digest(session: Session, place: Place) -> str:
    """A server says itself which it is: each computer may have its own address for it, and an address may hold a password."""
    if is_server(place):
        asked = "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
        where = "postgresql {} {}".format(*session.execute(text(asked)).one())
    else:
        where = f"{platform.node()} {Path(place).resolve()}"
    return hashlib.sha256(where.encode()).hexdigest()
