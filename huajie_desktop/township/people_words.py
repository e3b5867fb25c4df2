"""People by the words they are typed and offered in: a name alone, or with the unit where several people bear it."""

import re
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from db.models import Person
from huajie_desktop.errors import Problem
from huajie_desktop.ordering import name_key
from huajie_desktop.reading.known import known_office
from huajie_desktop.records.naming import Names
from huajie_desktop.seat import SeatSession
from huajie_desktop.values.people import parse_people
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import trim

_SEVERAL = re.compile(r"[、，,；;\n]+")
_WITH_UNIT = re.compile(r"(.+?)[（(](.+)[）)]")


class PeopleWords:
    """The words for everybody still there and for those already in what is edited (`present`)."""

    def __init__(self, session: SeatSession, present: Sequence[Person] = ()) -> None:
        self._session = session
        self.taken_up: list[str] = []  # names nobody knew
        there = select(Person).where(Person.closed_on.is_(None)).options(joinedload(Person.unit)).order_by(Person.id)
        everybody = list(session.scalars(there))
        self._bearers = Counter(person.name for person in everybody)
        self._by_word = {self.word_of(person): person.id for person in everybody}
        self._present = {person.name: person.id for person in present}
        self._searches = {self.word_of(person): person.search for person in everybody}

    def word_of(self, person: Person) -> str:
        """张三, or 张三（倪宅村） where several people are called so."""
        if self._bearers[person.name] > 1 and person.unit is not None:
            return f"{person.name}（{person.unit.name}）"
        return person.name

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Every word with what else finds it (initials)."""
        return sorted(self._searches.items(), key=lambda item: name_key(item[0]))

    def ids_of(self, text: str) -> list[int]:
        """Everybody named in a text, once; who is unknown is taken up at the township. Raises Problem."""
        words = filter(None, map(trim, _SEVERAL.split(text)))
        return list(dict.fromkeys(person_id for word in words for person_id in self._ids_of_one(word)))

    def _ids_of_one(self, word: str) -> list[int]:
        if word in self._by_word:
            return [self._by_word[word]]
        if word in self._present:
            return [self._present[word]]
        if self._bearers[word] > 1:
            raise Problem(f"有 {self._bearers[word]} 位{word}，请写明单位，如 {self._example(word)}")
        if (told := _WITH_UNIT.fullmatch(word)) and (unit := known_office(self._session).unit_words.find(told[2])):
            return [self._taken_up(told[1], Names(self._session).unit(unit.name))]
        try:
            names = parse_people(word).names
        except Unreadable as fault:
            raise Problem(str(fault)) from fault
        if names == (word,):
            return [self._taken_up(word, self._session.seat.township_id)]
        return [person_id for name in names for person_id in self._ids_of_one(name)]

    def _taken_up(self, name: str, unit_id: int) -> int:
        before = self._bearers[name]
        person_id = Names(self._session).person(name, unit_id)
        if not before:
            self.taken_up.append(name)
            self._by_word[name], self._bearers[name] = person_id, 1
        return person_id

    def _example(self, name: str) -> str:
        return next(word for word in self._by_word if word.startswith(f"{name}（"))
