"""The kinds of record an office keeps, opened with its data: every list, form, import and export asks here."""

from collections.abc import Iterable, Iterator, Mapping

from db.base import Record
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Misuse


class Catalogue(Mapping[str, Ledger]):
    """The ledgers and registers by key, in the order in which they are offered. Raises ValueError for a key said twice."""

    def __init__(self, ledgers: Iterable[Ledger]) -> None:
        self._by_key: dict[str, Ledger] = {}
        for ledger in ledgers:
            if other := self._by_key.get(ledger.key):
                raise ValueError(f"台账“{ledger.title}”的声明有误：{ledger.key} 已经是“{other.title}”")
            self._by_key[ledger.key] = ledger
        self._by_model = {ledger.model: ledger for ledger in self._by_key.values()}

    def __getitem__(self, key: str) -> Ledger:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

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
