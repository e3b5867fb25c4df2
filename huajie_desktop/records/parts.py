"""What hangs on a task beside its own columns: from read values to records, and back to the words a clerk types."""

from collections.abc import Sequence
from typing import Any

from db.base import Record
from db.fields import fields_of
from db.models import Cooperation, Funding, FurtherCategory, Milestone, Quantity, Responsibility, Task
from huajie_desktop.reading.read_record import ReadRecord
from huajie_desktop.records.naming import Names
from huajie_desktop.values import funding, quantities
from huajie_desktop.values.milestones import split_evidence, with_evidence
from huajie_desktop.values.shown import full

Row = dict[str, Any]  # column -> value


def worded(part: Record) -> str:
    """One quantity, sum of money or milestone as a clerk types it; of others the declared values side by side."""
    match part:
        case Quantity():
            return quantities.Quantity(part.name, part.amount, part.unit).words
        case Funding():
            return funding.Source(part.source, part.planned, part.actual).words
        case Milestone():
            return f"{part.raw or part.due or ''} {with_evidence(part.text, part.evidence)}".strip()
    return "".join(full(declared, getattr(part, name)) for name, declared in fields_of(type(part)).items())


def milestone_words(read: tuple[Any, str, str]) -> str:
    """One read milestone as the kept one would be worded."""
    row = milestone_row(*read)
    return f"{row['raw'] or row['due'] or ''} {with_evidence(row['text'], row['evidence'])}".strip()


def milestone_row(due: Any, text: str, raw: str) -> Row:
    """One read milestone as columns with values; the evidence may stand in its text."""
    said, evidence = split_evidence(text)
    return {"due": due, "text": said, "raw": raw.strip()[:100] or None, "evidence": evidence}


def write_items(task: Task, key: str, record: ReadRecord) -> None:
    """Renews a task's quantities, money by source or milestones; rows that say the same stay the same rows."""
    items = record.more.get(key) or ()
    match key:
        case "quantities":
            rows = [{"name": item.name, "amount": item.amount, "unit": item.unit} for item in items]
            task.quantities = _renewed(Quantity, task.quantities, rows, "name")
        case "funding":
            rows = [{"source": item.name, "planned": item.planned, "actual": item.actual} for item in items]
            task.funding = _renewed(Funding, task.funding, rows, "source")
        case _:
            milestones = [milestone_row(*item) for item in record.milestones]
            task.milestones = _renewed(Milestone, task.milestones, milestones, "text", "due")


def write_names(names: Names, task: Task, key: str, said: Sequence[Any]) -> None:
    """Renews who answers for a task ("responsible"), who helps ("cooperating") or where it counts as well ("further")."""
    if key == "responsible":
        known = {link.person.name: link.person_id for link in task.responsible}  # who moved to another unit stays who he is
        people = [known.get(name) or names.person(name, task.unit_id) for name in dict.fromkeys(said)]
        task.responsible = _renewed(Responsibility, task.responsible, _each("person_id", people))
    elif key == "cooperating":
        helpers = [names.unit(name) for name in said]
        task.cooperating = _renewed(Cooperation, task.cooperating, _each("unit_id", helpers, task.unit_id))
    else:
        declared = fields_of(Task)["category_id"]
        further = [names.id_of(declared, name) for name in said]
        task.further = _renewed(FurtherCategory, task.further, _each("category_id", further, task.category_id))


def _each(column: str, ids: Sequence[int | None], but: int | None = None) -> list[Row]:
    return [{column: found} for found in dict.fromkeys(ids) if found not in (None, but)]


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
