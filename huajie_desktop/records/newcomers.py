"""Whom a record names that is nobody here yet: said, with who is called nearly so, before a further person is taken up."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import select

from db.fields import Kind
from db.models import Person, Unit
from db.words.readings import initials
from db.words.sounding import sound_alike
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.read_record import ReadRecord
from huajie_desktop.seat import SeatSession

NAMED = (Kind.PERSON, Kind.PEOPLE)


class Newcomers:
    """Everybody in force, as of one look, by unit and name."""

    def __init__(self, session: SeatSession) -> None:
        self.township = session.township.name
        self._there: set[tuple[str, str]] = set()  # unit, name
        self._units: dict[str, list[str]] = {}  # by name
        self._like: dict[tuple[str, str], list[str]] = {}  # names by unit and roughly how they sound
        self._coming: dict[tuple[str, str], None] = {}  # name, unit: who would be taken up together
        found = select(Person.name, Unit.name).join(Unit, Unit.id == Person.unit_id).where(Person.closed_on.is_(None))
        for name, unit in session.execute(found.order_by(Person.id)):
            self._there.add((unit, name))
            self._units.setdefault(name, []).append(unit)
            self._like.setdefault((unit, _roughly(name)), []).append(name)

    def expect(self, name: str, unit: str) -> None:
        """Somebody new who would be taken up together with the others asked about."""
        self._coming[name, unit] = None

    def coming_like(self, name: str, unit: str, *, namesakes: bool = True) -> list[str]:
        """Who else would be taken up under that name elsewhere (unless not asked for), or at that unit under nearly that name."""
        return [
            f"{other}（{of}）"
            for other, of in self._coming
            if (namesakes and other == name and of != unit) or (of == unit and _distance(name, other) is not None)
        ]

    def is_new(self, name: str, unit: str) -> bool:
        """Whether a person of that name would be taken up at that unit; 李强（倪宅村） is one who is there."""
        told, _, of = name.rstrip("）").partition("（")
        return (unit, name) not in self._there and (of, told) not in self._there

    def namesakes(self, name: str) -> list[str]:
        """People of that name anywhere, each with the unit: 李强（倪宅村）."""
        return [f"{name}（{unit}）" for unit in self._units.get(name, ())]

    def near(self, name: str, unit: str) -> str:
        """Who at that unit sounds the same, or is written with one other character that begins the same; "" where nobody does."""
        there = self._like.get((unit, _roughly(name)), ())
        alike = sorted((distance, place) for place, other in enumerate(there) if (distance := _distance(name, other)) is not None)
        return there[alike[0][1]] if alike else ""

    def said(self, name: str, unit: str) -> str:
        """What is said of a person who is taken up."""
        words = called_new(name, unit)
        if near := self.near(name, unit):
            return f"{words}；那里已有“{near}”，是同一个人请改正"
        if others := self.namesakes(name):
            return f"{words}；已有同名的{'、'.join(others[:4])}，是其中一位请照这样写"
        if coming := self.coming_like(name, unit):
            return f"{words}；这次还会新增{'、'.join(coming[:4])}，请核对是不是同一个人"
        return words

    def of(self, ledger: Ledger, record: ReadRecord, keys: Collection[str]) -> Iterator[tuple[str, str, str]]:
        """Field, name and unit of each newcomer in those fields of a record."""
        for key in ledger.keys_of(*NAMED):
            if key in keys and (said := record.get(key)):
                several = ledger.fields[key].kind == Kind.PEOPLE
                unit = (record.unit if several else None) or self.township
                yield from ((key, name, unit) for name in (said if several else (said,)) if self.is_new(name, unit))


def called_new(name: str, unit: str) -> str:
    """What is said of somebody who is taken up, with whatever is asked about her behind it."""
    return f"新增人员“{name}”（{unit}）"


def look_over(
    session: SeatSession, ledger: Ledger, record: ReadRecord, keys: Collection[str], before: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Of what was typed into those fields faults and doubts by field; whoever stood there `before` is no newcomer.

    One person at the township who is called as several of villages are: which of them is meant must be said.
    """
    faults, doubts = dict[str, list[str]](), dict[str, list[str]]()
    people = Newcomers(session) if any(key in keys for key in ledger.keys_of(*NAMED)) else None
    for key, name, unit in people.of(ledger, record, keys) if people else ():
        if name in before.get(key, ""):
            continue
        namesakes = people.namesakes(name) if people and ledger.fields[key].kind == Kind.PERSON else ()
        if len(namesakes) > 1:
            words = f"{unit}没有叫{name}的，请写明是哪一位：{'、'.join(namesakes)}；是另一个人请先在“组织”页加入"
            faults.setdefault(key, []).append(words)
        elif people:
            doubts.setdefault(key, []).append(people.said(name, unit))
    return {key: "；".join(said) for key, said in faults.items()}, {key: "；".join(said) for key, said in doubts.items()}


def _distance(name: str, other: str) -> int | None:
    """How far two names are apart: 0 they sound the same, 1 they do to who tells no n from l, 2 one character differs that
    begins the same; None further."""
    if len(name) != len(other) or name == other:
        return None
    if sound_alike(name, other):
        return 0
    if sound_alike(name, other, forgiving=True):
        return 1
    differing = sum(a != b for a, b in zip(name, other, strict=True))
    return 2 if differing == 1 and initials(name) == initials(other) else None


def _roughly(name: str) -> str:
    """What names that are near each other have in common."""
    return initials(name).replace("n", "l")
