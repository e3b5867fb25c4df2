"""Rows of one import that say the same, or nearly: within a file and across files; doubts alone, nothing is left out for it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher

from huajie_desktop.reading.checks import DUPLICATE, check_duplicates
from huajie_desktop.reading.read_record import WARNING, ReadRecord
from huajie_desktop.receiving.previews import Candidate, Preview, PreviewRow
from huajie_desktop.values.text import fold, without_brackets, without_ordinal

SURE, LIKELY = 0.9, 0.75  # likeness of names from which one is taken for the other, and from which it is asked
MANY = 400  # rows or records of one unit beyond which likeness is not looked for
LIKENESS = "likeness"  # rule of issues found here and in matching
_NUMBERED = re.compile(r"\d+|[一二三四五六七八九十]+|[东南西北上下前后左右]")  # what tells two names apart however alike they are


def compare_with_each_other(made: Preview) -> None:
    """Complains at the second of two rows that are the same record, or of two files that are nearly the same one."""
    check_duplicates(((row.record, row.file.read.known) for row in made.rows if not row.skipped), _file_of(made))
    if len(made.files) < 2:
        return
    by_unit: dict[tuple[str, str], list[PreviewRow]] = defaultdict(list)
    for row in made.rows:
        if row.file.ledger.sheets.by_likeness and row.record.unit and row.record.title and not row.skipped and not row.removed:
            by_unit[row.file.ledger.key, row.record.unit].append(row)
    for rows in by_unit.values():
        if len(rows) <= MANY and any(row.file is not rows[0].file for row in rows):
            _compare(rows)


def _compare(rows: list[PreviewRow]) -> None:
    """Rows of one unit from several files: each with those of the files before."""
    for place, row in enumerate(rows):
        if any(issue.rule == DUPLICATE for issue in row.record.issues):
            continue
        earlier = {number: str(other.record.title) for number, other in enumerate(rows[:place]) if other.file is not row.file}
        found = max(alike(str(row.record.title), earlier), key=lambda candidate: candidate.likeness, default=None)
        if found is not None:
            words = f"和{rows[found.id].where}“{found.name[:20]}”很像（相似 {found.likeness:.0%}），请核对是不是同一项"
            row.record.complain(row.file.ledger.name, WARNING, words, LIKENESS)


def _file_of(made: Preview) -> Callable[[ReadRecord], str]:
    """The name of the file a record stands in; looked up once there is anything to say."""
    names: dict[int, str] = {}

    def name(record: ReadRecord) -> str:
        if not names:
            names.update((id(row.record), row.file.read.name) for row in made.rows)
        return names[id(record)]

    return name


def alike(title: str, records: Mapping[int, str]) -> Iterator[Candidate]:
    """The names that are LIKELY the same as a title, by the keys they have, with their likeness."""
    said = _bare(title)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(said)
    for record_id, name in records.items():
        other = _bare(name)
        matcher.set_seq1(other)
        if matcher.quick_ratio() < LIKELY or _NUMBERED.findall(said) != _NUMBERED.findall(other):
            continue
        if (likeness := matcher.ratio()) >= LIKELY:
            yield Candidate(record_id, name, round(likeness, 2))


def _bare(title: str) -> str:
    folded = fold(title)
    return without_brackets(without_ordinal(folded)) or folded
