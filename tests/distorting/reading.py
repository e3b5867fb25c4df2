"""One trial: a distorted book is written, read back through the reader process, and judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huajie_desktop.reading.checks import check_duplicates
from huajie_desktop.reading.read_record import ReadFile
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbooks
from tests.distorting import amounts, cells, columns, oddities, rows, tables  # noqa: F401  (they enter themselves)
from tests.distorting.book import Book
from tests.distorting.distortion import ALL, distorted
from tests.distorting.drawing import write
from tests.distorting.judging import Silent, judge
from tests.sheets.office import huajie

NAMES = list(ALL)


@dataclass
class Trial:
    """A distorted book, what was read from it, and what nobody told."""

    names: Sequence[str]
    book: Book
    file: ReadFile
    silent: list[Silent]

    @property
    def outcome(self) -> str:
        """How it went, in a word: silent, refused, doubted or equal."""
        if self.silent:
            return "silent"
        if self.file.problem:
            return "refused"
        return "doubted" if any(record.issues for record in self.file.records) else "equal"

    def told(self) -> str:
        """All that was read and said."""
        file = self.file
        said = [f"ledger {file.known.ledger.key}, may be {[one.key for one in file.may_be]}, problem {file.problem}"]
        for record in file.records:
            values = {key: record[key] for key in record.places if record[key] not in (None, "", [], False)}
            faults = [(issue.field, issue.severity, issue.message) for issue in record.issues]
            said.append(f"  {record.sheet}!{record.row} {values} {faults or ''}")
        return "\n".join(
            [*said, *(f"  notice: {text}" for text in file.notices), *(f"  left out: {line}" for line in file.left_out)]
        )


def tried(seed: object, names: Sequence[str], reader: Reader, folder: Path) -> Trial:
    """Makes, reads and judges one book. A file that may be of several ledgers is read as the clerk would answer."""
    book = distorted(seed, names)
    path = write(book, folder)
    file = _read(path, book, reader, None)
    if file.may_be and book.ledger in {one.key for one in (*file.may_be, file.known.ledger)}:
        file = _read(path, book, reader, book.ledger)
    elif file.problem and file.known.ledger.key != book.ledger:
        pass
    path.unlink()
    return Trial(names, book, file, judge(book, file, book.ledger))


def _read(path: Path, book: Book, reader: Reader, said: str | None) -> ReadFile:
    known = huajie()
    ledger = known.catalogue[said] if said else None
    [file] = read_workbooks([path], known, ledgers={path: ledger}, reader=reader)
    check_duplicates((record, file.known) for record in file.records)
    return file
