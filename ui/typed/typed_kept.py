"""The typed table while nothing of it is saved: it outlives its page, and a power cut as a half typed form does."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject

from huajie_desktop.drafts import HalfTyped
from huajie_desktop.receiving.typed import Texts, TypedTable
from ui.desk.desk import Desk
from ui.forms.drafts import FILLED_AGAIN
from ui.forms.keeping import Keeper, forget

ENTRY = "entry"  # what it is kept under at the desk
Subject = Mapping[str, Any]


class KeptTable(QObject):
    """A typed table and its draft, of one desk."""

    def __init__(self, desk: Desk, table: TypedTable, page: str, subject: Subject) -> None:
        """Of that table; with `page` and `subject` it is found again."""
        super().__init__(desk)
        self._desk, self.table = desk, table
        self._page, self._subject = page, subject
        self.keeper = Keeper(self, desk, self._half)
        self._followed = self.table.texts

    def follow(self) -> None:
        """Keeps what the table holds now when the keys rest; an empty one is forgotten at once."""
        texts = self.table.texts
        if texts is not self._followed:
            self._followed = texts
            if texts:
                self.keeper.typed()
            else:
                self.keeper.drop()

    def go_on(self) -> bool:
        """Puts what was left, and is to go on, below what is typed; says whether there was any."""
        half = self._desk.going_on
        if half is None and not self.table.texts:
            self.keeper.offer_left(self._page, self._subject)
        if half is None or (half.page, half.subject) != (self._page, self._subject):
            return False
        self._desk.going_on = None
        below = self.table.below
        self.table.write({(below + row, key): text for (row, key), text in _cells(half).items()})
        if self.keeper.name:
            self.keeper.typed()
            self.keeper.keep()
            forget(self._desk, half.name)
        else:
            self.keeper.take_over(half.name)
        self._desk.say("info", FILLED_AGAIN)
        return True

    def put_aside(self) -> bool:
        """Leaves what is typed as a draft and empties the table; False where that could not be kept."""
        if not self.keeper.set_aside():
            return False
        self.table.remove(range(self.table.count))
        return True

    def _half(self, name: str) -> HalfTyped:
        texts = self.table.texts
        title = f"{self.table.name} {sum(map(bool, texts))} 行"
        return HalfTyped(self._page, self._subject, title, {}, _flat(texts), name)


def typed_table(desk: Desk) -> KeptTable:
    """The one typed table of a desk."""
    found = desk.kept.get(ENTRY) or desk.kept.setdefault(
        ENTRY, KeptTable(desk, TypedTable(desk.seat), "checklist", {"grid": True})
    )
    assert isinstance(found, KeptTable)
    return found


def _flat(texts: Sequence[Texts]) -> dict[str, str]:
    return {f"{row} {key}": text for row, said in enumerate(texts) for key, text in said.items()}


def _cells(half: HalfTyped) -> dict[tuple[int, str], str]:
    cells = (place.split(" ", 1) for place in half.texts)
    return {(int(row), key): half.texts[f"{row} {key}"] for row, key in cells}
