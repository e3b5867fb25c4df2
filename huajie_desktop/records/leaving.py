"""What is done to many records never stops at one: those it cannot be done to are left, named with their place and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from sqlalchemy import select

from db.images import CHUNK
from db.journal import Changes
from db.models import Unit
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.seat import SeatSession

_NAMED = 5  # records in the sentence of a refusal
_LONGEST = 60  # characters of a name


class Left(NamedTuple):
    """A record that was left as it is: what it is called with its place, and why in whole sentences."""

    id: int
    called: str  # 潘宅村的任务“反诈宣传入户”
    why: str  # 还有 1 条疑问没有关闭，不能通过。

    @property
    def words(self) -> str:
        """All of it."""
        return f"{self.called}{self.why}"


@dataclass
class Partly(Changes):
    """What an operation on many records changed, how many they were, and which ones it left."""

    done: int = 0
    left: Sequence[Left] = ()

    @classmethod
    def of(cls, changes: Changes, done: int, left: Sequence[Left], **further: Any) -> Self:
        """The changes of an operation with what it left."""
        return cls(changes.operation_id, changes.label, changes.touched, done, left, **further)


def left_of(session: SeatSession, ledger: Ledger, against: Mapping[int, str]) -> list[Left]:
    """Those records by id with what is against each, as a person finds them again; also of one that is gone since."""
    model: Any = ledger.model
    columns = [model.id, getattr(model, ledger.fields[ledger.name].name)]
    statement = select(*columns)
    if ledger.place:
        statement = statement.add_columns(Unit.name).outerjoin(Unit, Unit.id == getattr(model, ledger.fields[ledger.place].name))
    ids, found = list(against), dict[int, str]()
    for start in range(0, len(ids), CHUNK):
        for record_id, name, *place in session.execute(statement.where(model.id.in_(ids[start : start + CHUNK]))):
            of = f"{place[0]}的" if place and place[0] else ""
            found[record_id] = f"{of}{ledger.noun}“{str(name)[:_LONGEST]}”"
    return [Left(record_id, found.get(record_id, f"一条{ledger.noun}"), why) for record_id, why in against.items()]


def refuse_all(left: Sequence[Left], ledger: Ledger, undone: str) -> None:
    """Nothing could be done to any of these records. Raises Problem naming them; `undone` is what was not done: 没有提交."""
    if len(left) < 2:
        raise Problem(left[0].words)
    named = "\n".join(found.words for found in left[:_NAMED]) + ("\n……" if len(left) > _NAMED else "")
    raise Problem(f"选中的 {ledger.counted(len(left))}都{undone}：\n{named}")
