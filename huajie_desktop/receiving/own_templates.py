"""A template of ours that came back: its rows weighed against the records it was made for, and what is said of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from huajie_desktop.reading.checks import RECORD
from huajie_desktop.reading.known import KnownUnit
from huajie_desktop.reading.read_record import ERROR, WARNING, Issue
from huajie_desktop.reading.tokens import Token
from huajie_desktop.receiving.own_records import OwnRecord, OwnRecords, form_of, is_text
from huajie_desktop.receiving.own_rows import Verdict, Weighing
from huajie_desktop.receiving.previews import THEIRS, FilePreview, PreviewRow
from huajie_desktop.records.comparing import KeptRecords
from huajie_desktop.seat import SeatSession

MATCHED = "likeness"  # rule of issues about which record a row is
_FEWEST, _TEXT = 3, 3  # how much must be another record's before a row looks misplaced, and how much a text counts


class OwnTemplate:
    """The rows of one file, each with the record its hidden cell names where that is of the unit it went to."""

    def __init__(self, kept: KeptRecords, file: FilePreview, ids: Mapping[str, int], units: Sequence[KnownUnit]) -> None:
        self._kept, self._ids, self._units = kept, ids, units
        self._sent_to: dict[str, list[str]] = {}  # by what templates call a unit its name, looked up once
        self._ledger = kept.ledger
        self._records: OwnRecords | None = None
        rows = [row for row in file.rows if not row.removed]
        place, theirs = str(self._ledger.place), {row.record.unit for row in rows}
        self._theirs = dict.fromkeys(i for i, values in kept.heads.items() if values.get(place) in theirs)
        self._own = {row: self._named_by(row) for row in rows}
        self.sent = {i: base for word, base in file.read.sent.items() if (i := ids.get(word, 0)) in self._theirs}

    def verdicts(self, session: SeatSession) -> Mapping[PreviewRow, Verdict]:
        """What each row is, of those of which that can be told."""
        strangers = {row for row in self._own if self._stranger(row)}
        return Weighing(self._ledger, self._own, strangers, self.sent).run(lambda: self.records(session))

    def records(self, session: SeatSession) -> OwnRecords:
        """All records of the unit, looked up once."""
        if self._records is None:
            self._records = self._looked_up(session)
        return self._records

    def _looked_up(self, session: SeatSession) -> OwnRecords:
        values = self._kept.values(session, self._theirs)
        return OwnRecords(self._ledger, [OwnRecord(self._ledger, i, self.sent.get(i, {}), values[i]) for i in self._theirs])

    def _named_by(self, row: PreviewRow) -> int | None:
        token = row.record.token
        if token is None or token.ledger != self._ledger.key or self._stranger(row):
            return None
        record_id = self._ids.get(token.record, 0)
        return record_id if record_id in self._theirs else None

    def _units_of(self, token: Token) -> Iterator[str]:
        """For whom a row went out, then whose its record is now."""
        if token.unit not in self._sent_to:
            found = (unit.name for unit in self._units if unit.is_called(token.unit) and unit.kind != "township")
            self._sent_to[token.unit] = list(found)
        yield from self._sent_to[token.unit]
        if (kept := self._kept.heads.get(self._ids.get(token.record, 0))) and token.ledger == self._ledger.key:
            yield str(kept[str(self._ledger.place)])

    def _stranger(self, row: PreviewRow) -> str | None:
        """The other unit a row's hidden cell is of, if it is not the one the row counts for."""
        if row.record.token is None or not self._ledger.place:
            return None
        return next((unit for unit in self._units_of(row.record.token) if unit != row.record.unit), None)

    # what is said

    def tell(self, row: PreviewRow, verdict: Verdict | None) -> None:
        """Says what became of a row whose hidden cell names a record it is not."""
        name, record = self._ledger.name, row.record
        if verdict is not None and verdict.source is not None:
            words = f"这一行和第{verdict.source.record.row}行是从同一行复制来的，按新增读，请核对"
            record.complain(name, WARNING, words, MATCHED)
        elif verdict is None and (token := record.token) is not None:
            if theirs := self._stranger(row):
                record.complain(name, ERROR, self._foreign(row, token, theirs), MATCHED)
            elif token.ledger != self._ledger.key:
                record.complain(name, WARNING, "这一行的编号是另一种表的模板里的，按新增读", MATCHED)
            else:
                record.complain(name, WARNING, "这一行原来的记录已经不在了，按新增读", MATCHED)

    def _foreign(self, row: PreviewRow, token: Token, theirs: str) -> str:
        ours = row.record.unit or "别的单位"
        kept = self._kept.heads.get(self._ids.get(token.record, 0))
        called = str(kept[self._ledger.name]) if kept and token.ledger == self._ledger.key else ""
        if next(self._units_of(token)) == ours:
            return f"“{called[:20]}”在模板发出以后改成了{theirs}的，{theirs}的记录没有动。请跳过这一行，或另起一行重新填写"
        return copied_words(called, theirs, ours)


def copied_words(name: str, theirs: str, ours: str) -> str:
    """What is said of a row that came with another unit's hidden cell."""
    there = f"（那边是“{name[:20]}”）" if name else ""
    return (
        f"这一行是从{theirs}的模板复制来的{there}，这里是{ours}的表；{theirs}的记录没有动。"
        "请在表里另起一行重新填写，不要整行复制，或跳过这一行"
    )


def hush(kept: KeptRecords, row: PreviewRow) -> None:
    """Takes back the doubts about cells that are as they were sent: they stand in what is kept as well."""
    record = row.record
    own = OwnRecord(kept.ledger, row.target or 0, row.sent, kept.seen(row.target or 0))
    still = {RECORD} if not row.changes and not row.beaten else set()

    def is_ours(issue: Issue) -> bool:
        return issue.rule in still or (issue.rule == "" and form_of(row, issue.field) in own.forms(issue.field))

    record.issues = [issue for issue in record.issues if not is_ours(issue)]


def tell_elsewhere(session: SeatSession, kept: KeptRecords, file: FilePreview) -> None:
    """Says of new rows, and of changed ones, that they are word for word what another unit's record says."""
    ledger, place = kept.ledger, str(kept.ledger.place)
    fresh = [row for row in file.rows if (row.action == "new" or row.effective) and not file.imported]
    names = {str(row.record[ledger.name]) for row in fresh}
    others = [i for i, said in kept.heads.items() if said[ledger.name] in names and said.get(place) != file.read.unit]
    values = kept.values(session, others)
    theirs = OwnRecords(ledger, [OwnRecord(ledger, i, {}, values[i]) for i in others])
    for row in fresh:
        if found := next((i for i in theirs.named(row) if theirs.agreement(row, i).is_whole), None):
            _tell_elsewhere(row, theirs.by_id[found].name, values[found][place])


def _tell_elsewhere(row: PreviewRow, name: str, unit: str) -> None:
    taken = "，按新增读" if row.target is None else ""
    words = f"和{unit}的“{name[:20]}”一模一样{taken}，请核对是不是贴错了；{unit}的记录没有动"
    row.record.complain(next((change.key for change in row.effective), row.file.ledger.name), WARNING, words, MATCHED)


def tell_misplaced(session: SeatSession, kept: KeptRecords, template: OwnTemplate, rows: Sequence[PreviewRow]) -> None:
    """Says of changes that they are what another record says: cells moved beneath names that stayed."""
    changed = {row: said for row in rows if row.target is not None and (said := _changed(row))}
    if not changed:
        return
    records, ledger = template.records(session), kept.ledger
    theirs = {row: _of_others(records, row, said) for row, said in changed.items()}
    moved = _moved(theirs, changed)
    for row, alone in theirs.items():
        weights: Counter[int] = Counter()
        for key, other in alone.items():
            weights[other] += _TEXT if is_text(ledger.fields[key]) else 1
            weights[other] += _FEWEST * (key in moved)
        enough = _FEWEST if records.agreement(row, row.target or 0).telling else _FEWEST - 1  # where nothing is its own any more
        for record_id, weight in weights.most_common(1):
            if weight >= enough:
                _tell_misplaced(row, records.by_id[record_id].name, [key for key in alone if alone[key] == record_id])


def _of_others(records: OwnRecords, row: PreviewRow, said: Mapping[str, str]) -> dict[str, int]:
    """By field the one other record of which a row says now what that alone says."""
    alone = {key: found[0] for key, form in said.items() if len(found := records.saying(key, form)) == 1}
    return {key: other for key, other in alone.items() if other != row.target}


def _moved(theirs: Mapping[PreviewRow, Mapping[str, int]], changed: Mapping[PreviewRow, Mapping[str, str]]) -> set[str]:
    """The fields of which most changes say what stood in as many other rows: a column that was sorted or moved alone."""
    found = {key: [other[key] for other in theirs.values() if key in other] for said in changed.values() for key in said}
    counts = Counter(key for said in changed.values() for key in said)
    return {key for key, others in found.items() if len(set(others)) >= _FEWEST and len(set(others)) * 2 > counts[key]}


def _changed(row: PreviewRow) -> dict[str, str]:
    keys = {change.key for change in row.changes if row.side(change) == THEIRS and not change.blank} - row.typed.keys()
    return {key: form_of(row, key) for key in keys if key != row.file.ledger.name}


def _tell_misplaced(row: PreviewRow, name: str, keys: Sequence[str]) -> None:
    ledger = row.file.ledger
    for key in keys:
        words = f"{ledger.fields[key].label}和“{name[:20]}”的一样，请核对是不是贴错了行"
        row.record.complain(key, WARNING, words, MATCHED)
