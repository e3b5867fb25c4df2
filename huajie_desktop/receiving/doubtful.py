"""What a preview doubts of the rows it takes in, as it is kept with their records; what the clerk ticked off is settled."""

from collections.abc import Iterable, Mapping

from huajie_desktop.reading.read_record import SEEN, WARNING
from huajie_desktop.receiving.clashes import words
from huajie_desktop.receiving.previews import PreviewRow
from huajie_desktop.receiving.taken_up import TAKEN_UP
from huajie_desktop.records.doubts import Doubtful, raise_doubts
from huajie_desktop.seat import Running


def keep_doubts(running: Running, taken: Mapping[int, PreviewRow], batch_id: int) -> None:
    """Keeps the doubts about rows that were taken in, by the ids of their records."""
    told: set[tuple[str, str]] = set()
    for ledger in {row.file.ledger.key: row.file.ledger for row in taken.values()}.values():
        found = {record_id: list(_doubts(row, told)) for record_id, row in taken.items() if row.file.ledger is ledger}
        raise_doubts(running, ledger, {record_id: doubts for record_id, doubts in found.items() if doubts}, batch_id)


def _doubts(row: PreviewRow, told: set[tuple[str, str]]) -> Iterable[Doubtful]:
    """The doubts about a row; one about a person who is taken up stands at the first record that names her alone."""
    record, ledger = row.record, row.file.ledger
    changed = None if row.target is None else {change.key for change in row.effective}
    for issue in row.issues:
        if issue.severity != WARNING or (changed is not None and issue.field not in changed and issue.rule != SEEN):
            continue
        if issue.rule == TAKEN_UP:
            if (issue.field, issue.message) in told:
                continue
            told.add((issue.field, issue.message))
        declared = issue.field in ledger.fields
        yield Doubtful(
            issue.field, issue.message, record.raw.get(issue.field, ""),
            words(ledger, issue.field, record.get(issue.field)) if declared else "",
            f"{row.file.read.name} {issue.cell}" if record.letters else "", row.is_checked(issue),
        )  # fmt: skip
