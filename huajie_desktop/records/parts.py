"""Parts of records of any kind: from read values to rows, and back to the words a clerk types."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from db.fields import SEVERAL_NAMES, Field, Kind, fields_of
from db.part_kinds import FundingPart, MilestonePart, QuantityPart
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.naming import Names
from huajie_desktop.values import funding, quantities
from huajie_desktop.values.milestones import split_evidence, with_evidence

Row = dict[str, Any]  # column -> value


class Items(NamedTuple):
    """One sort of part that says something itself: from a read item to its columns, and a kept one as a clerk types it."""

    row: Callable[[Any], Row]
    words: Callable[[Any], str]
    alike: tuple[str, ...]  # columns by which a changed part is known for the one it was
    between: str = "、"  # in one line
    apart: str = "、"  # where it is typed


def milestone_row(due: Any, text: str, raw: str) -> Row:
    """One read milestone as columns with values; the evidence may stand in its text."""
    said, evidence = split_evidence(text)
    return {"due": due, "text": said, "raw": raw.strip()[:100] or None, "evidence": evidence}


def milestone_words(read: tuple[Any, str, str]) -> str:
    """One read milestone as the kept one would be worded."""
    return _step(**milestone_row(*read))


def _step(due: Any, text: str, raw: str | None, evidence: str | None) -> str:
    return f"{raw or due or ''} {with_evidence(text, evidence)}".strip()


def _milestone_words(part: MilestonePart) -> str:
    return _step(part.due, part.text, part.raw, part.evidence)


def _quantity_words(part: QuantityPart) -> str:
    return quantities.Quantity(part.name, part.amount, part.unit).words


def _funding_words(part: FundingPart) -> str:
    return funding.Source(part.source, part.planned, part.actual).words


def _quantity_row(item: quantities.Quantity) -> Row:
    return {"name": item.name, "amount": item.amount, "unit": item.unit}


def _funding_row(item: funding.Source) -> Row:
    return {"source": item.name, "planned": item.planned, "actual": item.actual}


ITEMS: Mapping[Kind, Items] = {
    Kind.QUANTITIES: Items(_quantity_row, _quantity_words, ("name",)),
    Kind.FUNDING: Items(_funding_row, _funding_words, ("source",), apart="\n"),
    # a milestone's text may hold 、 itself
    Kind.MILESTONES: Items(lambda item: milestone_row(*item), _milestone_words, ("text", "due"), "；", "\n"),
}

Rows = Callable[[Iterable[Any], int | None, int | None], list[Row]]  # of what is said, a unit and what is not said again


def apart(declared: Field) -> str:
    """What stands between the parts of a field where they are typed."""
    return ITEMS[declared.kind].apart if declared.kind in ITEMS else "、"


def part_rows(names: Names, ledger: Ledger, key: str) -> Rows:
    """What makes rows in order of the parts a read field says: people are looked for at the unit, `own` is not said again."""
    declared = ledger.fields[key]
    if declared.kind not in SEVERAL_NAMES:
        row = ITEMS[declared.kind].row
        return lambda said, _unit_id, _own: [row(item) for item in said]
    column: str = ledger.parts[key].model.POINTS  # type: ignore[attr-defined]
    pointed, at_unit = fields_of(ledger.parts[key].model)[column], declared.kind == Kind.PEOPLE

    def linked(said: Iterable[Any], unit_id: int | None, own: int | None) -> list[Row]:
        ids = [names.id_of(pointed, name, unit_id if at_unit else None) for name in dict.fromkeys(said)]
        return [{column: found} for found in dict.fromkeys(ids) if found not in (None, own)]

    return linked


def renewed(names: Names, ledger: Ledger, kept: Any, key: str, said: Sequence[Any]) -> list[Any]:
    """The parts of a kept record that say what was read; rows that say the same stay the same rows."""
    declared, part = ledger.fields[key], ledger.parts[key]
    present = list(getattr(kept, part.name))
    unit_id = getattr(kept, ledger.fields[ledger.place].name) if ledger.place else None
    own = getattr(kept, ledger.fields[declared.besides].name) if declared.besides else None
    if declared.kind == Kind.PEOPLE:
        names.stay({link.person.name: link.person_id for link in present}, unit_id)  # who moved to another unit stays who he is
    rows = part_rows(names, ledger, key)(said, unit_id, own)
    alike = ITEMS[declared.kind].alike if declared.kind in ITEMS else ()
    return _renewed(part.model, present, rows, *alike)


def _renewed(model: type[Any], present: Sequence[Any], wanted: Sequence[Row], *alike: str) -> list[Any]:
    """Rows saying what is wanted: present ones that say all of it, then those with the same value in an `alike` column."""
    left, found = list(present), dict[int, Any]()
    columns = tuple(wanted[0]) if wanted else ()
    for same in (columns, *((name,) for name in alike)):
        for place, values in enumerate(wanted):
            if place not in found and (row := next((row for row in left if _says(row, values, same)), None)):
                left.remove(row)
                found[place] = row
    made = [found.get(place) or model() for place in range(len(wanted))]
    for place, (row, values) in enumerate(zip(made, wanted, strict=True)):
        for name, value in (*values.items(), ("position", place)):
            setattr(row, name, value)
    return made


def _says(row: Any, values: Row, columns: Sequence[str]) -> bool:
    return all(getattr(row, name) == values[name] for name in columns)
