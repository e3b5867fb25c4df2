"""What a person keeps under names of her own: conditions of a list, patterns of records; in the order of keeping."""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from huajie_desktop.errors import FieldErrors
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.settings import habit, keep_habit
from huajie_desktop.values.text import trim

_LONGEST = 20  # characters of a name


def nothing_reserved(_seat: Seat) -> Collection[str]:
    """Every name may be taken."""
    return ()


class NamedHabits(NamedTuple):
    """One sort of such things: the habit they are kept in, what one is called, and the names nobody may take."""

    habit: str
    noun: str  # 筛选
    reserved: Callable[[Seat], Collection[str]] = nothing_reserved

    def own(self, session: SeatSession) -> dict[str, Any]:
        """What whoever sits here kept, by name, in plain values."""
        return habit(session, self.habit, dict) or {}

    def keep(self, seat: Seat, name: str, value: Any) -> None:
        """Keeps it under a name, in place of the one of that name. Raises FieldErrors."""
        name = self._checked(seat, name)
        keep_habit(seat, self.habit, {**self._read(seat), name: value})

    def rename(self, seat: Seat, before: str, name: str) -> None:
        """Gives it another name; its place stays. Raises FieldErrors."""
        name, kept = self._checked(seat, name), self._read(seat)
        if name != before and name in kept:
            raise FieldErrors({"name": f"已经有叫“{name}”的{self.noun}了，请换一个名称"})
        keep_habit(seat, self.habit, {name if found == before else found: value for found, value in kept.items()})

    def remove(self, seat: Seat, name: str) -> None:
        """Forgets it."""
        kept = self._read(seat)
        kept.pop(name, None)
        keep_habit(seat, self.habit, kept)

    def _read(self, seat: Seat) -> dict[str, Any]:
        with seat.reading() as session:
            return dict(self.own(session))

    def _checked(self, seat: Seat, name: str) -> str:
        name = trim(name)
        if not name:
            raise FieldErrors({"name": f"请给这个{self.noun}起个名称"})
        if len(name) > _LONGEST:
            raise FieldErrors({"name": f"名称不能超过 {_LONGEST} 个字，现在 {len(name)} 个"})
        if name in self.reserved(seat):
            raise FieldErrors({"name": f"“{name}”是程序自带的{self.noun}，请换一个名称"})
        return name
