"""The kinds of record an office keeps, opened with its data: every list, form, import and export asks here."""

from collections.abc import Iterable, Iterator, Mapping

from db.base import Record
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.mistakes import refused
from huajie_desktop.errors import Misuse
from huajie_desktop.values.text import fold


class Catalogue(Mapping[str, Ledger]):
    """The ledgers and registers by key, in the order in which they are offered. Raises ValueError where two do not fit."""

    def __init__(self, ledgers: Iterable[Ledger]) -> None:
        self._by_key: dict[str, Ledger] = {}
        self._by_model: dict[type[Record], Ledger] = {}
        for ledger in ledgers:
            for other in self._by_key.values():
                for fault in _said_twice(ledger, other):
                    raise refused(ledger.title, fault)
            self._by_key[ledger.key] = self._by_model[ledger.model] = ledger
        for ledger in self._by_key.values():
            for fault in self._missing(ledger):
                raise refused(ledger.title, fault)

    def _missing(self, ledger: Ledger) -> Iterator[str]:
        """What a declaration says of another ledger that is not so."""
        if key := ledger.sheets.each_of:
            if key not in self._by_key:
                yield f"没有 each_of 里写的台账 {key}"
            elif self._by_key[key].place is None:
                yield f"each_of 里写的“{self._by_key[key].title}”没有声明 place"

    def __getitem__(self, key: str) -> Ledger:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def _mistakes(self, ledger: Ledger) -> Iterator[str]:
        """What is wrong with a declaration beside the others."""
        if (other := self._by_model[ledger.model]) is not ledger:
            yield f"{ledger.model.__name__} 又是“{other.title}”的"
        words = set(map(fold, ledger.sheets.title_words))
        for other in self._by_key.values():
            if other is not ledger and (shared := words & set(map(fold, other.sheets.title_words))):
                yield f"标题用语“{min(shared)}”又是“{other.title}”的"
        if ledger.sheets.each_of:
            of = self._by_key.get(ledger.sheets.each_of)
            if of is None:
                yield f"没有 each_of 里写的台账 {ledger.sheets.each_of}"
            elif of.place is None:
                yield f"each_of 里的台账“{of.title}”没有声明 place"

    def named(self, key: str) -> Ledger:
        """The ledger of that key as an administrator writes it. Raises Misuse naming those there are."""
        if key not in self._by_key:
            kinds = "、".join(f"{known} {ledger.title}" for known, ledger in self._by_key.items())
            raise Misuse(f"没有“{key}”这种表，没有做任何改动。可以写的有：{kinds}。")
        return self._by_key[key]

    @property
    def first(self) -> Ledger:
        """What a sheet is taken for where nothing tells: the checklist."""
        return next(iter(self._by_key.values()))

    @property
    def ledgers(self) -> dict[str, Ledger]:
        """Those that are looked at on the page of ledgers (台账), by key."""
        return {key: ledger for key, ledger in self._by_key.items() if ledger.subject == "ledger"}

    @property
    def reviewed(self) -> dict[str, Ledger]:
        """Those whose records go through review, by key."""
        return {key: ledger for key, ledger in self._by_key.items() if ledger.reviewed}

    def of(self, model: type[Record]) -> Ledger | None:
        """The ledger records of that model are listed in; None for parts and all that has no list of its own."""
        return self._by_model.get(model)


def _said_twice(ledger: Ledger, other: Ledger) -> Iterator[str]:
    """What two ledgers cannot both be called."""
    if ledger.key == other.key:
        yield f"{ledger.key} 已经是“{other.title}”"
    if ledger.model is other.model:
        yield f"{ledger.model.__name__} 已经是“{other.title}”的"
    others = set(map(fold, other.sheets.title_words))
    for word in ledger.sheets.title_words:
        if fold(word) in others:
            yield f"标题用语“{word}”已经是“{other.title}”的"
