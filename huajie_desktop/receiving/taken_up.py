"""What an import would take up beside its records, said in the preview: people and offices nobody knows yet."""

from collections.abc import Iterator, Sequence

from db.fields import Kind
from huajie_desktop.reading.read_record import WARNING
from huajie_desktop.receiving.previews import FilePreview, PreviewRow
from huajie_desktop.records.newcomers import NAMED, Newcomers
from huajie_desktop.seat import SeatSession

TAKEN_UP = "taken up"  # rule of issues found here
_SHOWN = 5  # names in a sentence


def tell_taken_up(session: SeatSession, files: Sequence[FilePreview]) -> None:
    """Says of each file whom and what it would take up, and asks at the row where a name is nearly somebody's."""
    people: Newcomers | None = None
    for file in files:
        rows = [row for row in file.rows if not row.skipped and not row.removed and not row.file.imported]
        if rows and file.ledger.keys_of(*NAMED):
            people = people or Newcomers(session)
            _tell_people(people, file, rows)
        _tell_units(file, rows)


def _tell_people(people: Newcomers, file: FilePreview, rows: Sequence[PreviewRow]) -> None:
    ledger = file.ledger
    verdicts: dict[tuple[str, str], str | None] = {}  # by name and unit: None for who is there, else what is asked
    for key in ledger.keys_of(*NAMED):
        alone = ledger.fields[key].kind == Kind.PERSON
        for row, name in _named(rows, ledger.places[key], key):
            pair = name, (None if alone else row.record.unit) or people.township
            if pair not in verdicts:
                verdicts[pair] = _verdict(people, *pair, alone=alone)
            if doubt := verdicts[pair]:
                row.record.complain(key, WARNING, doubt, TAKEN_UP)
    fresh = list(dict.fromkeys(name for (name, _), verdict in verdicts.items() if verdict is not None))
    if fresh:
        namesakes = [name for name in fresh if people.namesakes(name)]
        also = f"；其中{_listed(namesakes)}和别的单位的人同名，请核对是不是同一个人" if namesakes else ""
        file.notices.append(f"会新增人员 {len(fresh)} 名：{_listed(fresh)}{also}")


def _verdict(people: Newcomers, name: str, unit: str, *, alone: bool) -> str | None:
    if not people.is_new(name, unit):
        return None
    return people.said(name, unit) if people.near(name, unit) or (alone and people.namesakes(name)) else ""


def _tell_units(file: FilePreview, rows: Sequence[PreviewRow]) -> None:
    ledger, there = file.ledger, {unit.name for unit in file.read.known.units}
    fresh: dict[str, None] = {}
    for key in ledger.keys_of(Kind.UNIT, Kind.UNITS):
        fresh.update((name, None) for _, name in _named(rows, ledger.places[key], key) if name not in there)
    if fresh:
        file.notices.append(f"单位表里没有，会作为新科室加入：{_listed(list(fresh))}；写错的请先改正")


def _named(rows: Sequence[PreviewRow], place: int, key: str) -> Iterator[tuple[PreviewRow, str]]:
    """Each name in that field of the rows that would be kept with it."""
    for row in rows:
        if (said := row.record.slots[place]) and _counts(row, key):
            yield from ((row, name) for name in ((said,) if isinstance(said, str) else said))


def _counts(row: PreviewRow, key: str) -> bool:
    """Whether the row would be kept with that field: a new one, or one that changes it."""
    return row.target is None or any(change.key == key for change in row.effective)


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + (f"等 {len(names)} 个" if len(names) > _SHOWN else "")
