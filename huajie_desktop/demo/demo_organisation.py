"""The demo's organisation: what the articles name of it, everybody else visibly made up."""

import tomllib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from db.log import Act
from db.models import Membership, Person, Post, Unit
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.read_record import ReadRecord
from huajie_desktop.records.entry import write
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.township.registers import MEMBERSHIPS, PEOPLE, POSTS, UNITS
from resources import path


def fill(seat: Seat) -> None:
    """Sets up the demo's units, people and posts in one step; what the imported tasks brought is taken up by name."""
    said = tomllib.loads(path("demo/organisation.toml").read_text("utf-8"))
    with seat.operation(Act.ARRANGE, "建立组织（演示）") as running:
        session = running.session
        for unit in said["unit"]:
            _add_unit(session, unit)
        for person in said["person"]:
            _add_person(session, person)


def _add_unit(session: SeatSession, said: Mapping[str, Any]) -> None:
    unit = _unit(session, said["name"]) or Unit()
    kind = next(key for key, word in UNITS.fields["kind"].choices.items() if word == said["kind"])
    _keep(session, UNITS, unit, {**{key: said.get(key) for key in ("name", "parent", "aliases")}, "kind": kind})
    for name in said.get("members", ()):
        village = _unit(session, name)
        if village is not None:
            _keep(session, MEMBERSHIPS, Membership(unit_id=village.id), {"group": unit.name})


def _add_person(session: SeatSession, said: Mapping[str, Any]) -> None:
    there = select(Person).join(Unit, Unit.id == Person.unit_id).where(Person.name == said["name"], Unit.name == said["unit"])
    person = session.scalars(there).first() or Person()
    _keep(session, PEOPLE, person, {"name": said["name"], "unit": said["unit"]})
    for unit, title in said["posts"]:
        _keep(session, POSTS, Post(person_id=person.id), {"unit": unit, "title": title})


def _unit(session: SeatSession, name: str) -> Unit | None:
    return session.scalars(select(Unit).where(Unit.name == name)).first()


def _keep(session: SeatSession, ledger: Ledger, record: Any, values: Mapping[str, Any]) -> None:
    read = ReadRecord.typed(ledger)
    for key, value in values.items():
        read[key] = value
    with session.no_autoflush:
        write(session, ledger, record, read, values.keys())
    session.add(record)
    session.flush()
