"""What a row changes of the record it is: field by field old and new, with what was changed here since the template went out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.fields import Deadline, Kind
from huajie_desktop.declared.bounds import check_of
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.read_record import WARNING
from huajie_desktop.reading.tokens import digest
from huajie_desktop.receiving.previews import OURS, THEIRS, Change, PreviewRow
from huajie_desktop.records.comparing import is_masked, normal
from huajie_desktop.records.kept import Values
from huajie_desktop.sheets.written.workbook_writing import TOO_LONG
from huajie_desktop.values.shown import ONGOING, full, looks_masked
from huajie_desktop.values.text import is_blank

BEATEN = "beaten"  # rule of issues found here


def merge(row: PreviewRow, keys: list[str], kept: Values) -> None:
    """Notes what the row changes of its kept record, and what the record would then be wrong in."""
    ledger = row.file.ledger
    row.changes = tuple(_changes(row, ledger, keys, kept))
    row.faults = _faults(row, ledger, kept) if row.changes else {}


def bring_together(rows: Sequence[PreviewRow]) -> None:
    """Of rows of several files that are one record: what all say counts once, what they say differently waits for the clerk."""
    by_field: dict[tuple[int | None, str], list[PreviewRow]] = {}
    changed = Counter(row.target for row in rows if row.changes)
    for row in rows:
        for change in row.changes if changed[row.target] > 1 else ():
            by_field.setdefault((row.target, change.key), []).append(row)
    for (_, key), several in by_field.items():
        _bring_together(key, several)


def _bring_together(key: str, rows: Sequence[PreviewRow]) -> None:
    """The same for one field of one record, of which each of those rows says something else than is kept."""
    said: dict[str, PreviewRow] = {}
    for row in rows:
        if said.setdefault(_change(row, key).new, row) is not row:
            _put(row, key)
    if len(said) < 2:
        return
    chosen = [row for row in said.values() if row.chosen.get(key) == THEIRS]
    for row in said.values():
        if len(chosen) == 1 and row is not chosen[0]:
            _beat(row, key, chosen[0])
            continue
        if len(chosen) > 1:  # both cannot be
            row.choose(key, None)
        other = next(found for found in said.values() if found is not row)
        _put(row, key, _change(row, key)._replace(conflict=True, elsewhere=other.where))


def _beat(row: PreviewRow, key: str, chosen: PreviewRow) -> None:
    """The field was decided for the other file: what this one says of it is not taken, which is said where it stands."""
    change = _change(row, key)._replace(elsewhere=chosen.where)
    row.beaten = (*row.beaten, change)
    _put(row, key)
    row.record.complain(key, WARNING, beaten_words(row, change), BEATEN)


def beaten_words(row: PreviewRow, change: Change) -> str:
    """What was not taken because another file's row was chosen."""
    return f"{row.file.ledger.fields[change.key].label}“{change.new[:20]}”没有采用：已选用{change.elsewhere}写的"


def _change(row: PreviewRow, key: str) -> Change:
    return next(change for change in row.changes if change.key == key)


def _put(row: PreviewRow, key: str, *instead: Change) -> None:
    """Puts another change, or none, in the place of that of a field."""
    row.changes = (*(change for change in row.changes if change.key != key), *instead)


def _changes(row: PreviewRow, ledger: Ledger, keys: list[str], kept: Values) -> Iterator[Change]:
    record = row.record
    base = row.sent
    for key in keys:
        if not _says(row, key) or (row.exact and key in ledger.sheets.identity and key not in row.typed):
            continue
        ours, theirs = normal(ledger, key, kept.get(key)), normal(ledger, key, record[key])
        raw = record.raw.get(key, "")
        if theirs == ours or _untouched(ledger, key, kept, raw):
            continue
        blank = key in record.letters and is_blank(raw) and key not in row.typed
        if key in base and digest(theirs) == base[key]:
            continue  # the village left it as it was; what changed was changed here
        conflict = key in base and digest(ours) != base[key]
        yield Change(key, words(ledger, key, kept.get(key)), words(ledger, key, record[key]), conflict, blank)


def _says(row: PreviewRow, key: str) -> bool:
    """Whether the sheet says anything of a field: by a column of its own, or by where the row stands."""
    record = row.record
    if key in record.letters or key in row.typed:
        return True
    return record.token is None and record[key] not in (None, "", [], False)


def _untouched(ledger: Ledger, key: str, kept: Values, raw: str) -> bool:
    """Whether a cell holds what was put there in place of the value: masked, or cut because it was too long."""
    declared = ledger.fields[key]
    masked = declared.private and looks_masked(declared, raw.strip())  # as it was then, if what is kept was changed since
    return masked or is_masked(declared, kept.get(key), raw) or raw.endswith(TOO_LONG)


def _is_unread(row: PreviewRow, key: str) -> bool:
    """Whether a cell holds something that gave no value; it must not empty what is kept."""
    return row.record[key] in (None, "", []) and not is_blank(row.record.raw.get(key, ""))


def _faults(row: PreviewRow, ledger: Ledger, kept: Values) -> Mapping[str, str]:
    changed = [change.key for change in row.changes if row.side(change) != OURS]
    faults = {
        key: f"{ledger.fields[key].label}不能空着"
        for key in changed
        if (ledger.fields[key].required or key == ledger.name) and row.record[key] in (None, "")
    }
    faults |= {
        issue.field: f"{issue.message}；原来的内容没有动，请改正，或选“用原来的”"
        for issue in row.record.issues
        if issue.field in changed and not issue.rule and _is_unread(row, issue.field)
    }
    values = {**kept, **{key: row.record[key] for key in changed}}
    return {**{key: words for key, words in check_of(ledger)(values).items() if key in changed}, **faults}


def words(ledger: Ledger, key: str, value: Any) -> str:
    """A value of any declared kind; lists part by part."""
    declared = ledger.fields[key]
    if isinstance(value, Deadline):
        day = value.day.isoformat() if value.day else ""
        return f"{ONGOING}，到 {day}" if value.ongoing and day else ONGOING if value.ongoing else day
    if declared.kind == Kind.MILESTONES and isinstance(value, list):
        return "\n".join(f"{day.isoformat() if day else ''} {text}".strip() for day, text, _raw in value)
    if isinstance(value, tuple) and declared.kind == Kind.CATEGORY:
        return str(value[1])
    if isinstance(value, list | tuple):
        return "、".join(str(part[1]) if type(part) is tuple else str(getattr(part, "words", part)) for part in value)
    return full(declared, value)
