"""Reads headers and doubtful cells as the clerk corrected the same word before, and says so."""

from collections.abc import Sequence

from huajie_desktop.reading.checks import check_record
from huajie_desktop.reading.filling import recheck
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.read_record import WARNING, Column, ReadFile, ReadRecord
from huajie_desktop.sheets.understood.headers import Vocabulary
from huajie_desktop.values.text import fold

_RECALLED = "表里写的是“{}”，按以前的改正读作“{}”，请核对"


def recall(record: ReadRecord, known: Known, unit: str | None) -> None:
    """Reads each cell with an issue again by what is remembered; the record keeps what the cell says."""
    for key in dict.fromkeys(issue.field for issue in record.issues if not issue.rule):
        stood = record.raw.get(key, "")
        if stood.strip() and (meant := known.memory.meaning(unit, known.ledger.key, key, stood)):
            recheck(record, key, meant, known)
            record.raw[key] = stood
            record.complain(key, WARNING, _RECALLED.format(stood[:20], meant[:20]))
    check_record(record, known.ledger)


def meant_by(file: ReadFile, columns: Sequence[Column], words: Vocabulary, sender: str | None) -> dict[int, str]:
    """What columns mean by earlier corrections where they were taken for something else, which is said."""
    headers, found = file.known.memory.headers(sender, file.known.ledger.key), dict[int, str]()
    for column in columns:
        meant = headers.get(fold(column.header))
        if meant is not None and meant != column.field and meant in words.fields:
            found[column.index] = meant
            label = words.fields[meant].label
            file.notices.append(f"按以前的改正，把“{column.header[:20]}”这一列读成{label}；不对的话请在“列对应”里改")
    return found
