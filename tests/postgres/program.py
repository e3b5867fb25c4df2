"""A program at work on a server's database beside others: `python -m tests.postgres.program <what> <address> <folder>`.

It opens the data, says so, and begins when its standard input says so; then it prints what it got, as JSON.
"""

import json
import sys
from pathlib import Path

from db.base import table_of
from db.log import Act
from db.models import Person
from db.rows import reserve_ids
from huajie_desktop.application import Application
from huajie_desktop.seat import Seat
from huajie_desktop.township.seating import come_in
from huajie_desktop.work.numbering import take_numbers

OPERATIONS = 100
EACH = 5


def take(seat: Seat) -> list[int]:
    """Numbers of one series, a few in each operation."""
    taken: list[int] = []
    for _ in range(OPERATIONS):
        with seat.operation(Act.ISSUE, "取号") as running:
            taken += take_numbers(running.session, "试", EACH)
    return taken


def add(seat: Seat) -> list[int]:
    """People in bulk under reserved ids, and between them single ones through objects."""
    made: list[int] = []
    for number in range(OPERATIONS):
        with seat.operation(Act.ENTER, "新增人员") as running:
            if number % 2:
                ids = reserve_ids(running.connection, table_of(Person), EACH)
                rows = [(i, f"人{i}", seat.township_id, seat.township_id, "") for i in ids]
                running.insert(Person, ("id", "name", "unit_id", "township_id", "search"), rows)
                made += ids
            else:
                people = [Person(name=f"单{number}", unit_id=seat.township_id, search="") for _ in range(EACH)]
                running.session.add_all(people)
                running.session.flush()
                made += [person.id for person in people]
    return made


if __name__ == "__main__":
    what, address, folder = sys.argv[1:]
    opened = Application.open(Path(folder), place=address)
    print("open", flush=True)
    sys.stdin.readline()
    print(json.dumps({"take": take, "add": add}[what](come_in(opened, "张三"))), flush=True)
    opened.close()
