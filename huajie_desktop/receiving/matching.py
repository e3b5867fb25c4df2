"""Which kept record a row is: by the template's identity, by the ledger's own, or by a name that is nearly the same."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.clock import local_time
from huajie_desktop.declared.facets import Check, nothing_against
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.checks import DUPLICATE, identity_of, other_identity
from huajie_desktop.reading.read_record import ERROR, WARNING, ReadRecord
from huajie_desktop.reading.tokens import Token
from huajie_desktop.receiving.clashes import BEATEN, bring_together, merge
from huajie_desktop.receiving.earlier import imported_before, same
from huajie_desktop.receiving.own_rows import Verdict
from huajie_desktop.receiving.own_templates import MATCHED, OwnTemplate, hush, tell_elsewhere, tell_misplaced
from huajie_desktop.receiving.previews import NEW, NOTHING, FilePreview, Preview, PreviewRow
from huajie_desktop.receiving.reported import name_reports
from huajie_desktop.receiving.taken_up import TAKEN_UP, tell_taken_up
from huajie_desktop.receiving.twins import LIKENESS, MANY, SURE, alike, compare_with_each_other
from huajie_desktop.records.comparing import KeptRecords, compared_keys
from huajie_desktop.records.locking import UNLOCKED
from huajie_desktop.seat import SeatSession

AGAINST = "against"  # rule of issues found here
_FOUND_HERE = (AGAINST, MATCHED, LIKENESS, TAKEN_UP, BEATEN)


def compare_rows(session: SeatSession, made: Preview, *, anew: bool = True) -> None:
    """Finds what is kept of every row and what it would change.

    Not `anew` it compares with what was read last time, which is enough while only the preview changes.
    """
    if anew or not made.kept:
        made.kept = {}
        before = imported_before(session, made.files)
        for file in made.files:
            earlier = before.get(same(file))
            file.imported = f"{earlier[0]} {local_time(earlier[1]):%Y-%m-%d}" if earlier else ""
    for file in made.files:
        file.notices = []
        _begin(session, file)
    compare_with_each_other(made)
    for key in dict.fromkeys(file.ledger.key for file in made.files):
        if key not in made.kept:
            made.kept[key] = KeptRecords(session, _ledger_of(made.files, key))
        _Matching(session, made, made.kept[key]).run()
    tell_taken_up(session, made.files)


def _ledger_of(files: Sequence[FilePreview], key: str) -> Ledger:
    return next(file.ledger for file in files if file.ledger.key == key)


def _begin(session: SeatSession, file: FilePreview) -> None:
    """Forgets what was found last time, and gives reports the name and unit of the task they are of."""
    ledger = file.ledger
    for row in (found for found in file.rows if not found.removed):
        row.target, row.changes, row.beaten, row.lock, row.exact, row.sent = None, (), (), UNLOCKED, False, NOTHING
        row.candidates = row.candidates if row.answer is not None else ()  # the clerk may think again
        record = row.record
        if record.issues:
            record.issues = [issue for issue in record.issues if issue.rule not in _FOUND_HERE]
    if ledger.sheets.each_of:
        name_reports(session, file)
    for against, severity in ((ledger.rules.against, ERROR), (ledger.rules.look_against, WARNING)):
        if against is not nothing_against:
            _hold_against(file, against(session), severity)


def _hold_against(file: FilePreview, look: Check, severity: str) -> None:
    """Says of each row what does not go with kept records."""
    for record in (row.record for row in file.rows if not row.removed):
        for key, message in look(record).items():
            record.complain(key, severity, message, AGAINST)


class _Matching:
    """One comparison of all rows of one ledger with what is kept of it."""

    def __init__(self, session: SeatSession, made: Preview, kept: KeptRecords) -> None:
        self._session, self._kept = session, kept
        self._ledger = kept.ledger
        self._files = [file for file in made.files if file.ledger is kept.ledger]
        self._claimed: dict[int, PreviewRow] = {}
        self._templates: dict[FilePreview, OwnTemplate] = {}
        self._settled: set[PreviewRow] = set()  # rows of templates of which it is known that they are no other record
        self._spoken: set[int] = set()  # records a row may be that is asked about or left out
        self._units = made.known.units
        self._keys = compared_keys(kept.ledger)

    def run(self) -> None:
        """Strongest first: what the clerk said, identities of templates, the ledger's identity, likeness of names."""
        rows = [row for file in self._files for row in file.rows if not row.skipped and not row.removed]
        self._ids = self._kept.ids(self._session, [token.record for row in rows if (token := row.record.token)])
        if self._kept.heads:
            for row in rows:
                self._by_answer(row)
            for file in self._files:
                self._by_template(file)
            self._by_identity(rows)
            if self._ledger.sheets.by_likeness:
                self._by_likeness(rows)
            self._merge(rows)
            self._tell_doubts()
        for file in self._files:
            self._note_removed(file)

    def _claim(self, row: PreviewRow, record_id: int) -> None:
        row.target = record_id
        row.lock = self._kept.lock(record_id)
        self._claimed[record_id] = row

    def _is_free(self, record_id: int) -> bool:
        """Whether no row is that record, or may be."""
        return record_id not in self._claimed and record_id not in self._spoken

    def _by_answer(self, row: PreviewRow) -> None:
        if row.answer and row.answer in self._kept.heads:
            self._join(row, row.answer)

    def _by_template(self, file: FilePreview) -> None:
        """The rows of our own template, by hidden cells and contents; those the clerk spoke of are as she said."""
        if self._ledger.sheets.each_of or not self._is_ours(file):
            return
        template = self._templates[file] = OwnTemplate(self._kept, file, self._ids, self._units)
        verdicts = template.verdicts(self._session)
        for row in file.rows:
            if not row.removed and row.target is None and row.answer is None:
                self._follow(row, verdicts.get(row), template)
        for row in file.rows:
            row.sent = template.sent.get(row.target or 0, {})

    def _follow(self, row: PreviewRow, verdict: Verdict | None, template: OwnTemplate) -> None:
        """A row becomes what it was found to be; of one that is left out the record does not count for gone."""
        record, asked = (verdict.record, verdict.asked) if verdict else (None, ())
        self._spoken.update(found.id for found in asked)
        if row.skipped:
            self._spoken.update([record] if record is not None else [])
            return
        template.tell(row, verdict)
        if record is not None:
            self._join(row, record)
        row.candidates = asked
        if asked or (row.target is None and row.record.token is not None):
            self._settled.add(row)

    def _join(self, row: PreviewRow, record_id: int) -> None:
        """A row is a record, which another row may be already: what they say otherwise of it is asked about."""
        if record_id in self._claimed:
            row.target, row.lock = record_id, self._kept.lock(record_id)
            row.record.issues = [issue for issue in row.record.issues if issue.rule != DUPLICATE]
        else:
            self._claim(row, record_id)

    def _is_ours(self, file: FilePreview) -> bool:
        """Whether a file's template is of the year worked on; of another year it is an ordinary sheet, and that is said."""
        token, year = file.read.token, file.read.known.year
        return token is not None and token.year == year

    def _by_identity(self, rows: Sequence[PreviewRow]) -> None:
        """The nth row of an identity is the nth record of it."""
        by_identity = self._kept.by_identity
        for row in rows:
            if row.target is not None or row.answer == NEW or row in self._settled:
                continue
            known = row.file.read.known
            identity = identity_of(row.record, known)
            if identity not in by_identity:
                identity = other_identity(row.record, known)
            free = (found for found in by_identity.get(identity or (), ()) if self._is_free(found))
            if (record_id := next(free, None)) is not None:
                self._claim(row, record_id)
                row.exact = True

    def _is_loose(self, row: PreviewRow) -> bool:
        """Whether nobody and nothing has said yet what a row is."""
        return row.target is None and row.answer is None and row not in self._settled

    def _by_likeness(self, rows: Sequence[PreviewRow]) -> None:
        """Rows of a unit whose names are nearly those of its other records: one alike beyond doubt is taken, else it is asked."""
        left: dict[str | None, list[PreviewRow]] = {}
        for row in rows:
            if self._is_loose(row) and row.record.title and row.record.unit and not row.file.imported:
                left.setdefault(row.record.unit, []).append(row)
        if not left:
            return
        names: dict[str, dict[int, str]] = {}
        for record_id, values in self._kept.heads.items():
            if self._is_free(record_id) and (unit := values[str(self._ledger.place)]) in left:
                names.setdefault(unit, {})[record_id] = values[self._ledger.name]
        for unit, found in left.items():
            records = names.get(str(unit), {})
            if records and len(found) <= MANY and len(records) <= MANY:
                self._ask(found, records)

    def _ask(self, rows: Sequence[PreviewRow], records: Mapping[int, str]) -> None:
        for row in rows:
            candidates = sorted(alike(str(row.record.title), records), key=lambda found: -found.likeness)
            sure = [found for found in candidates if found.likeness >= SURE]
            if len(candidates) == 1 and sure and candidates[0].id not in self._claimed:
                self._claim(row, candidates[0].id)
                words = f"按清单里的“{candidates[0].name}”读（相似 {candidates[0].likeness:.0%}），请核对是不是同一项"
                row.record.complain(self._ledger.name, WARNING, words, MATCHED)
            else:
                row.candidates = tuple(candidates[:5])

    def _merge(self, rows: Sequence[PreviewRow]) -> None:
        """What the rows change; the very same file again changes nothing."""
        values = self._kept.values(self._session, self._claimed)
        for row in rows:
            if row.target is not None and not row.file.imported:
                merge(row, self._keys, values[row.target])
        bring_together(rows)

    def _tell_doubts(self) -> None:
        """Says of templates' rows what looks like another row's, here or at another unit."""
        for row in (found for file in self._files for found in file.rows if found.sent and not found.removed):
            if row.record.issues and row.target is not None and not row.typed:
                hush(self._kept, row)
        for file, template in self._templates.items():
            rows = [row for row in file.rows if not row.skipped and not row.removed]
            tell_misplaced(self._session, self._kept, template, rows)
            tell_elsewhere(self._session, self._kept, file)

    def _note_removed(self, file: FilePreview) -> None:
        """Records that stood in the template and do not stand in the sheet; those of the template's unit only."""
        token = file.read.token
        closing = {row.target for row in file.rows if row.removed and row.closing}
        file.rows = [row for row in file.rows if not row.removed]
        if token is None:
            return
        if not self._is_ours(file):
            file.notices.append(f"这是 {token.year} 年度的模板，不是现在的年度，按普通表格读，没有对照编号")
            return
        if self._ledger.sheets.each_of or file.imported or not self._ledger.place:
            return
        for record_id, values in list(self._gone(token)):
            file.rows.append(_removed(file, record_id, values, closing=record_id in closing))
            file.rows[-1].lock = self._kept.lock(record_id)

    def _gone(self, token: Token) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The records in force of the template's unit that stood in it and that no row is; in the township's own none stood."""
        unit = next((unit.name for unit in self._units if unit.is_called(token.unit) and unit.kind != "township"), None)
        words = {record_id: word for word, record_id in self._ids.items() if word.isdigit() == token.last.isdigit()}
        for record_id, values in self._kept.heads.items():
            theirs = unit is not None and values.get(str(self._ledger.place)) == unit
            if not theirs or values.get(self._ledger.closes_by) or not self._is_free(record_id):
                continue
            if not _is_later(words.get(record_id, str(record_id)), token.last):
                yield record_id, values


def _is_later(word: str, last: str) -> bool:
    """Whether a record came after the last one there was when the template went out: identities grow, and so did numbers."""
    return int(word) > int(last) if last.isdigit() else word > last


def _removed(file: FilePreview, record_id: int, values: Mapping[str, object], *, closing: bool) -> PreviewRow:
    ledger = file.ledger
    name = str(values[ledger.name]) if ledger.name in values else str(record_id)
    sheet = file.read.tables[0].sheet if file.read.tables else ""
    record = ReadRecord(ledger.places, sheet, 0, {}, {ledger.name: name}, title=name, unit=file.read.unit)
    for key in ledger.sheets.identity:
        record[key] = values.get(key)
    return PreviewRow(file, record, target=record_id, removed=True, closing=closing)
