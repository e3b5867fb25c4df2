"""Reads doubtful cells as the clerk corrected the same word of the same sender before, and says so."""

from huajie_desktop.reading.checks import check_record
from huajie_desktop.reading.filling import recheck
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.read_record import WARNING, ReadRecord

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
