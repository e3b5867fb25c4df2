"""What clerks corrected in senders' earlier sheets: headers and values a unit writes in its own way; offered, never hidden."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from huajie_desktop.values.text import fold

HEADER, VALUE = "header", "value"


class Remembered(NamedTuple):
    """One correction: whose (None: anybody's), of which ledger (key), and what was said for what."""

    unit: str | None
    ledger: str
    kind: str  # HEADER or VALUE
    field: str  # what a header means, or whose value it is
    said: str
    meant: str


class Memory(NamedTuple):
    """All corrections of the office."""

    items: Sequence[Remembered] = ()

    def headers(self, unit: str | None, ledger: str) -> Mapping[str, str]:
        """Folded header words of that sender to the fields they mean; its own go before anybody's.

        What only others write counts as well where all of them mean the same by it, and where nobody knows who sends it.
        """
        found = [item for item in self.items if item.kind == HEADER and item.ledger == ledger]
        meant: dict[str, set[str]] = {}
        for item in found:
            meant.setdefault(fold(item.said), set()).add(item.field)
        others = {word: next(iter(fields)) for word, fields in meant.items() if len(fields) == 1}
        own = sorted((item for item in found if item.unit in (unit, None)), key=lambda item: item.unit is not None)
        return others | {fold(item.said): item.field for item in own}

    def meaning(self, unit: str | None, ledger: str, field: str, text: str) -> str | None:
        """What that sender means by a text in a field, None where nothing was corrected."""
        word = fold(text)
        found = [
            item
            for item in self.items
            if item.kind == VALUE and item.ledger == ledger and item.field == field and item.unit in (unit, None)
            and fold(item.said) == word
        ]  # fmt: skip
        return next((item.meant for item in sorted(found, key=lambda item: item.unit is None)), None)


NOTHING = Memory()
