"""What an import would take up beside its records, said in the preview: people and offices nobody knows yet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from db.fields import Kind
from huajie_desktop.reading.read_record import WARNING
from huajie_desktop.receiving.previews import FilePreview, PreviewRow
from huajie_desktop.records.newcomers import NAMED, Newcomers
from huajie_desktop.seat import SeatSession

TAKEN_UP = "taken up"  # rule of issues found here
_SHOWN = 5  # names in a sentence


def tell_taken_up(session: SeatSession, files: Sequence[FilePreview]) -> None:
    """Says of each file whom and what it would take up, and asks at the row where a name is nearly somebody's.

    Whom the rows bring in together are compared with each other as well.
    """
    rows = [[row for row in file.rows if not row.skipped and not row.removed and not file.imported] for file in files]
    people: Newcomers | None = None
    named = []
    for file, kept in zip(files, rows, strict=True):
        people = people or (Newcomers(session) if kept and file.ledger.keys_of(*NAMED) else None)
        named.append(_people_of(people, file, kept) if people else {})
    for file, kept, found in zip(files, rows, named, strict=True):
        if people and found:
            _tell_people(people, file, found)
        _tell_units(file, kept)


class _Newcomer(NamedTuple):
    key: str
    name: str
    unit: str
    alone: bool  # the one person of a field


def _people_of(people: Newcomers, file: FilePreview, rows: Sequence[PreviewRow]) -> dict[_Newcomer, list[PreviewRow]]:
    """Whom those rows would take up, each of whom is expected from here on, and the rows that name them."""
    ledger = file.ledger
    found: dict[_Newcomer, list[PreviewRow]] = {}
    for key in ledger.keys_of(*NAMED):
        alone = ledger.fields[key].kind == Kind.PERSON
        named: dict[tuple[str, str | None], list[PreviewRow]] = {}
        for row, name in _named(rows, ledger.places[key], key):
            named.setdefault((name, None if alone else row.record.unit), []).append(row)
        for (name, unit), by in named.items():
            newcomer = _Newcomer(key, name, unit or people.township, alone)
            if people.is_new(name, newcomer.unit):
                people.expect(name, newcomer.unit)
                found.setdefault(newcomer, []).extend(by)
    return found


def _tell_people(people: Newcomers, file: FilePreview, found: Mapping[_Newcomer, Sequence[PreviewRow]]) -> None:
    verdicts: dict[tuple[str, str, bool], str] = {}  # by name, unit and whether alone: what is asked
    for (key, name, unit, alone), rows in found.items():
        asked = name, unit, alone
        if asked not in verdicts:
            verdicts[asked] = _verdict(people, name, unit, alone=alone)
        for row in rows if verdicts[asked] else ():
            row.record.complain(key, WARNING, verdicts[asked], TAKEN_UP)
    fresh = list(dict.fromkeys(newcomer.name for newcomer in found))
    namesakes = [name for name in fresh if people.namesakes(name)]
    also = f"；其中{_listed(namesakes)}和别的单位的人同名，请核对是不是同一个人" if namesakes else ""
    file.notices.append(f"会新增人员 {len(fresh)} 名：{_listed(fresh)}{also}")


def _verdict(people: Newcomers, name: str, unit: str, *, alone: bool) -> str:
    asked = people.near(name, unit) or (alone and people.namesakes(name)) or people.coming_like(name, unit, namesakes=alone)
    return people.said(name, unit) if asked else ""


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
            for name in (said,) if isinstance(said, str) else said:
                yield row, name


def _counts(row: PreviewRow, key: str) -> bool:
    """Whether the row would be kept with that field: a new one, or one that changes it."""
    return row.target is None or any(change.key == key for change in row.effective)


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + (f"等 {len(names)} 个" if len(names) > _SHOWN else "")
