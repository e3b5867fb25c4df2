"""The demo's task forces: one for each of the five actions, led by people who are visibly made up."""

import tomllib

from db.forces import ROLES
from db.log import Act
from huajie_desktop.records.naming import Names
from huajie_desktop.seat import Seat
from huajie_desktop.township.people_words import PeopleWords
from huajie_desktop.year.forces import save_force, take_category
from resources import path

_TERM = {"since": "2021-02-25", "until": "2021-12-31"}


def fill(seat: Seat) -> None:
    """Sets up the task forces and gives each the tasks of its category."""
    said = tomllib.loads(path("demo/forces.toml").read_text("utf-8"))["force"]
    with seat.operation(Act.ARRANGE, "加入专班人员（演示）") as running:
        session = running.session
        known = {word for word, _search in PeopleWords(session).choices}
        names, top = Names(session), session.seat.township_id
        for name in dict.fromkeys(name for force in said for role in ROLES for name in force[role].split("、")):
            if name not in known:
                names.person(name, top)
    for force in said:
        take_category(seat, save_force(seat, None, {**_TERM, **force}).record_id)
